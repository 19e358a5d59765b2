//! Every figure of the counting contract is in `signal figures`, or `docs/figures.md` says why not.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use signal::figures::Figures;
use signal::metrics::catalogue;

use crate::figures::shipped;

/// A row of a table of the contract, or a figure in its text.
struct Promise {
    what: &'static str,
    kept: Kept,
}

/// How it is kept.
enum Kept {
    /// By these metrics.
    Metrics(&'static [&'static str]),
    /// By something else than a row of its own.
    Otherwise(&'static str),
}

use Kept::{Metrics, Otherwise};

const fn promise(what: &'static str, kept: Kept) -> Promise {
    Promise { what, kept }
}

const CONTRACT: &[(&str, &[Promise])] = &[
    (
        "What counts",
        &[
            promise("lanes", Metrics(&["bot", "agent_authored", "agent_assisted", "imported", "late", "shared"])),
            promise("merges", Metrics(&["merges"])),
            promise("impossible dates", Metrics(&["date_mended"])),
            promise("other co-authors", Metrics(&["co_authored"])),
        ],
    ),
    (
        "Activity",
        &[
            promise(
                "commits, contributors, repositories",
                Metrics(&["commits", "contributors", "active_repos", "tracked_repos"]),
            ),
            promise("contributors ever", Metrics(&["contributors_ever"])),
            promise("change", Metrics(&["commits_change", "commits_change_like_for_like"])),
            promise("contribution to change", Metrics(&["contribution_to_change"])),
            promise(
                "active weeks",
                Metrics(&["active_weeks", "active_weeks_median", "active_weeks_year", "active_weeks_year_median"]),
            ),
            promise("lines", Metrics(&["lines_added", "lines_removed", "lines_changed"])),
            promise("hours", Metrics(&["hours", "hours_share"])),
            promise("file touches", Metrics(&["file_touches", "file_churn", "reworked_files"])),
        ],
    ),
    (
        "Who comes, stays and goes",
        &[
            promise("new", Metrics(&["new", "new_share"])),
            promise(
                "retained, returning, churned",
                Metrics(&["retained", "returning", "churned", "churn_rate", "retention"]),
            ),
            promise("laws", Otherwise("checked in every build, a build that breaks one fails")),
            promise("their work", Metrics(&["commits_retained", "commits_new"])),
            promise("one week only", Metrics(&["one_week_share", "new_one_week_share", "drive_by"])),
            promise("cohorts", Metrics(&["cohort_2026-Q1"])),
            promise(
                "onion",
                Metrics(&[
                    "core",
                    "regular",
                    "casual",
                    "core_retention",
                    "core_churned",
                    "regular_churned",
                    "casual_churned",
                ]),
            ),
            promise("absence factor", Metrics(&["absence_factor"])),
            promise("elephant factor", Metrics(&["elephant_factor"])),
        ],
    ),
    (
        "What the work is",
        &[
            promise(
                "work types",
                Metrics(&[
                    "feature_commits",
                    "fix_commits",
                    "performance_commits",
                    "refactor_commits",
                    "test_commits",
                    "docs_commits",
                    "build_commits",
                    "ci_commits",
                    "dependencies_commits",
                    "revert_commits",
                    "other_commits",
                    "feature_commits_share",
                ]),
            ),
            promise(
                "kinds of files",
                Metrics(&[
                    "implementation_lines",
                    "test_lines",
                    "docs_lines",
                    "build_lines",
                    "ci_lines",
                    "generated_lines",
                    "vendored_lines",
                    "data_lines",
                    "implementation_lines_share",
                ]),
            ),
            promise("areas", Otherwise("the scopes `area`, with the metrics of activity")),
            promise("ratios", Metrics(&["performance_to_feature", "test_to_implementation"])),
            promise("\"dominates\"", Otherwise("a word of editors: the largest share, and more than half")),
        ],
    ),
    (
        "How people work together",
        &[
            promise("coordination", Metrics(&["coordination", "coordination_percentile"])),
            promise("mean degree, largest group", Metrics(&["mean_degree", "largest_group_share"])),
            promise("labels", Metrics(&["tight_core", "hub", "drive_by_team"])),
        ],
    ),
    (
        "Organisations",
        &[
            promise("commits, hours, shares, people", Otherwise("the scopes `org`, with the metrics above")),
            promise("shares of the corpus", Metrics(&["commits_share", "hours_share"])),
            promise(
                "inheritance and coverage",
                Metrics(&["organisations", "affiliated_share", "inherited_share", "unaffiliated_share"]),
            ),
        ],
    ),
    (
        "Between categories",
        &[
            promise("overlap", Metrics(&["overlap"])),
            promise("union", Otherwise("the scope `union:A+B`, measured when it is asked for")),
            promise("home", Otherwise("decides about `flow`, is no figure of its own")),
            promise("flow", Metrics(&["flow", "flow_rate"])),
            promise("expansion", Metrics(&["expansion"])),
            promise(
                "is it a movement",
                Metrics(&[
                    "flow_expected",
                    "flow_p",
                    "flow_q",
                    "flow_is_movement",
                    "flow_asymmetry_p",
                    "flow_asymmetry_q",
                    "flow_is_asymmetric",
                ]),
            ),
            promise(
                "external, internal turnover",
                Metrics(&["external_in", "internal_in", "external_out", "internal_out"]),
            ),
            promise("profiles", Otherwise("the scopes `profile`, with `contributors`, and `overlap` of two of them")),
        ],
    ),
    (
        "Over time",
        &[
            promise(
                "streak, record, rank",
                Otherwise(
                    "ten metrics have rows (`commits_streak`, `contributors_record`, …); `| streak`, `| record` and `| rank` \
                     in expressions, of any figure",
                ),
            ),
            promise("concentration", Metrics(&["top_repo_share", "herfindahl"])),
            promise("entrants, newly tracked", Metrics(&["entrants", "newly_tracked"])),
            promise(
                "movers, detectors",
                Otherwise("what figures say together: `signal figures movers`, `signal figures detectors`"),
            ),
        ],
    ),
];

