// Lists of records in forms that exist: rows as forms of all kinds name them, in Chromium, under the same policy as every form.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inChromium } from './browser.mjs';

const chromium = inChromium();

/** Two records of kind `a` make it strict; without a list that is whole there may always be more. */
const RULES = {
  leidraad: 1,
  id: 'proef/lijst',
  title: 'Proef',
  sources: { s: { kind: 'example', title: 'Voorbeeld' } },
  questions: [{ section: 'Feiten', items: [
    { id: 'bekend', ask: 'Is er iets bekend?', type: 'boolean', sources: ['s'] },
    { id: 'eerder', ask: 'Wat was er eerder?', type: 'list', each: 'keer', max: 3, when: { bekend: 'ja' }, sources: ['s'], fields: [
      { id: 'soort', ask: 'Wat was het?', type: 'choice', options: { a: { label: 'A' }, b: { label: 'B' } } },
      { id: 'dag', ask: 'Op welke dag?', type: 'date' },
      { id: 'bedrag', ask: 'Hoeveel?', type: 'integer', min: 0, max: 100, required: false },
      { id: 'adres', ask: 'Hier?', type: 'boolean', required: false },
    ] },
  ] }],
  decisions: {
    aantal: { title: 'Aantal', count: { of: 'eerder', where: { soort: 'a' } }, sources: ['s'] },
    route: { title: 'Route', outcome: true, hit: 'first', outputs: { route: { options: { mild: { label: 'Mild' }, streng: { label: 'Streng' } } } }, table: [
      'bekend | aantal || route  || bron',
      'ja     | >= 2   || streng || s',
      '-      | -      || mild   || s',
    ] },
  },
};

/** The fields of a row, each named by its place. */
const row = (n, name) => `<div class="rij"><label>Wat? <select name="${name(n, 'soort')}"><option value="">Kies<option value="a">A<option value="b">B</select></label>
  <label>Dag <input name="${name(n, 'dag')}"></label><p data-leidraad-error="eerder.${n}.dag"></p>
  <label>Bedrag <input name="${name(n, 'bedrag')}"></label> <label><input type="radio" name="${name(n, 'adres')}" value="ja"> Hier</label>
  <label><input type="radio" name="${name(n, 'adres')}" value="nee"> Niet hier</label></div>`;
const brackets = (n, field) => `eerder[${n}][${field}]`;
const page = (rows, more = '') => `<form><label><input type="radio" name="bekend" value="ja"> ja</label> <label><input type="radio" name="bekend" value="nee"> nee</label>
  <fieldset data-leidraad-question="eerder"><legend>Wat was er eerder?</legend>${rows}
  <button type="button">Keer toevoegen</button>
  <label>Zijn dit alle? <select name="alle"><option value="">Kies<option value="ja">Ja<option value="nee">Nee<option value="weet_niet">Weet ik niet</select></label><p data-leidraad-error="eerder"></p></fieldset>
  <p data-leidraad-outcome="route"></p>${more}</form>`;

/** @param option what `lists` gets, written as code: a module of its own, as the policy forbids code from texts */
async function bound(body, option = "{ eerder: { complete: 'alle' } }", more = '') {
  const own = await chromium.html(body);
  chromium.files.set('/tests/pages/lijst.js', { type: 'text/javascript', body: `import { load } from '/dist/web.js'; import { bindForm } from '/dist/form.js'; import { lists } from '/dist/form-lists.js';
    export async function bind(rules) {
      const own = (await load()).ruleSet(rules);
      let asked = 0;
      const counting = { questionnaire: (...given) => own.questionnaire(...given), evaluateText: (...given) => { asked += 1; return own.evaluateText(...given); } };
      window.asked = () => asked;
      window.problems = [];
      document.querySelector('form').addEventListener('leidraad-error', ({ detail }) => window.problems.push(detail.error.message));
      window.binding = bindForm(document.querySelector('form'), counting, { lists: lists(${option}), ${more} });
      await window.binding.ready;
    }` });
  await own.evaluate(async (rules) => (await import(`/tests/pages/lijst.js?${Math.random()}`)).bind(rules), RULES);
  return own;
}

