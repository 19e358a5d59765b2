//! What every page of a publication shares, and how its texts become HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::address::Address;
use super::card::{self, CardContext};
use super::cell::ABSENT;
use super::chart::Request;
use super::chart::files::{self, File};
use super::compose::Options;
use super::expression::{Evaluator, Outcome};
use super::feeds::{self, Feed};
use super::ground::{Ground, is_change};
use super::headings::Ids;
use super::manuscript::Manuscript;
use super::markdown::{self, Filling, Rendered};
use super::memory::{Key, Memory, Metrics};
use super::picture::{Picture, Plain};
use super::predictions::Ledger;
use super::press::Press;
use super::scanner;
use super::seals::Seals;
use super::stock::Stock;
use super::timings::{Work, noted};
use super::wording;
use crate::data::mailing::{PostForm, Subscribe};
use crate::data::publication::Publication;
use crate::data::settings::Call;
use crate::figures::trace::Trace;
use crate::metrics::Scope;
use crate::metrics::catalogue::{self, Family, Metric};
use crate::plain::diagnostic::Collector;
use crate::plain::slug::slug;
use crate::plain::{Day, Diagnostic, Period, Result};

/// The publication, its figures and its theme.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Its figures and names.
    pub ground: Arc<Ground>,
    /// Its theme.
    pub press: Arc<Press>,
    /// What was predicted, judged by the figures.
    pub ledger: Arc<Ledger>,
    /// What is sealed.
    pub seals: Arc<Seals>,
    /// The quarters that have an edition.
    pub editions: Arc<BTreeSet<Period>>,
    /// A digest of the data that the figures come from.
    pub data_digest: &'a str,
    /// What was mined of each repository.
    pub stock: &'a BTreeMap<String, Stock>,
    /// The day of the build, which embargoes wait for.
    pub today: Day,
    /// Figures and names as sealed editions print them.
    sealed: BTreeMap<Period, Arc<Ground>>,
    metrics: Metrics,
    /// Where charts of an earlier site are found, and what else than its figures decides about one.
    drawn: Option<(&'a Memory, Key)>,
}

#[derive(Debug, Serialize)]
struct Site<'a> {
    title: &'a str,
    tagline: &'a Option<String>,
    description: &'a Option<String>,
    language: &'a str,
    base_url: &'a str,
    publisher: &'a Option<String>,
    subscribe: Option<SubscribeContext<'a>>,
    contact: &'a Option<Call>,
    has_predictions: bool,
}

/// Where readers subscribe.
#[derive(Debug, Serialize)]
struct SubscribeContext<'a> {
    text: &'a Option<String>,
    label: &'a str,
    /// Where a link leads: to the provider, or to the form on the home page.
    url: String,
    form: Option<PostForm>,
}

/// What a page says of itself.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// `edition`, `home`, …
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Its address, relative to the site's root.
    pub path: String,
}

#[derive(Debug, Serialize)]
struct Context<'a, T> {
    site: Site<'a>,
    page: &'a Page,
    version: &'a str,
    as_of: String,
    feeds: Vec<Feed>,
    card: CardContext,
    #[serde(flatten)]
    own: T,
}

/// A value with its label.
#[derive(Clone, Debug, Serialize)]
pub struct Labelled {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
}

/// What a figure or a chart in a text is about.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The scope.
    pub scope: Scope,
    /// Where it stands in the file, in bytes.
    pub start: usize,
}

/// A chart on a page.
struct Hung {
    html: String,
    files: Vec<File>,
    picture: Picture,
}

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

