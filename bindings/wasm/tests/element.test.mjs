// `<leidraad-checklist>` in Chromium: filled in from begin to end, by citizens and by officials.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalog, load } from 'leidraad';
import { inChromium } from './browser.mjs';
import { WIDE, answered, answers, assessment, byKeys, heading, list, tab } from './checklist.mjs';

const chromium = inChromium();
const MELDING = { regels: 'evenementen/melding', gemeente: 'GM1729' };

/** A street party that Gulpen-Wittem wants to hear of. */
const PARTY = [
  [/^Is het een van deze bijeenkomsten/, 'Geen van deze'], [/evenement openbaar/, 'Ja'], [/Wat voor evenement/, 'Straatfeest of buurtbarbecue'], [/Hoeveel personen/, '150'], [/hoeveel dagen/, '1'],
  [/Op welke dag/, '4-7-2026'], [/feestdag/, 'Nee'], [/beginnen de activiteiten/, '14:00'], [/eindigen de activiteiten/, '22.00'], [/na middernacht/, 'Nee'], [/muziek of een andere geluidsbron/, 'Geen muziek en geen andere geluidsbron'],
  [/verkeer/, 'Niets:'], [/Hoeveel objecten/, '2'], [/vierkante meter/, '8,5'], [/tent\?/, 'Nee'], [/podium\?/, 'Nee'], [/vuurwerk/, 'Nee'],
];
const party = (question, options, type) => {
  const [, answer] = PARTY.find(([test]) => test.test(question)) ?? assert.fail(`no answer to ${question}`);
  return type === 'radio' ? options.findIndex((text) => text.startsWith(answer)) : answer;
};

test('a citizen completes the checklist with the keyboard, and the outcome is that of the engine', async () => {
  const page = await list(chromium, MELDING, WIDE);
  const asked = [];
  while ((await heading(page)) !== 'Controleren') {
    asked.push(await heading(page));
    assert.equal((await assessment(page)).next, await page.evaluate(() => { const { name, id } = document.querySelector('.leidraad-view input'); return (name || id).replace(/^leidraad-\d+-/, '').replace(/_95_/g, '_'); }), 'the best next question is asked');
    await byKeys(page, party);
    assert.ok(asked.length < 25);
  }
  assert.equal(new Set(asked).size, asked.length, 'no question twice');
  assert.match(await page.locator('.leidraad-outcomes').innerText(), /Vrij, melding of vergunning\s+Melding/);
  const rules = await (await load()).open('evenementen/melding');
  const given = await answers(page);
  assert.deepEqual(given.eind_tijd, '22:00');
  assert.deepEqual(await assessment(page), rules.evaluate(given, { authority: 'GM1729', today: '2026-06-01' }));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a wrong answer: a summary with a link, the message at the field, and what to do', async () => {
  const page = await list(chromium, MELDING);
  await page.click('.leidraad-view [type=submit]');
  await page.waitForSelector('.leidraad-view .utrecht-alert--error');
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Controleer uw antwoord');
  assert.match(await page.locator('.utrecht-form-field-error-message').innerText(), /^Geef een antwoord/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'radio');
  const described = await page.evaluate(() => document.activeElement.closest('fieldset').getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).innerText).join(' '));
  assert.match(described, /Geef een antwoord/);

  // to a question about a number, from what decides
  await page.locator('.leidraad-summary summary', { hasText: 'Wat dit nog beslist' }).click();
  await page.locator('.leidraad-summary button', { hasText: 'Hoeveel personen' }).click();
  const attempt = async (text) => {
    await page.fill('.leidraad-view input[type=text]', text);
    await page.click('.leidraad-view [type=submit]');
    await page.waitForFunction(() => document.activeElement.innerText === 'Controleer uw antwoord');
    return page.locator('.utrecht-form-field-error-message').innerText();
  };
  assert.match(await attempt('heel veel'), /^Vul een heel getal in/);
  assert.match(await attempt('1.5'), /^Vul een heel getal in/);
  assert.match(await attempt('9000000'), /van 0 tot en met 1\.000\.000\.$/);
  assert.equal(await page.getAttribute('.leidraad-view input[type=text]', 'aria-invalid'), 'true');
  assert.deepEqual(await answers(page), {}, 'what is wrong is not taken');
  await page.check('.leidraad-view input[type=checkbox]');
  assert.match(await attempt('150'), /niet allebei/);
  await page.fill('.leidraad-view input[type=text]', '');
  await page.click('.leidraad-view [type=submit]');
  await answered(page, 'aantal');
  assert.deepEqual(await answers(page), { aantal: null }, 'asked, and nobody knows');
  await page.context().close();
});

