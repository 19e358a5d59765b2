//! The commits of all periods that are due: what is remembered of them, the rest from trees and blobs.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use gix::ObjectId;

use super::Unreadable;
use super::change::Changes;
use super::commit::Commit;
use super::differ::{AttributeFiles, Differ};
use super::encoding::Writer;
use super::history::Request;
use super::memory::{Facts, Memory};
use super::objects::Shared;
use super::portion::{Counted, Portion};
use super::rules::Rules;
use super::work::{Attributes, Paths};
use super::workers::{self, Job};
use crate::plain::Period;
use crate::plain::diagnostic::Faults;

/// How commits became known.
#[derive(Debug, Default)]
pub struct Account {
    /// Those whose trees were compared.
    pub read: usize,
    /// Those that were remembered.
    pub remembered: usize,
    /// Why what was read could not be kept: the next run has to read it again.
    pub fault: Option<Faults>,
}

/// A period whose commits are read.
pub struct Part {
    period: Period,
    /// The commit whose attributes hold: a closed period must not change with the tip.
    boundary: ObjectId,
    jobs: Vec<Job>,
    /// From its first commit on that is read to the last.
    known: Mutex<Option<Arc<Known>>>,
}

/// What is known of a period before its commits are read.
struct Known {
    facts: Option<Facts>,
    files: AttributeFiles,
    attributes: Attributes,
}

impl Part {
    /// Of the commits that are counted in a period; `ids` are those of the walk.
    #[must_use]
    pub fn new(period: Period, boundary: ObjectId, counted: &[Counted], ids: &[ObjectId]) -> Self {
        let jobs = counted.iter().map(|&counted| Job { commit: ids[counted.at as usize], counted }).collect();
        Self { period, boundary, jobs, known: Mutex::default() }
    }
}

/// Reads the commits of a repository.
pub struct Reading<'a> {
    request: &'a Request<'a>,
    rules: &'a Rules,
    memory: &'a Memory,
    /// By the boundary that they are taken from.
    attributes: Mutex<BTreeMap<ObjectId, AttributeFiles>>,
    shared: OnceLock<Arc<Shared>>,
}

/// What one thread knows by now.
struct Worker<'a> {
    differ: Differ<'a>,
    paths: Paths<'a>,
}

/// What one thread made of some commits.
#[derive(Default)]
struct Made {
    portion: Portion,
    /// The bytes of what was read of each commit.
    read: HashMap<ObjectId, Vec<u8>>,
    remembered: usize,
}

impl<'a> Reading<'a> {
    /// Reads nothing yet.
    #[must_use]
    pub fn new(request: &'a Request<'a>, rules: &'a Rules, memory: &'a Memory) -> Self {
        Self { request, rules, memory, attributes: Mutex::default(), shared: OnceLock::new() }
    }

    /// Gives what `finish` makes of the sums of each part, in their order. What was read of neighbours is kept a while.
    pub fn read<T: Send>(
        &self,
        parts: &[Part],
        finish: impl Fn(usize, &Portion) -> T + Sync,
    ) -> Result<(Vec<T>, Account), Unreadable> {
        let open = || {
            let (request, work) = (self.request, &self.rules.work);
            let differ = Differ::beside(&self.shared, request.path, request.depth, work)?;
            Ok(Worker { differ, paths: Paths::new(work) })
        };
        let count = |worker: &mut Worker<'_>, at: usize, jobs: &[Job]| {
            let known = self.known(&parts[at], &worker.differ);
            let mut made = Made::default();
            for job in jobs {
                made.count(job, worker, &known);
            }
            made
        };
        let sum = |at: usize, made: Vec<Made>| {
            let (portion, account) = self.sum(&parts[at], made);
            (finish(at, &portion), account)
        };
        let jobs: Vec<&[Job]> = parts.iter().map(|part| &part.jobs[..]).collect();
        let done = workers::run(&jobs, open, count, sum)?;
        let mut account = Account::default();
        let mut all = Vec::with_capacity(done.len());
        for (at, done) in done.into_iter().enumerate() {
            let (one, its) = done.unwrap_or_else(|| (finish(at, &Portion::default()), Account::default()));
            account.read += its.read;
            account.remembered += its.remembered;
            account.fault = account.fault.or(its.fault);
            all.push(one);
        }
        Ok((all, account))
    }

    /// Made by the thread that needs it first; the others wait.
    fn known(&self, part: &Part, differ: &Differ<'_>) -> Arc<Known> {
        let mut known = part.known.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.get_or_insert_with(|| {
            let facts = if self.request.reread { None } else { self.memory.load(part.period) };
            let files = self.attributes(part.boundary, facts.as_ref(), differ);
            let attributes = files.parsed();
            Arc::new(Known { facts, files, attributes })
        });
        Arc::clone(made)
    }

    fn attributes(&self, boundary: ObjectId, facts: Option<&Facts>, differ: &Differ<'_>) -> AttributeFiles {
        let by_boundary = || self.attributes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = by_boundary().get(&boundary) {
            return files.clone();
        }
        let remembered = facts.filter(|facts| {
            facts.boundary == boundary && !facts.attributes.lacks.iter().any(|&missing| differ.has_come(missing))
        });
        let files = remembered.map_or_else(|| differ.attributes(boundary), |facts| facts.attributes.clone());
        by_boundary().insert(boundary, files.clone());
        files
    }

    /// The sums of a period, and what is remembered of it from now on.
    fn sum(&self, part: &Part, made: Vec<Made>) -> (Portion, Account) {
        let known = part.known.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Known { facts, files, .. } = &*known.expect("its commits were read with it");
        let (mut sum, mut account, mut read) = (Portion::default(), Account::default(), HashMap::new());
        for made in made {
            sum.add(made.portion);
            read.extend(made.read);
            account.remembered += made.remembered;
        }
        account.read = read.len();
        sum.miss_attributes(files.lacks.len());
        let bytes = |job: &Job| {
            let bytes = read.get(&job.commit).map(Vec::as_slice);
            Some((job.commit, bytes.or_else(|| facts.as_ref()?.bytes(&job.commit))?))
        };
        // A memory that can't be written costs time and nothing else.
        let stored = self.memory.store(part.period, part.boundary, files, part.jobs.iter().filter_map(bytes));
        account.fault = stored.err();
        (sum, account)
    }
}

impl Made {
    fn count(&mut self, job: &Job, Worker { differ, paths }: &mut Worker<'_>, known: &Known) {
        let bytes = match differ.commit(job.commit) {
            Ok(bytes) => bytes,
            Err(missing) => {
                // It was there for the walk: somebody takes the repository apart.
                let unknown = Changes { files: None, lacks: Some(missing), renames_skipped: false };
                return self.portion.count(job.counted, b"", &unknown, paths, &known.attributes);
            }
        };
        let commit = Commit::parse(&bytes);
        let remembered = known.facts.as_ref().and_then(|facts| facts.changes(&job.commit));
        let remembered = remembered.filter(|it| !it.lacks.is_some_and(|missing| differ.has_come(missing)));
        let changes = if let Some(changes) = remembered {
            self.remembered += 1;
            changes
        } else {
            let changes = differ.changes(&commit);
            let mut writer = Writer::default();
            writer.changes(&changes);
            self.read.insert(job.commit, writer.0);
            changes
        };
        self.portion.count(job.counted, commit.message, &changes, paths, &known.attributes);
    }
}