const answers = (own) => own.evaluate(async () => (await window.binding.update(), window.binding.answers));
const route = (own) => own.locator('[data-leidraad-outcome=route]').textContent();
const message = (own, name) => own.$eval(`[name="${name}"]`, (field) => field.validationMessage);
const field = (own, name, ...rest) => own.locator(`[name="${brackets(0, name)}"]`, ...rest);

async function done(own) {
  assert.deepEqual(await own.evaluate(() => window.problems), []);
  assert.deepEqual(own.problems, []);
  await own.context().close();
}

test('rows become records; until people say that these are all there may be more', async () => {
  const own = await bound(page(row(0, brackets) + row(1, brackets)));
  await own.check('[name=bekend][value=ja]');
  assert.deepEqual(await answers(own), { bekend: true }, 'empty rows are no records');
  assert.equal(await route(own), 'Nog niet bekend. Mogelijk: Mild of Streng.');
  await field(own, 'soort').selectOption('a');
  await field(own, 'dag').fill('4-7-2026');
  await field(own, 'bedrag').fill('10');
  await own.check(`[name="${brackets(0, 'adres')}"][value=nee]`);
  assert.deepEqual(await answers(own), { bekend: true, eerder: { at_least: [{ soort: 'a', dag: '2026-07-04', bedrag: 10, adres: false }] } });
  assert.equal(await route(own), 'Nog niet bekend. Mogelijk: Mild of Streng.');
  await own.selectOption('[name=alle]', 'ja');
  assert.deepEqual((await answers(own)).eerder, [{ soort: 'a', dag: '2026-07-04', bedrag: 10, adres: false }]);
  assert.equal(await route(own), 'Mild');
  await own.selectOption(`[name="${brackets(1, 'soort')}"]`, 'a');
  assert.deepEqual((await answers(own)).eerder, [{ soort: 'a', dag: '2026-07-04', bedrag: 10, adres: false }, { soort: 'a' }]);
  assert.equal(await route(own), 'Streng');
  await own.selectOption('[name=alle]', 'nee');
  assert.equal((await answers(own)).eerder.at_least.length, 2);
  assert.equal(await route(own), 'Streng', 'more of them change nothing');
  await done(own);
});

test('no row: none, not known, or not answered', async () => {
  const own = await bound(page(''));
  await own.check('[name=bekend][value=ja]');
  for (const [value, expected] of [['ja', []], ['weet_niet', null], ['nee', undefined], ['', undefined]]) {
    await own.selectOption('[name=alle]', value);
    assert.deepEqual((await answers(own)).eerder, expected, value);
  }
  assert.equal(await own.locator('[name=alle]').getAttribute('required'), '');
  const wrong = await own.evaluate(async () => (await window.binding.check()).map(({ question, ask, message, field }) => [question, ask, message, field.name]));
  assert.deepEqual(wrong, [['eerder', 'Wat was er eerder?', 'Geef antwoord op “Wat was er eerder?”', 'alle']]);
  assert.equal(await own.locator('[data-leidraad-error=eerder]').textContent(), 'Geef antwoord op “Wat was er eerder?”');
  await done(own);
});

