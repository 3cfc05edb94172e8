// `<leidraad-checklist>` for everybody: axe-core in every state, keys, focus, languages, small screens, large text, print, policies.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalog, load } from 'leidraad';
import { FORBIDDEN, inChromium } from './browser.mjs';
import { NARROW, WIDE, accessible, answered, assessment, list, tab } from './checklist.mjs';

const chromium = inChromium();
const MELDING = { regels: 'evenementen/melding', gemeente: 'GM1729' };

for (const [name, context] of [['wide and light', WIDE], ['320 px and dark', NARROW]]) {
  test(`every state of a citizen’s checklist: ${name}`, async () => {
    const page = await list(chromium, MELDING, context);
    await accessible(page, 'a question');
    await page.click('.leidraad-summary summary');
    await page.click('.leidraad-view summary');
    await accessible(page, 'opened');
    await page.click('.leidraad-view [type=submit]');
    await page.waitForSelector('.leidraad-view form .utrecht-alert--error');
    await accessible(page, 'an error');
    await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"openbaar":true,"uitzondering":"geen","soort":"toertocht","voertuigen":150,"aantal":500}'));
    await answered(page, 'aantal');
    await accessible(page, 'the check of a settled outcome');
    await page.locator('.leidraad-view button', { hasText: 'Beantwoorden' }).first().click();
    await page.waitForSelector('.leidraad-view form');
    await accessible(page, 'a question after that');
    await tab(page, 'Waarom');
    await page.waitForSelector('.leidraad-reason');
    for (let n = 0; n < 12; n += 1) await page.evaluate(() => [...document.querySelectorAll('.leidraad-view details:not([open])')].slice(0, 6).forEach((one) => (one.open = true)));
    await page.waitForTimeout(200);
    await accessible(page, 'why');
    await tab(page, 'Vergelijken');
    await page.selectOption('.leidraad-view select', 'GM0994');
    await page.waitForSelector('.leidraad-view table');
    await accessible(page, 'compared');
    await tab(page, 'Bewaren');
    await page.locator('button', { hasText: 'Opnieuw beginnen' }).click();
    await accessible(page, 'keep, with a question');
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test(`every state of an official’s checklist: ${name}`, async () => {
    const page = await list(chromium, { regels: 'evenementen/behandeling', gemeente: 'GM0000', wijze: 'taken', vandaag: '2027-03-01' }, context);
    await accessible(page, 'tasks');
    await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"datum_start":"2027-07-10","route":{"value":"vergunning","by":"J. Jansen","at":"2027-03-01","remark":"x","evidence":["a"]},"klasse_scan":null,"ontvangen_op":"2027-02-01","$steps":{"indienen":{"done":"2027-06-01"}},"$deviations":{"klasse":{"value":"B","motivation":"Daarom."}}}'));
    await answered(page, 'route');
    await accessible(page, 'report');
    for (const name of ['Waarom', 'Stappen', 'Bewaren']) {
      await tab(page, name);
      await page.evaluate(() => document.querySelectorAll('.leidraad-view details').forEach((one) => (one.open = true)));
      await page.waitForTimeout(200);
      await accessible(page, name);
    }
    await tab(page, 'Taken');
    await page.locator('.leidraad-tasks button').first().click();
    await page.evaluate(() => document.querySelectorAll('leidraad-checklist details').forEach((one) => (one.open = true)));
    await page.locator('.leidraad-sign button', { hasText: 'Aftekenen' }).click();
    await accessible(page, 'a section, opened, with an error');
    await page.locator('.leidraad-block input[type=text]').first().fill('31-2-2027');
    await page.locator('.leidraad-block input[type=text]').first().blur();
    await page.waitForSelector('.utrecht-form-field--invalid');
    await accessible(page, 'a section with a wrong answer');
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test('every rule set, both ways: the first page, the check of the answers, and why', async () => {
  for (const { id } of catalog) {
    for (const wijze of ['vragen', 'taken']) {
      const rules = await (await load()).open(id);
      const page = await list(chromium, { regels: id, wijze, vandaag: '2027-03-01', ...(rules.authorities[0] ? { gemeente: rules.authorities[0] } : {}) }, wijze === 'taken' ? NARROW : WIDE);
      await page.evaluate(() => document.querySelectorAll('.leidraad-side details').forEach((one) => (one.open = true)));
      await accessible(page, `${id} ${wijze}`);
      await tab(page, 'Controleren');
      await accessible(page, `${id} ${wijze}: check`);
      assert.deepEqual(page.problems, []);
      await page.context().close();
    }
  }
});

test('the catalogue has every rule set in both ways', async () => {
  const page = await chromium.open('/', NARROW);
  await page.waitForSelector('.kaarten a');
  await accessible(page, 'catalogue');
  assert.equal(await page.locator('.kaarten a').count(), 2 * catalog.length);
  await page.context().close();
});

test('every stop of the Tab key is seen, in the order of the page, and nothing lies over it', async () => {
  for (const [query, context] of [[MELDING, WIDE], [{ ...MELDING, wijze: 'taken' }, { viewport: { width: 1280, height: 500 } }], [MELDING, NARROW]]) {
    const page = await list(chromium, query, context);
    if (query.wijze) {
      await page.locator('.leidraad-tasks button', { hasText: 'Dag en tijd' }).click();
      await page.locator('.leidraad-summary summary').first().click();
      // what it opens comes with an event of its own, and would push the stops below it out of sight
      await page.waitForSelector('.leidraad-summary details[open] > :nth-child(2)');
    }
    await page.evaluate(() => document.querySelector('header a').focus());
    const seen = [];
    for (let n = 0; n < 80; n += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const own = document.activeElement;
        if (own === document.body) return undefined;
        const box = own.getBoundingClientRect();
        const [x, y] = [Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1), box.top + box.height / 2];
        const top = document.elementFromPoint(x, y);
        const style = getComputedStyle(own);
        const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
        return { text: own.innerText || own.id, at: all.indexOf(own), inside: own.closest('leidraad-checklist') !== null, seen: Boolean(top) && (own.contains(top) || top.contains(own) || own.labels?.[0]?.contains(top)), outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, height: box.height, width: box.width, type: own.type };
      });
      if (!stop || stop.at < (seen.at(-1)?.at ?? -1)) break;
      seen.push(stop);
      assert.ok(stop.seen, `${stop.text} is in sight`);
      assert.ok(stop.outline, `${stop.text} has an outline`);
      if (stop.inside) assert.ok(stop.height >= 24 && stop.width >= 24, `${stop.text} is ${stop.width} × ${stop.height}`);
    }
    assert.ok(seen.length > 8, `${seen.length} stops`);
    await page.context().close();
  }
});

