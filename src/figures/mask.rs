//! What may be published of a figure: small counts of people between scopes would point at somebody.
//!
//! Counts of 1 to 4 are masked in overlap, flow, expansion and profile scopes; what an organisation's people do in a
//! category is an overlap. What would give such a count away, its rates and changes, is masked with it.

use super::Figures;
use crate::metrics::{Figure, Metric, Scope};
use crate::plain::{Number, Period};

/// The smallest count that is published.
pub const SMALLEST: i32 = 5;

/// The word for what isn't published at all.
pub const WITHHELD: &str = "withheld";

/// A figure as it may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The value.
    Exact(Number),
    /// Only that it is more than 0 and less than this.
    Below(Number),
    /// Nothing, since it would give a small count away.
    Withheld,
    /// Nothing, since it is unknown or has no meaning.
    Nothing,
}

impl Shown {
    /// As in tidy rows: a number, `<5`, `withheld`, or nothing.
    #[must_use]
    pub fn tidy(self) -> String {
        match self {
            Self::Exact(value) => value.tidy(),
            Self::Below(bound) => format!("<{}", bound.tidy()),
            Self::Withheld => WITHHELD.to_owned(),
            Self::Nothing => String::new(),
        }
    }

    /// The value, when it may be published.
    #[must_use]
    pub fn value(self) -> Option<Number> {
        match self {
            Self::Exact(value) => Some(value),
            _ => None,
        }
    }
}

/// Whether small counts of a scope are masked.
#[must_use]
pub fn is_masked(scope: &Scope) -> bool {
    headcount(scope).is_some()
}

/// The metric that counts the people of a scope whose small counts are masked.
#[must_use]
pub fn headcount(scope: &Scope) -> Option<&'static str> {
    match scope {
        Scope::Expansion(..) => Some("expansion"),
        Scope::Flow(..) => Some("flow"),
        Scope::Overlap(..) => Some("overlap"),
        Scope::Profile(_) => Some("contributors"),
        Scope::Area(_)
        | Scope::Category(_)
        | Scope::Corpus
        | Scope::Group(_)
        | Scope::Organisation(_)
        | Scope::Repo(_)
        | Scope::Union(_)
        | Scope::Vendor(_) => None,
    }
}

/// Whether a count is one of those that are masked.
#[must_use]
pub fn is_small(count: Number) -> bool {
    count.sign() > 0 && count < Number::whole(SMALLEST)
}

/// How many people a scope has in a period, if its small counts are masked and it is one.
#[must_use]
pub fn small(figures: &Figures, scope: &Scope, period: Period) -> Option<Number> {
    let count = figures.get(scope, headcount(scope)?, period)?.value;
    count.filter(|count| is_small(*count))
}

/// A figure as it may be published; `None` when there is no such row.
#[must_use]
pub fn shown(figures: &Figures, scope: &Scope, metric: &str, period: Period) -> Option<Shown> {
    figures.get(scope, metric, period).map(|figure| of_figure(figures, scope, figure, period))
}

/// The same of a figure that was found already.
#[must_use]
pub fn of_figure(figures: &Figures, scope: &Scope, figure: &Figure, period: Period) -> Shown {
    let (Some(value), metric) = (figure.value, figure.metric.name) else { return Shown::Nothing };
    if !is_masked(scope) {
        return Shown::Exact(value);
    }
    if headcount(scope) == Some(metric) {
        return if is_small(value) { Shown::Below(Number::whole(SMALLEST)) } else { Shown::Exact(value) };
    }
    // Whether something is a movement is a verdict, and tells no number.
    if metric.starts_with("flow_is_") && !figure.metric.is_change() {
        return Shown::Exact(value);
    }
    match small(figures, scope, period).or_else(|| beside(figures, scope, figure.metric, period)) {
        None => Shown::Exact(value),
        Some(count) if metric == RATE => below(value, count),
        Some(_) => Shown::Withheld,
    }
}

/// The share whose part is the count of its scope.
const RATE: &str = "flow_rate";

