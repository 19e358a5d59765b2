//! Makes the lock of an edition.

use super::printed::{Now, printed};
use super::words;
use crate::pages::desk::{Desk, VERSION as PROGRAM};
use crate::pages::edition::Edition;
use crate::plain::Result;
use crate::seal::lock::VERSION;
use crate::seal::{Beside, Drawn, Figure, Inputs, Lock, Statement};

/// The lock of an edition that was composed with a ground that noted what it printed.
pub fn lock(desk: &Desk<'_>, edition: &Edition) -> Result<Lock> {
    let period = edition.period;
    let predictions = desk.ledger.statements_of(period);
    let (mut figures, mut charts) = (Vec::new(), Vec::new());
    for (expression, said) in printed(&desk.ground, edition, &predictions)? {
        match said.now? {
            Now::Figure { figure, form, value, text } => {
                let form = form.map(str::to_owned);
                figures.push(Figure { expression, figure, form, value, text });
            }
            Now::Chart(digest) => charts.push(Drawn { expression, digest }),
        }
    }
    let noted = desk.ground_of(period).texts().noted().into_iter();
    let beside = noted.map(|(figure, (value, text))| Beside { figure, value, text });
    let mut statements: Vec<Statement> =
        predictions.iter().map(|(file, prediction)| Statement::of(prediction, &file.text)).collect();
    statements.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Lock {
        version: VERSION,
        period,
        sealed_on: desk.today,
        program: format!("signal {PROGRAM}"),
        inputs: Inputs::of(desk.publication, period, desk.data_digest),
        words: words::paragraphs(edition)?.into_iter().map(|paragraph| paragraph.digest).collect(),
        figures,
        charts,
        beside: beside.collect(),
        predictions: statements,
    })
}
