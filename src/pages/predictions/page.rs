//! `/predictions/`: the ledger.

use serde::Serialize;

use super::card::{Card, Cards};
use crate::forecast::score::{Bin, ENOUGH};
use crate::forecast::{Score, State};
use crate::pages::address::Address;
use crate::pages::desk::{Desk, Page};
use crate::pages::markdown::Rendered;
use crate::pages::page::Text;
use crate::pages::safe::Safe;
use crate::pages::wording::{self, Style};
use crate::plain::{Number, Result, Unit};

/// Its address.
pub const ADDRESS: &str = "predictions/";

#[derive(Debug, Serialize)]
struct Own {
    body_html: Safe,
    score: ScoreContext,
    open: Vec<Card>,
    closed: Vec<Card>,
}

#[derive(Debug, Serialize)]
struct ScoreContext {
    /// All statements, each clause one.
    stated: usize,
    scored: usize,
    confirmed: usize,
    /// So many scored ones are needed for what follows.
    enough: usize,
    hit_rate: Option<String>,
    brier: Option<String>,
    /// The Brier score of always saying the hit rate.
    base: Option<String>,
    bins: Vec<BinContext>,
    open: usize,
    void: usize,
    retrospective: Tally,
}

/// What is shown and never scored.
#[derive(Debug, Serialize)]
struct Tally {
    confirmed: usize,
    missed: usize,
    open: usize,
}

#[derive(Debug, Serialize)]
struct BinContext {
    range: String,
    scored: usize,
    confirmed: usize,
    stated: String,
    happened: String,
}

/// The page, and the text and the links in it; `text` is what an editor wrote above the ledger.
pub fn compose(desk: &Desk<'_>, text: Option<&Text>) -> Result<(String, Rendered)> {
    let address = Address::new(ADDRESS);
    let title = text.map_or("Predictions", |text| &text.matter.title).to_owned();
    let summary = text.and_then(|text| text.matter.summary.clone());
    let description = summary.unwrap_or_else(|| {
        format!("What {} predicted, with what became of it.", desk.publication.settings.value.title)
    });
    let page = Page { kind: "predictions", title, description, path: ADDRESS.to_owned() };
    let mut rendered = text.map(|text| text.render(desk)).transpose()?.unwrap_or_default();
    let mut cards = Cards::new(desk, &page, &address, true);
    let (open, closed) = (cards.of(desk.ledger.open())?, cards.of(desk.ledger.closed())?);
    rendered.links.extend(cards.into_links());
    let own = Own { body_html: Safe(rendered.whole()), score: score(desk), open, closed };
    Ok((desk.press.render("predictions.html", &address, &desk.context(&page, own))?, rendered))
}

fn score(desk: &Desk<'_>) -> ScoreContext {
    let ledger = &desk.ledger;
    let Score { scored, confirmed, hit_rate, quality } = ledger.score();
    let count = |is_counted: &dyn Fn(bool, State) -> bool| {
        ledger.trials().filter(|(prediction, trial)| is_counted(prediction.is_retrospective(), trial.state)).count()
    };
    let three = |value: Number| value.fixed(3);
    ScoreContext {
        stated: ledger.trials().count(),
        scored,
        confirmed,
        enough: ENOUGH,
        hit_rate: hit_rate.map(share),
        brier: quality.as_ref().map(|quality| three(quality.brier)),
        base: quality.as_ref().map(|quality| three(quality.base)),
        bins: quality.iter().flat_map(|quality| &quality.bins).map(bin).collect(),
        open: count(&|retrospective, state| !retrospective && state.is_open()),
        void: count(&|_, state| state == State::Void),
        retrospective: Tally {
            confirmed: count(&|retrospective, state| retrospective && state == State::Confirmed),
            missed: count(&|retrospective, state| retrospective && state == State::Missed),
            open: count(&|retrospective, state| retrospective && state.is_open()),
        },
    }
}

fn bin(bin: &Bin) -> BinContext {
    BinContext {
        range: format!("{}\u{2013}{}%", bin.from, bin.to),
        scored: bin.scored,
        confirmed: bin.confirmed,
        stated: share(bin.stated),
        happened: share(bin.happened),
    }
}

fn share(value: Number) -> String {
    wording::print(value, Unit::Share, Style::default())
}
