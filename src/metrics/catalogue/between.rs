//! What is between the parts of the corpus.

use super::{Family, Metric};
use crate::plain::Unit;

const fn row(name: &'static str, label: &'static str, unit: Unit, definition: &'static str) -> Metric {
    Metric::new(name, label, unit, Family::Between, definition).without_change()
}

const fn crossing(name: &'static str, label: &'static str, definition: &'static str) -> Metric {
    Metric::new(name, label, Unit::Count, Family::Turnover, definition)
        .without_change()
        .after("Foucault et al., ESEC/FSE 2015")
}

/// They stand in no ledger, so they have no `Id`.
pub(super) const ROWS: &[Metric] = &[
    Metric::new(
        "overlap",
        "people active in both",
        Unit::Count,
        Family::Between,
        "People with at least one commit in the quarter on each of the two sides. Counts of 1 to 4 are published as <5.",
    ),
    row(
        "flow",
        "people who moved",
        Unit::Count,
        "People whose home was the first side in the last quarter in which they had one, up to four quarters back, and \
         is the second side now. A person's home in a quarter is the side with the most of their commits, at least \
         three; in a tie it is the last home, up to four quarters back, if that is among the tied, and else there is \
         none. Stated only of quarters that are over, where every repository is known, four quarters back. Counts of 1 \
         to 4 are published as <5.",
    ),
    row(
        "flow_rate",
        "share of people who moved",
        Unit::Share,
        "People who moved from the first side to the second, as a share of all whose last home, up to four quarters \
         back, was the first, active now or not.",
    ),
    row(
        "flow_expected",
        "people expected to move",
        Unit::Ratio,
        "How many would have moved from the first side to the second if, among those who moved at all, where they went \
         had nothing to do with where they came from. As many leave and reach each side as did.",
    )
    .after("Goodman, quasi-independence, 1968"),
    row(
        "flow_p",
        "chance of so many movers",
        Unit::Share,
        "How likely so many movers or more are by chance, given how many left the first side, how many reached the \
         second, and how many are expected to do both: Fisher's noncentral hypergeometric distribution.",
    ),
    row(
        "flow_q",
        "chance of so many movers, of all pairs",
        Unit::Share,
        "The same, corrected for looking at all pairs at once: the share of false alarms among the pairs that are no \
         less striking than this one.",
    )
    .after("Benjamini and Hochberg, 1995"),
    row(
        "flow_is_movement",
        "more movers than chance",
        Unit::Count,
        "Whether there are more movers than chance explains, 1 or 0, with at most 5% false alarms among all such pairs.",
    ),
    row(
        "flow_asymmetry_p",
        "chance of so uneven a flow",
        Unit::Share,
        "How likely the two directions between these sides differ so much or more if a mover goes either way with the \
         same chance, by the exact two-sided binomial test.",
    ),
    row(
        "flow_asymmetry_q",
        "chance of so uneven a flow, of all pairs",
        Unit::Share,
        "The same, corrected for looking at all pairs at once.",
    )
    .after("Benjamini and Hochberg, 1995"),
    row(
        "flow_is_asymmetric",
        "flow more uneven than chance",
        Unit::Count,
        "Whether the two directions differ by more than chance explains, 1 or 0, with at most 5% false alarms among all \
         such pairs.",
    ),
    row(
        "expansion",
        "people who spread",
        Unit::Count,
        "People whose first commit ever on the second side falls in the quarter and who had a commit on the first side \
         in an earlier quarter, whether or not they left it. Not stated where a part of the history of either side is \
         unknown. Counts of 1 to 4 are published as <5.",
    ),
    crossing(
        "external_in",
        "came from outside",
        "People who are active here and were not in the quarter before, neither here nor anywhere else in the corpus.",
    ),
    crossing(
        "internal_in",
        "came from inside",
        "People who are active here, were not in the quarter before, and were active elsewhere in the corpus then.",
    ),
    crossing(
        "external_out",
        "left the corpus",
        "People who were active here in the quarter before and are not in this one, neither here nor anywhere else in \
         the corpus.",
    ),
    crossing(
        "internal_out",
        "moved on inside",
        "People who were active here in the quarter before, are not in this one, and are active elsewhere in the corpus.",
    ),
];
