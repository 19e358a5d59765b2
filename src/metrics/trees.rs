//! What trees and lines say about a repository, or some of its people, in a period.

use crate::data::rules::FileKind;
use crate::data::snapshot::{AuthorWork, Lines, Snapshot};
use crate::data::work_type::WorkType;

/// What snapshots say about a period. Each depth is absent where a repository with commits wasn't mined so deep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trees {
    /// Seconds of work.
    pub seconds: Option<u64>,
    pub paths: Option<Paths>,
    pub lines: Option<LineSums>,
}

/// What trees say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paths {
    /// Commits by work type.
    pub types: [u64; WorkType::ALL.len()],
    pub file_touches: u64,
    /// What no author line has a part in alone: nothing for some people of a repository.
    pub reworked_files: u64,
    pub missing_objects: u64,
    pub renames_skipped: u64,
    pub too_many_files: u64,
}

/// What file contents say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineSums {
    pub kinds: [Lines; FileKind::ALL.len()],
    pub file_churn: u64,
}

impl Trees {
    /// Of a period in which nothing happened.
    pub const NOTHING: Self = Self {
        seconds: Some(0),
        paths: Some(Paths {
            types: [0; WorkType::ALL.len()],
            file_touches: 0,
            reworked_files: 0,
            missing_objects: 0,
            renames_skipped: 0,
            too_many_files: 0,
        }),
        lines: Some(LineSums { kinds: [Lines { added: 0, removed: 0 }; FileKind::ALL.len()], file_churn: 0 }),
    };

    /// Of a period in which something happened that nobody looked at.
    pub const UNKNOWN: Self = Self { seconds: None, paths: None, lines: None };

    /// Of a snapshot, before anybody's work.
    pub fn of_nobody(snapshot: &Snapshot) -> Self {
        let paths = snapshot.set_aside.as_ref().map(|aside| Paths {
            reworked_files: snapshot.reworked_files.unwrap_or(0).into(),
            missing_objects: aside.missing_objects.into(),
            renames_skipped: aside.renames_skipped.into(),
            too_many_files: aside.too_many_files.into(),
            ..Paths::default()
        });
        Self { seconds: Some(0), paths, lines: snapshot.lines.as_ref().map(|_| LineSums::default()) }
    }

    /// Of a snapshot, as far as it concerns only some of its people.
    pub fn of_some(snapshot: &Snapshot) -> Self {
        let all = Self::of_nobody(snapshot);
        Self { paths: all.paths.map(|_| Paths::default()), ..all }
    }

    /// Adds an author line's work.
    pub fn add(&mut self, work: &AuthorWork) {
        self.seconds = self.seconds.map(|sum| sum + work.work_seconds);
        if let (Some(paths), Some(types)) = (&mut self.paths, &work.types) {
            for (name, &commits) in types {
                let place = WorkType::ALL.iter().position(|work_type| work_type.name() == name);
                if let Some(place) = place {
                    paths.types[place] += u64::from(commits);
                }
            }
            paths.file_touches += u64::from(work.file_touches.unwrap_or(0));
        }
        if let (Some(sums), Some(lines)) = (&mut self.lines, &work.lines) {
            for (name, lines) in lines {
                let place = FileKind::ALL.iter().position(|kind| kind.name() == name);
                if let Some(place) = place {
                    let sum = &mut sums.kinds[place];
                    sum.added += lines.added;
                    sum.removed += lines.removed;
                }
            }
            sums.file_churn += work.file_churn.unwrap_or(0);
        }
    }

    /// Adds what is known of another repository; what is unknown of one is unknown of both.
    pub fn join(&mut self, other: &Self) {
        self.seconds = self.seconds.zip(other.seconds).map(|(a, b)| a + b);
        self.paths = self.paths.take().zip(other.paths.as_ref()).map(|(mut sum, more)| {
            sum.types.iter_mut().zip(&more.types).for_each(|(sum, more)| *sum += more);
            sum.file_touches += more.file_touches;
            sum.reworked_files += more.reworked_files;
            sum.missing_objects += more.missing_objects;
            sum.renames_skipped += more.renames_skipped;
            sum.too_many_files += more.too_many_files;
            sum
        });
        self.lines = self.lines.take().zip(other.lines.as_ref()).map(|(mut sum, more)| {
            for (sum, more) in sum.kinds.iter_mut().zip(&more.kinds) {
                sum.added += more.added;
                sum.removed += more.removed;
            }
            sum.file_churn += more.file_churn;
            sum
        });
    }
}

impl Default for Trees {
    fn default() -> Self {
        Self::NOTHING
    }
}
