//! What may be stated of a scope in a period, from its counts and its standing.

use super::catalogue::Id;
use super::figure::Standing;
use super::tally::Tally;
use crate::plain::Number;

/// A value, or none, for each metric of the tables.
pub(super) type Values = [Option<Number>; Id::COUNT];

/// One scope in one period.
#[derive(Clone)]
pub(super) struct Ledger {
    pub standing: Standing,
    pub values: Values,
    /// All commits, by counting them apart from the lanes.
    pub all_commits: u64,
    /// Counted commits, by adding people.
    pub people_commits: u64,
    /// Counted commits, by adding organisations.
    pub organisation_commits: u64,
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
    /// Writes down what may be stated.
    pub fn new(entries: &Entries) -> Self {
        let now = entries.now;
        let mut ledger = Self {
            standing: entries.standing,
            values: [None; Id::COUNT],
            all_commits: now.lanes.all,
            people_commits: now.commits,
            organisation_commits: now.commits_of_organisations,
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
        self.set(Id::Hours, now.seconds.and_then(|seconds| Number::quotient(seconds, 3600)));
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
    }

    fn put_concentration(&mut self, now: &Tally) {
        for (id, people) in [Id::Core, Id::Regular, Id::Casual].into_iter().zip(now.layers) {
            self.count(id, people);
        }
        self.set(Id::AbsenceFactor, now.absence_factor.map(Number::whole));
        self.set(Id::ElephantFactor, now.elephant_factor.map(Number::whole));
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
