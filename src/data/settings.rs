//! `signal.yaml`: the publication's own settings.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use super::document::{Document, Spanned};
use super::identity_key::IdentityKey;
use super::mailing::{self, Mail, Subscribe};
use super::snapshot::Depth;
use crate::plain::{Diagnostic, Instant, Kind, Period, Result};

/// The file's name.
pub const FILE: &str = "signal.yaml";

/// The whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The name of the publication.
    pub title: String,
    /// A line under the name.
    #[serde(default)]
    pub tagline: Option<String>,
    /// A sentence or two for search engines, feeds and the home page.
    #[serde(default)]
    pub description: Option<String>,
    /// The address under which `public/` will stand.
    #[schemars(with = "String")]
    pub base_url: Spanned<String>,
    /// The language of the text.
    #[serde(default = "english")]
    pub language: String,
    /// The folder under `themes/`.
    #[serde(default = "signal_theme")]
    #[schemars(with = "String")]
    pub theme: Spanned<String>,
    /// The reported periods.
    #[schemars(with = "Periods")]
    pub periods: Spanned<Periods>,
    /// How deep commits are read; absent: their headers alone.
    #[serde(default)]
    pub depth: Option<Depth>,
    /// Until when the publication knows.
    pub as_of: Instant,
    /// Where the identity key is.
    #[schemars(with = "Identity")]
    pub identity: Spanned<Identity>,
    /// Where readers subscribe.
    #[serde(default)]
    pub subscribe: Option<Subscribe>,
    /// How the e-mail edition is sent; absent: there is none.
    #[serde(default)]
    pub mail: Option<Mail>,
    /// Where readers write to.
    #[serde(default)]
    pub contact: Option<Call>,
    /// What the reader is asked at the end of a section, by the section's anchor.
    #[serde(default)]
    pub calls: BTreeMap<String, Call>,
    /// How strict the check of figures in prose is.
    #[serde(default)]
    pub check: Check,
    /// Who publishes.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Under which terms others may use the data.
    #[serde(default)]
    pub licence: Option<Call>,
}

/// How strict the check of figures in prose is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// Up to this change, in percent or points, something is flat.
    pub flat: u8,
    /// From this change on, in percent or points, something soars or plunges.
    pub steep: u8,
    /// What a figure is that fits nothing, or several things.
    pub unclear: Unclear,
}

impl Default for Check {
    fn default() -> Self {
        Self { flat: 3, steep: 15, unclear: Unclear::Fault }
    }
}

/// What a figure in prose is that fits nothing, or several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unclear {
    /// A fault: nothing is published with it.
    Fault,
    /// A note: it is listed, and published.
    Note,
}

/// The reported periods, both included.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Periods {
    /// The first.
    pub from: Period,
    /// The last.
    pub to: Period,
}

/// Where the identity key is: exactly one of the three.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The key itself, which makes it public.
    #[serde(default)]
    pub key: Option<String>,
    /// Has to be said of a key that stands in the settings.
    #[serde(default)]
    pub public: bool,
    /// A file that holds it, relative to the publication.
    #[serde(default)]
    pub key_file: Option<String>,
    /// An environment variable that holds it.
    #[serde(default)]
    pub key_env: Option<String>,
}

/// A call to act: a text and where it leads.
#[derive(Clone, Debug, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// What the reader reads.
    #[serde(default)]
    pub text: Option<String>,
    /// What the button says.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

fn english() -> String {
    "en".to_owned()
}

fn signal_theme() -> Spanned<String> {
    let nowhere = serde_saphyr::Location::UNKNOWN;
    Spanned::new("signal".to_owned(), nowhere, nowhere)
}

/// Reads and checks `signal.yaml`.
pub fn read(root: &Path) -> Result<Document<Settings>> {
    let document: Document<Settings> = super::document::read(root, FILE).map_err(|faults| {
        if faults.kind() == Kind::Missing {
            Diagnostic::new(Kind::Missing, "this folder isn't a publication: it has no signal.yaml")
                .in_file(Path::new(FILE))
                .hint("go to one, name one with `--root DIR`, or make one with `signal init DIR`")
                .into()
        } else {
            faults
        }
    })?;
    validate(&document)?;
    Ok(document)
}

/// Checks what the types can't say: periods in order, an address that is one, one identity key.
pub fn validate(document: &Document<Settings>) -> Result<()> {
    let settings = &document.value;
    let periods = &settings.periods;
    if periods.value.from > periods.value.to {
        let message = format!("the periods end before they begin: {} to {}", periods.value.from, periods.value.to);
        return Err(document.fault(Kind::Data, periods, message).hint("swap `from` and `to`").into());
    }
    let url = &settings.base_url;
    if !(url.value.starts_with("https://") || url.value.starts_with("http://")) {
        let message = format!("`{}` is not an address", url.value);
        return Err(document.fault(Kind::Data, url, message).hint("begin it with https://").into());
    }
    let identity = &settings.identity.value;
    let given = [&identity.key, &identity.key_file, &identity.key_env];
    if given.iter().filter(|one| one.is_some()).count() != 1 {
        let message = "the identity key needs exactly one of `key`, `key_file` and `key_env`";
        return Err(document.fault(Kind::Data, &settings.identity, message).into());
    }
    if identity.key.is_some() && !identity.public {
        let message = "a key in this file is public, and the file doesn't say so";
        let hint = "add `public: true` beside it, or move the key out with `key_file` or `key_env`";
        return Err(document.fault(Kind::Data, &settings.identity, message).hint(hint).into());
    }
    mailing::validate(document)
}

/// The identity key, from wherever the settings say it is.
pub fn identity_key(root: &Path, document: &Document<Settings>) -> Result<IdentityKey> {
    let setting = &document.value.identity;
    let missing = |message: String, hint: &str| Err(document.fault(Kind::Missing, setting, message).hint(hint).into());
    let identity = &setting.value;
    let secret = if let Some(key) = &identity.key {
        key.clone()
    } else if let Some(file) = &identity.key_file {
        match read_key(&root.join(file)) {
            Ok(secret) if secret.len() as u64 > LONGEST_KEY => {
                return missing(
                    format!("the key file {file} is larger than 64 kB"),
                    "put the key there and nothing else",
                );
            }
            Ok(secret) => secret,
            Err(error) => {
                let message = format!("the key file {file} cannot be read: {error}");
                return missing(message, "put the key there; without it nothing can be mined");
            }
        }
    } else {
        let name = identity.key_env.as_deref().unwrap_or_default();
        match std::env::var(name) {
            Ok(secret) => secret,
            Err(_) => return missing(format!("the environment has no {name}"), "set it to the identity key"),
        }
    };
    if secret.trim().len() < 16 {
        return missing("the identity key is shorter than 16 characters".to_owned(), "use a long random text");
    }
    Ok(IdentityKey::new(&secret))
}

/// No key is longer.
const LONGEST_KEY: u64 = 64 * 1024;

/// The text of a key file, but no more than a byte too much of it.
fn read_key(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(LONGEST_KEY + 1).read_to_string(&mut text)?;
    Ok(text)
}
