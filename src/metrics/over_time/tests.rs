//! Movers and detectors on series small enough to count by hand.

use std::collections::BTreeMap;

use super::Wholes;
use super::detectors::{DETECTORS, Report, Threshold, detect};
use super::movers::{movers, moves};
use super::sample::{measured, repo, shares};
use super::{Chronicle, Story};
use crate::metrics::{Measured, Scope};
use crate::plain::Number;

/// A scope with one repository, so that all of its periods may be compared.
fn scope(scope: &Scope, series: &[(&str, &str)]) -> Vec<Measured> {
    let length = series[0].1.split_whitespace().count();
    let mut figures = measured(scope, "tracked_repos", &"1 ".repeat(length));
    for (metric, text) in series {
        let is_share = ["retention", "one_week_share"].contains(metric);
        figures.extend(if is_share { shares(scope, metric, text) } else { measured(scope, metric, text) });
    }
    figures
}

fn chronicle(figures: &[Measured]) -> Chronicle<'_> {
    Chronicle::new(figures.iter().map(|one| (&*one.scope, one.period, &one.figure)))
}

fn stories(figures: &[Measured], wholes: &Wholes) -> Vec<Story> {
    let chronicle = chronicle(figures);
    movers(&chronicle, wholes, chronicle.periods().len() - 1)
}

fn whys(figures: &[Measured], wholes: &Wholes) -> Vec<String> {
    stories(figures, wholes).iter().map(|story| story.why(&|scope| scope.subject().into_owned())).collect()
}

#[test]
fn figures_of_one_subject_are_one_story() {
    let iree = scope(
        &repo("iree"),
        &[
            ("contributors", "60 62 58 64 61 66 63 60 66 31"),
            ("commits", "800 790 810 805 795 800 790 805 800 552"),
            ("new", "20 19 21 20 22 20 19 20 21 9"),
            ("churned", "18 20 19 20 18 21 20 19 20 44"),
            ("hours", "900 910 890 905 900 895 905 900 910 640"),
        ],
    );
    assert_eq!(
        whys(&iree, &Wholes::new()),
        ["iree: 552 commits where 800 were a quarter before; the largest fall in 9 quarters; estimated hours (−30%), \
          contributors (31 against 66) and new contributors (9 against 21) fell with it; churned contributors (44 against \
          20) rose"]
    );
}

#[test]
fn eight_closed_quarters_of_the_same_repositories_are_needed() {
    let leads = |text: &str| !stories(&scope(&repo("r"), &[("commits", text)]), &Wholes::new()).is_empty();
    assert!(leads("100 100 100 100 100 100 100 300"));
    assert!(!leads("100 100 100 100 100 100 300"));
    assert!(!leads("100 100 100 ? 100 100 100 100 300"));
    assert!(!leads("100 100 100 100 100 100 100 300!"));
    let mut joined = scope(&repo("r"), &[("commits", "100 100 100 100 100 100 100 300")]);
    joined.retain(|one| one.figure.metric.name != "tracked_repos");
    joined.extend(measured(&repo("r"), "tracked_repos", "1 1 1 2 2 2 2 2"));
    assert!(stories(&joined, &Wholes::new()).is_empty());
}

#[test]
fn few_are_no_story() {
    let leads = |text: &str| !stories(&scope(&repo("r"), &[("commits", text)]), &Wholes::new()).is_empty();
    assert!(!leads("2 2 2 2 2 2 2 5"));
    assert!(!leads("0 0 0 0 0 0 0 19"));
    assert!(leads("8 8 8 8 8 8 8 60"));
    // Twice as many are unusual for so steady a count, were it not for the noise of so few.
    assert!(!leads("9 9 9 9 9 9 9 21"));
    // Unusual enough, but 19 are too few.
    assert!(!leads("1 2 3 5 7 10 14 19 3"));
    assert!(leads("1 2 3 5 7 10 14 20 3"));
}

#[test]
fn before_anybody_came_nothing_was_usual() {
    let commits = ("commits", "0 0 0 0 0 0 0 40 80 160");
    assert_eq!(stories(&scope(&repo("r"), &[commits]), &Wholes::new()).len(), 1);
    let ever = ("contributors_ever", "0 0 0 0 0 0 0 5 9 12");
    assert_eq!(stories(&scope(&repo("r"), &[commits, ever]), &Wholes::new()), []);
    // Whoever was there before and paused has a past.
    let ever = ("contributors_ever", "3 3 3 3 3 3 3 5 9 12");
    assert_eq!(stories(&scope(&repo("r"), &[commits, ever]), &Wholes::new()).len(), 1);
}

