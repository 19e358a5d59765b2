//! Everything that the figures are computed from.

use std::collections::HashMap;

use rayon::prelude::*;

use super::row::LineIndex;
use crate::data::history::History;
use crate::data::profiles::Profile;
use crate::data::registry::Registry;
use crate::data::settings::Periods;
use crate::data::snapshot::Snapshot;
use crate::people::{Affiliation, Roster};
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Instant, Kind, Period, Result};

/// The organisation of an author line in a period: by the place of its history, its own place in the history, and
/// the period. `None` is a person without one.
pub type Employers<'a> = dyn Fn(usize, usize, Period) -> Option<Affiliation> + Sync + 'a;

/// Everything that the figures are computed from.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The repositories in their categories.
    pub registry: &'a Registry,
    /// One per repository, in the order of the registry.
    pub histories: &'a [History],
    /// Those that were mined, in any order.
    pub snapshots: &'a [Snapshot],
    /// Who is whom, by the place of the history and of the author line.
    pub roster: &'a Roster,
    /// Who works for whom.
    pub affiliation: &'a Employers<'a>,
    /// The slugs of the organisations, by the numbers that `affiliation` gives.
    pub organisations: &'a [String],
    /// The slugs of the areas.
    pub areas: &'a [String],
    /// The kinds of work that are looked for.
    pub profiles: &'a [Profile],
    /// The reported periods.
    pub periods: Periods,
    /// Until when the publication knows.
    pub as_of: Instant,
}

impl Corpus<'_> {
    /// That the parts belong together.
    pub(super) fn check(&self) -> Result<()> {
        let mut faults = Collector::default();
        let mut histories = self.histories.iter();
        for (_, repo) in self.registry.repos() {
            let (id, history) = (&repo.id.value, histories.next());
            if history.is_none_or(|history| history.repo != *id) {
                let message = format!("`{id}` of the registry has no history at its place");
                faults.push(Diagnostic::new(Kind::Data, message).hint(format!("run `signal mine --repo {id}`")));
            }
        }
        for history in histories {
            let message = format!("the history of `{}` belongs to no repository of the registry", history.repo);
            faults.push(Diagnostic::new(Kind::Data, message).hint("add it to data/repos.yaml, or remove the file"));
        }
        let lines = self.histories.iter().map(|history| history.authors.len());
        if !lines.eq(self.roster.of_line.iter().map(Vec::len)) {
            let message = "the roster of people was made from other histories than the figures";
            faults.push(Diagnostic::new(Kind::Data, message).hint("resolve the people of these histories anew"));
        }
        self.check_snapshots(&mut faults);
        faults.finish(())
    }

    /// That each row of a snapshot is about a line of its history.
    fn check_snapshots(&self, faults: &mut Collector) {
        let mut of_repo: HashMap<&str, Vec<&Snapshot>> = HashMap::new();
        for snapshot in self.snapshots {
            of_repo.entry(&snapshot.repo).or_default().push(snapshot);
        }
        let strangers = |history: &History| -> Vec<(&Snapshot, usize)> {
            let Some(snapshots) = of_repo.get(history.repo.as_str()) else { return Vec::new() };
            let lines = LineIndex::new(history);
            let strangers = |snapshot: &Snapshot| lines.lines_of(snapshot).filter(Option::is_none).count();
            snapshots.iter().map(|it| (*it, strangers(it))).filter(|(_, count)| *count > 0).collect()
        };
        let strangers: Vec<Vec<(&Snapshot, usize)>> = self.histories.par_iter().map(strangers).collect();
        for (snapshot, strangers) in strangers.into_iter().flatten() {
            let (repo, period) = (&snapshot.repo, snapshot.period);
            let other = crate::data::snapshot::file(period, repo);
            let message = format!("{strangers} of the author lines in {} are not in it", other.display());
            let hint =
                format!("restore both files from git, or mine them anew with `signal mine --repo {repo} --fresh`");
            let fault = Diagnostic::new(Kind::Data, message).in_file(&crate::data::history::file(repo));
            faults.push(fault.hint(hint));
        }
    }
}
