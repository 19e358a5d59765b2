//! Tables of how well author lines are joined, without what `.mailmap` files and the editor say.

use std::collections::{BTreeMap, HashMap};

use signal::data::document::Document;
use signal::data::mined;
use signal::data::people::{LineKey, People};
use signal::data::publication::Publication;
use signal::people::resolve;
use signal::plain::{Diagnostic, Kind, Result};

use crate::labels::{Half, Line, PairLabel};
use crate::score::Score;

/// What is known of a stratum: pairs of one person, and pairs of two.
#[derive(Default)]
struct Stratum {
    missed: Score,
    false_merges: Score,
}

/// Prints a table for each half, by how pairs were drawn and by what told them.
pub fn tables(publication: &Publication, labels: &[PairLabel], halves: &[Half]) -> Result<()> {
    let mut histories = mined::read_histories(publication)?;
    for author in histories.iter_mut().flat_map(|history| &mut history.authors) {
        author.mapped = None;
    }
    let nobody = Document { value: People::default(), ..publication.people.clone() };
    let roster = resolve(&histories, &nobody)?.roster;
    let mut persons: HashMap<(&str, LineKey), u32> = HashMap::new();
    for (history, of_line) in histories.iter().zip(&roster.of_line) {
        for (author, &person) in history.authors.iter().zip(of_line) {
            if let Some(pair) = &author.written {
                let key = LineKey { address: pair.address, name: Some(pair.name) };
                persons.insert((&history.repo, key), person);
            }
        }
    }
    let person = |line: &Line| -> Result<u32> {
        let unknown = || Diagnostic::new(Kind::Data, format!("{} has no author line {}", line.repo, line.key));
        Ok(*persons.get(&(line.repo.as_str(), line.key)).ok_or_else(unknown)?)
    };
    let mut strata: BTreeMap<(Half, String), Stratum> = BTreeMap::new();
    for label in labels {
        let are_one = person(&label.lines[0])? == person(&label.lines[1])?;
        let of_stratum = label.stratum.clone();
        for name in [of_stratum, format!("*told by {}*", label.evidence), "**all**".to_owned()] {
            let stratum = strata.entry((label.half, name)).or_default();
            let score = if label.same { &mut stratum.missed } else { &mut stratum.false_merges };
            score.count(are_one != label.same, 1.0);
        }
    }
    for &half in halves {
        println!("## Author lines, {}\n", half.title());
        println!(
            "| stratum | merged falsely, of pairs that are two | missed, of pairs that are one |\n|---|---:|---:|"
        );
        for ((_, name), stratum) in strata.iter().filter(|((of, _), _)| *of == half) {
            println!("| {name} | {} | {} |", stratum.false_merges, stratum.missed);
        }
        println!();
    }
    Ok(())
}
