//! From what an editor writes to a drawing and its files.

use std::collections::BTreeSet;

use minijinja::value::{Kwargs, Value};

use super::kind::Kind;
use super::{Exhibit, Request};
use crate::pages::address::Address;
use crate::pages::fixture::{Folder, ground, period};

fn read(kind: &str, options: &[(&str, &str)]) -> Result<Exhibit, String> {
    let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Value>();
    let value = |text: &str| text.strip_prefix("list ").map_or_else(|| Value::from(text), list);
    let given: Kwargs = options.iter().map(|(name, text)| (*name, value(text))).collect();
    let ground = ground();
    let request =
        Request::read(kind, &given, &ground, period("2026-Q2")).map_err(|error| format!("{error:#} {error:?}"))?;
    request.draw(&ground, "chart-x", "Signal").map_err(|faults| faults.to_string())
}

fn drawn(kind: &str, options: &[(&str, &str)]) -> Exhibit {
    let titled: Vec<(&str, &str)> = options.iter().copied().chain([("title", "T")]).collect();
    read(kind, &titled).unwrap_or_else(|message| panic!("{kind}: {message}"))
}

fn fault(kind: &str, options: &[(&str, &str)]) -> String {
    let titled: Vec<(&str, &str)> = options.iter().copied().chain([("title", "T")]).collect();
    read(kind, &titled).err().unwrap_or_else(|| panic!("{kind} was drawn"))
}

/// The CSV and the JSON.
fn files(mut exhibit: Exhibit) -> [String; 2] {
    let files = exhibit.file(&Address::new("x/"), "c", None);
    let text = |ending: &str| {
        let (_, bytes) = files.iter().find(|(path, _)| path == &format!("x/charts/c.{ending}")).expect("a file");
        String::from_utf8(bytes.clone()).expect("text")
    };
    [text("csv"), text("json")]
}

#[test]
fn kinds_have_names_of_their_own_in_order() {
    let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name).collect();
    let sorted: BTreeSet<&str> = names.iter().copied().collect();
    assert!(names.iter().copied().eq(sorted));
    for kind in Kind::ALL {
        assert!(kind.options.iter().all(|option| !Kind::COMMON.contains(option)), "{}", kind.name);
    }
}

#[test]
fn what_is_masked_leaks_through_no_length_text_or_file() {
    let of = ("of", "list category:edge category:kernels");
    // From edge to kernels there are three, from kernels to edge nine.
    let exhibit = drawn("migration", &[of]);
    let svg = &exhibit.alone;
    assert!(svg.contains(">9</text>") && svg.contains("stroke-dasharray"), "{svg}");
    assert!(!svg.contains(">3<") && svg.contains("Dashed: one to four people"), "{svg}");
    assert!(exhibit.chart.description.ends_with("Ways of one to four people: 1."), "{}", exhibit.chart.description);
    let [csv, json] = files(exhibit);
    assert_eq!(
        csv,
        "From and to,people who moved\nOn-device to GPU Kernels & Performance,<5\n\
         GPU Kernels & Performance to On-device,9\n"
    );
    assert!(json.contains("[\"On-device to GPU Kernels & Performance\",{\"below\":5}]"), "{json}");
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");

    let profile = [("scope", "profile:kernel-writers"), ("metric", "contributors")];
    let exhibit = drawn("trend", &profile);
    assert!(!exhibit.alone.contains("<circle"), "a line through masked figures: {}", exhibit.alone);
    let [csv, _] = files(exhibit);
    assert!(csv.contains("2026-Q2,<5\n") && !csv.contains(",4"), "{csv}");
    let hint = fault("onion", &[("scope", "profile:kernel-writers")]);
    assert!(hint.contains("core"), "{hint}");
}

