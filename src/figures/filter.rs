//! Which figures are asked for.

use crate::metrics::{Scope, catalogue};
use crate::plain::{Period, suggest};

use super::Names;

/// Which figures are asked for: those that fit each list that isn't empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Ranges of periods, both ends included.
    pub periods: Vec<(Period, Period)>,
    /// Kinds of scope, such as `category`, or single scopes.
    pub scopes: Vec<Wanted>,
    /// Names of metrics.
    pub metrics: Vec<&'static str>,
}

/// Scopes that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of a kind that were measured ahead: one of `Scope::KINDS`.
    Kind(&'static str),
    /// This one.
    One(Scope),
}

impl Filter {
    /// Adds a period, or a range of them: `2024-Q3`, `2023-Q1..2024-Q4`. The error is a hint.
    pub fn add_period(&mut self, text: &str) -> Result<(), String> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last): (Period, Period) = (first.parse()?, last.parse()?);
        if first > last {
            return Err(format!("`{text}` ends before it begins; write {last}..{first}"));
        }
        self.periods.push((first, last));
        Ok(())
    }

    /// Adds scopes: `repo` for all, `category:kernels` or `flow:edge>kernels` for one. The error is a hint.
    pub fn add_scope(&mut self, text: &str, names: &Names) -> Result<(), String> {
        let wanted = match Scope::KINDS.into_iter().find(|kind| *kind == text) {
            Some("union") => return Err("say of what, as in `union:edge+kernels`".to_owned()),
            Some(kind) => Wanted::Kind(kind),
            None => Wanted::One(names.scope(text)?),
        };
        self.scopes.push(wanted);
        Ok(())
    }

    /// Adds a metric. The error is a hint.
    pub fn add_metric(&mut self, name: &str) -> Result<(), String> {
        let all = catalogue::all().iter().map(|metric| metric.name);
        let metric = catalogue::find(name).ok_or_else(|| suggest::hint(name, all))?;
        self.metrics.push(metric.name);
        Ok(())
    }

    /// The single scopes that are asked for.
    pub(super) fn singles(&self) -> impl Iterator<Item = &Scope> {
        self.scopes.iter().filter_map(|wanted| match wanted {
            Wanted::Kind(_) => None,
            Wanted::One(scope) => Some(scope),
        })
    }

    /// Whether nothing but single scopes is asked for.
    pub(super) fn is_named(&self) -> bool {
        !self.scopes.is_empty() && self.scopes.iter().all(|wanted| matches!(wanted, Wanted::One(_)))
    }

    /// Whether a scope is asked for.
    #[must_use]
    pub fn wants_scope(&self, scope: &Scope) -> bool {
        let fits = |wanted: &Wanted| match wanted {
            Wanted::Kind(kind) => scope.kind() == *kind,
            Wanted::One(one) => scope == one,
        };
        self.scopes.is_empty() || self.scopes.iter().any(fits)
    }

    pub(super) fn wants_metric(&self, name: &str) -> bool {
        self.metrics.is_empty() || self.metrics.contains(&name)
    }

    pub(super) fn wants_period(&self, period: Period) -> bool {
        self.periods.is_empty() || self.periods.iter().any(|(first, last)| (*first..=*last).contains(&period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_filters_or_hints() {
        let mut filter = Filter::default();
        let names = Names::default();
        assert_eq!(filter.add_metric("commits_chnge"), Err("did you mean `commits_change`?".to_owned()));
        assert_eq!(filter.add_metric("cohort_2024-Q1"), Ok(()));
        assert_eq!(filter.add_scope("repo", &names), Ok(()));
        assert_eq!(filter.add_scope("vendor", &names), Ok(()));
        assert_eq!(filter.add_scope("union", &names), Err("say of what, as in `union:edge+kernels`".to_owned()));
        assert!(filter.add_scope("vendor:x", &names).is_err());
        assert_eq!(filter.add_period("2024-Q3..2025-Q1"), Ok(()));
        let backwards = "`2025-Q1..2024-Q3` ends before it begins; write 2024-Q3..2025-Q1";
        assert_eq!(filter.add_period("2025-Q1..2024-Q3"), Err(backwards.to_owned()));
        assert!(filter.add_period("2024Q3").is_err());
        assert!(filter.wants_period("2024-Q4".parse().unwrap()) && !filter.wants_period("2025-Q2".parse().unwrap()));
        assert!(filter.wants_scope(&Scope::Repo("r".to_owned())) && !filter.wants_scope(&Scope::Corpus));
        assert!(filter.wants_metric("cohort_2024-Q1") && !filter.wants_metric("commits"));
    }
}
