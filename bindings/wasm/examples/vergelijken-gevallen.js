// In which cases they differ: what each says, when, and one case that shows it.

import { h, percent } from './vergelijken-delen.js';
import { names } from './vergelijken-matrix.js';

/** How many stand open; the others can be opened. */
const OPEN = 5;
/** How many cases of a difference are shown. */
const ROWS = 3;

const SILENT = 'niet geregeld';
const said = (outcome) => (outcome.status === 'unregulated' ? SILENT : outcome.text);

/** Of two municipalities: what says the same about both is one difference. */
function merged(combinations, [a, b]) {
  const groups = new Map();
  for (const one of combinations) {
    const outcomes = [one.outcomes[a], one.outcomes[b]];
    if (said(outcomes[0]) === said(outcomes[1])) continue;
    const key = JSON.stringify(outcomes.map(said));
    const known = groups.get(key);
    if (!known) groups.set(key, { ...one, sides: [a, b], rows: [...one.rows] });
    else {
      known.share += one.share;
      known.rows.push(...one.rows);
      known.left += one.left;
      known.complete &&= one.complete;
    }
  }
  return [...groups.values()].sort((x, y) => y.share - x.share);
}

/** Whether two say different things, and not only that one is silent. */
export const spoken = ({ outcomes, sides }) => new Set(sides.map((side) => outcomes[side]).filter(({ silent }) => !silent).map(said)).size > 1;

/** Outcomes that are alike together, in the order of the sides. */
function groups({ outcomes, sides }) {
  const list = new Map();
  for (const side of sides) {
    const text = said(outcomes[side]);
    const known = list.get(text) ?? { sides: [], outcome: outcomes[side], missing: new Map() };
    known.sides.push(side);
    if (text === SILENT) {
      const why = outcomes[side].text.replace(/^niet geregeld:? ?/, '');
      if (why) known.missing.set(why, [...(known.missing.get(why) ?? []), side]);
    }
    list.set(text, known);
  }
  return [...list.entries()];
}

function condition(found, { question, text, sides }) {
  const only = sides ? ` (alleen bij ${names(found).all(sides)})` : '';
  return [`${found.questions[question]}${only} `, h('b', null, text)];
}

const list = (items, kind) => h('ul', { class: `utrecht-unordered-list ${kind ?? ''}` }, items.map((item) => h('li', { class: 'utrecht-unordered-list__item' }, item)));

function rows(found, one) {
  const shown = one.rows.slice(0, ROWS);
  const hidden = one.left + one.rows.length - shown.length;
  const key = ({ question, text, sides }) => JSON.stringify([question, text, sides]);
  // what holds in all of these cases is said once
  const always = shown.length > 1 ? shown[0].when.filter((c) => shown.every(({ when }) => when.some((other) => key(other) === key(c)))) : [];
  const told = new Set(always.map(key));
  const show = ({ when, example }) => {
    const own = when.filter((c) => !told.has(key(c)));
    return [own.length > 0 ? list(own.map((c) => condition(found, c))) : h('p', { class: 'utrecht-paragraph' }, always.length > 0 ? 'Verder altijd.' : 'Altijd.'),
      example.length > 0 && h('details', { class: 'voorbeeld' }, h('summary', null, 'Voorbeeld van zo’n geval'), list(example.map((c) => condition(found, c))))];
  };
  const more = one.complete ? `En nog ${hidden} van zulke gevallen.` : `En meer dan ${hidden} andere van zulke gevallen.`;
  return [
    always.length > 0 && [h('p', { class: 'utrecht-paragraph kop' }, 'Steeds:'), list(always.map((c) => condition(found, c)))],
    h('p', { class: 'utrecht-paragraph kop' }, shown.length > 1 ? (always.length > 0 ? 'En dan een van deze:' : 'In een van deze gevallen:') : 'Wanneer:'),
    shown.length > 1 ? h('ol', { class: 'utrecht-ordered-list gevallen' }, shown.map((row) => h('li', { class: 'utrecht-ordered-list__item' }, show(row)))) : shown.map(show),
    (hidden > 0 || !one.complete) && h('p', { class: 'klein' }, more),
  ];
}

function difference(found, one) {
  const { all } = names(found);
  const what = ([text, { sides, outcome, missing }]) => h('div', { class: 'utrecht-data-list__item' }, h('dt', { class: 'utrecht-data-list__item-key' }, all(sides)),
    h('dd', { class: 'utrecht-data-list__item-value' }, outcome.silent && text === SILENT ? h('em', null, SILENT) : h('strong', null, text),
      outcome.status === 'open' && !outcome.silent && h('span', { class: 'klein' }, ' De regels laten beide toe.'),
      missing.size > 0 && h('details', { class: 'ontbreekt' }, h('summary', null, 'Wat ontbreekt'),
        [...missing].map(([why, there]) => [missing.size > 1 && h('p', { class: 'utrecht-paragraph' }, `${all(there)}:`), list(why.split('; '))]))));
  return h('li', { class: 'verschil' }, h('p', { class: 'utrecht-paragraph deel' }, `In ${percent(one.share)} van de gevallen`),
    h('dl', { class: 'utrecht-data-list' }, groups(one).map(what)), h('details', { class: 'wanneer' }, h('summary', null, 'In welke gevallen?'), rows(found, one)));
}

/** What is drawn once it is opened: there can be many. */
function others(title, draw) {
  const details = h('details', { class: 'meer' }, h('summary', null, title));
  details.addEventListener('toggle', () => details.append(draw()), { once: true });
  return details;
}

/** The differences, the largest first: those where one is silent (`silence`), or those where two say different things. */
export function cases(found, decision, pair, silence) {
  const sides = decision.present.map((_, side) => side);
  const all = (pair ? merged(decision.combinations, pair) : decision.combinations.map((one) => ({ ...one, sides }))).filter((one) => spoken(one) !== silence);
  const who = pair ? ` van ${names(found).both(...pair)}` : '';
  if (all.length === 0) return pair ? [h('p', { class: 'utrecht-paragraph' }, `Er zijn hier geen verschillen${who}.`)] : [];
  const draw = (some, start) => h('ol', { class: 'verschillen', start }, some.map((one) => difference(found, one)));
  return [
    h('h4', { class: 'utrecht-heading-4' }, `De verschillen${who}, het grootste eerst: ${all.length}`),
    draw(all.slice(0, OPEN), 1),
    all.length > OPEN && others(`De andere ${all.length - OPEN} verschillen`, () => draw(all.slice(OPEN), OPEN + 1)),
  ];
}
