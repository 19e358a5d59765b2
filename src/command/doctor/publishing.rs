//! Whether the site can be built, and whether what was published still holds.

use std::sync::Arc;

use super::{Finding, told};
use crate::command::build::made_of;
use crate::command::measure::measure;
use crate::command::output::counted;
use crate::data::publication::Publication;
use crate::pages::{self, Options, Site};
use crate::plain::Result;

/// Composes everything, writes nothing.
pub fn look(publication: &Publication) -> Vec<Finding> {
    match site(publication) {
        Ok(site) => {
            let mut findings =
                vec![Finding::well("site", counted(site.pages.len(), "page can be built", "pages can be built"))];
            findings.extend(seals(&site));
            findings
        }
        Err(faults) => vec![Finding::ill("site", told(&faults), "`signal check` shows all of it, with its place")],
    }
}

fn site(publication: &Publication) -> Result<Site> {
    let (mined, figures) = measure(publication)?;
    pages::compose(publication, &Arc::new(figures), &Options { lenient: true, ..made_of(&mined)? })
}

fn seals(site: &Site) -> Vec<Finding> {
    let mut findings = Vec::new();
    for proof in &site.proofs {
        let period = proof.period;
        match site.holdings.get(&period) {
            None => findings.push(Finding::ailing(
                "seals",
                format!("{period} is published and not sealed"),
                format!("run `signal seal {period}`, and commit the lock"),
            )),
            Some(holding) if holding.drifts.is_empty() => {
                findings.push(Finding::well(
                    "seals",
                    format!("{period} still says what was sealed on {}", holding.sealed_on),
                ));
            }
            Some(holding) => findings.push(Finding::ill(
                "seals",
                format!(
                    "{} of {period} no longer hold by the data",
                    counted(holding.drifts.len(), "sentence", "sentences")
                ),
                format!("`signal verify {period}` shows them, with the correction to write"),
            )),
        }
    }
    findings
}
