//! Several threads at one repository, each with a handle and caches of its own for all of its work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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

/// Shares the jobs of a period out; gives what each thread made, in no order.
pub fn run<W, P: Send>(
    jobs: &[Job],
    open: impl Fn() -> Result<W, Unreadable> + Sync,
    empty: impl Fn() -> P + Sync,
    count: impl Fn(&mut P, &mut W, &Job) + Sync,
) -> Result<Vec<P>, Unreadable> {
    // The lock guards no data, so that a panic elsewhere leaves nothing half done.
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let threads = rayon::current_num_threads().min(jobs.len());
    let length = jobs.len().div_ceil(threads.max(1) * 8).clamp(1, LONGEST);
    let chunks: Vec<&[Job]> = jobs.chunks(length).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut worker, mut made) = (open()?, empty());
        while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
            for job in *chunk {
                count(&mut made, &mut worker, job);
            }
        }
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
