//! All figures in a row. There are millions, so each is made at its place.

use std::ops::Range;

use rayon::prelude::*;

use super::calendar::Calendar;
use super::figure::Measured;
use super::sheet::{Column, Sheet};

/// Fewer figures than these are no work for a thread of its own.
const LEAST: usize = 4096;

/// A sheet's figures of a period.
struct Block {
    sheet: usize,
    at: usize,
    /// Their places among all figures.
    places: Range<usize>,
}

/// Every figure of the reported periods, sheet by sheet, and after them those that were measured by other means.
pub(super) fn list(sheets: &[Sheet], calendar: &Calendar, others: Vec<Measured>) -> Vec<Measured> {
    let columns: Vec<Vec<Column>> = sheets.iter().map(Sheet::columns).collect();
    let mut blocks = Vec::with_capacity(sheets.len() * calendar.len());
    let mut next = 0;
    for (place, sheet) in sheets.iter().enumerate() {
        for at in calendar.reported() {
            let count = columns[place].len() + sheet.cohorts(at, calendar);
            blocks.push(Block { sheet: place, at, places: next..next + count });
            next += count;
        }
    }
    let cursor = || Cursor { blocks: &blocks, sheets, columns: &columns, calendar, ready: Vec::new(), place: 0 };
    // A list that grows is a list that is copied, and this one is the largest of all.
    let mut figures = Vec::with_capacity(next + others.len());
    figures.par_extend((0..next).into_par_iter().with_min_len(LEAST).map_init(cursor, Cursor::take));
    figures.extend(others);
    figures
}

/// Goes from figure to figure, a block at a time.
struct Cursor<'a> {
    blocks: &'a [Block],
    sheets: &'a [Sheet],
    columns: &'a [Vec<Column>],
    calendar: &'a Calendar,
    /// What is left of a block, the next one last, and the place of the next one.
    ready: Vec<Measured>,
    place: usize,
}

impl Cursor<'_> {
    fn take(&mut self, place: usize) -> Measured {
        if place != self.place || self.ready.is_empty() {
            self.seek(place);
        }
        self.place = place + 1;
        self.ready.pop().expect("every place is in a block")
    }

    fn seek(&mut self, place: usize) {
        let block = &self.blocks[self.blocks.partition_point(|block| block.places.end <= place)];
        self.ready.clear();
        let sheet = &self.sheets[block.sheet];
        sheet.put_period(block.at, &self.columns[block.sheet], self.calendar, &mut self.ready);
        self.ready.reverse();
        self.ready.truncate(block.places.end - place);
    }
}
