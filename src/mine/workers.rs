//! Several threads at one repository, each with a handle that lasts as long as the work on it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use gix::ObjectId;

use super::Unreadable;
use super::portion::Counted;

/// A commit to be read.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// Its id.
    pub commit: ObjectId,
    /// Where it counts.
    pub counted: Counted,
}

/// What was read of a repository is kept in memory: of one at a time, by all threads together.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Commits in a row stay with one thread: neighbours share most of their trees and blobs.
const LONGEST: usize = 100;

/// The last commits are shared out in so small parts, so that no thread waits long for another.
const SHORTEST: usize = 8;

/// Reads batches of commits of one repository, and gives what came of each that has any.
///
/// A batch is shared out; `count` makes something of each part, with what `open` made for the thread, and `finish`
/// something of all of them, in no order. Who has finished a part takes the next one, of whatever batch, so that nobody
/// waits before the end. While it runs, nobody else reads another repository.
pub fn run<W, P: Send, T: Send>(
    batches: &[&[Job]],
    open: impl Fn() -> Result<W, Unreadable> + Sync,
    count: impl Fn(&mut W, usize, &[Job]) -> P + Sync,
    finish: impl Fn(usize, Vec<P>) -> T + Sync,
) -> Result<Vec<Option<T>>, Unreadable> {
    let threads = rayon::current_num_threads().min(batches.iter().map(|jobs| jobs.len()).sum());
    let (chunks, next) = (chunks(batches, threads), AtomicUsize::new(0));
    let pending: Vec<Mutex<Pending<P>>> = batches.iter().map(|_| Mutex::default()).collect();
    for (batch, _) in &chunks {
        lock(&pending[*batch]).parts += 1;
    }
    let done: Vec<Mutex<Option<T>>> = batches.iter().map(|_| Mutex::default()).collect();
    let work = || {
        let mut worker = open()?;
        while let Some(&(batch, jobs)) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
            let made = count(&mut worker, batch, jobs);
            if let Some(all) = lock(&pending[batch]).add(made) {
                *lock(&done[batch]) = Some(finish(batch, all));
            }
        }
        Ok(())
    };
    // The lock guards no data, so that a panic elsewhere leaves nothing half done.
    let _turn = (threads > 0).then(|| lock(&ONE_AT_A_TIME));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.try_for_each(|outcome| outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    Ok(done.into_iter().map(|made| made.into_inner().unwrap_or_else(PoisonError::into_inner)).collect())
}

/// A panic of another thread is handed on when all have ended; what it left half done is never asked for.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was made of a batch so far.
struct Pending<P> {
    /// How many parts aren't made yet.
    parts: usize,
    made: Vec<P>,
}

impl<P> Default for Pending<P> {
    fn default() -> Self {
        Self { parts: 0, made: Vec::new() }
    }
}

impl<P> Pending<P> {
    /// Gives all parts with the last one.
    fn add(&mut self, made: P) -> Option<Vec<P>> {
        self.made.push(made);
        self.parts -= 1;
        (self.parts == 0).then(|| std::mem::take(&mut self.made))
    }
}

/// Jobs in a row, each part of one batch, as long as can be while there are many left, shorter towards the end.
fn chunks<'a>(batches: &[&'a [Job]], threads: usize) -> Vec<(usize, &'a [Job])> {
    let mut chunks = Vec::new();
    let mut left: usize = batches.iter().map(|jobs| jobs.len()).sum();
    for (batch, &jobs) in batches.iter().enumerate() {
        let mut rest = jobs;
        while !rest.is_empty() {
            let length = (left / (threads * 2)).clamp(SHORTEST, LONGEST).min(rest.len());
            let (chunk, later) = rest.split_at(length);
            chunks.push((batch, chunk));
            (rest, left) = (later, left - length);
        }
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_batch_is_finished_once_with_all_of_its_parts() {
        let job = |at| Job { commit: ObjectId::null(gix::hash::Kind::Sha1), counted: Counted { at, line: 0, week: 0 } };
        let jobs: Vec<Job> = (0..700).map(job).collect();
        let batches = [&jobs[..5], &[], &jobs[5..600], &jobs[600..]];
        let count =
            |(): &mut (), batch, jobs: &[Job]| (batch, jobs.iter().map(|job| job.counted.at).collect::<Vec<_>>());
        let finish = |batch, parts: Vec<(usize, Vec<u32>)>| {
            assert!(parts.iter().all(|part| part.0 == batch));
            let mut all: Vec<u32> = parts.into_iter().flat_map(|part| part.1).collect();
            all.sort_unstable();
            all
        };
        let done = run(&batches, || Ok(()), count, finish).unwrap();
        let expected = [Some((0..5).collect()), None, Some((5..600).collect()), Some((600..700).collect())];
        assert_eq!(done, expected);
        let last = chunks(&batches, 2).last().map(|(batch, jobs)| (*batch, jobs.len()));
        assert!(last.is_some_and(|(batch, length)| batch == 3 && length <= SHORTEST), "{last:?}");
        assert!(run(&batches, || Err::<(), _>(Unreadable::plain("no")), count, finish).is_err());
    }
}
