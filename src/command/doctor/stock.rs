//! What was mined: by which key and which rules, and up to when.

use std::collections::BTreeMap;

use super::{Finding, some, told};
use crate::command::output::counted;
use crate::data::history::{History, Status};
use crate::data::identity_key::Hash;
use crate::data::publication::Publication;
use crate::data::snapshot::{self, Beginning, Depth};
use crate::data::{mined, settings};
use crate::mine::Rules;
use crate::plain::Period;
use crate::source::clock;

/// The identity key, and whether the files were made with it.
pub fn key(publication: &Publication) -> Vec<Finding> {
    let key = match settings::identity_key(&publication.root, &publication.settings) {
        Ok(key) => key,
        Err(faults) => {
            let advice = "give it to those who mine; `signal build --offline` works without it";
            return vec![Finding::ailing("key", told(&faults), advice)];
        }
    };
    let Ok(histories) = mined::read_histories(publication) else {
        return vec![Finding::well("key", "it can be read")];
    };
    let of_others = |history: &&History| history.state.as_ref().is_some_and(|state| state.key != key.id());
    let others: Vec<&str> = histories.iter().filter(of_others).map(|history| history.repo.as_str()).collect();
    if others.is_empty() {
        return vec![Finding::well("key", "it can be read, and everything was mined with it")];
    }
    let found = format!("{} were mined with another key: {}", others.len(), some(&others));
    let advice = "take back the former key, or run `signal mine --fresh`, which makes everybody's key new";
    vec![Finding::ill("key", found, advice)]
}

/// The histories and snapshots: there, readable, by today's rules, and up to the last quarter.
pub fn look(publication: &Publication) -> Vec<Finding> {
    let mut findings = vec![over(publication)];
    let all = publication.registry.value.repos().count();
    let histories = match mined::read_histories(publication) {
        Ok(histories) => histories,
        Err(faults) => {
            findings.push(Finding::ill("data", told(&faults), "run `signal mine`, or restore the file from git"));
            return findings;
        }
    };
    if histories.len() < all {
        let known: Vec<&str> = histories.iter().map(|history| history.repo.as_str()).collect();
        let ids = publication.registry.value.repos().map(|(_, repo)| repo.id.value.as_str());
        let missing: Vec<&str> = ids.filter(|id| !known.contains(id)).collect();
        let found = format!("{} of {all} were never mined: {}", missing.len(), some(&missing));
        findings.push(Finding::ill("data", found, "run `signal mine`"));
    }
    for history in histories.iter().filter(|history| history.status != Status::Mined) {
        let reason = history.reason.as_deref().unwrap_or("no reason is given");
        let advice = match history.status {
            Status::Gone => "name its new address in data/repos.yaml, with the old name under `was`",
            _ => "run `signal mine` again; until then its figures are unknown",
        };
        findings.push(Finding::ailing("data", format!("{} could not be mined: {reason}", history.repo), advice));
    }
    findings.extend(due(publication, &histories));
    if findings.iter().all(|finding| finding.subject != "data") {
        findings.push(Finding::well("data", format!("{} were mined", counted(all, "repository", "repositories"))));
    }
    findings
}

/// Whether a quarter is over that isn't reported.
fn over(publication: &Publication) -> Finding {
    let settings = &publication.settings.value;
    let (last, as_of) = (settings.periods.value.to, settings.as_of);
    let done = Period::of(clock::now().day()).before(1);
    if done > last {
        let advice = format!(
            "set `to: {done}` under `periods` in signal.yaml and `as_of: {}`, then run `signal mine` and \
             `signal new edition {done}`",
            done.next().start()
        );
        return Finding::ailing("periods", format!("{done} is over, and the last that is reported is {last}"), advice);
    }
    if as_of.day() < last.next().start() {
        let advice = format!("when it is over, set `as_of: {}` in signal.yaml and mine again", last.next().start());
        return Finding::ailing("periods", format!("{last} is reported, and known up to {as_of} only"), advice);
    }
    Finding::well("periods", format!("{last} is the last that is over, and it is reported"))
}

/// The files that another key, depth or set of rules made, or that aren't there.
fn due(publication: &Publication, histories: &[History]) -> Vec<Finding> {
    let Ok(key) = settings::identity_key(&publication.root, &publication.settings) else { return Vec::new() };
    let (organisations, people) = (&publication.organisations.value, &publication.people.value);
    let rules = Rules::new(key, organisations, people, &publication.rules.value, &publication.areas.value);
    let digests = rules.digests();
    let mut changed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut missing, mut older) = (Vec::new(), Vec::new());
    let periods = publication.settings.value.periods.value;
    for history in histories {
        let Some(state) = &history.state else { continue };
        for name in differing(&state.rules, &digests) {
            changed.entry(name).or_default().push(&history.repo);
        }
        let Some((_, repo)) = publication.registry.value.repos().find(|(_, repo)| repo.id.value == history.repo) else {
            continue;
        };
        let depth = repo.depth.or(publication.settings.value.depth).unwrap_or(Depth::Headers);
        let wanted = rules.snapshot_digests(depth);
        for period in periods.from.through(periods.to).filter(|_| depth != Depth::Headers) {
            let file = publication.root.join(snapshot::file(period, &history.repo));
            match Beginning::read(&file) {
                None if !file.exists() => missing.push(history.repo.as_str()),
                Some(beginning) if beginning.header.depth == depth && beginning.header.rules == wanted => {}
                _ => older.push(history.repo.as_str()),
            }
        }
    }
    missing.dedup();
    older.dedup();
    let mut findings = Vec::new();
    for (name, repos) in &changed {
        let found = format!("the rules about {name} changed since {} were mined", some(repos));
        findings.push(Finding::ailing("rules", found, "run `signal mine`, which reads what they shape again"));
    }
    if !missing.is_empty() {
        let found = format!("reported quarters have no snapshot of {}", some(&missing));
        findings.push(Finding::ill("snapshots", found, "run `signal mine`"));
    }
    if !older.is_empty() {
        let found = format!("snapshots of {} were made by other rules or at another depth", some(&older));
        findings.push(Finding::ailing("snapshots", found, "run `signal mine`, which makes these anew"));
    }
    if findings.is_empty() {
        findings.push(Finding::well("rules", "everything was mined by the rules as they are"));
    }
    findings
}

/// The names of rule sets that aren't the same in both.
fn differing<'a>(were: &'a BTreeMap<String, Hash>, are: &'a BTreeMap<String, Hash>) -> Vec<&'a str> {
    let names: std::collections::BTreeSet<&String> = were.keys().chain(are.keys()).collect();
    names.into_iter().filter(|name| were.get(*name) != are.get(*name)).map(String::as_str).collect()
}
