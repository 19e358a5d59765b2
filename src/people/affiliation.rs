//! Which organisation a line's commits of a period belong to.
//!
//! The longest suffix that holds in the period decides, so past work stays where it was done. An address at a mail host
//! for everybody, or one that takes no mail, says nothing about an employer: such commits inherit what the same
//! person's other commits say. Academia, domains that no one listed, and hashed ones are unaffiliated.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use super::roster::Roster;
use crate::data::history::{AuthorLine, History};
use crate::data::organisations::{Organisations, is_under};
use crate::plain::{Day, Period};

/// How many periods back an organisation is looked for when the period itself shows none.
const LOOK_BACK: u16 = 4;

/// Stands for all domains whose addresses take no mail.
const MUTE: &str = "noreply";

/// Stands for all domains that say nothing, and for none.
const NONE: &str = "";

/// An organisation, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The index into the organisations of `data/orgs.yaml`.
    pub organisation: u32,
    /// Whether it comes from other commits of the same person.
    pub inherited: bool,
}

/// The organisations of all lines in all periods.
#[derive(Clone, Debug, Default)]
pub struct Affiliations {
    /// What each distinct domain says.
    domains: Vec<Vec<Claim>>,
    /// For each history and line: the person, and the index of what its domain says.
    lines: Vec<Vec<(u32, u32)>>,
    /// Person, period, and the organisation that most of the person's commits show; sorted.
    shown: Vec<(u32, Period, u32)>,
    /// For each person, and after the last one, where their entries of `shown` begin.
    starts: Vec<usize>,
}

/// What a suffix says about a domain, while it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    from: Option<Day>,
    to: Option<Day>,
    says: Says,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Nothing,
    Organisation(u32),
}

impl Claim {
    fn always(says: Says) -> Self {
        Self { from: None, to: None, says }
    }

    /// Whether it holds on the first day of a period.
    fn holds(&self, period: Period) -> bool {
        self.from.is_none_or(|from| from <= period.start()) && self.to.is_none_or(|to| period.start() < to)
    }
}

impl Affiliations {
    /// `organisations` has to be with the shipped free-mail hosts, if those are wanted; `roster` that of `histories`.
    #[must_use]
    pub fn new(histories: &[History], roster: &Roster, organisations: &Organisations) -> Self {
        let suffixes = Suffixes::new(organisations);
        let written: Vec<Domains> = histories
            .par_iter()
            .zip(&roster.of_line)
            .map(|(history, persons)| Domains::new(history, persons, roster))
            .collect();
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut distinct = Vec::new();
        let places: Vec<Vec<u32>> = written
            .iter()
            .map(|domains| {
                let place = |domain: &_| {
                    *places.entry(*domain).or_insert_with_key(|domain| {
                        distinct.push(*domain);
                        u32::try_from(distinct.len() - 1).expect("there are fewer domains than lines")
                    })
                };
                domains.distinct.iter().map(place).collect()
            })
            .collect();
        let domains = distinct.par_iter().map(|domain| suffixes.claims(domain)).collect();
        let of_history = |((written, places), persons): ((&Domains, &Vec<u32>), &Vec<u32>)| {
            let domains = written.of_line.iter().map(|&domain| places[domain as usize]);
            persons.iter().copied().zip(domains).collect()
        };
        let lines = written.par_iter().zip(&places).zip(&roster.of_line).map(of_history).collect();
        let mut affiliations = Self { domains, lines, shown: Vec::new(), starts: Vec::new() };
        affiliations.shown = affiliations.shown_by(histories, organisations);
        let mut rest = affiliations.shown.iter().peekable();
        let mut start = 0;
        for person in (0..).take(roster.persons.len()) {
            affiliations.starts.push(start);
            while rest.next_if(|(other, ..)| *other == person).is_some() {
                start += 1;
            }
        }
        affiliations.starts.push(start);
        affiliations
    }

