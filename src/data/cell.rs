//! What one author line did in one repository in one period, as it stands in a history file:
//! `5 own, 1 assisted, 2 merges, 1 late, weeks 6-8 11`.

use std::fmt::{self, Write as _};

use serde::de::{self, DeserializeSeed, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::plain::Period;
use crate::plain::day::week_number;
use crate::plain::sorted::Sorted;

/// A cell's fields in their order, as the cache has them.
type Numbers = (u32, u32, u32, u32, u32, u32, u32, u32, u16);

/// Commits of one author line in one period, by lane, and the weeks in which it was active.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// A person's commits without a coding agent.
    pub own: u32,
    /// A person's commits with a known coding agent in a trailer.
    pub assisted: u32,
    /// Commits whose author is a known coding agent.
    pub agent: u32,
    /// Commits whose author is a bot or a collective account.
    pub bot: u32,
    /// Commits that arrived more than a year after their date.
    pub imported: u32,
    /// Commits that the origin of this fork has as well.
    pub shared: u32,
    /// Commits with two or more parents.
    pub merges: u32,
    /// How many of own and assisted arrived after their own period had been closed.
    pub late: u32,
    /// Bit n: active in the n-th of the up to 14 ISO weeks that the period touches. Own and assisted only.
    pub weeks: u16,
}

impl Cell {
    /// Of a period in which nothing was done.
    pub const NOTHING: Self =
        Self { own: 0, assisted: 0, agent: 0, bot: 0, imported: 0, shared: 0, merges: 0, late: 0, weeks: 0 };

    /// Own and assisted: what counts as activity of a person.
    #[must_use]
    pub fn counted(&self) -> u32 {
        self.own.saturating_add(self.assisted)
    }

    /// Adds what another line did in the same period.
    pub fn add(&mut self, other: &Self) {
        self.own = self.own.saturating_add(other.own);
        self.assisted = self.assisted.saturating_add(other.assisted);
        self.agent = self.agent.saturating_add(other.agent);
        self.bot = self.bot.saturating_add(other.bot);
        self.imported = self.imported.saturating_add(other.imported);
        self.shared = self.shared.saturating_add(other.shared);
        self.merges = self.merges.saturating_add(other.merges);
        self.late = self.late.saturating_add(other.late);
        self.weeks |= other.weeks;
    }

    fn numbers(&self) -> Numbers {
        let Self { own, assisted, agent, bot, imported, shared, merges, late, weeks } = *self;
        (own, assisted, agent, bot, imported, shared, merges, late, weeks)
    }

    fn of_numbers((own, assisted, agent, bot, imported, shared, merges, late, weeks): Numbers) -> Self {
        Self { own, assisted, agent, bot, imported, shared, merges, late, weeks }
    }

    fn counts(&self) -> [(u32, &'static str); 8] {
        [
            (self.own, "own"),
            (self.assisted, "assisted"),
            (self.agent, "agent"),
            (self.bot, "bot"),
            (self.imported, "imported"),
            (self.shared, "shared"),
            (self.merges, "merges"),
            (self.late, "late"),
        ]
    }

    /// As in the file.
    #[must_use]
    pub fn write(&self, period: Period) -> String {
        let mut text = String::new();
        for (count, word) in self.counts().into_iter().filter(|(count, _)| *count > 0) {
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}{count} {word}");
        }
        if self.weeks != 0 {
            text.push_str(if text.is_empty() { "weeks" } else { ", weeks" });
            let mut bit = 0;
            while bit < 16 {
                let run = (self.weeks >> bit).trailing_ones();
                let number = |at: u32| week_number(period.first_week() + i32::try_from(at).expect("below 16"));
                match run {
                    0 => {}
                    1 => drop(write!(text, " {}", number(bit))),
                    _ => drop(write!(text, " {}-{}", number(bit), number(bit + run - 1))),
                }
                bit += run.max(1);
            }
        }
        text
    }

