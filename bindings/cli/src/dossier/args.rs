//! What may be written after `leidraad dossier`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use leidraad::Date;

use crate::args::{Format, Given, date};

const EXAMPLES: &str = "\
Examples:
  leidraad dossier new damocles/maatregel zaak.json --authority GM1729 --case Z-2026-1
  leidraad dossier answer zaak.json object=woning middel=softdrugs --remark 'Zie het rapport.'
  leidraad dossier answer zaak.json 'gram_softdrugs={\"between\": [100, 300]}' bewoond=null
  leidraad dossier step zaak.json voornemen --done 2026-01-12
  leidraad dossier sign zaak.json --by 'A. de Vries' --role teamleider
  leidraad dossier show zaak.json --reader public
  leidraad dossier verify zaak.json --head sha256:…

Ids of questions, decisions and steps: leidraad questions RULE-SET

Every command writes the whole file anew or not at all. A second writer at the same time is refused; for this an empty
file .NAME.lock stays beside the dossier. On Unix a new
dossier can be read by the account that made it and by no other.";

#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(crate) enum DossierCommand {
    /// Open a dossier in a new file.
    New(New),
    /// Record answers, as id=value; a value is plain, or JSON as in a file of answers.
    Answer(Answer),
    /// Record what was decided instead of what the rules compute, and why (Awb 4:84).
    Deviate(Deviate),
    /// Record that a step was done or skipped.
    Step(Step),
    /// Sign off on the dossier as it is now; two people make four eyes.
    Sign(Sign),
    /// Show what follows now, what was recorded, and what newer rules would say.
    Show(Show),
    /// Check every hash, compute every outcome again, and name what was changed; exit 1 when something was.
    Verify(Verify),
    /// Compare two records of the same checklist, item by item.
    Compare(Compare),
}

/// Who records.
#[derive(Debug, Args)]
pub(crate) struct Recording {
    /// Who records this; without it LEIDRAAD_BY, else the name of the account.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The id of a rule set shipped, or the path of a rule file.
    #[arg(value_name = "RULE-SET|FILE")]
    pub(crate) rules: String,
    /// The file to make; it must not be there yet.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) given: Given,
    /// The number or name of the case.
    #[arg(long, value_name = "TEXT")]
    pub(crate) case: Option<String>,
    /// Do not keep the rules in the dossier; it then verifies only where they are given.
    #[arg(long)]
    pub(crate) without_rules: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

#[derive(Debug, Args)]
pub(crate) struct Answer {
    /// The dossier.
    pub(crate) file: PathBuf,
    /// Answers as id=value.
    #[arg(value_name = "ID=VALUE")]
    pub(crate) pairs: Vec<String>,
    /// A JSON or YAML file with answers, or `-` for standard input, instead of ID=VALUE.
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["pairs", "evidence", "remark"])]
    pub(crate) answers: Option<PathBuf>,
    /// Take the answer to this question back.
    #[arg(long, value_name = "ID", conflicts_with_all = ["pairs", "answers", "evidence", "remark"])]
    pub(crate) take_back: Option<String>,
    /// A remark on these answers; it is as confidential as they are, so all must be of the same class.
    #[arg(long, value_name = "TEXT")]
    pub(crate) remark: Option<String>,
    /// Evidence for these answers, just as confidential; may be given more than once.
    #[arg(long, value_name = "TEXT")]
    pub(crate) evidence: Vec<String>,
    /// The rules, where they are neither shipped nor kept in the dossier.
    #[arg(long, value_name = "RULE-SET|FILE")]
    pub(crate) rules: Option<String>,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

#[derive(Debug, Args)]
pub(crate) struct Deviate {
    /// The dossier.
    pub(crate) file: PathBuf,
    /// The decision.
    pub(crate) decision: String,
    /// The outcome decided; for a decision with several outputs OUTPUT=VALUE for each.
    #[arg(value_name = "VALUE|OUTPUT=VALUE", required_unless_present = "follow")]
    pub(crate) values: Vec<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", required_unless_present = "follow")]
    pub(crate) motivation: Option<String>,
    /// The day of the decision.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) at: Option<Date>,
    /// Take the deviation back: the rules are followed.
    #[arg(long, conflicts_with_all = ["values", "motivation", "at"])]
    pub(crate) follow: bool,
    /// The rules, where they are neither shipped nor kept in the dossier.
    #[arg(long, value_name = "RULE-SET|FILE")]
    pub(crate) rules: Option<String>,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = false, args = ["done", "skipped", "reopen"])]
pub(crate) struct Step {
    /// The dossier.
    pub(crate) file: PathBuf,
    /// The step.
    pub(crate) step: String,
    /// The day on which it was done.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) done: Option<Date>,
    /// Why it was skipped.
    #[arg(long, value_name = "REASON")]
    pub(crate) skipped: Option<String>,
    /// Take the record of the step back.
    #[arg(long)]
    pub(crate) reopen: bool,
    /// The rules, where they are neither shipped nor kept in the dossier.
    #[arg(long, value_name = "RULE-SET|FILE")]
    pub(crate) rules: Option<String>,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

#[derive(Debug, Args)]
#[command(after_help = "\
With a signature, in the format of minisign:
  leidraad dossier show zaak.json --to-sign > te-tekenen.txt
  minisign -Sm te-tekenen.txt
  leidraad dossier sign zaak.json --by 'A. de Vries' --signature te-tekenen.txt.minisig --key minisign.pub")]
pub(crate) struct Sign {
    /// The dossier.
    pub(crate) file: PathBuf,
    /// In what capacity.
    #[arg(long, value_name = "TEXT")]
    pub(crate) role: Option<String>,
    /// The file with the detached signature of what `show --to-sign` prints.
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(crate) signature: Option<PathBuf>,
    /// The file with the public key of the signer, or the key itself.
    #[arg(long, value_name = "FILE|KEY", requires = "signature")]
    pub(crate) key: Option<String>,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The dossier, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    pub(crate) file: PathBuf,
    /// Show only what a reader may see who may see these classes of confidentiality; `public` for none.
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub(crate) reader: Vec<String>,
    /// Text for people, or the dossier itself as such a reader may have it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Print only the text to sign for a signature, byte for byte.
    #[arg(long)]
    pub(crate) to_sign: bool,
    /// The rules of now to compare with, where they are not those shipped.
    #[arg(long, value_name = "RULE-SET|FILE")]
    pub(crate) rules: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The dossier, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    pub(crate) file: PathBuf,
    /// The rules of that time; may be given more than once. Those shipped are always looked at.
    #[arg(long, value_name = "RULE-SET|FILE")]
    pub(crate) rules: Vec<String>,
    /// The last hash, as it was kept elsewhere.
    #[arg(long, value_name = "HASH")]
    pub(crate) head: Option<String>,
    /// A public key that is trusted, or a file with one; may be given more than once.
    #[arg(long, value_name = "FILE|KEY")]
    pub(crate) key: Vec<String>,
    /// Text for people or JSON for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The earlier dossier.
    pub(crate) first: PathBuf,
    /// The later dossier.
    pub(crate) second: PathBuf,
    /// Compare only what a reader may see who may see these classes of confidentiality; `public` for none.
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub(crate) reader: Vec<String>,
    /// Rules of either; may be given more than once. Those shipped are always looked at.
    #[arg(long, value_name = "RULE-SET|FILE")]
    pub(crate) rules: Vec<String>,
    /// Text for people or JSON for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