test('the focus goes where people go on, and what changed is announced', async () => {
  const page = await list(chromium, MELDING);
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true, 'loading takes no focus');
  await page.check('.leidraad-view input >> nth=1');
  await page.click('.leidraad-view [type=submit]');
  // a film is no event, whatever else is known
  await page.waitForFunction(() => document.activeElement.innerText === 'Controleren');
  assert.match(await page.locator('.leidraad-root > [role=status]').innerText(), /Vrij, melding of vergunning: Geen evenement/);
  const levels = await page.evaluate(() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => Number(one.tagName[1])));
  assert.ok(levels.every((level, n) => n === 0 || level <= levels[n - 1] + 1), levels.join());
  await page.context().close();
});

test('Dutch rules in an English or German interface say that they are Dutch', async () => {
  for (const [taal, review, why] of [['en', 'Check answers', 'Why'], ['de', 'Prüfen', 'Warum']]) {
    for (const wijze of ['vragen', 'taken']) {
      const page = await list(chromium, { ...MELDING, taal, wijze }, NARROW);
      await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"openbaar":true,"uitzondering":"bioscoop","soort":"anders"}'));
      await answered(page, 'soort');
      await page.evaluate(() => { window.hit = true; });
      await tab(page, review);
      await accessible(page, `${taal} check`);
      /** Where a text stands in a part of another language than its own. */
      const wrong = () => page.evaluate(() => {
        const dutch = /(evenement|vergunning|Bioscoop|gemeente|Openbaar)/i;
        const walker = document.createTreeWalker(document.querySelector('.leidraad-root'), NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
          const { parentElement: own, data } = walker.currentNode;
          if (dutch.test(data) !== (own.closest('[lang]').lang === 'nl') && (dutch.test(data) || /open|offen|not |nicht |answer|Antwort/i.test(data))) found.push(data);
        }
        return found;
      });
      assert.deepEqual(await wrong(), [], `${taal} check`);
      assert.equal(await page.getAttribute('.leidraad-root', 'lang'), taal);
      await tab(page, why);
      await page.waitForSelector('.leidraad-reason');
      assert.deepEqual(await wrong(), [], `${taal} why`);
      await page.context().close();
    }
  }
});

