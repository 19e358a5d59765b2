//! The course of a predicted figure, with what it is measured against.

use serde::Serialize;

use super::bench::{Reading, Side};
use super::trial::Trial;
use crate::charts::{self, Frame, Point, Series};
use crate::forecast::Test;
use crate::pages::quantity::Form;
use crate::pages::safe::Safe;
use crate::pages::wording;
use crate::plain::{Number, Period, Result};

/// A small chart, and its figures as a table.
#[derive(Clone, Debug, Serialize)]
pub struct Course {
    narrow_svg: Safe,
    title: String,
    head: [String; 3],
    rows: Vec<[String; 3]>,
}

/// The course of both sides up to the due quarter; none where there is no line to draw.
pub fn course(trial: &Trial, test: &Test, due: Period, id: &str) -> Result<Option<Course>> {
    let readings = &trial.readings;
    let is_drawn = |reading: &Reading| matches!(reading.left.form, Form::Level | Form::Share(_));
    let (Some(last), true) = (readings.last(), readings.iter().all(is_drawn)) else { return Ok(None) };
    let known = readings.iter().filter(|reading| reading.known.0.value().is_some()).count();
    // One point is no course.
    if known < 2 {
        return Ok(None);
    }
    let about = last.left.about();
    let asked = test.sign.words();
    let against = match &last.right {
        Side::Number(_) => format!("{asked} {}", last.texts().1),
        Side::Figure(quantity) if quantity.period != last.period => {
            format!("{} in {}", quantity.about(), quantity.period)
        }
        Side::Figure(quantity) => quantity.about(),
    };
    let point =
        |reading: &Reading, value: Option<f64>| Point { period: reading.period, value, open: reading.is_open() };
    let points = readings.iter().map(|reading| point(reading, reading.known.0.value().map(Number::to_f64)));
    let mut own = Series { label: about.clone(), points: points.collect(), subject: true };
    let against = match &last.right {
        Side::Number(value) => {
            let level = |period: Period| Point { period, value: Some(value.to_f64()), open: false };
            let points = readings.iter().map(|reading| level(reading.period));
            let ahead = last.period.next().through(due).map(level);
            Series { label: against, points: points.chain(ahead).collect(), subject: false }
        }
        Side::Figure(_) => {
            let points = readings.iter().map(|reading| point(reading, reading.known.1.value().map(Number::to_f64)));
            Series { label: against, points: points.collect(), subject: false }
        }
    };
    // The axis ends where it is decided.
    own.points.extend(last.period.next().through(due).map(|period| Point { period, value: None, open: false }));
    let title = format!("{} of {about}", wording::capitalised(last.left.metric.label));
    let (first, (now, other)) = (&readings[0], last.texts());
    let description = format!(
        "{title}: {} in {}, {now} in {}; {asked} {other} asked of {due}.",
        first.texts().0,
        first.period,
        last.period
    );
    let head = ["Quarter".to_owned(), own.label.clone(), against.label.clone()];
    let rows = readings.iter().map(|reading| {
        let (left, right) = reading.texts();
        [reading.period.to_string(), left, right]
    });
    let rows = rows.collect();
    let frame = Frame {
        id: id.to_owned(),
        title: title.clone(),
        subtitle: String::new(),
        description,
        unit: last.unit,
        source: String::new(),
        credit: String::new(),
    };
    // At the side of the text it is as wide as on a phone.
    let drawing = charts::trend(&frame, &[own, against], None)?;
    Ok(Some(Course { narrow_svg: Safe(drawing.narrow), title, head, rows }))
}
