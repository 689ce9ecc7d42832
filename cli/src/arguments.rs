//! Arguments, as clap reads them.

use clap::{Args, Parser, Subcommand, ValueEnum};
use grille_evidence::call::Role;
use grille_runtime::calls::{Encoding, Format, Whose, encoding};
use std::path::PathBuf;

/// Contact-centre quality criteria, checked, scored and explained.
#[derive(Debug, Parser)]
#[command(name = "grille", version, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read criteria and say what is wrong with them
    Check(CheckArguments),
    /// Show what calls hold and what can be told of them, before scoring
    Inspect(InspectArguments),
    /// Score calls, one row each
    Score(ScoreArguments),
    /// Show why a call got what it got
    Explain(ExplainArguments),
    /// Run the tests written in criteria files
    Test(TestArguments),
    /// Lay criteria files out in the one canonical way
    Fmt(FmtArguments),
    /// Show what the compiler makes of a file (for engineers)
    Dump(DumpArguments),
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Print what each criterion costs at most, counted from its plan
    #[arg(long)]
    pub cost: bool,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Criteria files; a folder stands for every `.grille` below it
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// How calls are read.
#[derive(Debug, Args)]
pub struct CallReading {
    /// Format of the calls; found by their content if it is not given
    #[arg(long, value_name = "FORMAT", value_parser = Format::named)]
    pub from: Option<&'static Format>,
    /// Encoding of files that are not written in UTF-8: `windows-1252`
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static Encoding>,
    /// Which transcript of a Harper Valley call
    #[arg(long, value_enum, default_value_t = Transcript::Human)]
    pub transcript: Transcript,
    /// Role of a speaker, by the speaker's id in the file or by channel: `spk_0=agent`, `channel:1=customer`
    #[arg(long = "role", value_name = "SPEAKER=ROLE", value_parser = speaker_role)]
    pub roles: Vec<(Whose, Role)>,
    /// Exchange agent and customer
    #[arg(long)]
    pub swap_roles: bool,
    /// Roles for many calls, by patterns of their names (JSON)
    #[arg(long, value_name = "FILE")]
    pub role_map: Option<PathBuf>,
    /// What is known of calls as a whole, by their ids (CSV or JSON)
    #[arg(long, value_name = "FILE")]
    pub attributes: Option<PathBuf>,
    /// The column of that file which holds the ids
    #[arg(long, value_name = "COLUMN", requires = "attributes")]
    pub attributes_id: Option<String>,
}

/// Which criteria, and how calls are read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Criteria file
    #[arg(long, short, value_name = "FILE")]
    pub criteria: PathBuf,
    /// Scorecard to score by, if the file has several
    #[arg(long, value_name = "NAME")]
    pub scorecard: Option<String>,
    /// How calls are read
    #[command(flatten)]
    pub reading: CallReading,
    /// Who evaluates
    #[arg(long, value_enum, default_value_t = EngineChoice::Machine)]
    pub engine: EngineChoice,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArguments {
    /// Criteria file: say of each criterion whether these calls can tell it
    #[arg(long, short, value_name = "FILE")]
    pub criteria: Option<PathBuf>,
    /// Scorecard to look with, if the file has several
    #[arg(long, value_name = "NAME", requires = "criteria")]
    pub scorecard: Option<String>,
    /// How calls are read
    #[command(flatten)]
    pub reading: CallReading,
    /// A screen for each call, however many there are
    #[arg(long)]
    pub full: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t = InspectFormat::Text)]
    pub format: InspectFormat,
    /// Call files; of a folder every file below it that may be a call
    #[arg(required = true, value_name = "CALL")]
    pub calls: Vec<PathBuf>,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// What to score with
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to write the rows
    #[arg(long, value_enum, default_value_t = ScoreFormat::Table)]
    pub format: ScoreFormat,
    /// Call files; of a folder every file below it that may be a call
    #[arg(required = true, value_name = "CALL")]
    pub calls: Vec<PathBuf>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// What to score with
    #[command(flatten)]
    pub inputs: Inputs,
    /// Only this criterion (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub criterion: Vec<String>,
    /// How to write the trace
    #[arg(long, value_enum, default_value_t = ExplainFormat::Tree)]
    pub format: ExplainFormat,
    /// Call file
    #[arg(value_name = "CALL")]
    pub call: PathBuf,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// Criteria files; a folder stands for every `.grille` below it, `std.accueil` and the like name modules of the library
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only tests whose name, criterion or scorecard holds this text (may be given several times)
    #[arg(long, short = 'k', value_name = "TEXT")]
    pub only: Vec<String>,
    /// Under each failure, the whole derivation
    #[arg(long)]
    pub trace: bool,
    /// How to write what came of them
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub format: TestFormat,
    /// Write what came of them as JUnit XML, too
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Tell of each condition whether the tests have seen it hold, not hold, and not be told
    #[arg(long)]
    pub coverage: bool,
    /// Change the criteria in one small place at a time, and tell which changes no test notices
    #[arg(long)]
    pub mutate: bool,
    /// At most so many changes, spread over the file
    #[arg(long, value_name = "COUNT", requires = "mutate")]
    pub limit: Option<usize>,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArguments {
    /// Change nothing; show what would change, and end with 1 if anything would
    #[arg(long)]
    pub check: bool,
    /// Criteria files; a folder stands for every `.grille` below it, `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Arguments of `dump`.
#[derive(Debug, Args)]
pub struct DumpArguments {
    /// Which form
    #[arg(long, value_enum)]
    pub phase: Phase,
    /// Criteria file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Forms that `dump` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Phase {
    /// The syntax tree
    Ast,
    /// The checked program
    Checked,
    /// The hashes of what the declarations mean
    Hashes,
    /// The plan
    Plan,
    /// Cranelift's intermediate form
    Clif,
    /// The processor's instructions
    Asm,
}

/// Engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineChoice {
    /// Machine code
    Machine,
    /// The reference interpreter
    Interpreter,
}

/// Transcripts of a Harper Valley call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Transcript {
    /// Written by a person
    Human,
    /// Recognised by a machine
    Machine,
}

/// Forms of `score`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScoreFormat {
    /// For people
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
}

/// Forms of `inspect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// Forms of `test`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// Forms of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// Forms of `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people
    Tree,
    /// The trace
    Json,
}

fn speaker_role(text: &str) -> Result<(Whose, Role), String> {
    let (speaker, role) = text.rsplit_once('=').ok_or("write it as SPEAKER=ROLE, for instance spk_0=agent")?;
    let known = Role::ALL;
    let found = known.into_iter().find(|r| r.words() == role);
    let names = || known.map(Role::words).join(", ");
    found.map(|r| (Whose::parse(speaker), r)).ok_or_else(|| format!("`{role}` is no role; roles are {}", names()))
}
