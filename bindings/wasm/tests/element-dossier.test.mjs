// Dossier, report and calendar of `<leidraad-checklist>`: what it saves the command verifies, and what the command made it goes on with.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from 'leidraad';
import { load as loadDossiers } from 'leidraad/dossier';
import { FORBIDDEN, inChromium } from './browser.mjs';
import { NARROW, WIDE, accessible, answered, answers, bring, button, list, notices, part, saved, tab } from './checklist.mjs';
import { file, place, right, verified, written } from './command.mjs';

const chromium = inChromium();
const MELDING = { regels: 'evenementen/melding', gemeente: 'GM1729', wijze: 'taken' };

test('an official saves a dossier that the command verifies; the next time a revision is added', async () => {
  const page = await list(chromium, MELDING);
  const given = { openbaar: true, aantal: { value: 150, remark: 'Geteld.', evidence: ['mail 3'], by: 'A. de Vries', at: '2026-06-01' }, vuurwerk: null, soort: { one_of: ['optocht', 'anders'] },
    $deviations: { route: { value: 'vergunning', motivation: 'Te druk in deze straat.', by: 'A. de Vries', at: '2026-06-01' } } };
  await bring(page, JSON.stringify(given));
  await answered(page, 'soort');
  await part(page);
  assert.ok(!page.requests.some((url) => url.endsWith('dossier.wasm')), 'what makes dossiers is not there yet');
  await page.getByLabel('Wie legt dit vast?').fill('A. de Vries');
  await page.getByLabel('Opmerking bij deze revisie').fill('Eerste opname.');
  const [first, name] = await saved(page, /^Dossier opslaan$/);
  assert.equal(name, 'evenementen-melding-dossier.json');
  const found = verified(first);
  assert.deepEqual([found.findings, found.revisions], [[], 2]);
  const dossiers = await loadDossiers();
  const one = await dossiers.read(first);
  assert.deepEqual([one.answers, one.authority, one.case, one.opened], [given, 'GM1729', 'voorbeeld', '2026-06-01']);
  assert.match(right('dossier', 'show', 'zaak.json'), /A\. de Vries[\s\S]*opmerking: Eerste opname\./);
  await page.waitForSelector(`text=${found.head}`);

  // a changed answer, and one that is cleared
  await page.evaluate(() => document.querySelector('leidraad-checklist').ready);
  await tab(page, 'Controleren');
  await page.locator('.utrecht-data-list__item', { hasText: 'Is er vuurwerk' }).locator('button').click();
  await page.locator('.leidraad-block', { hasText: 'Is er vuurwerk' }).getByLabel('Ja', { exact: true }).check();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.vuurwerk === true || document.querySelector('leidraad-checklist').answers.vuurwerk?.value === true);
  await part(page);
  const [second] = await saved(page, /^Dossier opslaan$/);
  const [before, after] = [first, second].map((text) => JSON.parse(text).revisions);
  assert.deepEqual(after.slice(0, 2), before, 'nothing is overwritten');
  assert.deepEqual([verified(second, '--head', found.head).findings.map(({ what, weight }) => [what, weight]), after.length], [[['head', 'remark']], 3]);
  const [again] = await saved(page, /^Dossier opslaan$/);
  assert.equal(again, second, 'nothing differs, so nothing is recorded');

  // signed off by two
  await page.locator('.leidraad-view summary', { hasText: 'Dossier aftekenen' }).click();
  for (const who of ['', 'A. de Vries', 'B. Bakker']) {
    await page.getByLabel('Naam', { exact: true }).fill(who);
    await page.getByLabel('Rol', { exact: true }).fill('behandelaar');
    if (who) file('getekend.json', (await saved(page, 'Aftekenen en dossier opslaan'))[0]);
    else {
      await button(page, 'Aftekenen en dossier opslaan').click();
      await page.waitForSelector('text=Vul een naam in.');
    }
  }
  assert.match(right('dossier', 'show', 'getekend.json'), /Vier ogen op de huidige stand: ja/);
  assert.deepEqual(verified(written('getekend.json')).findings, []);

  // report and calendar are those of the command
  assert.equal((await saved(page, 'Rapport opslaan'))[0], right('report', 'getekend.json', '--format', 'html', '--on', '2026-06-01'));
  await button(page, 'Agenda-bestand opslaan').click();
  await page.waitForSelector('text=Er is geen stap open.');
  assert.equal(await page.evaluate(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented; }), false, 'it is kept in a file');
  assert.ok(page.requests.every((url) => url.startsWith(chromium.url) || url.startsWith('blob:')), 'nothing leaves the site');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a dossier of the command is opened, gone on with and verified; a report alone goes on with it, too', async () => {
  right('dossier', 'new', 'evenementen/melding', 'opdracht.json', '--authority', 'GM0994', '--case', 'Z-9');
  right('dossier', 'answer', 'opdracht.json', 'openbaar=ja', 'aantal=150', '--remark', 'Telefonisch nagevraagd.');
  right('dossier', 'answer', 'opdracht.json', 'vuurwerk=null');
  right('dossier', 'sign', 'opdracht.json', '--by', 'A. de Vries');
  // the page is of another municipality, in the way of citizens
  const page = await list(chromium, { ...MELDING, wijze: 'vragen', vandaag: '' });
  await tab(page, 'Bewaren');
  await page.setInputFiles('input[type=file]', place('opdracht.json'));
  await answered(page, 'aantal');
  assert.match(await notices(page), /klopt en is geopend\. Het valt onder de regels van .*Valkenburg/);
  assert.deepEqual(await answers(page), { openbaar: { value: 'ja', remark: 'Telefonisch nagevraagd.' }, aantal: { value: 150, remark: 'Telefonisch nagevraagd.' }, vuurwerk: null });
  assert.equal(await page.evaluate(() => document.querySelector('leidraad-checklist').assessment.authority), 'GM0994');
  await page.locator('.utrecht-data-list__item', { hasText: 'Hoeveel personen' }).locator('button').click();
  await page.fill('.leidraad-view input[type=text]', '175');
  await page.click('.leidraad-view [type=submit]');
  await page.waitForFunction(() => JSON.stringify(document.querySelector('leidraad-checklist').answers).includes('175'));
  await part(page);
  assert.match(await page.locator('.leidraad-view').innerText(), /Dossier met 4 revisies/);
  const [html] = await saved(page, 'Rapport opslaan');
  const [text] = await saved(page, /^Dossier opslaan$/);
  const [before, after] = [written('opdracht.json'), text].map((one) => JSON.parse(one).revisions);
  assert.deepEqual([after.slice(0, 4), after.length], [before, 5], 'the report recorded it, and saving adds no second one');
  assert.deepEqual(verified(text).findings, []);
  const day = new Date().toLocaleDateString('sv');
  assert.equal(html, right('report', 'zaak.json', '--format', 'html', '--on', day));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('who does a section and who finished it goes into the dossier, comes back, and shows later changes', async () => {
  const page = await list(chromium, MELDING);
  await bring(page, '{"openbaar":true,"aantal":150}');
  await answered(page, 'aantal');
  await tab(page, 'Taken');
  await page.locator('.leidraad-tasks button').first().click();
  const section = await page.locator('.leidraad-heading').innerText();
  await page.locator('.leidraad-sign input').first().fill('behandelaar');
  await page.locator('.leidraad-sign input').first().blur();
  await page.locator('.leidraad-sign summary').click();
  await page.locator('.leidraad-sign input').nth(1).fill('A. de Vries');
  await page.locator('.leidraad-sign input').nth(2).fill('behandelaar');
  await page.locator('.leidraad-sign button', { hasText: 'Aftekenen' }).click();
  await page.waitForSelector('text=Afgetekend door A. de Vries');
  await part(page);
  const [text] = await saved(page, /^Dossier opslaan$/);
  assert.deepEqual(verified(text).findings, []);
  const shown = right('dossier', 'show', 'zaak.json').replace(/\s+/g, ' ');
  assert.ok(shown.includes(`onderdeel «${section}»: toegewezen aan behandelaar, klaar volgens A. de Vries als behandelaar op 1 juni 2026`), shown);

  // the command changes an answer of that section, and one of no section of it
  const item = (await load().then((engine) => engine.open('evenementen/melding'))).questionnaire({ authority: 'GM1729' }).sections.find((one) => one.section === section).items[0].id;
  for (const [changed, expected] of [[false, /Afgetekend/], [true, /Gewijzigd na aftekenen/]]) {
    file('zaak.json', text);
    if (changed) right('dossier', 'answer', 'zaak.json', `${item}=null`);
    const other = await list(chromium, MELDING);
    await bring(other, written('zaak.json'));
    await answered(other, 'aantal');
    await tab(other, 'Taken');
    assert.match(await other.locator('.leidraad-tasks li').first().innerText(), expected);
    assert.match(await other.locator('.leidraad-tasks li').first().innerText(), /behandelaar/);
    await part(other);
    const [again] = await saved(other, /^Dossier opslaan$/);
    // the page says that it is an earlier day than the clock of the command
    assert.deepEqual([verified(again).findings.map(({ what, weight }) => [what, weight]), again === text, JSON.parse(again).revisions.length], [changed ? [['date', 'remark']] : [], !changed, changed ? 4 : 2]);
    await other.context().close();
  }
  await page.context().close();
});

