//! A figure worked out again from other figures, in a line that a reader can follow with a pencil.

use super::Figures;
use super::members::Members;
use crate::metrics::catalogue::formula::{Formula, Part, Term};
use crate::metrics::{Metric, Scope};
use crate::plain::{Number, Period, Unit};

/// A figure worked out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// `churn_rate = churned / contributors(2026-Q1) = 41 / 187`.
    pub text: String,
    /// What comes out. Where the formula has a count that is no figure of its own, this is made from the figure, and
    /// that the count is a whole number is all that is checked.
    pub value: Number,
}

/// Works a figure out again; none when it is counted, or when a figure that it follows from isn't stated.
#[must_use]
pub fn working(
    figures: &Figures,
    members: &Members,
    scope: &Scope,
    metric: &Metric,
    period: Period,
) -> Option<Working> {
    let sheet = Sheet { figures, scope, period };
    let (words, numbers, value) = match metric.formula() {
        Formula::Counted | Formula::LikeForLike(_) => return None,
        Formula::Sum(names) => {
            let values: Vec<Number> = names.iter().map(|name| sheet.value(Term::Now(name))).collect::<Option<_>>()?;
            let sum = values.iter().fold(Number::ZERO, |sum, value| sum.plus(*value));
            (names.join(" + "), joined(&values, " + "), sum)
        }
        Formula::Rest(whole, names) => {
            let mut values = vec![sheet.value(whole)?];
            for name in names {
                values.push(sheet.value(Term::Now(name))?);
            }
            let rest = values[1..].iter().fold(values[0], |rest, value| rest.minus(*value));
            (format!("{} − {}", sheet.name(whole), names.join(" − ")), joined(&values, " − "), rest)
        }
        Formula::Quotient(part, whole) => {
            let below = sheet.value(whole)?;
            let (name, above) = match part {
                Part::Figure(name) => (name, sheet.value(Term::Now(name))?),
                Part::Count(words) => (words, whole_part(sheet.value(Term::Now(metric.name))?, below)?),
            };
            (format!("{name} / {}", sheet.name(whole)), joined(&[above, below], " / "), above.over(below)?)
        }
        Formula::Change(level) => {
            let (now, before) = (sheet.value(Term::Now(level))?, sheet.value(Term::Before(level))?);
            let (earlier, moved) = (sheet.name(Term::Before(level)), now.minus(before));
            if metric.unit == Unit::Points {
                let numbers = format!("({}) × 100", joined(&[now, before], " − "));
                (format!("({level} − {earlier}) × 100"), numbers, moved.times(100))
            } else {
                let numbers = format!("({}) / {}", joined(&[now, before], " − "), before.tidy());
                (format!("({level} − {earlier}) / {earlier}"), numbers, moved.over(before)?)
            }
        }
        Formula::OfCorpus(level) => {
            let own = sheet.value(Term::Now(level))?;
            let all = Sheet { scope: &Scope::Corpus, ..sheet }.value(Term::Now(level))?;
            (format!("{level} / {level} of corpus"), joined(&[own, all], " / "), own.over(all)?)
        }
        Formula::Contribution => {
            let whole = members.whole(scope)?;
            let level = "commits";
            let now = sheet.value(Term::Now(level))?;
            // What wasn't tracked yet contributed nothing.
            let before = sheet.value(Term::Before(level)).unwrap_or(Number::ZERO);
            let all = Sheet { scope: &whole, ..sheet }.value(Term::Before(level))?;
            let earlier = sheet.name(Term::Before(level));
            let numbers = format!("({}) / {} × 100", joined(&[now, before], " − "), all.tidy());
            (
                format!("({level} − {earlier}) / {earlier} of {whole} × 100"),
                numbers,
                now.minus(before).times(100).over(all)?,
            )
        }
    };
    Some(Working { text: format!("{} = {words} = {numbers}", metric.name), value })
}

/// One scope in one period.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    figures: &'a Figures,
    scope: &'a Scope,
    period: Period,
}

