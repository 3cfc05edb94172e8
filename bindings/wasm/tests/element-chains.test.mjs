// Two people, one case: what `<leidraad-checklist>` does with a dossier that has other revisions than the one that is open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'leidraad';
import { load as loadDossiers } from 'leidraad/dossier';
import { inChromium } from './browser.mjs';
import { NARROW, WIDE, accessible, answered, answers, bring, button, list, notices, part, saved, tab } from './checklist.mjs';
import { verified } from './command.mjs';

const chromium = inChromium();
const MELDING = { regels: 'evenementen/melding', gemeente: 'GM1729', wijze: 'taken' };
const dossiers = await loadDossiers();
const rules = await (await load()).open('evenementen/melding');
const start = await dossiers.create(rules, { authority: 'GM1729', case: 'Z-1', at: '2026-05-31T09:00:00Z', by: 'A. de Vries', answers: { openbaar: true, aantal: 150 } });
// on the day before, as the page tells the time of its own day by the clock
const at = '2026-05-31T10:00:00Z';

/** The element with this dossier open. */
async function opened(dossier, query = {}, context = WIDE) {
  const page = await list(chromium, { ...MELDING, ...query }, context);
  await bring(page, dossier.text);
  await answered(page, 'aantal');
  return page;
}

const told = async (page, text) => {
  await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.leidraad-notices').innerText), text.source).catch(async () => assert.fail(`${text}: ${await notices(page)}`));
};
const own = (page) => page.evaluate(() => JSON.parse(document.querySelector('leidraad-checklist').caseText));
const hashes = (text) => JSON.parse(text).revisions.map(({ hash }) => hash);

/** Answers here what is not recorded yet. */
async function fill(page, number) {
  await tab(page, 'Controleren');
  await page.locator('.utrecht-data-list__item', { hasText: 'Hoeveel personen' }).locator('button').first().click();
  const field = page.locator('.leidraad-block', { hasText: 'Hoeveel personen' }).locator('input[type=text]').first();
  await field.fill(String(number));
  await field.blur();
  await page.waitForFunction((n) => document.querySelector('leidraad-checklist').answers.aantal === n, number);
}

test('the one that comes in goes on with the one here: it is taken over, and what is not recorded yet stays', async () => {
  const later = await start.update({ openbaar: true, aantal: 150, vuurwerk: false }, { rules, at, by: 'B. Bakker' });
  const page = await opened(start);
  await fill(page, 175);
  await bring(page, later.text);
  await told(page, /gaat verder waar het dossier van hier ophoudt\. Revisies die erbij zijn gekomen: 1\. Wat hier is ingevuld en nog niet is vastgelegd, is gebleven\./);
  assert.deepEqual(await answers(page), { openbaar: true, aantal: 175, vuurwerk: false });
  assert.equal((await own(page)).dossier.text, later.text);
  await part(page);
  const [text] = await saved(page, /^Dossier opslaan$/);
  assert.deepEqual(hashes(text).slice(0, -1), hashes(later.text), 'one chain, of what both recorded');
  assert.deepEqual([verified(text).findings, verified(text).revisions], [[], 4]);
  assert.deepEqual((await dossiers.read(text)).answers, { openbaar: true, aantal: 175, vuurwerk: false });
  await page.context().close();
});

