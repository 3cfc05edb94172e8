//! Every limit of the library, in one place, so that bad input ends quickly and in bounded memory.
//!
//! They are far above what people write: the largest municipal rule set has some hundred questions.

/// Largest file, in bytes: 4 MiB.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// Deepest nesting of lists and maps in a file.
pub const MAX_DEPTH: usize = 64;

/// Most values (texts, lists and maps) in one file.
pub const MAX_NODES: usize = 200_000;

/// Largest dossier, in bytes: 16 MiB, some hundreds of revisions of the largest checklist.
pub const MAX_DOSSIER_BYTES: usize = 16 * 1024 * 1024;

/// Most values (texts, lists and maps) in one dossier.
pub const MAX_DOSSIER_NODES: usize = 1_000_000;

/// Most revisions of one dossier.
pub const MAX_REVISIONS: usize = 10_000;

/// Most layers of rules that one dossier keeps, or that one of its revisions names.
pub const MAX_DOSSIER_LAYERS: usize = 1_000;

/// Most different steps, and most different decisions deviated from, in one dossier.
pub const MAX_DOSSIER_IDS: usize = 10_000;

/// Most findings that one file or set of answers gives; what comes after is counted, not listed.
pub const MAX_FINDINGS: usize = 200;

/// Most options of one question or output.
pub const MAX_OPTIONS: usize = 1_000;

/// Most rows of one table.
pub const MAX_ROWS: usize = 5_000;

/// Most columns of one table.
pub const MAX_COLUMNS: usize = 64;

/// Most input cells (rows times columns) of one table.
pub const MAX_ENTRIES: usize = 40_000;

/// Most questions of a rule set.
pub const MAX_QUESTIONS: usize = 2_000;

/// Most decisions of a rule set.
pub const MAX_DECISIONS: usize = 1_000;

/// Longest chain of questions and decisions that depend on each other.
pub const MAX_CHAIN: usize = 700;

/// Most combinations of layers and periods that one check goes through.
pub const MAX_COMBINATIONS: usize = 5_000;

/// Most overlapping pairs of rows that are gathered for one table.
pub const MAX_OVERLAPS: usize = 20;

/// Most sums that one score may have: 65,536. A score that could have more is refused.
pub const MAX_SUMS: usize = 1 << 16;

/// Most states that are followed for one table; beyond it an outcome is a superset, marked `approximate`.
pub const MAX_STATES: usize = 4096;

/// Most possible values that are listed one by one; beyond it a range is given.
pub const MAX_LISTED: usize = 16;

/// Most states that are followed for one score; beyond it an outcome is a superset, marked `approximate`.
pub const MAX_SCORE_STATES: usize = 1 << 20;

/// Most alternatives of one condition, after `not` is worked out.
pub const MAX_ALTERNATIVES: usize = 256;

/// Largest number of ticks (steps of a number, days, minutes) that a value may have: 10^15.
pub const MAX_TICK: i64 = 1_000_000_000_000_000;

/// Most states that the proofs of a rule set visit before they give up and say so.
pub const MAX_PROOF_STATES: usize = 500_000;

/// Most words of states that one evaluation, and one proof, works out: 67 million, about a second. Beyond it a table
/// counts as unproven, and an outcome is a superset, marked `approximate`.
pub const MAX_WORK: usize = 1 << 26;

/// Most rows of one combination of outcomes in a comparison.
pub const MAX_COMPARED: usize = 500;

/// Most rows of one decision in a comparison, beside one for each further combination of outcomes.
pub const MAX_DIFFERENCES: usize = 2_000;

/// Most combinations of answers that an impact keeps the outcomes of at a time.
pub const MAX_IMPACT_KEPT: usize = 1 << 16;

/// Most ways from outcome to outcome that an impact tells apart for one decision; further ones are counted together.
pub const MAX_IMPACT_MOVES: usize = 10_000;

/// Cases that an impact names as examples of one way, and most refused lines that a report holds.
pub const MAX_IMPACT_EXAMPLES: usize = 5;

/// Longest line of a file of cases, in bytes.
pub const MAX_CASE_LINE: usize = 1 << 20;

/// Most numbers, names and operations in one formula.
pub const MAX_FORMULA_PARTS: usize = 256;

/// Deepest nesting of parentheses and functions in a formula.
pub const MAX_FORMULA_DEPTH: usize = 32;

/// Most cases that are tried out to find what an open formula can be; beyond it its values are a superset, and what hangs on
/// them is marked `approximate`.
pub const MAX_TRIED: usize = 4_096;

/// Most records of one list in the answers to a case; beyond it the answers are refused.
pub const MAX_RECORDS: usize = 10_000;

/// Most fields of one list.
pub const MAX_FIELDS: usize = 32;

/// Most records that are judged for one count: each record for each answer with which its fields may have to be compared.
/// Beyond it a count is anything from none to all, marked `approximate`.
pub const MAX_TALLY: usize = 2_000_000;

/// Most records of a list for each of which decisions are made.
pub const MAX_PARTS: usize = 1_000;

/// Most words of diagrams that a session keeps from one case to the next: 4 MiB. Beyond it it begins anew.
pub const MAX_KEPT: usize = 1 << 19;

/// Most searches that a session remembers; beyond it it forgets them all and begins anew.
pub const MAX_REMEMBERED: usize = 4_096;
