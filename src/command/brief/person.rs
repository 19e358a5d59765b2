//! One person of a brief, in words.

use crate::command::names::Written;
use crate::data::publication::Publication;
use crate::metrics::dossier::Dossier;
use crate::plain::text::listed;

/// How many areas, and how many repositories, are named.
const NAMED: usize = 4;

/// One person.
pub struct Person {
    /// What stands for the person in the data.
    pub key: String,
    /// As in the commits; absent where no mirror here has them.
    pub name: Option<String>,
    /// As in the commits.
    pub address: Option<String>,
    /// The organisation of most commits.
    pub organisation: Option<String>,
    /// The day of the first commit.
    pub since: String,
    /// Quarters with a commit.
    pub quarters: usize,
    /// Commits of the quarter.
    pub commits: u64,
    /// The most weeks of the quarter with a commit in one repository.
    pub weeks: u32,
    /// The layer in the repository with the most commits.
    pub depth: &'static str,
    /// Where the commits were made.
    pub places: String,
    /// What they were about.
    pub areas: String,
    /// Where the person came to and what was left.
    pub movement: String,
    /// People who changed the same files.
    pub companions: usize,
}

impl Person {
    /// From what is known.
    pub fn new(publication: &Publication, key: &str, written: Option<&Written>, dossier: &Dossier) -> Self {
        let repos: Vec<&str> = publication.registry.value.repos().map(|(_, repo)| repo.title()).collect();
        let titles = |places: &[usize]| -> Vec<&str> { places.iter().map(|place| repos[*place]).collect() };
        let first = dossier.places.first();
        let organisation = first.and_then(|place| place.organisation);
        let organisations = &publication.organisations.value.organisations;
        let places = dossier.places.iter().take(NAMED).map(|one| format!("{} ({})", repos[one.repo], one.commits));
        let areas = dossier.areas.iter().take(NAMED).map(|(slug, commits)| {
            let area = publication.areas.value.areas.iter().find(|area| area.slug.value == *slug);
            format!("{} ({commits})", area.map_or(slug.as_str(), |area| &area.title))
        });
        let mut movement = Vec::new();
        if !dossier.joined.is_empty() {
            movement.push(format!("new at {}", listed(&titles(&dossier.joined), "and")));
        }
        if !dossier.left.is_empty() {
            movement.push(format!("no longer at {}", listed(&titles(&dossier.left), "and")));
        }
        Self {
            key: key.to_owned(),
            name: written.map(|written| written.name.clone()),
            address: written.map(|written| written.address.clone()),
            organisation: organisation.map(|number| organisations[number as usize].name.clone()),
            since: dossier.since.map(|day| day.to_string()).unwrap_or_default(),
            quarters: dossier.quarters,
            commits: dossier.commits(),
            weeks: dossier.places.iter().map(|place| place.weeks).max().unwrap_or(0),
            depth: first.map_or("casual", |place| place.layer),
            places: places.collect::<Vec<_>>().join(", "),
            areas: areas.collect::<Vec<_>>().join(", "),
            movement: movement.join("; "),
            companions: dossier.companions,
        }
    }
}
