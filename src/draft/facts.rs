//! What a draft is made from.

use crate::data::publication::Publication;
use crate::data::registry::Category;
use crate::figures::{Figures, Names, mask};
use crate::metrics::Scope;
use crate::metrics::over_time::detectors::{Finding, Report, detect};
use crate::metrics::over_time::movers::movers;
use crate::metrics::over_time::{Story, wholes};
use crate::pages::predictions::Review;
use crate::plain::{Diagnostic, Kind, Number, Period, Result};

/// A publication in one quarter.
pub struct Facts<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// All of its figures.
    pub figures: &'a Figures,
    /// What its parts are called.
    pub names: Names,
    /// The quarter.
    pub period: Period,
    /// What moved, the most unusual first.
    pub stories: Vec<Story>,
    /// What the detectors found.
    pub reports: Vec<Report>,
    /// The predictions that the edition has to speak of.
    pub reviews: Vec<Review>,
}

impl<'a> Facts<'a> {
    /// Looks at a quarter that is over and mined.
    pub fn new(
        publication: &'a Publication,
        figures: &'a Figures,
        period: Period,
        reviews: Vec<Review>,
    ) -> Result<Self> {
        let chronicle = figures.chronicle();
        let is_known = |scope| figures.get(scope, "commits", period).is_some_and(|figure| figure.value.is_some());
        let place = chronicle.place(period).filter(|_| is_known(&Scope::Corpus));
        let is_over = chronicle.last_closed().zip(place).is_some_and(|(last, place)| place <= last);
        let Some(place) = place.filter(|_| is_over) else {
            let message =
                format!("{period} isn't over, or nothing of it was mined, so there is nothing to write about");
            let hint = format!(
                "set `to: {period}` under `periods` in signal.yaml and `as_of: {}`, then run `signal mine`",
                period.next().start()
            );
            return Err(Diagnostic::new(Kind::Missing, message).hint(hint).into());
        };
        let registry = &publication.registry.value;
        let stories = movers(&chronicle, &wholes(registry), place);
        let reports = detect(&chronicle, place);
        Ok(Self { publication, figures, names: Names::of(publication), period, stories, reports, reviews })
    }

    /// A value in the quarter, where it may be published to the last digit.
    #[must_use]
    pub fn now(&self, scope: &Scope, metric: &str) -> Option<Number> {
        mask::shown(self.figures, scope, metric, self.period)?.value()
    }

    /// The same in the quarter before.
    #[must_use]
    pub fn before(&self, scope: &Scope, metric: &str) -> Option<Number> {
        mask::shown(self.figures, scope, metric, self.period.before(1))?.value()
    }

    /// Whether a value is known in the quarter, even if no more is said of it than that it is small.
    #[must_use]
    pub fn is_known(&self, scope: &Scope, metric: &str) -> bool {
        self.figures.get(scope, metric, self.period).is_some_and(|figure| figure.value.is_some())
    }

    /// What readers call a scope, safe in markdown.
    #[must_use]
    pub fn title(&self, scope: &Scope) -> String {
        super::wording::escaped(&self.names.title(scope))
    }

    /// The categories in their order, but for those in which nothing is known.
    #[must_use]
    pub fn categories(&self) -> Vec<&'a Category> {
        let ordered = self.publication.registry.value.ordered();
        let is_known = |category: &&Category| self.now(&scope_of(category), "contributors").is_some();
        ordered.into_iter().filter(is_known).collect()
    }

    /// The stories that are told of a category or of one of its repositories.
    #[must_use]
    pub fn stories_of(&self, category: &Category) -> Vec<&Story> {
        self.stories.iter().filter(|story| belongs(category, &story.scope)).collect()
    }

    /// What was detected in a category or in one of its repositories, with its detector's report.
    #[must_use]
    pub fn findings_of(&self, category: &Category) -> Vec<(&Report, &Finding)> {
        let all = self.reports.iter().flat_map(|report| report.findings.iter().map(move |finding| (report, finding)));
        all.filter(|(_, finding)| belongs(category, &finding.scope)).collect()
    }
}

/// A category as a scope.
pub fn scope_of(category: &Category) -> Scope {
    Scope::Category(category.slug.value.clone())
}

fn belongs(category: &Category, scope: &Scope) -> bool {
    match scope {
        Scope::Category(slug) => *slug == category.slug.value,
        Scope::Repo(id) => category.repos.iter().any(|repo| repo.id.value == *id),
        _ => false,
    }
}
