// A case: the answers, and what officials add to them. Plain data that is saved, sent along as a file, and merged.

/** The form of the file; a newer one is refused. */
const FORMAT = 1;

/** Where things lie by name, each of which can change by itself. */
const FOLDERS = [['answers'], ['answers', '$steps'], ['answers', '$deviations'], ['assigned'], ['signed'], ['aside']].map(String);

/** Without a prototype, so that no name of a question or section means anything else. */
export const bare = (object) => Object.assign(Object.create(null), object);

/** A copy whose folders can be changed. */
export function copy(own) {
  const next = { ...own };
  for (const name of ['answers', 'assigned', 'signed', 'aside']) next[name] = bare(own[name]);
  for (const name of ['$steps', '$deviations']) if (isMap(own.answers[name])) next.answers[name] = bare(own.answers[name]);
  return next;
}

export const empty = () => ({ revision: 0, answers: bare(), assigned: bare(), signed: bare(), aside: bare() });

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same whatever the order of the keys. */
export function canonical(value) {
  return JSON.stringify(value, (_, item) => (isMap(item) ? bare(Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))) : item)) ?? '';
}

const same = (a, b) => canonical(a) === canonical(b);

/** How two dossiers lie to each other: the revisions that they share, and how many each has behind those. */
export function chains(ours, theirs) {
  try {
    const [a, b] = [ours, theirs].map(({ text }) => JSON.parse(text).revisions.map(({ hash }) => hash));
    const parting = a.findIndex((hash, n) => hash !== b[n]);
    const shared = parting < 0 ? a.length : parting;
    return { shared, ours: a.length - shared, theirs: b.length - shared };
  } catch {
    // a case file can hold anything
    return {};
  }
}

/**
 * Both changes to what was. Where one place was changed in two ways, ours stays and theirs is told.
 * @returns {{merged: object, clashes: {path: string[], ours: unknown, theirs: unknown}[]}}
 */
export function merge(base, ours, theirs, path = [], clashes = []) {
  const merged = bare();
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [was, mine, other] = [base?.[key], ours[key], theirs[key]];
    const here = [...path, key];
    let value = mine;
    if (key === 'revision' && path.length === 0) value = Math.max(mine, other);
    else if (key === 'dossier' && path.length === 0 && mine && other) {
      // one that goes on with the other comes in its place; where they parted each keeps his own
      const more = chains(mine, other);
      if (more.ours === 0) value = other;
      else if (more.theirs !== 0 && !same(other, was)) clashes.push({ path: here, ours: mine, theirs: other });
    } else if (same(mine, was)) value = other;
    else if (!same(mine, other) && !same(other, was)) {
      if (FOLDERS.includes(String(here)) && isMap(mine) && isMap(other)) value = merge(was ?? bare(), mine, other, here, clashes).merged;
      else clashes.push({ path: here, ours: mine, theirs: other });
    }
    if (value !== undefined) merged[key] = value;
  }
  return { merged, clashes };
}

/** The text of a case, to save it or as a file. */
export const toText = (own, about) => JSON.stringify({ leidraad_case: FORMAT, ...about, ...own }, null, 1);

/**
 * A case or the answers to one, from a text that anybody can have written.
 * @throws {string} a key of the texts that says what is wrong
 */
export function fromText(text, ruleSet) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw 'notJson';
  }
  if (!isMap(read)) throw 'notJson';
  if (Object.hasOwn(read, 'leidraad_dossier')) throw 'dossier';
  if (!Object.hasOwn(read, 'leidraad_case')) return copy({ ...empty(), answers: bare(read) });
  if (read.leidraad_case !== FORMAT) throw 'newer';
  if (read.rule_set !== ruleSet) throw 'otherRules';
  const own = empty();
  for (const name of ['answers', 'assigned', 'signed', 'aside']) if (isMap(read[name])) own[name] = bare(read[name]);
  own.assigned = bare(Object.fromEntries(Object.entries(own.assigned).filter(([, role]) => typeof role === 'string')));
  own.signed = bare(Object.fromEntries(Object.entries(own.signed).filter(([, mark]) => isMap(mark))));
  if (Number.isSafeInteger(read.revision) && read.revision >= 0) own.revision = read.revision;
  if (typeof read.by === 'string') own.by = read.by;
  if (typeof read.dossier?.text === 'string') own.dossier = read.dossier;
  return { ...copy(own), authority: typeof read.authority === 'string' ? read.authority : undefined };
}

/** An answer taken apart: what is known, and what was noted beside it. */
export function parts(answer) {
  if (answer === undefined) return { kind: 'none', notes: {} };
  if (answer === null) return { kind: 'unknown', notes: {} };
  if (!isMap(answer)) return { kind: 'value', value: answer, notes: {} };
  const { remark, evidence, by, at, ...known } = answer;
  const notes = Object.fromEntries(Object.entries({ remark, evidence, by, at }).filter(([, note]) => note !== undefined));
  if ('not_applicable' in known) return { kind: 'na', value: known.not_applicable, notes };
  if (!('value' in known)) return { kind: 'other', value: known, notes };
  return known.value === null ? { kind: 'unknown', notes } : { kind: 'value', value: known.value, notes };
}

/** And put together again, as short as it can be. */
export function whole({ kind, value, notes }) {
  const known = { none: undefined, unknown: { value: null }, na: { not_applicable: value }, other: value, value: { value } }[kind];
  if (known === undefined) return undefined;
  const noted = Object.entries(notes).filter(([, note]) => (Array.isArray(note) ? note.length > 0 : note));
  if (noted.length > 0) return { ...known, ...Object.fromEntries(noted) };
  return kind === 'value' ? value : kind === 'unknown' ? null : known;
}

/** What a sign-off of a section is on: its answers as they are. */
export const signedText = (app, items) => canonical(Object.fromEntries(items.map(({ id }) => [id, app.own.answers[id]]).filter(([, answer]) => answer !== undefined)));
