// Questions for lists of records in `<leidraad-checklist>`: filled in with keys, changed, kept, and for everybody.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'leidraad';
import { FORBIDDEN, inChromium } from './browser.mjs';
import { NARROW, WIDE, accessible, answered, answers, assessment, byKeys, heading, list, tab } from './checklist.mjs';

const chromium = inChromium();
const DAMOCLES = { regels: 'damocles/maatregel', vandaag: '2027-03-01' };
const LIST = /eerdere overtredingen/;
const FIND = { gebeurtenis: 'vondst', dag: '2024-05-01', zelfde_adres: true, zelfde_persoon: false };
const DECISION = { gebeurtenis: 'besluit', dag: '2024-06-10', zelfde_adres: true, zelfde_persoon: null, waar: 'Dorpsstraat 1' };

const focused = (page) => page.evaluate(() => { const { innerText, labels, id } = document.activeElement; return (labels?.[0]?.innerText ?? innerText ?? id).replace(/\s+/g, ' ').trim(); });
const button = (page, text) => page.locator('.leidraad-view button', { hasText: text });
const cards = (page) => page.locator('.leidraad-cards > li');
const said = (page) => page.locator('.leidraad-question > [role=status]').innerText();
const count = (page, n) => page.waitForFunction((n) => { const given = document.querySelector('leidraad-checklist').answers.overtredingen; return (given?.at_least ?? given?.value ?? given)?.length === n; }, n);

/** A page with these answers, at the list. */
async function at(given, query = {}, context = WIDE) {
  const page = await list(chromium, { ...DAMOCLES, ...query }, context);
  await page.evaluate((text) => document.querySelector('leidraad-checklist').load(text), JSON.stringify({ ernstig_geval: true, ...given }));
  await answered(page, 'ernstig_geval');
  await page.locator('.leidraad-view .utrecht-data-list__item', { hasText: LIST }).locator('.utrecht-data-list__actions button').click();
  await page.waitForSelector('.leidraad-view .leidraad-question [role=status]', { state: 'attached' });
  return page;
}

/** Tab until a stop has this text. */
async function tabTo(page, text) {
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press('Tab');
    if (text.test(await focused(page))) return;
  }
  assert.fail(`no stop for ${text}`);
}

