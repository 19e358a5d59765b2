//! Faults that other tools have, each as a test that says which.

mod attack;
mod bounds;
mod hostile;
mod killed;
mod objects;
mod people;
mod properties;
mod resuming;
mod servers;
mod spoilt;
mod transports;

use std::fmt::Write as _;

use crate::support::{Publication, Repo};

pub const ADA: &str = "Ada Lovelace <ada@example.org>";
pub const BOB: &str = "Bob Talbot <bob@example.org>";

/// Numbers that look random and are the same in every run (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }
}

/// A line of `count` commits with a file each and messages that don't compress, on top of `branch`.
pub fn lengthen(repo: &Repo, branch: &str, first: u32, count: u32) -> String {
    let mut dice = Dice::new(u64::from(first));
    let mut stream = String::new();
    for number in first..first + count {
        let seconds = 1_704_103_200 + i64::from(number) * 3_600;
        let mut message = format!("{number}\n\n");
        for _ in 0..16 {
            let _ = write!(message, "{:016x}", dice.next());
        }
        let _ = write!(
            stream,
            "commit refs/heads/{branch}\nauthor A{0} <a{0}@example.org> {seconds} +0000\n\
             committer C <c@example.org> {seconds} +0000\ndata {1}\n{message}\n",
            number % 7,
            message.len()
        );
        if number == first && first > 0 {
            let _ = writeln!(stream, "from refs/heads/{branch}^0");
        }
        let _ = writeln!(stream, "M 100644 inline f{}\ndata {}\n{message}", number % 50, message.len());
    }
    repo.feed(&["fast-import", "--quiet", "--date-format=raw"], stream.as_bytes());
    repo.git(&["rev-parse", branch])
}

/// A repository outside the publication, that serves filters.
pub fn remote(publication: &Publication, name: &str) -> Repo {
    let repo = Repo::new(&publication.root().join(format!("remotes/{name}.git")));
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    repo
}

/// All commits that the history file counts, merges too.
pub fn counted(publication: &Publication, id: &str) -> u32 {
    let authors = publication.history(id).authors;
    let cells = authors.iter().flat_map(|line| line.active.0.values());
    cells.map(|cell| cell.own + cell.assisted + cell.agent + cell.bot + cell.imported + cell.merges).sum()
}