impl<'a> Desk<'a> {
    /// With nothing composed yet.
    #[must_use]
    pub fn new(
        publication: &'a Publication,
        ground: Arc<Ground>,
        press: Press,
        (ledger, seals): (Ledger, Seals),
        editions: BTreeSet<Period>,
        options: &'a Options,
        today: Day,
    ) -> Self {
        let Options { data_digest, stock, .. } = options;
        let (press, ledger, seals) = (Arc::new(press), Arc::new(ledger), Arc::new(seals));
        let (sealed, editions, metrics) = (seals.grounds(), Arc::new(editions), Arc::default());
        let drawn = None;
        Self { publication, ground, press, ledger, seals, editions, data_digest, stock, today, sealed, metrics, drawn }
    }

    /// The same where the metrics of its figures are known, or are to be.
    #[must_use]
    pub fn with_metrics(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// The same where charts of an earlier site may be remembered.
    #[must_use]
    pub fn with_drawn(self, memory: &'a Memory, key: Key) -> Self {
        Self { drawn: Some((memory, key)), ..self }
    }

    /// The same for somebody of whom it is noted what is read of the figures.
    #[must_use]
    pub fn watched(&self) -> (Self, Trace) {
        let (figures, trace) = self.ground.figures().watched();
        let figures = Arc::new(figures);
        let sealed = self.sealed.iter().map(|(period, ground)| (*period, Arc::new(ground.with_figures(&figures))));
        let (sealed, ground) = (sealed.collect(), Arc::new(self.ground.with_figures(&figures)));
        (Self { ground, sealed, ..self.clone() }, trace)
    }
}

impl Desk<'_> {
    /// What a template is given: what every page has, and what only this one has.
    pub fn context(&self, page: &Page, own: impl Serialize) -> Value {
        let settings = &self.publication.settings.value;
        let site = Site {
            title: &settings.title,
            tagline: &settings.tagline,
            description: &settings.description,
            language: &settings.language,
            base_url: self.press.base_url(),
            publisher: &settings.publisher,
            subscribe: settings.subscribe.as_ref().map(|subscribe| self.subscribe(subscribe)),
            contact: &settings.contact,
            has_predictions: !self.ledger.is_empty(),
        };
        let (feeds, card) = (feeds::of_page(self, page), card::of_page(self, page));
        Value::from(Serde(Context { site, page, version: VERSION, as_of: self.as_of(), feeds, card, own }))
    }

