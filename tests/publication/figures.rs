//! Figures of the shipped publication and of tiny ones: worked out again, explained, exported.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use signal::command::measure::{measure, with_corpus};
use signal::data::publication::{self, Publication as Shipped};
use signal::figures::working::working;
use signal::figures::{Figures, Names};
use signal::metrics::attendance::attendance;
use signal::metrics::{Figure, Scope, catalogue};
use signal::plain::{Number, Period};

use crate::support::{Publication, Repo};

/// The shipped publication and its figures: counted once for all tests.
pub fn shipped() -> &'static (Shipped, Figures) {
    static SHIPPED: LazyLock<(Shipped, Figures)> = LazyLock::new(|| {
        let read = publication::read(Path::new(env!("CARGO_MANIFEST_DIR")));
        let publication = read.unwrap_or_else(|faults| panic!("{faults}"));
        let (_, figures) = measure(&publication).unwrap_or_else(|faults| panic!("{faults}"));
        (publication, figures)
    });
    &SHIPPED
}

/// All figures, each with its place.
fn each(figures: &Figures) -> impl Iterator<Item = (&Scope, Period, &Figure)> {
    figures.scopes().into_iter().flat_map(move |scope| {
        let series = figures.metrics(scope).into_iter().filter_map(move |name| figures.series(scope, name));
        series.flatten().map(move |(period, figure)| (scope, *period, figure))
    })
}

#[test]
fn every_formula_gives_the_figure_that_was_counted() {
    let (publication, figures) = shipped();
    let names = Names::of(publication);
    let mut checked = BTreeSet::new();
    let mut missing = BTreeSet::new();
    // Only the period before the first reported one is counted and not told.
    let first = figures.periods()[0];
    for (scope, period, figure) in each(figures) {
        let Some(value) = figure.value else { continue };
        let has_formula =
            !matches!(figure.metric.formula(), catalogue::Formula::Counted | catalogue::Formula::LikeForLike(_));
        match working(figures, names.members(), scope, figure.metric, period) {
            Some(working) => {
                assert_eq!(working.value, value, "{scope} {period}: {}", working.text);
                checked.insert(figure.metric.name);
            }
            None if has_formula && period != first => {
                missing.insert((scope.kind(), figure.metric.name));
            }
            None => {}
        }
    }
    // Who is new to an area, or to a kind of work, can't be known.
    let counted_alone = BTreeSet::from([("area", "contributors"), ("profile", "contributors")]);
    assert_eq!(missing, counted_alone, "these can't be worked out");
    for metric in catalogue::all().iter().filter(|metric| !metric.name.ends_with("like_for_like")) {
        let is_counted = metric.formula() == catalogue::Formula::Counted;
        let is_unknown = each(figures).all(|(_, _, figure)| figure.metric != metric || figure.value.is_none());
        assert!(is_counted || is_unknown || checked.contains(metric.name), "{} was never worked out", metric.name);
    }
}

#[test]
fn the_rows_of_contributors_add_up_to_the_figures() {
    let (publication, figures) = shipped();
    let (_, rows) = with_corpus(publication, attendance).unwrap_or_else(|faults| panic!("{faults}"));
    let repos: Vec<&str> = publication.registry.value.repos().map(|(_, repo)| repo.id.value.as_str()).collect();
    for (place, id) in repos.iter().enumerate() {
        let scope = Scope::Repo((*id).to_owned());
        for &period in figures.periods() {
            let own = || rows.iter().filter(|row| row.repo == place && row.period == period);
            let get = |name: &str| figures.get(&scope, name, period).and_then(|figure| figure.value);
            let is = |name: &str, sum: u64| {
                if let Some(value) = get(name) {
                    assert_eq!(value, Number::whole(sum), "{name} of {id} in {period}");
                }
            };
            is("contributors", own().count() as u64);
            is("commits", own().map(|row| row.commits).sum());
            for layer in ["core", "regular", "casual"] {
                is(layer, own().filter(|row| row.layer == layer).count() as u64);
            }
            for came in ["new", "retained", "returning"] {
                is(came, own().filter(|row| row.came == Some(came)).count() as u64);
            }
            let weeks = Number::quotient(own().map(|row| row.weeks).sum::<u32>(), own().count() as i128);
            assert_eq!(get("active_weeks"), weeks, "{id} in {period}");
        }
    }
}

