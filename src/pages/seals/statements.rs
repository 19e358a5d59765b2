//! Predictions that were sealed with their edition: none is edited, added or taken away.

use std::sync::Arc;

use super::Locks;
use crate::data::document;
use crate::forecast::Prediction;
use crate::pages::manuscript::Manuscript;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Result};

/// Holds all predictions, each with its file, against the locks of their editions.
pub fn check(locks: &Locks, stated: &[(Arc<Manuscript>, Prediction)]) -> Result<()> {
    let mut faults = Collector::default();
    for (file, prediction) in stated {
        let Some(sealed) = locks.get(&prediction.edition) else { continue };
        let (id, sealed_on) = (&prediction.id.value, sealed.lock.sealed_on);
        if let Some(statement) = sealed.lock.predictions.iter().find(|statement| statement.id == *id) {
            let edits = statement.edits(sealed_on, prediction, &file.file, &file.text);
            for fault in edits {
                faults.push(fault);
            }
        } else {
            let edition = prediction.edition;
            let message =
                format!("the prediction `{id}` wasn't made with the edition of {edition}, sealed on {sealed_on}");
            let place = document::place(&file.file, &file.text, &prediction.id);
            let hint = "state it with the next edition; what is added later would be no prediction of this one";
            faults.push(Diagnostic::new(Kind::Seal, message).at(place).hint(hint));
        }
    }
    for sealed in locks.values() {
        let is_there = |id: &str| {
            let mut own = stated.iter().filter(|(_, prediction)| prediction.edition == sealed.lock.period);
            own.any(|(_, prediction)| prediction.id.value == id)
        };
        for statement in sealed.lock.predictions.iter().filter(|statement| !is_there(&statement.id)) {
            let message = format!(
                "the prediction `{}` was sealed with the edition of {} and isn't stated any more",
                statement.id, sealed.lock.period
            );
            let hint =
                "put it back into content/predictions; one that can't stand is taken out with `void` and a reason";
            let place = sealed.place("id: ", &statement.id);
            faults.push(Diagnostic::new(Kind::Seal, message).at(place).hint(hint));
        }
    }
    faults.finish(())
}
