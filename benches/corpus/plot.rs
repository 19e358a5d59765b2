//! Cost against size as a picture: seconds against repositories, both axes logarithmic.

use std::fmt::Write as _;

const SIZE: (f64, f64) = (720.0, 420.0);
const LEFT: f64 = 64.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 48.0;

/// A line of the picture, with its values by column.
struct Line<'a> {
    name: &'a str,
    values: Vec<f64>,
}

/// The cells of a markdown table.
pub fn rows(table: &str) -> Vec<Vec<String>> {
    let cells = |row: &str| row.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    table.lines().filter(|row| row.starts_with('|')).map(cells).collect()
}

/// The picture of a markdown table whose first column are stages and whose others are numbers of repositories.
pub fn plot(table: &str) -> Result<String, String> {
    let rows = rows(table);
    let [header, _, body @ ..] = &rows[..] else { return Err("there is no table with a header".to_owned()) };
    let number = |cell: &String| cell.parse::<f64>().map_err(|_| format!("`{cell}` is not a number"));
    let sizes: Vec<f64> = header[1..].iter().map(number).collect::<Result<_, _>>()?;
    let mut lines = Vec::new();
    for row in body {
        let values: Vec<f64> = row[1..].iter().map(number).collect::<Result<_, _>>()?;
        if values.len() == sizes.len() && values.iter().all(|value| *value > 0.0) {
            lines.push(Line { name: &row[0], values });
        }
    }
    Ok(picture(&sizes, &lines))
}

pub fn span(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    (values.clone().fold(f64::INFINITY, f64::min).log10(), values.fold(0.0, f64::max).log10())
}

fn picture(sizes: &[f64], lines: &[Line]) -> String {
    let (west, east) = span(sizes.iter().copied());
    let (low, high) = span(lines.iter().flat_map(|line| line.values.iter().copied()));
    let (low, high) = (low.floor(), high.ceil());
    let x = |size: f64| LEFT + (size.log10() - west) / (east - west) * (SIZE.0 - LEFT - RIGHT);
    let y = |seconds: f64| SIZE.1 - BOTTOM - (seconds.log10() - low) / (high - low) * (SIZE.1 - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<title>Seconds against repositories</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        SIZE.0, SIZE.1
    );
    let mut decade = low;
    while decade <= high {
        let at = y(10_f64.powf(decade));
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"end\">{} s</text>",
            SIZE.0 - RIGHT,
            LEFT - 8.0,
            at + 4.0,
            10_f64.powf(decade)
        );
        decade += 1.0;
    }
    for &size in sizes {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{size}</text>",
            x(size),
            SIZE.1 - BOTTOM + 20.0
        );
    }
    let middle = LEFT.midpoint(SIZE.0 - RIGHT);
    let _ =
        writeln!(svg, "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">repositories</text>", SIZE.1 - 8.0);
    let colours = ["#1b4f9c", "#b3541e", "#2f7d4f", "#7a3f98", "#8a6d1b", "#555"];
    let mut last = f64::INFINITY;
    let mut order: Vec<&Line> = lines.iter().collect();
    order.sort_by(|a, b| a.values.last().partial_cmp(&b.values.last()).unwrap_or(std::cmp::Ordering::Equal));
    for (line, colour) in order.into_iter().zip(colours.into_iter().cycle()) {
        let mut path = String::new();
        for (at, (&size, &seconds)) in sizes.iter().zip(&line.values).enumerate() {
            let _ = write!(path, "{}{:.1} {:.1}", if at == 0 { "M" } else { "L" }, x(size), y(seconds));
        }
        // Names keep apart, from the lowest line up.
        let name = (y(*line.values.last().unwrap_or(&1.0)) + 4.0).min(last - 15.0);
        last = name;
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"{:.1}\" \
             y=\"{name:.1}\" fill=\"{colour}\">{}</text>",
            SIZE.0 - RIGHT + 8.0,
            line.name
        );
    }
    svg + "</svg>\n"
}