/// A category of two repositories of which one moved; the category's own steps are steadier than the repository's.
fn whole() -> (Vec<Measured>, Wholes) {
    let (calm, wild) = ("900 905 900 905 900 905 900 905", "100 140 100 140 100 140 100 400");
    let of_both = "1000 1045 1000 1045 1000 1045 1000 1305";
    let category = Scope::Category("c".to_owned());
    let figures = [
        scope(&category, &[("commits", of_both)]),
        scope(&repo("calm"), &[("commits", calm)]),
        scope(&repo("wild"), &[("commits", wild)]),
    ];
    (figures.concat(), Wholes::from([(category, vec![repo("calm"), repo("wild")])]))
}

#[test]
fn a_movement_that_one_repository_makes_is_told_with_it() {
    let (figures, wholes) = whole();
    assert_eq!(
        whys(&figures, &wholes),
        [
            "c: 1305 commits where 1000 were a quarter before; the largest rise in 7 quarters; wild alone makes 98% of the \
          change of commits (400 against 100)"
        ]
    );
    // With a louder story of its own, it leads.
    let louder: Vec<Measured> = figures
        .iter()
        .filter(|one| *one.scope != repo("wild"))
        .cloned()
        .chain(scope(&repo("wild"), &[("commits", "100 100 100 100 100 100 100 400")]))
        .collect();
    assert_eq!(
        whys(&louder, &wholes),
        [
            "wild: 400 commits where 100 were a quarter before; the largest rise in 7 quarters; it makes 98% of the change \
          of commits of c"
        ]
    );
    // Wholes that the same repository moves tell one story.
    let vendor = Scope::Vendor("v".to_owned());
    let of_vendor = scope(&vendor, &[("commits", "1000 1045 1000 1045 1000 1045 1000 1305")]);
    let more: Wholes =
        wholes.iter().flat_map(|(c, repos)| [(c.clone(), repos.clone()), (vendor.clone(), repos.clone())]).collect();
    let told = whys(&[figures.clone(), of_vendor].concat(), &more);
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("(400 against 100); the same shows in v (commits: 1305 against 1000)"), "{told:?}");
    let two = stories(&figures, &Wholes::new());
    assert_eq!(two.len(), 1, "alone, the repository is no story: {two:?}");
}

#[test]
fn the_order_of_figures_changes_nothing() {
    let (mut figures, wholes) = whole();
    figures.extend(scope(&repo("twin"), &[("commits", "1000 1045 1000 1045 1000 1045 1000 1305")]));
    let before = stories(&figures, &wholes);
    assert_eq!(before.len(), 2);
    let (found, sizes) = (detected(&figures), moves(&chronicle(&figures), 7));
    let mut turned = figures.clone();
    turned.reverse();
    assert_eq!(stories(&turned, &wholes), before);
    assert_eq!(detected(&turned), found);
    assert_eq!(moves(&chronicle(&turned), 7), sizes);
}

fn reports(figures: &[Measured], at: usize) -> Vec<Report> {
    detect(&chronicle(figures), at)
}

/// What fired in the last period, as `name scope`.
fn detected(figures: &[Measured]) -> Vec<String> {
    let last = chronicle(figures).periods().len() - 1;
    let reports = reports(figures, last);
    let found = |report: &Report| -> Vec<String> {
        report.findings.iter().map(|finding| format!("{} {}", report.detector.name, finding.scope.subject())).collect()
    };
    reports.iter().flat_map(found).collect()
}

#[test]
fn each_pattern_is_found_where_it_is_and_just_not_beside_it() {
    let team =
        |people: &str, commits: &str| detected(&scope(&repo("r"), &[("contributors", people), ("commits", commits)]));
    assert_eq!(team("20 22", "100 95"), ["ramp r"]);
    assert!(team("20 21", "100 95").is_empty() && team("20 22", "100 96").is_empty());
    assert!(team("19 30", "100 50").is_empty(), "too few people");
    assert_eq!(team("20 21", "100 110"), ["deepening r"]);
    assert_eq!(team("20 19", "100 110"), ["deepening r"]);
    assert!(team("20 22", "100 110").is_empty() && team("20 20", "100 109").is_empty());
    assert_eq!(team("20 18", "100 97"), ["consolidation r"]);
    assert!(team("20 19", "100 97").is_empty() && team("20 18", "100 96").is_empty());

    let surge = |weeks: &str, short: &str| {
        let series =
            [("contributors", "20 23"), ("commits", "100 100"), ("active_weeks", weeks), ("one_week_share", short)];
        detected(&scope(&repo("r"), &series))
    };
    assert_eq!(surge("100 95", "40 42"), ["shallow surge r"]);
    assert!(surge("100 96", "40 42").is_empty() && surge("100 95", "40 41").is_empty());

    let turn = |retention: &str| {
        let series = [("contributors", "20 20 20 20"), ("commits", "9 9 9 9"), ("retention", retention)];
        detected(&scope(&repo("r"), &series))
    };
    assert_eq!(turn("60 58 56 61"), ["retention turns up r"]);
    assert_eq!(turn("56 58 60 55"), ["retention turns down r"]);
    assert!(turn("60 58 56 60").is_empty() && turn("58 58 56 61").is_empty());

    let quiet = |commits: &str| detected(&scope(&repo("r"), &[("commits", commits)]));
    assert_eq!(quiet("100 20 100 100 33"), ["quiet r"]);
    assert!(quiet("100 20 100 100 34").is_empty() && quiet("19 19 19 19 0").is_empty());
}

