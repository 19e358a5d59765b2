//! What a bound figure opens: what it is, of when, what it was before, and where to check it.

use super::address::Address;
use super::ground::{self, Ground, level_of};
use super::quantity::{Form, Quantity};
use super::wording::{self, Style, escaped};
use crate::figures::Shown;
use crate::metrics::{Scope, catalogue};
use crate::plain::{Period, Unit};

/// The explanation of a figure in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The same for the same figure; its anchor is made from it.
    pub key: String,
    /// What it is a figure of.
    pub scope: Scope,
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
    /// What `signal figures explain` is given.
    question: String,
}

impl About {
    /// The explanation of what an editor wrote.
    #[must_use]
    pub fn of(quantity: &Quantity) -> Self {
        let Quantity { ground, scope, period, metric, .. } = quantity;
        let level = ground.metric(scope, level_of(metric.name)).unwrap_or(metric);
        let printed = |name: &str, unit: Unit, period: Period, signed: bool| {
            let style = Style { signed, ..Style::default() };
            match ground::shown(ground.figures(), scope, name, period) {
                Shown::Exact(number) => Some(wording::print(number, unit, style)),
                Shown::Below(bound) => Some(wording::below(bound, unit)),
                Shown::Withheld | Shown::Nothing => None,
            }
        };
        let mut readings = Vec::new();
        for at in [*period, period.before(1)] {
            readings.extend(printed(level.name, level.unit, at, false).map(|text| (at.to_string(), text)));
        }
        let change = if metric.name == level.name { format!("{}_change", level.name) } else { metric.name.to_owned() };
        if let Ok(metric) = ground.metric(scope, &change) {
            let name = if change.ends_with("_like_for_like") { "Change, like for like" } else { "Change" };
            readings.extend(printed(&change, metric.unit, *period, true).map(|text| (name.to_owned(), text)));
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
        let form = match &quantity.form {
            Form::Level => String::new(),
            Form::Share(whole) => format!(" share of {}", whole.of),
            Form::Rank(rank) => format!(" rank of {}", rank.of),
            Form::Streak(..) => " streak".to_owned(),
            Form::Record(_) => " record".to_owned(),
        };
        Self {
            key: format!("about {scope} {} {period}{form}", metric.name),
            scope: scope.clone(),
            figure: quantity.datum_html(),
            label: wording::capitalised(level.label),
            of: format!("{}, {}", ground.title(scope), wording::period(*period).to_lowercase()),
            definition: first_sentence(level.definition),
            cautions: catalogue::cautions(scope, level),
            readings,
            metric: level.name,
            question: format!("{scope} {} {period}", metric.name),
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
            figure: escaped(text),
            label: "Where people came from".to_owned(),
            of: format!("{}, {}", ground.title(to), wording::period(period).to_lowercase()),
            definition: first_sentence(flow.definition),
            cautions: catalogue::cautions(to, flow),
            readings,
            metric: flow.name,
            question: format!("{to} external_in {period}"),
        }
    }

    /// What the reader presses: the figure.
    #[must_use]
    pub fn button(&self, id: &str) -> String {
        format!("<button class=\"bound\" popovertarget=\"{}\">{}</button>", escaped(id), self.figure)
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