test('back, change from the check, and what nobody knows', async () => {
  const page = await list(chromium, MELDING);
  await byKeys(page, party);
  const second = await heading(page);
  await page.locator('.leidraad-view button', { hasText: 'Vorige' }).click();
  assert.match(await heading(page), /bijeenkomsten/);
  assert.ok(await page.isChecked('.leidraad-view input >> nth=0'), 'the answer is still there');
  await page.click('.leidraad-view [type=submit]');
  await page.waitForFunction((title) => document.querySelector('.leidraad-heading').innerText === title, second);
  await tab(page, 'Controleren');
  await page.locator('.leidraad-view button', { hasText: /^Wijzigen/ }).click();
  await page.check('.leidraad-view input >> nth=1');
  await page.locator('.leidraad-view [type=submit]', { hasText: 'Opslaan en terug' }).click();
  await page.waitForFunction(() => document.querySelector('.leidraad-heading').innerText === 'Controleren');
  assert.equal((await answers(page)).uitzondering, 'bioscoop');

  await page.evaluate(() => document.querySelector('leidraad-checklist').load(JSON.stringify(Object.fromEntries(['openbaar', 'uitzondering', 'soort', 'aantal'].map((id) => [id, null])))));
  await page.locator('.leidraad-notices button', { hasText: 'Vervangen' }).click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === null);
  assert.match(await page.locator('.leidraad-summary').innerText(), /Nog open[\s\S]*Beste volgende vraag/);
  const { progress } = await assessment(page);
  assert.equal(await page.evaluate(() => document.querySelector('progress').max), progress.answered + progress.open + progress.may_become_relevant);
  await page.context().close();
});

