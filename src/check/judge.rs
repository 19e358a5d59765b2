//! Whether the figures bear out what a sentence says.

use super::claim::{Count, Key, Measure, Reach, Saying};
use super::stated::Stated;
use super::vocabulary::{Force, Move};
use crate::figures::{Figures, Names, Shown, mask, past};
use crate::metrics::over_time::{record, streak};
use crate::metrics::{Figure, Standing, catalogue};
use crate::plain::text::listed;
use crate::plain::{Number, Period, Unit};

/// What came of comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It doesn't; how it is instead.
    Fails(String),
    /// There is nothing to compare it with; why.
    NoValue(String),
}

/// From which change on words of direction fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Up to here something is flat, in hundredths.
    pub flat: u8,
    /// From here on it is steep, in hundredths.
    pub steep: u8,
}

/// Compares what is said with figures.
#[derive(Debug)]
pub struct Judge<'a> {
    /// The figures.
    pub figures: &'a Figures,
    /// What things are called.
    pub names: &'a Names,
    /// From which change on words of direction fit.
    pub thresholds: Thresholds,
}

type Value = Result<Number, String>;

impl Judge<'_> {
    /// Whether something that is said holds.
    #[must_use]
    pub fn judge(&self, saying: &Saying) -> Verdict {
        let verdict = match saying {
            Saying::Amount(measure, stated) => self.value(measure).map(|value| {
                if stated.allows(value) { Verdict::Holds } else { Verdict::Fails(self.told(measure, value)) }
            }),
            Saying::Went(key, base, moved) => self.went(key, *base, *moved),
            Saying::Place { measure, among, place, from_least } => self.place(measure, among, *place, *from_least),
            Saying::Run(key, way, stated) => self.run(key, *way, stated),
            Saying::Record(key, way, reach) => self.record(key, *way, *reach),
            Saying::Order(a, b, way) => self.order(a, b, *way),
            Saying::Every(keys, base, way, count) => self.every(keys, *base, *way, *count),
            Saying::Each(measures, stated, count) => self.each(measures, stated, *count),
            Saying::PeopleAdded(keys) => {
                let names: Vec<String> = keys.iter().map(|key| self.names.title(&key.scope).into_owned()).collect();
                let names = listed(&names, "and");
                Ok(Verdict::Fails(format!("people of {names} can't be added up: who is in two of them counts once")))
            }
        };
        verdict.unwrap_or_else(Verdict::NoValue)
    }

    fn value(&self, measure: &Measure) -> Value {
        let nothing = || "there is no share of nothing".to_owned();
        match measure {
            Measure::Level(key) => self.level(key),
            Measure::Change(key, base) => {
                if let Some(figure) = self.change(key).filter(|_| *base == key.period.before(1)) {
                    return figure.value.ok_or_else(|| format!("the change of {} isn't stated", self.name(key)));
                }
                let (now, before) = (self.closed(key)?, self.closed(&key.at(*base))?);
                now.minus(before).over(before).ok_or_else(nothing)
            }
            Measure::Difference(key, base) => Ok(self.closed(key)?.minus(self.closed(&key.at(*base))?)),
            Measure::Share(part, whole) => self.level(part)?.over(self.level(whole)?).ok_or_else(nothing),
            Measure::Gap(a, b) => Ok(self.level(a)?.minus(self.level(b)?)),
            Measure::Apart(a, b) => {
                let gap = self.level(a)?.minus(self.level(b)?);
                Ok(if gap.sign() < 0 { Number::ZERO.minus(gap) } else { gap })
            }
            Measure::Excess(a, b) => {
                let (a, b) = (self.level(a)?, self.level(b)?);
                a.minus(b).over(b).ok_or_else(nothing)
            }
            Measure::Times(a, b) => self.level(a)?.over(self.level(b)?).ok_or_else(nothing),
            Measure::Sum(keys) => keys.iter().try_fold(Number::ZERO, |sum, key| Ok(sum.plus(self.level(key)?))),
        }
    }

    /// The change as the figures state it; none when they have no such metric.
    fn change(&self, key: &Key) -> Option<&Figure> {
        catalogue::find(key.metric).filter(|metric| metric.unit != Unit::Share)?;
        self.figures.get(&key.scope, &format!("{}_change", key.metric), key.period)
    }

    fn level(&self, key: &Key) -> Value {
        match mask::shown(self.figures, &key.scope, key.metric, key.period) {
            Some(Shown::Exact(value)) => Ok(value),
            Some(Shown::Below(_) | Shown::Withheld) => {
                Err(format!("{} is below five, which isn't published", self.name(key)))
            }
            Some(Shown::Nothing) => Err(format!("{} is unknown", self.name(key))),
            None => Err(format!("{} isn't measured", self.name(key))),
        }
    }

    /// A level of a quarter that is over, everywhere.
    fn closed(&self, key: &Key) -> Value {
        let value = self.level(key)?;
        let figure = self.figures.get(&key.scope, key.metric, key.period).expect("it has a value");
        match figure.standing {
            Standing::Closed => Ok(value),
            _ => Err(format!("{} isn't known in full, so nothing is compared with it", self.name(key))),
        }
    }

    fn went(&self, key: &Key, base: Period, moved: Move) -> Result<Verdict, String> {
        let is_share = catalogue::find(key.metric).is_some_and(|metric| metric.unit == Unit::Share);
        let measure =
            if is_share { Measure::Difference(key.clone(), base) } else { Measure::Change(key.clone(), base) };
        let by = self.value(&measure)?;
        let hundredths = |count: u8| Number::quotient(count, 100).expect("a hundred is not 0");
        let size = if by.sign() < 0 { Number::ZERO.minus(by) } else { by };
        let is_flat = size <= hundredths(self.thresholds.flat);
        let is_steep = size >= hundredths(self.thresholds.steep);
        let fits = match moved.way {
            0 => is_flat,
            way => {
                by.sign() == way
                    && match moved.force {
                        Force::Slight => !is_steep,
                        Force::Plain => true,
                        Force::Steep => is_steep,
                    }
            }
        };
        Ok(if fits { Verdict::Holds } else { Verdict::Fails(self.told(&measure, by)) })
    }

    fn place(
        &self,
        measure: &Measure,
        among: &[crate::metrics::Scope],
        place: usize,
        from_least: bool,
    ) -> Result<Verdict, String> {
        let own = self.value(measure)?;
        let others: Vec<Number> = among.iter().filter_map(|scope| self.value(&measure.of(scope)).ok()).collect();
        let before = others.iter().filter(|other| if from_least { **other < own } else { **other > own }).count();
        let shared = others.iter().filter(|other| **other == own).count();
        if before + 1 == place && shared <= 1 {
            return Ok(Verdict::Holds);
        }
        let order = if from_least { " from below" } else { "" };
        let shared = if shared > 1 { format!(", with {} others", shared - 1) } else { String::new() };
        let told = self.told(measure, own);
        Ok(Verdict::Fails(format!("{told}, place {}{order} of {}{shared}", before + 1, others.len())))
    }

    fn run(&self, key: &Key, way: i8, stated: &super::stated::Stated) -> Result<Verdict, String> {
        let points = past::points(self.figures, &key.scope, key.metric, key.period);
        let length = points.len().checked_sub(1).and_then(|at| streak(&points, at));
        let Some(length) = length else {
            return Err(format!("{} has no earlier quarter to be compared with", self.name(key)));
        };
        let own = i32::from(way) * length;
        if own > 0 && stated.allows(Number::whole(own)) {
            return Ok(Verdict::Holds);
        }
        let told = match length {
            0 => "is as it was in the quarter before".to_owned(),
            1.. => format!("has risen for {length} in a row"),
            _ => format!("has fallen for {} in a row", -length),
        };
        Ok(Verdict::Fails(format!("{} {told}", self.name(key))))
    }

    fn record(&self, key: &Key, way: i8, reach: Reach) -> Result<Verdict, String> {
        let points = past::points(self.figures, &key.scope, key.metric, key.period);
        let found = points.len().checked_sub(1).and_then(|at| record(&points, at));
        let Some(found) = found else {
            return Err(format!("{} has no earlier quarter to be compared with", self.name(key)));
        };
        let over = u16::try_from(i32::from(way) * found.over).unwrap_or(0);
        let last_equal = key.period.before(over + 1);
        let ever = found.since.is_some();
        let holds = over > 0
            && match reach {
                Reach::Ever => ever,
                Reach::Quarters(count) => over + 1 >= count,
                // What the data doesn't reach beyond can't be held against it.
                Reach::Since(period) => found.since.map_or(last_equal == period, |since| since == period),
                Reach::Year(year) => found.since.map_or(last_equal.year() == year, |since| since.year() == year),
            };
        if holds {
            return Ok(Verdict::Holds);
        }
        let name = self.name(key);
        let extreme = if found.over > 0 { "highest" } else { "lowest" };
        Ok(Verdict::Fails(match (found.over, found.since) {
            (0, _) => format!("{name} is as it was in the quarter before"),
            (_, Some(since)) => format!("{name} is the {extreme} of all quarters since {since}, where the data begins"),
            (over, None) => format!("{name} is the {extreme} in {} quarters", over.abs() + 1),
        }))
    }

    fn order(&self, a: &Key, b: &Key, way: i8) -> Result<Verdict, String> {
        let (x, y) = (self.level(a)?, self.level(b)?);
        let holds = x.minus(y).sign() == way;
        let told =
            || format!("{}; {}", self.told(&Measure::Level(a.clone()), x), self.told(&Measure::Level(b.clone()), y));
        Ok(if holds { Verdict::Holds } else { Verdict::Fails(told()) })
    }

    fn every(&self, keys: &[Key], base: Period, way: i8, count: Count) -> Result<Verdict, String> {
        let mut went = Vec::new();
        let mut others = Vec::new();
        for key in keys {
            let by = self.value(&Measure::Difference(key.clone(), base))?;
            if by.sign() == way { &mut went } else { &mut others }.push(self.names.title(&key.scope).into_owned());
        }
        let holds = is_so_many(count, went.len(), others.len());
        let did = if way > 0 { "rose" } else { "fell" };
        let (went, others) = (shortened(&went), shortened(&others));
        Ok(if holds { Verdict::Holds } else { Verdict::Fails(format!("it {did} in {went}, and not in {others}")) })
    }

    fn each(&self, measures: &[Measure], stated: &Stated, count: Count) -> Result<Verdict, String> {
        let mut fitting = Vec::new();
        let mut others = Vec::new();
        for measure in measures {
            let fits = match self.value(measure) {
                Ok(value) => stated.allows(value),
                Err(why) => self.hidden(measure, stated).ok_or(why)?,
            };
            let key = measure.keys().first().map(|key| self.names.title(&key.scope).into_owned()).unwrap_or_default();
            if fits { &mut fitting } else { &mut others }.push(key);
        }
        let holds = is_so_many(count, fitting.len(), others.len());
        let (fitting, others) = (shortened(&fitting), shortened(&others));
        Ok(if holds { Verdict::Holds } else { Verdict::Fails(format!("it is so in {fitting}, and not in {others}")) })
    }

    /// Whether a count that is too small to be published is allowed, where all such counts are, or none.
    fn hidden(&self, measure: &Measure, stated: &Stated) -> Option<bool> {
        let Measure::Level(key) = measure else { return None };
        let Some(Shown::Below(end)) = mask::shown(self.figures, &key.scope, key.metric, key.period) else {
            return None;
        };
        let mut allowed = (1..end.as_whole()?).map(|count| stated.allows(Number::whole(count)));
        let first = allowed.next()?;
        allowed.all(|other| other == first).then_some(first)
    }

    /// A figure in words: `contributors of Kernels in 2026-Q2`.
    #[must_use]
    pub fn name(&self, key: &Key) -> String {
        let label = catalogue::find(key.metric).map_or(key.metric, |metric| metric.label);
        format!("{label} of {} in {}", self.names.title(&key.scope), key.period)
    }

    /// A measure with its value: `contributors of Kernels in 2026-Q2: 556`.
    #[must_use]
    pub fn told(&self, measure: &Measure, value: Number) -> String {
        let unit = |key: &Key| catalogue::find(key.metric).map_or(Unit::Count, |metric| metric.unit);
        match measure {
            Measure::Level(key) => format!("{}: {}", self.name(key), written(value, unit(key))),
            Measure::Change(key, base) => format!("{}, against {base}: {}", self.name(key), signed(value, Unit::Share)),
            Measure::Difference(key, base) => {
                let unit = if unit(key) == Unit::Share { Unit::Points } else { unit(key) };
                format!("{}, against {base}: {}", self.name(key), signed(value, unit))
            }
            Measure::Share(part, whole) => {
                let (part, whole) = (self.name(part), self.name(whole));
                format!("{part}, as a share of {whole}: {}", written(value, Unit::Share))
            }
            Measure::Apart(a, b) => {
                format!("{} and {}, apart: {}", self.name(a), self.name(b), written(value, unit(a)))
            }
            Measure::Gap(a, b) => {
                format!("{}, less {}: {}", self.name(a), self.name(b), signed(value, unit(a)))
            }
            Measure::Excess(a, b) => {
                format!("{}, against {}: {}", self.name(a), self.name(b), signed(value, Unit::Share))
            }
            Measure::Times(a, b) => {
                format!("{}, over {}: {}", self.name(a), self.name(b), value.fixed(2))
            }
            Measure::Sum(keys) => {
                let names: Vec<String> = keys.iter().map(|key| self.name(key)).collect();
                format!(
                    "{}, together: {}",
                    listed(&names, "and"),
                    keys.first().map_or_else(String::new, |key| written(value, unit(key)))
                )
            }
        }
    }
}

