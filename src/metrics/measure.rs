//! From the data to every figure.

use rayon::prelude::*;

use super::between;
use super::books;
use super::calendar::Calendar;
use super::catalogue::Id;
use super::corpus::Corpus;
use super::figure::{Measured, Standing};
use super::part::{Part, Snapshots};
use super::scope::Scope;
use super::sheet::{Desk, Sheet};
use crate::plain::{Number, Result};

/// Measures corpus, categories and repositories in every reported period.
///
/// Returns the figures of the corpus, then of the categories, then of the repositories, each in the order of the
/// registry, by period and in the order of the catalogue; then what is between them. Fails when the parts of `corpus` don't belong together
/// (`Kind::Data`) or the books don't balance (`Kind::Books`).
pub fn measure(corpus: &Corpus) -> Result<Vec<Measured>> {
    corpus.check()?;
    let calendar = Calendar::new(corpus.periods);
    let parts = parts(corpus, &calendar);
    let sheets = sheets(corpus, &parts, &calendar);
    books::balance(&sheets, &calendar)?;
    let by_scope: Vec<Vec<Measured>> = sheets.par_iter().map(|sheet| sheet.figures(&calendar)).collect();
    let mut figures = Vec::with_capacity(by_scope.iter().map(Vec::len).sum());
    figures.extend(by_scope.into_iter().flatten());
    let inputs = between::Inputs { corpus, parts: &parts, calendar: &calendar, profiles: corpus.profiles };
    figures.extend(between::measure(&inputs));
    Ok(figures)
}

/// Every repository, in the order of the registry.
pub(super) fn parts(corpus: &Corpus, calendar: &Calendar) -> Vec<Part> {
    let snapshots: Snapshots =
        corpus.snapshots.iter().map(|snapshot| ((snapshot.repo.as_str(), snapshot.period), snapshot)).collect();
    let repos: Vec<_> = corpus.registry.repos().map(|(_, repo)| repo).collect();
    repos.par_iter().enumerate().map(|(place, repo)| Part::new(corpus, place, repo, &snapshots, calendar)).collect()
}

/// A sheet for every scope: wholes before their parts.
pub(super) fn sheets(corpus: &Corpus, parts: &[Part], calendar: &Calendar) -> Vec<Sheet> {
    let mut scopes: Vec<(Scope, Option<usize>, Vec<&Part>)> = vec![(Scope::Corpus, None, parts.iter().collect())];
    let mut rest = parts.iter();
    let mut single = Vec::new();
    for category in &corpus.registry.categories {
        let own: Vec<&Part> = rest.by_ref().take(category.repos.len()).collect();
        for (repo, part) in category.repos.iter().zip(&own) {
            single.push((Scope::Repo(repo.id.value.clone()), Some(scopes.len()), vec![*part]));
        }
        scopes.push((Scope::Category(category.slug.value.clone()), Some(0), own));
    }
    scopes.extend(single);
    let desk = Desk { calendar, people: &corpus.roster.persons };
    let mut sheets: Vec<Sheet> =
        scopes.into_par_iter().map(|(scope, parent, parts)| Sheet::new(scope, parent, &parts, desk)).collect();
    contribute(&mut sheets, calendar);
    sheets
}

/// Each part's contribution to the change of its whole, in percentage points.
fn contribute(sheets: &mut [Sheet], calendar: &Calendar) {
    for place in 0..sheets.len() {
        for at in calendar.reported().filter(|&at| at > 0) {
            let value = contribution(sheets, place, at);
            sheets[place].ledgers[at].set(Id::ContributionToChange, value);
        }
    }
}

fn contribution(sheets: &[Sheet], place: usize, at: usize) -> Option<Number> {
    let (part, whole) = (&sheets[place], &sheets[sheets[place].parent?]);
    let closed = |at: usize| whole.ledgers[at].standing == Standing::Closed;
    if !closed(at) || !closed(at - 1) {
        return None;
    }
    let before = match part.ledgers[at - 1].standing {
        Standing::Untracked => Number::ZERO,
        _ => part.ledgers[at - 1].get(Id::Commits)?,
    };
    let moved = part.ledgers[at].get(Id::Commits)?.minus(before).times(100);
    moved.over(whole.ledgers[at - 1].get(Id::Commits)?)
}
