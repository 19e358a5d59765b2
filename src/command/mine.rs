//! `signal mine`: the left half. Every repository by itself; one that fails doesn't stop the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::arguments::{Arguments, MineOptions};
use super::look;
use super::outcome::Outcome;
use super::progress::{Progress, Voice};
use super::units::{Unit, units};
use crate::data::cell::Cell;
use crate::data::document;
use crate::data::history::{self, History, Status};
use crate::data::mined;
use crate::data::publication::{self, Publication};
use crate::data::registry::Repo;
use crate::data::settings;
use crate::data::snapshot::{self, Beginning, Depth};
use crate::mine::{self, Files, Mined, Request, Rules, Unreadable};
use crate::plain::{Diagnostic, Kind, Period, Result, suggest};
use crate::source::{Trouble, mirror};

mod origin;

use origin::Source;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &MineOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    if let [repo, commit] = &options.explain[..] {
        return look::explain(&publication, repo, commit);
    }
    if let Some(repo) = &options.suspects {
        return look::suspects(&publication, repo);
    }
    mine(&publication, options, arguments.voice())
}

/// Mines what is due.
pub fn mine(publication: &Publication, options: &MineOptions, voice: Voice) -> Result<Outcome> {
    let repos = chosen(publication, options)?;
    if options.at.is_some() && repos.len() != 1 {
        return Err(Diagnostic::new(Kind::Usage, "`--at` names a commit of one repository, not of several")
            .hint("name one with --repo")
            .into());
    }
    let key = settings::identity_key(&publication.root, &publication.settings)?;
    let (organisations, people) = (&publication.organisations.value, &publication.people.value);
    let rules = Rules::new(key, organisations, people, &publication.rules.value, &publication.areas.value);
    let units = match (&options.at, options.shard) {
        // Taken at a commit, a copy goes with its origin as that was mined last.
        (Some(_), _) => vec![repos],
        (None, shard) => {
            let all = units(&publication.registry.value, &repos).into_iter().enumerate();
            all.filter(|(place, _)| shard.is_none_or(|shard| shard.holds(*place))).map(|(_, unit)| unit).collect()
        }
    };
    let count = units.iter().map(Vec::len).sum();
    let progress = Progress::new(count, voice);
    let miner = Miner { publication, options, rules, progress };
    let threads = usize::from(options.jobs.unwrap_or(0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Diagnostic::new(Kind::Io, format!("cannot start threads: {error}")))?;
    let failures: usize = pool.install(|| units.par_iter().map(|unit| miner.mine_unit(unit)).sum());
    miner.progress.finish();
    if failures == 0 {
        return Ok(Outcome::Done);
    }
    miner.progress.warn(&format!("{failures} of {count} repositories could not be mined; they are named above"));
    Ok(Outcome::Partial)
}

/// The repositories that the options name.
fn chosen<'a>(publication: &'a Publication, options: &MineOptions) -> Result<Vec<&'a Repo>> {
    let all: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
    let named = options.repo.iter().map(|name| named(publication, name)).collect::<Result<Vec<&Repo>>>()?;
    Ok(if options.repo.is_empty() { all } else { named })
}

/// The repository with an id or alias.
pub(super) fn named<'a>(publication: &'a Publication, name: &str) -> Result<&'a Repo> {
    let registry = &publication.registry.value;
    let is_meant =
        |repo: &&Repo| repo.id.value == name || repo.aliases.iter().any(|alias| alias.value.eq_ignore_ascii_case(name));
    registry.repos().map(|(_, repo)| repo).find(is_meant).ok_or_else(|| {
        let ids: Vec<&str> = registry.repos().map(|(_, repo)| repo.id.value.as_str()).collect();
        let fault = Diagnostic::new(Kind::Usage, format!("no repository is called `{name}`"));
        fault.hint(suggest::hint(name, ids)).into()
    })
}

/// Why one repository was not mined.
enum Failure {
    /// The file says so from now on.
    Recorded(Status, String, String),
    /// The file stays as it is.
    Passing(String),
}

fn failure(trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Busy => Failure::Passing("another `signal mine` is working on it; wait, then run again".to_owned()),
        Trouble::Gone => Failure::Recorded(
            Status::Gone,
            "the remote says that there is no such repository".to_owned(),
            String::new(),
        ),
        Trouble::Failed { reason, detail } => Failure::Recorded(Status::Failed, reason, detail),
    }
}

struct Miner<'a> {
    publication: &'a Publication,
    options: &'a MineOptions,
    rules: Rules,
    progress: Progress,
}

