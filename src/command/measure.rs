//! The middle of the pipeline: from the committed data to every figure.

use crate::data::copies;
use crate::data::mined::{self, Mined};
use crate::data::publication::Publication;
use crate::figures::Figures;
use crate::metrics::{Corpus, Survey, over_time};
use crate::people::{self, Affiliations};
use crate::plain::Result;

/// Reads what was mined, finds out who is whom, and counts.
pub fn measure(publication: &Publication) -> Result<(Mined, Figures)> {
    let mined = mined::read(publication)?;
    let figures = figures(publication, &mined)?;
    Ok((mined, figures))
}

/// Finds out who is whom in what was mined, and counts. Of the settings only the periods and `as_of` have a part in it,
/// of the hand-written data the registry, people, organisations, areas and profiles.
pub fn figures(publication: &Publication, mined: &Mined) -> Result<Figures> {
    let (survey, figures) = count(publication, mined, |corpus| {
        let mut survey = Survey::new(corpus)?;
        let counted = survey.figures()?;
        let over_time = over_time::rows(&counted);
        Ok((survey, Figures::counted(counted).with(over_time)))
    })?;
    Ok(figures.measuring(move |scope| survey.on_demand(scope)))
}

/// Reads what was mined, finds out who is whom, and gives all of it away to be counted.
pub fn with_corpus<T>(publication: &Publication, by: impl FnOnce(&Corpus) -> Result<T>) -> Result<(Mined, T)> {
    let mined = mined::read(publication)?;
    let counted = count(publication, &mined, by)?;
    Ok((mined, counted))
}

fn count<T>(publication: &Publication, mined: &Mined, by: impl FnOnce(&Corpus) -> Result<T>) -> Result<T> {
    copies::check(&publication.registry, &mined.histories)?;
    let who = people::resolve(&mined.histories, &publication.people)?;
    let employers = Affiliations::new(&mined.histories, &who.roster, &publication.organisations.value);
    let organisations = publication.organisations.value.organisations.iter();
    let organisations: Vec<String> = organisations.map(|one| one.slug.value.clone()).collect();
    let areas: Vec<String> = publication.areas.value.areas.iter().map(|area| area.slug.value.clone()).collect();
    let settings = &publication.settings.value;
    by(&Corpus {
        registry: &publication.registry.value,
        histories: &mined.histories,
        snapshots: &mined.snapshots,
        roster: &who.roster,
        affiliation: &|history, line, period| employers.of(history, line, period),
        organisations: &organisations,
        areas: &areas,
        profiles: &publication.profiles.value.profiles,
        periods: settings.periods.value,
        as_of: settings.as_of,
    })
}