    /// From the file; the message says what isn't understood.
    pub fn parse(text: &str, period: Period) -> Result<Self, String> {
        let mut cell = Self::default();
        for part in text.split(", ") {
            if let Some(weeks) = part.strip_prefix("weeks ") {
                for run in weeks.split(' ') {
                    cell.weeks |= parse_weeks(run, period)?;
                }
                continue;
            }
            let wrong = || format!("`{part}` is not a count and a lane, such as `5 own`");
            let (count, word) = part.split_once(' ').ok_or_else(wrong)?;
            let count: u32 = count.parse().map_err(|_| wrong())?;
            let lane = match word {
                "own" => &mut cell.own,
                "assisted" => &mut cell.assisted,
                "agent" => &mut cell.agent,
                "bot" => &mut cell.bot,
                "imported" => &mut cell.imported,
                "shared" => &mut cell.shared,
                "merges" => &mut cell.merges,
                "late" => &mut cell.late,
                _ => return Err(wrong()),
            };
            // What isn't there isn't written, and nothing is written twice.
            if count == 0 || *lane != 0 {
                return Err(wrong());
            }
            *lane = count;
        }
        Ok(cell)
    }
}

fn parse_weeks(run: &str, period: Period) -> Result<u16, String> {
    let wrong = || format!("`{run}` is not a week that {period} touches");
    let bit = |number: &str| -> Result<u32, String> {
        let number: u8 = number.parse().map_err(|_| wrong())?;
        let week = period.week_numbered(number).ok_or_else(wrong)?;
        u32::try_from(week - period.first_week()).map_err(|_| wrong())
    };
    let (first, last) = run.split_once('-').unwrap_or((run, run));
    let (first, last) = (bit(first)?, bit(last)?);
    if first > last {
        return Err(wrong());
    }
    Ok((first..=last).fold(0, |mask, at| mask | 1 << at))
}

/// The cells of one author line, by period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(pub Sorted<Period, Cell>);

impl FromIterator<(Period, Cell)> for Cells {
    fn from_iter<T: IntoIterator<Item = (Period, Cell)>>(cells: T) -> Self {
        Self(cells.into_iter().collect())
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_text = serializer.is_human_readable();
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (period, cell) in &self.0 {
            if is_text {
                map.serialize_entry(period, &cell.write(*period))?;
            } else {
                map.serialize_entry(period, &cell.numbers())?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByPeriod;
        impl<'de> Visitor<'de> for ByPeriod {
            type Value = Cells;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("periods with what was done in each")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cells, A::Error> {
                let mut cells = Sorted::with_room(map.size_hint());
                while let Some(period) = map.next_key::<Period>()? {
                    let cell = map.next_value_seed(InPeriod(period))?;
                    if cells.insert(period, cell).is_some() {
                        return Err(de::Error::custom(format!("{period} stands twice")));
                    }
                }
                Ok(Cells(cells.trimmed()))
            }
        }
        deserializer.deserialize_map(ByPeriod)
    }
}

/// A cell, whose weeks can be read only by who knows the period.
struct InPeriod(Period);

impl<'de> DeserializeSeed<'de> for InPeriod {
    type Value = Cell;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cell, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_str(self);
        }
        Numbers::deserialize(deserializer).map(Cell::of_numbers)
    }
}

impl Visitor<'_> for InPeriod {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was done, such as `5 own, weeks 6-8`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
        Cell::parse(text, self.0).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_reads_back_what_it_wrote() {
        let period: Period = "2021-Q1".parse().unwrap();
        let cell = Cell { own: 5, merges: 2, late: 1, weeks: 0b10_0000_0000_0111, ..Cell::default() };
        let text = cell.write(period);
        assert_eq!(text, "5 own, 2 merges, 1 late, weeks 53-2 13");
        assert_eq!(Cell::parse(&text, period), Ok(cell));
    }

    #[test]
    fn a_period_that_stands_twice_is_refused() {
        let twice = "2024-Q1: 1 own\n2023-Q1: 1 own\n2024-Q1: 2 own\n";
        assert!(crate::data::quick::read::<Cells>(twice).is_none());
        assert!(serde_yaml::from_str::<Cells>(twice).is_err());
    }

    #[test]
    fn counts_that_cannot_be_do_not_overflow() {
        let mut cell = Cell { own: u32::MAX, assisted: 1, ..Cell::default() };
        assert_eq!(cell.counted(), u32::MAX);
        let same = cell;
        cell.add(&same);
        assert_eq!((cell.own, cell.assisted), (u32::MAX, 2));
    }

    #[test]
    fn what_is_not_a_cell_is_refused() {
        let period: Period = "2024-Q3".parse().unwrap();
        for wrong in [
            "",
            "5",
            "five own",
            "5 owner",
            "weeks 1",
            "weeks 30-28",
            "5 own,1 late",
            "-1 own",
            "0 own",
            "1 own, 2 own",
        ] {
            assert!(Cell::parse(wrong, period).is_err(), "{wrong:?}");
        }
    }
}
