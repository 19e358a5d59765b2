//! What people and commits become by what is said of them: new ones, those who stayed, those with an agent's help.

/// What a trait makes of people, or of commits: the metric that counts those who have it, and their share.
const MADE: &[(&str, &str, Option<&str>, Option<&str>)] = &[
    ("contributors", "new", Some("new"), Some("new_share")),
    ("contributors", "retained", Some("retained"), Some("retention")),
    ("contributors", "returned", None, Some("retention")),
    ("contributors", "returning", Some("returning"), None),
    ("contributors", "churned", Some("churned"), Some("churn_rate")),
    ("contributors", "core", Some("core"), None),
    ("contributors", "regular", Some("regular"), None),
    ("contributors", "casual", Some("casual"), None),
    ("contributors", "drive_by", Some("drive_by"), None),
    ("contributors", "one_week", None, Some("one_week_share")),
    ("new", "drive_by", Some("drive_by"), None),
    ("new", "one_week", None, Some("new_one_week_share")),
    ("new", "new", Some("new"), None),
    ("commits", "agent_assisted", Some("agent_assisted"), Some("agent_assisted_share")),
    ("commits", "agent_authored", Some("agent_authored"), None),
    ("commits", "bot", Some("bot"), None),
    ("commits", "new", Some("commits_new"), None),
    ("commits", "commits_new", Some("commits_new"), None),
    ("commits", "retained", Some("commits_retained"), None),
    ("commits", "commits_retained", Some("commits_retained"), None),
];

/// What a metric becomes with a trait: who is counted, and their share.
#[must_use]
pub fn made(base: &str, with: &str) -> Option<(Option<&'static str>, Option<&'static str>)> {
    MADE.iter().find(|(metric, name, ..)| *metric == base && *name == with).map(|(_, _, count, share)| (*count, *share))
}

/// Whether a number of people or commits with a trait is meant, whoever has it: bots, agents, newcomers.
#[must_use]
pub fn by(actor: &str) -> Option<&'static str> {
    match actor {
        "new" => Some("commits_new"),
        "retained" => Some("commits_retained"),
        "bots" | "bot" => Some("bot"),
        "agents" => Some("agent_assisted"),
        _ => None,
    }
}
