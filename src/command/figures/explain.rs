//! `signal figures explain`: what a figure is, how it follows from others, from which files, and how git checks it.

use std::fmt::Write as _;

use super::witness::{self, Reach};
use super::wrong;
use crate::command::arguments::{Arguments, ExplainOptions};
use crate::command::measure::measure;
use crate::command::outcome::Outcome;
use crate::command::output::{counted, print};
use crate::data::history::{self, History, State};
use crate::data::mined::Mined;
use crate::data::publication::{self, Publication};
use crate::data::registry::Repo;
use crate::data::snapshot;
use crate::figures::working::working;
use crate::figures::{Figures, Names};
use crate::metrics::catalogue::{self, Family, Formula, Id};
use crate::metrics::{Figure, Metric, Scope, Standing};
use crate::pages::wording::{self, Style};
use crate::plain::text::listed;
use crate::plain::{Diagnostic, Kind, Number, Period, Result, Unit, suggest};

/// So many commands of git are printed; the others differ in the repository only.
const COMMANDS: usize = 3;

/// Runs the command.
pub fn run(arguments: &Arguments, options: &ExplainOptions) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    let names = Names::of(&publication);
    let question = Question::read(&options.words.join(" "), &names)?;
    let (mined, figures) = measure(&publication)?;
    let Question { scope, metric, period } = &question;
    let Some(figure) = figures.get(scope, metric.name, *period) else {
        return Err(question.unanswered(&figures).into());
    };
    let explanation = Explanation { publication: &publication, names: &names, mined: &mined, figures: &figures };
    print(&explanation.text(&question, figure)).map(|()| Outcome::Done)
}

/// A figure that somebody asks about.
struct Question {
    scope: Scope,
    metric: &'static Metric,
    period: Period,
}

impl Question {
    /// From `repo:jax contributors 2026-Q2`; the name of a scope may have blanks.
    fn read(text: &str, names: &Names) -> Result<Self> {
        let mut words = text.trim().rsplitn(3, char::is_whitespace);
        let (Some(period), Some(name), Some(scope)) = (words.next(), words.next(), words.next()) else {
            let message = format!("`{text}` asks for no figure");
            let hint =
                "write scope, metric and period, as in `signal figures explain \"repo:jax contributors 2026-Q2\"`";
            return Err(Diagnostic::new(Kind::Usage, message).hint(hint).into());
        };
        let all = catalogue::all().iter().map(|metric| metric.name);
        Ok(Self {
            period: period.parse().map_err(|hint| wrong("period", period, hint))?,
            metric: catalogue::find(name).ok_or_else(|| wrong("metric", name, suggest::hint(name, all)))?,
            scope: names.scope(scope).map_err(|hint| wrong("scope", scope, hint))?,
        })
    }

    fn unanswered(&self, figures: &Figures) -> Diagnostic {
        let Self { scope, metric, period } = self;
        let message = format!("there is no figure `{}` of {scope} in {period}", metric.name);
        let known = figures.metrics(scope);
        let hint = match (figures.periods().first(), figures.periods().last()) {
            (Some(first), Some(last)) if !(first..=last).contains(&period) => {
                format!("the reported periods are {first} to {last}")
            }
            _ if known.is_empty() => "nothing is measured of this scope".to_owned(),
            _ => suggest::hint(metric.name, known.iter().copied()),
        };
        Diagnostic::new(Kind::Reference, message).hint(hint)
    }
}

/// What an explanation is made from.
struct Explanation<'a> {
    publication: &'a Publication,
    names: &'a Names,
    mined: &'a Mined,
    figures: &'a Figures,
}

