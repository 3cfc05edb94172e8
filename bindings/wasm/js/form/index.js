// Rules for a form that exists. It reads the fields, asks the engine and shows what follows; it submits and sends nothing.

import { find, mapping, read } from './fields.js';
import { MESSAGES, outcomeText } from './messages.js';
import { View } from './show.js';

/**
 * Binds a form to a rule set, which may still be loading. The form stays as it is when that fails.
 * Types and options: form.d.ts.
 */
export function bindForm(form, ruleSet, options = {}) {
  return new Binding(form, ruleSet, options);
}

class Binding {
  answers = {};
  assessment;
  error;
  #form;
  #options;
  #messages;
  #map;
  #rules;
  #items = new Map();
  #decisions = [];
  #fields = new Map();
  #wrong = new Map();
  #touched = new Set();
  #version;
  #text;
  #said = new Map();
  #latest = 0;
  #timer;
  #view;
  #live;
  #ours = [];
  #observer;
  #stop = new AbortController();

  constructor(form, ruleSet, options) {
    if (!(form instanceof Element)) throw new TypeError('bindForm needs a form, or an element with fields in it');
    this.#form = form;
    this.#options = options;
    this.#messages = { ...MESSAGES, ...options.messages };
    this.#map = mapping(options.fields);
    this.#view = new View(form);
    this.ready = Promise.resolve(ruleSet).then((rules) => this.#start(rules)).catch((error) => this.#unavailable(error));
  }

  async #start(rules) {
    if (this.#stop.signal.aborted) return this;
    this.#rules = rules;
    await this.#learn('{}');
    const { signal } = this.#stop;
    const listen = (name, work, more) => this.#form.addEventListener(name, work, { signal, ...more });
    listen('input', () => this.#soon(this.#options.delay ?? 150));
    listen('change', ({ target }) => {
      this.#touch(target);
      this.update();
    });
    listen('reset', () => {
      this.#touched.clear();
      this.#soon(0);
    });
    listen('invalid', ({ target }) => {
      this.#touch(target);
      this.#soon(0);
    }, { capture: true });
    this.#addOwn();
    this.#observer = new MutationObserver(() => this.update());
    this.#observe();
    await this.update();
    this.#fire('leidraad-ready');
    return this;
  }

  #unavailable(error) {
    this.error = error;
    this.destroy();
    this.#fire('leidraad-unavailable', { error });
    return this;
  }

  #observe() {
    const attributeFilter = ['name', 'type', 'disabled', 'hidden', 'required'];
    this.#observer.observe(this.#form, { childList: true, subtree: true, attributes: true, attributeFilter });
  }

