// The JSON of Leidraad: answers in, assessments out. The same as `leidraad schema answers | assessment` describes.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A plain value in an answer: an option, a number, a date as `2026-07-04`, a time as `14:30`, yes or no. */
export type Scalar = string | number | boolean;

/** What is known of a question. `null`: asked, and nobody knows. A key that is missing was not asked. */
export type Answer =
  | null
  | Scalar
  | Scalar[]
  | ListRecord[]
  | ({ value: null | Scalar | Scalar[] | ListRecord[] } & Notes)
  | ({ one_of: Scalar[] } & Notes)
  | ({ between: [Scalar | null, Scalar | null] } & Notes)
  | ({ at_least: ListRecord[] } & Notes)
  | ({ not_applicable: string } & Notes);

export interface ListRecord {
  [field: string]: Answer;
}

export interface Notes {
  remark?: string;
  evidence?: string[];
  by?: string;
  at?: string;
}

export interface Answers {
  [question: string]: Answer | Json | undefined;
}

/** For whom and when. */
export interface Case {
  /** The authority whose layer applies, such as `GM1729`; none for the shared layers alone. */
  authority?: string | null;
  /** The reference date as `2026-07-04`; without it the answer that fixes it, else today. */
  on?: string | null;
  /** The day on which the case is looked at; without it the day on the clock of this machine. */
  today?: string | null;
}

export type Value = null | boolean | number | string | Value[] | { [output: string]: Value };

export type Outcome =
  | { status: 'determined'; value: Value }
  | Open
  | { status: 'not_applicable' }
  | { status: 'withheld' }
  | { status: 'unregulated'; missing: string[] };

/** Still open: exactly what a completion of the answers could give, or more where `approximate`. */
export interface Open {
  status: 'open';
  possible?: Value[];
  range?: { min: number; max: number };
  lists_of?: Value[];
  /** The questions that could change it. */
  needs: string[];
  approximate: boolean;
}

export interface QuestionState {
  status: 'answered' | 'open' | 'unknown' | 'not_applicable' | 'not_relevant' | 'withheld';
  /** Whether it is relevant still hangs on open answers. */
  relevance?: 'undecided';
  /** For a question that only a human can judge: what the facts suggest. */
  suggested?: string;
}

export interface Assessment {
  rule_set: { id: string; digest: string };
  authority: string | null;
  on: string | null;
  decisions: { [decision: string]: Outcome };
  parts?: { [list: string]: { decisions: { [decision: string]: Outcome } }[] };
  questions: { [question: string]: QuestionState };
  /** The question to ask next: the one that leaves the fewest possible outcomes. */
  next: string | null;
  progress: { answered: number; open: number; may_become_relevant: number };
  findings: { [key: string]: Json }[];
  /** The steps of the procedure with their terms. */
  steps: { [key: string]: Json }[];
  rollups?: { [key: string]: Json }[];
  deviations?: { [decision: string]: Json };
  silence?: { [name: string]: Json };
}

export interface Citation {
  id: string;
  title: string;
  kind: string;
  article: string | null;
  identifier: string | null;
  url: string | null;
  seen: string | null;
  certainty: string;
  note: string | null;
}

export interface Question {
  id: string;
  ask: string;
  help: string | null;
  type: 'choice' | 'boolean' | 'integer' | 'decimal' | 'date' | 'time' | 'text' | 'list';
  unit: string | null;
  options: { id: string; label: string; help: string | null; points: number | null }[];
  several: boolean;
  fields?: Question[];
  each?: string;
  min: number | string | null;
  max: number | string | null;
  step: number | null;
  when: string[][] | null;
  required: boolean;
  not_applicable: boolean;
  judgement: boolean;
  strength: string | null;
  confidentiality: string | null;
  sources: Citation[];
}

export interface Decision {
  id: string;
  title: string;
  help: string | null;
  outcome: boolean;
  part_of?: string;
  formula?: string;
  unit?: string;
  outcomes: [Value, string][];
}

export interface Step {
  id: string;
  title: string;
  help: string | null;
  actor: string;
  document: string | null;
  /** The date question whose answer says on which day it was done. */
  done?: string;
  /** Whether it has to be done; else it is a right or a choice. */
  required: boolean;
  after: string[];
  requires: string[];
  confidentiality: string | null;
  sources: Citation[];
}