test('kept in this browser, the case goes on with its dossier after a reload; another file lets go of it', async () => {
  const page = await list(chromium, MELDING);
  await bring(page, '{"aantal":150}');
  await answered(page, 'aantal');
  await part(page);
  await button(page, 'Bewaren in deze browser').click();
  await page.waitForFunction(() => localStorage.length === 1);
  await part(page);
  const [first] = await saved(page, /^Dossier opslaan$/);
  await page.reload();
  await page.waitForSelector('.leidraad-heading');
  await page.evaluate(() => document.querySelector('leidraad-checklist').ready);
  await part(page);
  assert.match(await page.locator('.leidraad-view').innerText(), /Dossier met 2 revisies/);
  assert.equal((await saved(page, /^Dossier opslaan$/))[0], first);
  // the case file has it, too
  const [text] = await saved(page, 'Zaakbestand opslaan');
  assert.equal(JSON.parse(text).dossier.text, first);
  const other = await list(chromium, MELDING);
  await bring(other, text);
  await answered(other, 'aantal');
  await part(other);
  assert.match(await other.locator('.leidraad-view').innerText(), /Dossier met 2 revisies/);
  await bring(other, '{"aantal":10}');
  await button(other, 'Vervangen', '.leidraad-notices').click();
  await other.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 10);
  await part(other);
  assert.match(await other.locator('.leidraad-view').innerText(), /nog geen dossier/);
  await page.context().close();
  await other.context().close();
});

