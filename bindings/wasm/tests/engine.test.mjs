// The JavaScript API in Node: what it gives, and what it says to bad input.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine, LeidraadError, catalog, load, read } from 'leidraad';

const engine = await load();
const STREET = {
  leidraad: 1,
  id: 'voorbeeld/straatfeest',
  title: 'Straatfeest',
  sources: { apv: { kind: 'example', title: 'Voorbeeld-APV' } },
  questions: [{ section: 'Feiten', items: [
    { id: 'aantal', ask: 'Hoeveel personen?', type: 'integer', min: 0, max: 10000, sources: ['apv'] },
    { id: 'vuurwerk', ask: 'Is er vuurwerk?', type: 'boolean', sources: ['apv'] },
  ] }],
  decisions: { route: { outcome: true, hit: 'first', table: [
    'aantal | vuurwerk || route      || bron',
    '> 200  | -        || vergunning || apv',
    '-      | ja       || vergunning || apv',
    '-      | -        || melding    || apv',
  ] } },
};

/** The error that something throws, which must be one of ours. */
function thrown(work) {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof LeidraadError, `${error?.stack}`);
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('the example of the crate documentation', () => {
  const rules = engine.ruleSet(STREET);
  assert.equal(rules.id, 'voorbeeld/straatfeest');
  assert.deepEqual(rules.evaluate({ aantal: 250 }).decisions.route, { status: 'determined', value: 'vergunning' });
  const open = rules.evaluate({ aantal: { between: [10, 200] } });
  assert.deepEqual(open.decisions.route, { status: 'open', possible: ['vergunning', 'melding'], needs: ['vuurwerk'], approximate: false });
  assert.equal(open.next, 'vuurwerk');
  assert.match(rules.explainText({ aantal: 250 }, {}, 'route'), /bron: Voorbeeld-APV/);
  assert.equal(rules.explain({ aantal: 250 }).decisions[0].decision, 'route');
  rules.free();
});

test('null, absent and "not known" stay three things', () => {
  const rules = engine.ruleSet(JSON.stringify(STREET));
  const status = (answers) => rules.evaluate(answers).questions.aantal.status;
  assert.deepEqual([status({}), status({ aantal: undefined }), status({ aantal: null }), status({ aantal: 3 })], ['open', 'open', 'unknown', 'answered']);
  rules.free();
});

test('a program is loaded once and evaluated many times', () => {
  const rules = engine.ruleSet(STREET);
  const program = rules.program({ on: '2026-07-04' });
  assert.equal(program.on, '2026-07-04');
  assert.match(program.digest, /^sha256:[0-9a-f]{64}$/);
  assert.equal(program.evaluateText({ aantal: 5, vuurwerk: false }), rules.evaluateText('{"aantal": 5, "vuurwerk": false}', { on: '2026-07-04' }));
  assert.equal(program.questionnaire().sections[0].items[0].ask, 'Hoeveel personen?');
  program.free();
  rules.free();
});

test('the rule sets of the package load on demand', async () => {
  assert.equal(catalog.length, 7);
  for (const { id, title } of catalog) {
    const rules = await engine.open(id);
    assert.equal(rules.title, title);
    assert.ok(rules.evaluate().progress.open > 0, id);
    rules.free();
  }
  await assert.rejects(() => engine.open('evenementen/meldingen'), { name: 'LeidraadError', code: 'unknown-rule-set' });
  await assert.rejects(() => engine.open('__proto__'), { code: 'unknown-rule-set' });
  await assert.rejects(() => engine.open(7), { code: 'wrong-type' });
});

