//! What came of a pattern when it was there before.

use std::collections::BTreeMap;

use super::detectors::{Detector, Verdict, View};
use super::wording::percent;
use super::{Chronicle, Point};
use crate::plain::Number;

/// With fewer cases a share of them says little.
const FEW: u32 = 10;

/// What is looked at in the period after a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The figure.
    pub metric: &'static str,
    /// Whether it is expected to rise; else to fall.
    pub up: bool,
}

/// In how many periods of scopes something was the case, and after how many of them the outcome followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those whose next period is closed.
    pub cases: u32,
    /// Those of them after which the outcome followed.
    pub followed: u32,
}

/// How often the outcome followed, over all scopes of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// Where the pattern was there.
    pub fired: Tally,
    /// Where at least its premise was.
    pub alike: Tally,
    /// Where it could be judged.
    pub all: Tally,
}

impl Tally {
    fn add(&mut self, followed: bool) {
        self.cases += 1;
        self.followed += u32::from(followed);
    }

    fn share(self) -> Option<String> {
        Number::quotient(self.followed, self.cases).map(percent)
    }
}

impl Outcome {
    /// `commits rose`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} {}", self.metric, if self.up { "rose" } else { "fell" })
    }
}

impl Tested {
    /// Whether there are too few cases for their share to say much.
    #[must_use]
    pub fn is_thin(&self) -> bool {
        self.fired.cases < FEW
    }

    /// `Happened 52 times before in a repository; commits rose in the next quarter 23 times (44%). The same after 138 of
    /// 249 (55%) in which commits fell as much, and after 248 of all 524 (47%) that could be judged.`
    #[must_use]
    pub fn text(&self, detector: &Detector, kind: &str) -> String {
        let (fired, outcome) = (self.fired, detector.outcome.text());
        let place = match kind {
            "corpus" => "the corpus".to_owned(),
            "org" => "an organisation".to_owned(),
            "repo" => "a repository".to_owned(),
            kind => format!("a {kind}"),
        };
        let of = |tally: Tally, whole: &str, which: &str| {
            let share = tally.share()?;
            Some(format!("after {} of {whole}{} ({share}) {which}", tally.followed, tally.cases))
        };
        let alike = detector.premise.and_then(|premise| of(self.alike, "", &format!("in which {premise}")));
        let base: Vec<String> = alike.into_iter().chain(of(self.all, "all ", "that could be judged")).collect();
        let base = base.join(", and ");
        let times = |count: u32| if count == 1 { "once".to_owned() } else { format!("{count} times") };
        match fired.share() {
            None if base.is_empty() => format!("No earlier quarter of {place} could be judged."),
            None => format!("Hasn't happened before in {place}; {outcome} in the next quarter {base}."),
            Some(share) => {
                let (cases, followed) = (times(fired.cases), times(fired.followed));
                let thin = if self.is_thin() { " These are few cases." } else { "" };
                format!(
                    "Happened {cases} before in {place}; {outcome} in the next quarter {followed} ({share}). The same \
                     {base}.{thin}"
                )
            }
        }
    }
}

/// Back-tests by kind of scope, each made once.
#[derive(Default)]
pub(super) struct Trials(BTreeMap<&'static str, Tested>);

impl Trials {
    /// The back-test of a detector over the scopes of a kind, in the periods before the one at a place.
    pub fn of(&mut self, detector: &Detector, chronicle: &Chronicle, kind: &'static str, at: usize) -> Tested {
        *self.0.entry(kind).or_insert_with(|| tested(detector, chronicle, kind, at))
    }
}

fn tested(detector: &Detector, chronicle: &Chronicle, kind: &str, at: usize) -> Tested {
    let mut tested = Tested::default();
    for scope in chronicle.scopes().filter(|scope| scope.kind() == kind) {
        let outcomes = chronicle.series(scope, detector.outcome.metric);
        for earlier in 0..at {
            let next = outcomes.get(earlier + 1).filter(|point| point.comparable);
            let values = outcomes.get(earlier).and_then(Point::closed).zip(next.and_then(Point::closed));
            let (Some((before, after)), Ok(verdict)) =
                (values, (detector.judge)(&View { chronicle, scope, at: earlier }))
            else {
                continue;
            };
            let followed = if detector.outcome.up { after > before } else { after < before };
            tested.all.add(followed);
            if verdict != Verdict::No {
                tested.alike.add(followed);
            }
            if let Verdict::Fires(_) = verdict {
                tested.fired.add(followed);
            }
        }
    }
    tested
}
