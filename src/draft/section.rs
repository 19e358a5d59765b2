//! The section of a category in which something moved.

use super::facts::{Facts, scope_of};
use super::wording::{bound, compared, escaped, moved, paragraph, question, trend};
use crate::data::registry::Category;
use crate::metrics::over_time::Story;
use crate::metrics::{Scope, catalogue};

/// More stories than these are a list, not a text.
const STORIES: usize = 4;
/// The same of patterns; `signal figures detectors` lists all of them.
const PATTERNS: usize = 4;

/// The categories worth a section, and those for the quiet corners; the former with the most unusual story first.
pub fn told_and_quiet<'a>(facts: &Facts<'a>) -> (Vec<&'a Category>, Vec<&'a Category>) {
    let (mut told, quiet): (Vec<&Category>, Vec<&Category>) = facts
        .categories()
        .into_iter()
        .partition(|category| !facts.stories_of(category).is_empty() || !facts.findings_of(category).is_empty());
    let place = |category: &Category| {
        let firsts = facts.stories_of(category);
        let first = firsts.first().map(|story| &story.scope);
        facts.stories.iter().position(|story| Some(&story.scope) == first).unwrap_or(facts.stories.len())
    };
    told.sort_by_key(|category| place(category));
    (told, quiet)
}

/// What is said of a category, with the questions that its figures leave open.
pub fn section(facts: &Facts<'_>, category: &Category) -> String {
    let scope = scope_of(category);
    let (stories, findings) = (facts.stories_of(category), facts.findings_of(category));
    let mut text = format!("## {} {{#{}}}\n\n", escaped(&category.title), category.slug.value);
    text += &question("What happened here? Say it in the heading; the anchor in braces stays as it is.");
    text += "\n";
    text += &paragraph(levels(facts, &scope));
    let mut told: Vec<&Scope> = Vec::new();
    for story in stories.iter().take(STORIES) {
        text += "\n";
        text += &paragraph(moved(facts, &story.scope, &names(story)));
        let why = story.why(&|scope| facts.names.title(scope).into_owned());
        text += &question(&format!("Why? {why}. Answer it in the text, or delete this line."));
        told.push(&story.scope);
    }
    for (report, finding) in findings.into_iter().take(PATTERNS) {
        let detector = report.detector;
        text += "\n";
        if !told.contains(&&finding.scope) {
            let evidence: Vec<&str> = finding.evidence.iter().map(|one| one.metric).collect();
            text += &paragraph(moved(facts, &finding.scope, &evidence));
            told.push(&finding.scope);
        }
        let tested = finding.tested.text(detector, finding.scope.kind());
        let title = facts.names.title(&finding.scope);
        text += &question(&format!(
            "The pattern `{}` shows at {title}. {} {tested} Is it so here? Say it in the text, or delete this line.",
            detector.name, detector.meaning
        ));
    }
    let (charted, metric) = match stories.first() {
        Some(story) => (&story.scope, story.lead().metric),
        None => (&scope, catalogue::find("contributors").expect("the catalogue counts people")),
    };
    text + "\n" + &trend(facts, charted, metric.name, metric.label)
}

/// The figures of a story, the most unusual first.
fn names(story: &Story) -> Vec<&'static str> {
    story.moves.iter().map(|step| step.metric.name).take(3).collect()
}

/// How many people and commits, how many of them new, and who stayed.
fn levels(facts: &Facts<'_>, scope: &Scope) -> Vec<String> {
    let bound = |metric: &str| bound(facts, scope, metric);
    let mut sentences = Vec::new();
    let title = facts.title(scope);
    sentences.push(format!("{title} had {} people and {} commits.", bound("contributors"), bound("commits")));
    sentences.extend(compared(facts, scope));
    if facts.now(scope, "new").is_some() {
        sentences.push(format!("{} of these people were new.", bound("new")));
    }
    if facts.now(scope, "retention").is_some() {
        sentences.push(format!("Of the people of the quarter before, {} came back.", bound("retention")));
    }
    sentences
}
