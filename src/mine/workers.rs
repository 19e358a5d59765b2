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
    chunks.iter().for_each(|chunk| lock(&pending[chunk.0]).parts += 1);
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
        let joined = threads.into_iter().map(|thread| thread.join());
        joined
            .map(|outcome| outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect::<Result<(), Unreadable>>()
    })?;
    Ok(done.into_iter().map(|made| made.into_inner().unwrap_or_else(PoisonError::into_inner)).collect())
}

/// A panic of one thread ends the others' work too, so that nothing half done is seen.
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
