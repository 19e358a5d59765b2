//! A clause judged: its state, and what there is to say for it.

use super::bench::{Bench, Reading};
use crate::forecast::prediction::Outcome;
use crate::forecast::{Clause, Judged, Pace, Prediction, Sign, State, Test};
use crate::metrics::Standing;
use crate::pages::manuscript::Manuscript;
use crate::plain::{Diagnostic, Instant, Kind, Period, Result};

/// What became of a clause.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Where it stands.
    pub state: State,
    /// Why it is void, or can't be decided.
    pub reason: Option<String>,
    /// What the test comes to in the periods in which it is known, up to the due one, in order.
    pub readings: Vec<Reading>,
    /// How far it is, while it is tracked.
    pub pace: Option<Pace>,
}

/// So many quarters back the pace is measured.
const BACK: i32 = 4;

impl Trial {
    /// Judges a clause by what is known at `as_of`; `manuscript` is the file of the prediction.
    ///
    /// # Errors
    /// For a test that can't be evaluated, or that the edition itself couldn't print the figure of.
    pub fn of(
        bench: &Bench,
        manuscript: &Manuscript,
        prediction: &Prediction,
        clause: &Clause,
        as_of: Instant,
    ) -> Result<Self> {
        let due = prediction.due;
        match (&clause.void, &clause.judged) {
            (Some(reason), _) => Ok(Self::plain(State::Void, Some(reason.clone()))),
            (None, Judged::Editor { verdict: Some(verdict), .. }) => Ok(match verdict.outcome {
                Outcome::Confirmed => Self::plain(State::Confirmed, None),
                Outcome::Missed => Self::plain(State::Missed, None),
            }),
            (None, Judged::Editor { verdict: None, .. }) => Ok(match Time::of(due, as_of) {
                Time::Ahead => Self::plain(State::Open, None),
                Time::Running => Self::plain(State::TooEarly, None),
                Time::Over => Self::plain(State::Undecided, Some("the editor has not judged it yet".to_owned())),
            }),
            (None, Judged::Test(test)) => tested(bench, manuscript, prediction, test, as_of),
        }
    }

    fn plain(state: State, reason: Option<String>) -> Self {
        Self { state, reason, readings: Vec::new(), pace: None }
    }

    /// What decided it, or the last that is known of it: of a quarter that is over, unless the due one is running.
    #[must_use]
    pub fn evidence(&self) -> Option<&Reading> {
        let over = self.readings.iter().rfind(|reading| !reading.is_open());
        over.filter(|_| self.state != State::TooEarly).or(self.readings.last())
    }
}

/// Where a period lies for somebody who knows all up to a moment.
enum Time {
    Ahead,
    Running,
    Over,
}

impl Time {
    fn of(period: Period, as_of: Instant) -> Self {
        match as_of.0 {
            now if now <= period.start().seconds() => Self::Ahead,
            now if now < period.end_seconds() => Self::Running,
            _ => Self::Over,
        }
    }
}

fn tested(
    bench: &Bench,
    manuscript: &Manuscript,
    prediction: &Prediction,
    test: &Test,
    as_of: Instant,
) -> Result<Trial> {
    let (due, edition) = (prediction.due, prediction.edition);
    let mut readings = Vec::new();
    let mut at_due = None;
    for (period, result) in bench.readings(manuscript, test, due) {
        match &result {
            Err(faults) => {
                // What isn't known yet, or is masked later, is no fault of the one who wrote the test.
                let excused = |kind: Kind| kind == Kind::Data || kind == Kind::Masked && period != edition;
                if period >= edition && faults.iter().any(|fault| !excused(fault.kind)) {
                    return Err(faults.clone());
                }
            }
            Ok(reading) if period == edition && reading.decide(test.sign).is_none() => {
                return Err(gives_away(manuscript, test).into());
            }
            Ok(_) => {}
        }
        if period == due {
            at_due = Some(result.clone().map_err(|faults| said(faults.iter().next())));
        }
        readings.extend(result.ok());
    }
    let (state, reason) = judged(test.sign, due, at_due, as_of, &readings);
    let pace = if state == State::Tracking { pace(test.sign, due, &readings) } else { None };
    Ok(Trial { state, reason, readings, pace })
}

fn gives_away(manuscript: &Manuscript, test: &Test) -> Diagnostic {
    let message = "whether this is true would give away a count below five";
    let hint = "counts of 1 to 4 between scopes are printed \"<5\"; compare with 5 or more, or with 0";
    manuscript.fault(Kind::Masked, test.range(), message).hint(hint)
}

/// What a fault says, for readers.
fn said(fault: Option<&Diagnostic>) -> String {
    fault.map(|fault| fault.message.replace('`', "")).unwrap_or_default()
}

fn judged(
    sign: Sign,
    due: Period,
    at_due: Option<std::result::Result<Reading, String>>,
    as_of: Instant,
    readings: &[Reading],
) -> (State, Option<String>) {
    let time = Time::of(due, as_of);
    let undecided = |reason: String| (State::Undecided, Some(reason));
    let waiting = |reason: String| match time {
        Time::Ahead if readings.is_empty() => (State::Open, None),
        Time::Ahead => (State::Tracking, None),
        Time::Running => (State::TooEarly, None),
        Time::Over => (State::Undecided, Some(reason)),
    };
    let reading = match at_due {
        Some(Ok(reading)) => reading,
        Some(Err(reason)) => return waiting(reason),
        None => return waiting(format!("{due} isn\u{2019}t reported yet")),
    };
    match reading.standing() {
        Standing::Closed => match reading.decide(sign) {
            Some(true) => (State::Confirmed, None),
            Some(false) => (State::Missed, None),
            None => undecided("the grade would give away a count below five".to_owned()),
        },
        Standing::Open | Standing::Partial { open: true, .. } => (State::TooEarly, None),
        Standing::Partial { unknown: 1, .. } => undecided("a repository that counts is unknown".to_owned()),
        Standing::Partial { unknown, .. } => undecided(format!("{unknown} repositories that count are unknown")),
        Standing::Unknown | Standing::Untracked => undecided(format!("nothing is known of {due}")),
    }
}

/// From the closed quarters that are known.
fn pace(sign: Sign, due: Period, readings: &[Reading]) -> Option<Pace> {
    let mut closed = readings.iter().filter(|reading| reading.standing() == Standing::Closed && reading.period < due);
    let last = closed.next_back()?;
    let first = closed.find(|reading| last.period.since(reading.period) <= BACK);
    let passed = |first: &Reading| u32::try_from(last.period.since(first.period)).expect("it comes before the last");
    let before = first.and_then(|first| Some((first.values()?, passed(first))));
    let quarters = u32::try_from(due.since(last.period)).expect("it is due later");
    Pace::of(sign, last.values()?, before, quarters)
}
