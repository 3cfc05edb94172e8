// `leidraad/worker`: the engine in a worker, for pages whose policy forbids WebAssembly.

import type { Answers, Assessment, Case, Explanation, Finding, Layer, Questionnaire, RuleSetOptions, Rules } from './shapes.js';

export * from './shapes.js';

/** Starts a worker with the engine in it. */
export declare function load(options?: {
  /** A worker, or the address of `worker.js`, when it does not lie beside this file. */
  worker?: Worker | string | URL;
}): Promise<RemoteEngine>;

export declare class RemoteEngine {
  private constructor();
  readonly version: string;
  readonly catalog: readonly { readonly id: string; readonly title: string }[];
  ruleSet(rules: Rules, options?: RuleSetOptions): Promise<RemoteRuleSet>;
  open(id: string): Promise<RemoteRuleSet>;
  /** Ends the worker. */
  close(): void;
}

export declare class RemoteRuleSet {
  private constructor();
  readonly id: string;
  readonly title: string;
  readonly layers: Layer[];
  readonly authorities: string[];
  readonly warnings: Finding[];
  /** The rule set as the JSON text that it was read from. */
  bundle(): Promise<string>;
  referenceDates(authority?: string | null): Promise<string[]>;
  evaluate(answers?: Answers | string, given?: Case): Promise<Assessment>;
  evaluateText(answers?: Answers | string, given?: Case): Promise<string>;
  questionnaire(given?: Case, answers?: Answers | string): Promise<Questionnaire>;
  explain(answers?: Answers | string, given?: Case, decision?: string): Promise<Explanation>;
  explainText(answers?: Answers | string, given?: Case, decision?: string): Promise<string>;
  free(): void;
}
