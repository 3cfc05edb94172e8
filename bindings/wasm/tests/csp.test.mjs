// Policies in Chromium: what works under which, with trusted types, and what is refused when a file was changed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inChromium, FORBIDDEN } from './browser.mjs';
import { POLICIES, WORKER_POLICY } from '../scripts/serve.mjs';

const chromium = inChromium();
const dist = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));

/** Loads in the page or in a worker, and gives the outcome or the code of the error. */
async function attempt(page, module, options = {}) {
  return page.evaluate(async ([module, options]) => {
    try {
      const { load } = await import(`/dist/${module}.js`);
      const rules = await (await load(options)).open('evenementen/risicoscan');
      return (await rules.evaluate({ aantal: 2000 }, { on: '2026-09-01' })).decisions.klasse.status;
    } catch (error) {
      return error.code ?? String(error);
    }
  }, [module, options]);
}

test('the policies are as strict as they say', () => {
  assert.match(POLICIES.wasm, /require-trusted-types-for 'script'/);
  assert.match(POLICIES.strict, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(POLICIES.strict, /unsafe/);
  assert.doesNotMatch(POLICIES.wasm.replace("'wasm-unsafe-eval'", ''), /unsafe/);
  assert.match(WORKER_POLICY, /'wasm-unsafe-eval'/);
});

for (const [csp, module, expected] of [
  ['wasm', 'web', 'open'],
  ['none', 'web', 'open'],
  ['strict', 'web', 'blocked'],
  ['strict', 'worker-client', 'open'],
  ['wasm', 'worker-client', 'open'],
  ['none', 'worker-client', 'open'],
]) {
  test(`policy ${csp}, ${module}: ${expected}`, async () => {
    const page = await chromium.html('', { csp });
    // with an address there is nothing to be tried out under trusted types, and so nothing that is reported
    assert.equal(await attempt(page, module, module === 'worker-client' ? { worker: '/dist/worker.js' } : {}), expected);
    if (expected === 'open') {
      assert.equal(await attempt(page, module, module === 'worker-client' ? { worker: '/dist/worker.js' } : {}), 'open', 'a second time');
      assert.deepEqual(page.problems.filter((text) => FORBIDDEN.test(text)), []);
    }
    await page.context().close();
  });
}

test('without an address the worker beside the module is found, also under trusted types', async () => {
  for (const csp of ['strict', 'none']) {
    const page = await chromium.html('', { csp });
    assert.equal(await attempt(page, 'worker-client'), 'open', csp);
    assert.equal(page.problems.length, csp === 'strict' ? 1 : 0, 'the attempt without a policy is reported');
    await page.context().close();
  }
});

test('the worker gives the same bytes, typed errors, and ends', async () => {
  const page = await chromium.html('', { csp: 'strict' });
  const found = await page.evaluate(async () => {
    const { load } = await import('/dist/worker-client.js');
    const engine = await load();
    const rules = await engine.open('evenementen/melding');
    const code = (promise) => promise.then(() => 'none', (error) => [error.name, error.code, error.place?.column ?? null]);
    const given = { authority: 'GM1729', on: '2026-07-04', today: '2026-07-01' };
    const text = await rules.evaluateText({ aantal: 150 }, given);
    const wrong = [
      await code(rules.evaluate({ aantla: 1 }, given)),
      await code(rules.evaluate({ aantal: NaN }, given)),
      await code(engine.open('x')),
      await code(engine.ruleSet('{')),
    ];
    const questions = (await rules.questionnaire(given)).sections.length;
    const why = await rules.explainText({ aantal: 150 }, given, 'route');
    const dates = await rules.referenceDates('GM1729');
    rules.free();
    wrong.push(await code(rules.evaluate({})));
    const waiting = code(engine.open('evenementen/melding'));
    engine.close();
    wrong.push(await waiting, await code(engine.open('evenementen/melding')));
    return { text, wrong, questions, why, dates, catalog: engine.catalog.length };
  });
  const { load } = await import('leidraad');
  const rules = await (await load()).open('evenementen/melding');
  assert.equal(found.text, rules.evaluateText({ aantal: 150 }, { authority: 'GM1729', on: '2026-07-04', today: '2026-07-01' }));
  assert.deepEqual(found.wrong, [['LeidraadError', 'unknown-question', 3], ['LeidraadError', 'wrong-type', null], ['LeidraadError', 'unknown-rule-set', null], ['LeidraadError', 'syntax', 1], ['LeidraadError', 'freed', null], ['LeidraadError', 'freed', null], ['LeidraadError', 'freed', null]]);
  assert.ok(found.questions > 5 && found.why.includes('Vrij') && found.dates[0] === 'datum_start' && found.catalog === 7);
  await page.context().close();
});

test('a file that was changed is refused', async () => {
  const changed = (name, type, change) => chromium.files.set(`/dist/${name}`, { type, body: change(dist(name)) });
  changed('rules/evenementen/risicoscan.json', 'application/json', (bytes) => bytes.toString().replace('"points":"0.5"', '"points":"0.6"').replace('0.5', '0.6'));
  let page = await chromium.html('');
  assert.equal(await attempt(page, 'web'), 'fetch-failed', 'a rule set');
  chromium.files.delete('/dist/rules/evenementen/risicoscan.json');
  await page.context().close();

  changed('engine.wasm', 'application/wasm', (bytes) => Buffer.concat([bytes, Buffer.from([0])]));
  page = await chromium.html('');
  assert.equal(await attempt(page, 'web'), 'fetch-failed', 'the engine');
  chromium.files.delete('/dist/engine.wasm');
  await page.context().close();

  page = await chromium.html('');
  assert.equal(await attempt(page, 'web'), 'open', 'and not when they are as they were');
  assert.equal(await attempt(page, 'web', { url: '/dist/engine.wasm?x', integrity: `sha384-${'A'.repeat(64)}` }), 'fetch-failed', 'a hash of one’s own');
  await page.context().close();

  const { 'web.js': { integrity } } = JSON.parse(dist('integrity.json'));
  changed('web.js', 'text/javascript', (bytes) => `${bytes}\n`);
  page = await chromium.html('<p></p>');
  const loaded = await page.evaluate(async (integrity) => {
    const script = Object.assign(document.createElement('link'), { rel: 'modulepreload', href: '/dist/web.js', integrity });
    const done = new Promise((resolve) => { script.onload = () => resolve('loaded'); script.onerror = () => resolve('refused'); });
    document.head.append(script);
    return done;
  }, integrity);
  chromium.files.delete('/dist/web.js');
  assert.equal(loaded, 'refused');
  await page.context().close();
});

test('a server that gives WebAssembly the wrong type', async () => {
  chromium.files.set('/dist/engine.wasm', { type: 'application/octet-stream', body: dist('engine.wasm') });
  const page = await chromium.html('');
  assert.equal(await attempt(page, 'web'), 'open');
  chromium.files.delete('/dist/engine.wasm');
  await page.context().close();
});

test('what is not there, and what is no engine', async () => {
  const page = await chromium.html('');
  assert.equal(await attempt(page, 'web', { url: '/dist/nergens.wasm' }), 'fetch-failed');
  assert.equal(await attempt(page, 'web', { url: '/dist/integrity.json' }), 'bad-module');
  assert.equal(await attempt(page, 'worker-client', { worker: '/dist/nergens.js' }), 'fetch-failed');
  await page.context().close();
});
