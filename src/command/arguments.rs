//! The command line.

mod desk;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::progress::Voice;
use crate::plain::Period;
pub use desk::{
    BriefOptions, CandidateOptions, ClaimOptions, ImportOptions, InitOptions, Listing, NewCommand, NewEdition,
    OrgsCommand, PeopleCommand, SchemaOptions, ServeOptions,
};

/// Published reports on open-source work: git repositories in, a newsletter site out.
#[derive(Debug, Parser)]
#[command(name = "signal", version, arg_required_else_help = true)]
pub struct Arguments {
    /// The publication's folder
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// Print nothing but faults
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// How to say what is done and what is wrong
    #[arg(long, global = true, value_enum, default_value_t, value_name = "HOW")]
    pub log: Log,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// How the command speaks.
    #[must_use]
    pub fn voice(&self) -> Voice {
        match (self.quiet, self.log) {
            (true, Log::Text) => Voice::Quiet,
            (_, Log::Json) => Voice::Json,
            (false, Log::Text) => Voice::Plain,
        }
    }
}

/// In which form a command speaks on standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// Lines for people.
    #[default]
    Text,
    /// An object for each line: level, message; of faults also kind, file, line, column and hint.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Mine what is due, count, check, and write the site
    Build(BuildOptions),
    /// Show the site to this machine, and make it anew whenever one of its files is written
    Serve(ServeOptions),
    /// Compare what the editions say with the figures, and check everything else that a build does
    Check(CheckOptions),
    /// Mine the repositories into data/history and data/snapshots
    Mine(MineOptions),
    /// Begin something: an edition, drafted from what moved
    #[command(subcommand)]
    New(NewCommand),
    /// Seal a published edition: keep what it says in a lock beside it
    Seal(SealOptions),
    /// Tell how large the mail of an edition is, part by part
    Mail(SealOptions),
    /// Build again what a sealed edition says, and compare
    Verify(SealOptions),
    /// Print figures as rows: period, scope, subject, metric, value, unit
    Figures(FiguresOptions),
    /// Write figures, or what every contributor did, for other programs
    #[command(subcommand)]
    Export(ExportCommand),
    /// Write the JSON Schemas of all files that are written by hand, with the names of this publication to complete
    Schema(SchemaOptions),
    /// Make a new publication that builds at once; on a terminal it asks for what isn't given
    Init(InitOptions),
    /// Make data/repos.yaml from a list of addresses or a table
    Import(ImportOptions),
    /// Tell what is wrong here, or soon will be: git, key, disk, mirrors, data, seals
    Doctor,
    /// Print the completions of a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page
    Man,
    /// Write who does which kind of work, with names: a private brief, under private/ only
    Brief(BriefOptions),
    /// Ask and decide who is whom
    #[command(subcommand)]
    People(PeopleCommand),
    /// Find and add domains of organisations
    #[command(subcommand)]
    Orgs(OrgsCommand),
}

/// Options of `signal build`.
#[derive(Debug, Default, Args)]
pub struct BuildOptions {
    /// From the committed data alone: no git, no network, no key
    #[arg(long)]
    pub offline: bool,
    /// Unfinished editions too, marked as drafts
    #[arg(long)]
    pub draft: bool,
    /// Print how long the stages took, and the slowest pages, templates and charts
    #[arg(long)]
    pub timings: bool,
    /// Where to write the site; by default `public` in the publication
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The address under which the site will stand, in place of what signal.yaml says
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// Options of `signal check`.
#[derive(Debug, Default, Args)]
pub struct CheckOptions {
    /// Only this edition
    #[arg(long, value_name = "YYYY-Qn")]
    pub edition: Option<Period>,
    /// Unfinished editions too
    #[arg(long)]
    pub draft: bool,
    /// Bind the figures that agree: write expressions in place of literal numbers that would print the same
    #[arg(long)]
    pub fix: bool,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: Report,
}

/// How the check reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Report {
    /// For people: faults with their lines, then counts.
    #[default]
    Text,
    /// An object with every figure, its status and what it could be.
    Json,
    /// Annotations for GitHub's pull requests.
    Github,
}

/// Which edition is sealed, or compared with its seal.
#[derive(Clone, Copy, Debug, Args)]
pub struct SealOptions {
    /// The quarter of the edition
    #[arg(value_name = "YYYY-Qn")]
    pub period: Period,
}

/// Options of `signal figures`.
#[derive(Debug, Default, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct FiguresOptions {
    /// A question to the figures, in place of their rows
    #[command(subcommand)]
    pub command: Option<FiguresCommand>,
    /// Only this period, or a range: 2026-Q2, 2025-Q1..2025-Q4; can be given more than once
    #[arg(long, value_name = "PERIOD")]
    pub period: Vec<String>,
    /// Only these scopes: a kind such as repo, or one such as category:SLUG, repo:NAME, org:NAME, overlap:A+B, flow:A>B;
    /// can be given more than once
    #[arg(long, value_name = "SCOPE")]
    pub scope: Vec<String>,
    /// Only this metric; can be given more than once
    #[arg(long, value_name = "NAME")]
    pub metric: Vec<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// As they may be published: counts of 1 to 4 between scopes as <5
    #[arg(long)]
    pub published: bool,
}