test('the date is an answer, and picks the layers', async () => {
  const rules = await engine.open('evenementen/melding');
  assert.deepEqual(rules.referenceDates('gm1729'), ['datum_start']);
  const on = (day) => rules.evaluate({ datum_start: day }, { authority: 'GM1729', today: '2026-01-01' }).on;
  assert.deepEqual([on('2026-07-04'), on('2027-07-04'), on(undefined)], ['2026-07-04', '2027-07-04', '2026-01-01']);
  // more dates than are kept ready
  for (let day = 1; day <= 28; day += 1) assert.equal(on(`2026-02-${String(day).padStart(2, '0')}`), `2026-02-${String(day).padStart(2, '0')}`);
  rules.free();
});

test('bad input names its code and place', () => {
  const rules = engine.ruleSet(STREET);
  const cases = [
    [() => rules.evaluate({ aantla: 1 }), 'unknown-question', { file: 'answers.json', line: 1, column: 3 }],
    [() => rules.evaluate({ aantal: 99999 }), 'outside-domain', { file: 'answers.json', line: 1, column: 11 }],
    [() => rules.evaluate({ aantal: 'veel' }), 'wrong-answer', { file: 'answers.json', line: 1, column: 12 }],
    [() => rules.evaluate('{"aantal": 1,}'), 'syntax', { file: 'answers.json', line: 1, column: 14 }],
    [() => rules.evaluate('{"aantal": 1, "aantal": 2}'), 'duplicate', { file: 'answers.json', line: 1, column: 16 }],
    [() => rules.evaluate(JSON.parse('{"__proto__": 1}')), 'unknown-question', { file: 'answers.json', line: 1, column: 3 }],
    [() => rules.evaluate({ constructor: 1 }), 'unknown-question', { file: 'answers.json', line: 1, column: 3 }],
    [() => rules.evaluate({}, { authority: 'GM9999' }), 'unknown-authority', undefined],
    [() => rules.evaluate({}, { on: '4-7-2026' }), 'wrong-answer', undefined],
    [() => rules.evaluate({}, { date: '2026-07-04' }), 'wrong-type', undefined],
    [() => rules.evaluate({}, 'GM1729'), 'wrong-type', undefined],
    [() => rules.evaluate({}, { authority: 1729 }), 'wrong-type', undefined],
    [() => rules.evaluate({ aantal: Number.NaN }), 'wrong-type', undefined],
    [() => rules.evaluate({ aantal: 10n }), 'wrong-type', undefined],
    [() => rules.evaluate({ aantal: new Date() }), 'wrong-type', undefined],
    [() => rules.evaluate({ aantal: () => 1 }), 'wrong-type', undefined],
    [() => rules.evaluate(new Map([['aantal', 1]])), 'wrong-type', undefined],
    [() => rules.evaluate(5), 'wrong-type', undefined],
    [() => rules.evaluate(null), 'wrong-type', undefined],
    [() => rules.evaluate([]), 'wrong-shape', { file: 'answers.json', line: 1, column: 1 }],
    [() => { const loop = {}; loop.self = loop; return rules.evaluate(loop); }, 'wrong-type', undefined],
    [() => rules.evaluate({ aantal: 'x'.repeat(5_000_000) }), 'too-large', undefined],
    [() => rules.explain({}, {}, 'rute'), 'unknown-name', undefined],
    [() => engine.ruleSet(''), 'syntax', { file: 'rules.json', line: 1, column: 1 }],
    [() => engine.ruleSet('[]'), 'missing-key', undefined],
    [() => engine.ruleSet('[1, 2]'), 'wrong-shape', { file: 'rules[1].json', line: 1, column: 1 }],
    [() => engine.ruleSet('leidraad: 1'), 'syntax', { file: 'rules.json', line: 1, column: 1 }],
    [() => engine.ruleSet({ ...STREET, leidraad: 2 }, { name: 'nieuw.json' }), 'format-version', { file: 'nieuw.json', line: 1, column: 13 }],
    [() => engine.ruleSet({ ...STREET, nieuw: true }), 'unknown-key', undefined],
    [() => engine.ruleSet(undefined), 'wrong-type', undefined],
    [() => engine.ruleSet('['.repeat(100_000)), 'syntax', undefined],
    [() => engine.ruleSet(`{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`), 'too-large', undefined],
    [() => engine.ruleSet('x'.repeat(70_000_000)), 'too-large', undefined],
  ];
  for (const [work, code, place] of cases) {
    const error = thrown(work);
    assert.equal(error.code, code, `${work}: ${error.message}`);
    if (place) assert.deepEqual(error.place, place, `${work}`);
  }
  const newer = thrown(() => engine.ruleSet({ ...STREET, leidraad: 2 }));
  assert.equal(newer.message, 'expected format version 1, found `2`');
  assert.match(newer.help, /engine that reads this version/);
  assert.equal(engine.trapped, false);
  assert.equal(rules.evaluate({ aantal: 250 }).decisions.route.value, 'vergunning');
  rules.free();
});

