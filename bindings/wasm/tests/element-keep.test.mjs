// `<leidraad-checklist>` keeps what was filled in: in this browser when asked, in a file, offline, and beside another tab.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inChromium } from './browser.mjs';
import { answered, answers, heading, list, tab } from './checklist.mjs';
import { RULES } from './pages.mjs';

const chromium = inChromium();
const MELDING = { regels: 'evenementen/melding', gemeente: 'GM1729' };
const KEY = 'leidraad:evenementen/melding:voorbeeld';
const stored = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);
const notices = (page) => page.locator('.leidraad-notices').innerText();

async function keep(page) {
  await tab(page, 'Bewaren');
  await page.locator('button', { hasText: 'Bewaren in deze browser' }).click();
  await page.waitForFunction((key) => localStorage.getItem(key) !== null, KEY);
}

/** Answers one question by its id, wherever it is asked. */
async function answer(page, id, n) {
  await page.evaluate(() => document.querySelector('leidraad-checklist').ready);
  await tab(page, 'Controleren');
  await page.locator('.utrecht-data-list__item', { hasText: id }).locator('button').click();
  const field = page.locator('.leidraad-view form input').nth(n);
  if ((await field.getAttribute('type')) === 'text') await page.fill('.leidraad-view form input[type=text]', String(n));
  else await field.check();
  await page.click('.leidraad-view [type=submit]');
  await page.waitForFunction(() => document.querySelector('.leidraad-heading').innerText === 'Controleren');
}

test('nothing is kept unless people ask for it; then it is there after a reload, and can be removed', async () => {
  const page = await list(chromium, MELDING);
  await page.check('.leidraad-view input >> nth=0');
  await page.click('.leidraad-view [type=submit]');
  await answered(page, 'uitzondering');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await keep(page);
  await answer(page, 'evenement openbaar', 0);
  assert.deepEqual((await stored(page)).answers, { uitzondering: 'geen', openbaar: true });

  await page.reload();
  await page.waitForSelector('.leidraad-heading');
  assert.match(await notices(page), /U gaat verder met zaak “voorbeeld”/);
  assert.deepEqual(await answers(page), { uitzondering: 'geen', openbaar: true });
  assert.doesNotMatch(await heading(page), /bijeenkomsten|openbaar/, 'it goes on with the next question');
  await tab(page, 'Bewaren');
  await page.locator('button', { hasText: 'Verwijderen uit deze browser' }).click();
  await page.waitForFunction(() => localStorage.length === 0);
  assert.equal(Object.keys(await answers(page)).length, 2, 'what is on the page stays');
  await page.context().close();
});

test('another case has a place of its own', async () => {
  const page = await list(chromium, MELDING);
  await keep(page);
  await page.goto(new URL(`/examples/lijst.html?${new URLSearchParams({ ...MELDING, zaak: 'Z-2' })}`, chromium.url).href);
  await page.waitForSelector('.leidraad-heading');
  assert.equal(await page.locator('.leidraad-notices > *').count(), 0);
  await page.context().close();
});

test('two tabs at one case: each sees the other, and nothing is lost', async () => {
  const one = await list(chromium, MELDING);
  await keep(one);
  const two = await one.context().newPage();
  await two.goto(one.url());
  await two.waitForSelector('.leidraad-heading');
  await answer(one, 'evenement openbaar', 0);
  await two.waitForFunction(() => document.querySelector('leidraad-checklist').answers.openbaar === true);
  assert.match(await notices(two), /in een ander tabblad bijgewerkt/);
  await answer(two, 'Hoeveel personen', 0);
  await one.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 0);

  // typed here, not yet an answer, while the other tab answers the same question
  await tab(one, 'Controleren');
  await one.locator('.utrecht-data-list__item', { hasText: 'hoeveel dagen' }).locator('button').click();
  await one.fill('.leidraad-view input[type=text]', '3');
  await answer(two, 'hoeveel dagen', 1);
  await two.waitForFunction(() => document.querySelector('leidraad-checklist').answers.dagen !== undefined);
  const theirs = (await answers(two)).dagen;
  await one.waitForFunction((value) => document.querySelector('leidraad-checklist').answers.dagen === value, theirs);
  assert.equal(await one.inputValue('.leidraad-view input[type=text]'), '3', 'what is typed stays');
  assert.match(await notices(one), /In een ander tabblad is iets anders ingevuld/);
  await one.context().close();
});

