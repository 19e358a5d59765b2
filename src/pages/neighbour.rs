//! What a category or a repository shares with others of its kind: people in both, who came over, who went there.
//! Every count is as it may be published.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::address::Address;
use super::cell::ABSENT;
use super::ground::{Ground, shown};
use super::wording::{self, Style};
use crate::figures::{Shown, mask};
use crate::metrics::{Scope, Side};
use crate::plain::{Number, Period, Unit};

/// Another of its kind.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbour {
    /// What readers call it.
    pub title: String,
    /// Its page; absent for what has none.
    pub path: Option<String>,
    /// One count for each column of the table.
    pub counts: Vec<String>,
}

/// All neighbours with something to tell, and how many there are of whom little may be said.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Neighbours {
    /// The titles of the columns.
    pub columns: Vec<&'static str>,
    /// Those with most people first; where only `<5` may be said, by name, since an order would tell more.
    pub rows: Vec<Neighbour>,
    /// How many more there are with fewer people than may be said, when they would fill the page.
    pub more: usize,
}

/// More rows than these of which nothing but `<5` may be said are counted instead.
const MOST_SMALL: usize = 5;

/// Which repositories people came from to another in any period, by where they came to.
#[derive(Debug, Default)]
pub struct Moves {
    came: BTreeMap<Scope, BTreeSet<Scope>>,
    went: BTreeMap<Scope, BTreeSet<Scope>>,
}

impl Moves {
    /// Of all flows among the scopes that were measured ahead.
    #[must_use]
    pub fn new(scopes: &[&Scope]) -> Self {
        let mut moves = Self::default();
        for scope in scopes {
            if let Scope::Flow(from, to) = scope
                && let (from @ Scope::Repo(_), to @ Scope::Repo(_)) = (from.scope(), to.scope())
            {
                moves.came.entry(to.clone()).or_default().insert(from.clone());
                moves.went.entry(from).or_default().insert(to);
            }
        }
        moves
    }

    /// Where people came from to a repository, and where they went from there.
    #[must_use]
    pub fn of(&self, scope: &Scope) -> [Option<&BTreeSet<Scope>>; 2] {
        [self.came.get(scope), self.went.get(scope)]
    }

    /// What is between a repository and others in a period.
    #[must_use]
    pub fn neighbours(&self, ground: &Ground, scope: &Scope, period: Period) -> Neighbours {
        let flow = |is_measured: bool, from: &Scope, to: &Scope| {
            let pair = is_measured.then(|| Scope::Flow(side(from), side(to)));
            let shown = pair.and_then(|pair| mask::shown(ground.figures(), &pair, "flow", period));
            // A direction without a row was looked at, and nobody went that way.
            shown.unwrap_or(Shown::Exact(Number::ZERO))
        };
        let none = BTreeSet::new();
        let (came, went) = (self.came.get(scope).unwrap_or(&none), self.went.get(scope).unwrap_or(&none));
        let rows = came.union(went).map(|other| {
            let counts = vec![flow(came.contains(other), other, scope), flow(went.contains(other), scope, other)];
            (other.clone(), counts)
        });
        table(ground, vec!["Came from there", "Went there"], rows)
    }
}

/// What is between a category and all others in a period.
#[must_use]
pub fn of_category(ground: &Ground, scope: &Scope, period: Period) -> Neighbours {
    let figures = ground.figures();
    let rows = ground.categories().iter().filter(|other| *other != scope).map(|other| {
        let flow = |from: &Scope, to: &Scope| shown(figures, &Scope::Flow(side(from), side(to)), "flow", period);
        let both = shown(figures, &Scope::overlap(side(scope), side(other)), "overlap", period);
        (other.clone(), vec![both, flow(other, scope), flow(scope, other)])
    });
    table(ground, vec!["In both", "Came from there", "Went there"], rows)
}

/// What an organisation's people did in a category is counted when it is asked for: only those with most people are.
const MOST_ORGANISATIONS: usize = 24;