#[test]
fn what_has_no_value_is_named() {
    let young = [("contributors", "0 0 0 0 0 0 0 5 6"), ("contributors_ever", "0 0 0 0 0 0 0 5 6")];
    let young = scope(&repo("young"), &young);
    let old = scope(&repo("old"), &[("contributors", "9 9 9 9 9 9 9 9 9"), ("contributors_ever", "9 9 9 9 9 9 9 9 9")]);
    let figures = [young, old].concat();
    let reports = reports(&figures, 8);
    let tight = reports.iter().find(|report| report.detector.name == "tight newcomer").expect("it is in the list");
    let unfit: BTreeMap<String, usize> =
        tight.unfit.iter().map(|(reason, count)| (reason.to_string(), *count)).collect();
    assert_eq!((tight.judged, tight.findings.len()), (0, 0));
    assert_eq!(unfit, BTreeMap::from([("`coordination` has no value".to_owned(), 1), ("not young".to_owned(), 1)]));
}

#[test]
fn a_back_test_counts_earlier_quarters_of_scopes_of_the_kind() {
    // `a`: a ramp in the second quarter, after which commits rose, in the fifth, after which they fell, and in the last.
    // `b`: commits fell as much in the second, without more people; they rose afterwards. The last step of each has no
    // next quarter yet, and `c` is of another kind.
    let a = [("contributors", "20 30 20 20 30 30 40"), ("commits", "100 80 90 90 80 70 60")];
    let b = [("contributors", "20 20 20 20 20 20 20"), ("commits", "100 80 90 90 90 90 90")];
    let c = Scope::Category("c".to_owned());
    let figures = [scope(&repo("a"), &a), scope(&repo("b"), &b), scope(&c, &a)].concat();
    let reports = reports(&figures, 6);
    let ramp = &reports[0];
    assert_eq!(ramp.findings.iter().map(|one| one.scope.clone()).collect::<Vec<_>>(), [c, repo("a")]);
    let tested = ramp.findings[1].tested;
    assert_eq!((tested.fired.cases, tested.fired.followed), (2, 1));
    // The sixth quarter of `a` fell too, and was followed by a fall.
    assert_eq!((tested.alike.cases, tested.alike.followed), (4, 2));
    // Of each repository the second to the sixth.
    assert_eq!((tested.all.cases, tested.all.followed), (10, 2));
    assert!(tested.is_thin());
    assert_eq!(
        tested.text(ramp.detector, "repo"),
        "Happened 2 times before in a repository; commits rose in the next quarter once (50%). The same after 2 of 4 (50%) \
         in which commits fell as much, and after 2 of all 10 (20%) that could be judged. These are few cases."
    );
}

#[test]
fn what_never_happened_says_so() {
    let figures = scope(&repo("a"), &[("contributors", "20 20 30"), ("commits", "100 100 50")]);
    let tested = reports(&figures, 2)[0].findings[0].tested;
    assert_eq!(
        tested.text(&DETECTORS[0], "repo"),
        "Hasn't happened before in a repository; commits rose in the next quarter after 0 of all 1 (0%) that could be judged."
    );
    let figures = scope(&repo("a"), &[("contributors", "20 30"), ("commits", "100 50")]);
    let tested = reports(&figures, 1)[0].findings[0].tested;
    assert_eq!(tested.text(&DETECTORS[0], "repo"), "No earlier quarter of a repository could be judged.");
}

#[test]
fn thresholds_are_printed_as_they_are_used() {
    let mut names: Vec<&str> = DETECTORS.iter().map(|detector| detector.name).collect();
    names.dedup();
    assert_eq!(names.len(), DETECTORS.len());
    for detector in &DETECTORS {
        assert!(detector.meaning.ends_with('.') && !detector.thresholds.is_empty(), "{}", detector.name);
        let texts: Vec<String> = detector.thresholds.iter().map(Threshold::text).collect();
        for (bound, text) in detector.thresholds.iter().zip(texts) {
            assert!(text.contains(&bound.value.to_string()), "{text}");
        }
    }
    let ramp = &DETECTORS[0];
    assert_eq!(ramp.thresholds[0].number(), Number::quotient(1, 10).unwrap());
    assert_eq!(ramp.thresholds[2].number(), Number::whole(20));
}
