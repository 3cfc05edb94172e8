// The fields of a form, and what is filled in: per question an answer as JSON, nothing, or what is wrong with it.

import { date, machineNumber, number, time } from './notation.js';

const PARTS = ['day', 'month', 'year'];
/** Which of them a field is. */
const parts = new WeakMap();

/** The options for fields: by name the question and its part, and by question its values. */
export function mapping(given = {}) {
  const names = new Map();
  const mapped = new Map();
  for (const [id, field] of Object.entries(given)) {
    const { name = id, values = {}, unchecked } = field.at ? { name: field } : field;
    [name].flat().forEach((one, part, all) => names.set(one, [id, all[1] && PARTS[part]]));
    mapped.set(id, { values: new Map(Object.entries(values)), unchecked });
  }
  return { names, mapped };
}

/** The fields of each question, by their names: `id`, `id[]`, `id[…]` or `data[id]`, or as they are mapped. */
export function find(root, items, { names, mapped }) {
  const found = new Map();
  for (const field of root.elements ?? root.querySelectorAll('input,select,textarea')) {
    if (!field.matches('input,select,textarea')) continue;
    const [first, ...rest] = field.name.split(/[[\]]+/);
    const own = first === 'data' && rest[0] ? rest.shift() : first;
    const [id, part] = names.get(field.name) ?? [!mapped.has(own) && own, rest[0]];
    // those of a list are in rows: see lists.js
    if (!items.has(id) || items.get(id).fields) continue;
    found.set(id, [...(found.get(id) ?? []), field]);
    parts.set(field, PARTS.indexOf(part));
  }
  return found;
}

/** What is filled in: JSON; nothing; or, in an array, the name of the message that says what is wrong. */
export function read(item, list, { mapped }, isOff, messages) {
  const on = list.filter((field) => !field.matches(':disabled') || isOff(field));
  const { values, unchecked } = mapped.get(item.id) ?? {};
  const answer = (text, type) => value(item, text.trim(), type, values, messages);
  const [one] = on;
  if (parts.get(one) >= 0) {
    const text = PARTS.map((_, part) => on.find((field) => parts.get(field) === part)?.value.trim()).join('-');
    return text === '--' ? undefined : answer(text);
  }
  if (one?.type === 'checkbox' && !on[1] && item.type === 'boolean') return JSON.stringify(one.checked || unchecked);
  if (/^(checkbox|radio|select-multiple)$/.test(one?.type)) {
    const picked = on.flatMap((field) => [...(field.selectedOptions ?? (field.checked ? [field] : []))]);
    const answers = picked.filter((field) => field.value).map((field) => answer(field.value));
    if (!answers[1]) return answers[0];
    return item.several && answers.every((json) => json[0] === '"') ? `[${answers}]` : ['one'];
  }
  const filled = on.find((field) => field.value.trim() || field.validity.badInput);
  return filled && (filled.value ? answer(filled.value, filled.type) : [item.type]);
}

function value(item, text, type, values, messages) {
  const word = text.toLowerCase();
  if (values?.has(text)) return JSON.stringify(values.get(text));
  if (!item.options.some(({ id }) => id === text)) {
    if (/^(weet[_-](ik[_-])?niet|\?)$/.test(word)) return 'null';
    if (item.not_applicable && /^n\.?v\.?t\.?$/.test(word)) return JSON.stringify({ not_applicable: messages.notApplicable() });
  }
  const decimal = () => (/^(number|range)$/.test(type) ? machineNumber(text) : number(text, item.unit));
  const boolean = () => (/^(ja|true|1|yes|on)$/.test(word) ? 'true' : /^(nee|false|0|no)$/.test(word) && 'false');
  const read = { boolean, integer: decimal, decimal, date, time }[item.type] ?? JSON.stringify;
  return read(text) || [item.type];
}
