//! `signal orgs`: which domains belong to an organisation.

use serde::Serialize;

use super::arguments::{Arguments, CandidateOptions, ClaimOptions, Listing, OrgsCommand};
use super::outcome::Outcome;
use super::output::{print, table};
use crate::data::claim::Claim;
use crate::data::document;
use crate::data::mined;
use crate::data::organisations::{FILE, Organisations, is_domain, is_slug};
use crate::data::publication::{self, Publication};
use crate::people::{self, Directory, Unclaimed};
use crate::plain::{Diagnostic, Kind, Result};

/// Runs the command.
pub fn run(arguments: &Arguments, command: &OrgsCommand) -> Result<Outcome> {
    let publication = publication::read(&arguments.root)?;
    match command {
        OrgsCommand::Candidates(options) => print(&candidates(&publication, options)?)?,
        OrgsCommand::Add(options) => {
            let said = add(&publication, options)?;
            if !arguments.quiet {
                print(&said)?;
            }
        }
    }
    Ok(Outcome::Done)
}

/// A domain, as printed.
#[derive(Serialize)]
struct Row<'a> {
    domain: &'a str,
    people: usize,
    commits: u64,
    repositories: usize,
}

fn candidates(publication: &Publication, options: &CandidateOptions) -> Result<String> {
    let histories = mined::read_histories(publication)?;
    let resolution = people::resolve(&histories, &publication.people)?;
    let found = people::unclaimed(&Directory::new(&histories, &resolution.roster), &publication.organisations.value);
    let row =
        |one: &Unclaimed| [one.persons.to_string(), one.commits.to_string(), one.repos.to_string(), one.domain.clone()];
    let shown = &found[..found.len().min(options.limit)];
    Ok(match options.format {
        Listing::Json => {
            let row = |one: &Unclaimed| {
                let row =
                    Row { domain: &one.domain, people: one.persons, commits: one.commits, repositories: one.repos };
                serde_json::to_string(&row).expect("plain data is JSON")
            };
            let rows: Vec<String> = shown.iter().map(row).collect();
            if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
        }
        Listing::Table if shown.is_empty() => "Every domain that several people use has an organisation.\n".to_owned(),
        Listing::Table => {
            let header = ["people", "commits", "repositories", "domain"];
            let table = table(header, &header[..3], &shown.iter().map(row).collect::<Vec<_>>());
            format!("{table}\nAdd one with `signal orgs add SLUG DOMAIN`.\n")
        }
    })
}

fn add(publication: &Publication, options: &ClaimOptions) -> Result<String> {
    let wrong = |message: String, hint: &str| Err(Diagnostic::new(Kind::Usage, message).hint(hint).into());
    let ClaimOptions { slug, name, from, to, .. } = options.clone();
    let domain = options.domain.to_lowercase();
    if !is_domain(&domain) {
        return wrong(format!("`{domain}` is not a domain"), "write it as in `example.org`");
    }
    if !is_slug(&slug) {
        return wrong(format!("`{slug}` can't be a slug"), "use small letters, digits and `-`");
    }
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        return wrong(format!("the days end on {to}, before they begin on {from}"), "`--to` is the first day after");
    }
    let file = document::read_or_default::<Organisations>(&publication.root, FILE)?;
    let shipped = Organisations::default().with_shipped();
    let claim = Claim { slug, name, domain, from, to };
    let Some(amended) = claim.enter(&file, &shipped)? else {
        return Ok(format!("`{}` has `{}` already; nothing was changed.\n", claim.slug, claim.domain));
    };
    document::write(&publication.root, FILE.as_ref(), &amended.text)?;
    let known = file.value.organisations.iter().any(|one| one.slug.value == claim.slug);
    let new = if known { "" } else { ", which is new" };
    Ok(format!(
        "`{}` belongs to `{}`{new}; run `signal mine`, so that its lines show the domain, then `signal build`.\n",
        claim.domain, claim.slug
    ))
}
