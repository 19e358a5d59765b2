//! Markup that templates print as it stands.

use minijinja::value::Value;
use serde::{Serialize, Serializer};

/// Finished HTML or SVG.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safe(pub String);

impl Serialize for Safe {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}
