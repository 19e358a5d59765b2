//! `chart("migration", …)`: who went from where to where.

use super::kind::{Kind, Plan};
use super::ledger::Ledger;
use super::options::{Marked, Options};
use super::view::{Drawn, View};
use crate::charts::{self, Stream};
use crate::metrics::{Metric, Scope, Side};
use crate::pages::ground::Complaint;
use crate::pages::wording;
use crate::plain::{Number, Result};

pub const KIND: Kind = Kind { name: "migration", options: &["metric", "of", "within"], read };

/// More lines of unknown size than these are no picture; they are counted instead.
const MOST_UNSIZED: usize = 16;

#[derive(Debug)]
struct Migration {
    scopes: Vec<Marked>,
    metric: &'static Metric,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scopes = options.subjects()?;
    let name = options.text("metric")?.unwrap_or_else(|| "flow".to_owned());
    let [(first, _), (second, _), ..] = &scopes[..] else {
        return Err(Complaint::content("a migration needs two", "name more in `of`"));
    };
    let Some(way) = way(&name, first, second) else {
        let hint = "`metric` is `flow` or `expansion`, and `of` names categories or repositories";
        return Err(Complaint::content("these make no migration", hint));
    };
    let metric = options.ground.metric(&way, &name)?;
    Ok(Box::new(Migration { scopes, metric }))
}

fn way(metric: &str, from: &Scope, to: &Scope) -> Option<Scope> {
    let (from, to) = (Side::of(from)?, Side::of(to)?);
    match metric {
        "flow" => Some(Scope::Flow(from, to)),
        "expansion" => Some(Scope::Expansion(from, to)),
        _ => None,
    }
}

impl Plan for Migration {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let places: Vec<String> = self.scopes.iter().map(|(scope, _)| view.title(scope)).collect();
        let moved = self.metric.name == "flow";
        let mut ledger = Ledger::new(["From and to".to_owned(), self.metric.label.to_owned()]);
        let (mut sized, mut unsized_) = (Vec::new(), Vec::new());
        for (from, (a, _)) in self.scopes.iter().enumerate() {
            for (to, (b, _)) in self.scopes.iter().enumerate().filter(|(to, _)| *to != from) {
                let Some(way) = way(self.metric.name, a, b) else { continue };
                let entry = view.entry(&way, self.metric, view.period);
                let tested = view.shown(&way, "flow_is_movement", view.period).value() == Some(Number::whole(1));
                let value = entry.float();
                if !entry.is_small() && value.is_none_or(|value| value <= 0.0) {
                    continue;
                }
                let mark = if tested { " (more than chance explains)" } else { "" };
                ledger.push(format!("{} to {}{mark}", places[from], places[to]), vec![entry]);
                let stream = Stream { from, to, value, text: entry.text(), tested };
                if value.is_some() { sized.push(stream) } else { unsized_.push(stream) }
            }
        }
        let remark = remark(moved, sized.iter().chain(&unsized_).any(|one| one.tested), unsized_.len());
        let description = described(self.metric, &sized, unsized_.len(), &places);
        let mut streams = sized;
        if unsized_.len() <= MOST_UNSIZED {
            streams.extend(unsized_);
        } else {
            streams.extend(unsized_.into_iter().filter(|stream| stream.tested));
        }
        let measured = format!("{}, {}", wording::capitalised(self.metric.label), view.period);
        let source = format!("{}, {}", self.metric.name, view.period);
        let frame = view.frame(self.metric.unit, measured, description, &source);
        let sides = if moved { ["Home before", "Home now"] } else { ["Known from", "New in"] };
        let drawing = charts::migration(&frame, &places, &streams, sides, &remark)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}

/// What the marks mean.
fn remark(moved: bool, tested: bool, count: usize) -> String {
    let mut remarks = Vec::new();
    if tested {
        remarks.push("In colour: more people than chance explains.".to_owned());
    } else if moved {
        remarks.push("No way has more people than chance explains.".to_owned());
    }
    match count {
        0 => {}
        1..=MOST_UNSIZED => remarks.push("Dashed: one to four people, drawn alike.".to_owned()),
        _ => remarks.push(format!("{count} further ways that one to four people took are not drawn.")),
    }
    remarks.join(" ")
}

fn described(metric: &Metric, sized: &[Stream], small: usize, places: &[String]) -> String {
    let mut ordered: Vec<&Stream> = sized.iter().collect();
    ordered.sort_by(|a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
    let list: Vec<String> = ordered
        .iter()
        .map(|stream| format!("{} from {} to {}", stream.text, places[stream.from], places[stream.to]))
        .collect();
    let list = if list.is_empty() { "none of five or more".to_owned() } else { list.join("; ") };
    format!("{}: {list}. Ways of one to four people: {small}.", wording::capitalised(metric.label))
}
