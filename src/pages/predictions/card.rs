//! A prediction as templates know it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::bench::{Reading, Side};
use super::course::{Course, course};
use super::ledger::Entry;
use super::trial::Trial;
use crate::data::document::{self, Spanned};
use crate::forecast::{Clause, Judged, Pace, Prediction, Test};
use crate::pages::address::Address;
use crate::pages::desk::{Desk, Page};
use crate::pages::ground::level_of;
use crate::pages::manuscript::Manuscript;
use crate::pages::quantity::Form;
use crate::pages::references::Link;
use crate::pages::safe::Safe;
use crate::pages::wording::{self, Style};
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Number, Result, Unit};

/// A prediction with its grades.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    id: String,
    statement_html: Safe,
    /// Whether any of it may still be decided.
    open: bool,
    /// Whether it was stated too late to be scored.
    retrospective: bool,
    edition: String,
    /// Where the edition stands, when there is one.
    edition_path: Option<String>,
    stated_on: String,
    stated_label: String,
    due: String,
    due_label: String,
    clauses: Vec<ClauseContext>,
}

#[derive(Clone, Debug, Serialize)]
struct ClauseContext {
    statement_html: Safe,
    probability: Option<String>,
    state: &'static str,
    state_label: &'static str,
    reason: Option<String>,
    test: Option<String>,
    evidence: Option<Evidence>,
    pace: Option<String>,
    required_html: Safe,
    citation_html: Safe,
    cited_on: Option<String>,
    course: Option<Course>,
}

#[derive(Clone, Debug, Serialize)]
struct Evidence {
    value: String,
    label: String,
    /// The definition of the metric, relative to the site's root.
    href: Option<String>,
    about: String,
    period: String,
    asked: String,
}

impl Card {
    /// What became of each clause.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict<'_>> {
        self.clauses.iter().map(|clause| {
            let own = clause.statement_html.0.as_str();
            let statement_html = if own.is_empty() { self.statement_html.0.as_str() } else { own };
            Verdict {
                label: clause.state_label,
                statement_html,
                id: &self.id,
                clause,
                retrospective: self.retrospective,
            }
        })
    }
}

/// What became of a clause of a prediction.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// Its state in words.
    pub label: &'static str,
    /// What was stated.
    pub statement_html: &'a str,
    /// The id of the prediction.
    pub id: &'a str,
    clause: &'a ClauseContext,
    retrospective: bool,
}

impl Verdict<'_> {
    /// What it came to, what was asked for and how likely it was held to be; empty where nothing of it is known.
    #[must_use]
    pub fn detail(&self) -> String {
        let ClauseContext { evidence, probability, .. } = self.clause;
        let evidence = evidence.as_ref().map(|evidence| format!("{}, asked for {}", evidence.value, evidence.asked));
        let likely = probability.as_ref().map(|share| format!("held to be {share} likely"));
        let late = self.retrospective.then(|| "retrospective, never scored".to_owned());
        [evidence, likely, late].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// Whether a text was there when the prediction was made, and so is sealed with it.
#[derive(Clone, Copy)]
enum Written {
    Before,
    After,
}

/// Makes cards for a page.
pub struct Cards<'a> {
    desk: &'a Desk<'a>,
    page: &'a Page,
    shown_on: &'a Address,
    with_courses: bool,
    metrics: BTreeSet<&'static str>,
    links: Vec<Link>,
}

impl<'a> Cards<'a> {
    /// For a page; the small charts only where they are wanted.
    pub fn new(desk: &'a Desk<'a>, page: &'a Page, shown_on: &'a Address, with_courses: bool) -> Self {
        let metrics = desk.metrics().iter().map(|metric| metric.name).collect();
        Self { desk, page, shown_on, with_courses, metrics, links: Vec::new() }
    }

