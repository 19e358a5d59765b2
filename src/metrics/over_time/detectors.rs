//! Patterns that have a name: what each means, when it is there, and how often it meant anything before.

mod judge;
mod view;

use std::collections::BTreeMap;

use super::backtest::{Outcome, Tested, Trials};
use super::{Chronicle, KINDS};
use crate::metrics::Scope;
use crate::plain::{Number, Unit};
pub use view::{Evidence, Unfit, Verdict, View};

/// A bound that a pattern has to reach, as readers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// What is bounded, and from which side.
    pub name: &'static str,
    /// How much: per cent, points, or things.
    pub value: i32,
    /// `Share` for per cent, `Points`, or `Count`.
    pub unit: Unit,
}

/// A pattern in the figures of a scope.
pub struct Detector {
    /// What it is called.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// Its bounds.
    pub thresholds: &'static [Threshold],
    /// The kinds of scopes in which it is looked for.
    pub kinds: &'static [&'static str],
    /// What is looked at in the period after.
    pub outcome: Outcome,
    /// The part of the pattern that by itself may bring the outcome about, as large changes tend to be taken back;
    /// absent when it holds wherever the pattern can be judged.
    pub premise: Option<&'static str>,
    /// Whether the pattern is there, or why that can't be said.
    pub judge: fn(&View) -> Result<Verdict, Unfit>,
}

/// A pattern that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub scope: Scope,
    /// The figures that make it.
    pub evidence: Vec<Evidence>,
    /// What came of it before, in scopes of the same kind.
    pub tested: Tested,
}

/// What a detector found in a period.
pub struct Report {
    /// Which one.
    pub detector: &'static Detector,
    /// Where it fired, in the order of scopes.
    pub findings: Vec<Finding>,
    /// In how many scopes it could be judged.
    pub judged: usize,
    /// In how many it couldn't, by reason.
    pub unfit: BTreeMap<Unfit, usize>,
}

impl Threshold {
    const fn percent(name: &'static str, value: i32) -> Self {
        Self { name, value, unit: Unit::Share }
    }

    const fn points(name: &'static str, value: i32) -> Self {
        Self { name, value, unit: Unit::Points }
    }

    const fn count(name: &'static str, value: i32) -> Self {
        Self { name, value, unit: Unit::Count }
    }

    /// The bound in the unit of what it bounds: 10 % and 10 points of a share are 1/10.
    #[must_use]
    pub fn number(&self) -> Number {
        let of = if self.unit == Unit::Count { 1 } else { 100 };
        Number::quotient(self.value, of).expect("neither is 0")
    }

    /// `contributors up by at least 10%`.
    #[must_use]
    pub fn text(&self) -> String {
        let (name, value) = (self.name, self.value);
        match self.unit {
            Unit::Share => format!("{name} {value}%"),
            Unit::Points => format!("{name} {value} points"),
            _ => format!("{name} {value}"),
        }
    }
}

/// All detectors, in the order in which they are shown.
pub static DETECTORS: [Detector; 8] = [
    Detector {
        name: "ramp",
        meaning: "More people and fewer commits: those who came have yet to find their feet.",
        thresholds: &[judge::PEOPLE_UP, judge::COMMITS_DOWN, judge::LEAST_PEOPLE],
        kinds: &KINDS,
        outcome: Outcome { metric: "commits", up: true },
        premise: Some("commits fell as much"),
        judge: judge::ramp,
    },
    Detector {
        name: "deepening",
        meaning: "More commits by as many people as before: those who are there do more.",
        thresholds: &[judge::COMMITS_UP, judge::PEOPLE_FLAT, judge::LEAST_PEOPLE],
        kinds: &KINDS,
        outcome: Outcome { metric: "commits", up: true },
        premise: Some("commits rose as much"),
        judge: judge::deepening,
    },
    Detector {
        name: "shallow surge",
        meaning: "More people who each are there for less: attention, not yet work.",
        thresholds: &[judge::SURGE, judge::WEEKS_DOWN, judge::ONE_WEEK_UP, judge::LEAST_PEOPLE],
        kinds: &KINDS,
        outcome: Outcome { metric: "contributors", up: false },
        premise: Some("contributors rose as much"),
        judge: judge::shallow_surge,
    },
    Detector {
        name: "tight newcomer",
        meaning: "A young repository whose people nearly all work on the same files: a team, not a crowd.",
        thresholds: &[judge::YOUNG, judge::TIGHT, judge::LEAST_TEAM],
        kinds: &["repo"],
        outcome: Outcome { metric: "contributors", up: true },
        premise: None,
        judge: judge::tight_newcomer,
    },
    Detector {
        name: "retention turns up",
        meaning: "More of the people stay, after a time in which ever fewer did.",
        thresholds: &[judge::TURN, judge::TURN_AFTER, judge::LEAST_PEOPLE],
        kinds: &KINDS,
        outcome: Outcome { metric: "contributors", up: true },
        premise: Some("retention rose as much"),
        judge: judge::retention_turns_up,
    },
    Detector {
        name: "retention turns down",
        meaning: "Fewer of the people stay, after a time in which ever more did.",
        thresholds: &[judge::TURN, judge::TURN_AFTER, judge::LEAST_PEOPLE],
        kinds: &KINDS,
        outcome: Outcome { metric: "contributors", up: false },
        premise: Some("retention fell as much"),
        judge: judge::retention_turns_down,
    },
    Detector {
        name: "consolidation",
        meaning: "Fewer people do as much: the work gathers in fewer hands.",
        thresholds: &[judge::PEOPLE_DOWN, judge::COMMITS_HELD, judge::LEAST_PEOPLE],
        kinds: &KINDS,
        outcome: Outcome { metric: "commits", up: false },
        premise: Some("commits held as well"),
        judge: judge::consolidation,
    },
    Detector {
        name: "quiet",
        meaning: "Hardly anything happens where much did in the year before.",
        thresholds: &[judge::QUIET, judge::LEAST_COMMITS],
        kinds: &KINDS,
        outcome: Outcome { metric: "commits", up: true },
        premise: None,
        judge: judge::quiet,
    },
];

/// What every detector finds in the period at a place of the chronicle.
#[must_use]
pub fn detect(chronicle: &Chronicle, at: usize) -> Vec<Report> {
    DETECTORS.iter().map(|detector| detector.report(chronicle, at)).collect()
}

impl Detector {
    fn report(&'static self, chronicle: &Chronicle, at: usize) -> Report {
        let mut trials = Trials::default();
        let mut report = Report { detector: self, findings: Vec::new(), judged: 0, unfit: BTreeMap::new() };
        for scope in chronicle.scopes().filter(|scope| self.kinds.contains(&scope.kind())) {
            match (self.judge)(&View { chronicle, scope, at }) {
                Err(reason) => *report.unfit.entry(reason).or_default() += 1,
                Ok(Verdict::No | Verdict::Premise) => report.judged += 1,
                Ok(Verdict::Fires(evidence)) => {
                    report.judged += 1;
                    let tested = trials.of(self, chronicle, scope.kind(), at);
                    report.findings.push(Finding { scope: scope.clone(), evidence, tested });
                }
            }
        }
        report
    }
}
