//! Where people move between categories.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::facts::Facts;
use super::wording::{question, subject};
use crate::metrics::Scope;
use crate::plain::Number;

/// So many ways are told.
const WAYS: usize = 5;
/// So many bonds are told.
const BONDS: usize = 3;
/// Fewer people than these aren't published, and no story either.
const LEAST: u8 = 5;

/// Who began elsewhere, who is at home in two places; nothing where there is but one category.
pub fn section(facts: &Facts<'_>) -> Option<String> {
    let ways = most(facts, "expansion", WAYS);
    let bonds = most(facts, "overlap", BONDS);
    if ways.is_empty() && bonds.is_empty() {
        return None;
    }
    let mut text = "## Where talent is moving {#moving}\n\n".to_owned();
    for scope in &ways {
        let Scope::Expansion(from, to) = scope else { continue };
        let (from, to) = (facts.title(&from.scope()), facts.title(&to.scope()));
        let _ = writeln!(
            text,
            "{{{{ {} }}}} people known from {from} made their first commit in {to}.",
            subject(facts, scope)
        );
    }
    if !ways.is_empty() {
        text += "\n{{ chart(\"migration\", metric=\"expansion\", of=\"categories\", title=\"Where people begin besides\") }}\n\n";
    }
    for scope in &bonds {
        let Scope::Overlap(a, b) = scope else { continue };
        let (a, b) = (facts.title(&a.scope()), facts.title(&b.scope()));
        let _ = writeln!(text, "{{{{ {} }}}} people were active in both {a} and {b}.", subject(facts, scope));
    }
    if !bonds.is_empty() {
        text += "\n{{ chart(\"overlap\", of=\"categories\", title=\"Who shares people with whom\") }}\n";
    }
    text += "\n";
    text += &question(
        "What draws people there? A flow counts only where its test says that chance doesn't explain it: `signal figures --scope flow` lists the tests.",
    );
    Some(text)
}

/// The pairs of categories with the most people, of one kind.
fn most(facts: &Facts<'_>, kind: &str, count: usize) -> Vec<Scope> {
    let is_category = |scope: Scope| matches!(scope, Scope::Category(_));
    let of_categories = |scope: &&Scope| match scope {
        Scope::Expansion(a, b) | Scope::Overlap(a, b) => is_category(a.scope()) && is_category(b.scope()),
        _ => false,
    };
    let scopes = facts.figures.scopes().into_iter().filter(|scope| scope.kind() == kind).filter(of_categories);
    let known = scopes.filter_map(|scope| Some((Reverse(facts.now(scope, kind)?), scope)));
    let mut known: Vec<(Reverse<Number>, &Scope)> =
        known.filter(|(people, _)| people.0 >= Number::whole(LEAST)).collect();
    known.sort_unstable();
    known.into_iter().take(count).map(|(_, scope)| scope.clone()).collect()
}
