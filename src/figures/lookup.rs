//! All figures, found by scope, metric and period.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::demand::Demand;
use super::sheet::{Series, Sheet};
use super::trace::{Log, Trace};
use crate::metrics::{Counted, Figure, Measured, Metric, Scope};
use crate::plain::Period;

/// All figures of a publication: those that were measured ahead, and those that are measured when asked for.
#[derive(Default)]
pub struct Figures {
    store: Arc<Store>,
    log: Option<Arc<Log>>,
}

/// The figures themselves, which several may read and each have noted what.
#[derive(Default)]
pub(super) struct Store {
    /// As they were measured; those of a scope come together, in one run or a few.
    measured: Vec<Vec<Measured>>,
    /// Those that are made when somebody asks for their scope.
    counted: Option<Counted>,
    shelves: HashMap<Arc<Scope>, Shelf>,
    periods: Vec<Period>,
    demand: Demand,
}

/// The figures of a scope. There are millions in all, so they are put in order when somebody asks for the scope.
#[derive(Default)]
struct Shelf {
    /// Where it stands among what was counted.
    counted: Option<usize>,
    /// What was measured besides: which of the lists, and where in it.
    runs: Vec<(usize, Range<usize>)>,
    sheet: OnceLock<Arc<Sheet>>,
}

/// What the figures of a scope are made from.
type Made<'a> = (&'a [Vec<Measured>], Option<&'a Counted>);

/// So many figures are looked through at a time.
const SHARE: usize = 1 << 16;

/// Figures are put together first and shared then.
const ALONE: &str = "figures that are still put together aren't shared";

impl Figures {
    /// From everything that was measured.
    #[must_use]
    pub fn new(measured: Vec<Measured>) -> Self {
        Self::default().with(measured)
    }

    /// From everything that was counted.
    #[must_use]
    pub fn counted(mut counted: Counted) -> Self {
        let others = counted.take_others();
        let shelf = |(place, scope)| (Arc::clone(scope), Shelf { counted: Some(place), ..Shelf::default() });
        let shelves = counted.scopes().enumerate().map(shelf).collect();
        let periods = counted.periods().collect();
        let store = Store { shelves, periods, counted: Some(counted), ..Store::default() };
        Self { store: Arc::new(store), log: None }.with(others)
    }

    /// The same, with more; of two figures of a scope, metric and period the later one stands.
    #[must_use]
    pub fn with(mut self, measured: Vec<Measured>) -> Self {
        Arc::get_mut(&mut self.store).expect(ALONE).add(measured);
        self
    }

    /// The same, with a way to measure a scope that wasn't measured ahead.
    ///
    /// It is asked once for each scope, from any thread, gives the figures of that scope alone, and none when there
    /// is nothing to measure.
    #[must_use]
    pub fn measuring(mut self, measure: impl Fn(&Scope) -> Vec<Measured> + Send + Sync + 'static) -> Self {
        Arc::get_mut(&mut self.store).expect(ALONE).demand = Demand::new(Box::new(measure));
        self
    }

    /// The same, where rows that were made of earlier figures aren't made again for scopes of which they are the same.
    #[must_use]
    pub fn after(mut self, earlier: &Self) -> Self {
        let store = Arc::get_mut(&mut self.store).expect(ALONE);
        let (measured, counted) = (&store.measured, store.counted.as_ref());
        let inherit = |(scope, shelf): (&Arc<Scope>, &mut Shelf)| {
            let Some(known) = earlier.store.shelves.get(scope) else { return };
            if let Some(sheet) = known.sheet.get()
                && shelf.is_same((measured, counted), known, &earlier.store)
            {
                shelf.sheet = OnceLock::from(Arc::clone(sheet));
            }
        };
        store.shelves.par_iter_mut().for_each(inherit);
        self
    }

    /// The same figures for one reader, and what that one will have read of them.
    #[must_use]
    pub fn watched(&self) -> (Self, Trace) {
        let (store, log) = (Arc::clone(&self.store), Arc::new(Log::default()));
        let trace = Trace::new(Arc::clone(&log), Arc::clone(&store));
        (Self { store, log: Some(log) }, trace)
    }

    /// Notes what was read for the same reader by somebody who was watched alone.
    pub fn read_too(&self, trace: &Trace) {
        self.note(|log| log.read_too(trace.log()));
    }

