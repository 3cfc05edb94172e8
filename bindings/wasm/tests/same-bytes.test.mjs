// Every case of every rule set gives in Node and in Chromium the bytes that the command gives.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from 'leidraad';
import { inChromium } from './browser.mjs';

const text = readFileSync(process.env.LEIDRAAD_CASES, 'utf8');
const cases = text.trim().split('\n').map((line) => JSON.parse(line));

/** Runs in both: the cases that differ, the first few of them in full. */
async function differing(cases, load) {
  const engine = await load();
  const sets = new Map();
  const wrong = [];
  for (const one of cases) {
    if (!sets.has(one.rule_set)) sets.set(one.rule_set, await engine.open(one.rule_set));
    const { authority, on, today } = one;
    let found;
    try {
      found = sets.get(one.rule_set).evaluateText(one.answers, { authority, on, today });
    } catch (error) {
      found = `${error.code}: ${error.message}`;
    }
    if (found !== one.assessment) wrong.push(`${one.file}:${one.line} ${one.name}\n  ${one.assessment}\n  ${found}`);
  }
  return { count: cases.length, rule_sets: sets.size, wrong };
}

test('every case was run by the command', () => {
  assert.ok(cases.length >= 1702, `${cases.length} cases`);
  assert.ok(cases.every((one) => one.passed && typeof one.assessment === 'string'));
});

test('in Node', async () => {
  const { count, rule_sets, wrong } = await differing(cases, load);
  assert.equal(wrong.length, 0, wrong.slice(0, 3).join('\n'));
  console.log(`${count} cases of ${rule_sets} rule sets give the same bytes in Node`);
});

const chromium = inChromium();

test('in Chromium', async () => {
  chromium.files.set('/tests/pages/cases.json', { type: 'application/json', body: text.trim().split('\n').join(',\n').replace(/^/, '[').concat(']') });
  const page = await chromium.html('');
  await page.context().setDefaultTimeout(120_000);
  const { count, wrong } = await page.evaluate(`(async () => {
    const { load } = await import('/dist/web.js');
    const cases = await (await fetch('/tests/pages/cases.json')).json();
    return (${differing})(cases, load);
  })()`);
  assert.equal(wrong.length, 0, wrong.slice(0, 3).join('\n'));
  console.log(`${count} cases give the same bytes in Chromium`);
});
