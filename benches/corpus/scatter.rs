//! What mining cost against three sizes of a repository: a dot each, all axes logarithmic.

use std::fmt::Write as _;

use crate::plot::{rows, span};

/// The columns of the sizes, and the one of the cost.
const SIZES: [&str; 3] = ["commits", "authors", "changes"];
const COST: &str = "of cores";

const PANEL: (f64, f64) = (300.0, 300.0);
const LEFT: f64 = 56.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 48.0;

/// The picture of the table of `benches/mining.sh`.
pub fn scatter(table: &str) -> Result<String, String> {
    let rows = rows(table);
    let [header, _, body @ ..] = &rows[..] else { return Err("there is no table with a header".to_owned()) };
    let column = |name: &str| {
        let at = header.iter().position(|cell| cell == name).ok_or_else(|| format!("there is no column `{name}`"))?;
        let number = |row: &Vec<String>| {
            let cell = row.get(at).map_or("", String::as_str);
            cell.parse::<f64>().map_err(|_| format!("`{cell}` is not a number"))
        };
        body.iter().map(number).collect::<Result<Vec<f64>, String>>()
    };
    let cost = column(COST)?;
    let (low, high) = span(cost.iter().copied());
    let (low, high) = (low.floor(), high.ceil());
    let y = |seconds: f64| PANEL.1 - BOTTOM - (seconds.log10() - low) / (high - low) * (PANEL.1 - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<title>Seconds of mining against commits, authors and changed files</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        PANEL.0 * 3.0,
        PANEL.1
    );
    let mut west = 0.0;
    for name in SIZES {
        let sizes = column(name)?;
        let (from, to) = span(sizes.iter().copied());
        let (from, to) = (from.floor(), to.ceil());
        let (left, right) = (west + LEFT, west + PANEL.0 - RIGHT);
        let x = |size: f64| left + (size.log10() - from) / (to - from) * (right - left);
        for decade in decades(low, high) {
            let at = y(decade);
            let _ = writeln!(
                svg,
                "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{decade} s</text>",
                left - 6.0,
                at + 4.0
            );
        }
        let foot = PANEL.1 - BOTTOM;
        for decade in decades(from, to) {
            let at = x(decade);
            let _ = writeln!(
                svg,
                "<path d=\"M{at:.1} {TOP}V{foot}\" stroke=\"#eee\"/><text x=\"{at:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\">{decade}</text>",
                foot + 18.0
            );
        }
        for (&size, &seconds) in sizes.iter().zip(&cost) {
            // Nothing has no place on a logarithmic axis.
            if size > 0.0 && seconds > 0.0 {
                let _ = writeln!(
                    svg,
                    "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"#1b4f9c\" fill-opacity=\"0.6\"/>",
                    x(size),
                    y(seconds)
                );
            }
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>",
            left.midpoint(right),
            PANEL.1 - 8.0
        );
        west += PANEL.0;
    }
    Ok(svg + "</svg>\n")
}

/// The powers of ten from one to another.
fn decades(from: f64, to: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(from), |decade| Some(decade + 1.0))
        .take_while(move |decade| *decade <= to)
        .map(|decade| 10_f64.powf(decade))
}
