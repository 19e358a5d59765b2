//! A brief as rows.

use super::Brief;
use crate::command::sheet::{Column, Sheet};

/// A row per profile and person.
pub fn sheet(brief: &Brief) -> Sheet {
    let columns = vec![
        Column::text("profile"),
        Column::text("name"),
        Column::text("address"),
        Column::text("organisation"),
        Column::text("since"),
        Column::number("quarters"),
        Column::number("commits"),
        Column::number("weeks"),
        Column::text("depth"),
        Column::text("repositories"),
        Column::text("areas"),
        Column::text("movement"),
        Column::number("companions"),
        Column::text("key"),
        Column::text("period"),
        Column::text("expires"),
    ];
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let rows = brief.profiles.iter().flat_map(|profile| {
        profile.people.iter().map(move |person| {
            vec![
                text(&profile.title),
                person.name.clone(),
                person.address.clone(),
                person.organisation.clone(),
                text(&person.since),
                Some(person.quarters.to_string()),
                Some(person.commits.to_string()),
                Some(person.weeks.to_string()),
                text(person.depth),
                text(&person.places),
                text(&person.areas),
                text(&person.movement),
                Some(person.companions.to_string()),
                text(&person.key),
                Some(brief.period.to_string()),
                Some(brief.expires.to_string()),
            ]
        })
    });
    Sheet { columns, rows: rows.collect() }
}
