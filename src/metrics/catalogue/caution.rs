//! How well the rules tell types and areas of commits, held against labels made by hand, and what that makes of figures.
//!
//! `docs/rules.md` has the tables, how they were made, and the command that makes them again; a test holds the two
//! together.

use super::Metric;
use crate::metrics::scope::Scope;

/// How well one type or area is told, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The type, or the slug of the area.
    pub name: &'static str,
    /// Of what the rules count, how much was labelled so: by both halves of the labels together.
    pub precision: u8,
    /// Of what was labelled so, how much the rules count: by both halves together.
    pub recall: u8,
    /// The smallest that either came to in one of the halves.
    pub least: u8,
}

const fn told(name: &'static str, precision: u8, recall: u8, least: u8) -> Measured {
    Measured { name, precision, recall, least }
}

/// So many commits were labelled.
pub const LABELS: u32 = 416;

/// What stays below it in either half carries a caution.
pub const ENOUGH: u8 = 75;

/// Every type of work.
pub const TYPES: [Measured; 11] = [
    told("feature", 80, 69, 63),
    told("fix", 84, 75, 68),
    told("performance", 64, 10, 8),
    told("refactor", 68, 65, 58),
    told("test", 61, 67, 52),
    told("docs", 90, 86, 82),
    told("build", 56, 50, 40),
    told("ci", 80, 62, 52),
    told("dependencies", 72, 55, 55),
    told("revert", 96, 91, 85),
    told("other", 10, 44, 8),
];

/// The areas that enough commits belong to.
pub const AREAS: [Measured; 4] = [
    told("edge", 70, 5, 1),
    told("hardware-intel-gpu", 98, 46, 37),
    told("kernels", 65, 46, 40),
    told("quantisation", 81, 71, 41),
];

/// What a reader of a metric should know about the types that it counts.
pub(super) fn of_metric(name: &str) -> Option<String> {
    let types = match name {
        "performance_to_feature" => vec!["performance", "feature"],
        _ => vec![name.strip_suffix("_commits_share").or_else(|| name.strip_suffix("_commits"))?],
    };
    let doubtful = TYPES.iter().filter(|one| types.contains(&one.name) && one.least < ENOUGH);
    let sentences: Vec<String> = doubtful
        .map(|Measured { name, precision, recall, .. }| {
            format!(
                "of the commits that the rules call {name}, a reader called {precision}% so, and of those that the reader \
                 called so they find {recall}%"
            )
        })
        .collect();
    (!sentences.is_empty()).then(|| sentence(&sentences.join("; ")))
}

fn sentence(clauses: &str) -> String {
    format!("Read it with caution: held against {LABELS} commits labelled by hand, {clauses}.")
}

/// What a reader of a figure should know about the rules behind it: about its metric, and about what it is a figure of.
#[must_use]
pub fn cautions(scope: &Scope, metric: &Metric) -> Vec<String> {
    metric.caution.map(str::to_owned).into_iter().chain(of_scope(scope)).collect()
}

fn of_scope(scope: &Scope) -> Option<String> {
    match scope {
        Scope::Area(slug) => of_area(slug),
        Scope::Profile(_) => Some(
            "Read it with caution: people are found by the areas of their commits, and of those that belong to an area \
             the rules miss many."
                .to_owned(),
        ),
        Scope::Overlap(a, b) | Scope::Flow(a, b) | Scope::Expansion(a, b) => {
            of_scope(&a.scope()).or_else(|| of_scope(&b.scope()))
        }
        Scope::Union(sides) => sides.iter().find_map(|side| of_scope(&side.scope())),
        Scope::Category(_)
        | Scope::Corpus
        | Scope::Group(_)
        | Scope::Organisation(_)
        | Scope::Repo(_)
        | Scope::Vendor(_) => None,
    }
}

fn of_area(slug: &str) -> Option<String> {
    let Some(Measured { precision, recall, least, .. }) = AREAS.iter().find(|one| one.name == slug) else {
        return Some(
            "How well the rules tell this area is not known: too few of the commits labelled by hand belong to it."
                .to_owned(),
        );
    };
    (*least < ENOUGH).then(|| {
        sentence(&format!(
            "of the commits that the rules count into the area, a reader counted {precision}%, and of those that the \
             reader counted they find {recall}%"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{all, find};
    use super::*;
    use crate::data::work_type::WorkType;

    fn caution(name: &str) -> Option<&'static str> {
        find(name).expect("it is in the catalogue").caution
    }

    #[test]
    fn what_is_told_badly_says_so_and_so_do_its_share_and_its_change() {
        assert_eq!(TYPES.map(|one| one.name), WorkType::ALL.map(WorkType::name));
        for Measured { name, least, .. } in TYPES {
            for suffix in ["commits", "commits_share", "commits_change", "commits_share_change"] {
                assert_eq!(caution(&format!("{name}_{suffix}")).is_some(), least < ENOUGH, "{name}_{suffix}");
            }
        }
        let both = caution("performance_to_feature").expect("one of the two is told badly");
        assert!(both.contains("call performance") && both.contains("call feature"), "{both}");
        let doubtful = TYPES.iter().filter(|one| one.least < ENOUGH).count();
        assert!(doubtful > 0 && doubtful < TYPES.len(), "{doubtful}");
        assert!(all().iter().filter(|metric| metric.caution.is_some()).all(|metric| metric.name.contains('_')));
        assert_eq!(caution("commits"), None);
    }

    #[test]
    fn figures_of_areas_and_of_what_rests_on_them_say_so() {
        let commits = find("commits").expect("it is in the catalogue");
        let of = |text: &str| {
            let (kind, slug) = text.split_once(':').expect("a kind and a slug");
            let scope = if kind == "area" { Scope::Area(slug.to_owned()) } else { Scope::Category(slug.to_owned()) };
            cautions(&scope, commits)
        };
        for Measured { name, least, .. } in AREAS {
            assert_eq!(of(&format!("area:{name}")).len(), usize::from(least < ENOUGH), "{name}");
        }
        assert!(of("area:knitting")[0].starts_with("How well"));
        assert!(of("category:kernels").is_empty());
        let performance = find("performance_commits").expect("it is in the catalogue");
        assert_eq!(cautions(&Scope::Area("knitting".to_owned()), performance).len(), 2);
    }
}