/// Questions to the figures.
#[derive(Debug, Subcommand)]
pub enum FiguresCommand {
    /// Tell what a figure is, how it follows from others, from which files, and how git checks it
    Explain(ExplainOptions),
    /// List what moved in a way that is unusual for it, and why that is a story
    Movers(PastOptions),
    /// List patterns that have a name, with their thresholds and what came of them before
    Detectors(PastOptions),
}

/// Options of `signal figures explain`.
#[derive(Debug, Args)]
pub struct ExplainOptions {
    /// Scope, metric and period, as in `repo:jax contributors 2026-Q2`
    #[arg(required = true, value_name = "FIGURE")]
    pub words: Vec<String>,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// Every figure as a row: period, scope, subject, metric, value, unit
    Figures(ExportFigures),
    /// What every contributor did in each repository and period, by keys
    Contributors(ExportContributors),
}

/// Options of `signal export figures`.
#[derive(Debug, Args)]
pub struct ExportFigures {
    /// In which format
    #[arg(long, value_enum, default_value_t)]
    pub format: ExportFormat,
    /// Into which file; by default they are printed
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// As they may be published: counts of 1 to 4 between scopes as <5
    #[arg(long)]
    pub published: bool,
}

/// Options of `signal export contributors`.
#[derive(Debug, Args)]
pub struct ExportContributors {
    /// In which format
    #[arg(long, value_enum, default_value_t)]
    pub format: ExportFormat,
    /// Into which file; by default they are printed, and with names written to private/contributors.FORMAT
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// With names and addresses from the local mirrors; such a file lies under private/ and is never published
    #[arg(long)]
    pub names: bool,
}

/// Formats of exports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values with a header.
    #[default]
    Csv,
    /// An array of objects.
    Json,
    /// A column store.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl ExportFormat {
    /// How the names of its files end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

/// What can be described.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum SchemaCommand {
    /// The JSON Schema of what `signal figures --format json` prints
    Rows,
    /// The metric catalogue: names, units, definitions, formulas
    Metrics,
}

/// Options of questions about a quarter and those before it.
#[derive(Debug, Args)]
pub struct PastOptions {
    /// The quarter; by default the last one that is over
    #[arg(long, value_name = "YYYY-Qn")]
    pub period: Option<Period>,
    /// Only these scopes: corpus, category, repo, category:SLUG, repo:NAME; can be given more than once
    #[arg(long, value_name = "SCOPE")]
    pub scope: Vec<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// How rows are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns.
    #[default]
    Table,
    /// Comma-separated values with a header.
    Csv,
    /// An array of objects.
    Json,
}

/// Options that say what and how to mine, and so have no place beside those that only look.
const COUNTING: [&str; 6] = ["repo", "period", "shard", "at", "fresh", "jobs"];

/// Options of `signal mine`.
#[derive(Debug, Default, Args)]
pub struct MineOptions {
    /// Only this repository, by id or alias; can be given more than once
    #[arg(long, value_name = "ID")]
    pub repo: Vec<String>,
    /// Write the snapshots of this period only
    #[arg(long, value_name = "YYYY-Qn")]
    pub period: Option<Period>,
    /// Only this part of the repositories: part k of n
    #[arg(long, value_name = "k/n")]
    pub shard: Option<Shard>,
    /// Take this commit for the branch's tip (of the one repository named with --repo)
    #[arg(long, value_name = "COMMIT", requires = "repo")]
    pub at: Option<String>,
    /// Read everything again, with the recorded boundaries
    #[arg(long)]
    pub fresh: bool,
    /// Read the mirrors as they stand
    #[arg(long)]
    pub no_fetch: bool,
    /// Mine nothing; say which rules catch what in one commit of a mirror as it stands
    #[arg(long, num_args = 2, value_names = ["REPO", "COMMIT"], conflicts_with_all = COUNTING)]
    pub explain: Vec<String>,
    /// Mine nothing; list authors of a mirror who may be bots though no rule says so
    #[arg(long, value_name = "REPO", conflicts_with_all = COUNTING, conflicts_with = "explain")]
    pub suspects: Option<String>,
    /// How many repositories to mine at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

/// Part `number` of `of`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part.
    pub number: usize,
    /// Of how many.
    pub of: usize,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if 1 <= number && number <= of => Ok(Self { number, of }),
            _ => Err(format!("`{text}` is not a part; write 3/16 for the third of sixteen")),
        }
    }
}

impl Shard {
    /// Whether the repository at a place of the registry belongs to this part.
    #[must_use]
    pub fn holds(self, place: usize) -> bool {
        place % self.of == self.number - 1
    }
}
