//! The mirrors: there, and whole.

use super::{Finding, some};
use crate::command::output::counted;
use crate::data::publication::Publication;
use crate::mine::store::Store;
use crate::source::health::{Ailment, ailments};
use crate::source::mirror;

use rayon::prelude::*;

/// What is the matter with one mirror.
enum Trouble {
    Absent,
    Broken(String),
    Untidy(String),
}

/// Looks at the mirror of each repository, as it stands.
pub fn look(publication: &Publication) -> Vec<Finding> {
    let repos: Vec<_> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
    let looked: Vec<_> = repos
        .par_iter()
        .map(|repo| {
            let id = repo.id.value.as_str();
            let path = match &repo.path {
                Some(path) => mirror::git_dir(&publication.root.join(path)),
                None => publication.root.join(".signal/mirrors").join(format!("{id}.git")),
            };
            (id, if path.is_dir() { trouble(&path, repo.branch.as_deref()) } else { Some(Trouble::Absent) })
        })
        .collect();
    let mut findings = Vec::new();
    let mut absent = Vec::new();
    for (id, trouble) in &looked {
        match trouble {
            Some(Trouble::Absent) => absent.push(*id),
            Some(Trouble::Broken(why)) => {
                let advice = format!("delete .signal/mirrors/{id}.git and run `signal mine --repo {id}`");
                findings.push(Finding::ill("mirror", format!("{id}: {why}"), advice));
            }
            Some(Trouble::Untidy(why)) => {
                let advice = format!("run `signal mine --repo {id}`, which tidies up");
                findings.push(Finding::ailing("mirror", format!("{id}: {why}"), advice));
            }
            None => {}
        }
    }
    let whole = looked.iter().filter(|(_, trouble)| trouble.is_none()).count();
    if !absent.is_empty() {
        let found = format!("{} of {} aren't here: {}", absent.len(), looked.len(), some(&absent));
        let advice = "`signal mine` brings them; `signal build --offline` needs none";
        findings.push(Finding::ailing("mirrors", found, advice));
    }
    if whole > 0 {
        let are = if whole == 1 { "is" } else { "are" };
        findings
            .push(Finding::well("mirrors", format!("{} {are} here and whole", counted(whole, "mirror", "mirrors"))));
    }
    findings
}

/// What is wrong with a git directory.
fn trouble(path: &std::path::Path, branch: Option<&str>) -> Option<Trouble> {
    let mut untidy = None;
    for ailment in ailments(path) {
        match ailment {
            Ailment::Half(name) => return Some(Trouble::Broken(format!("{name} lacks its other half"))),
            Ailment::Cut(name) => return Some(Trouble::Broken(format!("{name} is cut short or damaged"))),
            Ailment::Alternate(folder) => {
                return Some(Trouble::Broken(format!("it borrows objects from {}, which is gone", folder.display())));
            }
            Ailment::Unreadable(why) => return Some(Trouble::Broken(format!("it can't be read: {why}"))),
            Ailment::Leftover(name) => untidy = Some(Trouble::Untidy(format!("{name} is left of a broken fetch"))),
        }
    }
    let opened = Store::open(path).and_then(|store| store.branch(branch));
    opened.err().map(|error| Trouble::Broken(error.reason)).or(untidy)
}