impl Sheet<'_> {
    fn value(&self, term: Term) -> Option<Number> {
        let (name, period) = self.place(term);
        self.figures.get(self.scope, name, period)?.value
    }

    fn name(&self, term: Term) -> String {
        match self.place(term) {
            (name, period) if period == self.period => name.to_owned(),
            (name, period) => format!("{name}({period})"),
        }
    }

    fn place(&self, term: Term) -> (&'static str, Period) {
        match term {
            Term::Now(name) => (name, self.period),
            Term::Before(name) => (name, self.period.before(1)),
            Term::At(name, period) => (name, period),
        }
    }
}

fn joined(values: &[Number], sign: &str) -> String {
    values.iter().map(|value| value.tidy()).collect::<Vec<_>>().join(sign)
}

/// The count of which `share` is the quotient by `whole`; none when it is no count.
fn whole_part(share: Number, whole: Number) -> Option<Number> {
    share.times(whole.as_whole()?).as_whole().map(Number::whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::registry::Registry;
    use crate::metrics::{Figure, Measured, Standing, catalogue};

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn figures() -> Figures {
        let rows = [
            ("corpus", "2024-Q3", "contributors", Some(Number::whole(187))),
            ("corpus", "2024-Q3", "commits", Some(Number::whole(500))),
            ("corpus", "2024-Q4", "contributors", Some(Number::whole(196))),
            ("corpus", "2024-Q4", "new", Some(Number::whole(40))),
            ("corpus", "2024-Q4", "retained", Some(Number::whole(146))),
            ("corpus", "2024-Q4", "returning", Some(Number::whole(10))),
            ("corpus", "2024-Q4", "churned", Some(Number::whole(41))),
            ("corpus", "2024-Q4", "churn_rate", Number::quotient(41, 187)),
            ("corpus", "2024-Q4", "active_weeks", Number::quotient(431, 196)),
            ("corpus", "2024-Q4", "one_week_share", Number::quotient(1, 3)),
            ("category:c", "2024-Q4", "commits", Some(Number::whole(25))),
        ];
        let measured = rows.map(|(scope, at, name, value)| {
            let metric = catalogue::find(name).expect("a metric");
            let scope = scope.split_once(':').map_or(Scope::Corpus, |(_, slug)| Scope::Category(slug.to_owned()));
            Measured {
                period: period(at),
                scope: scope.into(),
                figure: Figure { metric, value, standing: Standing::Closed },
            }
        });
        Figures::new(measured.into())
    }

    fn line(scope: &Scope, name: &str) -> Option<String> {
        let metric = catalogue::find(name).expect("a metric");
        let members = Members::new(&Registry::default());
        let working = working(&figures(), &members, scope, metric, period("2024-Q4"))?;
        Some(format!("{} = {}", working.text, working.value))
    }

    #[test]
    fn figures_follow_from_others() {
        for (name, expected) in [
            ("contributors", "contributors = new + retained + returning = 40 + 146 + 10 = 196"),
            ("churned", "churned = contributors(2024-Q3) − retained = 187 − 146 = 41"),
            ("churn_rate", "churn_rate = churned / contributors(2024-Q3) = 41 / 187 = 0.219251"),
            ("active_weeks", "active_weeks = active weeks of all / contributors = 431 / 196 = 2.19898"),
            (
                "contributors_change",
                "contributors_change = (contributors − contributors(2024-Q3)) / contributors(2024-Q3) = (196 − 187) / 187 \
                 = 0.0481283",
            ),
        ] {
            assert_eq!(line(&Scope::Corpus, name).as_deref(), Some(expected));
        }
        let expected = "contribution_to_change = (commits − commits(2024-Q3)) / commits(2024-Q3) of corpus × 100 = \
                        (25 − 0) / 500 × 100 = 5";
        assert_eq!(line(&Scope::Category("c".to_owned()), "contribution_to_change").as_deref(), Some(expected));
    }

    #[test]
    fn what_is_counted_or_rests_on_nothing_has_no_working() {
        assert_eq!(line(&Scope::Corpus, "commits"), None);
        assert_eq!(line(&Scope::Corpus, "new_share_change"), None);
        assert_eq!(line(&Scope::Corpus, "one_week_share"), None, "a third of 196 people is no number of people");
    }
}