/// Whether so many did what was said, and so many others didn't.
fn is_so_many(said: Count, did: usize, others: usize) -> bool {
    match said {
        Count::All => others == 0,
        Count::None => did == 0,
        Count::Exactly(count) => did == count,
        Count::Most => did > others,
    }
}

/// At most five names.
fn shortened(names: &[String]) -> String {
    match names {
        [] => "none".to_owned(),
        names if names.len() > 5 => format!("{} others", names.len()),
        names => listed(names, "and"),
    }
}

fn written(value: Number, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{} %", short(value.times(100))),
        Unit::Points => format!("{} points", short(value.times(100))),
        _ => grouped(&short(value)),
    }
}

fn signed(value: Number, unit: Unit) -> String {
    let sign = if value.sign() > 0 { "+" } else { "" };
    format!("{sign}{}", written(value, unit))
}

/// With one decimal where it isn't whole.
fn short(value: Number) -> String {
    value.as_whole().map_or_else(|| value.fixed(1), |whole| whole.to_string())
}

fn grouped(text: &str) -> String {
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let digits = whole.trim_start_matches('-');
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if whole.starts_with('-') { "\u{2212}" } else { "" };
    decimals.map_or_else(|| format!("{sign}{out}"), |decimals| format!("{sign}{out}.{decimals}"))
}