test('what was tampered with, copies, other rules and what is no dossier are refused, and nothing is lost', async () => {
  const dossiers = await loadDossiers();
  const engine = await load();
  const dossier = await dossiers.create(await engine.open('evenementen/melding'), { authority: 'GM1729', answers: { aantal: { value: 150, remark: 'Geteld.' } } });
  const bibob = await dossiers.create(await engine.open('bibob/toets'), { authority: 'GM0994' });
  const damocles = await dossiers.create(await engine.open('damocles/maatregel'), { authority: 'GM0994' });
  const copy = await damocles.redact(['public']);
  const newer = JSON.parse((await engine.open('evenementen/melding')).bundle());
  newer[0].title = 'Een nieuwere versie';
  const old = await dossiers.create(newer, { authority: 'GM1729', answers: { aantal: 150 } });
  const page = await list(chromium, MELDING);
  await bring(page, '{"dagen":2}');
  await answered(page, 'dagen');
  for (const [text, message] of [
    [dossier.text.replace('Geteld.', 'Geraden.'), /niet zoals het is vastgelegd\. Het is niet geopend\.\s+Revisie 2: .*aantal/],
    [bibob.text, /hoort bij andere regels/],
    [old.text, /met andere regels dan die van deze pagina/],
    [dossier.text.replace('"leidraad_dossier":1', '"leidraad_dossier":2'), /geen dossier dat deze pagina kan lezen/],
    ['{"leidraad_dossier":1,"revisions":[]}', /geen dossier dat deze pagina kan lezen/],
  ]) {
    await bring(page, text);
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.leidraad-notices').innerText), message.source).catch(async () => assert.fail(`${message}: ${await notices(page)}`));
    assert.deepEqual(await answers(page), { dagen: 2 }, String(message));
    if (text === old.text) assert.match((await saved(page, 'Rapport van dat dossier opslaan', '.leidraad-notices'))[0], /Een nieuwere versie/, 'by the rules that it keeps');
    await page.locator('.leidraad-notices button', { hasText: 'Sluiten' }).first().click();
  }
  // a case that was kept, and rules that have changed since
  await bring(page, JSON.stringify({ leidraad_case: 1, rule_set: 'evenementen/melding', answers: { aantal: 160 }, dossier: { text: old.text, authority: 'GM1729', today: '2026-06-01' } }));
  await page.locator('.leidraad-notices button', { hasText: 'Vervangen' }).click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 160);
  await part(page);
  await button(page, /^Dossier opslaan$/).click();
  await page.waitForSelector('text=met andere regels dan die van deze pagina');
  // and one that anybody can have written
  for (const dossier of [{ text: 'x', authority: 5 }, { text: '{}', on: 'morgen' }, { text: 'x', authority: 'GM9999' }]) {
    await page.evaluate(() => document.querySelector('.leidraad-notices').replaceChildren());
    await bring(page, JSON.stringify({ leidraad_case: 1, rule_set: 'evenementen/melding', answers: { aantal: 1 }, dossier }));
    await page.waitForSelector('text=Het dossier in dit bestand is niet zoals het is vastgelegd');
  }
  assert.deepEqual(await answers(page), { aantal: 160 }, 'nothing was lost');
  await page.context().close();
  const other = await list(chromium, { regels: 'damocles/maatregel', gemeente: 'GM0994', wijze: 'taken' });
  await bring(other, copy.text);
  await other.waitForSelector('text=kopie van een dossier');
  await accessible(other, 'a copy is refused');
  // who may not see what is confidential gets a report without it
  await bring(other, damocles.text);
  await other.waitForSelector('text=klopt en is geopend');
  await part(other);
  await other.getByLabel('Voor wie is het?').selectOption('public');
  const [html, name] = await saved(other, 'Rapport opslaan');
  assert.equal(name, 'damocles-maatregel-rapport.html');
  file('damocles.json', damocles.text);
  assert.equal(html, right('report', 'damocles.json', '--format', 'html', '--on', '2026-06-01', '--reader', 'public'));
  const [ics, called] = await saved(other, 'Agenda-bestand opslaan');
  assert.deepEqual([ics, called], [right('report', 'damocles.json', '--format', 'ics', '--on', '2026-06-01', '--reader', 'public'), 'damocles-maatregel.ics']);
  await other.getByLabel('Voor wie is het?').selectOption('all');
  assert.equal((await saved(other, 'Rapport opslaan'))[0], right('report', 'damocles.json', '--format', 'html', '--on', '2026-06-01'));
  assert.deepEqual(other.problems, []);
  await other.context().close();
});