const BEGIN: &str = "<!-- contract: made by `cargo test`, which says when it is out of date -->\n";
const END: &str = "<!-- /contract -->\n";

/// The names of all metrics that have a value somewhere in the last reported quarter.
fn known(figures: &Figures) -> BTreeSet<&'static str> {
    let last = *figures.periods().last().expect("reported periods");
    let mut known = BTreeSet::new();
    for scope in figures.scopes() {
        for name in figures.metrics(scope) {
            if figures.get(scope, name, last).is_some_and(|figure| figure.value.is_some()) {
                known.insert(name);
            }
        }
    }
    known
}

fn table(figures: &Figures) -> String {
    let known = known(figures);
    let last = figures.periods().last().expect("reported periods");
    let mut text =
        format!("\nIn {last} of the shipped publication; a figure without a value needs more than was mined of it.\n");
    for (section, promises) in CONTRACT {
        let _ = writeln!(text, "\n**{section}**\n\n| figure | in `signal figures` |\n|---|---|");
        for Promise { what, kept } in *promises {
            let answer = match kept {
                Otherwise(how) => (*how).to_owned(),
                Metrics(names) => {
                    let row = |name: &&str| {
                        assert!(catalogue::find(name).is_some(), "{what}: there is no metric {name}");
                        let note = if known.contains(name) { "" } else { " (no value)" };
                        format!("`{name}`{note}")
                    };
                    names.iter().map(row).collect::<Vec<_>>().join(", ")
                }
            };
            let _ = writeln!(text, "| {what} | {answer} |");
        }
    }
    text + "\n"
}

#[test]
fn every_figure_of_the_contract_is_there_or_its_absence_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, figures) = shipped();
    let file = root.join("docs/figures.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the page has a place for the table");
    let (written, after) = rest.split_once(END).expect("the table has an end");
    let made = table(figures);
    if std::env::var_os("SIGNAL_BLESS").is_some() {
        std::fs::write(&file, format!("{before}{BEGIN}{made}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(written, made, "run `SIGNAL_BLESS=1 cargo test --test publication contract` to write the table anew");
}
