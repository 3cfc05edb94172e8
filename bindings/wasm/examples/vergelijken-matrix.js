// Who differs from whom, and how often.

import { h, percent, scroll } from './vergelijken-delen.js';

/** Short names; a code without one is shown as it is. `tests/examples.test.mjs` holds them to the titles of the layers. */
export const NAMES = { GM0000: 'Voorbeeld\u00adgemeente (verzonnen)', GM0917: 'Heerlen', GM0938: 'Meerssen', GM0981: 'Vaals', GM0994: 'Valkenburg aan de Geul', GM1729: 'Gulpen-Wittem', GM1883: 'Sittard-Geleen', GM1903: 'Eijsden-Margraten' };

/** In a cell there is little room. */
const short = (share) => percent(share).replace('minder dan ', '< ');

const join = new Intl.ListFormat('nl', { type: 'conjunction' });

export function names({ sides }) {
  const name = (side) => NAMES[sides[side].name] ?? sides[side].name;
  return {
    name,
    /** An invented one stands in the tables, and is never called the one that differs most. */
    real: (side) => sides[side].name !== 'GM0000',
    all: (list) => join.format(list.map(name)),
    both: (a, b) => join.format([name(a), name(b)]),
  };
}

const pairOf = (decision, a, b) => decision.pairs.find((pair) => pair.a === Math.min(a, b) && pair.b === Math.max(a, b));

/** Groups of two or more that come to the same in every case. */
export function same(found, decision) {
  const groups = [];
  for (const side of found.sides.keys()) {
    if (!decision.present[side]) continue;
    const group = groups.find(([first]) => pairOf(decision, first, side)?.share === 0);
    if (group) group.push(side);
    else groups.push([side]);
  }
  return groups.filter(({ length }) => length > 1);
}

/** In which part of the cases `a` says something and `b` is silent. */
function silent(decision, a, b) {
  const pair = pairOf(decision, a, b);
  if (pair.share === pair.regulated) return 0;
  const cases = decision.combinations.filter(({ outcomes }) => !outcomes[a].silent && outcomes[b].silent);
  return cases.reduce((sum, { share }) => sum + share, 0);
}

const KINDS = {
  different: { of: (decision, a, b) => pairOf(decision, a, b).regulated, none: 'Waar beide gemeenten het regelen, is er geen verschil.', corner: 'Gemeente', text: 'Deel van de gevallen waarin twee gemeenten het allebei regelen en iets anders zeggen.' },
  silent: { of: silent, none: 'Alle gemeenten regelen dezelfde gevallen.', corner: 'Geregeld in … maar niet in …', text: 'Deel van de gevallen die de gemeente links regelt, en de gemeente boven niet.' },
};

/** The matrix of one kind: a heading, and a table or a sentence where all is zero. */
export function table(found, decision, kind, title) {
  const { of, none, corner, text } = KINDS[kind];
  const { name, real } = names(found);
  const heading = h('h3', { class: 'utrecht-heading-3' }, title);
  const sides = [...found.sides.keys()];
  const cell = (a, b) => (a === b || !decision.present[a] || !decision.present[b] ? undefined : of(decision, a, b));
  const shares = sides.map((a) => sides.map((b) => cell(a, b)));
  if (!shares.flat().some((share) => share > 0)) return [heading, h('p', { class: 'utrecht-paragraph' }, none)];
  // what reads as the same percentage is marked alike
  const highest = Math.max(0, ...sides.flatMap((a) => sides.filter((b) => real(a) && real(b)).map((b) => shares[a][b] ?? 0)));
  const top = (a, b) => highest > 0 && real(a) && real(b) && percent(shares[a][b]) === percent(highest);
  const show = (a, b) => {
    const share = shares[a][b];
    if (share === undefined) return h('td', { class: 'utrecht-table__cell leeg' }, h('span', { 'aria-hidden': 'true' }, '–'), h('span', { class: 'onzichtbaar' }, a === b ? 'zelfde gemeente' : 'komt niet voor'));
    if (!top(a, b)) return h('td', { class: `utrecht-table__cell${share === 0 ? ' leeg' : ''}` }, short(share));
    return h('td', { class: 'utrecht-table__cell meest' }, h('strong', null, short(share)), ' ', h('span', { class: 'merk' }, 'meest'));
  };
  const caption = [h('span', { class: 'onzichtbaar' }, `${decision.title}: `), text, highest > 0 && ' Bij ‘meest’ is het verschil het grootst.'];
  return [heading, scroll(`tabel-${decision.id}-${kind}`, caption, [corner, ...sides.map(name)], sides.map((a) => [name(a), ...sides.map((b) => show(a, b))]), 'matrix')];
}
