//! Tables of how well types and areas are told.

use std::collections::BTreeMap;

use signal::data::work_type::WorkType;

use crate::labels::{CommitLabel, Half, Stratum};
use crate::score::Score;
use crate::verdicts::Verdict;

/// Areas with fewer labels aren't measured.
const FEWEST: usize = 30;

/// So many of the commonest mistakes are listed.
const MISTAKES: usize = 12;

/// Verdicts that are counted together.
struct Section<'a> {
    title: &'static str,
    verdicts: Vec<&'a Verdict>,
}

/// Prints all tables for some halves, and for both together.
pub fn tables(verdicts: &[Verdict], halves: &[Half]) {
    let section = |title, chosen: &[Half]| {
        let verdicts = verdicts.iter().filter(|one| chosen.contains(&one.label.half)).collect();
        Section { title, verdicts }
    };
    let mut sections: Vec<Section> = halves.iter().map(|&half| section(half.title(), &[half])).collect();
    if halves.len() > 1 {
        sections.push(section("both halves", halves));
    }
    println!(
        "## Agreement on the type\n\n| labels | all | sure | plain stratum | rare stratum |\n|---|---|---|---|---|"
    );
    sections.iter().for_each(agreement);
    for Section { title, verdicts } in &sections {
        println!("\n## Work types, {title}\n\n| type | labelled | precision | recall |\n|---|---:|---|---|");
        for of in WorkType::ALL {
            row(of.name(), verdicts, |one| one.label.work_type == of, |one| one.work_type == of);
        }
    }
    let mut labelled: BTreeMap<&str, usize> = BTreeMap::new();
    for area in verdicts.iter().flat_map(|one| &one.label.areas) {
        *labelled.entry(area).or_default() += 1;
    }
    labelled.retain(|_, count| *count >= FEWEST);
    for Section { title, verdicts } in &sections {
        println!("\n## Areas, {title}\n\n| area | labelled | precision | recall |\n|---|---:|---|---|");
        for area in labelled.keys() {
            let is_labelled = |one: &Verdict| one.label.areas.iter().any(|slug| slug == area);
            row(area, verdicts, is_labelled, |one| one.areas.contains(*area));
        }
        all_areas(verdicts);
    }
    confusions(verdicts, halves);
}

/// How often label and rules agree on the type.
fn agreement(Section { title, verdicts }: &Section) {
    let score = |is_chosen: &dyn Fn(&CommitLabel) -> bool| {
        let chosen = verdicts.iter().filter(|one| is_chosen(&one.label));
        chosen.map(|one| (one.work_type == one.label.work_type, one.label.weight)).collect::<Score>()
    };
    let stratum = |stratum: Stratum| score(&|label| label.stratum == stratum);
    let (all, sure) = (score(&|_| true), score(&|label| label.sure));
    println!("| {title} | {all} | {sure} | {} | {} |", stratum(Stratum::Plain), stratum(Stratum::Rare));
}

/// All pairs of a commit and an area, those with few labels too.
fn all_areas(verdicts: &[&Verdict]) {
    let (mut precision, mut recall) = (Score::default(), Score::default());
    for Verdict { label, areas, .. } in verdicts {
        for area in areas {
            precision.count(label.areas.contains(area), label.weight);
        }
        for area in &label.areas {
            recall.count(areas.contains(area), label.weight);
        }
    }
    println!("| *all areas* | {} | {precision} | {recall} |", recall.trials);
}

fn row(name: &str, of: &[&Verdict], is_labelled: impl Fn(&Verdict) -> bool, is_said: impl Fn(&Verdict) -> bool) {
    let said = of.iter().filter(|one| is_said(one));
    let precision: Score = said.map(|one| (is_labelled(one), one.label.weight)).collect();
    let labelled = of.iter().filter(|one| is_labelled(one));
    let recall: Score = labelled.map(|one| (is_said(one), one.label.weight)).collect();
    println!("| {name} | {} | {precision} | {recall} |", recall.trials);
}

/// The commonest mistakes about the type.
fn confusions(verdicts: &[Verdict], halves: &[Half]) {
    let mut counts: BTreeMap<(WorkType, WorkType), [u32; 2]> = BTreeMap::new();
    for one in verdicts.iter().filter(|one| halves.contains(&one.label.half) && one.work_type != one.label.work_type) {
        let place = usize::from(one.label.half == Half::Held);
        counts.entry((one.label.work_type, one.work_type)).or_default()[place] += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, [tune, held])| std::cmp::Reverse(tune + held));
    println!(
        "\n## The commonest mistakes\n\n| label | rules say | tuning half | held-back half |\n|---|---|---:|---:|"
    );
    for ((label, said), [tune, held]) in counts.into_iter().take(MISTAKES) {
        println!("| {} | {} | {tune} | {held} |", label.name(), said.name());
    }
}

/// Every mistake of the tuning half, for whoever mends rules; those of the other half are never listed.
pub fn mistakes(verdicts: &[Verdict]) {
    for one in verdicts.iter().filter(|one| one.label.half == Half::Tune) {
        let (label, said) = (one.label.work_type, one.work_type);
        let about = format!("{} {} weight {}", one.label.repo, one.label.commit, one.label.weight);
        if label != said {
            let doubt = if one.label.sure { "" } else { " (unsure)" };
            println!("type\t{}{doubt}\t{}\t{about}\t{}", label.name(), said.name(), one.reason);
        }
        let missed = one.label.areas.iter().filter(|area| !one.areas.contains(*area));
        missed.for_each(|area| println!("missed\t{area}\t\t{about}"));
        let invented = one.areas.iter().filter(|area| !one.label.areas.contains(area));
        invented.for_each(|area| println!("invented\t{area}\t\t{about}"));
    }
}
