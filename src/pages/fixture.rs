//! A tiny whole publication with made-up figures.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::content;
use super::ground::Ground;
use super::{Options, Site, compose};
use crate::data::publication;
use crate::figures::{Figures, Names};
use crate::metrics::catalogue::{Family, Metric, Reach};
use crate::metrics::{Figure, Measured, Scope, Standing};
use crate::plain::{Number, Period, Result, Unit};

const fn metric(name: &'static str, label: &'static str, unit: Unit, family: Family) -> Metric {
    let (definition, source, caution) = ("What it is.", None, None);
    Metric { name, label, unit, family, definition, source, caution, has_change: true, better: None, reach: Reach::All }
}

static COMMITS: Metric = metric("commits", "commits", Unit::Count, Family::Activity);
static CONTRIBUTORS: Metric = metric("contributors", "contributors", Unit::Count, Family::Activity);
static CHANGE: Metric = metric("contributors_change", "change of contributors", Unit::Share, Family::Activity);
static LIKE: Metric =
    metric("contributors_change_like_for_like", "change of contributors", Unit::Share, Family::Activity);
static RETENTION: Metric = metric("retention", "retention", Unit::Share, Family::Turnover);
static RETENTION_CHANGE: Metric = metric("retention_change", "change of retention", Unit::Points, Family::Turnover);
static ACTIVE: Metric = metric("active_repos", "active repositories", Unit::Count, Family::Activity);
static TRACKED: Metric = metric("tracked_repos", "tracked repositories", Unit::Count, Family::Activity);
static BOT: Metric = metric("bot", "commits by bots", Unit::Count, Family::Lanes);

pub fn kernels() -> Scope {
    Scope::Category("kernels".to_owned())
}

pub fn edge() -> Scope {
    Scope::Category("edge".to_owned())
}

fn repo() -> Scope {
    Scope::Repo("pytorch--executorch".to_owned())
}

pub fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

/// 2025-Q3 to 2026-Q3; the last one is open, the first wasn't mined for `edge`.
pub fn figures() -> Figures {
    let mut measured = Vec::new();
    let mut push =
        |period: Period, scope: Scope, metric: &'static Metric, value: Option<Number>, standing: Standing| {
            measured.push(Measured { period, scope: scope.into(), figure: Figure { metric, value, standing } });
        };
    let commits = [900, 1000, 1020, 1204, 400];
    let people = [80, 100, 101, 119, 60];
    for (at, period) in period("2025-Q3").through(period("2026-Q3")).enumerate() {
        let last = at == 4;
        let standing = if last { Standing::Open } else { Standing::Closed };
        let compared = at > 0 && !last;
        for (scope, share) in [(Scope::Corpus, 10), (kernels(), 6), (edge(), 4), (repo(), 3)] {
            let unknown = scope == edge() && at == 0;
            let partial = scope == Scope::Corpus && at == 0;
            let standing = match (unknown, partial) {
                (true, _) => Standing::Unknown,
                (_, true) => Standing::Partial { unknown: 1, open: false },
                _ if scope == repo() && at == 0 => Standing::Untracked,
                _ => standing,
            };
            let known = !matches!(standing, Standing::Unknown | Standing::Untracked);
            let count = |value: i32| known.then(|| Number::whole(value));
            push(period, scope.clone(), &COMMITS, count(commits[at] * share / 10), standing);
            push(period, scope.clone(), &CONTRIBUTORS, count(people[at] * share / 10), standing);
            push(period, scope.clone(), &ACTIVE, count(if scope == kernels() { 3 } else { 1 }), standing);
            push(period, scope.clone(), &TRACKED, count(if scope == kernels() { 4 } else { 2 }), standing);
            let change = |value: Option<Number>| value.filter(|_| compared && known && !partial);
            let (now, before) = (people[at] * share / 10, people[at.saturating_sub(1)] * share / 10);
            let relative = Number::quotient(now - before, before);
            push(period, scope.clone(), &CHANGE, change(relative), standing);
            push(period, scope.clone(), &LIKE, change(relative), standing);
            if scope == kernels() {
                push(
                    period,
                    scope.clone(),
                    &RETENTION,
                    Number::quotient(70 + i32::try_from(at).unwrap(), 100),
                    standing,
                );
                push(period, scope, &RETENTION_CHANGE, change(Some(Number::whole(1))), standing);
            }
        }
        push(period, Scope::Corpus, &BOT, Some(Number::whole(7)), standing);
    }
    Figures::new(measured)
}

static OVERLAP: Metric = metric("overlap", "people in both", Unit::Count, Family::Turnover);
static OVERLAP_CHANGE: Metric = metric("overlap_change", "change of people in both", Unit::Share, Family::Turnover);
static EXPANSION: Metric = metric("expansion", "people who came as well", Unit::Count, Family::Turnover);
static FLOW: Metric = metric("flow", "people who moved", Unit::Count, Family::Turnover);
static FLOW_CHANGE: Metric = metric("flow_change", "change of people who moved", Unit::Share, Family::Turnover);
static RATE: Metric = metric("flow_rate", "share of people who moved", Unit::Share, Family::Turnover);