test('saved by another tab without an event: merged, and a clash is told', async () => {
  const page = await list(chromium, MELDING);
  await keep(page);
  await answer(page, 'evenement openbaar', 0);
  // a write of this page's own gives it no event
  await page.evaluate((key) => {
    const own = JSON.parse(localStorage.getItem(key));
    Object.assign(own, { revision: own.revision + 1, answers: { ...own.answers, aantal: 12, vuurwerk: false } });
    localStorage.setItem(key, JSON.stringify(own));
  }, KEY);
  await answer(page, 'Is er vuurwerk', 0);
  assert.deepEqual(await answers(page), { openbaar: true, vuurwerk: true, aantal: 12 });
  assert.deepEqual((await stored(page)).answers, { openbaar: true, vuurwerk: true, aantal: 12 });
  await tab(page, 'Controleren');
  await page.context().close();
});

test('removed in another tab: it is not brought back', async () => {
  const one = await list(chromium, MELDING);
  await keep(one);
  await answer(one, 'evenement openbaar', 0);
  const two = await one.context().newPage();
  await two.goto(one.url());
  await two.waitForSelector('.leidraad-heading');
  await tab(two, 'Bewaren');
  await two.locator('button', { hasText: 'Verwijderen uit deze browser' }).click();
  await one.waitForSelector('text=in een ander tabblad verwijderd');
  await answer(one, 'Is er vuurwerk', 0);
  assert.equal(await one.evaluate(() => localStorage.length), 0);
  assert.deepEqual(await answers(one), { openbaar: true, vuurwerk: true });
  await one.context().close();
});

test('a case file goes out and comes in again, byte for byte', async () => {
  const page = await list(chromium, { ...MELDING, wijze: 'taken' });
  await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"aantal":{"value":150,"remark":"Geteld."},"soort":{"one_of":["optocht","anders"]},"vuurwerk":null}'));
  await answered(page, 'soort');
  await tab(page, 'Bewaren');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('button', { hasText: 'Zaakbestand opslaan' }).click()]);
  const text = readFileSync(await download.path(), 'utf8');
  const other = await list(chromium, { ...MELDING, wijze: 'taken' });
  await tab(other, 'Bewaren');
  await other.setInputFiles('input[type=file]', { name: 'zaak.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await answered(other, 'soort');
  assert.equal((await other.evaluate(() => document.querySelector('leidraad-checklist').caseText)).replace(/"revision": \d+/, ''), text.replace(/"revision": \d+/, ''));
  assert.match(await other.locator('.leidraad-view').innerText(), /Een van deze: Optocht; Iets anders/);
  assert.match(await other.locator('.leidraad-view').innerText(), /Geteld\./);

  await tab(other, 'Bewaren');
  for (const [body, message] of [['{', /kan niet worden gelezen/], ['[1]', /kan niet worden gelezen/], ['{"leidraad_case":99}', /andere versie/], ['{"leidraad_case":1,"rule_set":"bibob/toets"}', /hoort bij andere regels/]]) {
    await other.setInputFiles('input[type=file]', { name: 'zaak.json', mimeType: 'application/json', buffer: Buffer.from(body) });
    await other.waitForFunction((source) => new RegExp(source).test(document.querySelector('.leidraad-view').innerText), message.source);
  }
  assert.equal(Object.keys(await answers(other)).length, 3, 'and nothing was lost');
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await other.context().close();
});

test('answers that the rules do not take are put aside, and come back where they fit', async () => {
  const page = await list(chromium, MELDING);
  await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"aantal":150,"bestaat_niet":true,"dagen":-4,"__proto__":{"x":1},"constructor":"y"}'));
  await answered(page, 'aantal');
  assert.deepEqual(await answers(page), { aantal: 150 });
  assert.match(await notices(page), /4 antwoorden passen niet bij deze regels/);
  assert.match(await page.locator('.leidraad-view').innerText(), /Past niet bij deze regels[\s\S]*bestaat_niet: true/);
  assert.equal(await page.evaluate(() => ({}).x), undefined);
  // voertuigen is a question of Gulpen-Wittem only
  await page.evaluate(() => { document.querySelector('leidraad-checklist').setAttribute('authority', 'GM0994'); });
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').assessment.authority === 'GM0994');
  await page.context().close();

  const there = await list(chromium, MELDING);
  await there.evaluate(() => document.querySelector('leidraad-checklist').load('{"soort":"toertocht","voertuigen":5}'));
  await answered(there, 'voertuigen');
  const list_ = (code) => there.evaluate((code) => document.querySelector('leidraad-checklist').setAttribute('authority', code), code);
  await list_('GM0994');
  await there.waitForFunction(() => document.querySelector('leidraad-checklist').answers.voertuigen === undefined);
  await list_('GM1729');
  await there.waitForFunction(() => document.querySelector('leidraad-checklist').answers.voertuigen === 5);
  await there.context().close();
});

