// A question for a list: its records, each with fields that are questions of their own. Few rule sets have one, so this is a
// file of its own, loaded with the first questionnaire that needs it.

import { bare, canonical, parts, whole } from './case.js';
import { alert, clean, group, h, hidden, primary, secondary, small, textButton, u, ul } from './dom.js';
import { message } from './questions.js';

export { default as TEXTS } from './texts/lists.js';

/** The records of an answer, whether or not there may be more. */
const recordsOf = ({ value }) => [value, value?.at_least].find(Array.isArray) ?? [];

/** An answer to a field; what the rules call it is Dutch, a day or “not known” is of the interface. */
function told(words, field, answer) {
  const text = words.answer(field, answer);
  return parts(answer).kind === 'value' && (field.type === 'text' || field.options.length > 0) ? words.rule(text) : text;
}

/** What is known of one record; an optional field that is empty is left out. */
const facts = (words, item, record) => h('dl.leidraad-facts', null, item.fields.map((field) => {
  const answer = bare(record)[field.id];
  return (answer !== undefined || field.required) && h('div', null, h('dt', null, words.rule(field.ask)), h('dd', null, told(words, field, answer)));
}));

/** A list to read, of the value of an answer. */
export function show(words, item, value) {
  const list = recordsOf({ value });
  if (list.length === 0) return Array.isArray(value) ? words.t('none') : value.at_least ? words.t('dontKnow') : JSON.stringify(value);
  return [h('ol.leidraad-records', null, list.map((record) => h('li', null, facts(words, item, record)))), value.at_least && small(words.t('listMore'))];
}

/**
 * The same as a field for another question. A record is kept as soon as it is saved; until people say that these are all,
 * there may be more. A record that is open is a draft of the page, so that drawing the page anew loses nothing.
 * @param onchange called when something else than a record changes, where answers are saved at once
 * @param keep saves an answer and gives the key of what is wrong with it
 */
