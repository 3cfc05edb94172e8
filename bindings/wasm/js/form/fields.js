// The fields of a form, and what is filled in: per question an answer as JSON, nothing, or what is wrong with it.

import { date, machineNumber, number, time } from './notation.js';

const UNKNOWN = ['weet_niet', 'weet_ik_niet', 'weet-ik-niet', 'onbekend', '?'];
const NOT_APPLICABLE = ['nvt', 'n.v.t.', 'niet_van_toepassing', 'niet-van-toepassing'];
const YES = ['ja', 'true', '1', 'yes', 'on'];
const NO = ['nee', 'false', '0', 'no'];
const PARTS = ['day', 'month', 'year'];

/** The options for fields: by name the question, and per question its values. */
export function mapping(fields = {}) {
  const names = new Map();
  const values = new Map();
  const unchecked = new Map();
  for (const [id, field] of Object.entries(fields)) {
    const given = typeof field === 'string' || Array.isArray(field) ? { name: field } : field;
    const list = [given.name ?? id].flat();
    list.forEach((name, part) => names.set(name, [id, list.length === 3 ? PARTS[part] : '']));
    if (given.values) values.set(id, new Map(Object.entries(given.values)));
    if (given.unchecked !== undefined) unchecked.set(id, given.unchecked);
  }
  return { names, values, unchecked };
}

/** The fields of each question, by their names: `id`, `id[]`, `id[option]` or `data[id]`, or as they are mapped. */
export function find(root, items, { names }) {
  const found = new Map();
  const mapped = new Set([...names.values()].map(([id]) => id));
  for (const field of root.elements ?? root.querySelectorAll('input,select,textarea')) {
    if (!field.name || !/^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName) || /^(submit|button|image|reset|file)$/.test(field.type)) continue;
    const [first, second, third] = field.name.split(/[[\]]+/);
    const nested = first === 'data' && second;
    const own = nested ? second : first;
    const [id, part] = names.get(field.name) ?? [mapped.has(own) ? undefined : own, nested ? third : second];
    if (!items.has(id)) continue;
    if (!found.has(id)) found.set(id, []);
    found.get(id).push({ field, part: PARTS.includes(part) ? part : '' });
  }
  return found;
}

/** What is filled in: `{ json }`, `{ wrong }` with the name of a message, or nothing. */
export function read(item, list, { values, unchecked }, isOff, messages) {
  const on = list.filter(({ field }) => !field.matches(':disabled') || isOff(field));
  const fields = on.map(({ field }) => field);
  if (fields.length === 0) return {};
  const answer = (text) => value(item, text, fields[0].type, values.get(item.id), messages);
  if (on.every(({ part }) => part)) {
    const texts = PARTS.map((part) => on.find((one) => one.part === part)?.field.value.trim() ?? '');
    return texts.join('') ? answer(texts.join('-')) : {};
  }
  if (fields.every((field) => field.type === 'checkbox') && fields.length === 1 && item.type === 'boolean') {
    if (fields[0].checked) return { json: 'true' };
    return unchecked.has(item.id) ? { json: JSON.stringify(unchecked.get(item.id)) } : {};
  }
  if (fields.every((field) => ['checkbox', 'radio', 'select-multiple'].includes(field.type))) {
    const picked = fields.flatMap((field) => (field.selectedOptions ? [...field.selectedOptions] : field.checked ? [field] : []));
    const answers = picked.map((field) => field.value).filter(Boolean).map(answer);
    if (answers.length < 2) return answers[0] ?? {};
    const bad = answers.find((one) => one.wrong || !one.json?.startsWith('"'));
    return bad || !item.several ? { wrong: 'one' } : { json: `[${answers.map((one) => one.json).join(',')}]` };
  }
  const filled = fields.find((field) => field.value.trim() || field.validity.badInput);
  if (!filled) return {};
  if (filled.validity.badInput) return { wrong: item.type };
  return value(item, filled.value, filled.type, values.get(item.id), messages);
}

function value(item, text, type, values, messages) {
  const plain = text.trim();
  const word = plain.toLowerCase();
  const isOption = item.options.some(({ id }) => id === plain);
  const wrong = (json) => (json ? { json } : { wrong: json === null ? 'noSuchDay' : item.type });
  if (values?.has(plain)) return { json: JSON.stringify(values.get(plain)) };
  if (!isOption && UNKNOWN.includes(word)) return { json: 'null' };
  if (!isOption && item.not_applicable && NOT_APPLICABLE.includes(word)) {
    return { json: `{"not_applicable":${JSON.stringify(messages.notApplicable())}}` };
  }
  switch (item.type) {
    case 'boolean':
      return YES.includes(word) ? { json: 'true' } : NO.includes(word) ? { json: 'false' } : { wrong: 'other' };
    case 'integer':
    case 'decimal':
      return wrong(/^(number|range)$/.test(type) ? machineNumber(plain) : number(plain, item.unit));
    case 'date':
      return wrong(date(plain));
    case 'time':
      return wrong(time(plain));
    default:
      return { json: JSON.stringify(item.type === 'choice' ? plain : text) };
  }
}
