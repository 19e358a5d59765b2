//! A repository's objects, read through gix: no network, no configuration of the user, no replace refs, no grafts.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::objs::{Find as _, FindHeader as _, Kind};

use super::Unreadable;
use super::commit::Commit;
use crate::plain::Instant;

/// Why an object can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It isn't here, or can't be read as it lies here; a later fetch may bring it.
    Object(ObjectId),
    /// It is here and isn't what it should be, which nothing will change.
    Broken,
}

/// An open repository.
pub struct Store {
    path: PathBuf,
    repository: gix::Repository,
    /// The packs that were there when it was opened.
    packs: Packs,
    /// Opened again, with its packs: somebody ran `git gc` meanwhile.
    again: RefCell<Option<(Packs, gix::Repository)>>,
}

/// The names of the files in `objects/pack`.
type Packs = BTreeSet<OsString>;

/// The branch that is mined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The full name.
    pub name: String,
    /// Its commit; none in a repository without commits.
    pub tip: Option<ObjectId>,
}

/// The deltas that a walk meets again soon.
const PACK_CACHE: usize = 64 * 1024 * 1024;

/// No object of more bytes is read: it would hold no text that a person wrote, and memory is bounded.
pub const LARGEST: u64 = 100 * 1024 * 1024;

impl Store {
    /// Opens a bare repository, or the git directory of one with a work tree, whoever owns it.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let packs = packs(path);
        let repository = open(path)?;
        Ok(Self { path: path.to_owned(), repository, packs, again: RefCell::new(None) })
    }

    /// The name of the hash function.
    #[must_use]
    pub fn object_format(&self) -> String {
        self.repository.object_hash().to_string()
    }

    /// The hash function of the ids.
    #[must_use]
    pub fn object_hash(&self) -> gix::hash::Kind {
        self.repository.object_hash()
    }

    /// The branch that the registry names, or the one that HEAD stands for.
    pub fn branch(&self, named: Option<&str>) -> Result<Branch, Unreadable> {
        if let Some(name) = named {
            let name = crate::source::mirror::full_ref(name);
            let tip = self.peel(&name)?.ok_or_else(|| Unreadable::plain(format!("it has no branch {name}")))?;
            return Ok(Branch { name, tip: Some(tip) });
        }
        let head = self.repository.head().map_err(|error| Unreadable::new("its HEAD can't be read", &error))?;
        let Some(name) = head.referent_name().map(|name| name.as_bstr().to_string()) else {
            let tip = head.id().map(gix::Id::detach);
            return Ok(Branch { name: "HEAD".to_owned(), tip: tip.map(|id| self.commit_of(id)).transpose()? });
        };
        let tip = self.peel(&name)?;
        Ok(Branch { name, tip })
    }

    fn peel(&self, name: &str) -> Result<Option<ObjectId>, Unreadable> {
        let found = self.repository.try_find_reference(name);
        let Some(mut reference) = found.map_err(|error| Unreadable::new("its branch can't be read", &error))? else {
            return Ok(None);
        };
        let id = reference.peel_to_id().map_err(|error| Unreadable::new("its branch can't be read", &error))?;
        self.commit_of(id.detach()).map(Some)
    }

    /// The commit that an abbreviated or full id names.
    pub fn commit_named(&self, text: &str) -> Result<ObjectId, Unreadable> {
        if let Ok(id) = ObjectId::from_hex(text.as_bytes()) {
            return self.commit_of(id);
        }
        if let Some(id) = self.peel(&crate::source::mirror::full_ref(text))? {
            return Ok(id);
        }
        let id = self.repository.rev_parse_single(text);
        self.commit_of(id.map_err(|_| Unreadable::plain(format!("it has no commit {text}")))?.detach())
    }

    fn commit_of(&self, id: ObjectId) -> Result<ObjectId, Unreadable> {
        let mut buffer = Vec::new();
        match self.read(id, &mut buffer)? {
            Some(Kind::Commit) => Ok(id),
            Some(Kind::Tag) => {
                let target = gix::objs::TagRefIter::from_bytes(&buffer, self.repository.object_hash()).target_id();
                let target = target.map_err(|error| Unreadable::new("a tag can't be read", &error))?;
                self.commit_of(target)
            }
            Some(_) => Err(Unreadable::plain(format!("{id} is not a commit"))),
            None => Err(Unreadable::plain(format!("the commit {id} is missing"))),
        }
    }

    /// The kind of an object, its bytes in `buffer`; none when the repository doesn't have it.
    pub fn read(&self, id: ObjectId, buffer: &mut Vec<u8>) -> Result<Option<Kind>, Unreadable> {
        let mut found = find(&self.repository, id, buffer);
        if matches!(found, Ok(Some(_))) {
            return found;
        }
        let mut again = self.again.borrow_mut();
        if let Some((_, repository)) = &*again {
            found = find(repository, id, buffer);
        }
        // An object moves when it is packed anew. Missing is what isn't there while the packs stay the same.
        while !matches!(found, Ok(Some(_))) {
            let now = packs(&self.path);
            if again.as_ref().map_or(&self.packs, |(packs, _)| packs) == &now {
                break;
            }
            let repository = open(&self.path)?;
            found = find(&repository, id, buffer);
            *again = Some((now, repository));
        }
        found
    }

    /// Whether an object is there, but larger than what is read.
    #[must_use]
    pub fn is_too_large(&self, id: ObjectId) -> bool {
        let is_large = |repository: &gix::Repository| matches!(repository.objects.try_header(&id), Ok(Some(header)) if header.size > LARGEST);
        is_large(&self.repository) || self.again.borrow().as_ref().is_some_and(|(_, repository)| is_large(repository))
    }

    /// The commits at which a shallow history was cut.
    pub fn shallow(&self) -> Result<BTreeSet<ObjectId>, Unreadable> {
        let commits = self.repository.shallow_commits();
        let commits = commits.map_err(|error| Unreadable::new("its list of shallow commits can't be read", &error))?;
        Ok(commits.iter().flat_map(|commits| commits.iter().copied()).collect())
    }

    /// The bytes of an object of a kind.
    pub fn expect(&self, id: ObjectId, kind: Kind, buffer: &mut Vec<u8>) -> Result<(), Missing> {
        match self.read(id, buffer) {
            Ok(Some(found)) if found == kind => Ok(()),
            Ok(Some(_)) => Err(Missing::Broken),
            Ok(None) | Err(_) => Err(Missing::Object(id)),
        }
    }

    /// Whether something that was missing can be read by now.
    #[must_use]
    pub fn has_come(&self, missing: Missing) -> bool {
        match missing {
            Missing::Object(id) => matches!(self.read(id, &mut Vec::new()), Ok(Some(_))),
            Missing::Broken => false,
        }
    }

    /// The bytes of `.mailmap` in a commit's tree; none when there is no such file.
    pub fn mailmap(&self, commit: ObjectId) -> Result<Option<Vec<u8>>, Missing> {
        let mut buffer = Vec::new();
        self.expect(commit, Kind::Commit, &mut buffer)?;
        let tree = Commit::parse(&buffer).tree.ok_or(Missing::Broken)?;
        if tree == ObjectId::empty_tree(self.object_hash()) {
            return Ok(None);
        }
        self.expect(tree, Kind::Tree, &mut buffer)?;
        let entries = gix::objs::TreeRefIter::from_bytes(&buffer, self.object_hash());
        let entries = entries.entries().map_err(|_| Missing::Broken)?;
        let entry = entries.into_iter().find(|entry| entry.filename == ".mailmap" && entry.mode.is_blob());
        let Some(blob) = entry.map(|entry| entry.oid.to_owned()) else { return Ok(None) };
        self.expect(blob, Kind::Blob, &mut buffer)?;
        Ok(Some(buffer))
    }
}