for (const { id } of catalog) {
  test(`${id}: completed with the keyboard`, async () => {
    const rules = await (await load()).open(id);
    // a day on which every rule set has rules
    const page = await list(chromium, { regels: id, vandaag: '2027-03-01', ...(rules.authorities[0] ? { gemeente: rules.authorities[0] } : {}) }, WIDE);
    let count = 0;
    while ((await heading(page)) !== 'Controleren') {
      await byKeys(page, (question, options, type, help) => {
        // "niet van toepassing" also asks for a reason
        const last = options.findLastIndex((label) => !/niet van toepassing/i.test(label));
        if (type === 'radio') return count % 3 === 2 ? last : 0;
        if (type === 'checkbox' || type.startsWith('select')) return 0;
        return /4-7-2026/.test(help) ? '4-7-2026' : /14:30/.test(help) ? '14:30' : '2';
      });
      count += 1;
      assert.ok(count < 400);
    }
    const found = await assessment(page);
    assert.equal(found.next, null);
    assert.deepEqual(found, rules.evaluate(await answers(page), { authority: rules.authorities[0], today: '2027-03-01' }));
    console.log(`${id}: ${count} questions`);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test('an official: notes, roles, sign-off that shows later changes, deviation and steps', async () => {
  const page = await list(chromium, { regels: 'evenementen/behandeling', gemeente: 'GM0000', wijze: 'taken', vandaag: '2027-03-01' }, WIDE);
  await page.fill('.leidraad-view input', 'J. Jansen, vergunningen');
  await page.locator('.leidraad-tasks button', { hasText: 'Het evenement' }).click();
  const block = (text) => page.locator('.leidraad-block', { hasText: text });
  await block('Wat is er nodig?').locator('label', { hasText: 'Vergunning' }).first().click();
  await answered(page, 'route');
  await block('Op welke dag').locator('input[type=text]').fill('10-7-2027');
  await block('Op welke dag').locator('input[type=text]').blur();
  await answered(page, 'datum_start');
  const first = (await answers(page)).route;
  assert.deepEqual(first, { value: 'vergunning', by: 'J. Jansen, vergunningen', at: '2027-03-01' });

  await block('Wat is er nodig?').locator('summary', { hasText: 'Opmerking en bewijs' }).click();
  await block('Wat is er nodig?').locator('textarea').nth(0).fill('Volgt uit evenementen/melding.');
  await block('Wat is er nodig?').locator('textarea').nth(1).fill('zaak 12, stuk 3\n\nmail van 1 maart');
  await block('Wat is er nodig?').locator('textarea').nth(1).blur();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.route.evidence?.length === 2);
  assert.equal((await answers(page)).route.remark, 'Volgt uit evenementen/melding.');

  await page.locator('.leidraad-sign summary', { hasText: 'Aftekenen' }).click();
  await page.locator('.leidraad-sign button', { hasText: 'Aftekenen' }).click();
  await page.waitForSelector('text=Afgetekend door J. Jansen');
  await block('Op welke dag').locator('input[type=text]').fill('11-7-2027');
  await block('Op welke dag').locator('input[type=text]').blur();
  await page.waitForSelector('.leidraad-view > p .utrecht-status-badge--warning');
  assert.match(await page.locator('.leidraad-view > p .utrecht-status-badge').innerText(), /Gewijzigd na aftekenen/);

  await page.evaluate(() => { document.querySelector('leidraad-checklist').setAttribute('heading-level', '2'); });
  await tab(page, 'Waarom');
  const why = page.locator('.leidraad-view > details', { hasText: 'Behandelklasse' });
  await why.locator('summary', { hasText: 'Afwijken van deze uitkomst' }).click();
  await why.locator('button', { hasText: 'Vastleggen' }).click();
  assert.match(await why.locator('[role=alert]').innerText(), /Kies wat u beslist/);
  await why.locator('select').selectOption({ label: 'Aandacht (B)' });
  await why.locator('textarea').fill('Advies van de politie.');
  await why.locator('button', { hasText: 'Vastleggen' }).click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.$deviations);
  assert.deepEqual((await answers(page)).$deviations, { klasse: { value: 'B', motivation: 'Advies van de politie.', by: 'J. Jansen, vergunningen', at: '2027-03-01' } });

  await tab(page, 'Stappen');
  const step = page.locator('.leidraad-steps > li', { hasText: 'Uiterlijk' }).first();
  assert.match(await step.innerText(), /Uiterlijk \d+ \w+ 2027/);
  await step.locator('summary', { hasText: 'Bijhouden' }).click();
  await step.locator('input').first().fill('1-2-2027');
  await step.locator('button', { hasText: 'Vastleggen' }).click();
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.$steps);
  assert.equal(Object.values((await answers(page)).$steps)[0].done, '2027-02-01');

  await tab(page, 'Controleren');
  const report = await page.locator('.leidraad-view').innerText();
  for (const text of ['Volgt uit evenementen/melding.', 'zaak 12, stuk 3; mail van 1 maart', 'Advies van de politie.', 'Gewijzigd na aftekenen']) assert.ok(report.includes(text), text);

  // the answers file is what the command reads, and it comes to the same
  await tab(page, 'Bewaren');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('button', { hasText: 'Antwoordenbestand' }).click()]);
  const file = await download.path();
  const shown = await assessment(page);
  const given = ['evaluate', 'evenementen/behandeling', '--authority', 'GM0000', '--answers', file, '--format', 'json'];
  const text = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(text, await answers(page));
  const { decisions, on } = JSON.parse(command(given));
  assert.deepEqual(decisions, shown.decisions);
  assert.equal(on, shown.on);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

