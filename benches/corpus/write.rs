//! A whole publication as files, in the form in which the miner writes them.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use signal::data::{history, snapshot};

use crate::histories::{CATEGORIES, ORGANISATIONS, Plan, id, last, organisation_domain};
use crate::snapshots;

/// Writes the publication below `root`; how many rows histories and snapshots have.
pub fn write(plan: &Plan, root: &Path) -> io::Result<(usize, usize)> {
    fs::create_dir_all(root.join("data/history"))?;
    fs::write(root.join("signal.yaml"), settings(plan))?;
    fs::write(root.join("data/repos.yaml"), registry(plan))?;
    fs::write(root.join("data/orgs.yaml"), organisations())?;
    for period in plan.first().through(last()) {
        fs::create_dir_all(root.join("data/snapshots").join(period.to_string()))?;
    }
    crate::editions::write(plan, root)?;
    let repo = |repo: u32| -> io::Result<(usize, usize)> {
        let (history, id) = (crate::histories::history(plan, repo), id(repo));
        fs::write(root.join(history::file(&id)), history.to_yaml())?;
        let mut works = 0;
        for period in plan.first().through(last()) {
            let snapshot = snapshots::snapshot(plan, repo, &history, period);
            works += snapshot.authors.len();
            fs::write(root.join(snapshot::file(period, &id)), snapshot.to_yaml())?;
        }
        Ok((history.authors.len(), works))
    };
    let rows: Vec<(usize, usize)> = (0..plan.repos).into_par_iter().map(repo).collect::<io::Result<_>>()?;
    Ok(rows.into_iter().fold((0, 0), |sum, more| (sum.0 + more.0, sum.1 + more.1)))
}

fn settings(plan: &Plan) -> String {
    format!(
        "title: Made up\nbase_url: https://made-up.example/\nperiods: {{from: {}, to: {}}}\nas_of: 2026-07-01\n\
         depth: lines\nidentity: {{key: a-key-for-what-is-made-up, public: true}}\n",
        plan.first(),
        last()
    )
}

/// The registry: repositories in twelve categories of four groups, half of them led by one of twenty vendors.
pub fn registry(plan: &Plan) -> String {
    let mut text = "categories:\n".to_owned();
    for category in 0..CATEGORIES.min(plan.repos) {
        let group = category % 4;
        let _ = write!(
            text,
            "- slug: category-{category:02}\n  title: Category {category}\n  order: {category}\n  \
             group: group-{group}\n  repos:\n"
        );
        for repo in plan.of_category(category) {
            let _ = writeln!(text, "  - id: {}\n    url: https://forge.example/{repo}", id(repo));
            if repo % 2 == 0 {
                let _ = writeln!(text, "    vendor: vendor-{:02}", repo % 20);
            }
            if repo % 8 == 3 {
                let _ = writeln!(text, "    tracked: {}", last().before(u16::try_from(repo % 24).expect("small")));
            }
        }
    }
    text
}

/// Eighty organisations with a domain each.
pub fn organisations() -> String {
    let mut text = "organisations:\n".to_owned();
    for number in 0..ORGANISATIONS {
        let domain = organisation_domain(number);
        let domain = domain.trim_start_matches("eng.");
        let _ =
            writeln!(text, "- slug: organisation-{number:02}\n  name: Organisation {number}\n  domains: [{domain}]");
    }
    text
}