/// A small count that a figure would give away although its own scope has none in its period: that of the period before,
/// of which it is the change, or of the way back, with which a flow is compared.
fn beside(figures: &Figures, scope: &Scope, metric: &Metric, period: Period) -> Option<Number> {
    match scope {
        _ if metric.is_change() => small(figures, scope, period.before(1)),
        Scope::Flow(a, b) if metric.name != RATE => small(figures, &Scope::Flow(b.clone(), a.clone()), period),
        _ => None,
    }
}

/// What may be said of a share whose part is a small count: what it would be if the part were the smallest that is
/// published, if that says anything.
#[must_use]
pub fn below(share: Number, count: Number) -> Shown {
    let bound = share.times(SMALLEST).over(count);
    match bound {
        _ if share.sign() == 0 => Shown::Exact(share),
        Some(bound) if bound < Number::whole(1) => Shown::Below(bound),
        _ => Shown::Withheld,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::catalogue::{Family, Reach};
    use crate::metrics::{Figure, Measured, Side, Standing};
    use crate::plain::Unit;

    const fn metric(name: &'static str, unit: Unit) -> Metric {
        let family = Family::Activity;
        let (label, definition, source, has_change, better) = (name, "It is.", None, true, None);
        let (reach, caution) = (Reach::All, None);
        Metric { name, label, unit, family, definition, source, caution, has_change, better, reach }
    }

    static FLOW: Metric = metric("flow", Unit::Count);
    static RATE: Metric = metric("flow_rate", Unit::Share);
    static CHANCE: Metric = metric("flow_asymmetry", Unit::Ratio);
    static CHANGE: Metric = metric("flow_change", Unit::Share);

    fn flow(a: &str, b: &str) -> Scope {
        Scope::Flow(Side::category(a), Side::category(b))
    }

    /// The rate's base is 40, the first count is of 2024-Q3 and the second of 2024-Q4.
    fn figures(counts: [i32; 2], back: i32) -> Figures {
        let mut measured = Vec::new();
        let mut put = |scope: Scope, period: &str, metric: &'static Metric, value: Option<Number>| {
            let figure = Figure { metric, value, standing: Standing::Closed };
            measured.push(Measured { period: period.parse().unwrap(), scope: scope.into(), figure });
        };
        for (period, count) in ["2024-Q3", "2024-Q4"].into_iter().zip(counts) {
            put(flow("a", "b"), period, &FLOW, Some(Number::whole(count)));
            put(flow("a", "b"), period, &RATE, Number::quotient(count, 40));
            put(flow("a", "b"), period, &CHANCE, Number::quotient(1, 7));
        }
        put(flow("a", "b"), "2024-Q4", &CHANGE, Number::quotient(counts[1] - counts[0], counts[0]));
        put(flow("b", "a"), "2024-Q4", &FLOW, Some(Number::whole(back)));
        Figures::new(measured)
    }

    fn words(counts: [i32; 2], back: i32) -> String {
        let figures = figures(counts, back);
        let names = ["flow", "flow_rate", "flow_asymmetry", "flow_change"];
        let shown = |name| shown(&figures, &flow("a", "b"), name, "2024-Q4".parse().unwrap()).unwrap().tidy();
        names.map(shown).join(" ")
    }

    #[test]
    fn what_would_give_a_small_count_away_is_masked_with_it() {
        assert_eq!(words([10, 5], 5), "5 0.125 0.142857 -0.5");
        assert_eq!(words([10, 4], 5), "<5 <0.125 withheld withheld");
        assert_eq!(words([10, 1], 5), "<5 <0.125 withheld withheld");
        assert_eq!(words([4, 5], 5), "5 0.125 0.142857 withheld");
        assert_eq!(words([10, 5], 4), "5 0.125 withheld -0.5");
        assert_eq!(words([10, 0], 0), "0 0 0.142857 -1");
    }

    #[test]
    fn a_bound_that_says_nothing_is_withheld() {
        assert_eq!(below(Number::whole(1), Number::whole(3)), Shown::Withheld);
        assert_eq!(
            below(Number::quotient(3, 6).unwrap(), Number::whole(3)),
            Shown::Below(Number::quotient(5, 6).unwrap())
        );
    }
}
