//! Whole drawings, held against snapshots that were looked at, and the cases at the edge.

use super::frame::{Bar, Drawing, Frame, Note, Point, Series};
use super::{bars, trend};
use crate::plain::{Kind, Period, Unit};

pub fn frame(unit: Unit) -> Frame {
    Frame {
        id: "kernels-contributors".into(),
        title: "Kernels draw people again".into(),
        subtitle: "Contributors per quarter".into(),
        description: "The line rises.".into(),
        source: "Source: commits of public repositories; contributors, 2023-Q1 to 2026-Q2".into(),
        credit: "Signal, https://example.org/2026-q2/".into(),
        unit,
    }
}

/// A series from 2023-Q1 on; the last point is open when `open`.
pub fn series(label: &str, subject: bool, values: &[Option<f64>], open: bool) -> Series {
    let start = Period::new(2023, 1);
    let periods = start.through(Period::new(2099, 4));
    let last = values.len().saturating_sub(1);
    let points =
        periods.zip(values).enumerate().map(|(at, (period, &value))| Point { period, value, open: open && at == last });
    Series { label: label.into(), points: points.collect(), subject }
}

pub fn known(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn one(unit: Unit, values: &[Option<f64>]) -> Drawing {
    trend(&frame(unit), &[series("Kernels", true, values, false)], None).expect("it can be drawn")
}

fn bar(label: &str, value: Option<f64>, text: &str) -> Bar {
    Bar { label: label.into(), value, text: text.into(), subject: label == "Kernels" }
}

/// The text elements, without their markup.
pub fn texts(svg: &str) -> Vec<&str> {
    svg.lines()
        .filter(|line| line.starts_with("<text "))
        .map(|line| line.split_once('>').expect("a tag ends").1.trim_end_matches("</text>"))
        .collect()
}

pub fn count(svg: &str, part: &str) -> usize {
    svg.matches(part).count()
}

#[test]
fn a_trend_names_its_lines_where_they_end() {
    let rising = [410.0, 432.0, 405.0, 441.0, 470.0, 455.0, 502.0, 520.0, 518.0, 560.0, 611.0, 640.0, 702.0, 815.0];
    let flat = [500.0, 510.0, 498.0, 520.0, 530.0, 541.0, 520.0, 515.0, 530.0, 560.0, 570.0, 566.0, 590.0, 601.0];
    let near = [300.0, 320.0, 350.0, 360.0, 340.0, 380.0, 420.0, 460.0, 470.0, 505.0, 520.0, 560.0, 570.0, 596.0];
    let drawing = trend(
        &frame(Unit::Count),
        &[
            series("GPU Kernels & Performance", true, &known(&rising), true),
            series("Training Frameworks & Model Architecture", false, &known(&flat), true),
            series("LLM Serving", false, &known(&near), true),
        ],
        Some(&Note { at: Period::new(2025, 2), text: "AITER opens its repository".into() }),
    )
    .expect("it can be drawn");
    assert!(drawing.wide.contains("viewBox=\"0 0 720 320\"") && drawing.narrow.contains("viewBox=\"0 0 358 330\""));
    insta::assert_snapshot!("trend_wide", drawing.alone);
    insta::assert_snapshot!("trend_narrow", drawing.narrow);
}

#[test]
fn a_missing_quarter_is_a_gap() {
    let values = [Some(0.31), Some(0.35), None, Some(0.4), None, Some(0.38), Some(0.42), None];
    insta::assert_snapshot!("trend_gaps", one(Unit::Share, &values).wide);
}

#[test]
fn losses_hang_below_the_baseline() {
    let drawing = one(Unit::Points, &known(&[4.0, -3.5, -11.0, 2.0, 6.5]));
    assert_eq!(texts(&drawing.wide)[..4], ["−10", "−5", "0", "5"]);
    insta::assert_snapshot!("trend_negative", drawing.wide);
}

#[test]
fn one_quarter_is_a_dot_in_the_middle() {
    let drawing = one(Unit::Count, &known(&[1204.0]));
    assert_eq!(count(&drawing.wide, "<circle"), 2, "the dot and its emphasis");
    assert!(texts(&drawing.wide).contains(&"Q1 2023") && texts(&drawing.wide).contains(&"1,204"));
    assert!(!drawing.wide.contains("NaN"));
}

#[test]
fn equal_values_are_a_level_line_and_zeros_lie_on_the_baseline() {
    let level = one(Unit::Count, &known(&[50.0, 50.0, 50.0]));
    assert_eq!(texts(&level.wide)[..3], ["0", "20", "40"]);
    let zeros = one(Unit::Count, &known(&[0.0, 0.0, 0.0]));
    assert_eq!(texts(&zeros.wide), ["0", "Q1 2023", "Q2 2023", "Q3 2023", "0", "Kernels"]);
    let baseline = zeros.wide.lines().find(|line| line.contains("c-baseline")).expect("a baseline");
    let (_, d) = baseline.split_once(" d=\"M").expect("a path");
    let height = d.split(['L', ' ', '"']).nth(1).expect("a height");
    let line = zeros.wide.lines().find(|line| line.contains("c-accent") && line.contains("<path")).expect("a line");
    assert_eq!(count(line, &format!(" {height}")), 3);
}

#[test]
fn without_figures_the_chart_says_so() {
    for values in [vec![None, None, None], vec![]] {
        let drawing = one(Unit::Count, &values);
        for svg in [&drawing.wide, &drawing.narrow] {
            assert!(texts(svg).contains(&"No figures for these quarters"), "{svg}");
            assert!(!texts(svg).contains(&"Kernels"));
        }
    }
    assert!(texts(&trend(&frame(Unit::Count), &[], None).unwrap().wide).contains(&"No figures for these quarters"));
    assert!(texts(&bars(&frame(Unit::Share), &[]).unwrap().wide).contains(&"No figures for this quarter"));
}

#[test]
fn a_crowd_of_lines_keeps_the_subject_and_no_label_touches_another() {
    let many: Vec<Series> = (0..40)
        .map(|at| series(&format!("Repo {at}"), at == 39, &known(&[10.0, 11.0 + f64::from(at) / 50.0]), false))
        .collect();
    let drawing = trend(&frame(Unit::Count), &many, None).expect("it can be drawn");
    for svg in [&drawing.wide, &drawing.narrow] {
        assert!(texts(svg).contains(&"Repo 39") && !texts(svg).contains(&"Repo 38"));
        let mut heights: Vec<f64> = svg
            .lines()
            .filter(|line| line.contains("Repo ") && line.starts_with("<text"))
            .map(|line| line.split_once(" y=\"").expect("a height").1.split_once('"').expect("an end").0)
            .map(|height| height.parse().expect("a number"))
            .collect();
        heights.sort_by(f64::total_cmp);
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 15.0), "{heights:?}");
    }
}

