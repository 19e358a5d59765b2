//! A theme: templates, assets and icons, from the publication or shipped, each overridable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use super::shipped;
use crate::data::document;
use crate::data::publication::Publication;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Result, suggest};

/// The version of the agreement between the program and its themes.
pub const CONTRACT: u32 = 1;

/// What the names of the templates of a mail begin with.
const MAIL: &str = "templates/mail";

const TEMPLATES: [&str; 15] = [
    "404.html",
    "archive.html",
    "base.html",
    "categories.html",
    "category.html",
    "chart.html",
    "data.html",
    "edition.html",
    "home.html",
    "methodology.html",
    "page.html",
    "predictions.html",
    "repo.html",
    "repos.html",
    "search.html",
];

/// `theme.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// For people.
    #[serde(rename = "name")]
    _name: String,
    /// The version of the agreement between the program and its themes that it keeps.
    #[schemars(with = "u32")]
    contract: document::Spanned<u32>,
}

/// A theme.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// By name, `base.html`.
    pub templates: BTreeMap<String, Template>,
    /// By name, `style.css`.
    pub assets: BTreeMap<String, Asset>,
    /// Line drawings as SVG, by name without `.svg`.
    pub icons: BTreeMap<String, String>,
}

/// A template.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file, as faults name it.
    pub file: PathBuf,
    /// What it says.
    pub text: String,
}

/// A file that is copied under an address that changes with its content.
#[derive(Clone, Debug)]
pub struct Asset {
    /// `assets/style.1f2e3d4c5b.css`.
    pub address: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Loads the theme that the settings name, and puts the publication's overrides over it.
pub fn load(publication: &Publication) -> Result<Theme> {
    let settings = &publication.settings;
    let name = &settings.value.theme.value;
    let folder = Path::new("themes").join(name);
    let is_name = super::address::is_plain(name);
    let mut files = if is_name && publication.root.join(&folder).is_dir() {
        read_folder(&publication.root, &folder)?
    } else if name == shipped::NAME {
        shipped::files()
    } else {
        let known = names(publication);
        let hint = suggest::hint(name, known.iter().map(String::as_str));
        let message = format!("there is no theme `{name}`");
        return Err(settings.fault(Kind::Reference, &settings.value.theme, message).hint(hint).into());
    };
    check_contract(&files, &folder)?;
    // Mail is laid out for programs that know little; a theme that has no mail of its own sends the shipped one.
    for (name, file) in shipped::files().into_iter().filter(|(name, _)| name.starts_with(MAIL)) {
        files.entry(name).or_insert(file);
    }
    files.extend(read_folder(&publication.root, Path::new("overrides"))?);
    let theme = Theme::of_files(files)?;
    let missing = TEMPLATES.iter().filter(|name| !theme.templates.contains_key(**name));
    let mut faults = Collector::default();
    for name in missing {
        let file = folder.join("templates").join(name);
        let hint = format!("add it, or copy it from the shipped theme; contract {CONTRACT} asks for it");
        faults.push(Diagnostic::new(Kind::Missing, "the theme lacks a template").in_file(&file).hint(hint));
    }
    faults.finish(theme)
}

/// The themes that the settings may name, sorted.
#[must_use]
pub fn names(publication: &Publication) -> Vec<String> {
    let mut known = vec![shipped::NAME.to_owned()];
    if let Ok(entries) = publication.root.join("themes").read_dir() {
        known.extend(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()));
    }
    known.sort_unstable();
    known.dedup();
    known
}

/// A file of a theme: how faults name it, and what it holds.
pub type File = (PathBuf, Vec<u8>);

/// The files of a folder, by their names relative to it; none when there is no such folder.
fn read_folder(root: &Path, folder: &Path) -> Result<BTreeMap<String, File>> {
    let mut files = BTreeMap::new();
    let start = root.join(folder);
    if !start.is_dir() {
        return Ok(files);
    }
    for file in super::content::files(root, folder)? {
        let bytes = std::fs::read(root.join(&file)).map_err(|error| Diagnostic::io(&file, "read the file", &error))?;
        let inside = file.strip_prefix(folder).expect("it was found in this folder");
        let name: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        files.insert(name.join("/"), (file, bytes));
    }
    Ok(files)
}

fn check_contract(files: &BTreeMap<String, File>, folder: &Path) -> Result<()> {
    let Some((file, bytes)) = files.get("theme.yaml") else {
        let hint = format!("add it, with `name: …` and `contract: {CONTRACT}`");
        let missing = Diagnostic::new(Kind::Missing, "the theme doesn't say what it is");
        return Err(missing.in_file(&folder.join("theme.yaml")).hint(hint).into());
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    let value: Description = document::parse(file, &text)?;
    let description = document::Document { file: file.clone(), text, value };
    let contract = &description.value.contract;
    if contract.value == CONTRACT {
        return Ok(());
    }
    let message =
        format!("the theme is made for contract {}, and this program keeps contract {CONTRACT}", contract.value);
    let hint = "take the theme's version for this program, or the program's for this theme";
    Err(description.fault(Kind::Theme, contract, message).hint(hint).into())
}

impl Theme {
    fn of_files(files: BTreeMap<String, File>) -> Result<Self> {
        let mut theme = Self::default();
        for (name, (file, bytes)) in files {
            if let Some(name) = name.strip_prefix("templates/") {
                theme.templates.insert(name.to_owned(), Template { text: utf8(&file, bytes)?, file });
            } else if let Some(icon) = name.strip_prefix("assets/icons/").and_then(|name| name.strip_suffix(".svg")) {
                theme.icons.insert(icon.to_owned(), icon_of(&file, &utf8(&file, bytes)?)?);
            } else if let Some(name) = name.strip_prefix("assets/") {
                let address = fingerprinted(name, &bytes);
                theme.assets.insert(name.to_owned(), Asset { address, bytes });
            }
        }
        Ok(theme)
    }
}

fn utf8(file: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| {
        Diagnostic::new(Kind::Syntax, "the file isn't UTF-8").in_file(file).hint("save it as UTF-8").into()
    })
}

/// `img/logo.svg` becomes `assets/img/logo.<hash>.svg`.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let leaf = name.rfind('/').map_or(0, |at| at + 1);
    match name[leaf..].rfind('.').map(|dot| leaf + dot) {
        Some(dot) => format!("assets/{}.{}{}", &name[..dot], &hash[..10], &name[dot..]),
        None => format!("assets/{name}.{}", &hash[..10]),
    }
}

/// A drawing that stands in a line of text and says nothing that the text doesn't.
fn icon_of(file: &Path, text: &str) -> Result<String> {
    let Some(start) = text.find("<svg") else {
        let message = "the icon has no <svg> element";
        return Err(Diagnostic::new(Kind::Theme, message).in_file(file).hint("save it as plain SVG").into());
    };
    let svg = text[start..].trim_end();
    let tag = &svg[..svg.find('>').unwrap_or(svg.len())];
    let class = if tag.contains("class=") { "" } else { " class=\"icon\"" };
    let hidden = if tag.contains("aria-hidden=") { "" } else { " aria-hidden=\"true\"" };
    Ok(format!("<svg{class}{hidden}{}", &svg["<svg".len()..]))
}