/** Fills in the record that is open with keys only: an index of an option or a text for each field, undefined to leave it empty. */
async function recordByKeys(page, values) {
  assert.match(await focused(page), /^Gebeurtenis \d+$/, 'the focus is at the title of the record');
  for (const value of values) {
    await page.keyboard.press('Tab');
    const type = await page.evaluate(() => document.activeElement.type);
    if (type === 'radio') {
      for (let n = 0; n < value; n += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
    } else {
      if (value !== undefined) await page.keyboard.type(value);
      // the box “weet ik niet”
      await page.keyboard.press('Tab');
    }
  }
  await tabTo(page, /^Gebeurtenis \d+ opslaan$/);
  await page.keyboard.press('Enter');
}

test('with keys only: two records, one changed, one removed and put back, and the outcome is that of the engine', async () => {
  const rules = await (await load()).open('damocles/maatregel');
  const [authority] = rules.authorities;
  const page = await list(chromium, { ...DAMOCLES, gemeente: authority }, WIDE);
  let found = 0;
  let steps = 0;
  while ((await heading(page)) !== 'Controleren') {
    assert.ok((steps += 1) < 100);
    if (!LIST.test(await heading(page))) {
      await byKeys(page, (question, options, type, help) => {
        if (type === 'radio') return steps % 3 === 0 ? options.length - 1 : 0;
        return type === 'checkbox' || type.startsWith('select') ? 0 : /4-7-2026/.test(help) ? '4-7-2026' : '2';
      });
      continue;
    }
    found += 1;
    await tabTo(page, /^Gebeurtenis toevoegen$/);
    await page.keyboard.press('Enter');
    assert.ok(!(await page.locator('.leidraad-view form > .utrecht-button-group').isVisible()), 'first the record, then the question');
    await recordByKeys(page, [0, '1-5-2024', 0, 1, undefined, undefined]);
    await count(page, 1);
    await page.waitForFunction(() => document.activeElement.innerText === 'Gebeurtenis toevoegen');
    assert.equal(await said(page), 'Gebeurtenis 1 is opgeslagen.');
    assert.deepEqual((await answers(page)).overtredingen, { at_least: [FIND] }, 'until it is said that these are all, there may be more');
    await page.keyboard.press('Enter');
    await recordByKeys(page, [2, '10-6-2024', 0, 2, 'Dorpsstraat 1', undefined]);
    await count(page, 2);

    // change the first
    await page.waitForFunction(() => document.activeElement.innerText === 'Gebeurtenis toevoegen');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(page), 'Wijzigen Gebeurtenis 1: Vondst van drugs of spullen');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'Gebeurtenis 1');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Vondst van drugs of spullen', 'what was filled in is there');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.overtredingen.at_least[0].gebeurtenis === 'waarschuwing');
    await page.waitForFunction(() => document.activeElement.innerText.startsWith('Wijzigen'));
    assert.match(await focused(page), /Gebeurtenis 1: Waarschuwing$/);

    // remove it and put it back
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Verwijderen Gebeurtenis 1: Waarschuwing');
    await page.keyboard.press('Enter');
    await count(page, 1);
    await page.waitForFunction(() => document.activeElement.innerText === 'Gebeurtenis 1 terugzetten');
    assert.equal(await said(page), 'Gebeurtenis 1 is verwijderd.');
    assert.deepEqual((await answers(page)).overtredingen, { at_least: [DECISION] });
    await page.keyboard.press('Enter');
    await count(page, 2);
    await page.waitForFunction(() => document.activeElement.innerText.startsWith('Wijzigen'));
    assert.equal(await said(page), 'Gebeurtenis 1 is teruggezet.');

    // whether these are all must be said
    await tabTo(page, /^Volgende$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.innerText === 'Controleer uw antwoord');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Zeg of dit ze allemaal zijn.');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'Ja, dit zijn ze allemaal');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.matches('.leidraad-heading'));
  }
  assert.equal(found, 1, 'the list is asked, and once');
  const given = await answers(page);
  assert.deepEqual(given.overtredingen, [{ ...FIND, gebeurtenis: 'waarschuwing' }, DECISION]);
  assert.deepEqual(await assessment(page), rules.evaluate(given, { authority, today: '2027-03-01' }));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('no records, not known, and perhaps more', async () => {
  const page = await at({});
  const send = () => page.click('.leidraad-view form > .utrecht-button-group [type=submit]');
  const again = async () => {
    await page.waitForFunction(() => document.querySelector('.leidraad-heading').innerText === 'Controleren');
    const row = page.locator('.leidraad-view .utrecht-data-list__item', { hasText: LIST });
    const text = await row.locator('.utrecht-data-list__item-value').innerText();
    await row.locator('.utrecht-data-list__actions button').click();
    return text;
  };
  await send();
  assert.match(await page.locator('.leidraad-view form .utrecht-alert--error').innerText(), /Geef een antwoord/);
  await page.getByLabel('Er zijn er geen').check();
  await send();
  assert.equal(await again(), 'Geen');
  assert.deepEqual((await answers(page)).overtredingen, []);
  assert.ok(await page.getByLabel('Er zijn er geen').isChecked());
  await page.getByLabel('Weet ik niet').check();
  await send();
  assert.equal(await again(), 'Weet ik niet');
  assert.equal((await answers(page)).overtredingen, null);

  await button(page, 'Gebeurtenis toevoegen').click();
  await page.locator('.leidraad-record button', { hasText: 'Annuleren' }).click();
  assert.equal(await focused(page), 'Gebeurtenis toevoegen');
  assert.equal((await answers(page)).overtredingen, null, 'cancelled, nothing changed');
  await page.evaluate((text) => document.querySelector('leidraad-checklist').load(text), JSON.stringify({ overtredingen: { at_least: [FIND] } }));
  await page.locator('.leidraad-notices button', { hasText: 'Vervangen' }).click();
  await count(page, 1);
  assert.match(await again(), /Wat gebeurde er\?\s+Vondst van drugs of spullen\s+Op welke dag\?\s+1 mei 2024\s+Was het op hetzelfde adres\?\s+Ja\s+Ging het om dezelfde persoon\?\s+Nee\s+Misschien zijn er meer$/);
  assert.ok(await page.getByLabel('Misschien zijn er meer').isChecked());
  await page.getByLabel('Ja, dit zijn ze allemaal').check();
  await send();
  assert.doesNotMatch(await again(), /meer/);
  assert.deepEqual((await answers(page)).overtredingen, [FIND]);
  // another record keeps what was said; the last one removed, it has to be said anew
  await button(page, /^Verwijderen/).click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.overtredingen === undefined);
  assert.ok(!(await page.getByLabel('Er zijn er geen').isChecked()));
  await button(page, 'terugzetten').click();
  await count(page, 1);
  assert.deepEqual((await answers(page)).overtredingen, [FIND]);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what is wrong in a record: a summary with links, messages at the fields, and nothing is taken', async () => {
  const page = await at({});
  await button(page, 'Gebeurtenis toevoegen').click();
  const wrong = async () => {
    await button(page, 'Gebeurtenis 1 opslaan').click();
    await page.waitForFunction(() => document.activeElement.innerText === 'Controleer uw antwoord');
    return page.locator('.leidraad-record .utrecht-alert--error li').allInnerTexts();
  };
  const missing = 'Geef een antwoord, of kies ‘Weet ik niet’.';
  assert.deepEqual(await wrong(), ['Wat gebeurde er?', 'Op welke dag?', 'Was het op hetzelfde adres?', 'Ging het om dezelfde persoon?'].map((ask) => `${ask} ${missing}`));
  const day = page.getByLabel('Op welke dag?');
  for (const name of ['Vondst van drugs of spullen', 'Ja']) for (const one of await page.getByLabel(name).all()) await one.check();
  await day.fill('31-2-2024');
  assert.deepEqual(await wrong(), ['Op welke dag? Deze dag bestaat niet. Controleer de dag en de maand.']);
  assert.equal(await day.getAttribute('aria-invalid'), 'true');
  const described = await day.evaluate((own) => own.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).innerText).join(' '));
  assert.match(described, /4-7-2026.*Deze dag bestaat niet/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.ok(await day.evaluate((own) => own === document.activeElement), 'the link goes to the field');
  assert.deepEqual(Object.keys(await answers(page)), ['ernstig_geval'], 'what is wrong is not taken');
  await day.fill('29-2-2024');
  // pressed twice, saved once
  await page.evaluate(() => { const save = document.querySelector('.leidraad-record .utrecht-button--primary-action'); save.click(); save.click(); });
  await count(page, 1);
  await page.waitForFunction(() => document.activeElement.innerText === 'Gebeurtenis toevoegen');
  assert.equal(await cards(page).count(), 1);
  assert.equal((await answers(page)).overtredingen.at_least[0].dag, '2024-02-29');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what is being typed stays when the page is drawn anew or left, until it is saved or cancelled', async () => {
  const page = await at({ overtredingen: [FIND] });
  await button(page, /^Wijzigen/).click();
  await page.getByLabel('Op welke dag?').fill('31-2-20');
  await page.getByLabel('Waarschuwing').check();
  await page.getByLabel('Waar was het?').fill('Half');
  await page.evaluate(() => document.querySelector('leidraad-checklist').setAttribute('lang', 'de'));
  await page.waitForSelector('.leidraad-root[lang=de]');
  const shown = () => page.evaluate(() => [...document.querySelectorAll('.leidraad-record :is(input[type=text], textarea)')].map(({ value }) => value));
  assert.deepEqual(await shown(), ['31-2-20', 'Half', '']);
  assert.ok(await page.getByLabel('Waarschuwing').isChecked());
  await page.evaluate(() => document.querySelector('leidraad-checklist').setAttribute('lang', 'nl'));
  await page.waitForSelector('.leidraad-root[lang=nl]');
  await tab(page, 'Controleren');
  assert.deepEqual((await answers(page)).overtredingen, [FIND]);
  await page.locator('.leidraad-view .utrecht-data-list__item', { hasText: LIST }).locator('.utrecht-data-list__actions button').click();
  assert.deepEqual(await shown(), ['31-2-20', 'Half', ''], 'back at the question');
  // also where a browser does not hide the button of the question
  await page.evaluate(() => document.querySelector('.leidraad-view form').requestSubmit());
  await page.waitForFunction(() => document.activeElement.innerText === 'Controleer uw antwoord');
  assert.equal(await page.locator('.leidraad-view form > div > .utrecht-alert--error li').innerText(), 'Sla op wat u hebt ingevuld, of kies ‘Annuleren’.');
  await page.locator('.leidraad-view form > div > .utrecht-alert--error button').click();
  assert.equal(await focused(page), 'Gebeurtenis 1 opslaan');
  await page.locator('.leidraad-record button', { hasText: 'Annuleren' }).click();
  assert.match(await focused(page), /^Wijzigen Gebeurtenis 1/);
  await button(page, /^Wijzigen/).click();
  assert.deepEqual(await shown(), ['1-5-2024', '', ''], 'cancelled');
  // another case has no draft of this one
  await tab(page, 'Bewaren');
  await page.locator('.leidraad-view button', { hasText: 'Opnieuw beginnen' }).click();
  await page.locator('.leidraad-notices button', { hasText: 'Opnieuw beginnen' }).click();
  await page.waitForFunction(() => Object.keys(document.querySelector('leidraad-checklist').answers).length === 0);
  assert.equal(await page.evaluate(() => document.querySelectorAll('.leidraad-record').length), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('kept in this browser, a list is there after a reload; another tab’s record is not lost', async () => {
  const page = await at({});
  await tab(page, 'Bewaren');
  await page.locator('button', { hasText: 'Bewaren in deze browser' }).click();
  await tab(page, 'Controleren');
  await page.locator('.leidraad-view .utrecht-data-list__item', { hasText: LIST }).locator('.utrecht-data-list__actions button').click();
  const add = async (own, text) => {
    await button(own, 'Gebeurtenis toevoegen').click();
    await own.getByLabel(text).check();
    for (const one of await own.getByLabel('Weet ik niet').all()) if (!(await one.evaluate((box) => box.closest('fieldset')?.innerText.includes('Wat gebeurde') ?? false))) await one.check();
  };
  const save = (own) => own.locator('.leidraad-record .utrecht-button--primary-action').click();
  await add(page, 'Vondst van drugs of spullen');
  await save(page);
  await count(page, 1);
  await page.reload();
  await page.waitForSelector('.leidraad-heading');
  const first = { gebeurtenis: 'vondst', dag: null, zelfde_adres: null, zelfde_persoon: null, waar: null, wie: null };
  assert.deepEqual((await answers(page)).overtredingen, { at_least: [first] });
  await tab(page, 'Controleren');
  assert.match(await page.locator('.leidraad-view').innerText(), /Vondst van drugs of spullen/);
  const toList = (own) => own.locator('.leidraad-view .utrecht-data-list__item', { hasText: LIST }).locator('.utrecht-data-list__actions button').click();
  await toList(page);

  // two tabs, each with a record that is open: both are kept
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.waitForSelector('.leidraad-heading');
  await tab(other, 'Controleren');
  await toList(other);
  await add(page, 'Waarschuwing');
  await add(other, 'Einde van de sluiting');
  await save(other);
  await count(other, 2);
  await count(page, 2);
  await save(page);
  await count(page, 3);
  await count(other, 3);
  assert.deepEqual((await answers(page)).overtredingen.at_least.map(({ gebeurtenis }) => gebeurtenis), ['vondst', 'einde_sluiting', 'waarschuwing']);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('an official: records beside remarks, each saved at once', async () => {
  const page = await list(chromium, { ...DAMOCLES, wijze: 'taken' }, WIDE);
  await page.fill('.leidraad-view input', 'J. Jansen');
  await page.locator('.leidraad-tasks button', { hasText: 'Beleid' }).click();
  const block = page.locator('.leidraad-block', { hasText: LIST });
  await block.locator('button', { hasText: 'Gebeurtenis toevoegen' }).click();
  await block.getByLabel('Besluit over een maatregel').check();
  await block.getByLabel('Op welke dag?').fill('10-6-2024');
  for (const ask of ['Was het op hetzelfde adres?', 'Ging het om dezelfde persoon?']) await block.getByRole('group', { name: ask }).getByLabel('Ja').check();
  assert.equal((await answers(page)).overtredingen, undefined, 'a record is saved as a whole');
  await block.getByLabel('Op welke dag?').press('Enter');
  await answered(page, 'overtredingen');
  const own = { gebeurtenis: 'besluit', dag: '2024-06-10', zelfde_adres: true, zelfde_persoon: true };
  const by = { by: 'J. Jansen', at: '2027-03-01' };
  assert.deepEqual((await answers(page)).overtredingen, { at_least: [own], ...by });
  await block.getByLabel('Ja, dit zijn ze allemaal').check();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.overtredingen.value);
  assert.deepEqual((await answers(page)).overtredingen, { value: [own], ...by });
  await block.locator('summary', { hasText: 'Opmerking en bewijs' }).click();
  await block.locator('textarea').first().fill('Zie dossier 4.');
  await block.locator('textarea').first().blur();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.overtredingen.remark);
  await block.locator('button', { hasText: /^Verwijderen/ }).click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.overtredingen.value === null);
  assert.deepEqual((await answers(page)).overtredingen, { value: null, remark: 'Zie dossier 4.', ...by }, 'the remark stays');
  await block.locator('button', { hasText: 'terugzetten' }).click();
  await count(page, 1);
  await tab(page, 'Controleren');
  const report = await page.locator('.leidraad-view').innerText();
  for (const text of ['Besluit over een maatregel', '10 juni 2024', 'Zie dossier 4.', 'Door J. Jansen']) assert.ok(report.includes(text), text);
  await page.emulateMedia({ media: 'print' });
  assert.match(await page.locator('leidraad-checklist').innerText(), /Besluit over een maatregel/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('hostile texts in a record stay inert; why, compared and changed answers show a list', async () => {
  const hostile = '<img src=x onerror="window.hit=1"> {0} \' "';
  const page = await at({ overtredingen: [{ ...FIND, waar: hostile }] });
  assert.match(await cards(page).innerText(), /<img src=x/);
  await button(page, /^Wijzigen/).click();
  assert.equal(await page.getByLabel('Waar was het?').inputValue(), hostile);
  await page.getByLabel('Om wie ging het?').fill('<script>window.hit=2</script>');
  await page.locator('.leidraad-record .utrecht-button--primary-action').click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.overtredingen[0].wie);
  for (const name of ['Controleren', 'Waarom', 'Stappen']) {
    await tab(page, name);
    await page.evaluate(() => document.querySelectorAll('.leidraad-view details').forEach((one) => (one.open = true)));
    await page.waitForTimeout(300);
    assert.equal(await page.locator('.leidraad-view .utrecht-alert--error', { hasText: 'niet gelukt' }).count(), 0, name);
    assert.ok(!/\[object |at_least/.test(await page.locator('leidraad-checklist').innerText()), name);
  }
  await tab(page, 'Vergelijken');
  await page.selectOption('.leidraad-view select', { index: 1 });
  await page.waitForSelector('.leidraad-view table');
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator('leidraad-checklist :is(img, script)').count(), 0);
  assert.deepEqual((await answers(page)).overtredingen, [{ ...FIND, waar: hostile, wie: '<script>window.hit=2</script>' }]);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

for (const [name, query, context] of [['wide and light', {}, WIDE], ['320 px, dark and German', { taal: 'de' }, NARROW], ['an official’s, English', { taal: 'en', wijze: 'taken' }, NARROW]]) {
  test(`accessible in every state: ${name}`, async () => {
    const page = await list(chromium, { ...DAMOCLES, ...query }, context);
    await page.evaluate((text) => document.querySelector('leidraad-checklist').load(text), JSON.stringify({ overtredingen: { at_least: [FIND, { ...DECISION, waar: 'x'.repeat(200) }] } }));
    await count(page, 2);
    await accessible(page, 'check');
    await page.locator('.leidraad-view .utrecht-data-list__item', { hasText: LIST }).locator('.utrecht-data-list__actions button').click();
    await page.waitForSelector('.leidraad-cards');
    await accessible(page, 'list');
    const dutch = await page.evaluate(() => [...document.querySelectorAll('.leidraad-cards *, .leidraad-cards ~ * *')].filter((own) => own.children.length === 0 && /gebeurtenis|vondst|welke dag|adres/i.test(own.textContent) && own.closest('[lang]').lang !== 'nl').map((own) => own.outerHTML));
    assert.deepEqual(dutch, [], 'Dutch says that it is Dutch');
    await page.locator('.leidraad-cards .leidraad-marks button').nth(2).click();
    await accessible(page, 'open');
    const heights = await page.evaluate(() => [...document.querySelectorAll('.leidraad-question button')].map((own) => own.getBoundingClientRect().height));
    assert.ok(heights.every((height) => height >= 24), heights.join());
    await page.locator('.leidraad-record input[type=text]').first().fill('32-1-2024');
    await page.locator('.leidraad-record .utrecht-button--primary-action').click();
    await page.waitForSelector('.leidraad-record .utrecht-alert--error');
    await accessible(page, 'open with an error');
    await page.locator('.leidraad-record .utrecht-button--secondary-action').click();
    await page.locator('.leidraad-cards .leidraad-marks button').nth(1).click();
    await page.waitForSelector('.leidraad-gone');
    await accessible(page, 'removed');
    const levels = await page.evaluate(() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => Number(one.tagName[1])));
    assert.ok(levels.every((level, n) => n === 0 || level <= levels[n - 1] + 1), levels.join());
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

/** Rules of a list whose fields have limits, and names that a prototype has. */
const RULES = {
  leidraad: 1, id: 'proef/lijst', title: 'Proef', sources: { s: { kind: 'example', title: 'Voorbeeld' } },
  questions: [{ section: 'Feiten', items: [{ id: 'tenten', ask: 'Welke tenten staan er?', type: 'list', each: 'tent', max: 2, sources: ['s'], fields: [
    { id: 'constructor', ask: 'Hoeveel personen?', type: 'integer', min: 1, max: 500, unit: 'personen' },
    { id: 'open', ask: 'Open zijkant?', type: 'boolean', required: false, not_applicable: true },
  ] }] }],
  decisions: { aantal: { title: 'Hoeveel tenten', outcome: true, sources: ['s'], count: { of: 'tenten' } } },
};

test('the limits of a field and of the list', async () => {
  const page = await chromium.html('<main><h1>Proef</h1><leidraad-checklist></leidraad-checklist></main>');
  await page.evaluate(async (rules) => {
    const { load } = await import('/dist/web.js');
    await import('/dist/checklist.js');
    const own = document.querySelector('leidraad-checklist');
    own.ruleSet = (await load()).ruleSet(rules);
    await new Promise((done) => own.addEventListener('leidraad-checklist-ready', done, { once: true }));
  }, RULES);
  const add = async (text) => {
    await button(page, 'Tent toevoegen').click();
    await page.getByLabel('Hoeveel personen?').fill(text);
    await page.keyboard.press('Enter');
  };
  await add('501');
  await page.waitForSelector('.leidraad-record .utrecht-alert--error');
  assert.deepEqual(await page.locator('.leidraad-record .utrecht-alert--error li').allInnerTexts(), ['Hoeveel personen? Vul een antwoord in van 1 tot en met 500.']);
  assert.equal((await answers(page)).tenten, undefined);
  await page.getByLabel('Hoeveel personen?').fill('500');
  await page.getByRole('radio', { name: 'Niet van toepassing' }).check();
  await page.locator('.leidraad-record .utrecht-button--primary-action').click();
  await page.waitForFunction(() => document.activeElement.innerText === 'Controleer uw antwoord');
  assert.match(await page.locator('.leidraad-record .utrecht-alert--error').innerText(), /Open zijkant\? Schrijf op waarom/);
  await page.getByLabel('Waarom is dit niet van toepassing?').fill('Geen zijkant.');
  await page.keyboard.press('Enter');
  await answered(page, 'tenten');
  assert.deepEqual((await answers(page)).tenten, { at_least: [{ constructor: 500, open: { not_applicable: 'Geen zijkant.' } }] });
  await add('3');
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.tenten.at_least.length === 2);
  assert.equal(await button(page, 'Tent toevoegen').count(), 0);
  assert.match(await page.locator('.leidraad-question').first().innerText(), /Meer dan 2 passen er niet/);
  await page.getByLabel('Ja, dit zijn ze allemaal').check();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.leidraad-heading').innerText === 'Controleren');
  assert.match(await page.locator('.leidraad-outcomes').innerText(), /Hoeveel tenten\s+2/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the module is loaded where it is needed, under a strict policy too; without it the page’s own text stays', async () => {
  const without = await list(chromium, { regels: 'evenementen/melding' });
  assert.ok(!without.requests.some((url) => url.includes('checklist-lists')));
  await without.context().close();
  const strict = await at({ overtredingen: [FIND] }, { csp: 'strict' });
  assert.ok(strict.requests.some((url) => url.endsWith('/dist/checklist-lists.js')));
  assert.equal(await cards(strict).count(), 1);
  assert.deepEqual(strict.problems.filter((text) => FORBIDDEN.test(text) && !/WebAssembly|wasm/i.test(text)), []);
  await strict.context().close();

  chromium.files.set('/dist/checklist-lists.js', { type: 'text/javascript', body: 'no script' });
  const page = await chromium.html('<main><h1>Proef</h1><leidraad-checklist rule-set="damocles/maatregel"><p>Bel de gemeente: 14 043.</p></leidraad-checklist></main>');
  await page.evaluate(() => import('/dist/checklist.js'));
  await page.waitForSelector('.utrecht-alert--error');
  assert.match(await page.locator('leidraad-checklist').innerText(), /kan niet worden geladen[\s\S]*Bel de gemeente: 14 043/);
  chromium.files.delete('/dist/checklist-lists.js');
  await page.context().close();
});
