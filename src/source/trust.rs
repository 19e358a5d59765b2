//! Whether the addresses in the registry may be a stranger's: a pull request builds what its author wrote.

use std::env;

/// Says so by itself, where no service does; any value but `0`.
const UNTRUSTED: &str = "SIGNAL_UNTRUSTED";

/// What services call a build for somebody's proposal.
const EVENTS: [(&str, &[&str]); 2] = [
    ("GITHUB_EVENT_NAME", &["pull_request", "pull_request_target"]),
    ("CI_PIPELINE_SOURCE", &["merge_request_event", "external_pull_request_event"]),
];

/// Whether this run must not reach what only this machine can reach.
#[must_use]
pub fn is_untrusted() -> bool {
    let says = |name: &str, wanted: &dyn Fn(&str) -> bool| env::var(name).is_ok_and(|value| wanted(&value));
    says(UNTRUSTED, &|value| !matches!(value, "" | "0"))
        || EVENTS.iter().any(|(name, events)| says(name, &|value| events.contains(&value)))
}
