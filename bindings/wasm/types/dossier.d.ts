// `leidraad/dossier`: the record of a case, which `leidraad dossier verify` accepts, with its report and calendar.

import type { Answers, Rules } from './shapes.js';
import type { RuleSet } from './index.js';
import type { RemoteEngine, RemoteRuleSet } from './worker-client.js';

export { LeidraadError } from './shapes.js';

/** A rule set of the engine, which was checked there; or rules as JSON, which are proven first. */
export type DossierRules = RuleSet | RemoteRuleSet | Rules;

/** Loads what makes dossiers. Its module is fetched with the first dossier. */
export declare function load(options?: {
  /** An engine or rule set of `leidraad/worker`: the work is done in that worker. For pages that forbid WebAssembly. */
  worker?: RemoteEngine | RemoteRuleSet;
}): Promise<Dossiers>;

/** Who records, and what is said of the revision. */
export interface Recording {
  /** Who records it. */
  by?: string | undefined;
  /** When, such as `2026-07-04T10:00:00+02:00`; without it what the clock of this machine says. */
  at?: string | undefined;
  /** A remark for all who may see anything of the revision. */
  remark?: string | undefined;
}

export interface Dossiers {
  /** Opens a dossier; with answers these are its second revision. */
  create(rules: DossierRules, options?: Recording & {
    /** Whose rules. */
    authority?: string | null | undefined;
    /** The reference date; without it the answer that fixes it, else the day of the opening. */
    on?: string | null | undefined;
    /** The number or name of the case. */
    case?: string | undefined;
    answers?: Answers | string;
    /** Who does which section, and who says that it is ready. */
    sections?: Section[];
    /** Whether the rules are kept in the dossier, word for word, so that it verifies without them. Without it they are. */
    keepRules?: boolean;
  }): Promise<Dossier>;
  /** Reads a dossier. Whether it is as it was recorded, `verify()` says. */
  read(text: string, options?: { name?: string }): Promise<Dossier>;
}

/** A dossier as it is at one moment. What is recorded gives another one; this one stays as it is. */
export interface Dossier {
  /** Byte for byte what belongs in a file. */
  readonly text: string;
  readonly ruleSet: string | null;
  readonly title: string | null;
  readonly authority: string | null;
  /** The reference date that was given when it was opened. */
  readonly on: string | null;
  readonly case: string | null;
  /** The day on which it was opened. */
  readonly opened: string | null;
  readonly revisions: number;
  /** The hash of the last revision: kept elsewhere, it shows later whether anything was changed. */
  readonly head: string;
  /** What a signature signs, byte for byte. */
  readonly toSign: string;
  readonly keepsRules: boolean;
  /** Whether this is a copy from which parts were withheld; nothing can be recorded in it. */
  readonly withheld: boolean;
  /** The classes of confidentiality of its rules. */
  readonly classes: string[];
  readonly signOffs: SignOff[];
  /** Whether two people signed off on it as it is now. */
  readonly fourEyes: boolean;
  /** The answers, steps and deviations that count, as far as they are not withheld. */
  readonly answers: Answers;
  /** The notes on sections that count. */
  readonly sections: (Section & {
    /** The questions, of this section and of others, that were answered in a later revision. */
    answeredSince: string[];
  })[];
  /** Records answers, with the steps and deviations beside them (`$steps`, `$deviations`). The others stay. */
  record(answers: Answers | string, options?: Recording & OfRules): Promise<Dossier>;
  /** Records what differs from these: what is gone is taken back. Where nothing differs, nothing is recorded. */
  update(answers: Answers | string, options?: Recording & OfRules & {
    /** The notes on sections; those that are not among these are taken back. Without it they stay as they are. */
    sections?: Section[];
  }): Promise<Dossier>;
  /** Signs off on it as it is now; it needs `by`. A signature is a detached one of minisign, with its public key. */
  sign(options: Recording & { role?: string | undefined; signature?: string; key?: string }): Promise<Dossier>;
  /** A copy for a reader who may see these classes of confidentiality and no others; `public` stands for none. It still verifies. */
  redact(classes: string[]): Promise<Dossier>;
  /** Checks every hash, and computes every outcome again. */
  verify(options?: OfRules & {
    /** The hash of the last revision as it was kept elsewhere. */
    head?: string;
    /** The public keys that are trusted. */
    keys?: string[];
  }): Promise<Verification>;
  /** Whether these are the rules by which it was judged last. */
  fits(rules: DossierRules): Promise<boolean>;
  /** The rules that it keeps, as the engine reads them. */
  keptRules(): Promise<string | undefined>;
  /** What other rules would say of the case, on the same reference dates or on another day. The dossier stays as it is. */
  under(rules: DossierRules, options?: { on?: string }): Promise<OtherOutcome>;
  /** A report in Dutch: HTML is one file, without script, that fetches nothing and prints on A4. */
  report(options?: OfRules & Telling & { format?: 'html' | 'md' | 'json' }): Promise<string>;
  /** The open steps and terms as iCalendar; nothing where there are none. */
  calendar(options?: OfRules & Telling): Promise<string | undefined>;
}

export interface OfRules {
  /** Its rules. Where these do not fit, or are not given, those that it keeps are used. */
  rules?: DossierRules;
}

export interface Telling {
  /** The day as of which things are told; without it today. */
  on?: string;
  /** Tell only what a reader may see who may see these classes of confidentiality; `['public']` for none. */
  reader?: string[];
}

/** A note on a section of the checklist. It is no sign-off on the dossier. */
export interface Section {
  /** Its title. */
  section: string;
  /** The role that it is assigned to. */
  assigned?: string | null;
  /** Who says that it is ready; `changed` where an answer in it was changed after that. */
  ready?: { by: string; role?: string | null; at?: string | null; changed: boolean } | null;
}

export interface SignOff {
  revision: number;
  by: string;
  role: string | null;
  at: string;
  /** Whether its signature is right; `null` where it carries none. */
  signature: boolean | null;
  key: string | null;
  /** Whether nothing but sign-offs was recorded after it. */
  current: boolean;
}

export interface Verification {
  /** Whether nothing was changed, as far as this shows. */
  intact: boolean;
  /** Whether, moreover, nothing was left unchecked. */
  complete: boolean;
  /** All of it in Dutch. */
  text: string;
  findings: {
    what: string;
    weight: 'changed' | 'unchecked' | 'remark';
    revision: number | null;
    /** The question, step or decision. */
    id: string | null;
    text: string;
  }[];
  revisions: number;
  recomputed: number;
  withheld: number;
  sign_offs: number;
  signatures: number;
  head: string;
  kept_elsewhere: boolean;
}

export interface OtherOutcome {
  then: string;
  now: string;
  on: string;
  decisions: { decision: string; title: string; then: Told | null; now: Told | null }[];
  refused: { kind: 'answer' | 'step' | 'deviation'; id: string }[];
  withheld: string[];
}

export interface Told {
  outcome: unknown;
  text: string;
}
