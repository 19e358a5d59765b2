//! The commits of one period after the other: what is remembered of them, the rest from trees and blobs.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

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
use super::work::Paths;
use super::workers::{Crew, Job};
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

/// Reads the commits of a repository.
pub struct Reading<'a> {
    request: &'a Request<'a>,
    rules: &'a Rules,
    memory: &'a Memory,
    /// By the boundary that they are taken from: a closed period must not change with the tip.
    attributes: BTreeMap<ObjectId, AttributeFiles>,
    /// From the first commit on that is read.
    crew: Option<Crew<Worker<'a>>>,
    shared: Arc<OnceLock<Arc<Shared>>>,
    account: Account,
}

/// What one thread knows by now.
struct Worker<'a> {
    differ: Differ<'a>,
    paths: Paths<'a>,
}

/// What one thread made.
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
        Self {
            request,
            rules,
            memory,
            attributes: BTreeMap::new(),
            crew: None,
            shared: Arc::default(),
            account: Account::default(),
        }
    }

    /// The sums of a period's commits; `ids` are those of the walk.
    pub fn portion(
        &mut self,
        period: Period,
        boundary: ObjectId,
        counted: &[Counted],
        ids: &[ObjectId],
    ) -> Result<Portion, Unreadable> {
        if counted.is_empty() {
            return Ok(Portion::default());
        }
        let facts = if self.request.reread { None } else { self.memory.load(period) };
        let files = self.attributes(boundary, facts.as_ref())?;
        let attributes = files.parsed();
        let jobs: Vec<Job> = counted.iter().map(|&counted| Job { commit: ids[counted.at as usize], counted }).collect();
        let count = |made: &mut Made, Worker { differ, paths }: &mut Worker<'_>, job: &Job| {
            let bytes = match differ.commit(job.commit) {
                Ok(bytes) => bytes,
                Err(missing) => {
                    // It was there for the walk: somebody takes the repository apart.
                    let unknown = Changes { files: None, lacks: Some(missing), renames_skipped: false };
                    return made.portion.count(job.counted, b"", &unknown, paths, &attributes);
                }
            };
            let commit = Commit::parse(&bytes);
            let remembered = facts.as_ref().and_then(|facts| facts.changes(&job.commit));
            let remembered = remembered.filter(|it| !it.lacks.is_some_and(|missing| differ.has_come(missing)));
            let changes = if let Some(changes) = remembered {
                made.remembered += 1;
                changes
            } else {
                let changes = differ.changes(&commit);
                let mut writer = Writer::default();
                writer.changes(&changes);
                made.read.insert(job.commit, writer.0);
                changes
            };
            made.portion.count(job.counted, commit.message, &changes, paths, &attributes);
        };
        let mut sum = Portion::default();
        let mut read = HashMap::new();
        let (crew, open) = self.crew();
        for made in crew.run(&jobs, open, Made::default, count)? {
            sum.add(made.portion);
            read.extend(made.read);
            self.account.remembered += made.remembered;
        }
        self.account.read += read.len();
        sum.miss_attributes(files.lacks.len());
        let bytes = |job: &Job| {
            let bytes = read.get(&job.commit).map(Vec::as_slice);
            Some((job.commit, bytes.or_else(|| facts.as_ref()?.bytes(&job.commit))?))
        };
        // A memory that can't be written costs time and nothing else.
        let stored = self.memory.store(period, boundary, &files, jobs.iter().filter_map(bytes));
        self.account.fault = self.account.fault.take().or(stored.err());
        Ok(sum)
    }

    /// How the commits became known.
    #[must_use]
    pub fn account(self) -> Account {
        self.account
    }

    /// Who reads, and how one more of them comes.
    fn crew(&mut self) -> (&Crew<Worker<'a>>, impl Fn() -> Result<Worker<'a>, Unreadable> + Sync + use<'a>) {
        let (request, work, shared) = (self.request, &self.rules.work, Arc::clone(&self.shared));
        let open = move || {
            let differ = Differ::open(request.path, request.depth, work, &shared)?;
            Ok(Worker { differ, paths: Paths::new(work) })
        };
        (self.crew.get_or_insert_with(Crew::in_turn), open)
    }

    fn attributes(&mut self, boundary: ObjectId, facts: Option<&Facts>) -> Result<AttributeFiles, Unreadable> {
        if let Some(files) = self.attributes.get(&boundary) {
            return Ok(files.clone());
        }
        let (crew, open) = self.crew();
        let files = crew.ask(open, |Worker { differ, .. }| {
            let remembered = facts.filter(|facts| {
                facts.boundary == boundary && !facts.attributes.lacks.iter().any(|&missing| differ.has_come(missing))
            });
            remembered.map_or_else(|| differ.attributes(boundary), |facts| facts.attributes.clone())
        })?;
        self.attributes.insert(boundary, files.clone());
        Ok(files)
    }
}