test('all findings come at once', () => {
  const error = thrown(() => engine.ruleSet(STREET).evaluate({ aantal: -1, vuurwerk: 'misschien', x: 1 }));
  assert.deepEqual(error.findings.map(({ code }) => code).sort(), ['outside-domain', 'unknown-question', 'wrong-answer']);
  assert.match(error.message, /and 2 more/);
  assert.deepEqual(LeidraadError.from(structuredClone(error.toJSON())).place, error.place);
});

test('what was freed says so, and may be freed twice', () => {
  const rules = engine.ruleSet(STREET);
  const program = rules.program();
  rules.free();
  rules.free();
  assert.equal(thrown(() => rules.evaluate({})).code, 'freed');
  assert.equal(thrown(() => rules.program()).code, 'freed');
  // a program does not need its rule set
  assert.equal(program.evaluate({ aantal: 250 }).decisions.route.status, 'determined');
  program.free();
  program.free();
  assert.equal(thrown(() => program.evaluate({})).code, 'freed');
});

test('a second load gives the same engine', async () => {
  assert.equal(await load(), engine);
  assert.equal(engine.version, '0.1.0');
});

test('after a trap the instance says so, and the next load gives a fresh one', async () => {
  const first = await load({ url: new URL('../dist/engine.wasm?eigen', import.meta.url) });
  const rules = first.ruleSet(STREET);
  const { instance } = await WebAssembly.instantiate(UNREACHABLE);
  const error = thrown(() => first.run(() => instance.exports.trap()));
  assert.equal(error.code, 'trapped');
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  assert.equal(first.trapped, true);
  for (const work of [() => rules.evaluate({}), () => first.version, () => first.ruleSet(STREET), () => rules.program()]) {
    assert.equal(thrown(work).code, 'trapped');
  }
  rules.free();
  const second = await load({ url: new URL('../dist/engine.wasm?eigen', import.meta.url) });
  assert.notEqual(second, first);
  assert.equal(second.ruleSet(STREET).evaluate({ aantal: 250 }).decisions.route.value, 'vergunning');
  assert.equal(engine.trapped, false, 'another instance is not touched');
});

/** (module (func (export "trap") unreachable)) */
const UNREACHABLE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11]);

test('what is no engine is refused', async () => {
  const other = await WebAssembly.compile(UNREACHABLE);
  await assert.rejects(() => load({ module: other }), { code: 'bad-module' });
  await assert.rejects(() => load({ module: {} }), { code: 'wrong-type' });
  await assert.rejects(() => load({ url: new URL('nergens.wasm', import.meta.url) }), { code: 'fetch-failed' });
  assert.ok(engine instanceof Engine);
});

test('a text of a rule set can be read, and loaded by oneself', async () => {
  const text = await read('evenementen/risicoscan');
  const [own, shipped] = [engine.ruleSet(text), await engine.open('evenementen/risicoscan')];
  const answers = { aantal: 2000 };
  assert.equal(own.evaluateText(answers, { on: '2026-09-01' }), shipped.evaluateText(answers, { on: '2026-09-01' }));
  own.free();
  shipped.free();
});