test('two tabs at one case: the dossier that one saves is gone on with by the other', async () => {
  const one = await list(chromium, MELDING);
  await bring(one, '{"aantal":150}');
  await answered(one, 'aantal');
  await tab(one, 'Bewaren');
  await button(one, 'Bewaren in deze browser').click();
  await one.waitForFunction(() => localStorage.length === 1);
  const two = await one.context().newPage();
  await two.goto(one.url());
  await two.waitForSelector('.leidraad-heading');
  await part(one);
  const [first] = await saved(one, /^Dossier opslaan$/);
  await two.waitForFunction((text) => JSON.parse(document.querySelector('leidraad-checklist').caseText).dossier?.text === text, first);
  await bring(two, '{"aantal":175}');
  await two.locator('.leidraad-notices button', { hasText: 'Vervangen' }).click();
  await two.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 175);
  // answers alone are another case: it begins a dossier of its own, and does not pretend to go on with that of the other
  await part(two);
  assert.match(await two.locator('.leidraad-view').innerText(), /nog geen dossier/);
  await bring(two, first);
  await two.locator('.leidraad-notices button', { hasText: 'Vervangen' }).click();
  await two.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 150);
  await one.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 150);
  await tab(two, 'Controleren');
  await two.locator('.utrecht-data-list__item', { hasText: 'Hoeveel personen' }).locator('button').click();
  await two.locator('.leidraad-block', { hasText: 'Hoeveel personen' }).locator('input[type=text]').first().fill('200');
  await two.locator('.leidraad-block', { hasText: 'Hoeveel personen' }).locator('input[type=text]').first().blur();
  await one.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 200);
  await part(one);
  const [second] = await saved(one, /^Dossier opslaan$/);
  assert.deepEqual(JSON.parse(second).revisions.slice(0, 2), JSON.parse(first).revisions);
  assert.deepEqual([verified(second).findings, verified(second).revisions], [[], 3]);
  assert.deepEqual([...one.problems], []);
  await one.context().close();
});

