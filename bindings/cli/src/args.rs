//! What may be written after `leidraad`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use leidraad::Date;

const EXAMPLES: &str = "\
Examples:
  leidraad list
  leidraad ask evenementen/melding --authority GM1729
  leidraad evaluate evenementen/risicoscan --answers answers.json --format json
  leidraad check rules/ && leidraad test rules/

Without a command: on a terminal the guided checklist, elsewhere a worked example.
Exit codes: 0 done (open outcomes included), 2 bad input, and 1 where check or test found errors, `dossier verify` a change,
`fmt --check` a file to align, or impact refused a line.";

/// Decision rules and checklists of Dutch municipal safety work: evaluated exactly, explained, proven.
#[derive(Debug, Parser)]
#[command(name = "leidraad", version, after_help = EXAMPLES, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the rule sets shipped, with their layers and periods.
    List {
        /// Text for people or JSON for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Prove that rule files have no gaps, overlaps, unknown names or missing sources.
    #[command(after_help = "\
Examples:
  leidraad check                      the rule sets shipped
  leidraad check rules/               every rule file and case file below a folder
  leidraad check my.yaml --deny-warnings
  leidraad check rules/damocles/maatregel/gm0994.yaml        also lists what this layer leaves open
  leidraad check --missing            what every layer leaves open
  leidraad check --layers             also what each layer covers, sets and replaces

A directory is searched for *.yaml, *.yml and *.json with a key `leidraad:`; files below a folder `cases` are case files.")]
    Check {
        /// Rule files, case files or directories; none means the rule sets shipped.
        paths: Vec<PathBuf>,
        #[command(flatten)]
        options: CheckOptions,
    },
    /// Run the cases beside rule files.
    #[command(after_help = "\
Examples:
  leidraad test                       the cases of the rule sets shipped
  leidraad test rules/
  leidraad test rules/evenementen/melding.yaml            its cases are found: in `cases/` beside it or below its own folder
  leidraad test rules/evenementen/melding/cases/gm1729.yaml
  leidraad test rules/ --format json  a line per case: its answers and the assessment, to hold another build against")]
    Test {
        /// Case files, rule files or directories; none means the cases of the rule sets shipped.
        paths: Vec<PathBuf>,
        /// Also list the rows that decide none of the cases; exit 1 when there are any.
        #[arg(long, conflicts_with = "format")]
        coverage: bool,
        /// Text for people, or a line of JSON per case for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Write all layers of a rule set as one JSON text, as browsers load it.
    #[command(after_help = "\
Examples:
  leidraad bundle evenementen/melding > melding.json
  leidraad bundle my.yaml > my.json")]
    Bundle {
        /// The id of a rule set shipped, or a rule file; the layers beside it come with it.
        #[arg(value_name = "RULE-SET|FILE")]
        rules: String,
    },
    /// Say what follows from answers: what is decided, what is still possible, and what decides it.
    #[command(after_help = "\
Examples:
  leidraad evaluate evenementen/risicoscan
  leidraad evaluate evenementen/melding --authority gm1729 --on 2026-07-04 --answers answers.yaml
  echo '{\"aantal\": 150}' | leidraad evaluate evenementen/melding --answers - --format json
  leidraad evaluate evenementen/melding --authority GM0994,GM1729     side by side: a route through both

Answers are a JSON or YAML object from question id to answer; `null` means that nobody knows.")]
    Evaluate {
        #[command(flatten)]
        case: Case,
        /// Text for people or JSON for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Say why: the rules, answers and sources behind an outcome, and what would change it.
    #[command(after_help = "\
Examples:
  leidraad explain evenementen/risicoscan klasse --answers answers.json
  leidraad explain evenementen/melding --authority gm1729 --answers answers.yaml --format json")]
    Explain {
        #[command(flatten)]
        case: Case,
        /// One decision; without it every outcome of the rule set.
        decision: Option<String>,
        /// Text for people or JSON for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Fill in a checklist, one question at a time.
    #[command(after_help = "\
Examples:
  leidraad ask                                      choose a checklist and a municipality
  leidraad ask evenementen/risicoscan --save case.json      save after every answer, resume later

When standard input is not a terminal, the same dialogue goes in plain lines.")]
    Ask {
        /// The id of a rule set shipped, or the path of a rule file; without it you choose from a list.
        #[arg(value_name = "RULE-SET|FILE")]
        rules: Option<String>,
        #[command(flatten)]
        given: Given,
        #[command(flatten)]
        options: AskOptions,
    },
    /// List the questions of a rule set: ids, types, options, units, domains, conditions and sources.
    Questions {
        /// The id of a rule set shipped, or the path of a rule file.
        #[arg(value_name = "RULE-SET|FILE")]
        rules: String,
        #[command(flatten)]
        layer: LayerArgs,
        /// Text for people or JSON for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Print a JSON Schema: of rule files, of the answers to one rule set, of an assessment, or of a dossier.
    Schema {
        #[command(subcommand)]
        of: SchemaOf,
    },
    /// Keep the record of a case: what was answered, decided and done, chained and hashed, so that any change shows.
    Dossier {
        #[command(subcommand)]
        command: crate::dossier::DossierCommand,
    },
    /// Tell a dossier to people: what follows, why, by which sources, what is to be done and when; or put its terms in a calendar.
    Report(crate::report::ReportArgs),
    /// Begin a new file: the layer of an authority on a rule set.
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Lay rules side by side: every case in which they come to something else.
    Compare(CompareArgs),
    /// Say what a change of rules means for a file of cases: how many go from which outcome to which.
    Impact(ImpactArgs),
    /// Write a whole rule set as a policy document in Dutch (Markdown), for the lawyer who reviews what is run.
    #[command(after_help = "\
Examples:
  leidraad document evenementen/risicoscan
  leidraad document damocles/maatregel --authority gm0994 --on 2026-09-01 --output damocles.md
  leidraad document my.yaml | pandoc --from gfm --output my.docx

Without an authority it tells of the shared rules, and which authorities have rules of their own.")]
    Document {
        /// The id of a rule set shipped, or the path of a rule file.
        #[arg(value_name = "RULE-SET|FILE")]
        rules: String,
        #[command(flatten)]
        layer: LayerArgs,
        /// Write to this file instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the file when it is there already.
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Align the tables of rule files; nothing else changes.
    #[command(after_help = "\
Examples:
  leidraad fmt                        every rule file below this folder
  leidraad fmt rules/ --check         change nothing; exit 1 when a file would change")]
    Fmt {
        /// Rule files or directories; none means the current directory.
        paths: Vec<PathBuf>,
        /// Change nothing; exit 1 when a file would change.
        #[arg(long)]
        check: bool,
    },
}

/// A rule set, and the case to judge by it.
#[derive(Debug, Args)]
pub(crate) struct Case {
    /// The id of a rule set shipped, or the path of a rule file; overlays beside the file come with it, and the shipped rules below
    /// an overlay.
    #[arg(value_name = "RULE-SET|FILE")]
    pub(crate) rules: String,
    /// Show only what a reader may see who may see these classes of confidentiality; `public` for none.
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub(crate) reader: Vec<String>,
    #[command(flatten)]
    pub(crate) given: Given,
}

/// What `check` shows.
#[derive(Debug, Args)]
pub(crate) struct CheckOptions {
    /// Exit 1 on warnings too.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// List what the layers of authorities leave open, also for those that were not named one by one.
    #[arg(long)]
    pub(crate) missing: bool,
    /// List every layer: its versions, the days that none covers, what it sets, replaces and leaves open.
    #[arg(long)]
    pub(crate) layers: bool,
    /// Text for people or JSON for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leidraad compare evenementen/melding gm0938 gm0994             two municipalities
  leidraad compare evenementen/risicoscan 2025-01-01 2026-01-01  two dates
  leidraad compare old.yaml new.yaml --format md                 two versions
  leidraad compare --all damocles/maatregel --without gm0000     all municipalities but the example

After a rule set or file, a side is a code, a date, or a code with `@` and a date: gm0994@2026-01-01. Of two
files or rule sets each may have a code behind a colon and a date behind `@`: old.yaml:gm0994 new.yaml:gm0994@2026-01-01.")]
pub(crate) struct CompareArgs {
    /// A rule set and two codes or dates; or two rule sets or files.
    #[arg(value_name = "RULE-SET|FILE|SIDE", required_unless_present = "all", num_args = 2..=3)]
    pub(crate) sides: Vec<String>,
    /// Compare all authorities of this rule set.
    #[arg(long, value_name = "RULE-SET|FILE", conflicts_with = "sides")]
    pub(crate) all: Option<String>,
    /// With `--all`: leave out these authorities, such as an example that was made up.
    #[arg(long, value_name = "CODE", value_delimiter = ',', conflicts_with = "sides")]
    pub(crate) without: Vec<String>,
    /// The reference date of sides that name none; without it today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// Compare these decisions, instead of those that the rule set is for.
    #[arg(long, value_name = "DECISION", value_delimiter = ',')]
    pub(crate) decision: Vec<String>,
    /// Compare all decisions.
    #[arg(long, conflicts_with = "decision")]
    pub(crate) every: bool,
    /// Most cases shown of each combination of outcomes; JSON has all.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) rows: usize,
    /// Text or Markdown for people, JSON for programs.
    #[arg(long, value_enum, default_value_t = Document::Text)]
    pub(crate) format: Document,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leidraad impact damocles/maatregel --from 2021-05-15 --to 2026-01-01 --cases cases.jsonl
  zcat cases.jsonl.gz | leidraad impact rules.yaml --from 2025-01-01 --to 2026-01-01 --cases - --format json

A case is one line: a JSON object of answers, as `evaluate` takes it. Empty lines are passed over. A line that is no case is
refused and counted, and the rest goes on; then the exit code is 1.")]
pub(crate) struct ImpactArgs {
    /// The id of a rule set shipped, or the path of a rule file; overlays beside the file come with it.
    #[arg(value_name = "RULE-SET|FILE")]
    pub(crate) rules: String,
    /// The authority whose overlay applies, such as GM1729; case does not matter.
    #[arg(long, value_name = "CODE")]
    pub(crate) authority: Option<String>,
    /// The day of the rules as they were.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Date,
    /// The day of the rules as they become.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Date,
    /// A file with one case a line, or `-` for standard input.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) cases: PathBuf,
    /// Count these decisions, instead of those that the rule set is for.
    #[arg(long, value_name = "DECISION", value_delimiter = ',')]
    pub(crate) decision: Vec<String>,
    /// Count all decisions.
    #[arg(long, conflicts_with = "decision")]
    pub(crate) every: bool,
    /// Write every refused line here, as JSON lines with its number and what is wrong; a file that is there is replaced.
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
    /// Text or Markdown for people, JSON for programs.
    #[arg(long, value_enum, default_value_t = Document::Text)]
    pub(crate) format: Document,
}

/// How to guide.
#[derive(Debug, Args)]
pub(crate) struct AskOptions {
    /// Save the answers here after each reply; when the file is there, go on with it.
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Plain lines instead of lists to choose from, for screen readers.
    #[arg(long)]
    pub(crate) plain: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaOf {
    /// Rule files, for editors.
    Rules,
    /// The answers to one rule set, for form generators.
    Answers {
        /// The id of a rule set shipped, or the path of a rule file.
        #[arg(value_name = "RULE-SET|FILE")]
        rules: String,
        #[command(flatten)]
        layer: LayerArgs,
    },
    /// What `evaluate --format json` prints.
    Assessment,
    /// The record of a case.
    Dossier,
    /// What `compare --format json` prints.
    Comparison,
    /// What `impact --format json` prints.
    Impact,
    /// What `report --format json` prints.
    Report,
}

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// A template in Dutch of all that an authority can fill in; as it stands it sets nothing.
    #[command(after_help = "\
Examples:
  leidraad new overlay evenementen/melding --authority GM0881
  leidraad new overlay damocles/maatregel --authority GM0881 --output gm0881.yaml

Fill it in with a text editor, and `leidraad check` it. Where the rule set is shipped, `evaluate`, `ask`, `explain` and `dossier new`
take the file as it is; else put it beside the file of the rule set.")]
    Overlay {
        /// The id of a rule set shipped, or the path of a rule file.
        #[arg(value_name = "RULE-SET|FILE")]
        rules: String,
        /// The code of the authority, such as GM0881.
        #[arg(long, value_name = "CODE")]
        authority: String,
        /// A day on which the rule set applies; without it today.
        #[arg(long, value_name = "DATE", value_parser = date)]
        on: Option<Date>,
        /// Write to this file instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the file when it is there already.
        #[arg(long, requires = "output")]
        force: bool,
    },
}

/// Which layer of a rule set.
#[derive(Debug, Args, Clone)]
pub(crate) struct LayerArgs {
    /// The authority whose overlay applies, such as GM1729; case does not matter.
    #[arg(long, value_name = "CODE")]
    pub(crate) authority: Option<String>,
    /// The reference date; without it today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) on: Option<Date>,
}

impl LayerArgs {
    /// The same, without answers.
    pub(crate) fn given(&self) -> Given {
        Given { authority: self.authority.clone(), on: self.on, answers: None }
    }
}

/// For whom, when, and what is known.
#[derive(Debug, Args, Default, Clone)]
pub(crate) struct Given {
    /// The authority whose overlay applies, such as GM1729; case does not matter.
    #[arg(long, value_name = "CODE")]
    pub(crate) authority: Option<String>,
    /// The reference date; without it the answer that fixes it, else today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// A JSON or YAML file with answers, or `-` for standard input.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) answers: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Document {
    /// For a terminal.
    Text,
    /// Markdown.
    Md,
    /// For programs.
    Json,
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a date that exists as YYYY-MM-DD, such as 2026-07-04".to_owned())
}