    /// The organisation of what a line did in a period; `None` is unaffiliated.
    #[must_use]
    pub fn of(&self, history: usize, line: usize, period: Period) -> Option<Affiliation> {
        let (person, domain) = self.lines[history][line];
        match self.says(domain, period)? {
            Says::Organisation(organisation) => Some(Affiliation { organisation, inherited: false }),
            Says::Nothing => {
                let own = self.starts[person as usize]..self.starts[person as usize + 1];
                let (_, at, organisation) = *self.shown[own].iter().rev().find(|(_, at, _)| *at <= period)?;
                (at >= period.before(LOOK_BACK)).then_some(Affiliation { organisation, inherited: true })
            }
        }
    }

    /// What a domain says in a period; `None` when no suffix of it is listed.
    fn says(&self, domain: u32, period: Period) -> Option<Says> {
        self.domains[domain as usize].iter().find(|claim| claim.holds(period)).map(|claim| claim.says)
    }

    /// For each person and period the organisation with most counted commits; a tie goes to the first slug.
    fn shown_by<'a>(&'a self, histories: &'a [History], organisations: &Organisations) -> Vec<(u32, Period, u32)> {
        let employs =
            |domain: u32| self.domains[domain as usize].iter().any(|claim| matches!(claim.says, Says::Organisation(_)));
        let of_line = |(author, &(person, domain)): (&'a AuthorLine, &(u32, u32))| {
            let cells = author.active.0.iter().filter(move |(_, cell)| employs(domain) && cell.counted() > 0);
            cells.filter_map(move |(&period, cell)| match self.says(domain, period)? {
                Says::Organisation(organisation) => Some((person, period, organisation, u64::from(cell.counted()))),
                Says::Nothing => None,
            })
        };
        let of_history =
            |(history, lines): (&'a History, &'a Vec<(u32, u32)>)| history.authors.iter().zip(lines).flat_map(of_line);
        let mut commits: Vec<(u32, Period, u32, u64)> =
            histories.par_iter().zip(&self.lines).flat_map_iter(of_history).collect();
        commits.par_sort_unstable();
        let same = |a: &(u32, Period, u32, u64), b: &(u32, Period, u32, u64)| (a.0, a.1) == (b.0, b.1);
        let most = |shown: &[(u32, Period, u32, u64)]| {
            let sums =
                shown.chunk_by(|a, b| a.2 == b.2).map(|one| (one[0].2, one.iter().map(|row| row.3).sum::<u64>()));
            let slug = |organisation: u32| &organisations.organisations[organisation as usize].slug.value;
            let (organisation, _) = sums
                .max_by_key(|&(organisation, sum)| (sum, Reverse(slug(organisation))))
                .expect("a chunk has at least one row");
            (shown[0].0, shown[0].1, organisation)
        };
        commits.chunk_by(same).map(most).collect()
    }
}

/// The domains that the lines of a history are counted under.
struct Domains<'a> {
    distinct: Vec<&'a str>,
    /// For each line the place of its domain.
    of_line: Vec<u32>,
}

impl<'a> Domains<'a> {
    fn new(history: &'a History, persons: &[u32], roster: &Roster) -> Self {
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut distinct = Vec::new();
        let mut place = |(author, &person): (&'a AuthorLine, &u32)| {
            let domain = match author.domain.as_deref() {
                // Who opted out works for nobody, also while the row still says more.
                _ if roster.persons[person as usize].is_withdrawn() => NONE,
                _ if has_account(author) => MUTE,
                Some(domain) if !domain.starts_with('~') => domain,
                // A hashed domain has no suffix.
                _ => NONE,
            };
            *places.entry(domain).or_insert_with_key(|domain| {
                distinct.push(*domain);
                u32::try_from(distinct.len() - 1).expect("there are fewer domains than lines")
            })
        };
        let of_line = history.authors.iter().zip(persons).map(&mut place).collect();
        Self { distinct, of_line }
    }
}