    /// The reported periods, in order.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        self.note(Log::periods);
        self.store.periods()
    }

    /// One figure, `commits_change` and the like included; `None` when there is no such row.
    #[must_use]
    pub fn get(&self, scope: &Scope, metric: &str, period: Period) -> Option<&Figure> {
        self.series(scope, metric)?.get(&period)
    }

    /// A metric of a scope over all reported periods.
    #[must_use]
    pub fn series(&self, scope: &Scope, metric: &str) -> Option<&Series> {
        self.note(|log| log.series(scope, metric));
        self.store.series(scope, metric)
    }

    /// Whether anything is known about a scope.
    #[must_use]
    pub fn has(&self, scope: &Scope) -> bool {
        self.note(|log| log.names(scope));
        self.store.sheet(scope).is_some()
    }

    /// Every figure with its scope and period; those of a scope come together.
    pub fn all(&self) -> impl Iterator<Item = (&Scope, Period, &Figure)> {
        self.note(Log::all);
        self.store.all()
    }

    /// All metrics that were measured ahead of any scope, each once, in no order.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static Metric> {
        self.note(Log::all);
        self.store.kinds()
    }

    /// All scopes that were measured ahead, sorted.
    #[must_use]
    pub fn scopes(&self) -> Vec<&Scope> {
        self.note(Log::scopes);
        self.store.scopes()
    }

    /// The names of all metrics of a scope, sorted.
    #[must_use]
    pub fn metrics(&self, scope: &Scope) -> Vec<&'static str> {
        self.note(|log| log.names(scope));
        self.store.names(scope).unwrap_or_default()
    }

    /// The figures of one scope, taken out.
    pub(super) fn into_sheet(mut self, scope: &Scope) -> Option<Sheet> {
        let store = Arc::get_mut(&mut self.store).expect(ALONE);
        let taken = store.shelves.remove(scope)?;
        taken.sheet(store);
        taken.sheet.into_inner().and_then(Arc::into_inner)
    }

    pub(super) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    fn note(&self, note: impl FnOnce(&Log)) {
        self.log.as_deref().map(note).unwrap_or_default();
    }
}

impl Store {
    fn add(&mut self, measured: Vec<Measured>) {
        let of_one = |a: &Measured, b: &Measured| a.period == b.period && a.scope == b.scope;
        let runs: Vec<&[Measured]> = measured.par_chunk_by(of_one).collect();
        let (list, mut start) = (self.measured.len(), 0);
        for run in runs.chunk_by(|a, b| a[0].scope == b[0].scope) {
            let end = start + run.iter().map(|period| period.len()).sum::<usize>();
            let entry = self.shelves.entry(Arc::clone(&run[0][0].scope)).or_default();
            entry.runs.push((list, start..end));
            entry.sheet.take();
            start = end;
        }
        self.periods.extend(runs.iter().map(|run| run[0].period));
        self.periods.sort_unstable();
        self.periods.dedup();
        self.measured.push(measured);
    }

    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    pub fn series(&self, scope: &Scope, metric: &str) -> Option<&Series> {
        self.sheet(scope)?.series(metric)
    }

    /// The names of the metrics of a scope of which anything is known.
    pub fn names(&self, scope: &Scope) -> Option<Vec<&'static str>> {
        self.sheet(scope).map(|sheet| sheet.metrics().collect())
    }

    pub fn scopes(&self) -> Vec<&Scope> {
        let mut scopes: Vec<_> = self.shelves.keys().map(|scope| &**scope).collect();
        scopes.sort_unstable();
        scopes
    }

    fn all(&self) -> impl Iterator<Item = (&Scope, Period, &Figure)> {
        let shelves: Vec<(&Arc<Scope>, &Shelf)> = self.shelves.iter().collect();
        let sheets: Vec<(&Scope, &Sheet)> =
            shelves.into_par_iter().map(|(scope, shelf)| (&**scope, &**shelf.sheet(self))).collect();
        sheets.into_iter().flat_map(|(scope, sheet)| sheet.all().map(move |(at, figure)| (scope, at, figure)))
    }

    fn kinds(&self) -> Vec<&'static Metric> {
        let of_some = |some: &[Measured]| {
            let named = some.iter().map(|one| (one.figure.metric.name, one.figure.metric));
            named.collect::<HashMap<&'static str, &'static Metric>>()
        };
        let found = self.measured.par_iter().flat_map(|list| list.par_chunks(SHARE)).map(of_some);
        let found = found.reduce(HashMap::new, |mut all, more| {
            all.extend(more);
            all
        });
        let counted = self.counted.iter().flat_map(Counted::metrics).map(|metric| (metric.name, metric));
        found.into_iter().chain(counted).collect::<HashMap<_, _>>().into_values().collect()
    }

    fn sheet(&self, scope: &Scope) -> Option<&Sheet> {
        let ahead = self.shelves.get(scope).map(|shelf| &**shelf.sheet(self));
        ahead.or_else(|| self.demand.sheet(scope))
    }

    /// Whether all of a scope is the very same, so that nobody has to compare it.
    pub fn shares(&self, other: &Self, scope: &Scope) -> bool {
        let sheet = |store: &Self| store.shelves.get(scope).and_then(|shelf| shelf.sheet.get()).map(Arc::as_ptr);
        sheet(self).is_some_and(|own| sheet(other) == Some(own))
    }
}

