//! Several threads at one repository, each with a handle and caches that last as long as the work on it.

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

/// Caches cost memory: the contents of one repository are read at a time, by all threads together.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Commits in a row stay with one thread: neighbours share most of their trees and blobs.
const LONGEST: usize = 500;

/// The last commits are shared out in so small parts, so that no thread waits long for another.
const SHORTEST: usize = 8;

/// Those who read one repository, period after period: what they keep of one they need in the next.
///
/// While there is one, nobody else reads another repository; who has it may not wait for others who want one.
pub struct Crew<W> {
    idle: Mutex<Vec<W>>,
    _turn: MutexGuard<'static, ()>,
}

impl<W: Send> Crew<W> {
    /// Waits until nobody else reads.
    #[must_use]
    pub fn in_turn() -> Self {
        // The lock guards no data, so that a panic elsewhere leaves nothing half done.
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        Self { idle: Mutex::default(), _turn: turn }
    }

    /// Asks one of them.
    pub fn ask<T>(
        &self,
        open: impl FnOnce() -> Result<W, Unreadable>,
        question: impl FnOnce(&mut W) -> T,
    ) -> Result<T, Unreadable> {
        let rested = self.idle().pop();
        let mut worker = rested.map_or_else(open, Ok)?;
        let answer = question(&mut worker);
        self.idle().push(worker);
        Ok(answer)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<W>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shares the jobs of a period out; gives what each thread made, in no order.
    pub fn run<P: Send>(
        &self,
        jobs: &[Job],
        open: impl Fn() -> Result<W, Unreadable> + Sync,
        empty: impl Fn() -> P + Sync,
        count: impl Fn(&mut P, &mut W, &Job) + Sync,
    ) -> Result<Vec<P>, Unreadable> {
        let threads = rayon::current_num_threads().min(jobs.len());
        let (chunks, next) = (chunks(jobs, threads), AtomicUsize::new(0));
        let work = || {
            let rested = self.idle().pop();
            let (mut worker, mut made) = (rested.map_or_else(&open, Ok)?, empty());
            while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
                for job in *chunk {
                    count(&mut made, &mut worker, job);
                }
            }
            self.idle().push(worker);
            Ok(made)
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    }
}

/// Jobs in a row, as long as can be while there are many left, shorter towards the end.
fn chunks(jobs: &[Job], threads: usize) -> Vec<&[Job]> {
    let mut chunks = Vec::new();
    let mut rest = jobs;
    while !rest.is_empty() {
        let length = (rest.len() / (threads * 2)).clamp(SHORTEST, LONGEST).min(rest.len());
        let (chunk, later) = rest.split_at(length);
        chunks.push(chunk);
        rest = later;
    }
    chunks
}
