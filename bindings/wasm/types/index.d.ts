// `leidraad`: the engine in the page, in a worker of your own, or in Node.

import type { Answers, Assessment, Case, Explanation, Finding, Layer, Questionnaire, RuleSetOptions, Rules } from './shapes.js';

export * from './shapes.js';

/**
 * Loads the engine that lies beside this file. A second call gives the same engine, unless that trapped.
 * @throws {LeidraadError} `blocked`, `fetch-failed`, `unsupported` or `bad-module`
 */
export declare function load(options?: {
  /** A module that was compiled before; it then gets an instance of its own. */
  module?: WebAssembly.Module;
  /** Where the engine is, when it does not lie beside this file. */
  url?: string | URL;
  /** What it must hash to, such as `sha384-…`; the engine beside this file is always checked in a browser. */
  integrity?: string;
}): Promise<Engine>;

/** The rule sets that come with the package. */
export declare const catalog: readonly { readonly id: string; readonly title: string }[];

/** The JSON text of a rule set that comes with the package. */
export declare function read(id: string): Promise<string>;

/** One instance of the engine. */
export declare class Engine {
  private constructor();
  readonly version: string;
  /** Whether it stopped on a defect and does nothing more. */
  readonly trapped: boolean;
  /** A rule set of your own. It is proven first, unless it was checked before. */
  ruleSet(rules: Rules, options?: RuleSetOptions): RuleSet;
  /** A rule set that comes with the package. */
  open(id: string): Promise<RuleSet>;
}

/** A rule set with all its layers. */
export declare class RuleSet {
  private constructor();
  readonly id: string;
  readonly title: string;
  readonly layers: Layer[];
  readonly authorities: string[];
  readonly warnings: Finding[];
  /** The rule set as the JSON text that it was read from. */
  bundle(): string;
  /** The questions whose answers fix a reference date. */
  referenceDates(authority?: string | null): string[];
  /** The layers that apply to a case: load once, evaluate many. */
  program(given?: Case, answers?: Answers | string): Program;
  evaluate(answers?: Answers | string, given?: Case): Assessment;
  /** The assessment as JSON, byte for byte as the command line and the crate give it. */
  evaluateText(answers?: Answers | string, given?: Case): string;
  questionnaire(given?: Case, answers?: Answers | string): Questionnaire;
  explain(answers?: Answers | string, given?: Case, decision?: string): Explanation;
  explainText(answers?: Answers | string, given?: Case, decision?: string): string;
  /** Gives the memory back. Programs made by `program()` live on. */
  free(): void;
}

/** A rule set for one authority on one date. */
export declare class Program {
  private constructor();
  readonly on: string;
  readonly digest: string;
  readonly freed: boolean;
  evaluate(answers?: Answers | string): Assessment;
  evaluateText(answers?: Answers | string): string;
  questionnaire(): Questionnaire;
  explain(answers?: Answers | string, decision?: string): Explanation;
  explainText(answers?: Answers | string, decision?: string): string;
  free(): void;
}
