//! One whole drawing of each kind, held against snapshots that were looked at; and each kind with nothing, with names
//! that never end, and with what is no number.

use super::golden::{count, frame, known, series, texts};
use super::{
    Bar, Cell, Cohort, Drawing, Frame, Layer, Note, Part, Span, Stream, bars, cohorts, composition, dots, matrix,
    migration, multiples, onion, shares, slope, trend,
};
use crate::plain::{Kind, Period, Result, Unit};

const CATEGORIES: [&str; 6] = [
    "GPU Kernels & Performance",
    "ML Compilers & Graph Optimization",
    "Distributed Training & Parallelism",
    "Training Frameworks & Model Architecture",
    "Edge & On-Device ML",
    "Hardware-Software Co-Design",
];

fn held(name: &str, drawing: Result<Drawing>) {
    let drawing = drawing.expect("it can be drawn");
    for svg in [&drawing.wide, &drawing.narrow, &drawing.alone] {
        assert_eq!(count(svg, "<text"), count(svg, "</text>"));
        assert!(!svg.contains("NaN") && !svg.contains("\n\n"), "{svg}");
    }
    insta::assert_snapshot!(format!("{name}_alone"), drawing.alone);
    insta::assert_snapshot!(format!("{name}_narrow"), drawing.narrow);
}

fn spans(names: &[&str], values: &[(Option<f64>, Option<f64>)]) -> Vec<Span> {
    let text = |value: Option<f64>| value.map_or("n/a".to_owned(), |value| format!("{value}"));
    let span = |(name, (before, now)): (&&str, &(Option<f64>, Option<f64>))| Span {
        label: (*name).into(),
        subject: name.contains("Kernels"),
        before: *before,
        now: *now,
        before_text: text(*before),
        now_text: text(*now),
    };
    names.iter().zip(values).map(span).collect()
}

fn cell(value: Option<f64>, text: &str) -> Cell {
    Cell { value, text: text.into() }
}

fn part(label: &str, subject: bool, values: &[Option<f64>]) -> Part {
    Part { label: label.into(), subject, values: values.to_vec() }
}

fn periods(count: u8) -> Vec<Period> {
    let first = Period::new(2024, 3);
    first.through(Period::new(2099, 4)).take(usize::from(count)).collect()
}

#[test]
fn a_slope_keeps_its_labels_apart() {
    let values = [(410.0, 556.0), (345.0, 327.0), (220.0, 261.0), (370.0, 387.0), (305.0, 361.0), (300.0, 330.0)];
    let values = values.map(|(before, now)| (Some(before), Some(now)));
    held("slope", slope(&frame(Unit::Count), &spans(&CATEGORIES, &values), ["Q2 2025", "Q2 2026"]));
}

#[test]
fn dots_say_what_was_and_what_is() {
    let values = [
        (Some(2.5), Some(3.9)),
        (Some(3.3), Some(3.1)),
        (None, Some(2.9)),
        (Some(2.0), None),
        (Some(2.1), Some(2.1)),
        (Some(0.0), Some(1.4)),
    ];
    held("dots", dots(&frame(Unit::Weeks), &spans(&CATEGORIES, &values), ["Q2 2025", "Q2 2026"]));
}

#[test]
fn multiples_share_a_scale() {
    let rows = [[5.0, 9.0, 14.0, 20.0], [8.0, 8.0, 7.0, 8.0], [1.0, 2.0, 1.0, 3.0], [0.0, 0.0, 0.0, 0.0]];
    let mut all: Vec<_> = CATEGORIES
        .iter()
        .zip(rows)
        .map(|(name, row)| series(name, name.contains("GPU"), &known(&row), false))
        .collect();
    all.push(series("With a gap", false, &[Some(3.0), None, Some(4.0), Some(6.0)], true));
    held("multiples", multiples(&frame(Unit::Count), &all));
}

#[test]
fn an_overlap_has_its_names_on_the_steps() {
    let names: Vec<(String, bool)> =
        CATEGORIES.iter().map(|name| ((*name).to_owned(), name.contains("Kernels"))).collect();
    let small = || cell(None, "<5");
    let told = |value: i32| cell(Some(f64::from(value)), &value.to_string());
    let cells = vec![
        vec![],
        vec![told(5)],
        vec![told(18), small()],
        vec![told(5), told(15), told(23)],
        vec![told(19), cell(Some(0.0), "·"), small(), told(7)],
        vec![cell(None, "n/a"), small(), small(), told(10), told(6)],
    ];
    let drawing = matrix(&frame(Unit::Count), &names, &cells);
    let drawn = drawing.clone().expect("it can be drawn");
    assert_eq!(count(&drawn.wide, "<rect"), 9, "what is masked, unknown or nothing has no tint");
    held("overlap", drawing);
}

