//! How well the rules tell things: the labels, the tables made from them, and the cautions made from the tables.

use std::collections::BTreeSet;

use signal::data::publication;
use signal::metrics::catalogue::caution::{AREAS, LABELS, Measured, TYPES};

use crate::lines::with_lines;

#[path = "../../benches/rules/labels.rs"]
mod labels;
#[path = "../../benches/rules/score.rs"]
mod score;

use labels::Half;
use score::Score;

const PAGE: &str = include_str!("../../docs/rules.md");

/// A row of a table: its name, how many were labelled, precision and recall in hundredths.
type Row<'a> = (&'a str, u32, u8, u8);

/// The rows of the table under a heading, without those of sums.
fn table<'a>(heading: &str) -> Vec<Row<'a>> {
    let (_, rest) = PAGE.split_once(&format!("\n### {heading}\n")).expect("the page has the table");
    let rest = rest.split("\n#").next().unwrap_or(rest);
    let rows = rest.lines().filter(|line| line.starts_with("| ")).skip(1);
    let rows = rows.map(|line| line.trim_matches(['|', ' ']).split(" | ").collect::<Vec<&str>>());
    let hundredths = |cell: &str| cell[..4].replace('.', "").parse::<u8>().expect("a share of two digits");
    rows.filter(|row| !row[0].starts_with('*'))
        .map(|row| (row[0], row[1].parse().expect("a count"), hundredths(row[2]), hundredths(row[3])))
        .collect()
}

#[test]
fn cautions_are_made_from_the_tables_of_the_page() {
    for (what, measured) in [("Work types", &TYPES[..]), ("Areas", &AREAS[..])] {
        let (tune, held) = (table(&format!("{what}, tuning half")), table(&format!("{what}, held-back half")));
        let both = table(&format!("{what}, both halves"));
        let made: Vec<Measured> = both
            .iter()
            .zip(tune.iter().zip(&held))
            .map(|(&(name, _, precision, recall), (tune, held))| {
                let least = [tune.2, tune.3, held.2, held.3].into_iter().min().expect("there are four");
                Measured { name, precision, recall, least }
            })
            .collect();
        assert_eq!(made, measured, "{what}: measure with `cargo bench --bench rules`, then amend page and table");
    }
    assert_eq!(table("Work types, both halves").iter().map(|row| row.1).sum::<u32>(), LABELS);
}

#[test]
fn labels_are_ids_and_keys_that_the_publication_knows() {
    let publication = publication::read(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    let repos: BTreeSet<&str> = publication.registry.value.repos().map(|(_, repo)| repo.id.value.as_str()).collect();
    let areas: BTreeSet<&str> = publication.areas.value.areas.iter().map(|area| area.slug.value.as_str()).collect();
    let commits = labels::commits();
    assert_eq!(u32::try_from(commits.len()), Ok(LABELS));
    for label in &commits {
        assert!(repos.contains(&label.repo[..]), "{}", label.repo);
        assert!(label.commit.len() == 40 && label.commit.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert!(label.weight >= 1.0, "{}", label.commit);
        assert!(label.areas.iter().all(|area| areas.contains(&area[..])), "{:?}", label.areas);
    }
    let ids: BTreeSet<&str> = commits.iter().map(|label| &label.commit[..]).collect();
    assert_eq!(ids.len(), commits.len(), "none is labelled twice");
    let drawn_from: BTreeSet<&str> = commits.iter().map(|label| &label.repo[..]).collect();
    assert!(drawn_from.len() >= 15);
    let pairs = labels::pairs();
    assert!(pairs.len() >= 200);
    for pair in &pairs {
        assert!(pair.lines.iter().all(|line| repos.contains(&line.repo[..]) && line.key.name.is_some()));
        let told_by = ["coauthor", "history", "login", "mailmap", "separate", "signoff"];
        assert!(told_by.contains(&&pair.evidence[..]) && !pair.stratum.is_empty(), "{}", pair.evidence);
        assert!(!pair.same || pair.evidence != "separate");
    }
    for half in Half::ALL {
        let of_commits = commits.iter().filter(|label| label.half == half && label.sure).count();
        let of_pairs = pairs.iter().filter(|pair| pair.half == half && pair.same).count();
        assert!(of_commits > 100 && of_pairs > 40, "{}", half.title());
    }
    let plain = commits.iter().filter(|label| label.stratum == labels::Stratum::Plain).count();
    assert!(plain * 2 > commits.len(), "{}", commits[0].work_type.name());
}

/// Newcombe (1998), table I: 81 of 263, and 0 of 20.
#[test]
fn intervals_are_those_of_the_literature() {
    let score = |hits: u32, trials: u32, weight: f64| (0..trials).map(|n| (n < hits, weight)).collect::<Score>();
    assert_eq!(score(81, 263, 1.0).to_string(), "0.31 (0.26–0.37), 81/263");
    assert_eq!(score(0, 20, 1.0).to_string(), "0.00 (0.00–0.16), 0/20");
    assert_eq!(score(81, 263, 7.0).to_string(), "0.31 (0.26–0.37), 81/263", "equal weights change nothing");
    assert_eq!(score(0, 0, 1.0).to_string(), "–");
    let mut uneven = score(1, 1, 3.0);
    uneven.count(false, 1.0);
    assert_eq!(uneven.share(), Some(0.75));
    // (3 + 1)² / (9 + 1) trials, not two.
    let (low, high) = uneven.interval().unwrap();
    assert!((low - 0.1691).abs() < 1e-4 && (high - 0.9779).abs() < 1e-4, "{low} {high}");
}

#[test]
fn what_is_told_badly_is_said_where_it_is_shown() {
    let (publication, repo) = with_lines("a");
    let tree = crate::lines::tree(&repo, &[("100644", "rows.rs", b"fn row() {}\n")]);
    let tip = repo.commit_tree(&tree, &[], "Ada <ada@example.org>", "2024-01-10", "Speed up the kernel of rows");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let explain = |question: &str| {
        let run = publication.signal(&["figures", "explain", question]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let caution = "\ncaution     Read it with caution: held against 416 commits labelled by hand, of the commits that";
    assert!(explain("repo:a performance_commits 2024-Q1").contains(caution));
    assert!(explain("repo:a performance_commits_share 2024-Q1").contains(caution));
    assert!(explain("area:kernels commits 2024-Q1").contains(caution));
    assert!(!explain("repo:a docs_commits 2024-Q1").contains("caution"));
    assert!(!explain("repo:a commits 2024-Q1").contains("caution"));
    let run = publication.signal(&["build", "--offline"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let methodology = publication.read("public/methodology/index.html");
    let of = |name: &str| {
        let (_, rest) = methodology.split_once(&format!("id=\"metric-{name}\"")).expect("the page has the metric");
        rest.split("</dd>").next().unwrap_or_default().to_owned()
    };
    assert!(of("performance_commits").contains("Read it with caution"), "{}", of("performance_commits"));
    assert!(!of("docs_commits").contains("caution"));
    let page = publication.read("public/repos/a/index.html");
    assert!(page.contains("tell some of them badly: Performance. The <a href=\"../../methodology/\">"), "{page}");
}