#[test]
fn hostile_labels_stay_text() {
    let hostile = "</text><script>alert('x')</script>\n\n\"&";
    let mut frame = frame(Unit::Count);
    frame.title = hostile.into();
    frame.description = hostile.into();
    let line = trend(&frame, &[series(hostile, true, &known(&[1.0, 2.0]), false)], None).unwrap();
    let rows = bars(&frame, &[Bar { label: hostile.into(), value: Some(1.0), text: hostile.into(), subject: true }]);
    let rows = rows.unwrap();
    for svg in [&line.wide, &line.narrow, &rows.wide, &rows.narrow] {
        assert!(!svg.contains("<script") && !svg.contains("\n\n") && svg.contains("&lt;script"), "{svg}");
        assert_eq!(count(svg, "<text"), count(svg, "</text>"));
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
        let faults =
            trend(&frame(Unit::Count), &[series("Kernels", true, &known(&[1.0, wrong]), false)], None).unwrap_err();
        assert_eq!(faults.kind(), Kind::Data);
        assert!(faults.to_string().contains("`kernels-contributors` can't draw the value"), "{faults}");
        assert!(bars(&frame(Unit::Share), &[bar("Kernels", Some(wrong), "?")]).is_err());
    }
}

#[test]
fn bars_leave_the_zero_line_on_their_own_side() {
    let drawing = bars(
        &frame(Unit::Share),
        &[
            bar("Kernels", Some(0.32), "+32%"),
            bar("LLM Serving & Inference", Some(0.18), "+18%"),
            bar("Training Frameworks & Model Architecture", Some(0.0), "0%"),
            bar("Edge & On-Device", Some(-0.07), "−7%"),
            bar("Debugging", None, "n/a"),
            bar("Model Compression & Quantization", Some(-0.21), "−21%"),
        ],
    )
    .expect("it can be drawn");
    assert_eq!(count(&drawing.wide, "<rect class=\"c-up\""), 2);
    assert_eq!(count(&drawing.wide, "<rect class=\"c-down\""), 2);
    insta::assert_snapshot!("bars_wide", drawing.alone);
    insta::assert_snapshot!("bars_narrow", drawing.narrow);
}

#[test]
fn bars_without_any_change_have_only_their_text() {
    for value in [None, Some(0.0)] {
        let drawing = bars(&frame(Unit::Share), &[bar("Kernels", value, "n/a"), bar("Edge", value, "n/a")]).unwrap();
        assert_eq!(count(&drawing.wide, "<rect"), 0);
        assert_eq!(texts(&drawing.wide), ["Kernels", "n/a", "Edge", "n/a"]);
    }
}

#[test]
fn ids_differ_between_the_two_forms_and_nothing_has_a_colour_of_its_own() {
    let drawing = one(Unit::Count, &known(&[1.0, 2.0]));
    assert!(
        drawing.wide.contains("aria-labelledby=\"kernels-contributors-wide-title kernels-contributors-wide-desc\"")
    );
    assert!(
        drawing.narrow.contains("<title id=\"kernels-contributors-narrow-title\">Kernels draw people again</title>")
    );
    for svg in [&drawing.wide, &drawing.narrow] {
        assert!(!svg.contains("=\"#") && !svg.contains("rgb"));
    }
}