#[test]
fn a_migration_tells_nothing_by_the_width_of_what_is_masked() {
    let places = CATEGORIES.map(str::to_owned);
    let stream = |from, to, value: Option<f64>, tested| Stream {
        from,
        to,
        value,
        text: value.map_or("<5".to_owned(), |value| value.to_string()),
        tested,
    };
    let streams = [
        stream(0, 2, Some(8.0), false),
        stream(1, 0, Some(14.0), true),
        stream(1, 3, Some(5.0), false),
        stream(4, 0, None, false),
        stream(3, 1, None, false),
        stream(5, 0, Some(11.0), false),
    ];
    let draw = |streams: &[Stream]| {
        migration(&frame(Unit::Count), &places, streams, ["Home before", "Home now"], "Dashed: one to four people.")
    };
    let drawn = draw(&streams).expect("it can be drawn");
    assert_eq!(count(&drawn.wide, "stroke-dasharray"), 2);
    assert_eq!(count(&drawn.wide, "c-current"), 1);
    held("migration", draw(&streams));
    let drawn = draw(&[]).expect("it can be drawn");
    assert!(texts(&drawn.narrow).contains(&"Nobody moved"));
}

#[test]
fn cohorts_grow_pale() {
    let rows = [(1141, vec![0.22, 0.15, 0.12, 0.11]), (990, vec![0.21, 0.15, 0.0]), (1335, vec![0.19, 0.14])];
    let cohorts_of = |rows: &[(i32, Vec<f64>)]| -> Vec<Cohort> {
        let cells = |row: &[f64]| row.iter().map(|v| cell(Some(*v), &format!("{:.0}", v * 100.0))).collect();
        let came = periods(3);
        rows.iter()
            .zip(came)
            .map(|((count, row), came)| Cohort { came, count: count.to_string(), later: cells(row) })
            .collect()
    };
    let mut all = cohorts_of(&rows);
    all[2].later.push(cell(None, ""));
    held("cohorts", cohorts(&frame(Unit::Share), &all));
}

#[test]
fn a_composition_stops_where_a_part_is_unknown() {
    let values = |a: f64| [Some(a), Some(a + 0.05), Some(a - 0.02), None, Some(a + 0.1), None, Some(a)];
    let parts = [
        part("features", true, &values(0.3)),
        part("fixes", false, &values(0.25)),
        part("dependencies, build and CI", false, &values(0.05)),
    ];
    let mut rest = part("all other", false, &[]);
    let sum = |at: usize| parts.iter().map(|part| part.values[at]).sum::<Option<f64>>();
    rest.values = (0..7).map(|at| sum(at).map(|sum| 1.0 - sum)).collect();
    let parts: Vec<Part> = parts.into_iter().chain([rest]).collect();
    let note = Note { at: Period::new(2025, 1), text: "A release".into() };
    held("composition", composition(&frame(Unit::Share), &periods(7), &parts, Some(&note)));
}

#[test]
fn shares_name_their_parts_above_the_first_bar() {
    let wholes = CATEGORIES.map(|name| (name.to_owned(), name.contains("Kernels")));
    let rows = [[86.0, 14.0, 0.0, 0.2], [70.0, 13.0, 1.0, 16.0], [90.0, 8.0, 0.0, 2.0], [84.0, 2.0, 0.0, 14.0]];
    let column =
        |at: usize| -> Vec<Option<f64>> { rows.iter().map(|row| Some(row[at])).chain([Some(0.0), None]).collect() };
    let parts = [
        part("people alone", false, &column(0)),
        part("with an agent", true, &column(1)),
        part("by agents", false, &column(2)),
        part("by bots", false, &column(3)),
    ];
    held("shares", shares(&frame(Unit::Share), &wholes, &parts));
}

