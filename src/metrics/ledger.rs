//! What may be stated of a scope in a period, from its counts and its standing.

use super::catalogue::Id;
use super::figure::Standing;
use super::tally::Tally;
use super::team::Team;
use super::trees::{LineSums, Paths, Trees};
use crate::data::rules::FileKind;
use crate::data::work_type::WorkType;
use crate::plain::Number;

/// Fewer feature commits are too few to divide by.
const LEAST_FEATURES: u64 = 10;

/// Fewer changed lines of implementation are too few to divide by.
const LEAST_IMPLEMENTATION: u64 = 100;

/// The kinds of files that are written here by hand, with their lines and the share of them.
const OWN_KINDS: [(FileKind, Id, Id); 6] = [
    (FileKind::Implementation, Id::ImplementationLines, Id::ImplementationLinesShare),
    (FileKind::Test, Id::TestLines, Id::TestLinesShare),
    (FileKind::Docs, Id::DocsLines, Id::DocsLinesShare),
    (FileKind::Build, Id::BuildLines, Id::BuildLinesShare),
    (FileKind::Ci, Id::CiLines, Id::CiLinesShare),
    (FileKind::Data, Id::DataLines, Id::DataLinesShare),
];

/// A value, or none, for each metric of the tables.
pub(super) type Values = [Option<Number>; Id::COUNT];

/// One scope in one period.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Ledger {
    pub standing: Standing,
    pub values: Values,
    /// All commits, by counting them apart from the lanes.
    pub all_commits: u64,
    /// Counted commits, by adding people.
    pub people_commits: u64,
    /// Counted commits, by adding organisations.
    pub organisation_commits: u64,
    /// Counted commits of people whose organisation is known.
    pub affiliated_commits: u64,
    /// Commits by work type, added up.
    pub typed_commits: Option<u64>,
}

/// What a ledger is written from.
pub(super) struct Entries<'a> {
    pub standing: Standing,
    pub now: &'a Tally,
    /// The period before, when it is one of those looked at.
    pub before: Option<(Standing, &'a Tally)>,
    /// Whether every tracked repository is known in each period of the trailing year.
    pub knows_year: bool,
    /// Whether all of the history of every tracked repository is known.
    pub knows_history: bool,
    /// Whether every repository that is known now was known in the period before, too.
    pub knows_before: bool,
}

impl Ledger {
    /// One in which nothing is stated.
    pub fn empty(standing: Standing) -> Self {
        Self {
            standing,
            values: [None; Id::COUNT],
            all_commits: 0,
            people_commits: 0,
            organisation_commits: 0,
            affiliated_commits: 0,
            typed_commits: None,
        }
    }

    /// Writes down what may be stated.
    pub fn new(entries: &Entries) -> Self {
        let now = entries.now;
        let mut ledger = Self {
            all_commits: now.lanes.all,
            people_commits: now.commits,
            organisation_commits: now.commits_of_organisations,
            affiliated_commits: now.affiliated,
            typed_commits: now.trees.paths.as_ref().map(|paths| paths.types.iter().sum()),
            ..Self::empty(entries.standing)
        };
        ledger.count(Id::TrackedRepos, now.tracked_repos);
        if matches!(entries.standing, Standing::Untracked | Standing::Unknown) {
            return ledger;
        }
        ledger.put_activity(now, entries.knows_year);
        ledger.set(Id::OneWeekShare, Number::quotient(now.one_week, now.contributors));
        if entries.knows_before {
            ledger.count(Id::Retained, now.retained);
            ledger.count(Id::CommitsRetained, now.commits_retained);
        }
        if entries.knows_history {
            ledger.put_arrivals(now);
        }
        ledger.put_concentration(now);
        ledger.put_lanes(now);
        ledger.put_organisations(now);
        ledger.put_trees(&now.trees);
        if now.trees.paths.is_some() {
            ledger.put_team(&now.team);
        }
        // Who isn't there in an open or partly unknown period may still come, or may be where nobody looked.
        if let (Standing::Closed, Some((Standing::Closed, before))) = (entries.standing, entries.before) {
            ledger.put_departures(before, now);
        }
        ledger
    }

    /// A value.
    pub fn get(&self, id: Id) -> Option<Number> {
        self.values[id.index()]
    }

    /// States a value.
    pub fn set(&mut self, id: Id, value: Option<Number>) {
        self.values[id.index()] = value;
    }

    fn count(&mut self, id: Id, count: u64) {
        self.set(id, Some(Number::whole(count)));
    }

    fn put_activity(&mut self, now: &Tally, knows_year: bool) {
        self.count(Id::Commits, u64::from(now.lanes.cell.counted()));
        self.count(Id::Contributors, now.contributors);
        self.count(Id::ActiveRepos, now.active_repos);
        self.set(Id::ActiveWeeks, now.weeks.mean());
        self.set(Id::ActiveWeeksMedian, now.weeks.median());
        if knows_year {
            self.set(Id::ActiveWeeksYear, now.year.mean());
            self.set(Id::ActiveWeeksYearMedian, now.year.median());
        }
    }

    /// Who came before and who didn't: in a history that was cut off, anybody may have come before.
    fn put_arrivals(&mut self, now: &Tally) {
        self.count(Id::ContributorsEver, now.ever);
        self.count(Id::New, now.new);
        self.set(Id::NewShare, Number::quotient(now.new, now.contributors));
        self.count(Id::Returning, now.returning);
        self.count(Id::CommitsNew, now.commits_new);
        self.set(Id::NewOneWeekShare, Number::quotient(now.new_one_week, now.new));
        self.count(Id::DriveBy, now.drive_by);
        self.count(Id::Entrants, now.entrants);
    }

