// The case in this browser: only when people ask for it, and never over what another tab has saved.

import { copy, empty, fromText, merge, toText } from './case.js';

export class Store {
  #key;
  #ruleSet;
  /** What was saved last, here or by another tab: where a merge starts from. */
  #base;

  /** @param name of the case; every case and rule set has a place of its own */
  constructor(ruleSet, name) {
    this.#ruleSet = ruleSet;
    this.#key = `leidraad:${ruleSet}:${name}`;
  }

  get key() {
    return this.#key;
  }

  /** Whether people asked for it. */
  get on() {
    return this.#base !== undefined;
  }

  /** What is saved, if it can be read. @throws {string} see `fromText` */
  read() {
    let text = null;
    try {
      text = localStorage.getItem(this.#key);
    } catch {
      // a browser that keeps nothing
    }
    return text === null ? undefined : fromText(text, this.#ruleSet);
  }

  /** Goes on from what is saved. */
  resume() {
    return (this.#base = this.read());
  }

  begin() {
    this.#base = this.read() ?? empty();
  }

  /**
   * Saves a case. What another tab saved in the meantime is merged into it first.
   * @returns {{own: object, clashes: object[], merged: boolean} | undefined} nothing when another tab has removed it
   */
  save(own, about) {
    const saved = this.read();
    if (saved === undefined && this.#base.revision > 0) {
      this.#base = undefined;
      return undefined;
    }
    const merged = saved !== undefined && saved.revision !== this.#base.revision;
    const result = merged ? merge(this.#base, own, { ...saved, authority: own.authority }) : { merged: own, clashes: [] };
    const next = { ...copy(result.merged), revision: Math.max(own.revision, saved?.revision ?? 0) + 1 };
    localStorage.setItem(this.#key, toText(next, { rule_set: this.#ruleSet, ...about }));
    this.#base = copy(next);
    return { own: next, clashes: result.clashes, merged };
  }

  /** Takes over what another tab has saved. Changes of our own that were not saved yet stay. */
  pull(own) {
    const saved = this.read();
    if (saved === undefined) return undefined;
    const { merged, clashes } = merge(this.#base, own, { ...saved, authority: own.authority });
    this.#base = saved;
    return { own: copy(merged), clashes };
  }

  /** Takes it away from this browser, or knows that another tab did. */
  remove() {
    this.#base = undefined;
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // nothing was kept
    }
  }
}