/// One repository: Ada works in both quarters under two addresses, Grace comes in the second, a bot helps.
fn tiny() -> Publication {
    let mut publication = Publication::new();
    (publication.from, publication.to) = ("2024-Q1", "2024-Q2");
    let repo = Repo::new(&publication.root().join("repos/alpha.git"));
    publication.track("alpha", "path: repos/alpha.git, horizon: 2026-07-01, aliases: [Alpha One]");
    let authors = [
        ("Ada Lovelace <ada@one.name>", "2024-01-10"),
        ("Ada Lovelace <ada@two.name>", "2024-04-10"),
        ("Grace Hopper <grace@navy.name>", "2024-05-10"),
        ("nightly <1+nightly[bot]@users.noreply.github.com>", "2024-05-11"),
    ];
    let mut tip: Option<String> = None;
    for (author, date) in authors {
        let parents: Vec<&str> = tip.as_deref().into_iter().collect();
        tip = Some(repo.commit(&parents, author, date, "Work"));
    }
    repo.branch("main", &tip.unwrap());
    publication.mine(&[]);
    publication
}

#[test]
fn a_figure_is_explained_down_to_git() {
    let publication = tiny();
    let explain = |words: &[&str]| {
        let run = publication.signal(&[&["figures", "explain"], words].concat());
        format!("{}{}", run.stdout, run.stderr)
    };
    insta::assert_snapshot!("explain_people", explain(&["repo:Alpha One contributors 2024-Q2"]));
    insta::assert_snapshot!("explain_change", explain(&["corpus", "commits_change", "2024-Q2"]));
    let wrong = ["repo:alpha", "repo:beta commits 2024-Q2", "corpus comits 2024-Q2", "corpus commits 2023-Q4"];
    insta::assert_snapshot!("explain_wrong", wrong.map(|words| explain(&[words])).join("\n"));
}

#[test]
fn what_explain_says_git_counts_it_counts() {
    let publication = tiny();
    let run = publication.signal(&["figures", "explain", "repo:alpha commits 2024-Q2"]);
    let command = run.stdout.lines().find(|line| line.contains("git --no-replace-objects")).expect("a command");
    let output =
        std::process::Command::new("sh").arg("-c").arg(command).current_dir(publication.root()).output().unwrap();
    // Two by people and the bot's.
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "3");
    assert!(run.stdout.contains("git's count includes the commits set aside: 1 of bots"), "{}", run.stdout);
}

#[test]
fn contributors_are_exported_by_key_and_by_name_only_in_private() {
    let publication = tiny();
    let run = publication.signal(&["export", "contributors"]);
    assert_eq!((run.code, run.stdout.lines().count()), (0, 4), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("Ada") && !run.stdout.contains('@'), "{}", run.stdout);
    let refused = publication.signal(&["export", "contributors", "--names", "--out", "contributors.csv"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("names are written under private/ only"), "{}", refused.stderr);
    let run = publication.signal(&["export", "contributors", "--names"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let written = publication.read("private/contributors.csv");
    assert!(written.starts_with("period,repo,category,person,commits,weeks,organisation,layer,came,name,address\n"));
    assert!(written.contains(",new,Grace Hopper,grace@navy.name\n"), "{written}");
    assert_eq!(written.matches(",Ada Lovelace,ada@").count(), 2, "{written}");
}

#[test]
fn who_opted_out_gets_no_name_before_and_after_the_next_mining() {
    let publication = tiny();
    let run = publication.signal(&["people", "opt-out", "grace@navy.name"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for _ in 0..2 {
        let run = publication.signal(&["export", "contributors", "--names", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let written = publication.read("private/contributors.json");
        assert!(!written.contains("Grace") && !written.contains("navy"), "{written}");
        assert!(written.contains("\"person\":\"withdrawn\""), "{written}");
        assert!(written.contains("\"came\":\"new\",\"name\":null,\"address\":null"), "{written}");
        publication.mine(&[]);
    }
}

#[test]
fn schemas_and_exports_are_json() {
    let publication = tiny();
    for arguments in [&["schema", "rows"], &["schema", "metrics"]] {
        let run = publication.signal(arguments);
        assert!(serde_json::from_str::<serde_json::Value>(&run.stdout).is_ok(), "{}", run.stderr);
    }
    let file = publication.root().join("figures.json");
    let out = file.to_str().expect("a path that is text");
    let run = publication.signal(&["export", "figures", "--format", "json", "--out", out]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let written = std::fs::read_to_string(&file).expect("the export is there");
    let rows: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert!(rows.as_array().is_some_and(|rows| !rows.is_empty()));
}