export interface Questionnaire {
  id: string;
  title: string;
  description: string | null;
  authority: string | null;
  on: string;
  partial: string[];
  reference_date: string | null;
  sections: { section: string; help: string | null; items: Question[] }[];
  decisions: Decision[];
  findings: { id: string; text: string; severity: string; sources: Citation[] }[];
  steps: Step[];
  rollups: { id: string; title: string }[];
}

export interface Explanation {
  rule_set: { id: string; digest: string };
  title: string;
  authority: string | null;
  authority_title: string | null;
  on: string;
  layers: { [key: string]: Json }[];
  partial: string[];
  decisions: Reasons[];
}

export interface Clause {
  input: string;
  test: string;
  text: string;
}

export interface Rule {
  /** Counted from 1; `null` for the rule of a score or formula. */
  row: number | null;
  /** Its entries, without those that accept everything. */
  when: Clause[];
  /** Whether it has no such entries and counts only where no row before it holds; else a row without entries always holds. */
  otherwise: boolean;
  then: string;
  sources: Citation[];
  notes: [string, string][];
}

export interface Reasons {
  decision: string;
  title: string;
  outcome: Outcome;
  /** The outcome in words. */
  text: string;
  rules: Rule[];
  /** Rules that go before those and do not hold, with their entries that the answers rule out; left out where there are none. */
  passed?: (Rule & { fails: Clause[] })[];
  sufficient: string[];
  /** Of what does not apply when it would, in words: alternatives, each of clauses that all hold. */
  applies_when?: string[][];
  /** What was decided otherwise of decisions on which it rests: each by its title, with what was decided. */
  decided?: [string, string][];
  rests_on: Reasons[];
  [more: string]: unknown;
}

export interface Layer {
  authority: string | null;
  layer?: string;
  members?: number;
  title: string;
  from: string | null;
  to: string | null;
  from_between?: [string | null, string | null];
  to_between?: [string | null, string | null];
  signed?: string;
  published?: string;
}

/** A finding of the engine about rules or answers. Lines and columns count from 1. */
export interface Finding {
  severity: 'error' | 'warning';
  /** One of the codes of the library, such as `unknown-question` or `outside-domain`. */
  code: string;
  message: string;
  file?: string;
  line?: number;
  column?: number;
  end_line?: number;
  end_column?: number;
  example?: string;
  help?: string;
  related?: { message: string; file?: string; line?: number; column?: number }[];
}

/** Codes of this package, beside those of the library. */
export type PackageCode =
  /** An argument of the wrong type, or one that JSON cannot hold. */
  | 'wrong-type'
  /** A text that is too long to be copied into the engine. */
  | 'too-large'
  /** The rule set, program or worker was freed or closed. */
  | 'freed'
  /** The instance stopped on a defect; `load()` gives a fresh one. */
  | 'trapped'
  /** A file could not be fetched, or is not the file of this version. */
  | 'fetch-failed'
  /** The Content-Security-Policy forbids it. */
  | 'blocked'
  /** There is no WebAssembly. */
  | 'unsupported'
  /** The module is not this engine. */
  | 'bad-module'
  /** The package has no such rule set. */
  | 'unknown-rule-set';

export declare class LeidraadError extends Error {
  readonly name: 'LeidraadError';
  readonly code: PackageCode | (string & {});
  /** The place of the first finding. */
  readonly place?: { file: string; line: number; column: number };
  /** What to do. */
  readonly help?: string;
  /** Every finding, errors first. */
  readonly findings: Finding[];
  readonly cause?: unknown;
  toJSON(): { code: string; message: string; help?: string; findings: Finding[] };
  static from(plain: { code: string; message: string; help?: string; findings: Finding[] }): LeidraadError;
}

/** Rules as an object or a JSON text: a rule file, or an array of the layers of one rule set. */
export type Rules = string | object | object[];
export interface RuleSetOptions {
  /** What findings call the text. */
  name?: string;
  /** The rules were checked before: read them, and do not prove them once more. */
  checked?: boolean;
}