/// Whether the address takes no mail: it names an account, or a label of its domain says so. Who hosts such an address
/// isn't who employs its owner.
pub(super) fn is_mute(author: &AuthorLine) -> bool {
    has_account(author) || author.domain.as_deref().is_some_and(takes_no_mail)
}

fn has_account(author: &AuthorLine) -> bool {
    author.written.as_ref().is_some_and(|pair| pair.account.is_some())
}

fn takes_no_mail(domain: &str) -> bool {
    let label = |label: &str| [MUTE, "no-reply"].iter().any(|mute| label.eq_ignore_ascii_case(mute));
    domain.split('.').any(label)
}

/// All listed suffixes, longest first; of one suffix free mail comes first, then organisations by slug.
struct Suffixes(Vec<(String, Claim)>);

impl Suffixes {
    fn new(organisations: &Organisations) -> Self {
        // A mail host for everybody names no organisation, even where its own organisation is listed with it.
        let free = organisations.free_mail.iter().map(|host| (host.to_lowercase(), "", Claim::always(Says::Nothing)));
        let listed = (0..).zip(&organisations.organisations).flat_map(|(at, organisation)| {
            organisation.domains.iter().map(move |domain| {
                let says = Says::Organisation(at);
                let (from, to) = domain.value.span();
                let claim = Claim { from, to, says };
                (domain.value.name().to_lowercase(), organisation.slug.value.as_str(), claim)
            })
        });
        let mut all: Vec<_> = free.chain(listed).collect();
        all.sort_by(|a, b| (Reverse(a.0.len()), &a.0, a.1).cmp(&(Reverse(b.0.len()), &b.0, b.1)));
        Self(all.into_iter().map(|(suffix, _, claim)| (suffix, claim)).collect())
    }