test('names as forms of all kinds write them', async () => {
  for (const [name, option] of [
    [brackets, '{ eerder: {} }'],
    [(n, id) => `data[eerder][${n}][${id}]`, '{ eerder: {} }'],
    [(n, id) => `eerder[items][${n}][_item_][${id}]`, '{ eerder: {} }'],
    [(n, id) => `eerder.${n}.${id}`, '{ eerder: {} }'],
    [(n, id) => `eerder-${n}-${id}`, '{ eerder: {} }'],
    [(n, id) => `zaak[vroeger][${n + 7}][${id}-veld]`, "{ eerder: { name: 'zaak[vroeger]', fields: { soort: 'soort-veld', dag: 'dag-veld', bedrag: 'bedrag-veld', adres: 'adres-veld' } } }"],
  ]) {
    const own = await bound(page(row(0, name) + row(1, name)), option);
    await own.check('[name=bekend][value=ja]');
    await own.selectOption(`[name="${name(0, 'soort')}"]`, 'b');
    await own.fill(`[name="${name(1, 'dag')}"]`, '2026-07-04');
    await own.check(`[name="${name(1, 'adres')}"][value=ja]`);
    const expected = { at_least: [{ soort: 'b' }, { dag: '2026-07-04', adres: true }] };
    assert.deepEqual((await answers(own)).eerder, expected, name(0, 'soort'));
    assert.deepEqual((await answers(own)).eerder, expected, 'and when it looks again');
    await done(own);
  }
});

test('other names and values, a date in three fields, and a function that says whether these are all', async () => {
  const own = await bound(`<form><input type="hidden" name="bekend" value="ja"><select name="x[0][wat]" aria-label="w"><option value=""><option value="1">1</select>
    <input name="x[0][d][day]" aria-label="d"><input name="x[0][d][month]" aria-label="m"><input name="x[0][d][year]" aria-label="j"><input name="x[0][weight]" value="3" aria-label="g">
    <input type="checkbox" name="x[0][hier]" aria-label="h"><input type="checkbox" id="alle" aria-label="a"><p data-leidraad-outcome="route"></p></form>`,
  "{ eerder: { name: 'x', fields: { soort: { name: 'wat', values: { 1: 'a' } }, dag: ['d[day]', 'd[month]', 'd[year]'], adres: { name: 'hier', unchecked: false } }, complete: () => document.querySelector('#alle').checked } }");
  await own.selectOption('select', '1');
  for (const [part, text] of [['day', '4'], ['month', '7'], ['year', '2026']]) await own.fill(`[name="x[0][d][${part}]"]`, text);
  assert.deepEqual((await answers(own)).eerder, { at_least: [{ soort: 'a', dag: '2026-07-04', adres: false }] });
  await own.check('#alle');
  await own.check('[name="x[0][hier]"]');
  assert.deepEqual((await answers(own)).eerder, [{ soort: 'a', dag: '2026-07-04', adres: true }]);
  await done(own);
});

test('what is wrong or missing is told at its own field, and the rest counts', async () => {
  const own = await bound(page(row(0, brackets) + row(1, brackets)));
  await own.check('[name=bekend][value=ja]');
  await own.selectOption('[name=alle]', 'ja');
  await field(own, 'soort').selectOption('a');
  await field(own, 'dag').fill('31-4-2026');
  await field(own, 'dag').blur();
  await field(own, 'bedrag').fill('500');
  assert.deepEqual(await answers(own), { bekend: true, eerder: [{ soort: 'a' }] });
  assert.equal(await message(own, brackets(0, 'dag')), 'Deze dag bestaat niet. Controleer de dag en de maand.');
  assert.equal(await own.locator('[data-leidraad-error="eerder.0.dag"]').textContent(), 'Deze dag bestaat niet. Controleer de dag en de maand.');
  assert.equal(await field(own, 'dag').getAttribute('aria-invalid'), 'true');
  // the engine knows the bounds
  assert.equal(await message(own, brackets(0, 'bedrag')), 'Vul een heel getal in vanaf 0 tot en met 100, bijvoorbeeld 1.500.');
  await field(own, 'dag').fill('');
  const wrong = await own.evaluate(async () => (await window.binding.check()).map(({ question, ask, field }) => [question, ask, field.name]));
  assert.deepEqual(wrong, [['eerder.0.dag', 'Op welke dag?', 'eerder[0][dag]'], ['eerder.0.bedrag', 'Hoeveel?', 'eerder[0][bedrag]']], 'the empty row is not asked');
  assert.equal(await message(own, brackets(0, 'dag')), 'Geef antwoord op “Op welke dag?”');
  assert.equal(await own.locator(`[name="${brackets(1, 'dag')}"]`).getAttribute('required'), null);
  assert.equal(await field(own, 'dag').getAttribute('required'), '');
  await field(own, 'dag').fill('30-4-2026');
  await field(own, 'bedrag').fill('100');
  assert.deepEqual((await answers(own)).eerder, [{ soort: 'a', dag: '2026-04-30', bedrag: 100 }]);
  assert.deepEqual(await own.evaluate(() => window.binding.check()), []);
  await done(own);
});

