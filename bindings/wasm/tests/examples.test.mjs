// Each page of the site in Chromium: works, works without the engine, and axe-core finds nothing in any state.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { NAMES } from '../examples/vergelijken-matrix.js';
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
  assert.equal(await page.locator('main a:not(.kaarten a)').count(), 9);
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

/** A repeated group: the facts and outcomes are those of the cases of `damocles/maatregel`. */
for (const name of ['formio-lijst', 'drupal-lijst']) {
  const field = (page, n, own) => page.locator(`[name^="${name === 'formio-lijst' ? `data[overtredingen][${n}]` : `zaak_eerder[items][${n}][_item_]`}[${own}]"]`);
  const day = async (page, n, [date, month, year]) => {
    if (name === 'formio-lijst') {
      await field(page, n, 'dag').fill(`${date}-${month}-${year}`);
      return field(page, n, 'dag').blur();
    }
    return Promise.all([date, month, year].map((value, part) => field(page, n, 'datum').nth(part).selectOption(value)));
  };
  const yes = async (page, n, ids) => {
    for (const id of ids) await (name === 'formio-lijst' ? field(page, n, id).first().check() : field(page, n, id.replace('zelfde_', '')).selectOption('Yes'));
  };
  const measure = (page, text) => page.waitForFunction((text) => document.querySelector('[data-leidraad-outcome=maatregel]').textContent.includes(text), text);

  test(`a repeated group in the markup of ${name}`, () => states(name, {
    async wrong(page) {
      await page.click('[data-voeg-toe]');
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SELECT', 'the focus is in the new row');
      await day(page, 0, ['31', '4', '2024']);
      await page.waitForFunction(() => document.querySelector('[data-leidraad-error="overtredingen.0.dag"]').textContent.startsWith('Deze dag bestaat niet'));
    },
    async fill(page) {
      const decided = page.locator('[name=besluit_op], [name="data[besluit_op]"]');
      await decided.fill('1-5-2025');
      await decided.blur();
      await day(page, 0, ['1', '2', '2024']);
      await field(page, 0, name === 'formio-lijst' ? 'gebeurtenis' : 'soort').selectOption('vondst');
      await yes(page, 0, ['zelfde_adres', 'zelfde_persoon']);
      // as long as there may be more of them, the measure is open
      await measure(page, 'Nog niet bekend');
      if (name === 'formio-lijst') await page.check('#e8-ja');
      else await page.selectOption('#edit-alle', 'Yes');
      await measure(page, 'Duur: 3');
      // a third time: the engine of the form draws both rows anew
      await page.click('[data-voeg-toe]');
      await field(page, 1, name === 'formio-lijst' ? 'gebeurtenis' : 'soort').selectOption('vondst');
      await day(page, 1, ['1', '2', '2023']);
      await yes(page, 1, ['zelfde_adres', 'zelfde_persoon']);
      await measure(page, 'Duur: 6');
    },
    async decided(page) {
      await page.locator('[data-verwijder]').first().click();
      await measure(page, 'Duur: 3');
      assert.equal(await outcome(page, 'eerdere_overtredingen'), '1');
      await page.locator('[data-verwijder]').click();
      await measure(page, 'Waarschuwing');
      assert.equal(await page.evaluate(() => document.activeElement.matches('[data-voeg-toe]')), true, 'the focus is where a row can be added');
    },
  }));
}

const dist = (name) => JSON.parse(readFileSync(new URL(`../dist/${name}.json`, import.meta.url), 'utf8'));
const comparing = async (query, context) => {
  const page = await chromium.open(`/examples/vergelijken.html?${query}`, context);
  await page.waitForSelector('#plaats[data-klaar]');
  return page;
};

/** The cells of a table, by the names at its sides. */
const matrix = (page, id) => page.locator(`[aria-labelledby="${id}"]`).evaluate((region) => {
  const [head, ...rows] = [...region.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent));
  return Object.fromEntries(rows.map(([name, ...cells]) => [name, Object.fromEntries(cells.map((cell, i) => [head[i + 1], cell]))]));
});

for (const { id } of dist('compare/index')) {
  test(`municipalities side by side: ${id}`, async () => {
    for (const context of [{ viewport: { width: 1280, height: 900 } }, { viewport: { width: 320, height: 640 }, colorScheme: 'dark', reducedMotion: 'reduce' }]) {
      const page = await comparing(`regels=${id}&csp=strict`, context);
      await accessible(page, `${id} compared`);
      const open = (which) => page.evaluate((which) => document.querySelectorAll(which).forEach((one) => { one.open = true; }), which);
      // the many further differences are built as the first five
      await open('details:not(.meer, .meer *)');
      await accessible(page, `${id} compared, opened`);
      await open('details');
      await page.waitForFunction(() => [...document.querySelectorAll('.meer')].every((one) => one.querySelector('.verschil')));
      await open('details');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, 'nothing beside the screen');
      assert.deepEqual(page.problems, []);
      assert.ok(page.requests.every((url) => url.startsWith(chromium.url)), 'no request leaves the site');
      await page.context().close();
    }
  });
}

