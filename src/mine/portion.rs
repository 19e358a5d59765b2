//! What trees and lines say about one period: sums that can be added up in any order.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::change::{Changes, Content, Fate, FileChange};
use super::work::paths::PathFacts;
use super::work::{Attributes, FileKind, Paths, WorkRules};
use crate::data::snapshot::{AreaWork, Lines, SetAside};
use crate::plain::Period;
use crate::plain::day::week_number;

/// A commit over so many files says nothing about who works with whom.
const MOST_SHARED: usize = 100;

/// A commit that is counted in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its index in the walk.
    pub at: u32,
    /// The author line.
    pub line: u32,
    /// The week, from the period's first.
    pub week: u8,
}

/// The sums of a period, or of some of its commits.
#[derive(Debug, Default)]
pub struct Portion {
    set_aside: SetAside,
    rows: BTreeMap<u32, Row>,
    files: HashMap<Vec<u8>, FileUse>,
}

/// What an author line did.
#[derive(Debug, Default)]
struct Row {
    types: BTreeMap<&'static str, u32>,
    areas: BTreeMap<u16, Area>,
    lines: BTreeMap<&'static str, Lines>,
    file_touches: u32,
    file_churn: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Area {
    commits: u32,
    weeks: u16,
}

/// Who changed a file, and when it was touched.
#[derive(Debug, Default)]
struct FileUse {
    /// Weeks with a commit on it when it existed already.
    weeks: u16,
    /// Author lines; of implementation and test files alone.
    lines: BTreeSet<u32>,
}

/// What stands in a snapshot about an author line.
#[derive(Debug, Default)]
pub struct RowWork {
    /// Commits by work type.
    pub types: BTreeMap<String, u32>,
    /// Work by area.
    pub areas: BTreeMap<String, AreaWork>,
    /// Lines by kind.
    pub lines: BTreeMap<String, Lines>,
    /// Pairs of commit and file that existed before.
    pub file_touches: u32,
    /// Lines changed in those.
    pub file_churn: u64,
}

impl Portion {
    /// Counts a commit.
    pub fn count(
        &mut self,
        counted: Counted,
        message: &[u8],
        changes: &Changes,
        paths: &mut Paths<'_>,
        attributes: &Attributes,
    ) {
        self.set_aside.missing_objects += u32::from(changes.lacks.is_some());
        self.set_aside.renames_skipped += u32::from(changes.renames_skipped);
        let Some(files) = &changes.files else { return };
        let facts: Vec<_> = files.iter().map(|file| paths.facts(&file.path)).collect();
        let rules = paths.rules();
        let kind = |(file, facts): (&FileChange, &Arc<PathFacts>)| {
            rules.kind_from(facts, attributes.of(&file.path), file.says_generated)
        };
        let kinds: Vec<FileKind> = files.iter().zip(&facts).map(kind).collect();
        let telling = facts.iter().zip(&kinds).filter(|(_, kind)| !is_foreign(**kind));
        let of_paths: Vec<&[u16]> = telling.map(|(facts, _)| &facts.areas[..]).collect();
        let row = self.rows.entry(counted.line).or_default();
        *row.types.entry(rules.work_type(message, &kinds).name()).or_default() += 1;
        for area in rules.areas_from(message, &of_paths) {
            let area = row.areas.entry(area).or_default();
            area.commits += 1;
            area.weeks |= 1 << counted.week;
        }
        let is_shared = files.len() <= MOST_SHARED;
        self.set_aside.too_many_files += u32::from(!is_shared);
        for (file, kind) in files.iter().zip(kinds) {
            if changes.lacks.is_none() {
                row.count(file, kind);
            }
            if file.content == Content::Link || is_foreign(kind) {
                continue;
            }
            let is_touched = file.fate != Fate::Added;
            let shows_author = is_shared && matches!(kind, FileKind::Implementation | FileKind::Test);
            if !is_touched && !shows_author {
                continue;
            }
            // A renamed file was changed under both of its names.
            for path in [Some(&file.path), file.was.as_ref()].into_iter().flatten() {
                let used = self.files.entry(path.clone()).or_default();
                used.weeks |= u16::from(is_touched) << counted.week;
                if shows_author {
                    used.lines.insert(counted.line);
                }
            }
        }
    }

    /// Notes how many `.gitattributes` of the period's boundary can't be read.
    pub fn miss_attributes(&mut self, count: usize) {
        self.set_aside.missing_attributes = u32::try_from(count).unwrap_or(u32::MAX);
    }