test('more records than the rules take: refused as a whole, and said', async () => {
  const own = await bound(page([0, 1, 2, 3].map((n) => row(n, brackets)).join('')));
  await own.check('[name=bekend][value=ja]');
  for (const n of [0, 1, 2, 3]) await own.selectOption(`[name="${brackets(n, 'soort')}"]`, 'a');
  assert.deepEqual(await answers(own), { bekend: true });
  assert.equal(await message(own, 'alle'), 'Dit antwoord past niet bij de vraag. Vul iets anders in.');
  await own.selectOption(`[name="${brackets(3, 'soort')}"]`, '');
  assert.equal((await answers(own)).eerder.at_least.length, 3);
  await done(own);
});

test('what is not relevant is hidden with its rows and its button, and keeps what was typed', async () => {
  const own = await bound(page(row(0, brackets)));
  await own.check('[name=bekend][value=ja]');
  await field(own, 'soort').selectOption('a');
  await own.check('[name=bekend][value=nee]');
  await answers(own);
  assert.equal(await own.locator('fieldset').isVisible(), false);
  assert.equal(await field(own, 'soort').isDisabled(), true);
  assert.equal(await own.evaluate(() => new FormData(document.querySelector('form')).has('eerder[0][soort]')), false, 'it is not sent');
  assert.equal(await route(own), 'Mild');
  await own.check('[name=bekend][value=ja]');
  assert.deepEqual((await answers(own)).eerder, { at_least: [{ soort: 'a' }] });
  assert.equal(await own.locator('button').isVisible(), true);
  await own.evaluate(() => window.binding.destroy());
  assert.equal(await message(own, brackets(0, 'dag')), '');
  assert.equal(await field(own, 'dag').getAttribute('required'), null);
  await done(own);
});

test('rows that come and go with a form engine are followed; what was asked before is not asked again', async () => {
  const own = await bound(page(row(0, brackets)));
  await own.check('[name=bekend][value=ja]');
  await field(own, 'soort').selectOption('a');
  await own.evaluate(() => {
    const added = document.querySelector('.rij').cloneNode(true);
    for (const each of added.querySelectorAll('[name]')) each.name = each.name.replace('[0]', '[1]');
    added.querySelector('select').value = 'a';
    document.querySelector('.rij').after(added);
  });
  await own.waitForFunction(() => document.querySelector('[data-leidraad-outcome=route]').textContent === 'Streng');
  await own.evaluate(() => document.querySelector('.rij').remove());
  await own.waitForFunction(() => document.querySelector('[data-leidraad-outcome=route]').textContent.startsWith('Nog niet bekend'));
  assert.deepEqual((await answers(own)).eerder, { at_least: [{ soort: 'a' }] });
  const before = await own.evaluate(() => window.asked());
  await answers(own);
  assert.equal(await own.evaluate(() => window.asked()) - before, 1, 'one look, one question');
  await done(own);
});

test('without the option its fields are left alone, and `answers` gives lists that are in no field', async () => {
  const own = await bound(page(row(0, brackets)), '{}', 'answers: () => ({ eerder: { at_least: [{ soort: "a" }, { soort: "a" }] } })');
  await own.check('[name=bekend][value=ja]');
  await field(own, 'soort').selectOption('b');
  assert.deepEqual((await answers(own)).eerder.at_least.length, 2);
  assert.equal(await message(own, brackets(0, 'soort')), '');
  assert.equal(await route(own), 'Streng');
  await done(own);
});
