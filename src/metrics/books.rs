//! The laws of conservation: what must add up, in every build.

use super::calendar::Calendar;
use super::catalogue::Id;
use super::figure::Standing;
use super::ledger::Ledger;
use super::scope::Scope;
use super::sheet::Sheet;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Number, Period, Result};

/// Figures of parts that add up to the figure of the whole.
const ADDITIVE: [(Id, &str); 16] = [
    (Id::Commits, "commits = the sum over its parts"),
    (Id::ActiveRepos, "active repositories = the sum over its parts"),
    (Id::Merges, "merges = the sum over its parts"),
    (Id::Bot, "commits by bots = the sum over its parts"),
    (Id::AgentAuthored, "commits by agents = the sum over its parts"),
    (Id::AgentAssisted, "commits with agents = the sum over its parts"),
    (Id::Imported, "imported commits = the sum over its parts"),
    (Id::Shared, "shared commits = the sum over its parts"),
    (Id::Late, "late commits = the sum over its parts"),
    (Id::Hours, "hours = the sum over its parts"),
    (Id::LinesChanged, "lines changed = the sum over its parts"),
    (Id::FileTouches, "changes to files = the sum over its parts"),
    (Id::ReworkedFiles, "reworked files = the sum over its parts"),
    (Id::FeatureCommits, "feature commits = the sum over its parts"),
    (Id::OtherCommits, "other commits = the sum over its parts"),
    (Id::MissingObjects, "commits with a missing file = the sum over its parts"),
];

struct Auditor<'a> {
    sheet: &'a Sheet,
    period: Period,
    faults: &'a mut Collector,
}

impl Auditor<'_> {
    fn equal(&mut self, law: &str, left: Number, right: Number) {
        self.demand(law, left, right, left == right);
    }

    fn demand(&mut self, law: &str, left: Number, right: Number, holds: bool) {
        if !holds {
            let (scope, period) = (&self.sheet.scope, self.period);
            let message =
                format!("the books of {scope} don't balance in {period}: {law}, but {left} stands against {right}");
            let hint = "restore data/history and data/snapshots from git, or mine them anew with `signal mine --fresh`; \
                        if that doesn't help, it is a fault of Signal";
            self.faults.push(Diagnostic::new(Kind::Books, message).hint(hint));
        }
    }

    /// The laws that concern a scope alone.
    fn audit(&mut self, before: Option<&Ledger>, now: &Ledger) {
        let sum = |ids: &[Id]| ids.iter().try_fold(Number::ZERO, |sum, &id| Some(sum.plus(now.get(id)?)));
        if let (Some(commits), Some(contributors)) = (now.get(Id::Commits), now.get(Id::Contributors)) {
            if let Some(parts) = sum(&[Id::New, Id::Retained, Id::Returning]) {
                self.equal("contributors = new + retained + returning", contributors, parts);
            }
            if let Some(parts) = sum(&[Id::Core, Id::Regular, Id::Casual]) {
                self.equal("contributors = core + regular + casual", contributors, parts);
            }
            let lanes = [Id::Commits, Id::Merges, Id::Bot, Id::AgentAuthored, Id::Imported, Id::Shared];
            if let Some(lanes) = sum(&lanes) {
                self.equal("all commits = merges + lanes", Number::whole(now.all_commits), lanes);
            }
            self.equal("commits = the sum over people", commits, Number::whole(now.people_commits));
            let organisations = Number::whole(now.organisation_commits);
            self.equal("commits = the sum over organisations", commits, organisations);
            if let Some(typed) = now.typed_commits.map(Number::whole) {
                self.demand("commits by type ≤ commits", typed, commits, typed <= commits);
            }
        }
        let kinds = [Id::ImplementationLines, Id::TestLines, Id::DocsLines, Id::BuildLines, Id::CiLines, Id::DataLines];
        if let (Some(changed), Some(kinds)) = (now.get(Id::LinesChanged), sum(&kinds)) {
            self.equal("lines changed = the sum over kinds of files", changed, kinds);
        }
        if let (Some(churned), Some(retained)) = (now.get(Id::Churned), now.get(Id::Retained)) {
            if let Some(contributors) = before.and_then(|before| before.get(Id::Contributors)) {
                self.equal("contributors before = retained + churned", contributors, retained.plus(churned));
            }
            if let Some(layers) = sum(&[Id::CoreChurned, Id::RegularChurned, Id::CasualChurned]) {
                self.equal("churned = the sum over layers", churned, layers);
            }
        }
    }

    /// The laws of a whole and its parts.
    fn audit_whole(&mut self, before: Option<&Ledger>, now: &Ledger, parts: &[&Ledger]) {
        let sum = |id: Id| parts.iter().filter_map(|part| part.get(id)).fold(Number::ZERO, Number::plus);
        for (id, law) in ADDITIVE {
            if let Some(whole) = now.get(id) {
                self.equal(law, whole, sum(id));
            }
        }
        if let Some(people) = now.get(Id::Contributors) {
            let (most, least) =
                (sum(Id::Contributors), parts.iter().filter_map(|part| part.get(Id::Contributors)).max());
            self.demand("people of a whole ≤ the sum over its parts", people, most, people <= most);
            let least = least.unwrap_or(Number::ZERO);
            self.demand("people of a whole ≥ those of its largest part", people, least, people >= least);
        }
        let Some(before) = before else { return };
        if let (Standing::Closed, Standing::Closed) = (before.standing, now.standing)
            && let (Some(was), Some(is)) = (before.get(Id::Commits), now.get(Id::Commits))
            && let Some(change) = is.minus(was).times(100).over(was)
        {
            self.equal("the change of commits = the contributions to it", change, sum(Id::ContributionToChange));
        }
    }
}

