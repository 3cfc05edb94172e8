// Each example page in Chromium: works, works without the engine, and axe-core finds nothing in any state.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { inChromium } from './browser.mjs';

const chromium = inChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA and axe's best practices: no violation on this page as it stands. */
async function accessible(page, state) {
  // injected by the debugger, which no policy stops
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`);
  });
  assert.deepEqual(found, [], state);
}

const ready = (page) => page.waitForSelector('[data-leidraad-outcome][data-leidraad-state]');
const outcome = (page, id) => page.locator(`[data-leidraad-outcome=${id}]`).textContent();

/** Open, half filled in and decided, in light and dark, wide and at 320 px. */
async function states(name, { fill, wrong, decided }) {
  for (const context of [{ viewport: { width: 1280, height: 900 } }, { viewport: { width: 320, height: 640 }, colorScheme: 'dark', reducedMotion: 'reduce' }]) {
    const page = await chromium.open(`/examples/${name}.html`, context);
    await ready(page);
    await accessible(page, `${name} open`);
    await wrong(page);
    await accessible(page, `${name} with an error`);
    await fill(page);
    await decided(page);
    await accessible(page, `${name} decided`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, 'nothing beside the screen');
    assert.deepEqual(page.problems, []);
    assert.ok(page.requests.every((url) => url.startsWith(chromium.url)), 'no request leaves the site');
    await page.context().close();
  }
}

test('the list of examples', async () => {
  const page = await chromium.open('/');
  await accessible(page, 'index');
  assert.equal(await page.locator('main a:not(.kaarten a)').count(), 6);
  await page.context().close();
});

test('a plain form of a server', () => states('gewoon', {
  async wrong(page) {
    await page.fill('#aantal', 'heel veel');
    await page.click('button[type=submit]');
    await page.waitForSelector('.fouten:not([hidden])');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'fouten');
    assert.ok((await page.locator('.fouten a').count()) > 5);
    await page.click('.fouten a >> nth=0');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'openbaar');
  },
  async fill(page) {
    await page.selectOption('#gemeente', 'GM1729');
    await page.check('[name=openbaar][value=ja]');
    await page.selectOption('#uitzondering', 'bioscoop');
  },
  async decided(page) {
    await page.waitForFunction(() => document.querySelector('[data-leidraad-outcome=route]').dataset.leidraadState === 'determined');
    assert.match(await outcome(page, 'route'), /Geen evenement/);
  },
}));

test('the server evaluates again, and comes to the same bytes', async () => {
  const page = await chromium.open('/examples/gewoon.html');
  await ready(page);
  await page.fill('#aantal', '150');
  await page.locator('#aantal').blur();
  await page.waitForFunction(() => document.querySelector('[name=leidraad_answers]').value === '{"aantal":150}');
  const [response] = await Promise.all([page.waitForNavigation(), page.evaluate(() => document.querySelector('form').submit())]);
  assert.match(await response.text(), /^De server komt op dezelfde uitkomst, byte voor byte\./);
  await page.context().close();
});

test('under a policy that forbids WebAssembly the rules run in a worker', async () => {
  const page = await chromium.open('/examples/gewoon.html?csp=strict');
  await ready(page);
  await page.check('[name=openbaar][value=nee]');
  await page.waitForFunction(() => document.querySelector('[data-leidraad-outcome=route]').dataset.leidraadState === 'determined');
  await page.context().close();
});

test('without JavaScript the plain form is a plain form', async () => {
  const page = await chromium.open('/examples/gewoon.html', { javaScriptEnabled: false });
  assert.match(await outcome(page, 'route'), /^Nog niet berekend/);
  for (const name of ['muziek_eind', 'podium_hoogte', 'voertuigen']) assert.equal(await page.locator(`#${name}`).isVisible(), true);
  await page.context().close();
});

test('the markup of Open Forms and Form.io', () => states('formio', {
  async wrong(page) {
    await page.fill('[name="data[aantal]"]', '1.5');
    await page.locator('[name="data[aantal]"]').blur();
    await page.waitForFunction(() => document.querySelector('[data-leidraad-error=aantal]').textContent.startsWith('Vul een heel getal in'));
  },
  async fill(page) {
    await page.fill('[name="data[aantal]"]', '2.500');
    await page.check('[name="data[tijdsduur][]"][value=kort_dag]');
    await page.check('[name="data[tijdsduur][]"][value=middel_avond]');
    await page.check('[name^="data[aandacht]"][value=true]');
    // the engine draws a component anew; the binding follows
    await page.click('[name="data[verder]"]');
    await page.waitForTimeout(50);
    await page.fill('[name="data[aantal]"]', '600');
    await page.locator('[name="data[aantal]"]').blur();
  },
  async decided(page) {
    await page.waitForFunction(() => /^Nog niet bekend/.test(document.querySelector('[data-leidraad-outcome=score]').textContent));
    await page.waitForFunction(() => document.querySelector('[name="data[aantal]"]').closest('[data-leidraad-state=answered]'));
  },
}));

test('the markup of Drupal Webform', () => states('drupal', {
  async wrong(page) {
    await page.selectOption('[name="evt_datum_start[day]"]', '31');
    await page.selectOption('[name="evt_datum_start[month]"]', '6');
    await page.selectOption('[name="evt_datum_start[year]"]', '2026');
    await page.waitForFunction(() => document.querySelector('[data-leidraad-error=datum_start]').textContent.startsWith('Deze dag bestaat niet'));
  },
  async fill(page) {
    await page.selectOption('[name="evt_datum_start[day]"]', '4');
    await page.check('[name=evt_openbaar][value=Yes]');
    await page.selectOption('[name=evt_uitzondering]', 'geen');
    await page.check('[name=evt_podium][value=No]');
    assert.equal(await page.locator('[name=evt_podium_hoogte]').isVisible(), false);
    await page.selectOption('[name=evt_uitzondering]', 'markt');
  },
  async decided(page) {
    await page.waitForFunction(() => document.querySelector('[data-leidraad-outcome=route]').dataset.leidraadState === 'determined');
    assert.match(await outcome(page, 'route'), /Geen evenement/);
  },
}));

test('the markup of Utrecht and NL Design System', () => states('utrecht', {
  async wrong(page) {
    await page.fill('[name=datum_start-dag]', '30');
    await page.fill('[name=datum_start-maand]', '2');
    await page.fill('[name=datum_start-jaar]', '2027');
    await page.locator('[name=datum_start-jaar]').blur();
    await page.waitForFunction(() => document.querySelector('[data-leidraad-error=datum_start]').textContent.startsWith('Deze dag bestaat niet'));
  },
  async fill(page) {
    const picks = { aantrekkingskracht: 'wijk', leeftijd: 'van_30_tot_70', aandacht: 'nee', zelfredzaamheid: 'volledig', risico_activiteiten: 'nee', samenstelling: 'toeschouwers', overnachten: 'geen_of_bestemd', alcohol_drugs: 'afwezig', locatie: 'gebouw_geschikt', ondergrond: 'verhard', tijdsduur: 'kort_dag', wegen: 'goed' };
    for (const [name, value] of Object.entries(picks)) await page.check(`[name=${name}][value=${value}]`);
    await page.fill('[name=datum_start-dag]', '4');
    await page.fill('[name=datum_start-maand]', '7');
    await page.fill('[name=aantal]', '150');
    await page.locator('[name=aantal]').blur();
  },
  async decided(page) {
    await page.waitForFunction(() => document.querySelector('[data-leidraad-outcome=klasse]').dataset.leidraadState === 'determined');
    assert.equal(await outcome(page, 'klasse'), 'Regulier (A)');
  },
}));