test('both changed one answer: what is here stays, and that of the file can be used', async () => {
  const later = await start.update({ openbaar: false, aantal: 900 }, { rules, at });
  const page = await opened(start);
  await fill(page, 175);
  await bring(page, later.text);
  await told(page, /Hierover zegt het bestand iets anders\. Wat hier staat, blijft\.[\s\S]*Hoeveel personen[\s\S]*900/);
  assert.deepEqual(await answers(page), { openbaar: false, aantal: 175 });
  await accessible(page, 'a clash');
  await button(page, 'Dat antwoord gebruiken', '.leidraad-notices').click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 900);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('an earlier state, or the same: nothing is changed here', async () => {
  const later = await start.update({ openbaar: true, aantal: 200 }, { rules, at });
  const page = await opened(later);
  const before = await own(page);
  await bring(page, start.text);
  await told(page, /eerdere stand van het dossier dat hier open is\. Revisies die hier al verder gaan: 1\. Hier is niets veranderd\./);
  await bring(page, later.text);
  await told(page, /is hier al open, met dezelfde revisies\. Hier is niets veranderd\./);
  assert.deepEqual(await own(page), before);
  await fill(page, 175);
  await bring(page, later.text);
  await told(page, /dezelfde revisies\. Hier is niets veranderd\. Wat hier is ingevuld en nog niet is vastgelegd, is gebleven\./);
  assert.equal((await answers(page)).aantal, 175);
  await page.context().close();
});

test('two that parted: said so, and neither is lost whatever is chosen', async () => {
  const ours = await start.update({ openbaar: true, aantal: 200 }, { rules, at, by: 'A. de Vries' });
  const theirs = await (await start.update({ openbaar: true, aantal: 150, vuurwerk: true }, { rules, at, by: 'B. Bakker' })).update({ openbaar: true, aantal: 900, vuurwerk: true }, { rules, at, by: 'B. Bakker' });
  for (const [choice, expected] of [['Sluiten', ours], ['Zaakbestand van hier opslaan en het bestand openen', theirs], ['Overnemen wat in het bestand anders is', ours]]) {
    const page = await opened(ours);
    await bring(page, theirs.text);
    await told(page, /gelijk tot en met revisie 2\. Daarna is in beide iets vastgelegd\. Eigen revisies hier: 1; in het bestand: 2\. Geen van beide gaat verder met het andere\. Bewaar beide bestanden\./);
    assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Overnemen wat in het bestand anders is', 'the keys are where there is something to decide');
    assert.deepEqual(await answers(page), { openbaar: true, aantal: 200 }, 'nothing happens by itself');
    await accessible(page, 'two that parted');
    if (choice.startsWith('Zaakbestand')) {
      const [kept, name] = await saved(page, choice, '.leidraad-notices');
      assert.deepEqual([name, JSON.parse(kept).dossier.text], ['evenementen-melding-zaak.json', ours.text]);
      await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 900);
    } else await button(page, choice, '.leidraad-notices').last().click();
    if (choice.startsWith('Overnemen')) {
      // of the number both recorded something else
      await told(page, /Overgenomen\. Leg dit hier vast als nieuwe revisie[\s\S]*Hoeveel personen[\s\S]*900/);
      assert.deepEqual(await answers(page), { openbaar: true, aantal: 200, vuurwerk: true });
      await part(page);
      const remark = `Met antwoorden uit een dossier dat een eigen kant op ging; laatste hash daarvan: ${theirs.head}.`;
      assert.equal(await page.getByLabel('Opmerking bij deze revisie').inputValue(), remark);
      const [text] = await saved(page, /^Dossier opslaan$/);
      assert.deepEqual(hashes(text).slice(0, -1), hashes(ours.text));
      assert.equal(JSON.parse(text).revisions.at(-1).remark ?? JSON.stringify(JSON.parse(text).revisions.at(-1)).match(/Met antwoorden[^"]*/)?.[0], remark);
      assert.deepEqual(verified(text).findings, []);
      assert.equal(await page.getByLabel('Opmerking bij deze revisie').inputValue(), '', 'it is recorded once');
      // the other is still what it was, and can be opened again
      await bring(page, theirs.text);
      await told(page, /gelijk tot en met revisie 2\. [\s\S]*Eigen revisies hier: 2; in het bestand: 2/);
    } else assert.equal((await own(page)).dossier.text, expected.text);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test('another dossier altogether comes in the place of this one only when people say so', async () => {
  const other = await dossiers.create(rules, { authority: 'GM1729', case: 'Z-2', at, answers: { aantal: 900 } });
  for (const [taal, keep, message, close] of [['nl', 'Bewaren', /ander dossier dan het dossier dat hier open is/, 'Sluiten'], ['en', 'Keep', /another dossier than the one that is open here/, 'Close'], ['de', 'Aufbewahren', /anderes Dossier als das, das hier offen ist/, 'Schließen']]) {
    const page = await opened(start, { taal }, NARROW);
    await tab(page, keep);
    await bring(page, other.text);
    await told(page, message);
    await accessible(page, `${taal}: another dossier`);
    await button(page, close, '.leidraad-notices').last().click();
    assert.deepEqual(await answers(page), { openbaar: true, aantal: 150 });
    assert.equal((await own(page)).dossier.text, start.text);
    await page.context().close();
  }
});

test('a case file with a dossier in it: what was filled in there and not recorded comes with it; what was tampered with does not', async () => {
  const there = await opened(start);
  await fill(there, 175);
  const text = await there.evaluate(() => document.querySelector('leidraad-checklist').caseText);
  await there.context().close();
  const page = await opened(start);
  await bring(page, text.replace('Z-1', 'Z-7'));
  await told(page, /Het dossier in dit bestand is niet zoals het is vastgelegd/);
  assert.equal((await answers(page)).aantal, 150);
  await bring(page, text);
  await told(page, /dezelfde revisies\. Wat in het bestand is ingevuld en nog niet was vastgelegd, is overgenomen\./);
  assert.equal((await answers(page)).aantal, 175);
  assert.equal((await own(page)).dossier.text, start.text);
  await page.context().close();
});

test('two tabs that each recorded something: each keeps its dossier, and that of the other can be saved', async () => {
  const one = await opened(start);
  await tab(one, 'Bewaren');
  await button(one, 'Bewaren in deze browser').click();
  await one.waitForFunction(() => localStorage.length === 1);
  const theirs = await start.update({ openbaar: true, aantal: 150, vuurwerk: true }, { rules, at });
  const ours = await start.update({ openbaar: true, aantal: 150, tent: true }, { rules, at });
  await bring(one, ours.text);
  await told(one, /gaat verder/);
  // what another tab writes in the meantime, without an event here
  await one.evaluate((text) => {
    const [key] = Object.keys(localStorage);
    const saved = JSON.parse(localStorage.getItem(key));
    Object.assign(saved, { revision: saved.revision + 1, dossier: { ...saved.dossier, text } });
    localStorage.setItem(key, JSON.stringify(saved));
  }, theirs.text);
  await fill(one, 175);
  await told(one, /Een dossier met andere revisies\./);
  assert.equal((await own(one)).dossier.text, ours.text);
  const [text, name] = await saved(one, 'Dat dossier opslaan', '.leidraad-notices');
  assert.deepEqual([text, name], [theirs.text, 'evenementen-melding-dossier.json']);
  await one.context().close();
});