/** The command line: `npm test` has built it. */
function command(args) {
  const own = process.env.LEIDRAAD ?? assert.fail('LEIDRAAD must be the path of the command; npm test sets it');
  return execFileSync(own, args, { encoding: 'utf8' });
}

test('not applicable needs a reason, and an answer can be cleared', async () => {
  const page = await list(chromium, { regels: 'limburgse-norm/zelfevaluatie', wijze: 'taken' });
  await page.locator('.leidraad-tasks button', { hasText: 'Bewustwording en organisatie' }).click();
  const block = page.locator('.leidraad-block', { has: page.locator('label', { hasText: 'Niet van toepassing' }) }).first();
  await block.locator('label', { hasText: /^Niet van toepassing/ }).click();
  await block.locator('.utrecht-form-field-error-message', { hasText: 'Schrijf op waarom' }).waitFor();
  assert.deepEqual(await answers(page), {});
  await block.locator('input[type=text]').first().fill('Er is geen buitendienst.');
  await block.locator('input[type=text]').first().blur();
  await page.waitForFunction(() => Object.keys(document.querySelector('leidraad-checklist').answers).length === 1);
  assert.deepEqual(Object.values(await answers(page))[0], { not_applicable: 'Er is geen buitendienst.' });
  await block.locator('button', { hasText: 'Antwoord wissen' }).click();
  await page.waitForFunction(() => Object.keys(document.querySelector('leidraad-checklist').answers).length === 0);
  await page.context().close();
});

test('the same answers in another municipality, and what differs', async () => {
  const page = await list(chromium, { ...MELDING, gemeente: 'GM0994' });
  await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"openbaar":true,"uitzondering":"geen","soort":"straatfeest","aantal":150,"dagen":1,"datum_start":"2026-07-04"}'));
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 150);
  await tab(page, 'Vergelijken');
  await page.selectOption('.leidraad-view select', 'GM1729');
  await page.waitForSelector('.leidraad-view table');
  const rules = await (await load()).open('evenementen/melding');
  const [here, there] = ['GM0994', 'GM1729'].map((authority) => rules.evaluate(JSON.parse('{"openbaar":true,"uitzondering":"geen","soort":"straatfeest","aantal":150,"dagen":1,"datum_start":"2026-07-04"}'), { authority, today: '2026-06-01' }).decisions.route);
  const cells = await page.locator('.leidraad-view tbody td').allInnerTexts();
  const words = { determined: { vrij: 'Vrij', melding: 'Melding', vergunning: 'Vergunning' } };
  for (const [n, outcome] of [here, there].entries()) assert.ok(cells[n].startsWith(outcome.status === 'open' ? 'Nog open' : outcome.status === 'determined' ? words.determined[outcome.value] : 'niet geregeld'), `${cells[n]} is ${JSON.stringify(outcome)}`);
  await page.context().close();
});

test('why: reasons with links, and what would change it', async () => {
  const page = await list(chromium, MELDING);
  await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"openbaar":true,"uitzondering":"geen","soort":"toertocht","voertuigen":150,"aantal":500}'));
  await page.waitForFunction(() => document.querySelector('leidraad-checklist').answers.aantal === 500);
  await tab(page, 'Waarom');
  await page.waitForSelector('.leidraad-reason');
  const text = await page.locator('.leidraad-view').innerText();
  for (const part of ['Op grond van deze antwoorden', 'Regels die gelden', 'Dit zou de uitkomst veranderen', 'Vergunning']) assert.ok(text.includes(part), part);
  const link = page.locator('.leidraad-reason a').first();
  assert.match(await link.getAttribute('href'), /^https:/);
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  assert.match(await link.innerText(), /opent in een nieuw tabblad/);
  await page.context().close();
});