    /// Adds the sums of other commits of the same period.
    pub fn add(&mut self, other: Self) {
        self.set_aside.missing_objects += other.set_aside.missing_objects;
        self.set_aside.renames_skipped += other.set_aside.renames_skipped;
        self.set_aside.too_many_files += other.set_aside.too_many_files;
        for (line, row) in other.rows {
            self.rows.entry(line).or_default().add(row);
        }
        for (path, used) in other.files {
            let mine = self.files.entry(path).or_default();
            mine.weeks |= used.weeks;
            mine.lines.extend(used.lines);
        }
    }

    /// What could not be counted.
    #[must_use]
    pub fn set_aside(&self) -> SetAside {
        self.set_aside.clone()
    }

    /// Lines by kind, of all author lines.
    #[must_use]
    pub fn lines(&self) -> BTreeMap<String, Lines> {
        let mut sum = BTreeMap::new();
        for row in self.rows.values() {
            add_lines(&mut sum, &row.lines);
        }
        named(sum)
    }

    /// Files touched in two or more weeks. The two names of a renamed file are two files.
    #[must_use]
    pub fn reworked_files(&self) -> u32 {
        let count = self.files.values().filter(|used| used.weeks.count_ones() > 1).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The sets of author lines that changed the same file, sorted; those that another one holds are left out.
    #[must_use]
    pub fn shared_files(&self) -> BTreeSet<Vec<u32>> {
        let sets: BTreeSet<&BTreeSet<u32>> =
            self.files.values().map(|used| &used.lines).filter(|lines| lines.len() > 1).collect();
        let mut sets: Vec<&BTreeSet<u32>> = sets.into_iter().collect();
        sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
        let mut kept: Vec<&BTreeSet<u32>> = Vec::new();
        for set in sets {
            if !kept.iter().any(|larger| set.is_subset(larger)) {
                kept.push(set);
            }
        }
        kept.into_iter().map(|set| set.iter().copied().collect()).collect()
    }

    /// What an author line did in a period.
    #[must_use]
    pub fn work(&self, line: u32, period: Period, rules: &WorkRules) -> RowWork {
        let Some(row) = self.rows.get(&line) else { return RowWork::default() };
        let area = |(&area, work): (&u16, &Area)| {
            let weeks = (0..16).filter(|bit| work.weeks >> bit & 1 == 1);
            let weeks = weeks.map(|bit| week_number(period.first_week() + bit)).collect();
            (rules.area_slug(area).to_owned(), AreaWork { commits: work.commits, weeks })
        };
        RowWork {
            types: row.types.iter().map(|(&name, &count)| (name.to_owned(), count)).collect(),
            areas: row.areas.iter().map(area).collect(),
            lines: named(row.lines.clone()),
            file_touches: row.file_touches,
            file_churn: row.file_churn,
        }
    }
}

/// Files that nobody here wrote by hand are a kind of their own, outside of all that is said about files.
fn is_foreign(kind: FileKind) -> bool {
    matches!(kind, FileKind::Vendored | FileKind::Generated)
}

/// The paths that show what areas a commit belongs to.
#[must_use]
pub fn telling_paths<'a>(files: &'a [FileChange], kinds: &[FileKind]) -> Vec<&'a [u8]> {
    files.iter().zip(kinds).filter(|(_, kind)| !is_foreign(**kind)).map(|(file, _)| &file.path[..]).collect()
}

impl Row {
    fn count(&mut self, file: &FileChange, kind: FileKind) {
        if let Content::Text { added, removed } = file.content
            && added + removed > 0
        {
            let lines = self.lines.entry(kind.name()).or_default();
            lines.added += u64::from(added);
            lines.removed += u64::from(removed);
        }
        if file.fate == Fate::Added || file.content == Content::Link || is_foreign(kind) {
            return;
        }
        self.file_touches += 1;
        if let Content::Text { added, removed } = file.content {
            self.file_churn += u64::from(added) + u64::from(removed);
        }
    }

    fn add(&mut self, other: Self) {
        for (name, count) in other.types {
            *self.types.entry(name).or_default() += count;
        }
        for (area, work) in other.areas {
            let mine = self.areas.entry(area).or_default();
            mine.commits += work.commits;
            mine.weeks |= work.weeks;
        }
        add_lines(&mut self.lines, &other.lines);
        self.file_touches += other.file_touches;
        self.file_churn += other.file_churn;
    }
}

fn add_lines(sum: &mut BTreeMap<&'static str, Lines>, more: &BTreeMap<&'static str, Lines>) {
    for (&name, lines) in more {
        let mine = sum.entry(name).or_default();
        mine.added += lines.added;
        mine.removed += lines.removed;
    }
}

fn named(lines: BTreeMap<&'static str, Lines>) -> BTreeMap<String, Lines> {
    lines.into_iter().map(|(name, lines)| (name.to_owned(), lines)).collect()
}