#[test]
fn each_kind_reads_its_figures() {
    let both = ("of", "categories");
    let people = ("metric", "contributors");
    let slope = drawn("slope", &[both, people, ("from", "2025-Q4"), ("highlight", "category:kernels")]);
    assert_eq!(slope.chart.subtitle, "Contributors, 2025-Q4 and 2026-Q2");
    assert_eq!(files(slope)[0], ",2025-Q4,2026-Q2\nGPU Kernels & Performance,60,71\nOn-device,40,47\n");
    let dots = drawn("dots", &[both, people]);
    assert_eq!(dots.chart.table.head, ["", "2025-Q3", "2026-Q2"], "a year back isn't reported");
    assert_eq!(dots.chart.table.rows[1], ["On-device", "n/a", "47"]);
    let many = drawn("multiples", &[("of", "repositories"), ("within", "category:edge"), people]);
    assert_eq!(many.chart.table.head.len(), 2);
    assert_eq!(many.chart.table.rows.len(), 4, "up to the quarter of the text");
    let overlap = drawn("overlap", &[both]);
    assert_eq!(files(overlap)[0], "Both,people in both\nGPU Kernels & Performance and On-device,20\n");
    let noted = drawn("trend", &[("scope", "category:kernels"), people, ("note", "Here"), ("at", "2026-Q1")]);
    assert!(noted.alone.contains(">Here</text>"));
}

#[test]
fn what_means_nothing_is_said() {
    let people = ("metric", "contributors");
    for (kind, options, message) in [
        ("trend", vec![("scope", "corpus"), people, ("of", "categories")], "`of` is no option of the chart `trend`"),
        ("trend", vec![("scope", "corpus"), people, ("at", "2026-Q1")], "`at` has no `note`"),
        ("trend", vec![("scope", "corpus"), people, ("note", "x"), ("at", "2026-Q3")], "the note is about 2026-Q3"),
        ("slope", vec![("of", "categories"), people, ("from", "2026-Q2")], "`from` names 2026-Q2"),
        ("slope", vec![("of", "categories"), people, ("within", "corpus")], "`within` says of which repositories"),
        ("bars", vec![("of", "categories"), people, ("id", "a/b")], "`a/b` can't be part of an address"),
        ("shares", vec![("of", "categories"), ("parts", "work")], "nothing is cut into `work`"),
        ("overlap", vec![("of", "list category:edge")], "an overlap needs two"),
        ("overlap", vec![("of", "list category:edge category:edge")], "these make no overlap"),
        ("migration", vec![("of", "categories"), people], "these make no migration"),
        ("onion", vec![("scope", "corpus")], "there is no metric `core`"),
    ] {
        let said = fault(kind, &options);
        assert!(said.contains(message), "{kind} {options:?}: {said}");
    }
}

#[test]
fn files_lie_beside_the_page_of_the_chart_alone() {
    let folder = Folder::with_editions();
    let chart = |kind: &str, more: &str| format!("{{{{ chart('{kind}', metric='contributors', {more}) }}}}\n\n");
    let lede = chart("trend", "scope='category:kernels', title='It rises', id='kernels'");
    let text = lede + &chart("bars", "of='categories', title='All rise'") + "## Kernels {#kernels}\n\nText.\n";
    folder.edition("2026-Q2", &text).put(
        "content/pages/about.md",
        &format!("---\ntitle: A\n---\n{}", chart("bars", "of='categories', title='All rise'")),
    );
    let site = folder.compose().unwrap_or_else(|faults| panic!("{faults}"));
    let own = |path: &str| ["2026-q2/charts/", "about/charts/"].iter().any(|folder| path.starts_with(folder));
    let charts: Vec<&str> = site.files.keys().map(String::as_str).filter(|path| own(path)).collect();
    assert_eq!(
        charts,
        [
            "2026-q2/charts/all-rise.csv",
            "2026-q2/charts/all-rise.json",
            "2026-q2/charts/all-rise.png",
            "2026-q2/charts/all-rise.svg",
            "2026-q2/charts/kernels.csv",
            "2026-q2/charts/kernels.json",
            "2026-q2/charts/kernels.png",
            "2026-q2/charts/kernels.svg",
            "about/charts/all-rise.csv",
            "about/charts/all-rise.json",
            "about/charts/all-rise.svg",
        ]
    );
    assert!(site.files["2026-q2/charts/kernels.png"].starts_with(b"\x89PNG"));
    let svg = String::from_utf8(site.files["2026-q2/charts/kernels.svg"].clone()).unwrap();
    assert!(svg.contains("The Signal, https://example.org/signal/2026-q2/"), "{svg}");
    let again = folder.compose().unwrap_or_else(|faults| panic!("{faults}"));
    assert!(site.files == again.files, "pixels that were kept are those that were drawn");
}
