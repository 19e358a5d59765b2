//! The charts that computed pages show: the one place where pages that no editor wrote ask for a chart.

use super::address::Address;
use super::chart::Request;
use super::chart::files::File;
use super::desk::{Desk, Page};
use super::ground::shown;
use super::safe::Safe;
use super::wording;
use crate::metrics::{Figure, Scope};
use crate::plain::{Number, Period, Result};

/// The line of a metric over all periods up to one, under a title that says what became of it; nothing where fewer than
/// two quarters are known. With its files.
pub fn trend(desk: &Desk<'_>, page: &Page, scope: &Scope, name: &str, period: Period) -> Result<(Safe, Vec<File>)> {
    let figures = desk.ground.figures();
    let known: Vec<(Period, Number)> = figures
        .periods()
        .iter()
        .filter(|other| **other <= period)
        .filter_map(|&at| Some((at, shown(figures, scope, name, at).value()?)))
        .collect();
    let (Ok(metric), true) = (desk.ground.metric(scope, name), known.len() > 1) else { return Ok(Default::default()) };
    // An open quarter is drawn, and nothing is concluded from it.
    let over: Vec<(Period, Number)> =
        known.iter().copied().filter(|(at, _)| !figures.get(scope, name, *at).is_some_and(Figure::is_open)).collect();
    let (first, last) = (known[0].0, known[known.len() - 1].0);
    let subtitle = format!("{} by quarter, {first} to {last}", wording::capitalised(metric.label));
    let request = Request::trend(scope.clone(), metric, finding(metric.label, &over), subtitle, period);
    let (html, files) = desk.hang(&request, &name.replace('_', "-"), page, &Address::new(page.path.clone()))?;
    Ok((Safe(html), files))
}

/// What became of a count: whether the last quarter stands above or below all others, else where the height was.
fn finding(label: &str, known: &[(Period, Number)]) -> String {
    let [(first, _), earlier @ ..] = known else { return wording::capitalised(label) };
    let Some(&(last, now)) = earlier.last() else { return wording::capitalised(label) };
    let before = || known[..known.len() - 1].iter().map(|(_, value)| *value);
    if before().all(|value| value < now) {
        return format!("More {label} in {last} than in any quarter since {first}");
    }
    if before().all(|value| value > now) {
        return format!("Fewer {label} in {last} than in any quarter since {first}");
    }
    let (top, most) = known.iter().rev().max_by_key(|(_, value)| *value).expect("it has a first");
    let count = |value: Number| wording::print(value, crate::plain::Unit::Count, wording::Style::default());
    match most {
        most if *most == now => format!("{} {label} in {last}, as many as ever", count(now)),
        most => format!("{} {label} at the height in {top}, {} in {last}", count(*most), count(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(values: &[i32]) -> String {
        let first: Period = "2025-Q1".parse().unwrap();
        let periods = first.through("2026-Q4".parse().unwrap());
        let known: Vec<_> = periods.zip(values.iter().map(|value| Number::whole(*value))).collect();
        finding("contributors", &known)
    }

    #[test]
    fn the_title_says_what_became_of_it() {
        assert_eq!(found(&[3, 2, 5]), "More contributors in 2025-Q3 than in any quarter since 2025-Q1");
        assert_eq!(found(&[3, 4, 2]), "Fewer contributors in 2025-Q3 than in any quarter since 2025-Q1");
        assert_eq!(found(&[3, 1400, 4]), "1,400 contributors at the height in 2025-Q2, 4 in 2025-Q3");
        assert_eq!(found(&[4, 3, 4]), "4 contributors in 2025-Q3, as many as ever");
        assert_eq!(found(&[0, 0]), "0 contributors in 2025-Q2, as many as ever");
    }
}