test('at 200 % text and at 400 % zoom nothing is lost', async () => {
  const page = await list(chromium, MELDING, { viewport: { width: 1280, height: 900 } });
  await page.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% } body { font-size: 2rem }'); document.adoptedStyleSheets = [sheet]; });
  await accessible(page, '200 % text');
  await page.context().close();
});

test('with more space in the text nothing is lost', async () => {
  for (const query of [MELDING, { ...MELDING, wijze: 'taken' }]) {
    const page = await list(chromium, query, NARROW);
    await page.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'); document.adoptedStyleSheets = [sheet]; });
    for (const name of [undefined, 'Controleren', 'Waarom', 'Bewaren']) {
      if (name) await tab(page, name);
      await accessible(page, `text spacing: ${name}`);
      const cut = await page.evaluate(() => [...document.querySelectorAll('leidraad-checklist :is(button, summary, label, h2, h3, dt, dd)')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== 'visible').map((one) => one.innerText));
      assert.deepEqual(cut, [], name);
    }
    await page.context().close();
  }
});

test('borders of fields and buttons, the focus and the progress stand out 3 to 1, in light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await list(chromium, MELDING, { colorScheme });
    await page.locator('.leidraad-summary summary', { hasText: 'Wat dit nog beslist' }).click();
    await page.locator('.leidraad-summary button', { hasText: 'Hoeveel personen' }).click();
    await page.locator('.leidraad-view input[type=text]').press('Shift+Tab');
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const rgb = (text) => text.match(/[\d.]+/g).map(Number);
      const light = (text) => rgb(text).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
      const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
      const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
      const back = style('body').backgroundColor;
      const own = style('.leidraad-view input[type=text]');
      return {
        focused: document.activeElement.matches('.leidraad-view input[type=text]'),
        border: ratio(own.borderTopColor, back),
        inside: ratio(own.borderTopColor, own.backgroundColor),
        outline: ratio(own.outlineColor, back),
        button: ratio(style('.leidraad-view .utrecht-button').borderTopColor, back),
        tab: ratio(style('.leidraad-tab[aria-current]').borderBottomColor, back),
      };
    });
    const { focused, ...ratios } = found;
    assert.ok(focused);
    for (const [name, ratio] of Object.entries(ratios)) assert.ok(ratio >= 3, `${colorScheme}: ${name} ${ratio}`);
    await page.context().close();
  }
});

test('with forced colours the parts are still told apart', async () => {
  const page = await list(chromium, { ...MELDING, wijze: 'taken' }, { forcedColors: 'active' });
  await accessible(page, 'forced colours');
  const found = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return { summary: style('.leidraad-summary').borderTopStyle, progress: style('progress').appearance, tab: style('.leidraad-tab[aria-current]').borderBottomColor !== style('.leidraad-tab:not([aria-current])').borderBottomColor };
  });
  assert.deepEqual(found, { summary: 'solid', progress: 'auto', tab: true });
  await page.context().close();
});

