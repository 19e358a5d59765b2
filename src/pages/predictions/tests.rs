//! A tiny publication with predictions of every sort. Its figures reach from 2025-Q3 to 2026-Q3, which is still open.

use super::super::fixture::Folder;

fn entry(id: &str, due: &str, test: &str) -> String {
    format!("- {{id: {id}, statement: 'As {id} says.', due: {due}, probability: 0.6, test: '{test}'}}\n")
}

fn sheet(edition: &str, stated_on: &str, predictions: &str) -> String {
    format!("edition: {edition}\nstated_on: {stated_on}\npredictions:\n{predictions}")
}

fn folder(sheets: &[(&str, String)]) -> Folder {
    let folder = Folder::with_editions();
    for (name, text) in sheets {
        folder.put(&format!("content/predictions/{name}.yaml"), text);
    }
    folder
}

fn main_of(html: &str) -> &str {
    let (_, rest) = html.split_once("<main>\n").expect("a main element");
    rest.split_once("</main>").expect("its end").0
}

#[test]
fn every_prediction_is_in_the_state_that_the_figures_say() {
    let first = [
        entry("unknown", "2025-Q4", "corpus().contributors > category(\"edge\").at(\"2025-Q3\").contributors"),
        entry("partial", "2025-Q4", "corpus().contributors > corpus().at(\"2025-Q3\").contributors"),
        entry("unfair", "2025-Q4", "category(\"kernels\").contributors >= 60"),
    ];
    let second = [
        entry("confirmed", "2026-Q2", "category(\"kernels\").contributors >= 71"),
        entry("missed", "2026-Q2", "category(\"kernels\").contributors > 71"),
        entry("share", "2026-Q2", "category(\"kernels\").contributors | share(of=corpus()) < 60%"),
        entry("growth", "2026-Q2", "category(\"kernels\").contributors | change >= 15%"),
        entry("sides", "2026-Q2", "category(\"edge\").contributors < category(\"kernels\").contributors"),
        entry("first", "2026-Q2", "category(\"kernels\").commits | rank == 1"),
        entry("masked", "2026-Q2", "flow(\"edge\", \"kernels\") >= 5"),
        "- id: parts\n  statement: '[Kernels](../2026-q2/#kernels) and a {{ corpus().contributors }}.'\n  due: 2026-Q2\n  \
         clauses:\n  - {statement: One., probability: 0.9, test: 'corpus().commits > 1000'}\n  \
         - {statement: Two., judge: editor, evidence: A note.}\n  \
         - {statement: Three., probability: 0.2, judge: editor, evidence: A note., verdict: {outcome: missed, \
         citation: 'None came, [says](../2026-q2/) the desk.', on: 2026-07-01}}\n"
            .to_owned(),
        entry("void", "2026-Q2", "category(\"kernels\").contributors >= 71").replace("}\n", ", void: It was moved.}\n"),
    ];
    let third = [
        entry("early", "2026-Q3", "corpus().contributors >= 100"),
        entry("tracked", "2026-Q4", "category(\"kernels\").contributors >= 80"),
        entry("falling", "2026-Q4", "category(\"kernels\").contributors < 60"),
        entry("holding", "2026-Q4", "category(\"kernels\").retention >= 72%"),
        "- {id: judged, statement: It happens., due: 2026-Q4, judge: editor, evidence: A dated note.}\n".to_owned(),
    ];
    let folder = folder(&[
        ("a", sheet("2025-Q3", "2025-10-01", &first.concat())),
        ("b", sheet("2026-Q1", "2026-03-31", &second.concat())),
        ("c", sheet("2026-Q2", "2026-06-30", &third.concat())),
    ]);
    insta::assert_snapshot!("ledger", main_of(&folder.page("predictions/index.html")));
    assert!(folder.page("2026-q2/index.html").contains("confirmed: 71, at least 71"));
}

#[test]
fn drafts_and_publications_without_predictions_have_no_ledger() {
    let text = sheet("2026-Q1", "2026-03-31", &entry("a", "2026-Q2", "corpus().nonsense > 1"));
    let folder = folder(&[("a", text.replace("predictions:", "draft: true\npredictions:"))]);
    assert!(!folder.compose().unwrap().files.contains_key("predictions/index.html"));
    folder.put("content/predictions/a.yaml", &text);
    assert!(folder.faults().contains("no metric `nonsense`"));
}

#[test]
fn the_shipped_theme_shows_the_ledger_and_the_grades() {
    let text =
        entry("a", "2026-Q2", "corpus().contributors >= 100") + &entry("b", "2026-Q4", "corpus().commits > 2000");
    let folder = folder(&[("a", sheet("2026-Q1", "2026-03-31", &text))]);
    folder.put("signal.yaml", super::super::fixture::SETTINGS);
    let (ledger, edition) = (folder.page("predictions/index.html"), folder.page("2026-q2/index.html"));
    for shown in ["id=\"a\"", "Confirmed", "chart-narrow", "1 <span>of 1</span>", "796 away, with two quarters to go."]
    {
        assert!(ledger.contains(shown), "{shown}: {ledger}");
    }
    assert!(edition.contains("Predicted for this quarter") && edition.contains("href=\"../predictions/\""));
    assert!(!folder.page("2026-q1/index.html").contains("Predicted for this quarter"));
}

#[test]
fn what_is_wrong_with_a_test_is_said_at_its_place() {
    let tests = [
        "repo(\"excutorch\").contributors >= 10",
        "corpus().contributrs >= 10",
        "corpus().at(\"2024-Q1\").contributors >= 10",
        "10 <= corpus().contributors",
        "corpus() >= 10",
        "corpus().commits >= ten",
        "corpus().commits >= 10%",
        "corpus().commits >= category(\"kernels\").retention",
        "category(\"kernels\").retention >= 72",
        "category(\"kernels\").commits | record > 2",
        "flow(\"edge\", \"kernels\") >= 3",
        "flow(\"edge\", \"kernels\") | change > 1",
    ];
    let mut told: Vec<String> = tests
        .iter()
        .map(|test| folder(&[("a", sheet("2026-Q2", "2026-06-30", &entry("a", "2026-Q4", test)))]).faults())
        .collect();
    let good = entry("a", "2026-Q4", "corpus().commits > 1");
    told.push(folder(&[("a", sheet("2024-Q2", "2026-06-30", &good))]).faults());
    let twice = sheet("2026-Q2", "2026-06-30", &good);
    told.push(folder(&[("a", twice.clone()), ("b", twice)]).faults());
    let heading = good.replace("As a says.", "{{ corpus().comits }}");
    told.push(folder(&[("a", sheet("2026-Q2", "2026-06-30", &heading))]).faults());
    let link = good.replace("As a says.", "[x](../nowhere/)");
    told.push(folder(&[("a", sheet("2026-Q2", "2026-06-30", &link))]).faults());
    insta::assert_snapshot!("faults", told.join("\n\n"));
}
