//! `signal brief`: the private side of a report. Who does which kind of work, with names, for as long as it may be used.

mod page;
mod person;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::arguments::{Arguments, BriefOptions};
use super::build::today;
use super::measure::with_corpus;
use super::names::{self, Known};
use super::outcome::Outcome;
use super::output::counted;
use super::place::{self, PRIVATE};
use super::progress::Progress;
use crate::data::publication;
use crate::metrics::dossier::dossiers;
use crate::plain::{Day, Diagnostic, Kind, Period, Result, atomic};
use person::Person;

/// So many days a brief may be used, unless somebody says otherwise.
const DAYS: i64 = 90;

/// What a brief says.
struct Brief {
    /// The publication's title.
    title: String,
    period: Period,
    made: Day,
    expires: Day,
    profiles: Vec<Profile>,
}

/// The people of one profile.
struct Profile {
    title: String,
    description: String,
    /// Those with the most commits first.
    people: Vec<Person>,
}

/// Runs the command.
pub fn run(arguments: &Arguments, options: &BriefOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let period = options.period;
    let made = today()?;
    let expires = options.expires.unwrap_or(Day::of_seconds(made.seconds() + DAYS * 24 * 60 * 60));
    if expires <= made {
        let fault = Diagnostic::new(Kind::Usage, format!("a brief that expires on {expires} is too old already"));
        return Err(fault.hint("name a day to come with `--expires`").into());
    }
    if publication.profiles.value.profiles.is_empty() {
        let fault = Diagnostic::new(Kind::Missing, "there are no profiles, so there is nobody to write about");
        let file = publication.profiles.file.clone();
        return Err(fault
            .in_file(&file)
            .hint("say which kinds of work are looked for; docs/formats.md shows how")
            .into());
    }
    let folder = match &options.out {
        Some(out) => out.clone(),
        None => publication.root.join(PRIVATE).join(format!("brief-{}", period.slug())),
    };
    // Both are refused before anything is read, and so before anybody's name is in memory.
    let files: Vec<PathBuf> = ["index.html", "people.csv"]
        .iter()
        .map(|name| place::private(&publication.root, &folder.join(name)))
        .collect::<Result<_>>()?;
    let known = Known::read(&publication)?;
    let (_, (people, dossiers, of)) = with_corpus(&publication, |corpus| {
        names::check_key(&publication, corpus)?;
        let (people, dossiers) = dossiers(corpus, period)?;
        let of = known.of_persons(corpus);
        let keys: BTreeMap<u32, String> =
            dossiers.keys().map(|one| (*one, corpus.roster.persons[*one as usize].key.to_string())).collect();
        Ok((people, dossiers, (of, keys)))
    })?;
    let (written, keys) = of;
    let profiles = publication.profiles.value.profiles.iter().zip(people).map(|(profile, people)| {
        let person = |one: &u32| Person::new(&publication, &keys[one], written.get(one), &dossiers[one]);
        let mut people: Vec<Person> = people.iter().map(person).collect();
        people.sort_by(|a, b| b.commits.cmp(&a.commits).then_with(|| a.key.cmp(&b.key)));
        Profile { title: profile.title.clone(), description: profile.description.clone(), people }
    });
    let title = publication.settings.value.title.clone();
    let brief = Brief { title, period, made, expires, profiles: profiles.collect() };
    atomic::write(&files[0], page::html(&brief).as_bytes())?;
    atomic::write(&files[1], table::sheet(&brief).csv().as_bytes())?;
    let progress = Progress::new(0, arguments.voice());
    if let Some(first) = known.missing.first() {
        let repos = counted(known.missing.len(), "repository", "repositories");
        progress.say(&format!("names of {repos} are missing, `{first}` first: `signal mine` makes the mirrors"));
    }
    let count = counted(dossiers.len(), "person", "people");
    progress.say(&format!("{count} in {}; delete it by {expires}, and publish nothing of it", folder.display()));
    Ok(Outcome::Done)
}