impl Auditor<'_> {
    /// The laws of the corpus and its organisations.
    fn audit_organisations(&mut self, whole: &Ledger, organisations: &[&Ledger]) {
        let sum = |id: Id| organisations.iter().filter_map(|one| one.get(id)).fold(Number::ZERO, Number::plus);
        if whole.get(Id::Commits).is_some() {
            let (affiliated, members) = (Number::whole(whole.affiliated_commits), sum(Id::Commits));
            self.equal("commits of known organisations = the sum over organisations", affiliated, members);
        }
        if let Some(hours) = whole.get(Id::Hours) {
            let members = sum(Id::Hours);
            self.demand("hours ≥ the sum over organisations", hours, members, hours >= members);
        }
    }
}

/// Checks every law in every scope and measured period.
pub(super) fn balance(sheets: &[Sheet], calendar: &Calendar) -> Result<()> {
    let mut faults = Collector::default();
    let mut parts: Vec<Vec<&Sheet>> = vec![Vec::new(); sheets.len()];
    for sheet in sheets.iter().filter(|sheet| sheet.is_partition) {
        if let Some(parent) = sheet.parent {
            parts[parent].push(sheet);
        }
    }
    let periods: Vec<Period> = calendar.periods().collect();
    for (sheet, parts) in sheets.iter().zip(&parts) {
        for at in calendar.reported() {
            let mut auditor = Auditor { sheet, period: periods[at], faults: &mut faults };
            let before = at.checked_sub(1).map(|before| &sheet.ledgers[before]);
            auditor.audit(before, &sheet.ledgers[at]);
            if !parts.is_empty() {
                let parts: Vec<&Ledger> = parts.iter().map(|part| &part.ledgers[at]).collect();
                auditor.audit_whole(before, &sheet.ledgers[at], &parts);
            }
        }
    }
    let organisations: Vec<&Sheet> = sheets.iter().filter(|it| matches!(*it.scope, Scope::Organisation(_))).collect();
    for at in calendar.reported() {
        let mut auditor = Auditor { sheet: &sheets[0], period: periods[at], faults: &mut faults };
        let ledgers: Vec<&Ledger> = organisations.iter().map(|sheet| &sheet.ledgers[at]).collect();
        auditor.audit_organisations(&sheets[0].ledgers[at], &ledgers);
    }
    faults.finish(())
}
