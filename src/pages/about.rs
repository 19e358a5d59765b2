//! What a bound figure opens: what it is, of when, what it was before, and where to check it.

use super::address::Address;
use super::ground::{Ground, level_of};
use super::quantity::{Form, Quantity};
use super::wording::{self, escaped};
use crate::check::Key;
use crate::metrics::{Scope, catalogue};
use crate::plain::Period;

/// The explanation of a figure in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The same for the same figure; its anchor is made from it.
    pub key: String,
    /// What it is a figure of.
    pub scope: Scope,
    /// The figure itself; none where it stands for several.
    pub bound: Option<Key>,
    /// The figure as it is printed, without the words that a pointer shows.
    figure: String,
    /// What was measured.
    label: String,
    /// Of what, and when.
    of: String,
    definition: &'static str,
    /// What is known of the rules behind it.
    cautions: Vec<String>,
    /// The readings behind the printed one, each with its name.
    readings: Vec<(String, String)>,
    /// The metric's name in the catalogue.
    metric: &'static str,
    /// What `signal figures explain` is given: scope, metric and period.
    pub question: String,
    /// What was made of the figure; nothing where it stands as it was measured.
    pub form: Option<&'static str>,
    /// What a machine reads.
    pub value: String,
    /// What stands behind it in the text, as markup.
    mark: String,
}

/// The form of a list of where people came from.
pub const SOURCES: &str = "sources";

impl About {
    /// The explanation of what an editor wrote.
    #[must_use]
    pub fn of(quantity: &Quantity) -> Self {
        let Quantity { ground, scope, period, metric, .. } = quantity;
        let level = ground.metric(scope, level_of(metric.name)).unwrap_or(metric);
        let mut readings = Vec::new();
        for at in [*period, period.before(1)] {
            readings.extend(ground.printed(scope, level.name, at).map(|text| (at.to_string(), text)));
        }
        let change = if metric.name == level.name { format!("{}_change", level.name) } else { metric.name.to_owned() };
        if ground.metric(scope, &change).is_ok() {
            let name = if change.ends_with("_like_for_like") { "Change, like for like" } else { "Change" };
            readings.extend(ground.printed(scope, &change, *period).map(|text| (name.to_owned(), text)));
        }
        match &quantity.form {
            Form::Level => {}
            Form::Share(whole) => {
                readings.push((wording::capitalised(&whole.of), whole.text.clone()));
                readings.push(("Share".to_owned(), quantity.text()));
            }
            Form::Rank(rank) => readings.push(("Rank".to_owned(), format!("{} of {}", quantity.text(), rank.of))),
            Form::Streak(..) => readings.push(("Streak".to_owned(), quantity.text())),
            Form::Record(_) => readings.push(("Record".to_owned(), quantity.text())),
        }
        let (form, made) = match &quantity.form {
            Form::Level => (None, String::new()),
            Form::Share(whole) => (Some("share"), format!(" share of {}", whole.of)),
            Form::Rank(rank) => (Some("rank"), format!(" rank of {}", rank.of)),
            Form::Streak(..) => (Some("streak"), " streak".to_owned()),
            Form::Record(_) => (Some("record"), " record".to_owned()),
        };
        Self {
            key: format!("about {scope} {} {period}{made}", metric.name),
            scope: scope.clone(),
            bound: (quantity.form == Form::Level).then(|| Key {
                scope: scope.clone(),
                metric: metric.name,
                period: *period,
            }),
            figure: quantity.datum_html(),
            label: wording::capitalised(level.label),
            of: format!("{}, {}", ground.title(scope), wording::period(*period).to_lowercase()),
            definition: first_sentence(level.definition),
            cautions: catalogue::cautions(scope, level),
            readings,
            metric: level.name,
            question: format!("{scope} {} {period}", metric.name),
            form,
            value: quantity.datum(),
            mark: String::new(),
        }
    }

    /// The explanation of where people came from.
    #[must_use]
    pub fn of_sources(
        ground: &Ground,
        to: &Scope,
        period: Period,
        text: &str,
        readings: Vec<(String, String)>,
    ) -> Self {
        let flow = catalogue::find("flow").expect("the catalogue has it");
        Self {
            key: format!("about sources {to} {period}"),
            scope: to.clone(),
            bound: None,
            figure: escaped(text),
            label: "Where people came from".to_owned(),
            of: format!("{}, {}", ground.title(to), wording::period(period).to_lowercase()),
            definition: first_sentence(flow.definition),
            cautions: catalogue::cautions(to, flow),
            readings,
            metric: flow.name,
            question: format!("{to} external_in {period}"),
            form: Some(SOURCES),
            value: String::new(),
            mark: String::new(),
        }
    }

    /// What the reader presses: the figure.
    #[must_use]
    pub fn button(&self, id: &str) -> String {
        let Self { figure, mark, .. } = self;
        format!("<button class=\"bound\" popovertarget=\"{}\">{figure}</button>{mark}", escaped(id))
    }

    /// The same with the figure as it was sealed, as text and as an element.
    #[must_use]
    pub fn as_sealed(mut self, text: &str, figure: String) -> Self {
        if let (Some(_), Some((_, last))) = (self.form, self.readings.last_mut()) {
            text.clone_into(last);
        }
        Self { figure, ..self }
    }

    /// The same with further readings, and with markup that stands behind it.
    #[must_use]
    pub fn marked(mut self, readings: impl IntoIterator<Item = (String, String)>, mark: String) -> Self {
        self.readings.extend(readings);
        Self { mark, ..self }
    }

    /// What it opens, on a page.
    #[must_use]
    pub fn html(&self, id: &str, shown_on: &Address) -> String {
        let readings = self
            .readings
            .iter()
            .map(|(name, text)| format!("<div><dt>{}</dt><dd>{}</dd></div>", escaped(name), escaped(text)));
        let readings: String = readings.collect();
        let cautions = self.cautions.iter().map(|caution| format!("<p class=\"caution\">{}</p>", escaped(caution)));
        let cautions: String = cautions.collect();
        let methodology = shown_on.to(&format!("methodology/#metric-{}", self.metric));
        format!(
            "<div class=\"gloss\" id=\"{id}\" popover><p><strong>{label}</strong> {of}</p><p>{definition}</p>\
             {cautions}<dl>{readings}</dl><p class=\"check\"><a href=\"{methodology}\">How it is counted</a>, or check it with \
             <code>signal figures explain \"{question}\"</code></p></div>\n",
            id = escaped(id),
            label = escaped(&self.label),
            of = escaped(&self.of),
            definition = escaped(self.definition),
            methodology = escaped(&methodology),
            question = escaped(&self.question),
        )
    }
}

/// What says the most of a definition; the methodology has the rest.
fn first_sentence(definition: &'static str) -> &'static str {
    definition.find(". ").map_or(definition, |end| &definition[..=end])
}
