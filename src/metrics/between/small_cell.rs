//! Counts so small that they may point at somebody.

use super::super::catalogue::Metric;
use super::super::scope::Scope;

/// Whether a figure counts people in a cell of a table of pairs or profiles, so that 1 to 4 is published as "<5".
///
/// Figures that give such a count away are not counts themselves: `guard` names the count that they hang on.
#[must_use]
pub fn is_small_cell(scope: &Scope, metric: &Metric) -> bool {
    guard(scope, metric) == Some(metric.name)
}

/// The metric of the same scope that says whether a figure may be published: while that is 1 to 4, or was in the period
/// before and the figure is a change, the figure would give it away. None for figures of other scopes.
#[must_use]
pub fn guard(scope: &Scope, metric: &Metric) -> Option<&'static str> {
    match scope {
        Scope::Overlap(..) => Some("overlap"),
        Scope::Expansion(..) => Some("expansion"),
        Scope::Profile(_) => Some("contributors"),
        // Whether something is a movement is a verdict and says no number.
        Scope::Flow(..) if metric.name.starts_with("flow_is_") => None,
        Scope::Flow(..) => Some("flow"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::catalogue::find;
    use super::super::super::scope::Side;
    use super::*;

    #[test]
    fn counts_of_pairs_and_profiles_are_small_cells() {
        let (a, b) = (Side::category("a"), Side::category("b"));
        let flow = Scope::Flow(a.clone(), b.clone());
        for (scope, metric, small, by) in [
            (&flow, "flow", true, Some("flow")),
            (&flow, "flow_rate", false, Some("flow")),
            (&flow, "flow_is_movement", false, None),
            (&Scope::overlap(a.clone(), b.clone()), "overlap_change", false, Some("overlap")),
            (&Scope::Expansion(a, b), "expansion", true, Some("expansion")),
            (&Scope::Profile("p".to_owned()), "contributors", true, Some("contributors")),
            (&Scope::Category("a".to_owned()), "contributors", false, None),
        ] {
            let metric = find(metric).unwrap();
            assert_eq!((is_small_cell(scope, metric), guard(scope, metric)), (small, by), "{scope} {}", metric.name);
        }
    }
}
