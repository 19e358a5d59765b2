//! What an edition has to say of predictions: how those stand that the edition before made, or that its quarter decides.

use std::sync::Arc;

use super::Ledger;
use crate::data::publication::Publication;
use crate::figures::{Figures, Names};
use crate::pages::edition;
use crate::pages::ground::Ground;
use crate::pages::memory::Memory;
use crate::pages::seals;
use crate::plain::text::listed;
use crate::plain::{Day, Period, Result};

/// A prediction and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The quarter of its edition.
    pub edition: Period,
    /// What was predicted, in markdown.
    pub statement: String,
    /// The quarter that decides it.
    pub due: Period,
    /// Where each of its clauses stands, in words.
    pub states: String,
}

/// The predictions of the edition before a period, and all that the period decides.
pub fn reviews(publication: &Publication, figures: &Arc<Figures>, period: Period, today: Day) -> Result<Vec<Review>> {
    let shelf = edition::read_all(publication, false, today)?;
    let registry = &publication.registry.value;
    let ground = Arc::new(Ground::new(Arc::clone(figures), Names::of(publication), registry));
    let locks = seals::read_all(publication, &shelf, today, (&Memory::default(), &ground))?;
    let ledger = Ledger::read(publication, &ground, false, &shelf.withheld, &locks)?;
    let entries = || ledger.open().into_iter().chain(ledger.closed());
    let wanted = entries().filter(|entry| {
        let prediction = &entry.prediction;
        prediction.edition < period && (prediction.edition == period.before(1) || prediction.due == period)
    });
    let mut reviews: Vec<Review> = wanted
        .map(|entry| {
            let states: Vec<String> = entry.trials.iter().map(|trial| trial.state.label().to_lowercase()).collect();
            let prediction = &entry.prediction;
            Review {
                edition: prediction.edition,
                statement: prediction.statement.value.trim().to_owned(),
                due: prediction.due,
                states: listed(&states, "and"),
            }
        })
        .collect();
    reviews.sort_by(|a, b| (a.due, a.edition, &a.statement).cmp(&(b.due, b.edition, &b.statement)));
    Ok(reviews)
}
