//! What the commands of the editor's desk are told.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::SchemaCommand;
use crate::plain::{Day, Period};

/// What can be begun.
#[derive(Clone, Debug, Subcommand)]
pub enum NewCommand {
    /// Draft the edition about a quarter: its movers in bound sentences, and questions to the editor
    Edition(NewEdition),
}

/// Options of `signal new edition`.
#[derive(Clone, Debug, Args)]
pub struct NewEdition {
    /// The quarter; it has to be over and mined
    #[arg(value_name = "YYYY-Qn")]
    pub period: Period,
    /// Into which file; by default content/editions/PERIOD.md
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Options of `signal brief`.
#[derive(Clone, Debug, Args)]
pub struct BriefOptions {
    /// The quarter
    #[arg(value_name = "YYYY-Qn")]
    pub period: Period,
    /// Into which folder; by default private/brief-PERIOD
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The day from which on it must not be used any more; by default 90 days from today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub expires: Option<Day>,
}

/// Options of `signal init`.
#[derive(Clone, Debug, Args)]
pub struct InitOptions {
    /// Where to make it; the folder must be empty or not there yet
    pub dir: PathBuf,
    /// The repository to report on: a local folder, or an address; by default the one around the current folder
    #[arg(long, value_name = "PATH|URL")]
    pub repo: Option<String>,
    /// The publication's title
    #[arg(long)]
    pub title: Option<String>,
    /// The address under which the site will stand
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// How many quarters are reported, where the repository is that old; by default 8
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=400))]
    pub quarters: Option<u16>,
}

/// Options of `signal import`.
#[derive(Clone, Debug, Args)]
pub struct ImportOptions {
    /// The list: an address on each line, or a table (commas, semicolons or tabs) with a header that has `url`; `-` reads
    /// standard input
    #[arg(value_name = "FILE")]
    pub list: PathBuf,
    /// Into which file; by default data/repos.yaml
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The title of the category for those whose line names none
    #[arg(long, value_name = "TITLE")]
    pub category: Option<String>,
}

/// Options of `signal schema`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SchemaOptions {
    /// Something else to describe, which is printed
    #[command(subcommand)]
    pub command: Option<SchemaCommand>,
    /// Into which folder; by default .signal/schemas in the publication
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Options of `signal serve`.
#[derive(Clone, Copy, Debug, Args)]
pub struct ServeOptions {
    /// The port of 127.0.0.1 to listen at; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,
    /// Only what a build publishes; without it unfinished editions are shown too, marked as drafts
    #[arg(long)]
    pub no_drafts: bool,
}

/// What an editor asks and decides about people. A LINE is an address, `Name <address>`, or a key of 16 digits.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// List people who may be one, those with most commits first
    Candidates(CandidateOptions),
    /// Tell what makes lines one person; of two, whether and how they are one
    Why {
        /// An address, `Name <address>`, or a key
        #[arg(required = true, num_args = 1..=2, value_name = "LINE")]
        lines: Vec<String>,
    },
    /// Say that lines are one person
    Merge {
        /// Addresses, `Name <address>`, or keys
        #[arg(required = true, num_args = 2.., value_name = "LINE")]
        lines: Vec<String>,
    },
    /// Say that no two of these lines are one person
    Split {
        /// Addresses, `Name <address>`, or keys
        #[arg(required = true, num_args = 2.., value_name = "LINE")]
        lines: Vec<String>,
    },
    /// Withdraw a person who doesn't want to be counted by name
    OptOut {
        /// An address, `Name <address>`, or a key
        #[arg(value_name = "LINE")]
        line: String,
    },
}

/// What an editor asks and decides about organisations.
#[derive(Debug, Subcommand)]
pub enum OrgsCommand {
    /// List domains that several people use and no organisation has
    Candidates(CandidateOptions),
    /// Add a domain to an organisation
    Add(ClaimOptions),
}

/// Options of lists of candidates.
#[derive(Clone, Copy, Debug, Args)]
pub struct CandidateOptions {
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub limit: usize,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: Listing,
}

/// How candidates are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// Aligned columns.
    #[default]
    Table,
    /// An array of objects.
    Json,
}

/// Options of `signal orgs add`.
#[derive(Clone, Debug, Args)]
pub struct ClaimOptions {
    /// The organisation
    pub slug: String,
    /// Its domain; subdomains belong to it as well
    pub domain: String,
    /// What a new organisation is called
    #[arg(long)]
    pub name: Option<String>,
    /// The first day on which it had the domain
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<Day>,
    /// The first day on which it no longer had it
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<Day>,
}
