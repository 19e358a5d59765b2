//! What pieces of a site are made from, but for the figures: as keys, for the memory.

use super::biography::Library;
use super::compose::Options;
use super::desk::Desk;
use super::downloads::Downloads;
use super::edition::Edition;
use super::index::Group;
use super::manuscript::Manuscript;
use super::memory::Key;
use super::page::Text;
use super::said;
use super::theme::Theme;
use crate::data::publication::Publication;
use crate::metrics::Scope;

/// Keys of one site.
#[derive(Debug, Default)]
pub struct World {
    /// The hand-written data, the settings and the choices of the build.
    data: Key,
    /// The same with the theme, what is sealed and predicted, and all of the texts that other pages than their own show.
    all: Key,
    /// The same with all texts.
    texts: Key,
    data_digest: String,
}

impl World {
    /// Of a site that is about to be made.
    #[must_use]
    pub fn new(desk: &Desk<'_>, editions: &[Edition], texts: &[Text], options: &Options) -> Self {
        // Named one by one, so that whatever joins them has to be thought of here.
        let Publication { root, settings, registry, people, organisations, areas, profiles, rules, sources } =
            desk.publication;
        let Options { drafts, today, base_url, data_digest, files: _, lenient, stock, seal, timings: _ } = options;
        let data = Key::default()
            .with(&root.to_string_lossy())
            .with_all([&settings.text, &registry.text, &people.text, &organisations.text].map(String::as_str))
            .with_all([&areas.text, &profiles.text, &rules.text, &sources.text].map(String::as_str))
            .with(&format!("{drafts} {today:?} {} {base_url:?} {lenient} {seal:?}", desk.today));
        let Theme { templates, assets, icons } = desk.press.theme();
        let theme = templates.iter().fold(Key::default(), |key, (name, template)| {
            key.with(name).with(&template.file.to_string_lossy()).with(&template.text)
        });
        let theme = assets.iter().fold(theme, |key, (name, asset)| key.with(name).with(&asset.address));
        let theme = icons.iter().fold(theme, |key, (name, icon)| key.with(name).with(icon));
        let metrics = desk.metrics().iter().map(|metric| metric.name);
        let fronts = editions.iter().map(|edition| (edition.number.to_string(), &edition.manuscript));
        let fronts = fronts.chain(texts.iter().map(|text| (text.address.as_str().to_owned(), &text.manuscript)));
        let all = data
            .clone()
            .with(&theme.text())
            .with(desk.press.base_url())
            .with(&format!("{stock:?} {:?} {:?}", desk.editions, desk.ledger))
            .with(&desk.seals.said())
            .with_all(metrics);
        let all = fronts.fold(all, |key, (name, Manuscript { file, text, body, name: _ })| {
            key.with(&name).with(&file.to_string_lossy()).with(&text[..*body])
        });
        let manuscripts = editions.iter().map(|edition| &edition.manuscript);
        let manuscripts = manuscripts.chain(texts.iter().map(|text| &text.manuscript));
        let all_texts = all.clone().with_all(manuscripts.map(|manuscript| manuscript.text.as_str()));
        Self { data, texts: all_texts, all, data_digest: data_digest.clone() }
    }

    /// What is read of an edition without the theme: its words and what they say of figures.
    #[must_use]
    pub fn words(&self, desk: &Desk<'_>, edition: &Edition) -> Key {
        let said = desk.seals.said();
        self.data.clone().with(&said).with(&format!("{:?}", desk.editions)).with(&edition.manuscript.text)
    }

    /// What the check knows of the names of things.
    #[must_use]
    pub fn names(desk: &Desk<'_>) -> Key {
        let Publication { registry, organisations, areas, profiles, .. } = desk.publication;
        Key::default().with_all([&registry.text, &organisations.text, &areas.text, &profiles.text].map(String::as_str))
    }

    /// A drawing, but for its request and its credit.
    #[must_use]
    pub fn drawn(&self) -> Key {
        self.data.clone()
    }

    /// The files of figures.
    #[must_use]
    pub fn registry(desk: &Desk<'_>) -> Key {
        Key::default().with(&desk.publication.registry.text)
    }

    /// A page of one text.
    #[must_use]
    pub fn text(&self, manuscript: &Manuscript) -> Key {
        self.all.clone().with(&manuscript.text)
    }

    /// The page of an edition; one that is sealed says which data it was made from then.
    #[must_use]
    pub fn edition(&self, desk: &Desk<'_>, edition: &Edition) -> Key {
        let digest = if desk.seals.held(edition.period).is_some() { "" } else { &self.data_digest };
        self.text(&edition.manuscript).with(digest)
    }

    /// A page that may show any of the texts.
    #[must_use]
    pub fn anything(&self) -> Key {
        self.texts.clone()
    }

    /// The page with all that can be downloaded.
    #[must_use]
    pub fn data(&self, downloads: &Downloads) -> Key {
        self.all.clone().with(&self.data_digest).with(&downloads.shown())
    }

    /// The page with the list of all pages.
    #[must_use]
    pub fn search(&self, groups: &[Group]) -> Key {
        self.texts.clone().with(&format!("{groups:?}"))
    }

    /// The page of a category or a repository: of all texts it shows what they say of it.
    #[must_use]
    pub fn life(&self, library: &Library<'_>, scope: &Scope) -> Key {
        let (but, said, organisations) = match scope {
            Scope::Category(slug) => {
                (Some(slug.as_str()), said::sections(&library.volumes, slug), Some(&library.organisations))
            }
            _ => (None, Vec::new(), None),
        };
        let mentions = said::mentions(&library.volumes, scope, but);
        let others = library.moves.of(scope);
        self.all.clone().with(&format!("{said:?} {mentions:?} {others:?} {organisations:?}"))
    }
}