test('hostile texts in a dossier stay texts, on the page and in what it saves', async () => {
  const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
  const rules = await (await load()).open('evenementen/melding');
  const [{ section }] = rules.questionnaire({ authority: 'GM1729' }).sections;
  const dossier = await (await loadDossiers()).create(rules, { authority: 'GM1729', case: evil, by: evil, remark: evil, answers: { aantal: { value: 150, remark: evil, by: evil } }, sections: [{ section, assigned: evil, ready: { by: evil, role: evil, at: '2026-06-01', changed: false } }] });
  const page = await list(chromium, MELDING);
  await bring(page, dossier.text);
  await answered(page, 'aantal');
  assert.ok((await page.locator('.leidraad-view').innerText()).includes(`Afgetekend door ${evil}`));
  await tab(page, 'Taken');
  assert.ok((await page.locator('.leidraad-tasks').innerText()).includes(evil));
  await part(page);
  const [html] = await saved(page, 'Rapport opslaan');
  assert.doesNotMatch(html, /<img|<script/);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator('leidraad-checklist img, leidraad-checklist script').count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('where the page forbids WebAssembly it is made in the worker', async () => {
  const page = await list(chromium, { ...MELDING, csp: 'strict' });
  await bring(page, '{"aantal":150}');
  await answered(page, 'aantal');
  await part(page);
  const [text] = await saved(page, /^Dossier opslaan$/);
  assert.deepEqual([verified(text).findings, verified(text).revisions], [[], 2]);
  await bring(page, text.replace('"answer":150', '"answer":950'));
  await page.waitForSelector('text=niet zoals het is vastgelegd');
  assert.equal(page.problems.filter((problem) => FORBIDDEN.test(problem) && !/worker/i.test(problem)).length, 0, page.problems.join('\n'));
  await page.context().close();
});

test('offline it says that it cannot, and goes on when the network is back', async () => {
  const page = await list(chromium, MELDING);
  await bring(page, '{"aantal":150}');
  await answered(page, 'aantal');
  await part(page);
  await page.context().setOffline(true);
  await button(page, /^Dossier opslaan$/).click();
  await page.waitForSelector('.leidraad-notices .utrecht-alert--error');
  await page.context().setOffline(false);
  const [text] = await saved(page, /^Dossier opslaan$/);
  assert.equal(verified(text).revisions, 2);
  await page.context().close();
});

test('without violations in every state, wide and narrow, in each language', async () => {
  for (const [taal, tabName, context] of [['nl', 'Bewaren', WIDE], ['en', 'Keep', NARROW], ['de', 'Aufbewahren', NARROW]]) {
    const page = await list(chromium, { regels: 'damocles/maatregel', gemeente: 'GM0994', wijze: 'taken', taal }, context);
    await bring(page, '{"object":"woning"}');
    await answered(page, 'object');
    await part(page, tabName);
    await page.locator('.leidraad-view details details summary').click();
    await accessible(page, `${taal}: opened`);
    await page.locator('.leidraad-view details details button').click();
    await page.waitForSelector('.leidraad-view details details .utrecht-form-field-error-message:not(:empty)');
    assert.ok(await page.evaluate(() => document.activeElement.matches('input')), 'the focus is at the name');
    await accessible(page, `${taal}: no name`);
    await Promise.all([page.waitForEvent('download'), page.locator('.leidraad-view details .utrecht-button--primary-action').click()]);
    await page.waitForFunction(() => /sha256/.test(document.querySelector('.leidraad-view details [role=status]')?.innerText));
    await accessible(page, `${taal}: saved`);
    await bring(page, '{"leidraad_dossier":1,"revisions":[]}');
    await page.waitForSelector('.leidraad-notices .utrecht-alert--error');
    await accessible(page, `${taal}: refused`);
    await page.context().close();
  }
});

test('with keys only: opened, filled in and saved', async () => {
  const page = await list(chromium, MELDING);
  await bring(page, '{"aantal":150}');
  await answered(page, 'aantal');
  await tab(page, 'Bewaren');
  const press = async (until) => {
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(until)) return;
    }
    assert.fail(`keys come to it: ${until}`);
  };
  await press(() => /^Dossier, rapport/.test(document.activeElement.innerText));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.leidraad-view details[open] .utrecht-button-group');
  await press(() => document.activeElement.labels?.[0]?.innerText === 'Wie legt dit vast?');
  await page.keyboard.type('A. de Vries');
  await press(() => document.activeElement.innerText === 'Dossier opslaan');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.deepEqual(verified(text).findings, []);
  assert.match(text, /"by":"A\. de Vries"/);
  await page.waitForFunction(() => document.activeElement.innerText === 'Dossier opslaan');
  await page.context().close();
});
