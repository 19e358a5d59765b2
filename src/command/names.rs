//! Names and addresses of contributors, from the local mirrors: they are in no file of the publication.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::data::identity_key::Sort;
use crate::data::people::LineKey;
use crate::data::publication::Publication;
use crate::data::registry::Repo;
use crate::data::settings;
use crate::data::snapshot::Depth;
use crate::metrics::Corpus;
use crate::mine::actors::Actors;
use crate::mine::signatures::{Signature, signatures};
use crate::people::Directory;
use crate::plain::{Diagnostic, Kind, Result};
use crate::source::mirror;

/// A name and an address as a commit has them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
}

/// What the mirrors say.
pub struct Known {
    of_line: HashMap<LineKey, Written>,
    /// The repositories whose mirrors aren't here or can't be read.
    pub missing: Vec<String>,
}

impl Known {
    /// Reads all mirrors as they stand.
    pub fn read(publication: &Publication) -> Result<Self> {
        let identity = settings::identity_key(&publication.root, &publication.settings)?;
        let repos: Vec<&Repo> = publication.registry.value.repos().map(|(_, repo)| repo).collect();
        let actors = Actors::with(&publication.rules.value);
        let read = |repo: &&Repo| {
            let mirror = mirror::open(&publication.root, repo, false, Depth::Headers, &[]).ok()?;
            signatures(&mirror.path, repo.branch.as_deref(), &actors).ok()
        };
        let found: Vec<Option<Vec<Signature>>> = repos.par_iter().map(read).collect();
        let mut known = Self { of_line: HashMap::new(), missing: Vec::new() };
        for (repo, pairs) in repos.iter().zip(found) {
            let Some(pairs) = pairs else {
                known.missing.push(repo.id.value.clone());
                continue;
            };
            for (name, address) in pairs {
                let key = LineKey {
                    address: identity.hash(Sort::Address, &address),
                    name: Some(identity.hash(Sort::Name, &name)),
                };
                let written = Written { name, address };
                // Spellings that differ in case or blanks are one line: the first in the alphabet stands for it.
                let kept = known.of_line.entry(key).or_insert_with(|| written.clone());
                if written < *kept {
                    *kept = written;
                }
            }
        }
        Ok(known)
    }

    /// What each person is called: as in the line with the most commits. Nobody who opted out is among them.
    pub fn of_persons(&self, corpus: &Corpus) -> BTreeMap<u32, Written> {
        let directory = Directory::new(corpus.histories, corpus.roster);
        let mut found = BTreeMap::new();
        for person in directory.all() {
            // A directory has no key for the lines of who opted out, so that they are found nowhere.
            let lines = directory.lines(person).iter().filter_map(|&site| {
                let written = self.of_line.get(&directory.key(site)?)?;
                Some((Reverse(directory.commits(site)), written))
            });
            if let Some((_, written)) = lines.min() {
                found.insert(person, written.clone());
            }
        }
        found
    }
}

/// That the histories were mined with the key that the publication has now: else no address would be found.
pub fn check_key(publication: &Publication, corpus: &Corpus) -> Result<()> {
    let id = settings::identity_key(&publication.root, &publication.settings)?.id();
    let other = corpus.histories.iter().find(|it| it.state.as_ref().is_some_and(|state| state.key != id));
    other.map_or(Ok(()), |other| {
        let message = format!("`{}` was mined with another identity key than the publication has now", other.repo);
        let hint = "run `signal mine` first: until then nobody's name can be found";
        Err(Diagnostic::new(Kind::Data, message).hint(hint).into())
    })
}