  /** The live region and hidden fields: the only elements that are added. */
  #addOwn() {
    const make = (tag, attributes) => {
      const element = this.#form.ownerDocument.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      this.#ours.push(element);
      this.#form.append(element);
      return element;
    };
    this.#live = this.#slots('status')[0];
    if (!this.#live) {
      this.#live = make('div', { 'data-leidraad-status': '' });
      const style = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', 'clip-path': 'inset(50%)', 'white-space': 'nowrap' };
      for (const [name, value] of Object.entries(style)) this.#live.style.setProperty(name, value);
    }
    this.#view.attribute(this.#live, 'role', 'status');
    this.#view.attribute(this.#live, 'aria-live', 'polite');
    if (this.#options.hiddenFields) {
      for (const name of ['case', 'answers', 'assessment']) make('input', { type: 'hidden', name: `leidraad_${name}` });
    }
  }

  /** The questions and decisions, which may differ with the authority and the date. */
  async #learn(text) {
    const { sections, decisions } = await this.#rules.questionnaire(this.#case(), text);
    this.#items = new Map(sections.flatMap(({ items }) => items.map((item) => [item.id, item])));
    this.#decisions = decisions;
  }

  #case() {
    const value = (given) => (typeof given === 'function' ? given(this.#form) : given) || undefined;
    const { authority, on, today } = this.#options;
    return { authority: value(authority), on: value(on), today: value(today) };
  }

  #soon(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.update(), delay);
  }

  #touch(target) {
    for (const [id, list] of this.#fields) if (list.some(({ field }) => field === target)) this.#touched.add(id);
  }

  /** Reads the form, and shows what follows. */
  async update() {
    clearTimeout(this.#timer);
    if (this.#stop.signal.aborted || !this.#rules) return this.assessment;
    const turn = ++this.#latest;
    try {
      const found = await this.#judge();
      if (turn === this.#latest && !this.#stop.signal.aborted) this.#show(found);
    } catch (error) {
      if (turn === this.#latest) {
        this.error = error;
        this.#fire('leidraad-error', { error });
      }
    }
    return this.assessment;
  }

  /** What is filled in, and what follows from as much of it as the engine accepts. */
  async #judge(again = true) {
    const fields = find(this.#form, this.#items, this.#map);
    const [given, wrong] = [new Map(), new Map()];
    for (const [id, list] of fields) {
      const { json, wrong: what } = read(this.#items.get(id), list, this.#map, this.#view.isOff, this.#messages);
      if (json) given.set(id, json);
      if (what) wrong.set(id, what);
    }
    for (const [id, answer] of Object.entries(this.#options.answers?.(this.#form) ?? {})) given.set(id, JSON.stringify(answer));
    for (;;) {
      const entries = [...given].map(([id, json]) => `${JSON.stringify(id)}:${json}`);
      const text = `{${entries.join(',')}}`;
      let result;
      try {
        result = await this.#rules.evaluateText(text, this.#case());
      } catch (error) {
        const refused = at(error.findings ?? [], [...given.keys()], entries);
        if (refused.size === 0) throw error;
        for (const [id, code] of refused) {
          given.delete(id);
          wrong.set(id, code === 'unknown-question' || this.#items.get(id)?.options.length ? 'other' : this.#items.get(id)?.type);
        }
        continue;
      }
      const assessment = JSON.parse(result);
      const version = `${assessment.rule_set.digest} ${assessment.on}`;
      if (version !== this.#version && again) {
        this.#version = version;
        await this.#learn(text);
        return this.#judge(false);
      }
      return { fields, wrong, text, result, assessment };
    }
  }

  #show({ fields, wrong, text, result, assessment }) {
    const first = this.#text === undefined;
    const changed = this.#text !== result;
    this.#fields = fields;
    this.#wrong = new Map();
    this.answers = JSON.parse(text);
    this.assessment = assessment;
    this.error = undefined;
    this.#text = result;
    const outcomes = this.#decisions.filter(({ outcome }) => outcome).map(({ id }) => id);
    const decides = new Map();
    for (const id of outcomes) {
      for (const need of assessment.decisions[id].needs ?? []) decides.set(need, [...(decides.get(need) ?? []), id]);
    }
    let [shown, hid] = [0, 0];
    const errors = new Map(this.#slots('error').map((slot) => [slot.dataset.leidraadError, slot]));
    for (const [id, list] of fields) {
      const item = this.#items.get(id);
      const { status, relevance } = assessment.questions[id];
      const elements = list.map(({ field }) => field);
      const undecided = relevance === 'undecided';
      const hidden = undecided ? this.#options.undecided === 'hide' && status !== 'answered' : status === 'not_relevant';
      const was = elements.some(this.#view.isOff);
      const required = item.required && !undecided && this.#options.required !== false;
      this.#view.question(elements, {
        hidden,
        required: this.#options.required === false ? undefined : required,
        state: undecided && status === 'not_relevant' ? 'undecided' : status,
        decides: decides.get(id)?.join(' '),
        next: assessment.next === id,
        box: this.#options.container?.(id, elements),
      });
      if (was !== hidden && !first) hidden ? hid++ : shown++;
      const unanswered = required && status === 'open' && !wrong.has(id);
      const what = hidden ? undefined : wrong.get(id) ?? (unanswered ? 'missing' : undefined);
      const message = what ? (this.#messages[what] ?? this.#messages.other)(item) : '';
      if (message) this.#wrong.set(id, message);
      this.#view.message(elements, message, errors.get(id), this.#touched.has(id) && (what !== 'missing' || this.#touched.has(`${id} missing`)));
    }
    const spoken = this.#outcomes(outcomes, first);
    if (shown) spoken.push(this.#messages.shown(shown));
    if (hid) spoken.push(this.#messages.hidden(hid));
    if (spoken.length > 0) this.#live.textContent = spoken.join(' ');
    this.#fill(text, result);
    // what we changed ourselves is no reason to look again
    this.#observer.takeRecords();
    if (changed) this.#fire('leidraad-change', { answers: this.answers, assessment, text: result });
  }

  /** Fills the slots, and gives what changed of the outcomes. */
  #outcomes(outcomes, first) {
    const spoken = [];
    const slots = this.#slots('outcome');
    for (const decision of this.#decisions) {
      const outcome = this.assessment.decisions[decision.id];
      const own = slots.filter((slot) => slot.dataset.leidraadOutcome === decision.id);
      const isOutcome = outcomes.includes(decision.id);
      if (!outcome || (own.length === 0 && !isOutcome)) continue;
      const text = outcomeText(outcome, decision, this.#messages);
      for (const slot of own) {
        this.#view.text(slot, text);
        this.#view.attribute(slot, 'data-leidraad-state', outcome.status);
        this.#view.attribute(slot, 'data-leidraad-value', outcome.status === 'determined' ? plain(outcome.value) : undefined);
      }
      if (isOutcome && this.#said.get(decision.id) !== text && !first) spoken.push(this.#messages.announce(decision.title, text));
      this.#said.set(decision.id, text);
    }
    return spoken;
  }

  #fill(text, result) {
    const { authority, on, today } = this.#case();
    const { rule_set, on: date } = this.assessment;
    const values = {
      leidraad_case: JSON.stringify({ rule_set: rule_set.id, digest: rule_set.digest, authority, on, today, date }),
      leidraad_answers: text,
      leidraad_assessment: result,
    };
    for (const element of this.#ours) if (Object.hasOwn(values, element.name ?? '')) element.value = values[element.name];
  }

  #slots(kind) {
    return [...(this.#options.scope ?? this.#form).querySelectorAll(`[data-leidraad-${kind}]`)];
  }

  /** Shows every message, and gives them for an error summary: question, text, message and the field to go to. */
  async check() {
    await this.update();
    for (const id of this.#wrong.keys()) this.#touched.add(id).add(`${id} missing`);
    await this.update();
    return [...this.#wrong].map(([question, message]) => {
      const field = this.#fields.get(question)[0].field;
      return { question, ask: this.#items.get(question).ask, message, field };
    });
  }

  /** Lets go of the form and takes back what was changed; what people filled in stays. */
  destroy() {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#observer?.disconnect();
    this.#view.restore();
    for (const element of this.#ours) element.remove();
  }

  #fire(name, detail = {}) {
    this.#form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { binding: this, ...detail } }));
  }
}

const plain = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The questions that findings are about, by their columns in the text of the answers. */
function at(findings, ids, entries) {
  const refused = new Map();
  for (const { column, file, code } of findings) {
    if (file !== 'answers.json') continue;
    let end = 2;
    const index = entries.findIndex((entry) => (end += [...entry].length + 1) > column);
    if (index >= 0) refused.set(ids[index], code);
  }
  return refused;
}