fn open(path: &Path) -> Result<gix::Repository, Unreadable> {
    let mut repository = gix::open::Options::isolated()
        .open_path_as_is(true)
        .with(gix::sec::Trust::Full)
        .config_overrides([
            "core.useReplaceRefs=false".to_owned(),
            "gitoxide.core.refsNamespace=".to_owned(),
            format!("gitoxide.objects.allocLimit={LARGEST}"),
        ])
        .open(path)
        .map_err(|error| Unreadable::new("the repository can't be opened", &error))?
        .to_thread_local();
    repository.objects.ignore_replacements = true;
    // Packs may lack objects on purpose; looking for new packs at every miss would cost more than the walk.
    repository.objects.refresh_never();
    repository.objects.set_pack_cache(|| Box::new(gix::odb::pack::cache::lru::MemoryCappedHashmap::new(PACK_CACHE)));
    Ok(repository)
}

fn packs(path: &Path) -> Packs {
    path.join("objects/pack").read_dir().into_iter().flatten().flatten().map(|entry| entry.file_name()).collect()
}

fn find(repository: &gix::Repository, id: ObjectId, buffer: &mut Vec<u8>) -> Result<Option<Kind>, Unreadable> {
    match repository.objects.try_find(&id, buffer) {
        Ok(found) => Ok(found.map(|data| data.kind)),
        Err(error) => Err(Unreadable::new("an object can't be read", &error)),
    }
}

/// The dates of the first and of the last commit on the way from HEAD down the first parents; none without commits.
pub fn dates(store: &Store) -> Result<Option<(Instant, Instant)>, Unreadable> {
    let Some(tip) = store.branch(None)?.tip else { return Ok(None) };
    let mut buffer = Vec::new();
    let mut next = Some(tip);
    let mut span: Option<(i64, i64)> = None;
    while let Some(id) = next {
        if store.read(id, &mut buffer)?.is_none() {
            break;
        }
        let commit = Commit::parse(&buffer);
        let (first, last) = span.unwrap_or((commit.committed, commit.committed));
        span = Some((first.min(commit.committed), last));
        next = commit.parents.first().copied();
    }
    Ok(span.map(|(first, last)| (Instant(first), Instant(last))))
}