    /// The cards of predictions, in their order.
    pub fn of<'e>(&mut self, entries: impl IntoIterator<Item = &'e Entry>) -> Result<Vec<Card>> {
        let mut faults = Collector::default();
        let cards: Vec<Card> = entries.into_iter().filter_map(|entry| faults.keep(self.card(entry))).collect();
        faults.finish(cards)
    }

    /// The links in the texts of all cards so far.
    pub fn into_links(self) -> Vec<Link> {
        self.links
    }

    fn card(&mut self, entry: &Entry) -> Result<Card> {
        let (file, prediction) = (&entry.manuscript, &entry.prediction);
        let Prediction { edition, due, stated_on, .. } = *prediction;
        let mut faults = Collector::default();
        let statement_html =
            faults.keep(self.text(file, prediction, &prediction.statement, Written::Before)).unwrap_or_default();
        let mut clauses = Vec::new();
        for (at, (clause, trial)) in prediction.clauses.iter().zip(&entry.trials).enumerate() {
            let id = format!("course-{}-{}", prediction.id.value, at + 1);
            clauses.extend(faults.keep(self.clause(file, prediction, clause, trial, &id)));
        }
        let has_edition = self.desk.editions.contains(&edition);
        faults.finish(Card {
            id: prediction.id.value.clone(),
            statement_html,
            open: entry.is_open(),
            retrospective: prediction.is_retrospective(),
            edition: edition.to_string(),
            edition_path: has_edition.then(|| format!("{}/", edition.slug())),
            stated_on: stated_on.to_string(),
            stated_label: wording::day(stated_on),
            due: due.to_string(),
            due_label: wording::period(due),
            clauses,
        })
    }

    fn clause(
        &mut self,
        file: &Manuscript,
        prediction: &Prediction,
        clause: &Clause,
        trial: &Trial,
        id: &str,
    ) -> Result<ClauseContext> {
        let mut faults = Collector::default();
        let mut html =
            |text: &Spanned<String>, when| faults.keep(self.text(file, prediction, text, when)).unwrap_or_default();
        let statement = clause.statement.as_ref();
        let statement_html = statement.map(|text| html(text, Written::Before)).unwrap_or_default();
        let (mut test, mut course_of, mut evidence, mut cited_on) = (None, None, None, None);
        let (mut required_html, mut citation_html) = (Safe::default(), Safe::default());
        match &clause.judged {
            Judged::Editor { evidence, verdict } => {
                required_html = html(evidence, Written::Before);
                let citation = verdict.as_ref().map(|verdict| &verdict.citation);
                citation_html = citation.map(|text| html(text, Written::After)).unwrap_or_default();
                cited_on = verdict.as_ref().map(|verdict| wording::day(verdict.on));
            }
            Judged::Test(written) => {
                test = Some(file.text[written.range()].trim().to_owned());
                evidence = trial.evidence().map(|reading| self.evidence(written, reading));
                if self.with_courses {
                    course_of = faults.keep(course(trial, written, prediction.due, id)).flatten();
                }
            }
        }
        let share = |percent: u8| Number::quotient(percent, 100).expect("100 is not 0");
        faults.finish(ClauseContext {
            statement_html,
            probability: clause.percent.map(|percent| wording::print(share(percent), Unit::Share, Style::default())),
            state: trial.state.name(),
            state_label: trial.state.label(),
            reason: trial.reason.clone(),
            test,
            evidence,
            pace: trial.pace.and_then(|pace| Some(paced(pace, trial.evidence()?))),
            required_html,
            citation_html,
            cited_on,
            course: course_of,
        })
    }

    fn evidence(&self, test: &Test, reading: &Reading) -> Evidence {
        let (value, other) = reading.texts();
        let metric = reading.left.metric;
        let label = match &reading.left.form {
            Form::Level | Form::Record(_) => metric.label.to_owned(),
            Form::Share(whole) => format!("{}, as a share of {}", metric.label, whole.of),
            Form::Rank(rank) => format!("of {} by {}", rank.of, metric.label),
            Form::Streak(..) => format!("with {}", metric.label),
        };
        let whose = match &reading.right {
            Side::Number(_) => String::new(),
            Side::Figure(right) if right.period == reading.period => format!(", those of {}", right.about()),
            Side::Figure(right) => format!(", as of {} in {}", right.about(), right.period),
        };
        let level = level_of(metric.name);
        Evidence {
            value,
            label,
            href: self.metrics.contains(level).then(|| format!("methodology/#metric-{level}")),
            about: reading.left.about(),
            period: format!("{}{}", reading.left.period, if reading.is_open() { ", so far" } else { "" }),
            asked: format!("{} {other}{whose}", test.sign.words()),
        }
    }

    /// A text of a prediction as HTML, with the figures of its edition; what is wrong in it is said where it begins.
    fn text(
        &mut self,
        file: &Manuscript,
        prediction: &Prediction,
        written: &Spanned<String>,
        when: Written,
    ) -> Result<Safe> {
        let place = || document::place(&file.file, &file.text, written);
        // Several texts of one prediction, and several predictions, stand on a page and may tell of the same figure.
        let name = format!("{} {}", prediction.id.value, place().line);
        let text = Manuscript { file: file.file.clone(), text: written.value.clone(), body: 0, name };
        let rendered = match when {
            Written::Before => self.desk.render_as_sealed(&text, prediction.edition, self.page, self.shown_on),
            Written::After => self.desk.render(&text, prediction.edition, self.page, self.shown_on),
        };
        let rendered = rendered.map_err(|faults| {
            let mut moved = Collector::default();
            faults.iter().for_each(|fault| moved.push(fault.clone().at(place())));
            moved.finish(()).expect_err("there is at least one fault")
        })?;
        if !rendered.sections.is_empty() {
            let fault = Diagnostic::new(Kind::Content, "a prediction has no headings").at(place());
            return Err(fault.hint("write a sentence or two").into());
        }
        self.links.extend(rendered.links.into_iter().map(|link| Link { place: place(), ..link }));
        Ok(Safe(rendered.lede_html))
    }
}

/// How far it is, in a sentence or two.
fn paced(pace: Pace, reading: &Reading) -> String {
    let left = wording::quarters(pace.quarters);
    if pace.holds {
        return match pace.is_enough {
            Some(false) => format!("True as of now, with {left} to go; at its late pace it would not stay so."),
            _ => format!("True as of now, with {left} to go."),
        };
    }
    let amount = |value: Number, digits: u32| {
        let (value, unit) = match reading.unit {
            Unit::Share => (value.times(100), Unit::Points),
            unit => (value, unit),
        };
        let digits = if value.as_whole().is_some() { 0 } else { digits };
        wording::print(wording::magnitude(value), unit, Style { digits: Some(digits), ..Style::default() })
    };
    let whole = format!("{} away, with {left} to go.", amount(pace.gap, 1));
    let (Some(gained), Some(needed)) = (pace.gained, pace.gap.over(Number::whole(pace.quarters))) else { return whole };
    let course = match gained.sign() {
        1 => format!("a quarter brought it {} closer", amount(gained, 1)),
        -1 => format!("a quarter took it {} further off", amount(gained, 1)),
        _ => "it stood still".to_owned(),
    };
    format!("{whole} That takes {} a quarter; lately {course}.", amount(needed, 1))
}