export function listField(app, item, { answer, heading, onchange, keep }, questionField) {
  const { words } = app;
  const { t, rule } = words;
  const { drafts } = app;
  const level = Math.min(Number(heading.tagName[1]) + 1, 6);
  const each = item.each ?? '';
  const called = each.slice(0, 1).toUpperCase() + each.slice(1);
  const name = (n) => `${called} ${n + 1}`;
  /** Always as they are now: another tab may have changed them. */
  const now = () => parts(app.own.answers[item.id]);
  const records = () => recordsOf(now());
  const at = (record) => records().findIndex((one) => canonical(one) === canonical(record));

  /** A text of the interface around a Dutch name. */
  const around = (key, text) => t(key, '\n').split('\n').flatMap((part, n) => (n > 0 ? [rule(text), part] : part));
  const status = h('div', { class: 'leidraad-hidden', role: 'status' });
  const say = (key, text) => status.replaceChildren(...clean(around(key, text)));

  heading.append(rule(item.ask));
  const error = h('div', { class: u('form-field-error-message') });
  const place = h('div', null);
  const element = h('div', { class: `${u('form-field')} leidraad-question` }, heading,
    item.help && h('div', { class: u('form-field-description') }, rule(item.help)), error, place, status);

  /** Whether these are all, as an answer to that question. */
  let said = { value: 'all', other: null, unknown: null, na: { not_applicable: parts(answer).value } }[parts(answer).kind];
  let closing;
  let adding;
  let changing;
  let record;
  let gone;
  let busy = false;

  /** The answer with these records; what is noted beside it stays, also when none is left. */
  function found(list) {
    if (list.length === 0) return { kind: Object.keys(now().notes).length > 0 ? 'unknown' : 'none' };
    return said === 'all' ? { kind: 'value', value: list } : { kind: 'other', value: { at_least: list } };
  }

  /** One change at a time: what is pressed twice is done once. */
  async function put(list) {
    if (busy) return 'busy';
    busy = true;
    try {
      app.touched = undefined;
      return await keep(found(list));
    } finally {
      busy = false;
    }
  }

  function remember() {
    const given = closing?.read();
    if (given) said = given.error ? undefined : whole({ ...given, notes: {} });
  }

  function open(own) {
    remember();
    gone = undefined;
    drafts[item.id] = { own };
    draw();
    record.title.focus();
  }

  function close() {
    const n = drafts[item.id].own ? at(drafts[item.id].own) : -1;
    delete drafts[item.id];
    draw();
    (changing[n] ?? adding ?? closing).focus();
  }

  async function remove(own) {
    remember();
    const n = at(own);
    const before = said;
    const left = records().filter((_, other) => other !== n);
    if (left.length === 0) said = undefined;
    if (await put(left)) return;
    gone = { own, n, said: before };
    draw();
    say('listRemoved', name(n));
    place.querySelector('.leidraad-gone button').focus();
  }

  async function restore() {
    const { own, n } = gone;
    const list = [...records()];
    list.splice(n, 0, own);
    said = gone.said;
    if (await put(list)) return;
    gone = undefined;
    draw();
    say('listBack', name(at(own)));
    changing[at(own)].focus();
  }

  function card(own, n) {
    const named = () => hidden(rule(name(n)), ': ', told(words, item.fields[0], bare(own)[item.fields[0].id]));
    changing[n] = textButton([t('change'), named()], () => open(own));
    return h('li', null, h(`h${level}`, { class: u('heading-4') }, rule(name(n))), facts(words, item, own),
      !record && h('div.leidraad-marks', null, changing[n], textButton([t('listRemove'), named()], () => remove(own))));
  }

  /** The fields of the record that is open. */
  function form(draft) {
    const id = (field) => app.id(`${item.id}.${field}`);
    const old = bare(draft.own);
    const fields = item.fields.map((field) => {
      const ask = h('span.leidraad-ask', null);
      const one = questionField({ words, id }, field, { answer: old[field.id], heading: ask });
      if (!field.required) (ask.querySelector('label') ?? ask).append(h('span.leidraad-small', null, ` (${t('optional')})`));
      return [field, one];
    });
    const known = draft.own ? at(draft.own) : -1;
    const called = name(known < 0 ? records().length : known);
    const title = h(`h${level}`, { class: u('heading-4'), id: id('title'), tabindex: -1 }, rule(called));
    const problem = h('div', null);
    const button = primary(around('listSave', called), () => save());
    const controls = () => [...body.querySelectorAll('input,select,textarea')];
    const typed = () => (draft.typed = controls().map(({ value, checked }) => [value, checked]));
    const body = h('div', { class: 'leidraad-record', role: 'group', 'aria-labelledby': id('title'), oninput: typed, onchange: typed, onkeydown(event) {
      if (event.key !== 'Enter' || event.target.tagName !== 'INPUT' || event.isComposing) return;
      // Enter in a field is for the record, not for the page
      event.preventDefault();
      save();
    } }, title, problem, fields.map(([, one]) => one.element), group(button, secondary(t('cancel'), close)));
    if (draft.typed?.length === controls().length) {
      controls().forEach((control, n) => {
        [control.value, control.checked] = draft.typed[n];
        // so that the field shows what hangs on it
        if (control.checked || control.tagName === 'SELECT') control.dispatchEvent(new Event('change'));
      });
    }

    function wrong([field, one], key, where) {
      const text = message(app, field, key);
      one.error(text, where);
      return textButton([rule(field.ask), ' ', text], () => (where ?? one).focus());
    }
    function fail(list) {
      const title = h(`h${Math.min(level + 1, 6)}`, { class: u('heading-4'), tabindex: -1 }, t('errorTitle'));
      problem.replaceChildren(alert('error', title, ul(list)));
      title.focus();
    }
    async function save() {
      const own = bare();
      const errors = fields.map((pair) => {
        const [field, one] = pair;
        const given = one.read();
        const key = given.error ?? (given.kind === 'none' && field.required ? 'missing' : undefined);
        if (key) return wrong(pair, key, given.field);
        one.error();
        const value = whole({ ...given, notes: parts(old[field.id]).notes });
        if (value !== undefined) own[field.id] = value;
        return undefined;
      }).filter(Boolean);
      if (errors.length > 0) return fail(errors);
      const list = [...records()];
      const n = draft.own ? at(draft.own) : -1;
      if (list.length === 0) said = undefined;
      list.splice(n < 0 ? list.length : n, 1, own);
      const refused = await put(list);
      if (refused === 'busy') return undefined;
      if (refused) return fail(await culprits(own, refused));
      delete drafts[item.id];
      draw();
      say('listSaved', called);
      return (n < 0 ? adding ?? closing : changing[n]).focus();
    }
    /** The fields that the engine does not take, each asked by itself. */
    async function culprits(own, refused) {
      const list = [];
      for (const pair of fields.filter(([{ id }]) => own[id] !== undefined)) {
        const [{ id: field }] = pair;
        try {
          await app.rules.evaluate(JSON.stringify({ ...app.own.answers, [item.id]: [{ [field]: own[field] }] }), app.about());
        } catch ({ code }) {
          list.push(wrong(pair, code === 'outside-domain' ? 'outside' : 'other'));
        }
      }
      return list.length > 0 ? list : [message(app, item, refused)];
    }
    return { element: h('li', null, body), title, button };
  }

  /** Whether these are all, or why there are none. */
  function whetherAll(some) {
    const plain = Object.assign(Object.create(words), { rule: (text) => text, t: (key, ...values) => t(some && key === 'dontKnow' ? 'listMore' : key, ...values) });
    const question = { id: item.id, type: 'choice', ask: t(some ? 'listAll' : 'listNone'), options: [{ id: 'all', label: t(some ? 'listThese' : 'listEmpty') }], not_applicable: item.not_applicable && !some };
    return questionField({ words: plain, id: app.id }, question, { answer: said, heading: h('span.leidraad-ask', null), onchange });
  }

  function draw() {
    const list = records();
    const draft = drafts[item.id];
    changing = [];
    record = draft && form(draft);
    const openAt = draft?.own ? at(draft.own) : list.length;
    const cards = list.map((own, n) => (record && n === openAt ? record.element : card(own, n)));
    if (record && !cards.includes(record.element)) cards.push(record.element);
    const full = list.length >= (item.max ?? Infinity);
    adding = record || full ? undefined : secondary(around('listAdd', called), () => open());
    closing = record ? undefined : whetherAll(list.length > 0);
    error.textContent = '';
    place.replaceChildren(...clean([
      cards.length > 0 && h('ol', { class: 'leidraad-records leidraad-cards' }, cards),
      gone && h('p.leidraad-gone', null, around('listRemoved', name(gone.n)), ' ', textButton(around('listUndo', name(gone.n)), restore)),
      adding && group(adding),
      full && !record && h('p.leidraad-small', null, t('listFull', item.max)),
      closing?.element,
    ]));
  }
  draw();

  return {
    element,
    read() {
      if (record) return { error: 'listOpen', field: record.button };
      const given = closing.read();
      const list = records();
      if (given.kind === 'value') return { kind: 'value', value: list };
      if (list.length === 0 || given.error) return given;
      return given.kind === 'unknown' ? { kind: 'other', value: { at_least: list } } : { error: 'listAll', field: closing };
    },
    focus: () => (record?.title ?? closing).focus(),
    error(text, where) {
      if (closing) closing.error(text, where === closing ? undefined : where);
      else error.textContent = text ?? '';
    },
  };
}
