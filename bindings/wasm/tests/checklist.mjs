// For tests of `<leidraad-checklist>`: a page with the element, keys instead of a mouse, and axe-core.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const WIDE = { viewport: { width: 1280, height: 900 } };
export const NARROW = { viewport: { width: 320, height: 640 }, colorScheme: 'dark', reducedMotion: 'reduce' };

/** The page of the demo site, with this rule set. */
export async function list(chromium, query, context) {
  const page = await chromium.open(`/examples/lijst.html?${new URLSearchParams({ vandaag: '2026-06-01', ...query })}`, context);
  await page.waitForSelector('.leidraad-heading');
  return page;
}

/** WCAG 2.2 AA and axe's best practices: no violation on this page as it stands, and nothing beside the screen. */
export async function accessible(page, state) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`);
  });
  assert.deepEqual(found, [], state);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${state}: nothing beside the screen`);
}

export const heading = (page) => page.locator('.leidraad-heading').innerText();
export const tab = async (page, name) => {
  await page.locator('.leidraad-nav button', { hasText: new RegExp(`^${name}$`) }).click();
  await page.waitForFunction(() => document.activeElement.matches('.leidraad-heading'));
};
export const assessment = (page) => page.evaluate(() => document.querySelector('leidraad-checklist').assessment);
export const answers = (page) => page.evaluate(() => document.querySelector('leidraad-checklist').answers);

/** Waits until what was done last is worked out. */
export async function answered(page, id) {
  await page.waitForFunction((id) => document.querySelector('leidraad-checklist').answers[id] !== undefined, id);
}

/**
 * Fills in the question on the page with keys only, as a person would: tabs to it, chooses or types, and presses Enter.
 * @param choose (question, options, type, help) gives the index of an option, or a text to type
 */
export async function byKeys(page, choose) {
  const before = await page.evaluate(() => [document.querySelector('.leidraad-heading').innerText, JSON.stringify(document.querySelector('leidraad-checklist').answers)]);
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.matches('.leidraad-view form input, .leidraad-view form select, .leidraad-view form textarea'))) break;
  }
  const field = await page.evaluate(() => {
    const own = document.activeElement;
    const all = own.name ? [...document.getElementsByName(own.name)] : [own];
    const style = getComputedStyle(own);
    const help = (own.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText).join(' ');
    return { type: own.type, tag: own.tagName, help, options: all.map(({ labels }) => labels?.[0]?.innerText ?? ''), visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
  });
  assert.match(field.tag, /INPUT|SELECT|TEXTAREA/, `keys come to a field at ${before[0]}`);
  assert.ok(field.visible, `the focus is seen at ${before[0]}`);
  const chosen = choose(before[0], field.options, field.type, field.help);
  if (field.type === 'radio') {
    for (let n = 0; n < chosen; n += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
  } else if (field.type === 'checkbox') {
    for (let n = 0; n < chosen; n += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
  } else if (field.type.startsWith('select')) {
    for (let n = 0; n <= chosen; n += 1) await page.keyboard.press('ArrowDown');
  } else {
    await page.keyboard.type(chosen);
  }
  if (field.type === 'textarea' || field.type.startsWith('select')) {
    for (let n = 0; n < 6 && !(await page.evaluate(() => document.activeElement.type === 'submit')); n += 1) await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForFunction(([title, text]) => document.querySelector('.leidraad-view form .utrecht-alert--error') || (document.activeElement.matches('.leidraad-heading') && JSON.stringify(document.querySelector('leidraad-checklist').answers) !== text) || document.querySelector('.leidraad-heading').innerText !== title, before);
  const wrong = await page.locator('.leidraad-view form .utrecht-alert--error').count();
  assert.equal(wrong, 0, `${before[0]}: ${String(chosen)} is taken`);
  assert.ok(await page.evaluate(() => document.activeElement.matches('.leidraad-heading')), 'the focus is at the next question');
}

const SUMMARY = /^Dossier, (rapport en agenda|report and calendar|Bericht und Kalender)$/;

/** Gives the element a text, as a file. */
export const bring = (page, text) => page.evaluate((text) => document.querySelector('leidraad-checklist').load(text), text);
export const notices = (page) => page.locator('.leidraad-notices').innerText();
export const button = (page, text, where = '.leidraad-view') => page.locator(`${where} button`, { hasText: text });

/** To the part of the page “Bewaren” that is about dossiers. */
export async function part(page, name = 'Bewaren') {
  await tab(page, name);
  const summary = page.locator('.leidraad-view summary', { hasText: SUMMARY });
  if (!(await summary.evaluate((own) => own.parentElement.open))) await summary.click();
  await page.waitForSelector('.leidraad-view details[open] .utrecht-button-group');
}

/** What a button gives as a file. */
export async function saved(page, text, where) {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, text, where).click()]);
  return [readFileSync(await download.path(), 'utf8'), download.suggestedFilename()];
}
