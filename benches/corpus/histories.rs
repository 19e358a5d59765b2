//! Histories as the miner writes them, in the proportions of the shipped publication: of its author lines seven in ten
//! have commits in one quarter only, a third are under a no-reply address, and half of all cells are of one commit.

use std::collections::BTreeMap;

use signal::data::cell::Cell;
use signal::data::history::{
    Account, Actor, AuthorLine, Boundary, Completeness, History, Notes, Pair, State, Status, VERSION,
};
use signal::data::identity_key::{Hash, digest};
use signal::plain::{Instant, Period};

use crate::dice::Dice;

/// What is made.
#[derive(Clone, Copy)]
pub struct Plan {
    /// How many repositories there are.
    pub repos: u32,
    /// How many quarters are reported.
    pub quarters: u16,
    /// How many author lines a repository has, on average.
    pub lines: u32,
    pub seed: u64,
}

const LAST: &str = "2026-Q2";

/// How many organisations have a domain.
pub const ORGANISATIONS: u32 = 80;

const FREE_MAIL: [&str; 5] = ["gmail.com", "gmail.com", "gmail.com", "qq.com", "outlook.com"];

/// The last reported quarter.
pub fn last() -> Period {
    LAST.parse().expect("it is written as a quarter")
}

/// How many categories there are, of which each has every twelfth repository.
pub const CATEGORIES: u32 = 12;

impl Plan {
    /// The repositories of a category.
    pub fn of_category(&self, category: u32) -> impl Iterator<Item = u32> + use<> {
        (category..self.repos).step_by(CATEGORIES as usize)
    }

    /// All repositories in the order of the registry.
    pub fn in_order(&self) -> Vec<u32> {
        (0..CATEGORIES).flat_map(|category| self.of_category(category)).collect()
    }

    /// The first reported quarter.
    pub fn first(&self) -> Period {
        last().before(self.quarters - 1)
    }
}

/// The id of a repository.
pub fn id(repo: u32) -> String {
    format!("owner-{:03}--repo-{repo:04}", repo % 211)
}

/// A commit's id.
pub fn commit(dice: &mut Dice) -> String {
    format!("{:016x}{:016x}{:08x}", dice.number(), dice.number(), dice.number() >> 32)
}

/// The digests of the rules that stand in every file.
pub fn rules(names: &[&str]) -> BTreeMap<String, Hash> {
    names.iter().map(|name| ((*name).to_owned(), digest(name.as_bytes()))).collect()
}

/// The history of one repository.
pub fn history(plan: &Plan, repo: u32) -> History {
    let mut dice = Dice::new(plan.seed, u64::from(repo));
    let spread = (1.6 * (dice.part() + dice.part() + dice.part() - 1.5)).exp() / 1.35;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand")]
    let lines = (f64::from(plan.lines) * spread) as u32 + 1;
    let born = last().before(u16::try_from(dice.between(28, 100)).expect("small"));
    let mut authors: Vec<AuthorLine> = (0..lines).map(|_| author(plan, born, &mut dice)).collect();
    let key = |author: &AuthorLine| author.written.as_ref().map(|pair| (pair.address, pair.name));
    authors.sort_by_key(key);
    authors.dedup_by_key(|author| key(author));
    let tip = commit(&mut dice);
    let mut notes = BTreeMap::new();
    for period in born.through(last()) {
        notes.insert(period, Notes { date_mended: 0, co_authored: dice.between(1, 20) });
    }
    History {
        version: VERSION,
        repo: id(repo),
        status: Status::Mined,
        reason: None,
        state: Some(State {
            branch: "refs/heads/main".to_owned(),
            tip: Some(tip.clone()),
            horizon: Some(Instant(last().end_seconds() + 86_400 * 40)),
            declared: false,
            object_format: "sha1".to_owned(),
            completeness: Completeness::Whole,
            known_from: None,
            missing: 0,
            missing_mailmap: false,
            roots: vec![commit(&mut dice)],
            origin: None,
            boundaries: vec![Boundary { through: last(), tip, origin: None }],
            restated: Vec::new(),
            key: digest(b"key"),
            rules: rules(&["actors", "organisations", "placeholders"]),
        }),
        periods: notes,
        authors,
    }
}

fn author(plan: &Plan, born: Period, dice: &mut Dice) -> AuthorLine {
    let actor = if dice.percent(1) { Actor::Bot } else { Actor::Person };
    let pair = pair(plan, dice);
    let domain = match (&pair.account, dice.below(10)) {
        (Some(account), _) => account.forge.clone(),
        (None, 0..5) => (*dice.one(&FREE_MAIL)).to_owned(),
        (None, 5..9) => organisation_domain(dice.early(ORGANISATIONS)),
        (None, _) => format!("~{}", Hash(dice.number())),
    };
    let active = cells(born, actor, dice);
    let mut of_person = active.iter().filter(|(_, cell)| cell.counted() > 0).map(|(period, _)| *period);
    let first = of_person.next();
    let last = of_person.next_back().or(first);
    AuthorLine {
        written: Some(pair),
        mapped: None,
        domain: Some(domain),
        actor,
        first: first.map(Period::start),
        last: last.map(Period::last_day),
        active: active.into_iter().collect(),
    }
}

pub fn organisation_domain(organisation: u32) -> String {
    format!("eng.organisation-{organisation:02}.example")
}

/// One in five is somebody who is known elsewhere, too.
fn pair(plan: &Plan, dice: &mut Dice) -> Pair {
    let pool = u64::from(plan.repos) * u64::from(plan.lines) / 20 + 1;
    let person = if dice.percent(20) { dice.below(pool) } else { dice.number() };
    let mut person = Dice::new(plan.seed, person);
    let (name, address, login) = (person.number(), person.number(), person.number());
    let mute = dice.percent(33);
    let account = mute.then(|| {
        Box::new(Account {
            forge: "github.com".to_owned(),
            login: Some(Hash(login)),
            number: dice.percent(85).then(|| Hash(login.rotate_left(7))),
        })
    });
    let words = if dice.percent(36) { 1 } else { 2 };
    let address = if mute { address.rotate_left(9) } else { address };
    Pair { address: Hash(address), name: Hash(name), words, account, void: Vec::new() }
}

fn cells(born: Period, actor: Actor, dice: &mut Dice) -> BTreeMap<Period, Cell> {
    let age = u16::try_from(last().since(born)).expect("born before the end");
    let start = last().before(u16::try_from(dice.below(u64::from(age) + 1)).expect("below a small number"));
    let spell = dice.tail(1.6, 24);
    let mut cells = BTreeMap::new();
    for period in start.through(last()).take(spell as usize) {
        if cells.is_empty() || dice.percent(80) {
            cells.insert(period, cell(actor, dice));
        }
    }
    cells
}

fn cell(actor: Actor, dice: &mut Dice) -> Cell {
    let commits = dice.tail(0.87, 400);
    if actor == Actor::Bot {
        return Cell { bot: commits, ..Cell::default() };
    }
    let assisted = if dice.percent(5) { commits / 2 } else { 0 };
    let merges = if dice.percent(10) { dice.between(1, 5) } else { 0 };
    let weeks = (0..commits.min(30)).fold(0_u16, |weeks, _| weeks | 1 << dice.below(13));
    Cell { own: commits - assisted, assisted, merges, weeks, ..Cell::default() }
}
