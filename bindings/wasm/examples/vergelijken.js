// All authorities of a rule set side by side: what `leidraad compare --all` found when the package was built.

import { h, percent, scroll } from './vergelijken-delen.js';
import { names, same, table } from './vergelijken-matrix.js';
import { cases, spoken } from './vergelijken-gevallen.js';

const asked = new URLSearchParams(location.search);
const form = document.querySelector('form');
const place = document.querySelector('#plaats');
const data = async (name) => {
  const response = await fetch(new URL(`../dist/compare/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
};

/** The two that are asked for, by their place; none when all are. */
function pairOf(found) {
  const places = (asked.get('paar') ?? '').split('-').map((name) => found.sides.findIndex((side) => side.name === name));
  return places.length === 2 && places[0] !== places[1] && !places.includes(-1) ? places : undefined;
}

function settings(list, found, pair) {
  const option = (value, text) => h('option', { value }, text);
  const { name } = names(found);
  form.elements.regels.append(...list.map(({ id, title }) => option(id, title)));
  form.elements.regels.value = found.rule_set;
  const pairs = found.sides.flatMap((a, i) => found.sides.slice(i + 1).map((b, j) => option(`${a.name}-${b.name}`, `${name(i)} en ${name(i + 1 + j)}`)));
  form.elements.paar.append(option('', 'Alle gemeenten'), ...pairs);
  form.elements.paar.value = pair ? pair.map((side) => found.sides[side].name).join('-') : '';
  // other rules have other municipalities
  form.elements.regels.addEventListener('change', () => { form.elements.paar.value = ''; });
  form.hidden = false;
}

const day = (text) => new Intl.DateTimeFormat('nl', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(text));
const list = (items) => h('ul', { class: 'utrecht-unordered-list' }, items.map((item) => h('li', { class: 'utrecht-unordered-list__item' }, item)));
const p = (...children) => h('p', { class: 'utrecht-paragraph' }, children);
const heading = (level, text, id) => h(`h${level}`, { class: `utrecht-heading-${level}`, id }, text);

/** Whether these are silent in every case in which any two differ: alike, as none of them has a rule. */
const allSilent = (decision, sides) => decision.combinations.every(({ outcomes }) => sides.every((side) => outcomes[side].silent));

/** How often they differ, apart from where one is silent; and which two differ most where both have rules. */
function summary(found, decision) {
  const { real, both } = names(found);
  const sides = [...found.sides.keys()];
  if (decision.pairs.every(({ a, b, share }) => share === 0 || !real(a) || !real(b))) {
    const silent = allSilent(decision, sides.filter(real));
    return silent ? `In ${percent(decision.share)} van de gevallen regelt alleen de verzonnen gemeente het, en geen enkele echte.` : 'De echte gemeenten zijn hier gelijk. Alleen de verzonnen gemeente wijkt af.';
  }
  const total = (some) => percent(some.reduce((sum, { share }) => sum + share, 0));
  const [different, silent] = [true, false].map((way) => decision.combinations.filter((one) => spoken({ ...one, sides }) === way));
  const texts = [
    different.length > 0 && `In ${total(different)} van de gevallen zeggen gemeenten iets anders.`,
    silent.length > 0 && `In ${different.length > 0 ? 'nog ' : ''}${total(silent)} van de gevallen regelt de een het en de ander niet.`,
  ];
  const differing = decision.pairs.filter(({ regulated }) => regulated > 0);
  const first = differing.find(({ a, b }) => real(a) && real(b));
  // what reads as the same percentage is named together
  const top = first ? differing.filter(({ a, b, regulated }) => real(a) && real(b) && percent(regulated) === percent(first.regulated)) : [];
  if (top.length > 3) texts.push(`Het meest verschillen ${top.length} paren gemeenten: ${percent(first.regulated)}.`);
  else if (first) texts.push(`Het meest verschillen ${top.map(({ a, b }) => both(a, b)).join(', en ')}: ${percent(first.regulated)}.`);
  else if (differing.length > 0) texts.push('Waar gemeenten het allebei regelen, wijkt alleen de verzonnen gemeente af.');
  else if (silent.length > 0) texts.push('Waar gemeenten het allebei regelen, zeggen zij hetzelfde.');
  return texts.filter(Boolean).join(' ');
}

function overview(found) {
  const line = (decision) => [h('a', { class: 'utrecht-link', href: `#besluit-${decision.id}` }, decision.title), h('br'), summary(found, decision)];
  return [
    heading(2, 'In het kort'),
    found.decisions.length > 0 ? list(found.decisions.map(line)) : p('De uitkomsten zijn bij alle gemeenten gelijk.'),
    found.same.length > 0 && h('details', null, h('summary', null, `Bij alle gemeenten gelijk: ${found.same.length}`), list(found.same)),
  ];
}

function about(found) {
  const { name } = names(found);
  return [
    h('details', { open: true, class: 'uitleg' }, h('summary', null, 'Zo leest u deze bladzijde'), list([
      `De vergelijking is gemaakt op ${day(found.on)}, met de regels van die dag. Zij telt alleen de uitkomsten.`,
      'Een percentage is een deel van de gevallen die de regels uit elkaar houden. Elk antwoord dat verschil maakt, telt even zwaar. Het zegt dus niet hoe vaak iets in het echt voorkomt.',
      '‘Niet geregeld’ betekent: het staat niet in de regels die hier zijn ingevoerd. De gemeente kan het toch hebben geregeld, in een tekst die niet is gevonden.',
      ['Van gevallen met dezelfde uitkomsten staan er hooguit drie. De opdracht ', h('code', null, `leidraad compare --all ${found.rule_set} --format json`), ' geeft ze allemaal, en ook de verschillen in stappen, opmerkingen en vragen.'],
    ])),
    h('details', null, h('summary', null, `De regels van ${found.sides.length} gemeenten`), h('dl', { class: 'utrecht-data-list' }, found.sides.map((side, i) => h('div', { class: 'utrecht-data-list__item' },
      h('dt', { class: 'utrecht-data-list__item-key' }, `${name(i)} (${side.name})`), h('dd', { class: 'utrecht-data-list__item-value' }, side.title, side.notices.map((text) => h('p', { class: 'klein' }, `Let op: ${text}`))))))),
  ];
}

function decisionPart(found, decision, pair) {
  const { all } = names(found);
  const alike = same(found, decision);
  const without = decision.present.flatMap((there, side) => (there ? [] : [side]));
  const id = `besluit-${decision.id}`;
  return h('section', { 'aria-labelledby': id }, heading(2, decision.title, id),
    // of one decision it was said just before
    found.decisions.length > 1 && p(summary(found, decision)),
    without.length > 0 && p(`Dit besluit komt niet voor bij ${all(without)}.`),
    decision.approximate && p('Niet alles was na te rekenen: een geval hieronder kan toch gelijk zijn.'),
    alike.length > 0 ? alike.map((group) => p(h('strong', null, 'Onderling gelijk: '), `${all(group)}.`, allSilent(decision, group) && ' In de gevallen hieronder is het bij hen niet geregeld.')) : p('Geen twee gemeenten zijn in alles gelijk.'),
    table(found, decision, 'different', 'Beide regelen het, maar anders'),
    cases(found, decision, pair, false),
    table(found, decision, 'silent', 'Hier geregeld, daar niet'),
    cases(found, decision, pair, true));
}

/** Parameters, in the words of the source where there are any. */
function values(found, pair) {
  const { name, all } = names(found);
  const sides = pair ?? found.sides.map((_, side) => side);
  const text = (one, side) => (!one.present[side] ? 'komt hier niet voor' : one.words?.[side] ?? { '-': 'geen grens' }[one.texts?.[side]] ?? one.texts?.[side] ?? 'niet ingevuld');
  const rows = found.parameters.map((one) => ({ title: one.title, cells: sides.map((side) => text(one, side)) })).filter(({ cells }) => new Set(cells).size > 1);
  if (rows.length === 0) return [];
  const caption = `Waarden die verschillen: ${pair ? all(pair) : 'alle gemeenten'}`;
  return [heading(2, 'Grenzen en andere waarden'), h('details', null, h('summary', null, `Waarden die verschillen: ${rows.length}`), scroll('waarden-tabel', caption,
    ['Waarde', ...sides.map((side) => name(side))], rows.map(({ title, cells }) => [title, ...cells]), 'woorden'))];
}

try {
  const all = await data('index');
  const { id } = all.find((one) => one.id === asked.get('regels')) ?? all.find((one) => one.id === 'evenementen/melding') ?? all[0];
  const found = await data(id);
  const pair = pairOf(found);
  document.title = `Gemeenten vergelijken: ${found.title} – Leidraad`;
  document.querySelector('h1').textContent = `Gemeenten vergelijken: ${found.title}`;
  settings(all, found, pair);
  const parts = [overview(found), about(found), found.decisions.map((decision) => decisionPart(found, decision, pair)), values(found, pair)];
  place.append(...parts.flat(2).filter(Boolean));
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  place.dataset.klaar = 'ja';
} catch (error) {
  place.append(h('p', { class: 'utrecht-alert', role: 'alert' }, 'De vergelijking kan niet worden getoond. Probeer het later opnieuw.'));
  console.error(error);
}