test('printed, the report has the answers and no buttons', async () => {
  const page = await list(chromium, { ...MELDING, wijze: 'taken' });
  await page.evaluate(() => document.querySelector('leidraad-checklist').load('{"openbaar":true,"uitzondering":"bioscoop"}'));
  await answered(page, 'openbaar');
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('leidraad-checklist').innerText();
  assert.match(text, /Peildatum 1 juni 2026/);
  assert.match(text, /Geen evenement/);
  assert.match(text, /Is het evenement openbaar\?\s+Ja/);
  assert.doesNotMatch(text, /Wijzigen|Afdrukken|Vergelijken/);
  await page.context().close();
});

test('under a policy that forbids WebAssembly the checklist runs in a worker', async () => {
  const page = await list(chromium, { ...MELDING, csp: 'strict' });
  await page.check('.leidraad-view input >> nth=1');
  await page.click('.leidraad-view [type=submit]');
  await answered(page, 'uitzondering');
  await tab(page, 'Waarom');
  await page.waitForSelector('.leidraad-reason');
  // the browser tells of the engine that it blocked; nothing else may be
  assert.deepEqual(page.problems.filter((text) => FORBIDDEN.test(text) && !/WebAssembly|wasm/i.test(text)), []);
  await page.context().close();
});

test('when it cannot load, what the page says instead stays', async () => {
  chromium.files.set('/dist/engine.wasm', { type: 'application/wasm', body: 'no engine' });
  const page = await chromium.html('<main><h1>Proef</h1><leidraad-checklist rule-set="evenementen/melding"><p>Bel de gemeente: 14 043.</p></leidraad-checklist></main>');
  await page.evaluate(() => import('/dist/checklist.js'));
  await page.waitForSelector('.utrecht-alert--error');
  assert.match(await page.locator('leidraad-checklist').innerText(), /kan niet worden geladen[\s\S]*Bel de gemeente: 14 043/);
  chromium.files.delete('/dist/engine.wasm');
  await page.context().close();
  const wrong = await chromium.html('<main><h1>Proef</h1><leidraad-checklist rule-set="bestaat/niet"></leidraad-checklist></main>');
  await wrong.evaluate(async () => { await import('/dist/checklist.js'); await document.querySelector('leidraad-checklist').ready; });
  assert.match(await wrong.locator('leidraad-checklist').innerText(), /the package has no rule set/);
  await wrong.context().close();
});

test('attributes change a checklist in place; two elements have no id in common', async () => {
  const page = await chromium.html('<main><h1>Proef</h1><leidraad-checklist rule-set="evenementen/melding" authority="GM1729" today="2026-06-01"></leidraad-checklist><leidraad-checklist rule-set="evenementen/melding" mode="tasks" heading-level="3"></leidraad-checklist></main>');
  await page.evaluate(async () => { await import('/dist/checklist.js'); await Promise.all([...document.querySelectorAll('leidraad-checklist')].map(({ ready }) => ready)); });
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(await page.locator('h3.leidraad-heading').count(), 1);
  await page.check('leidraad-checklist >> nth=0 >> .leidraad-view input >> nth=0');
  await page.click('leidraad-checklist >> nth=0 >> [type=submit]');
  await answered(page, 'uitzondering');
  await page.evaluate(() => { const own = document.querySelector('leidraad-checklist'); own.setAttribute('lang', 'de'); own.setAttribute('mode', 'tasks'); own.setAttribute('on', '2026-07-04'); own.setAttribute('authority', 'GM0994'); });
  await page.waitForFunction(() => document.querySelector('.leidraad-heading').innerText === 'Aufgaben' && document.querySelector('leidraad-checklist').assessment.on === '2026-07-04');
  const found = await assessment(page);
  assert.equal(found.authority, 'GM0994');
  assert.equal(found.questions.uitzondering.status, 'answered', 'the answers stay');
  // moved in the page, it is what it was
  await page.evaluate(() => document.querySelector('main').append(document.querySelector('leidraad-checklist')));
  assert.equal(await page.locator('leidraad-checklist >> nth=1 >> .leidraad-heading').innerText(), 'Aufgaben');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