    fn put_concentration(&mut self, now: &Tally) {
        for (id, people) in [Id::Core, Id::Regular, Id::Casual].into_iter().zip(now.layers) {
            self.count(id, people);
        }
        self.set(Id::AbsenceFactor, now.absence_factor.map(Number::whole));
        self.set(Id::ElephantFactor, now.elephant_factor.map(Number::whole));
        self.set(Id::TopRepoShare, Number::quotient(now.top_repo, now.commits));
        self.set(Id::Herfindahl, Number::quotient(now.squares, i128::from(now.commits) * i128::from(now.commits)));
        self.count(Id::NewlyTracked, now.newly_tracked);
    }

    fn put_lanes(&mut self, now: &Tally) {
        let (cell, lanes) = (&now.lanes.cell, &now.lanes);
        for (id, commits) in [
            (Id::Merges, cell.merges),
            (Id::Bot, cell.bot),
            (Id::AgentAuthored, cell.agent),
            (Id::AgentAssisted, cell.assisted),
            (Id::Imported, cell.imported),
            (Id::Shared, cell.shared),
            (Id::Late, cell.late),
            (Id::DateMended, lanes.date_mended),
            (Id::CoAuthored, lanes.co_authored),
        ] {
            self.count(id, commits.into());
        }
        let people = u64::from(cell.counted());
        let all = people + u64::from(cell.agent) + u64::from(cell.bot);
        self.set(Id::BotShare, Number::quotient(cell.bot, all));
        self.set(Id::AgentAuthoredShare, Number::quotient(cell.agent, all));
        self.set(Id::AgentAssistedShare, Number::quotient(cell.assisted, people));
    }

    fn put_organisations(&mut self, now: &Tally) {
        self.count(Id::Organisations, now.organisations);
        self.set(Id::AffiliatedShare, Number::quotient(now.affiliated, now.commits));
        self.set(Id::InheritedShare, Number::quotient(now.inherited, now.commits));
        self.set(Id::UnaffiliatedShare, Number::quotient(now.commits - now.affiliated, now.commits));
    }

    fn put_trees(&mut self, trees: &Trees) {
        self.set(Id::Hours, trees.seconds.and_then(|seconds| Number::quotient(seconds, 3600)));
        if let Some(paths) = &trees.paths {
            self.put_paths(paths);
        }
        if let Some(lines) = &trees.lines {
            self.put_lines(lines);
        }
    }

    fn put_paths(&mut self, paths: &Paths) {
        let typed: u64 = paths.types.iter().sum();
        for (place, &commits) in paths.types.iter().enumerate() {
            self.count(Id::FeatureCommits.after(place), commits);
            self.set(Id::FeatureCommitsShare.after(place), Number::quotient(commits, typed));
        }
        let of = |work_type: WorkType| paths.types[work_type as usize];
        if of(WorkType::Feature) >= LEAST_FEATURES {
            let ratio = Number::quotient(of(WorkType::Performance), of(WorkType::Feature));
            self.set(Id::PerformanceToFeature, ratio);
        }
        for (id, count) in [
            (Id::FileTouches, paths.file_touches),
            (Id::ReworkedFiles, paths.reworked_files),
            (Id::MissingObjects, paths.missing_objects),
            (Id::RenamesSkipped, paths.renames_skipped),
            (Id::TooManyFiles, paths.too_many_files),
        ] {
            self.count(id, count);
        }
    }

    fn put_lines(&mut self, lines: &LineSums) {
        let of = |kind: FileKind| lines.kinds[kind as usize];
        let changed = |kind: FileKind| of(kind).added + of(kind).removed;
        let by_hand = || OWN_KINDS.into_iter().map(|(kind, ..)| of(kind));
        let (added, removed) = by_hand().fold((0, 0), |(a, r), lines| (a + lines.added, r + lines.removed));
        self.count(Id::LinesAdded, added);
        self.count(Id::LinesRemoved, removed);
        self.count(Id::LinesChanged, added + removed);
        for (kind, id, share) in OWN_KINDS {
            self.count(id, changed(kind));
            self.set(share, Number::quotient(changed(kind), added + removed));
        }
        self.count(Id::GeneratedLines, changed(FileKind::Generated));
        self.count(Id::VendoredLines, changed(FileKind::Vendored));
        self.count(Id::FileChurn, lines.file_churn);
        if changed(FileKind::Implementation) >= LEAST_IMPLEMENTATION {
            let ratio = Number::quotient(changed(FileKind::Test), changed(FileKind::Implementation));
            self.set(Id::TestToImplementation, ratio);
        }
    }

    fn put_team(&mut self, team: &Team) {
        self.set(Id::Coordination, team.coordination());
        self.set(Id::MeanDegree, team.mean_degree());
        self.set(Id::LargestGroupShare, team.largest_group_share());
        self.count(Id::TightCore, team.is_tight().into());
        self.count(Id::Hub, team.has_hub().into());
        self.count(Id::Scattered, team.is_scattered().into());
    }

    fn put_departures(&mut self, before: &Tally, now: &Tally) {
        self.count(Id::Churned, now.churned);
        self.set(Id::ChurnRate, Number::quotient(now.churned, before.contributors));
        self.set(Id::Retention, Number::quotient(before.contributors - now.churned, before.contributors));
        let [core, regular, casual] = now.layers_churned;
        self.count(Id::CoreChurned, core);
        self.count(Id::RegularChurned, regular);
        self.count(Id::CasualChurned, casual);
        self.set(Id::CoreRetention, Number::quotient(before.layers[0] - core, before.layers[0]));
    }
}