test('why: a row without conditions holds always, or in all other cases; a score has no row', async () => {
  const rules = { leidraad: 1, id: 'proef/waarom', title: 'Proef', sources: { s: { kind: 'example', title: 'Voorbeeld' } },
    questions: [{ section: 'Feiten', items: [
      { id: 'x', ask: 'Is het zo?', type: 'boolean', sources: ['s'] },
      { id: 'soort', ask: 'Wat is het?', type: 'choice', options: { p: { label: 'Pee', points: 3 }, q: { label: 'Kuu', points: 4 } }, sources: ['s'] },
    ] }],
    decisions: {
      middelen: { title: 'Middelen', outcome: true, hit: 'collect', outputs: { middel: { options: { a: { label: 'Alfa' }, b: { label: 'Beta' } } } }, table: ['x  || middel || bron', '-  || a || s', 'ja || b || s'] },
      route: { title: 'Route', outcome: true, hit: 'first', outputs: { route: { options: { c: { label: 'Gamma' }, d: { label: 'Delta' } } } }, table: ['x   || route || bron', 'nee || c || s', '-   || d || s'] },
      punten: { title: 'Punten', outcome: true, points: ['soort'], sources: ['s'] },
    } };
  for (const [lang, why, always, otherwise] of [['nl', 'Waarom', 'altijd', 'in alle andere gevallen'], ['en', 'Why', 'always', 'in all other cases'], ['de', 'Warum', 'immer', 'in allen anderen Fällen']]) {
    const page = await chromium.html(`<main><h1>Proef</h1><leidraad-checklist lang="${lang}"></leidraad-checklist></main>`);
    await page.evaluate(async (rules) => {
      const [{ load }] = await Promise.all([import('/dist/web.js'), import('/dist/checklist.js')]);
      document.querySelector('leidraad-checklist').ruleSet = (await load()).ruleSet(rules);
    }, rules);
    await page.waitForSelector('.leidraad-heading');
    await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"x":true,"soort":"q"}'));
    await answered(page, 'soort');
    await tab(page, why);
    await page.evaluate(() => document.querySelectorAll('.leidraad-view > details').forEach((one) => (one.open = true)));
    await page.waitForFunction(() => document.querySelectorAll('.leidraad-reason').length === 3);
    const [middelen, route, punten] = await page.locator('.leidraad-reason').allInnerTexts();
    assert.match(middelen, new RegExp(`^${always} → Alfa$`, 'm'));
    assert.match(middelen, /^Is het zo\? Ja → Beta$/m);
    assert.match(route, new RegExp(`^${otherwise} → Delta$`, 'm'));
    assert.match(punten, /^4$/m);
    assert.doesNotMatch(punten, new RegExp(`${always}|${otherwise}`));
    await page.context().close();
  }
});

test('an outcome has its words also where its rules go by another day than those of the rest', async () => {
  // as in the cases of `damocles/maatregel`: months until the end of 2025 and weeks after it, by the day of the decision
  const given = { gevonden_op: '2025-03-01', object: 'woning', bewoond: true, beroepsuitoefening: false, in_dit_deel: true, middel: 'planten', planten: 10, eigen_gebruik: false, andere_handelsfeiten: false, voor_harddrugs: false, voor_lijst_ia: false, voor_softdrugs: false, grondslag: 'softdrugs', ernstig_geval: false, overtredingen: [{ gebeurtenis: 'vondst', dag: '2024-02-01', zelfde_adres: true, zelfde_persoon: true }] };
  const page = await list(chromium, { regels: 'damocles/maatregel', gemeente: 'GM0000' });
  for (const [day, words] of [['2025-05-01', 'Duur: 3, Eenheid: maanden'], ['2026-01-01', 'Duur: 20, Eenheid: weken'], ['2025-05-01', 'Duur: 3, Eenheid: maanden']]) {
    await page.evaluate((text) => document.querySelector('leidraad-checklist').load(text), JSON.stringify({ ...given, besluit_op: day }));
    const replace = page.locator('.leidraad-notices button', { hasText: 'Vervangen' });
    if (await replace.count()) await replace.click();
    await page.waitForFunction((day) => document.querySelector('leidraad-checklist').answers.besluit_op === day, day);
    await page.waitForFunction((words) => document.querySelector('.leidraad-view').innerText.includes(`Maatregel: Sluiten voor een bepaalde tijd, ${words}`), words);
  }
  await page.context().close();
});
