//! `chart("cohorts", …)`: of those who came in a quarter, how many are still there.

use super::kind::{Kind, Plan};
use super::ledger::Ledger;
use super::options::Options;
use super::view::{Drawn, View};
use crate::charts::{self, Cell, Cohort};
use crate::metrics::{Metric, Scope};
use crate::pages::ground::Complaint;
use crate::plain::{Result, Unit};

pub const KIND: Kind = Kind { name: "cohorts", options: &["scope"], read };

#[derive(Debug)]
struct Cohorts {
    scope: Scope,
    /// How many came.
    new: &'static Metric,
}

fn read(options: &Options<'_>) -> Result<Box<dyn Plan>, Complaint> {
    let scope = options.scope()?;
    let new = options.ground.metric(&scope, "new")?;
    options.unmasked(&[(scope.clone(), true)])?;
    Ok(Box::new(Cohorts { scope, new }))
}

impl Plan for Cohorts {
    fn draw(&self, view: &View<'_>) -> Result<Drawn> {
        let periods = view.periods();
        // The last quarter has no later one to be seen in.
        let arrivals = &periods[..periods.len().saturating_sub(1)];
        let columns = (1..periods.len()).map(|later| format!("after {later}"));
        let mut ledger = Ledger::new(["Came in".to_owned(), "New".to_owned()].into_iter().chain(columns));
        let mut cohorts = Vec::new();
        for &came in arrivals {
            let name = format!("cohort_{came}");
            let new = view.entry(&self.scope, self.new, came);
            let mut entries = vec![new];
            let mut later = Vec::new();
            for &period in periods.iter().filter(|period| **period > came) {
                let entry = super::ledger::Entry::share(view.shown(&self.scope, &name, period));
                let text = entry.float().map_or_else(String::new, |_| entry.text().trim_end_matches('%').to_owned());
                later.push(Cell { value: entry.float(), text });
                entries.push(entry);
            }
            ledger.push(came.to_string(), entries);
            cohorts.push(Cohort { came, count: new.text(), later });
        }
        let title = view.within(&self.scope);
        let measured = format!("Share of those new to {title} in a quarter who are active later, in percent");
        let next = cohorts.iter().filter_map(|cohort| cohort.later.first()?.value).collect::<Vec<_>>();
        let mean = next.iter().sum::<f64>() / next.len().max(1) as f64 * 100.0;
        let description = format!("{measured}: on average {mean:.0}% a quarter later.");
        let source = format!("new and cohorts, {}", view.reach());
        let frame = view.frame(Unit::Share, measured, description, &source);
        let drawing = charts::cohorts(&frame, &cohorts)?;
        Ok(Drawn { frame, drawing, ledger })
    }
}