/// Those of the largest organisations whose people were at work in a category, then and now.
#[must_use]
pub fn organisations(ground: &Ground, all: &[Scope], scope: &Scope, period: Period) -> Neighbours {
    let figures = ground.figures();
    let size = |other: &&Scope| Reverse(shown(figures, other, "contributors", period).value());
    let mut largest: Vec<&Scope> = all.iter().collect();
    largest.sort_by_key(size);
    let rows = largest.into_iter().take(MOST_ORGANISATIONS).map(|other| {
        let pair = Scope::overlap(side(scope), side(other));
        let people = |period| shown(figures, &pair, "overlap", period);
        (other.clone(), vec![people(period), people(period.before(4))])
    });
    table(ground, vec!["People", "A year before"], rows)
}

fn table(ground: &Ground, columns: Vec<&'static str>, rows: impl Iterator<Item = (Scope, Vec<Shown>)>) -> Neighbours {
    let is_any = |shown: &Shown| match shown {
        Shown::Exact(value) => value.sign() > 0,
        Shown::Below(_) => true,
        Shown::Withheld | Shown::Nothing => false,
    };
    let mut found: Vec<(String, Scope, Vec<Shown>)> = rows
        .filter(|(_, counts)| counts.iter().any(is_any))
        .map(|(other, counts)| (ground.title(&other).into_owned(), other, counts))
        .collect();
    // An exact 0 and a masked count are alike here.
    let exact = |counts: &[Shown]| {
        let people = counts.iter().map(|shown| shown.value().filter(|value| value.sign() > 0));
        people.collect::<Vec<_>>()
    };
    found.sort_by(|(a, _, left), (b, _, right)| (Reverse(exact(left)), a).cmp(&(Reverse(exact(right)), b)));
    let mut small = 0;
    let kept = found.into_iter().filter(|(_, _, counts)| {
        small += usize::from(exact(counts).iter().all(Option::is_none));
        small <= MOST_SMALL
    });
    let rows: Vec<Neighbour> = kept
        .map(|(title, other, counts)| {
            let counts = counts
                .into_iter()
                .map(|shown| wording::shown(shown, Unit::Count, Style::default()).unwrap_or_else(|| ABSENT.to_owned()));
            Neighbour { title, path: path(&other), counts: counts.collect() }
        })
        .collect();
    Neighbours { columns, rows, more: small.saturating_sub(MOST_SMALL) }
}

/// The address of the page about a category or a repository.
#[must_use]
pub fn path(scope: &Scope) -> Option<String> {
    match scope {
        Scope::Category(slug) => Some(format!("categories/{slug}/")),
        Scope::Repo(id) => Some(format!("repos/{id}/")),
        _ => None,
    }
}

/// The same, of what has one.
#[must_use]
pub fn address(scope: &Scope) -> Address {
    Address::new(path(scope).expect("categories and repositories have a page"))
}

fn side(scope: &Scope) -> Side {
    Side::of(scope).expect("a single part is a side")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{edge, ground, kernels, period};
    use super::*;

    #[test]
    fn small_counts_stay_small() {
        let seen = of_category(&ground(), &kernels(), period("2026-Q2"));
        assert_eq!(seen.columns, ["In both", "Came from there", "Went there"]);
        let row = &seen.rows[0];
        assert_eq!((row.title.as_str(), row.path.as_deref()), ("On-device", Some("categories/edge/")));
        assert_eq!(row.counts, ["20", "<5", "9"]);
        assert_eq!(of_category(&ground(), &edge(), period("2026-Q2")).rows[0].counts, ["20", "9", "<5"]);
    }

    #[test]
    fn the_order_of_those_below_five_tells_nothing() {
        let below = Shown::Below(Number::whole(5));
        let zero = Shown::Exact(Number::ZERO);
        let many = Shown::Exact(Number::whole(7));
        let repo = |id: &str| Scope::Repo(id.to_owned());
        let mut rows =
            vec![(repo("b"), vec![below, zero]), (repo("c"), vec![zero, many]), (repo("a"), vec![zero, below])];
        rows.extend((10..25).map(|number| (repo(&format!("x{number}")), vec![below, below])));
        rows.push((repo("none"), vec![zero, Shown::Nothing]));
        let table = table(&ground(), vec!["One", "Two"], rows.into_iter());
        let titles: Vec<&str> = table.rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles[..4], ["c", "a", "b", "x10"]);
        assert_eq!((table.rows.len(), table.more), (6, 12));
    }
}
