//! What an edition begins and ends with.

use std::fmt::Write as _;

use super::facts::Facts;
use super::wording::{bound, compared, paragraph, question};
use crate::metrics::Scope;

/// Front matter, what became of the last predictions, and the quarter in five sentences.
pub fn opening(facts: &Facts<'_>) -> String {
    let (scope, period) = (Scope::Corpus, facts.period);
    let bound = |metric: &str| bound(facts, &scope, metric);
    let mut text = format!(
        "---\ntitle: \"What moved in {period}\"\nsummary: \"Who came, who stayed, and what the work became in {period}.\"\n\
         draft: true\n---\n\n"
    );
    text += &question("What is the story of the quarter? Say it in `title`, and what follows from it in `summary`.");
    for review in &facts.reviews {
        text += &question(&format!(
            "Say what became of a prediction of {}, or delete this line: \"{}\", due in {}: {}.",
            review.edition, review.statement, review.due, review.states
        ));
    }
    text += "\n";
    let mut sentences = vec![format!("{} people wrote {} commits.", bound("contributors"), bound("commits"))];
    sentences.extend(compared(facts, &scope));
    if facts.now(&scope, "new").is_some() {
        sentences.push(format!("{} of these people had never been seen here before.", bound("new")));
    }
    if facts.now(&scope, "retention").is_some() {
        sentences.push(format!("Of those who were at work in the quarter before, {} came back.", bound("retention")));
    }
    text += &paragraph(sentences);
    text += "\n";
    if facts.categories().len() > 1 {
        text += "{{ chart(\"bars\", metric=\"contributors\", of=\"categories\", title=\"People at work, by category\") }}\n";
    }
    text
}

/// Where the next predictions are to be stated.
pub fn predictions(facts: &Facts<'_>) -> String {
    let slug = facts.period.slug();
    let ask = question(&format!(
        "What do you expect? State it in content/predictions/{slug}.yaml, with a probability, a test and the quarter that \
         decides it, before that quarter begins. Then say here what it is about, with a link to `../predictions/`."
    ));
    format!("## Predictions {{#predictions}}\n\n{ask}")
}

/// How the figures were counted.
pub fn reading(facts: &Facts<'_>) -> String {
    let mut text = "## How to read these numbers {#reading}\n\n\
         A contributor is a person, joined from all the addresses that can be shown to be theirs, who wrote at least one\n\
         commit that is neither a merge nor a bot's."
        .to_owned();
    if facts.now(&Scope::Corpus, "bot").is_some() {
        let _ = write!(text, " {} commits by bots were counted apart.", bound(facts, &Scope::Corpus, "bot"));
    }
    text + "\n[The methodology](../methodology/) says what each figure means.\n"
}
