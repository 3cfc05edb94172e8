// `leidraad/checklist`: importing it defines the element `<leidraad-checklist>`.

import type { Answers, Assessment, LeidraadError } from './shapes.js';
import type { RuleSet } from './index.js';
import type { RemoteRuleSet } from './worker-client.js';

/**
 * A checklist to fill in. Attributes: `rule-set` or `src`, `authority`, `on`, `today`, `lang` (`nl`, `en`, `de`),
 * `mode` (`questions`, `tasks`), `case` (a name under which people may keep it in this browser), `heading-level`.
 */
export declare class LeidraadChecklist extends HTMLElement {
  /** Settles when the checklist is shown, or cannot be. */
  readonly ready: Promise<LeidraadChecklist>;
  /** A rule set of your own instead of the attributes, or a promise of one. */
  get ruleSet(): RuleSet | RemoteRuleSet | undefined;
  set ruleSet(rules: RuleSet | RemoteRuleSet | Promise<RuleSet | RemoteRuleSet> | undefined);
  /** What is filled in, as the engine and the command read it. */
  readonly answers: Answers;
  readonly assessment: Assessment | undefined;
  /** The case as its file has it: the answers, and who does and signed what. */
  readonly caseText: string | undefined;
  /** Takes over a dossier, a case file or answers. Gives nothing, or why not; what is wrong with a dossier is told in the page. */
  load(text: string): Promise<'notJson' | 'newer' | 'otherRules' | undefined> | undefined;
}

/** Fired at the element; they bubble. */
export interface ChecklistEvents {
  'leidraad-checklist-ready': CustomEvent<{ ruleSet: RuleSet | RemoteRuleSet }>;
  'leidraad-checklist-change': CustomEvent<{ answers: Answers; assessment: Assessment }>;
  'leidraad-checklist-unavailable': CustomEvent<{ error: LeidraadError | Error }>;
}

declare global {
  interface HTMLElementEventMap extends ChecklistEvents {}
  interface HTMLElementTagNameMap {
    'leidraad-checklist': LeidraadChecklist;
  }
}
