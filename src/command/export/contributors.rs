//! A row per person, period and repository.

use crate::command::names::{Known, Written};
use crate::command::sheet::{Column, Sheet};
use crate::data::publication::Publication;
use crate::metrics::Corpus;
use crate::metrics::attendance::{Attendance, attendance};
use crate::plain::Result;

/// Stands for all who opted out.
pub const WITHDRAWN: &str = "withdrawn";

const COLUMNS: [Column; 9] = [
    Column::text("period"),
    Column::text("repo"),
    Column::text("category"),
    Column::text("person"),
    Column::number("commits"),
    Column::number("weeks"),
    Column::text("organisation"),
    Column::text("layer"),
    Column::text("came"),
];

/// Everybody's work, by keys; with `known` also by name and address.
pub fn sheet(publication: &Publication, corpus: &Corpus, known: Option<&Known>) -> Result<Sheet> {
    let repos: Vec<_> = publication.registry.value.repos().collect();
    let organisations = &publication.organisations.value.organisations;
    let of = known.map(|known| known.of_persons(corpus));
    let row = |one: Attendance| {
        let (category, repo) = repos[one.repo];
        let person = &corpus.roster.persons[one.person as usize];
        let key = if person.is_withdrawn() { WITHDRAWN.to_owned() } else { person.key.to_string() };
        let mut row = vec![
            Some(one.period.to_string()),
            Some(repo.id.value.clone()),
            Some(category.slug.value.clone()),
            Some(key),
            Some(one.commits.to_string()),
            Some(one.weeks.to_string()),
            one.organisation.map(|organisation| organisations[organisation as usize].slug.value.clone()),
            Some(one.layer.to_owned()),
            one.came.map(str::to_owned),
        ];
        if let Some(of) = &of {
            let found = of.get(&one.person);
            row.push(found.map(|Written { name, .. }| name.clone()));
            row.push(found.map(|Written { address, .. }| address.clone()));
        }
        row
    };
    let mut columns = COLUMNS.to_vec();
    if known.is_some() {
        columns.extend([Column::text("name"), Column::text("address")]);
    }
    let mut rows: Vec<_> = attendance(corpus)?.into_iter().map(row).collect();
    rows.sort_unstable();
    Ok(Sheet { columns, rows })
}
