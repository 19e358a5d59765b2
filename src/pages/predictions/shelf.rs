//! Reads `content/predictions/`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::document;
use crate::data::publication::Publication;
use crate::forecast::{Prediction, Sheet, sheet};
use crate::pages::content;
use crate::pages::manuscript::Manuscript;
use crate::plain::diagnostic::Collector;
use crate::plain::{Kind, Result};

const FOLDER: &str = "content/predictions";

/// A file of predictions.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The file; the tests of the predictions are ranges of its text.
    pub manuscript: Manuscript,
    /// In its order.
    pub predictions: Vec<Prediction>,
}

/// Reads all predictions; drafts only when asked for.
pub fn read_all(publication: &Publication, drafts: bool) -> Result<Vec<Filed>> {
    let mut faults = Collector::default();
    let mut files = Vec::new();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for file in content::files(&publication.root, Path::new(FOLDER))? {
        if file.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let Some(document) = faults.keep(document::read::<Sheet>(&publication.root, &file)) else { continue };
        let edition = &document.value.edition;
        let periods = publication.settings.value.periods.value;
        if !(periods.from..=periods.to).contains(&edition.value) {
            let message =
                format!("{} isn't reported: the periods are {} to {}", edition.value, periods.from, periods.to);
            let hint = "name the quarter of the edition that the predictions were made with";
            faults.push(document.fault(Kind::Reference, edition, message).hint(hint));
        }
        let predictions = faults.keep(sheet::read(&document)).unwrap_or_default();
        for prediction in &predictions {
            let id = &prediction.id;
            if let Some(other) = ids.insert(id.value.clone(), file.display().to_string()) {
                let fault = document.fault(Kind::Data, id, format!("the prediction `{}` stands twice", id.value));
                faults.push(fault.hint(format!("give one of them another id; the other is in {other}")));
            }
        }
        if drafts || !document.value.draft {
            let manuscript = Manuscript { file, text: document.text, body: 0, ..Manuscript::default() };
            files.push(Filed { manuscript, predictions });
        }
    }
    faults.finish(files)
}
