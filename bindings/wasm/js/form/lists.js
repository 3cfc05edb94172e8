// Lists of records in a form that exists: rows of fields such as `overtredingen[0][dag]`. Few forms have one, so this is a file of
// its own, which a form gives to `bindForm`.

import { mapping } from './fields.js';

/** A name as forms of all kinds write it: `a[0][b]`, `data[a][0][b]`, `a[items][0][_item_][b]`, `a.0.b` or `a-0-b`. */
const words = (name) => name.split(/[[\].-]+/).filter(Boolean);

/** Where the records of each list are, as the option `lists` of `bindForm`. Types: form-lists.d.ts. */
export function lists(given) {
  const all = Object.entries(given).map(([id, { name = id, fields, complete }]) => {
    const { names, mapped } = mapping(fields);
    const whole = typeof complete === 'function' ? complete : mapping(complete && { [id]: complete });
    return { id, path: words(name), names: new Map([...names].map(([one, at]) => [words(one).join(), at])), mapped, whole };
  });
  /** Whether the engine takes an answer to a field, for as long as the questions are the same. */
  const taken = new WeakMap();

  async function takes(text, { items, ask }) {
    if (!taken.has(items)) taken.set(items, new Map());
    const known = taken.get(items);
    if (known.has(text)) return known.get(text);
    let fits = true;
    try {
      await ask(text);
    } catch (error) {
      if (!error.findings?.length) throw error;
      fits = false;
    }
    known.set(text, fits);
    return fits;
  }

  /** Adds the lists to what was read of a form: their answers, and every field of a record as a question of its own. */
  return async (form, found) => {
    // a name such as `a.0.b` is also what we call that field
    for (const id of found.fields.keys()) if (found.items.get(id).of) for (const each of [found.fields, found.given, found.wrong]) each.delete(id);
    for (const list of all) if (found.items.get(list.id)?.fields) await addList(form, list, found);
  };

  async function addList(form, list, found) {
    const { items, fields, given: answers, wrong, find, read } = found;
    const item = items.get(list.id);
    const records = [];
    for (const [n, row] of rows(form, list, find)) {
      const asked = item.fields.filter(({ id }) => row.has(id)).map((field) => [field, read(field, row.get(field.id), list)]);
      // a row in which nothing is filled in is room for a record, and none itself
      const used = asked.some(([, answer]) => answer !== undefined);
      const known = [];
      for (const [field, answer] of asked) {
        const id = `${list.id}.${n}.${field.id}`;
        items.set(id, { ...field, of: list.id, required: field.required && used, open: answer === undefined });
        fields.set(id, row.get(field.id));
        const json = `${JSON.stringify(field.id)}:${answer}`;
        if (Array.isArray(answer)) wrong.set(id, answer[0]);
        else if (answer && (await takes(`{${JSON.stringify(list.id)}:[{${json}}]}`, found))) known.push(json);
        else if (answer) wrong.set(id, field.type);
      }
      if (used) records.push(`{${known}}`);
    }

    const whole = isWhole(form, list, found);
    // without a word on it there may always be more
    if (whole) answers.set(list.id, `[${records}]`);
    else if (records[0]) answers.set(list.id, `{"at_least":[${records}]}`);
    else if (whole === null) answers.set(list.id, 'null');
    // what of a record is missing is told at its own field
    items.set(list.id, { ...item, open: whole === undefined || !answers.has(list.id) });
  }
}

/** The fields of each row, by the number in their names and by question; in the order of the page. */
function rows(form, { path, names, mapped }, find) {
  const place = (name) => {
    const all = words(name);
    if (all[0] === 'data' && path[0] !== 'data') all.shift();
    const [n, ...own] = all.slice(path.length).filter((word) => !/^(items|_item_)$/.test(word));
    if (path.some((word, at) => word !== all[at]) || !/^\d+$/.test(n)) return [];
    const [id, part] = names.get(own.join()) ?? [!mapped.has(own[0]) && own[0], own[1]];
    return [`${n}.${id}`, part];
  };
  const found = new Map();
  for (const [at, fields] of find(form, { has: Boolean, get: () => ({}) }, { names: { get: place } })) {
    const [n, id] = at.split('.');
    found.set(n, new Map([...(found.get(n) ?? []), [id, fields]]));
  }
  return found;
}

/** Whether people say that these are all: yes, no, not known, or nothing. */
function isWhole(form, { id, whole }, { items, fields, wrong, find, read }) {
  if (typeof whole === 'function') return whole(form);
  // the field that says so stands for the list: it is hidden with it, and names what is missing
  const item = { ...items.get(id), type: 'boolean', fields: undefined };
  const at = find(form, new Map(whole.mapped.has(id) ? [[id, item]] : []), whole).get(id);
  if (!at) return undefined;
  fields.set(id, at);
  const answer = read(item, at, whole);
  if (Array.isArray(answer)) wrong.set(id, answer[0]);
  return typeof answer === 'string' ? JSON.parse(answer) : undefined;
}