#[test]
fn an_onion_is_as_large_as_its_layers() {
    let layer = |count: f64, label: &str, detail: &str| Layer {
        label: format!("{count} {label}"),
        detail: detail.into(),
        count: Some(count),
    };
    let layers = [
        layer(149.0, "core contributors", "the fewest people who together wrote 80% of the commits"),
        layer(236.0, "regular contributors", "those who follow, up to 95% of the commits"),
        layer(171.0, "casual contributors", "everybody else"),
    ];
    held("onion", onion(&frame(Unit::Count), &layers));
}

/// Every kind, drawn from one value (or none) under one name.
fn all(frame: &Frame, name: &str, value: Option<f64>) -> Vec<Result<Drawing>> {
    let line = [series(name, true, &[value, value], false)];
    let text = value.map_or(String::new(), |_| "1".to_owned());
    let span = [Span {
        label: name.into(),
        subject: true,
        before: value,
        now: value,
        before_text: text.clone(),
        now_text: text.clone(),
    }];
    let one = cell(value, &text);
    let whole = [part(name, true, &[value, value])];
    let stream = [Stream { from: 0, to: 0, value, text: text.clone(), tested: true }];
    vec![
        trend(frame, &line, None),
        multiples(frame, &line),
        bars(frame, &[Bar { label: name.into(), value, text: text.clone(), subject: true }]),
        slope(frame, &span, ["then", "now"]),
        dots(frame, &span, ["then", "now"]),
        matrix(frame, &[(name.into(), true), (name.into(), false)], &[vec![], vec![one.clone()]]),
        migration(frame, &[name.to_owned()], &stream, ["from", "to"], name),
        cohorts(frame, &[Cohort { came: Period::new(2024, 1), count: text.clone(), later: vec![one] }]),
        composition(frame, &periods(2), &whole, None),
        shares(frame, &[(name.into(), true)], &whole),
        onion(frame, &[Layer { label: name.into(), detail: name.into(), count: value }]),
    ]
}

#[test]
fn nothing_and_a_single_value_can_be_drawn() {
    for value in [None, Some(0.0), Some(1.0), Some(-3.0)] {
        for drawing in all(&frame(Unit::Count), "One", value) {
            let drawing = drawing.expect("it can be drawn");
            assert!(!drawing.alone.contains("NaN") && !drawing.alone.contains("inf"), "{}", drawing.alone);
            assert!(count(&drawing.wide, "<text") > 0, "{}", drawing.wide);
        }
    }
}

#[test]
fn long_and_hostile_names_stay_text_within_the_drawing() {
    let hostile = format!("<script>alert('{}')</script>\n\n\"&\u{7}", "x ".repeat(300));
    for drawing in all(&frame(Unit::Count), &hostile, Some(1.0)) {
        let drawing = drawing.expect("it can be drawn");
        for svg in [&drawing.wide, &drawing.narrow, &drawing.alone] {
            assert!(!svg.contains("<script") && !svg.contains("\n\n") && !svg.contains('\u{7}'), "{svg}");
            let longest = texts(svg).into_iter().map(str::len).max().unwrap_or(0);
            assert!(longest < 200, "a text of {longest} bytes was never cut");
        }
    }
}

#[test]
fn what_is_no_number_is_refused_by_all() {
    for wrong in [f64::NAN, f64::INFINITY, 1e300] {
        for drawing in all(&frame(Unit::Count), "One", Some(wrong)) {
            assert_eq!(drawing.expect_err("it is no number").kind(), Kind::Data);
        }
    }
}

#[test]
fn a_drawing_that_stands_alone_brings_its_colours_and_becomes_pixels() {
    for drawing in all(&frame(Unit::Count), "One", Some(1.0)) {
        let drawing = drawing.expect("it can be drawn");
        let alone = &drawing.alone;
        assert!(alone.contains("xmlns=") && alone.contains("@media (prefers-color-scheme:dark)"), "{alone}");
        for said in ["Kernels draw people again", "Contributors per quarter", "Source: commits", "example.org"] {
            assert!(alone.contains(said), "{said}");
        }
        assert_eq!(count(alone, " id=\""), 2);
    }
    let drawing = all(&frame(Unit::Count), "One", Some(1.0)).remove(0).expect("it can be drawn");
    let (first, again) = (super::png(&drawing.alone), super::png(&drawing.alone));
    assert!(first.starts_with(b"\x89PNG") && first == again);
}