impl Explanation<'_> {
    fn text(&self, question: &Question, figure: &Figure) -> String {
        let Question { scope, metric, period } = question;
        let mut text = format!("{} · {} · {period}: {}\n\n", metric.label, self.names.title(scope), value_of(figure));
        let source = metric.source.map(|source| format!(" After {source}.")).unwrap_or_default();
        let _ = writeln!(text, "definition  {}{source}", metric.definition);
        for caution in catalogue::cautions(scope, metric) {
            let _ = writeln!(text, "caution     {caution}");
        }
        let _ = writeln!(text, "standing    {}", standing(figure, self.figures.get(scope, "tracked_repos", *period)));
        let _ = writeln!(text, "formula     {}", self.formula(question, figure));
        let aside = self.set_aside(scope, *period);
        if !aside.is_empty() {
            let _ = writeln!(text, "set aside   {}", listed(&aside, "and"));
        }
        let repos = self.repos(scope, *period);
        text += &self.files(&repos, *period);
        text + &self.check(&repos, question)
    }

    fn formula(&self, question: &Question, figure: &Figure) -> String {
        let Question { scope, metric, period } = question;
        if let Some(working) = working(self.figures, self.names.members(), scope, metric, *period) {
            return format!("{} = {}", working.text, working.value);
        }
        match (metric.formula(), figure.value) {
            (_, None) => "there is nothing to work out".to_owned(),
            (Formula::LikeForLike(level), Some(_)) => {
                format!("as {level}_change, with both quarters counted over the repositories that both know")
            }
            (Formula::Counted, Some(_)) => "counted from the files below, follows from no other figures".to_owned(),
            _ => "the figures that it follows from are not reported, only counted".to_owned(),
        }
    }

    /// What was not counted, or is worth knowing about what was.
    fn set_aside(&self, scope: &Scope, period: Period) -> Vec<String> {
        let lanes = Id::ALL
            .map(catalogue::metric)
            .into_iter()
            .filter(|metric| metric.family == Family::Lanes && metric.unit == Unit::Count);
        let worth = |metric: &'static Metric| {
            let value = self.figures.get(scope, metric.name, period)?.value?;
            (value.sign() != 0).then(|| format!("{} {}", value, metric.label))
        };
        lanes.filter_map(worth).collect()
    }

    /// The repositories of a scope that belong to the corpus in a period, with their histories.
    fn repos(&self, scope: &Scope, period: Period) -> Vec<(&Repo, &History)> {
        let wanted = self.names.members().repos(scope);
        let all = self.publication.registry.value.repos().map(|(_, repo)| repo).zip(&self.mined.histories);
        all.filter(|(repo, _)| wanted.contains(&repo.id.value.as_str()) && repo.is_tracked(period)).collect()
    }

    fn files(&self, repos: &[(&Repo, &History)], period: Period) -> String {
        let mut text = format!("\nfrom {}\n", counted(repos.len(), "repository", "repositories"));
        for (repo, history) in repos {
            let reach = history.state.as_ref().and_then(|state| Reach::of(state, period));
            let boundary = match &reach {
                None => "nothing is known".to_owned(),
                Some(reach) if reach.is_closed => format!("boundary {}", reach.boundary),
                Some(reach) => format!("tip {}, the quarter is open", reach.boundary),
            };
            let _ = writeln!(text, "  {}  {boundary}", history::file(&repo.id.value).display());
            let snapshot = self.mined.snapshots.iter().find(|one| one.repo == repo.id.value && one.period == period);
            if snapshot.is_some() {
                let _ = writeln!(text, "  {}", snapshot::file(period, &repo.id.value).display());
            }
        }
        text
    }

    fn check(&self, repos: &[(&Repo, &History)], question: &Question) -> String {
        let Question { metric, period, .. } = question;
        let reached = |state: &Option<State>| state.as_ref().is_some_and(|state| Reach::of(state, *period).is_some());
        let known: Vec<_> = repos.iter().filter(|(_, history)| reached(&history.state)).collect();
        if known.is_empty() {
            return "\ncheck\n  nothing is known that git could count\n".to_owned();
        }
        let mut text = "\ncheck, in the publication's folder\n".to_owned();
        for (repo, history) in known.iter().take(COMMANDS) {
            let reach =
                history.state.as_ref().and_then(|state| Reach::of(state, *period)).expect("it was found before");
            let _ = writeln!(text, "  {}", witness::command(repo, &reach, metric, *period));
        }
        if let Some(more) = known.len().checked_sub(COMMANDS).filter(|more| *more > 0) {
            let _ = writeln!(text, "  … and the same for {} more", counted(more, "repository", "repositories"));
        }
        for caveat in self.caveats(&known, question) {
            let _ = writeln!(text, "  - {caveat}");
        }
        text
    }

    /// Why git's own count may differ.
    fn caveats(&self, repos: &[&(&Repo, &History)], question: &Question) -> Vec<String> {
        let Question { scope, metric, period } = question;
        let count = |name: &str| self.figures.get(scope, name, *period).and_then(|figure| figure.value);
        let some = |name: &str| count(name).filter(|count| count.sign() > 0);
        let mut caveats = Vec::new();
        if witness::counts_addresses(metric) {
            let by = "by .mailmap, account, name and data/people.yaml";
            caveats.push(format!("git counts addresses; here those of one person are one, {by}"));
            if repos.len() > 1 {
                caveats.push("people in several repositories count once, so that their counts don't add up".to_owned());
            }
        }
        let apart: Vec<String> = [("bot", "of bots"), ("agent_authored", "of coding agents"), ("imported", "imported")]
            .iter()
            .filter_map(|(name, words)| Some(format!("{} {words}", some(name)?)))
            .collect();
        if !apart.is_empty() {
            caveats.push(format!("git's count includes the commits set aside: {}", listed(&apart, "and")));
        }
        if let Some(late) = some("late") {
            caveats.push(format!("{late} came late and aren't found by their date: `explain` the metric `late`"));
        }
        if let Some(mended) = some("date_mended") {
            caveats.push(format!("{mended} have an impossible date and count where their parent's date is"));
        }
        if some("shared").is_some() || repos.iter().any(|(repo, _)| repo.fork_of.is_some()) {
            let shared = count("shared").unwrap_or(Number::ZERO);
            caveats.push(format!("of copies, the {shared} commits that the origin has count there, not here"));
        }
        if matches!(scope, Scope::Area(_) | Scope::Organisation(_) | Scope::Profile(_)) {
            caveats.push(format!("git doesn't know who belongs to {}: it counts everybody", self.names.title(scope)));
        }
        caveats
    }
}

fn value_of(figure: &Figure) -> String {
    let Some(value) = figure.value else { return "unknown, or without a meaning".to_owned() };
    let style = Style { signed: figure.metric.is_change(), ..Style::default() };
    let (exact, read) = (value.tidy(), wording::print(value, figure.metric.unit, style));
    if exact == read { exact } else { format!("{exact} ({read})") }
}

/// What a figure rests on, in words.
fn standing(figure: &Figure, tracked: Option<&Figure>) -> String {
    let of = tracked.and_then(|figure| figure.value).map(|count| format!(" of {count}")).unwrap_or_default();
    match figure.standing {
        Standing::Closed => "closed: every repository is known to the end of the quarter".to_owned(),
        Standing::Open => {
            "open: not every repository is known to the end of the quarter, so only levels are stated".to_owned()
        }
        Standing::Partial { unknown, open } => {
            let open = if open { ", and the others are open" } else { "" };
            let unknown = counted(unknown as usize, "repository is", "repositories are");
            format!("partial: {unknown} unknown{of}; the figure is of the others{open}")
        }
        Standing::Unknown => "unknown: no repository is known in the quarter".to_owned(),
        Standing::Untracked => "untracked: no repository belongs to the corpus yet".to_owned(),
    }
}