impl Miner<'_> {
    /// Mines an origin and its copies, and gives how many failed.
    fn mine_unit(&self, unit: &Unit<'_>) -> usize {
        let mut failed = BTreeSet::new();
        for repo in unit {
            if !self.mine(repo, &failed) {
                failed.insert(repo.id.value.as_str());
            }
        }
        failed.len()
    }

    /// Mines one repository; false when that failed.
    fn mine(&self, repo: &Repo, failed: &BTreeSet<&str>) -> bool {
        let id = &repo.id.value;
        match self.attempt(repo, failed) {
            Ok(line) => {
                self.progress.step(&format!("{id}: {line}"));
                true
            }
            Err(Failure::Passing(detail)) => {
                self.progress.warn(&format!("{id}: {detail}"));
                false
            }
            Err(Failure::Recorded(status, reason, detail)) => {
                let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
                self.progress.warn(&format!("{id}: {reason}{detail}"));
                if let Err(faults) = self.record(id, status, &reason) {
                    self.progress.warn(&faults.to_string());
                }
                false
            }
        }
    }

    fn attempt(&self, repo: &Repo, failed: &BTreeSet<&str>) -> Result<String, Failure> {
        let id = &repo.id.value;
        let root = &self.publication.root;
        let former = self.former(id)?;
        let origin = self.origin(repo, failed)?;
        let depth = self.depth(repo);
        let state = former.as_ref().and_then(|former| former.state.as_ref());
        let boundaries = state.iter().flat_map(|state| &state.boundaries).map(|boundary| &boundary.tip[..]);
        let boundaries: Vec<&str> = boundaries.collect();
        let mirror = mirror::open(root, repo, !self.options.no_fetch, depth, &boundaries).map_err(failure)?;
        if let Some(note) = mirror.note {
            self.progress.warn(&format!("{id}: {note}"));
        }
        let (from, to) = self.reported();
        let beginnings = from.through(to).filter(|_| !self.options.fresh);
        let beginnings = beginnings.filter_map(|period| {
            let file = root.join(snapshot::file(period, id));
            Beginning::read(&file).map(|beginning| (period, beginning))
        });
        let kept: BTreeMap<Period, Beginning> = beginnings.collect();
        let is_mined = former.as_ref().is_some_and(|former| former.status == Status::Mined);
        let request = Request {
            id,
            path: &mirror.path,
            branch: repo.branch.as_deref(),
            at: self.options.at.as_deref(),
            horizon: mirror.horizon,
            reported: (from, to),
            depth,
            kept: &kept,
            former: state,
            origin: origin.as_ref().map(Source::origin),
            fresh: self.options.fresh || !is_mined,
            changes: &root.join(".signal/changes"),
            reread: self.options.fresh,
        };
        let mined = mine::mine(&request, &self.rules)
            .map_err(|Unreadable { reason, detail }| Failure::Recorded(Status::Failed, reason, detail))?;
        match mined {
            Mined::Current => Ok("nothing new".to_owned()),
            Mined::Files(files) => {
                // The history goes last: where it stands, its snapshots stand too.
                for one in &files.snapshots {
                    self.write(&snapshot::file(one.period, id), &one.to_yaml())?;
                }
                if let Some(history) = &files.history {
                    self.write(&history::file(id), &history.to_yaml())?;
                }
                let former_restated = request.former.map_or(0, |former| former.restated.len());
                Ok(self.summary(id, &files, former_restated))
            }
        }
    }

    /// What was mined, in a line; what the user should know besides is said before it.
    fn summary(&self, id: &str, files: &Files, former_restated: usize) -> String {
        let account = &files.account;
        if let Some(faults) = &account.fault {
            self.progress.warn(&format!("{id}: what was read of its commits could not be kept for later: {faults}"));
        }
        let rows = match &files.history {
            Some(history) => self.rows(id, history, former_restated),
            None => "nothing new in its history".to_owned(),
        };
        match account.read + account.remembered {
            0 => rows,
            all => format!("{rows}; changes of {all} commits, {} of them read from trees", account.read),
        }
    }

    fn rows(&self, id: &str, history: &History, former_restated: usize) -> String {
        let state = history.state.as_ref().expect("a mined history has a state");
        for restated in state.restated.iter().skip(former_restated) {
            let vanished = restated.vanished.map_or(String::new(), |count| format!("{count} commits vanished; "));
            let (from, through) = (restated.from, restated.through);
            let branch = if restated.of_origin { "the branch of its origin" } else { "the branch" };
            self.progress.warn(&format!("{id}: {branch} was rewritten: {vanished}{from} to {through} are restated"));
        }
        if state.missing_mailmap {
            self.progress.warn(&format!(
                "{id}: its .mailmap is missing in the mirror, so that nobody is known by two addresses through it; \
                 it is read when it comes"
            ));
        }
        let commits: u32 = history.authors.iter().flat_map(|line| line.active.0.values()).map(Cell::counted).sum();
        let missing = match state.missing {
            0 => String::new(),
            count => format!(", {count} missing"),
        };
        format!("{commits} commits of {} author lines{missing}", history.authors.len())
    }

    /// How deep the commits of a repository are read.
    fn depth(&self, repo: &Repo) -> Depth {
        repo.depth.or(self.publication.settings.value.depth).unwrap_or(Depth::Headers)
    }

    fn reported(&self) -> (Period, Period) {
        let periods = self.publication.settings.value.periods.value;
        self.options.period.map_or((periods.from, periods.to), |period| (period, period))
    }

    /// What was mined before. A file that can't be read is never overwritten unasked.
    fn former(&self, id: &str) -> Result<Option<History>, Failure> {
        let root = &self.publication.root;
        if !root.join(history::file(id)).exists() {
            return Ok(None);
        }
        match mined::read_history(root, id) {
            Ok(former) => Ok(Some(former)),
            Err(_) if self.options.fresh => Ok(None),
            Err(faults) => Err(Failure::Passing(faults.to_string())),
        }
    }

    fn write(&self, file: &Path, text: &str) -> Result<(), Failure> {
        let written = document::write(&self.publication.root, file, text);
        written.map(drop).map_err(|faults| Failure::Passing(faults.to_string()))
    }

    /// Notes a failure in the file, next to all that was mined before.
    fn record(&self, id: &str, status: Status, reason: &str) -> Result<()> {
        let root = &self.publication.root;
        let mut history = match mined::read_history(root, id) {
            Ok(history) => history,
            Err(faults) if faults.kind() == Kind::Missing => History::unmined(id, status, reason),
            Err(faults) => return Err(faults),
        };
        history.status = status;
        history.reason = Some(reason.to_owned());
        document::write(root, &history::file(id), &history.to_yaml()).map(drop)
    }
}