impl Shelf {
    fn sheet(&self, store: &Store) -> &Arc<Sheet> {
        self.sheet.get_or_init(|| {
            let counted = self.counted.zip(store.counted.as_ref()).map(|(place, counted)| counted.of_sheet(place));
            let mut sheet = Sheet::new(&counted.unwrap_or_default());
            for (list, run) in &self.runs {
                sheet.join(Sheet::new(&store.measured[*list][run.clone()]));
            }
            Arc::new(sheet)
        })
    }

    /// Whether the rows that would be made of it are those of another.
    fn is_same(&self, (measured, counted): Made<'_>, other: &Self, store: &Store) -> bool {
        let is_counted_so = match (self.counted.zip(counted), other.counted.zip(store.counted.as_ref())) {
            (Some((place, counted)), Some((there, other))) => counted.is_same(place, (other, there)),
            (own, other) => own.is_none() && other.is_none(),
        };
        let runs = self.runs.iter().map(|(list, run)| &measured[*list][run.clone()]);
        is_counted_so && runs.eq(other.runs.iter().map(|(list, run)| &store.measured[*list][run.clone()]))
    }
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.store.fmt(f)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Figures")
            .field("measured", &self.measured)
            .field("periods", &self.periods)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::metrics::{Side, Standing, catalogue};
    use crate::plain::Number;

    fn measured(scope: &Scope, value: usize) -> Measured {
        let metric = catalogue::find("contributors").expect("a metric");
        let value = Some(Number::whole(i128::try_from(value).unwrap()));
        let figure = Figure { metric, value, standing: Standing::Closed };
        Measured { period: period(), scope: Arc::new(scope.clone()), figure }
    }

    fn period() -> Period {
        "2024-Q4".parse().unwrap()
    }

    fn union(slugs: &[&str]) -> Scope {
        Scope::union(slugs.iter().map(|slug| Side::category(slug)).collect())
    }

    #[test]
    fn a_scope_is_measured_when_it_is_asked_for_and_only_once() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let figures = Figures::new(vec![measured(&Scope::Corpus, 9)]).measuring(move |scope| {
            count.fetch_add(1, Ordering::SeqCst);
            match scope {
                Scope::Union(sides) => vec![measured(scope, sides.len())],
                _ => Vec::new(),
            }
        });
        let value = |scope: &Scope| figures.get(scope, "contributors", period()).and_then(|figure| figure.value);
        assert_eq!(value(&Scope::Corpus), Some(Number::whole(9)));
        assert_eq!(asked.load(Ordering::SeqCst), 0, "what is there isn't measured again");
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    assert_eq!(value(&union(&["a", "b"])), Some(Number::whole(2)));
                    assert_eq!(value(&union(&["c", "b", "a"])), Some(Number::whole(3)));
                    assert!(!figures.has(&Scope::Vendor("v".to_owned())));
                });
            }
        });
        assert_eq!(asked.load(Ordering::SeqCst), 3);
        assert_eq!(figures.metrics(&union(&["b", "a"])), ["contributors"]);
        assert_eq!(figures.scopes(), [&Scope::Corpus]);
    }

    #[test]
    fn rows_of_what_is_the_same_are_kept_and_no_others() {
        let repo = || Scope::Repo("a--b".to_owned());
        let earlier = Figures::new(vec![measured(&Scope::Corpus, 9), measured(&repo(), 4)]);
        let read = |figures: &Figures, scope: &Scope| {
            figures.get(scope, "contributors", period()).and_then(|figure| figure.value).and_then(Number::as_whole)
        };
        assert_eq!((read(&earlier, &Scope::Corpus), read(&earlier, &repo())), (Some(9), Some(4)));
        let later = Figures::new(vec![measured(&Scope::Corpus, 9), measured(&repo(), 5)]).after(&earlier);
        assert!(later.store.shares(&earlier.store, &Scope::Corpus));
        assert!(!later.store.shares(&earlier.store, &repo()));
        assert_eq!((read(&later, &Scope::Corpus), read(&later, &repo())), (Some(9), Some(5)));
        let more =
            Figures::new(vec![measured(&Scope::Corpus, 9)]).with(vec![measured(&Scope::Corpus, 3)]).after(&earlier);
        assert_eq!(read(&more, &Scope::Corpus), Some(3), "what came later stands");
    }

    #[test]
    fn without_a_way_to_measure_there_is_what_was_measured() {
        let figures = Figures::new(vec![measured(&Scope::Corpus, 9)]);
        assert!(figures.has(&Scope::Corpus) && !figures.has(&union(&["a", "b"])));
    }
}