    /// What a domain's suffixes say, longest first.
    fn claims(&self, domain: &str) -> Vec<Claim> {
        if takes_no_mail(domain) {
            return vec![Claim::always(Says::Nothing)];
        }
        let domain = domain.to_lowercase();
        self.0.iter().filter(|(suffix, _)| is_under(&domain, suffix)).map(|(_, claim)| *claim).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::resolve;
    use crate::people::sample::{Row, history, people, row};

    const ORGANISATIONS: &str = "
organisations:
- {slug: forge, name: Forge, domains: [github.com, mail.test]}
- {slug: anvil, name: Anvil, domains: [anvil.test, {domain: bought.test, from: 2024-02-01}]}
- {slug: bellows, name: Bellows, domains: [labs.anvil.test, {domain: bought.test, to: 2024-02-01}]}
- {slug: kiln, name: Kiln, domains: [kiln.edu, deep.mail.test]}
free_mail: [mail.test]
";

    /// The slug of each row's organisation in a period, with a mark when it is inherited; rows are in a repo each.
    fn of(rows: &[Row], period: &str) -> Vec<String> {
        let organisations: Organisations = serde_saphyr::from_str(ORGANISATIONS).unwrap();
        let organisations = organisations.with_shipped();
        let histories: Vec<History> =
            rows.iter().enumerate().map(|(at, row)| history(&at.to_string(), std::slice::from_ref(row))).collect();
        // One name in many repositories is many people, so an editor says that these are one.
        let all: Vec<String> = rows.iter().map(|row| format!("<{}>", row.written.1)).collect();
        let editor = format!("merges: [[{}]]", all.join(", "));
        let roster = resolve(&histories, &people(&editor)).unwrap().roster;
        let affiliations = Affiliations::new(&histories, &roster, &organisations);
        let slug = |at: u32| organisations.organisations[at as usize].slug.value.clone();
        let word = |found: Affiliation| slug(found.organisation) + if found.inherited { "*" } else { "" };
        let found = (0..rows.len()).map(|at| affiliations.of(at, 0, period.parse().unwrap()));
        found.map(|one| one.map_or_else(|| "-".to_owned(), word)).collect()
    }

    #[test]
    fn the_longest_suffix_by_whole_labels_decides() {
        let rows =
            ["a@anvil.test", "b@EU.Anvil.test", "c@x.labs.anvil.test", "d@notanvil.test", "e@kiln.edu", "f@other.edu"];
        let rows = rows.map(|address| row("Ann", address));
        assert_eq!(of(&rows, "2024-Q1"), ["anvil", "anvil", "bellows", "-", "kiln", "-"]);
    }

    #[test]
    fn past_work_stays_where_it_was_done() {
        let rows = [row("Ann", "ann@bought.test").active("2023-Q4", 1).active("2024-Q3", 1)];
        assert_eq!(of(&rows, "2023-Q4"), ["bellows"]);
        // The domain changes hands within this quarter, which counts as it began.
        assert_eq!(of(&rows, "2024-Q1"), ["bellows"]);
        assert_eq!(of(&rows, "2024-Q2"), ["anvil"]);
        let private = [rows[0].clone(), row("Ann", "ann@gmail.com")];
        assert_eq!(of(&private, "2023-Q4"), ["bellows", "bellows*"]);
        assert_eq!(of(&private, "2024-Q2"), ["anvil", "bellows*"]);
        assert_eq!(of(&private, "2024-Q3"), ["anvil", "anvil*"]);
    }

    #[test]
    fn free_mail_and_no_reply_name_no_organisation_even_when_one_is_listed_with_them() {
        let mute = ["a@mail.test", "b@users.noreply.github.com", "c@noreply.example", "d@gmail.com", "e@mx.mail.test"];
        assert_eq!(of(&mute.map(|address| row("Ann", address)), "2024-Q1"), ["-"; 5]);
        assert_eq!(of(&[row("Ann", "a@github.com"), row("Ann", "a@x.deep.mail.test")], "2024-Q1"), ["forge", "kiln"]);
    }

    #[test]
    fn they_inherit_what_most_commits_of_the_period_show_else_the_closest_of_four_before() {
        let rows = [
            row("Ann", "ann@gmail.com"),
            row("Ann", "a@anvil.test").active("2024-Q1", 3).active("2023-Q1", 1),
            row("Ann", "a@github.com").active("2024-Q1", 2),
            row("Ann", "b@github.com").active("2024-Q1", 2),
            row("Ann", "k@kiln.edu").active("2024-Q1", 4),
        ];
        let first = |period| of(&rows, period).remove(0);
        // Forge and Kiln have four each, and Forge comes first by slug.
        assert_eq!(first("2024-Q1"), "forge*");
        assert_eq!(first("2025-Q1"), "forge*");
        assert_eq!(first("2025-Q2"), "-");
        assert_eq!(first("2023-Q4"), "anvil*");
        assert_eq!(first("2022-Q4"), "-", "what comes later says nothing");
    }

    #[test]
    fn unknown_academic_and_hashed_domains_do_not_inherit() {
        let mut rows = vec![row("Ann", "a@anvil.test").active("2024-Q1", 3)];
        rows.extend(
            ["b@unknown.test", "c@some.edu", "d@~0123456789abcdef", "no domain"].map(|address| row("Ann", address)),
        );
        assert_eq!(of(&rows, "2024-Q1"), ["anvil", "-", "-", "-", "-"]);
    }

    #[test]
    fn a_stranger_inherits_nothing() {
        let histories = [history("a", &[row("Ann", "a@anvil.test").active("2024-Q1", 1), row("Bob", "bob@gmail.com")])];
        let organisations: Organisations = serde_saphyr::from_str(ORGANISATIONS).unwrap();
        let roster = resolve(&histories, &people("")).unwrap().roster;
        let affiliations = Affiliations::new(&histories, &roster, &organisations.with_shipped());
        let found = (0..2).filter_map(|line| affiliations.of(0, line, "2024-Q1".parse().unwrap()));
        assert_eq!(found.collect::<Vec<_>>(), [Affiliation { organisation: 1, inherited: false }]);
    }
}