    fn subscribe<'a>(&self, settings: &'a Subscribe) -> SubscribeContext<'a> {
        let Subscribe { text, label, .. } = settings;
        let at_home = || format!("{}#subscribe", self.press.base_url());
        let url = settings.link().unwrap_or_else(at_home);
        SubscribeContext { text, label: &label.value, url, form: settings.form() }
    }

    /// What the publication is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.publication.settings.value.title
    }

    /// Until when the publication knows, as a day.
    #[must_use]
    pub fn as_of(&self) -> String {
        self.publication.settings.value.as_of.day().to_string()
    }

    /// Whether anyone can recompute the keys of the data.
    #[must_use]
    pub fn public_key(&self) -> bool {
        self.publication.settings.value.identity.value.key.is_some()
    }

    /// Figures and names for what the edition of a period prints: as they were sealed, where it is.
    #[must_use]
    pub fn ground_of(&self, period: Period) -> &Arc<Ground> {
        self.sealed.get(&period).unwrap_or(&self.ground)
    }

    /// The text of `page` as it is shown on `shown_on`, with the figures of a period.
    pub fn render(&self, manuscript: &Manuscript, period: Period, page: &Page, shown_on: &Address) -> Result<Rendered> {
        self.set(manuscript, (period, false), page, shown_on, true).map(|(rendered, _)| rendered)
    }

    /// The same for what belongs to the edition of the period, whose figures are printed as they were sealed.
    pub fn render_as_sealed(
        &self,
        manuscript: &Manuscript,
        period: Period,
        page: &Page,
        shown_on: &Address,
    ) -> Result<Rendered> {
        self.set(manuscript, (period, true), page, shown_on, true).map(|(rendered, _)| rendered)
    }

    /// An edition's text for other pages: without its charts, its figures as mere text, and what they are about.
    pub fn words(
        &self,
        manuscript: &Manuscript,
        period: Period,
        page: &Page,
        shown_on: &Address,
    ) -> Result<(Rendered, Vec<Bound>)> {
        self.set(manuscript, (period, true), page, shown_on, false)
    }

    fn set(
        &self,
        manuscript: &Manuscript,
        (period, as_sealed): (Period, bool),
        page: &Page,
        shown_on: &Address,
        drawn: bool,
    ) -> Result<(Rendered, Vec<Bound>)> {
        let scanned = scanner::scan(manuscript)?;
        let ground = if as_sealed { self.ground_of(period) } else { &self.ground };
        let held = self.seals.held(period).filter(|_| as_sealed);
        let evaluator = Evaluator::new(ground, period);
        let mut faults = Collector::default();
        let mut ids = Ids::default();
        let mut fillings = Vec::new();
        let mut bound = Vec::new();
        let (mut files, mut plain) = (Vec::new(), Vec::new());
        for expression in &scanned.expressions {
            let outcome = evaluator.evaluate(manuscript, expression);
            let code = &manuscript.text[expression.inner()];
            let outcome = match held {
                Some(held) => held.printed(code, outcome, shown_on),
                None => outcome,
            };
            let filling = match outcome {
                Ok(Outcome::Value { text, html, about }) => {
                    let start = expression.range.start;
                    bound.extend(about.iter().map(|about| Bound { scope: about.scope.clone(), start }));
                    let (html, about) = if drawn { (html, about) } else { (wording::escaped(&text), None) };
                    plain.push(Plain::Text(text.clone()));
                    Ok(Filling::Value { text, html, about })
                }
                Ok(Outcome::Chart(request)) if !drawn => {
                    let start = expression.range.start;
                    bound.extend(request.scopes().iter().map(|scope| Bound { scope: scope.clone(), start }));
                    Ok(Filling::Block { html: String::new() })
                }
                Ok(Outcome::Chart(request)) => {
                    let name = ids.take(request.name());
                    let shown = self.hung(&request, &name, page, shown_on).map_err(|faults| {
                        // The drawing knows what is wrong with the values, the text knows who asked for it.
                        let first = faults.iter().next().expect("there is at least one fault");
                        if first.place.is_some() {
                            return faults;
                        }
                        let fault = manuscript.fault(first.kind, expression.range.clone(), first.message.clone());
                        Diagnostic { hint: first.hint.clone(), ..fault }.into()
                    });
                    shown.map(|hung| {
                        files.extend(hung.files);
                        plain.push(Plain::Picture(Box::new(hung.picture)));
                        Filling::Block { html: hung.html }
                    })
                }
                Err(faults) => Err(faults),
            };
            // Something has to stand there, so that what is wrong with the text around it is said as well.
            let nothing = || Filling::Value { text: String::new(), html: String::new(), about: None };
            fillings.push(faults.keep(filling).unwrap_or_else(nothing));
        }
        let home = Address::new(page.path.clone());
        let rendered = faults.keep(markdown::render(manuscript, &scanned, &fillings, &home, shown_on));
        faults.finish(())?;
        let rendered = rendered.expect("a text without faults was rendered");
        let plain = if drawn { plain } else { Vec::new() };
        Ok((Rendered { files, plain, ..rendered }, bound))
    }

    /// A text as it is shown on its own page, with what stands for its expressions in place of figures that can be
    /// pressed and charts that are drawn; it was rendered before. `shown` makes markup of a chart.
    pub fn still(
        &self,
        manuscript: &Manuscript,
        plain: &[Plain],
        page: &Page,
        shown: &dyn Fn(&Picture) -> Result<String>,
    ) -> Result<Rendered> {
        let home = Address::new(page.path.clone());
        let filling = |plain: &Plain| match plain {
            Plain::Text(text) => Ok(Filling::Value { text: text.clone(), html: wording::escaped(text), about: None }),
            Plain::Picture(picture) => shown(picture).map(|html| Filling::Block { html }),
        };
        let fillings = plain.iter().map(filling).collect::<Result<Vec<Filling>>>()?;
        markdown::render(manuscript, &scanner::scan(manuscript)?, &fillings, &home, &home)
    }

    /// A chart of `page` as it is shown on `shown_on`, and its files: they lie beside the page that it belongs to.
    pub fn hang(&self, request: &Request, name: &str, page: &Page, shown_on: &Address) -> Result<(String, Vec<File>)> {
        self.hung(request, name, page, shown_on).map(|hung| (hung.html, hung.files))
    }

    fn hung(&self, request: &Request, name: &str, page: &Page, shown_on: &Address) -> Result<Hung> {
        let home = Address::new(page.path.clone());
        let is_home = home == *shown_on;
        // A page that shows charts of another may have some of the same name.
        let id = if is_home { format!("chart-{name}") } else { format!("chart-{}-{name}", slug(&page.path)) };
        let credit = format!("{}, {}{}", self.publication.settings.value.title, self.press.base_url(), page.path);
        let draw = |desk: &Desk<'_>| {
            let pixels = |alone: &str| files::png(&desk.publication.root, alone);
            let mut exhibit = request.draw(&desk.ground, &id, &credit)?;
            let files = exhibit.file(&home, name, if page.kind == "edition" { Some(&pixels) } else { None });
            Ok((exhibit, files))
        };
        let draw =
            |desk: &Desk<'_>| noted(desk.press.timings(), Work::Chart, &format!("{} {name}", page.path), || draw(desk));
        let drawn = match &self.drawn {
            Some((memory, key)) => {
                let key = || key.clone().with(&credit).with(page.kind).with(&format!("{request:?}"));
                memory.recall(&format!("chart {} {id}", shown_on.as_str()), key, self, draw)?
            }
            None => Arc::new(draw(self)?),
        };
        let (exhibit, files) = &*drawn;
        let picture = Picture::of(exhibit);
        let context = self.context(page, BTreeMap::from([("chart", &exhibit.chart)]));
        let html = self.press.render("chart.html", shown_on, &context)?;
        Ok(Hung { html, files: if is_home { files.clone() } else { Vec::new() }, picture })
    }

    /// What the counting set aside in a period.
    #[must_use]
    pub fn set_aside(&self, period: Period) -> Vec<Labelled> {
        let cells = self.metrics().iter().filter(|metric| metric.family == Family::Lanes).filter_map(|metric| {
            let ground = self.ground_of(period);
            let metric = ground.metric(&Scope::Corpus, metric.name).ok()?;
            let value = ground.printed(&Scope::Corpus, metric.name, period).unwrap_or_else(|| ABSENT.to_owned());
            Some(Labelled { label: metric.label.to_owned(), value })
        });
        cells.collect()
    }

    /// The metrics that the data has, without changes, in the order of the catalogue; and those between two scopes, which
    /// are counted when a text asks for them.
    #[must_use]
    pub fn metrics(&self) -> &[&'static Metric] {
        self.metrics.get_or_init(|| self.find_metrics())
    }

    fn find_metrics(&self) -> Vec<&'static Metric> {
        let asked = catalogue::all().iter().filter(|metric| metric.family == Family::Between);
        let metrics = asked.chain(self.ground.figures().kinds()).filter(|metric| !is_change(metric.name));
        let found: BTreeMap<&'static str, &'static Metric> = metrics.map(|metric| (metric.name, metric)).collect();
        let place = |name: &str| catalogue::all().iter().position(|one| one.name == name).unwrap_or(usize::MAX);
        let mut metrics: Vec<_> = found.into_iter().map(|(name, metric)| (place(name), name, metric)).collect();
        metrics.sort_unstable_by_key(|(place, name, _)| (*place, *name));
        metrics.into_iter().map(|(_, _, metric)| metric).collect()
    }
}