/// What isn't measured ahead: unions, people between scopes, groups and the like.
fn between(scope: &Scope) -> Vec<Measured> {
    let rows: Vec<(&'static Metric, [Option<Number>; 3])> = match scope.to_string().as_str() {
        "overlap:edge+kernels" => vec![
            (&OVERLAP, [12, 14, 20].map(|people| Some(Number::whole(people)))),
            (&OVERLAP_CHANGE, [None, Number::quotient(2, 12), Number::quotient(6, 14)]),
        ],
        "flow:edge>kernels" => vec![
            (&FLOW, [9, 9, 3].map(|people| Some(Number::whole(people)))),
            (&FLOW_CHANGE, [None, Some(Number::ZERO), Number::quotient(-6, 9)]),
            (&RATE, [9, 9, 3].map(|people| Number::quotient(people, 40))),
        ],
        "flow:kernels>edge" => vec![(&FLOW, [Some(Number::whole(9)); 3]), (&RATE, [Number::quotient(1, 10); 3])],
        "expansion:kernels>edge" => vec![(&EXPANSION, [Some(Number::whole(9)); 3])],
        "flow:repo:triton--triton>repo:pytorch--executorch" => vec![(&FLOW, [Some(Number::whole(12)); 3])],
        "flow:repo:pytorch--executorch>repo:triton--triton" => vec![(&FLOW, [Some(Number::whole(2)); 3])],
        "profile:kernel-writers" => vec![(&CONTRIBUTORS, [Some(Number::whole(4)); 3])],
        text if text.starts_with("union:") => vec![(&CONTRIBUTORS, [Some(Number::whole(150)); 3])],
        "group:systems" | "vendor:meta-platforms" | "org:amd" | "area:quantization" => {
            vec![(&CONTRIBUTORS, [Some(Number::whole(80)); 3])]
        }
        _ => Vec::new(),
    };
    let measured = rows.into_iter().flat_map(|(metric, values)| {
        period("2025-Q4").through(period("2026-Q2")).zip(values).map(move |(period, value)| Measured {
            period,
            scope: scope.clone().into(),
            figure: Figure { metric, value, standing: Standing::Closed },
        })
    });
    measured.collect()
}

pub const SETTINGS: &str = "\
title: The Signal
base_url: https://example.org/signal
periods: {from: 2025-Q3, to: 2026-Q3}
as_of: 2026-07-01
identity: {key: not a secret at all, public: true}
";

const THEME: &str = "src/pages/fixture/theme";

const REPOS: &str = "\
categories:
  - slug: kernels
    title: GPU Kernels & Performance
    icon: chip
    order: 1
    group: Systems
    repos:
      - {id: triton--triton, url: https://example.org/triton}
  - slug: edge
    title: On-device
    order: 2
    group: Systems
    repos:
      - {id: pytorch--executorch, url: https://example.org/executorch, aliases: [ExecuTorch], vendor: Meta Platforms}
";

/// A publication in a folder of its own.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// With settings, a registry and a theme that shows little.
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("signal.yaml", &format!("{SETTINGS}theme: tiny\n")).put("data/repos.yaml", REPOS);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for file in content::files(root, Path::new(THEME)).unwrap() {
            let name = file.strip_prefix(THEME).unwrap().to_str().unwrap();
            folder.put(&format!("themes/tiny/{name}"), &fs::read_to_string(root.join(&file)).unwrap());
        }
        folder
    }

    /// With two editions as well.
    pub fn with_editions() -> Self {
        let folder = Self::new();
        folder.edition("2026-Q1", "The first.\n\n## Kernels {#kernels}\n\nText.\n");
        folder.edition(
            "2026-Q2",
            "The lede, {{ corpus().contributors }} people, [below](#kernels).\n\n## Up {#kernels}\n\nText.\n",
        );
        folder
    }

    pub fn put(&self, file: &str, text: &str) -> &Self {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn edition(&self, period: &str, text: &str) -> &Self {
        let file = format!("content/editions/{}.md", period.to_lowercase());
        self.put(&file, &format!("---\ntitle: Edition {period}\nsummary: What it found.\n---\n{text}"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn compose(&self) -> Result<Site> {
        self.compose_with(&Options::default())
    }

    pub fn compose_with(&self, options: &Options) -> Result<Site> {
        let publication = publication::read(self.path())?;
        compose(&publication, &Arc::new(figures().measuring(between)), options)
    }

    /// The page at an address, of a publication without faults.
    pub fn page(&self, path: &str) -> String {
        let site = self.compose().unwrap_or_else(|faults| panic!("{faults}"));
        String::from_utf8(site.files[path].clone()).unwrap()
    }

    /// The faults of one that has some.
    pub fn faults(&self) -> String {
        self.compose().expect_err("a publication with a fault").to_string()
    }
}

/// What expressions stand on, without a folder.
pub fn ground() -> Arc<Ground> {
    let registry = crate::data::document::parse(Path::new("data/repos.yaml"), REPOS).expect("a registry");
    let names = Names::new(&registry)
        .with("org", [("amd", "AMD"), ("intel", "Intel")])
        .with("area", [("quantization", "Quantization")])
        .with("profile", [("kernel-writers", "Kernel writers")]);
    Arc::new(Ground::new(Arc::new(figures().measuring(between)), names, &registry))
}
