//! Every figure. There are millions and few are looked at, so levels are counted ahead, and rows made when asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::calendar::Calendar;
use super::catalogue::Metric;
use super::figure::Measured;
use super::scope::Scope;
use super::sheet::Sheet;
use crate::plain::Period;

/// Every figure of the reported periods.
pub struct Counted {
    sheets: Vec<Sheet>,
    calendar: Calendar,
    /// What was measured by other means.
    others: Vec<Measured>,
}

impl Counted {
    /// From sheets whose books balance.
    pub(super) fn new(sheets: Vec<Sheet>, calendar: Calendar, others: Vec<Measured>) -> Self {
        Self { sheets, calendar, others }
    }

    /// The reported periods, in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> {
        self.calendar.periods().skip(self.calendar.reported().start)
    }

    /// The scopes that have a sheet, each once.
    pub fn scopes(&self) -> impl Iterator<Item = &Arc<Scope>> {
        self.sheets.iter().map(|sheet| &sheet.scope)
    }

    /// The metrics that stand on any sheet: scopes of a kind have the same.
    #[must_use]
    pub fn metrics(&self) -> Vec<&'static Metric> {
        let mut seen = BTreeSet::new();
        let firsts = self.sheets.iter().filter(|sheet| seen.insert((sheet.scope.kind(), sheet.has_cohorts())));
        firsts.flat_map(|sheet| sheet.metrics(&self.calendar)).collect()
    }

    /// What stands on the sheet of the scope at this place of [`Self::scopes`]: by period, then in the order of the
    /// catalogue.
    #[must_use]
    pub fn of_sheet(&self, place: usize) -> Vec<Measured> {
        self.sheets[place].figures(&self.calendar)
    }

    /// Whether what stands on two sheets is the same, by their places.
    #[must_use]
    pub fn is_same(&self, place: usize, (other, there): (&Self, usize)) -> bool {
        self.calendar == other.calendar && self.sheets[place] == other.sheets[there]
    }

    /// Some metrics of all scopes that have a sheet, by scope, then by period; changes aren't among them.
    #[must_use]
    pub fn levels(&self, metrics: &[&Metric]) -> Vec<Measured> {
        let levels: Vec<Vec<Measured>> =
            self.sheets.par_iter().map(|sheet| sheet.levels(metrics, &self.calendar)).collect();
        in_a_row(levels)
    }

    /// Takes out what doesn't stand on a sheet.
    pub fn take_others(&mut self) -> Vec<Measured> {
        std::mem::take(&mut self.others)
    }

    /// All in a row: sheet by sheet, and after them the others.
    #[must_use]
    pub fn into_list(self) -> Vec<Measured> {
        let figures: Vec<Vec<Measured>> =
            self.sheets.par_iter().map(|sheet| sheet.figures(&self.calendar)).chain([self.others]).collect();
        in_a_row(figures)
    }
}

/// Lists one after the other, with room made once: a list that grows is a list that is copied.
pub(super) fn in_a_row<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut row = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for list in lists {
        row.extend(list);
    }
    row
}
