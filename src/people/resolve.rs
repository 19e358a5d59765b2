//! From author lines to people: the rules, one after the other.

use super::account::{Accounts, forges};
use super::clue::{Clue, Clues};
use super::component::Component;
use super::editor;
use super::evidence::{Evidence, Trace};
use super::groups::Groups;
use super::lines::Lines;
use super::refusal::{Refusal, Rule, Why};
use super::roster::Roster;
use super::veto::{Sides, Vetoes};
use crate::data::document::Document;
use crate::data::history::History;
use crate::data::people::People;
use crate::plain::Result;

/// Who is whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The people, and whose each line is.
    pub roster: Roster,
    /// Evidence that joined nobody, sorted.
    pub refused: Vec<Refusal>,
}

/// Resolves all author lines by the evidence, order and vetoes of the counting contract.
///
/// Those who opted out give no evidence: they are one identity in each repository, since nothing may tell how many people
/// it stands for or in which repositories they meet. That holds for the row that the miner folded them into, and for
/// rows of lines that are `withdrawn` and weren't mined since.
///
/// Errors: merges of the editor that contradict `never_merge`, or join a person with a bot or an agent.
pub fn resolve(histories: &[History], people: &Document<People>) -> Result<Resolution> {
    run(histories, people, Trace::default()).map(|(resolution, _)| resolution)
}

/// The same, with the evidence that was accepted. It takes more time and memory.
pub fn explain(histories: &[History], people: &Document<People>) -> Result<(Resolution, Evidence)> {
    run(histories, people, Trace::wanted())
}

/// Whether an editor's lists contradict each other; the errors of [`resolve`], without the work.
pub fn check(histories: &[History], people: &Document<People>) -> Result<()> {
    let lines = Lines::new(histories, &people.value.withdrawn);
    let lists = editor::never_merge(&lines, people, 0)?;
    editor::merge(&lines, people, &lists, &mut Groups::new(lines.len()), &mut Trace::default())
}

fn run(histories: &[History], people: &Document<People>, mut trace: Trace) -> Result<(Resolution, Evidence)> {
    let lines = Lines::new(histories, &people.value.withdrawn);
    let mut groups = Groups::new(lines.len());
    lines.withdrawn().into_iter().for_each(|rows| groups.join_all(rows));
    let forges = forges(&lines);
    let (accounts, clues) = rayon::join(|| Accounts::new(&lines, &forges), || Clues::new(&lines, &forges));
    let lists = editor::never_merge(&lines, people, accounts.forges)?;
    editor::merge(&lines, people, &lists, &mut groups, &mut trace)?;

    let vetoes = Vetoes { sides: lists, forges: accounts.forges };
    let mut resolver = Resolver { lines, groups, vetoes, refused: Vec::new(), trace };
    resolver.apply(Rule::Mailmap, &clues.mailmap);
    // Only editors and mailmaps may join two accounts, so from here on accounts are a veto.
    let sides = accounts.sides(&mut resolver.groups);
    resolver.vetoes.sides.extend(sides);
    resolver.apply(Rule::Address, &clues.addresses);
    resolver.apply(Rule::Account, &clues.accounts);
    resolver.apply(Rule::Name, &clues.names);

    let Resolver { lines, mut groups, mut refused, trace, .. } = resolver;
    refused.sort_unstable();
    let evidence = trace.finish(&lines);
    Ok((Resolution { roster: Roster::new(&lines, &mut groups), refused }, evidence))
}

struct Resolver<'a> {
    lines: Lines<'a>,
    groups: Groups,
    vetoes: Vetoes,
    refused: Vec<Refusal>,
    trace: Trace,
}

impl Resolver<'_> {
    /// One rule, on the groups that the former left. Where no veto is near, lines are joined at once.
    fn apply(&mut self, rule: Rule, clues: &[Clue]) {
        let sides = self.vetoes.of_groups(&mut self.groups, self.lines.len());
        let runs = self.runs(rule, clues, &sides);
        let mut tied = self.groups.clone();
        for run in &runs {
            tied.join_all(run.iter().map(|clue| clue.line));
        }
        let torn = sides.torn(&mut tied);
        let mut hard: Vec<(u32, &[Clue])> = Vec::new();
        for run in runs {
            let component = tied.find(run[0].line);
            if torn[component as usize] {
                hard.push((component, run));
            } else {
                self.groups.join_all(run.iter().map(|clue| clue.line));
                self.trace.note(rule, run.first(), || run.iter().map(|clue| clue.line).collect());
            }
        }
        hard.sort_by_key(|(component, _)| *component);
        for runs in hard.chunk_by(|a, b| a.0 == b.0) {
            let runs: Vec<&[Clue]> = runs.iter().map(|(_, run)| *run).collect();
            let component = Component::new(&runs, &mut self.groups, &sides, &self.vetoes);
            if self.trace.is_wanted() {
                for joined in component.joined(&mut self.groups) {
                    self.trace.note(rule, Some(joined.key), || joined.lines);
                }
            }
            for refused in component.decide(&mut self.groups) {
                self.refuse(rule, refused.why, refused.key, refused.lines);
            }
        }
    }

    /// The clues of each key and actor that may join somebody.
    fn runs<'c>(&mut self, rule: Rule, clues: &'c [Clue], sides: &Sides) -> Vec<&'c [Clue]> {
        let mut runs = Vec::new();
        for run in clues.chunk_by(Clue::shares_key) {
            if run.len() < 2 || !run.iter().any(|clue| clue.speaks) {
                continue;
            }
            let lines = || run.iter().map(|clue| clue.line).collect();
            if rule == Rule::Name && self.has_two_accounts(run, sides) {
                self.refuse(rule, Why::NameOfTwoAccounts, &run[0], lines());
                continue;
            }
            let actors = run.chunk_by(|a, b| a.actor == b.actor);
            if actors.clone().count() > 1 {
                self.refuse(rule, Why::Actor, &run[0], lines());
            }
            runs.extend(actors.filter(|run| run.len() > 1 && run.iter().any(|clue| clue.speaks)));
        }
        runs
    }

    /// Whether lines under a key are of two accounts of one forge, by the groups before the rule.
    fn has_two_accounts(&mut self, run: &[Clue], sides: &Sides) -> bool {
        let mut held: Vec<(u32, u32)> = Vec::new();
        for clue in run {
            let accounts = sides.of(self.groups.find(clue.line)).iter().filter(|side| side.veto < self.vetoes.forges);
            held.extend(accounts.map(|side| (side.veto, side.side)));
        }
        held.sort_unstable();
        held.dedup();
        held.windows(2).any(|pair| pair[0].0 == pair[1].0)
    }

    fn refuse(&mut self, rule: Rule, why: Why, key: &Clue, lines: Vec<u32>) {
        let repo = rule.is_within().then(|| self.lines.repo(key.scope).to_owned());
        let mut lines: Vec<_> = lines.into_iter().filter_map(|line| self.lines.key(line)).collect();
        lines.sort_unstable();
        lines.dedup();
        self.refused.push(Refusal { rule, repo, key: key.key, lines, why });
    }
}
