//! A figure against its own past and its neighbours: `| streak`, `| record`, `| rank(among=…)`.

use minijinja::value::Value;

use super::ground::Complaint;
use super::quantity::{Form, Quantity, withheld};
use super::subject::scope_of;
use crate::figures::past::points;
use crate::figures::{Shown, mask};
use crate::metrics::Scope;
use crate::metrics::over_time::{self, Point};
use crate::plain::suggest;

impl Quantity {
    /// For how many periods in a row it has been going one way. With `direction`, which has to be true, the words leave it
    /// to the text.
    pub fn streak(&self, direction: Option<&str>) -> Result<Self, Complaint> {
        let length = over_time::streak(&self.past("streak")?, self.place()).ok_or_else(|| self.incomparable())?;
        if length == 0 {
            let message = format!("{} is as in the quarter before", self.named());
            return Err(Complaint::data(message, "there is no streak; say that it stayed the same"));
        }
        check(direction, ["up", "down"], length > 0, || format!("{} went", self.named()))?;
        Ok(self.formed(Form::Streak(length, direction.is_none())))
    }

    /// Since when it hasn't been so high, or so low. With `which`, that has to be true.
    pub fn record(&self, which: Option<&str>) -> Result<Self, Complaint> {
        let record = over_time::record(&self.past("record")?, self.place()).ok_or_else(|| self.incomparable())?;
        if record.over == 0 {
            let message = format!("{} is as in the quarter before", self.named());
            return Err(Complaint::data(message, "there is no record; say that it stayed the same"));
        }
        check(which, ["highest", "lowest"], record.over > 0, || format!("{} is the", self.named()))?;
        Ok(self.formed(Form::Record(record)))
    }

    /// Its place among its like, all of them or those within a whole.
    pub fn rank(&self, among: Option<&Value>) -> Result<Self, Complaint> {
        self.underived("`rank` compares a figure with others of its kind")?;
        self.unmasked("rank")?;
        let whole = among.map(|among| scope_of(&self.ground, among)).transpose()?.unwrap_or(Scope::Corpus);
        let kind = self.scope.kind();
        let figures = self.ground.figures();
        let mut rivals = match kind {
            "category" | "group" | "repo" | "vendor" => self.ground.names().members().parts(kind, &whole),
            _ if whole == Scope::Corpus => {
                figures.scopes().into_iter().filter(|scope| scope.kind() == kind).cloned().collect()
            }
            _ => Vec::new(),
        };
        rivals.retain(|scope| figures.get(scope, self.metric.name, self.period).is_some());
        if !rivals.contains(&self.scope) || rivals.len() < 2 {
            let (own, whole) = (self.ground.title(&self.scope), self.ground.title(&whole));
            let message = format!("{own} has no rank among {whole}");
            let hint = "repositories are ranked among a category, a group or a vendor, all other things among all";
            return Err(Complaint::content(message, hint));
        }
        let point = |scope: &Scope| points(figures, scope, self.metric.name, self.period).pop();
        let all: Vec<Point> = rivals.iter().filter_map(point).collect();
        let rank = point(&self.scope).and_then(|own| over_time::rank(&own, &all));
        Ok(self.formed(Form::Rank(rank.ok_or_else(|| self.incomparable())?)))
    }

    /// The figure up to its period.
    fn past(&self, filter: &str) -> Result<Vec<Point>, Complaint> {
        self.underived(&format!("`{filter}` looks at the past of a figure"))?;
        self.unmasked(filter)?;
        let figures = self.ground.figures();
        let mut points = points(figures, &self.scope, self.metric.name, self.period);
        // What may not be published may not be compared with either.
        for point in points.iter_mut().filter(|_| mask::is_masked(&self.scope)) {
            let shown = mask::shown(figures, &self.scope, self.metric.name, point.period);
            point.value = point.value.filter(|value| shown == Some(Shown::Exact(*value)));
        }
        Ok(points)
    }

    fn unmasked(&self, what: &str) -> Result<(), Complaint> {
        match self.shown {
            Shown::Exact(_) => Ok(()),
            _ => Err(withheld(format!("the {what} of {} would give away a count below five", self.named()))),
        }
    }

    fn place(&self) -> usize {
        self.ground.figures().periods().first().map_or(0, |first| {
            usize::try_from(self.period.since(*first)).expect("a figure's period isn't before the first reported one")
        })
    }

    fn named(&self) -> String {
        format!("`{}` of {} in {}", self.metric.name, self.ground.title(&self.scope), self.period)
    }

    fn incomparable(&self) -> Complaint {
        let message = format!("{} can't be compared", self.named());
        let hint = "streaks, records and ranks need closed quarters in a row, over the same repositories";
        Complaint::data(message, hint)
    }
}

/// That what an editor says of a direction is one of two words, and the true one.
fn check(said: Option<&str>, words: [&str; 2], first: bool, about: impl Fn() -> String) -> Result<(), Complaint> {
    let Some(said) = said else { return Ok(()) };
    if !words.contains(&said) {
        return Err(Complaint::reference(format!("there is no direction `{said}`"), suggest::hint(said, words)));
    }
    let truth = if first { words[0] } else { words[1] };
    if said != truth {
        let message = format!("{} {truth}, not {said}", about());
        return Err(Complaint::data(message, "change the sentence"));
    }
    Ok(())
}
