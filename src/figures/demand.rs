//! Figures that are measured when somebody asks for them: there are too many pairs and unions to measure all ahead.

use std::sync::{Mutex, OnceLock};

use super::lookup::Figures;
use super::sheet::Sheet;
use crate::metrics::{Measured, Scope};

/// Measures one scope.
pub(super) type Measure = dyn Fn(&Scope) -> Vec<Measured> + Send + Sync;

/// A list that only grows, so that what was once found in it can be lent out.
#[derive(Default)]
struct Node {
    sheet: OnceLock<(Scope, Option<Sheet>)>,
    next: OnceLock<Box<Node>>,
}

/// What was measured so far on demand.
#[derive(Default)]
pub(super) struct Demand {
    measure: Option<Box<Measure>>,
    first: Node,
    /// Held while a scope is measured, so that no scope is measured twice.
    measuring: Mutex<()>,
}

impl Demand {
    pub fn new(measure: Box<Measure>) -> Self {
        Self { measure: Some(measure), ..Self::default() }
    }

    /// The figures of a scope; measured now, if they weren't before.
    pub fn sheet(&self, scope: &Scope) -> Option<&Sheet> {
        let measure = self.measure.as_ref()?;
        if let Ok(known) = self.find(scope) {
            return known;
        }
        let _alone = self.measuring.lock().expect("who measures doesn't panic");
        match self.find(scope) {
            Ok(known) => known,
            Err(last) => {
                let sheet = Figures::new(measure(scope)).into_sheet(scope);
                let (_, sheet) = last.sheet.get_or_init(|| (scope.clone(), sheet));
                last.next.get_or_init(Box::default);
                sheet.as_ref()
            }
        }
    }

    /// What is known of a scope, or the place for it.
    fn find(&self, scope: &Scope) -> Result<Option<&Sheet>, &Node> {
        let mut node = &self.first;
        while let Some((known, sheet)) = node.sheet.get() {
            if known == scope {
                return Ok(sheet.as_ref());
            }
            let Some(next) = node.next.get() else { return Err(node) };
            node = next;
        }
        Err(node)
    }
}