test('every municipality is compared under the name that its layer has', () => {
  for (const { id } of dist('compare/index')) {
    const layers = dist(`rules/${id}`).filter(({ authority }) => authority);
    assert.deepEqual(dist(`compare/${id}`).sides.map(({ name }) => name), [...new Set(layers.map(({ authority }) => authority))]);
    for (const { authority, title } of layers) assert.ok(title.includes(NAMES[authority].replace('\u00ad', '').replace(' (verzonnen)', '')), title);
  }
});

test('who differs in notification or permit, and where', async () => {
  const page = await comparing('regels=evenementen/melding');
  const all = ['Meerssen', 'Vaals', 'Valkenburg aan de Geul', 'Gulpen-Wittem', 'Eijsden-Margraten'];
  // Meerssen and Valkenburg only ever say that a permit is needed: the other conditions were not found. Eijsden-Margraten, and Vaals
  // since its policy of 2024, only say what is no event. So no two of them say different things; Gulpen-Wittem also says `melding` and `vrij`.
  const different = await matrix(page, 'tabel-route-different');
  const silent = await matrix(page, 'tabel-route-silent');
  for (const table of [different, silent]) {
    assert.deepEqual(Object.keys(table), all);
    for (const row of all) assert.deepEqual(Object.keys(table[row]), all);
  }
  for (const a of all) {
    for (const b of all.filter((b) => b !== a)) {
      const withPermit = (name) => ['Meerssen', 'Valkenburg aan de Geul'].includes(name);
      const expected = (a === 'Gulpen-Wittem' && withPermit(b)) || (b === 'Gulpen-Wittem' && withPermit(a));
      assert.equal(different[a][b] !== '0%', expected, `${a}, ${b}: ${different[a][b]}`);
      assert.equal(different[a][b], different[b][a]);
    }
    // what is no event is so everywhere
    if (a !== 'Eijsden-Margraten') assert.equal(silent['Eijsden-Margraten'][a], '0%');
    if (!['Vaals', 'Eijsden-Margraten'].includes(a)) assert.notEqual(silent[a]['Eijsden-Margraten'], '0%');
  }
  // 200 persons: above the limit of Valkenburg (150), within that of Meerssen (250), where the other conditions were not found
  assert.notEqual(silent['Valkenburg aan de Geul'].Meerssen, '0%');
  for (const more of await page.locator('.meer > summary').all()) await more.click();
  // as many as the headings say
  const counted = (await page.locator('h4').allTextContents()).map((text) => Number(text.split(': ').pop()));
  assert.equal(await page.locator('.verschil').count(), counted[0] + counted[1]);
  await page.context().close();

  // a tour of 20 up to 99 vehicles: notification in Gulpen-Wittem, whatever else holds; in Meerssen a permit on two days or more
  const two = await comparing('regels=evenementen/melding&paar=GM0938-GM1729');
  const first = two.locator('.verschil', { has: two.getByText('Melding', { exact: true }) }).first();
  assert.deepEqual(await first.locator('> dl > div').allTextContents(), ['MeerssenVergunning', 'Gulpen-WittemMelding']);
  const when = await first.locator('.wanneer').textContent();
  for (const text of ['Wat voor evenement is het? Toertocht met motorvoertuigen', 'Hoeveel motorvoertuigen rijden er mee? (alleen bij Gulpen-Wittem) 20 voertuigen t/m 99 voertuigen', 'Op hoeveel dagen zijn er activiteiten? 2 dagen of meer']) assert.ok(when.includes(text), when);
  assert.equal(await two.locator('.verschil dt', { hasText: 'Vaals' }).count(), 0);
  await two.context().close();
});

test('a table that does not fit takes the focus and scrolls', async () => {
  const page = await comparing('regels=evenementen/melding', { viewport: { width: 320, height: 640 } });
  const region = page.locator('[aria-labelledby=tabel-route-different]');
  await region.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  await page.context().close();
});

test('other rules and another pair', async () => {
  const page = await comparing('regels=evenementen/melding');
  await page.selectOption('#paar', { label: 'Vaals en Gulpen-Wittem' });
  await Promise.all([page.waitForNavigation(), page.click('form button')]);
  await page.waitForSelector('#plaats[data-klaar]');
  assert.ok((await page.locator('h4').allTextContents()).every((text) => text.startsWith('De verschillen van Vaals en Gulpen-Wittem')));
  await page.selectOption('#regels', 'bibob/toets');
  assert.equal(await page.inputValue('#paar'), '');
  await Promise.all([page.waitForNavigation(), page.click('form button')]);
  await page.waitForSelector('#plaats[data-klaar]');
  // only the invented municipality says which decisions its policy screens
  assert.match(await page.locator('#plaats').textContent(), /regelt alleen de verzonnen gemeente het, en geen enkele echte\./);
  assert.equal(await page.locator('.meest').count(), 0);
  await page.context().close();
});