test('offline after loading, everything goes on; and nothing is ever sent', async () => {
  const page = await list(chromium, MELDING);
  const before = page.requests.length;
  const methods = [];
  page.on('request', (request) => methods.push(request.method()));
  await page.context().setOffline(true);
  await page.check('.leidraad-view input >> nth=0');
  await page.click('.leidraad-view [type=submit]');
  await answered(page, 'uitzondering');
  await tab(page, 'Waarom');
  await page.waitForSelector('.leidraad-reason');
  await tab(page, 'Vergelijken');
  await page.selectOption('.leidraad-view select', 'GM0994');
  await page.waitForSelector('.leidraad-view table');
  await keep(page);
  assert.deepEqual([page.requests.slice(before).filter((url) => !url.startsWith('blob:')), methods], [[], []]);
  assert.ok(page.requests.every((url) => url.startsWith(chromium.url)), 'no request leaves the site');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('closing a page with answers that are kept nowhere is asked about', async () => {
  const page = await list(chromium, MELDING);
  const leaving = () => page.evaluate(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented; });
  assert.equal(await leaving(), false);
  await page.check('.leidraad-view input >> nth=0');
  await page.click('.leidraad-view [type=submit]');
  await answered(page, 'uitzondering');
  assert.equal(await leaving(), true);
  await keep(page);
  assert.equal(await leaving(), false);
  await page.context().close();
});

test('hostile rules and answers stay inert', async () => {
  const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
  const rules = structuredClone(RULES);
  rules.title = evil;
  rules.questions[0].section = '__proto__';
  rules.questions[0].items[0].ask = `${evil}${'w'.repeat(3000)}`;
  rules.questions[0].items[0].options.feest.label = evil;
  rules.sources.s.title = evil;
  rules.sources.s.url = 'javascript:window.hit=1';
  for (const mode of ['questions', 'tasks']) {
    const page = await chromium.html('<main><h1>Proef</h1><leidraad-checklist></leidraad-checklist></main>', { context: { viewport: { width: 320, height: 640 } } });
    await page.evaluate(async ([rules, mode]) => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/dist/checklist.css' });
      document.head.append(link);
      await new Promise((resolve) => (link.onload = resolve));
      const [{ load }] = await Promise.all([import('/dist/web.js'), import('/dist/checklist.js')]);
      delete rules.sources.s.url;
      const element = document.querySelector('leidraad-checklist');
      if (mode === 'tasks') element.setAttribute('mode', mode);
      element.ruleSet = (await load()).ruleSet(rules);
      await new Promise((resolve) => element.addEventListener('leidraad-checklist-ready', resolve, { once: true }));
      element.load(JSON.stringify({ soort: { value: 'feest', remark: rules.title, evidence: [rules.title], by: rules.title }, constructor: { not_applicable: rules.title }, $deviations: {} }));
    }, [rules, mode]);
    await answered(page, 'soort');
    for (const name of ['Waarom', 'Bewaren', 'Controleren']) await tab(page, name);
    const text = await page.locator('.leidraad-view').innerText();
    assert.ok(text.includes(evil), 'the text is shown as a text');
    if (mode === 'tasks') {
      await tab(page, 'Taken');
      await page.locator('.leidraad-tasks button').click();
      await page.locator('.leidraad-sign input').first().fill(evil);
      await page.locator('.leidraad-sign input').first().blur();
      await page.locator('.leidraad-sign summary').click();
      await page.locator('.leidraad-sign input').nth(1).fill(evil);
      await page.locator('.leidraad-sign button', { hasText: 'Aftekenen' }).click();
      await page.waitForSelector('text=Afgetekend door');
    }
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await page.locator('leidraad-checklist img, leidraad-checklist script').count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'a long word breaks');
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});
