// `leidraad/form`: rules for a form that exists.

import type { RuleSet } from './index.js';
import type { Answers, Assessment, Json, LeidraadError, Question } from './shapes.js';
import type { RemoteRuleSet } from './worker-client.js';

/**
 * Binds a form, or any element with fields in it, to a rule set. It never submits and sends nothing.
 * When the rule set cannot be loaded the form stays as it is, and `leidraad-unavailable` is fired.
 */
export declare function bindForm(form: Element, ruleSet: RuleSet | RemoteRuleSet | Promise<RuleSet | RemoteRuleSet>, options?: BindOptions): Binding;

type Given = string | null | undefined;

export interface BindOptions {
  /** The authority, or how to read it from the form. */
  authority?: Given | ((form: Element) => Given);
  /** The reference date, where no question fixes it. */
  on?: Given | ((form: Element) => Given);
  today?: Given | ((form: Element) => Given);
  /**
   * Per question the name of its field, where that is not the id of the question, `id[]`, `id[…]` or `data[id]`. Three names
   * are the day, the month and the year of a date.
   */
  fields?: { [question: string]: FieldName | Field };
  /** Where slots are looked for; without it in the form. */
  scope?: Element;
  /** The element that is shown and hidden with a question, where the smallest one around its fields is not right. */
  container?: (question: string, fields: HTMLElement[]) => Element | null | undefined;
  /** Whether questions that may become relevant are shown (the default) or hidden. */
  undecided?: 'show' | 'hide';
  /** `false` leaves `required` to the form. */
  required?: boolean;
  /** Adds hidden fields `leidraad_case`, `leidraad_answers` and `leidraad_assessment`, for the server. */
  hiddenFields?: boolean;
  /** Lists of records, as `lists` of `leidraad/form-lists` gives them. */
  lists?: ListReader;
  /** More answers, which are in no field: `$steps`, `$today`, lists that a form engine keeps to itself. */
  answers?: (form: Element) => Answers;
  /** Other texts, for instance in another language. */
  messages?: Partial<Messages>;
}

/** What reads lists of records: made by `leidraad/form-lists`, and of no other use. */
export type ListReader = ((form: Element, found: never) => Promise<void>) & { readonly [list]?: true };
declare const list: unique symbol;

export type FieldName = string | [day: string, month: string, year: string];

export interface Field {
  name?: FieldName;
  /** Values of the form that are written otherwise than answers are; `null` for "nobody knows". */
  values?: { [value: string]: Json };
  /** What a single box that is not ticked means; without it, that it was not answered. */
  unchecked?: boolean | null;
}

export interface Problem {
  /** The id of the question; of a field of a record `list.0.field`, with the number in its name. */
  question: string;
  /** The question as people read it. */
  ask: string;
  /** What to do. */
  message: string;
  /** The field to go to. */
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
}

export interface Binding {
  /** Settles when the form is bound, or cannot be: then `error` is set. Never rejects. */
  readonly ready: Promise<Binding>;
  /** What is filled in, as the engine gets it. */
  readonly answers: Answers;
  readonly assessment: Assessment | undefined;
  readonly error: LeidraadError | Error | undefined;
  /** Looks again: after values were set by a script, which fires no event. */
  update(): Promise<Assessment | undefined>;
  /** Shows every message, and gives what is missing or wrong, for an error summary. */
  check(): Promise<Problem[]>;
  /** Lets go of the form and takes back what was changed. What people filled in stays. */
  destroy(): void;
}

export interface Messages {
  missing(question: Question): string;
  integer(question: Question): string;
  decimal(question: Question): string;
  date(question: Question): string;
  noSuchDay(question: Question): string;
  time(question: Question): string;
  one(question: Question): string;
  other(question: Question): string;
  open(labels: string[]): string;
  notApplicable(): string;
  unregulated(): string;
  nothing(): string;
  changed(): string;
}

/** Fired at the form; they bubble. */
export interface FormEvents {
  /** Bound for the first time. */
  'leidraad-ready': CustomEvent<{ binding: Binding }>;
  /** What follows has changed. `text` is the assessment, byte for byte. */
  'leidraad-change': CustomEvent<{ binding: Binding; answers: Answers; assessment: Assessment; text: string }>;
  /** The rule set could not be loaded; the form is as it was. */
  'leidraad-unavailable': CustomEvent<{ binding: Binding; error: LeidraadError | Error }>;
  /** An evaluation failed; what is shown is that of the last one that succeeded. */
  'leidraad-error': CustomEvent<{ binding: Binding; error: LeidraadError | Error }>;
}

declare global {
  interface HTMLElementEventMap extends FormEvents {}
}
