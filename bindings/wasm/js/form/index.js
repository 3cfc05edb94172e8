// Rules for a form that exists. It reads the fields, asks the engine and shows what follows; it submits and sends nothing.

import { find, mapping, read } from './fields.js';
import { MESSAGES, outcomeText } from './messages.js';
import { message, question, view } from './show.js';

/**
 * Binds a form to a rule set, which may still be loading. The form stays as it is when that fails.
 * Types and options: form.d.ts.
 */
export function bindForm(form, ruleSet, options = {}) {
  const messages = { ...MESSAGES, ...options.messages };
  const names = mapping(options.fields);
  const changes = view();
  const stop = new AbortController();
  const said = new Map();
  /** The questions whose messages are shown; with a space behind it also that it is missing. */
  const seen = new Set();
  const ours = [];
  let rules, items, decisions, version, shown, live, timer, newest;
  let fields = new Map();
  let wrong = new Map();
  let latest = 0;

  const fire = (name, detail) => form.dispatchEvent(new CustomEvent(`leidraad-${name}`, { bubbles: true, detail: { binding, ...detail } }));
  const slots = (kind) => [...(options.scope ?? form).querySelectorAll(`[data-leidraad-${kind}]`)];
  const value = (given) => (typeof given === 'function' ? given(form) : given) || undefined;
  const readOne = (item, list, map = names) => read(item, list, map, changes.isOff, messages);
  const ask = (text) => rules.evaluateText(text, about());
  const about = () => ({ authority: value(options.authority), on: value(options.on), today: value(options.today) });
  const observer = new MutationObserver(() => update());

  function soon(delay) {
    clearTimeout(timer);
    timer = setTimeout(update, delay);
  }

  function touch({ target }, missing = '') {
    for (const [id, list] of fields) if (list.includes(target)) seen.add(id).add(id + missing);
  }

  async function start() {
    rules = await ruleSet;
    await learn('{}');
    if (stop.signal.aborted) return;
    const listen = (name, work, capture) => form.addEventListener(name, work, { signal: stop.signal, capture });
    listen('input', () => soon(150));
    listen('change', (event) => update(touch(event)));
    listen('reset', () => soon(seen.clear()));
    // the browser names what is wrong; so does the slot beside the field
    listen('invalid', (event) => soon(touch(event, ' ')), true);
    addOwn();
    observer.observe(form, { childList: true, subtree: true, attributeFilter: ['name', 'disabled', 'style'] });
    await update();
    fire('ready');
  }

  /** The live region and hidden fields: the only elements that are added. */
  function addOwn() {
    const make = (tag) => {
      const element = document.createElement(tag);
      ours.push(element);
      form.append(element);
      return element;
    };
    live = slots('status')[0];
    if (!live) {
      live = make('div');
      live.style.cssText = 'position:absolute;width:1px;overflow:hidden;clip-path:inset(50%)';
    }
    changes.set(live, 'role', 'status');
    changes.set(live, 'aria-live', 'polite');
    for (const name of options.hiddenFields ? ['case', 'answers', 'assessment'] : []) {
      Object.assign(make('input'), { type: 'hidden', name: `leidraad_${name}` });
    }
  }

  /** The questions and decisions, which may differ with the authority and the date. */
  async function learn(text) {
    const found = await rules.questionnaire(about(), text);
    items = new Map(found.sections.flatMap((section) => section.items).map((item) => [item.id, item]));
    decisions = found.decisions;
  }

  /** Reads the form, and shows what follows; of looks that overlap the newest. */
  const update = () => (newest = look(++latest));

  async function look(turn) {
    clearTimeout(timer);
    try {
      const found = rules && (await judge());
      if (turn !== latest) return newest;
      if (found) show(...found);
    } catch (error) {
      if (turn === latest) fire('error', { error: (binding.error = error) });
    }
    return binding.assessment;
  }

  /** What is filled in, and what follows from as much of it as the engine accepts. */
  async function judge() {
    const own = items;
    const fields = find(form, own, names);
    const [given, wrong] = [new Map(), new Map()];
    for (const [id, list] of fields) {
      const found = readOne(own.get(id), list);
      if (Array.isArray(found)) wrong.set(id, found[0]);
      else if (found) given.set(id, found);
    }
    await options.lists?.(form, { items: own, fields, given, wrong, find, read: readOne, ask });
    for (const [id, answer] of Object.entries(options.answers?.(form) ?? {})) given.set(id, JSON.stringify(answer));
    for (;;) {
      const entries = [...given].map(([id, json]) => `${JSON.stringify(id)}:${json}`);
      const text = `{${entries.join()}}`;
      let result;
      try {
        result = await ask(text);
      } catch (error) {
        const refused = at(error.findings, [...given.keys()], entries);
        if (!refused[0]) throw error;
        for (const id of refused) {
          given.delete(id);
          wrong.set(id, own.get(id)?.type);
        }
        continue;
      }
      const assessment = JSON.parse(result);
      // rules of one decision can go by another day than those of the others
      const now = assessment.rule_set.digest + assessment.on + text.match(/[\d-]{10}/g);
      if (version !== now) {
        version = now;
        await learn(text);
      }
      // also when it was an earlier look that learned of other questions
      return own === items ? [fields, wrong, text, result, assessment] : judge();
    }
  }

  function show(found, what, text, result, assessment) {
    const first = !shown;
    const fresh = shown !== result;
    fields = found;
    wrong = new Map();
    shown = result;
    const answers = (binding.answers = JSON.parse(text));
    binding.assessment = assessment;
    binding.error = undefined;
    const outcomes = decisions.flatMap(({ id, outcome }) => (outcome ? id : []));
    let turned;
    for (const [id, elements] of fields) {
      const item = items.get(id);
      // a field of a record goes with its list
      const own = item.of ?? id;
      const { status, relevance } = assessment.questions[own];
      const hidden = relevance ? options.undecided === 'hide' && status !== 'answered' : status === 'not_relevant';
      const required = item.required && !relevance && options.required !== false;
      turned ||= !first && hidden !== elements.some(changes.isOff);
      question(changes, form, elements, options.container?.(id, elements), hidden, required, {
        state: relevance ?? status,
        decides: outcomes.filter((decision) => assessment.decisions[decision].needs?.includes(own)).join(' ') || null,
        next: assessment.next === own ? '' : null,
      });
      const kind = hidden ? '' : what.get(id) ?? (required && (item.open ?? status === 'open') ? 'missing' : '');
      const words = kind && (messages[kind] ?? messages.other)(item);
      if (kind) wrong.set(id, words);
      message(changes, elements, words, slots(`error="${id}"`)[0], seen.has(kind === 'missing' ? id + ' ' : id));
    }
    const spoken = showOutcomes(first);
    if (turned) spoken.push(messages.changed());
    if (spoken[0]) live.textContent = spoken.join('. ');
    const { id, digest } = assessment.rule_set;
    const sent = [JSON.stringify({ ...about(), rule_set: id, digest, date: assessment.on }), text, result];
    for (const element of ours) if (element.name) element.value = sent.shift();
    // what we changed ourselves is no reason to look again
    observer.takeRecords();
    if (fresh) fire('change', { answers, assessment, text: result });
  }

  /** Fills the slots, and gives what changed of the outcomes. */
  function showOutcomes(first) {
    const spoken = [];
    for (const decision of decisions) {
      const { id, title, outcome } = decision;
      const own = slots(`outcome="${id}"`);
      const found = binding.assessment.decisions[id];
      if (!found || !(own[0] || outcome)) continue;
      const text = outcomeText(found, decision, messages);
      for (const slot of own) {
        changes.set(slot, 'text', text);
        changes.set(slot, 'data-leidraad-state', found.status);
        changes.set(slot, 'data-leidraad-value', 'value' in found ? plain(found.value) : null);
      }
      if (outcome && !first && said.get(id) !== text) spoken.push(`${title}: ${text}`);
      said.set(id, text);
    }
    return spoken;
  }

  const binding = {
    answers: {},
    update,
    async check() {
      await update();
      for (const id of wrong.keys()) seen.add(id).add(id + ' ');
      await update();
      return [...wrong].map(([question, message]) => ({ question, ask: items.get(question).ask, message, field: fields.get(question)[0] }));
    },
    destroy() {
      // nothing that is under way shows any more
      latest = newest = NaN;
      stop.abort();
      clearTimeout(timer);
      observer.disconnect();
      changes.restore();
      for (const list of fields.values()) list[0].setCustomValidity('');
      for (const element of ours) element.remove();
    },
  };
  binding.ready = start().catch((error) => {
    binding.error = error;
    binding.destroy();
    fire('unavailable', { error });
  }).then(() => binding);
  return binding;
}

const plain = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The questions that findings are about, by their columns in the text of the answers. */
function at(findings, ids, entries) {
  return (findings ?? []).flatMap(({ column, file }) => {
    let end = 2;
    return (file === 'answers.json' && ids.find((_, n) => (end += [...entries[n]].length + 1) > column)) || [];
  });
}
