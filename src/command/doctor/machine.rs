//! The machine: git, room, and what git would commit that it must not.

use std::path::Path;

use super::Finding;
use crate::source::git::{self, GitError};
use crate::source::{disk, ignored};

/// The first git that fetches a part of a repository as the miner asks for it: filters over protocol 2.
const OLDEST: (u32, u32) = (2, 25);

/// From this one on git can be kept from asking a server for what is missing.
const STEADY: (u32, u32) = (2, 44);

/// Less room than this, and the next mirror may not fit.
const LEAST_ROOM: u64 = 2 << 30;

/// Folders that must not be committed, and what is in them.
const PRIVATE: [(&str, &str); 3] =
    [("private", "names of people"), (".signal", "mirrors and caches"), ("public", "what a build writes")];

/// Looks at all of it.
pub fn look(root: &Path) -> Vec<Finding> {
    let mut findings = vec![git(git::version())];
    findings.extend(disk::free(root).map(room));
    findings.extend(kept_out(root));
    findings
}

fn git(answer: Result<String, GitError>) -> Finding {
    let advice = "install git 2.44 or newer; `signal build --offline` works without it";
    match answer {
        Err(GitError::NotFound) => Finding::ill("git", "there is no git, so nothing can be mined", advice),
        Err(GitError::Failed(said)) => Finding::ill("git", format!("git doesn't run: {said}"), advice),
        Ok(said) => match version(&said) {
            None => Finding::ailing("git", format!("`{said}` names no version"), advice),
            Some(found) if found < OLDEST => Finding::ill("git", format!("{said} is too old to fetch parts"), advice),
            Some(found) if found < STEADY => {
                Finding::ailing("git", format!("{said} may fetch what is missing one object at a time"), advice)
            }
            Some(_) => Finding::well("git", said),
        },
    }
}

/// `git version 2.39.5 (Apple Git-154)` as 2 and 39.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn room(bytes: u64) -> Finding {
    let found = format!("{:.1} GB are free", bytes as f64 / 1e9);
    if bytes < LEAST_ROOM {
        return Finding::ailing("disk", found, "make room, or delete .signal, which is made again");
    }
    Finding::well("disk", found)
}

fn kept_out(root: &Path) -> Option<Finding> {
    let risky: Vec<String> = PRIVATE
        .iter()
        .filter(|(folder, _)| ignored::would_commit(root, &Path::new(folder).join("file")))
        .map(|(folder, what)| format!("{folder}/ ({what})"))
        .collect();
    (!risky.is_empty()).then(|| {
        let found = format!("git would commit {}", risky.join(", "));
        Finding::ill("ignored", found, "add /private, /.signal and /public to .gitignore")
    })
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn versions_are_told_apart() {
        let health = |said: &str| git(Ok(said.to_owned())).health;
        assert_eq!(health("git version 2.47.3"), Health::Well);
        assert_eq!(health("git version 2.39.5 (Apple Git-154)"), Health::Ailing);
        assert_eq!(health("git version 2.17.1"), Health::Ill);
        assert_eq!(health("git version 3.0.0"), Health::Well);
        assert_eq!(health("hub"), Health::Ailing);
        assert_eq!(git(Err(GitError::NotFound)).health, Health::Ill);
    }

    #[test]
    fn little_room_is_said() {
        assert_eq!(room(1 << 30).health, Health::Ailing);
        assert_eq!(room(5 << 30), Finding::well("disk", "5.4 GB are free"));
    }
}
