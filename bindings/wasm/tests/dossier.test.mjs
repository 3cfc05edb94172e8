// `leidraad/dossier`: what it makes is what the command accepts, and the other way round; in Node, in a page and in a worker.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LeidraadError, catalog, load } from 'leidraad';
import { LeidraadError as OwnError, load as loadDossiers } from 'leidraad/dossier';
import { FORBIDDEN, inChromium } from './browser.mjs';
import { command, file, right, verified, written } from './command.mjs';

const chromium = inChromium();
const engine = await load();
const dossiers = await loadDossiers();
const cases = readFileSync(process.env.LEIDRAAD_CASES, 'utf8').trim().split('\n').map((line) => JSON.parse(line)).map((one) => ({ ...one, answers: JSON.parse(one.answers) }));

const PARTY = { openbaar: true, aantal: { value: 150, remark: 'Geteld.', evidence: ['mail 3'], by: 'A. de Vries', at: '2026-06-01' }, vuurwerk: null, soort: { one_of: ['optocht', 'anders'] }, datum_start: '2026-08-01' };
const rules = await engine.open('evenementen/melding');
const party = (more) => dossiers.create(rules, { authority: 'GM1729', case: 'Z-2026-1', answers: PARTY, by: 'A. de Vries', at: '2026-06-01T10:00:00+02:00', ...more });

test('a dossier made in Node is what the command verifies, for every rule set', async () => {
  for (const { id } of catalog) {
    const own = cases.filter((one) => one.rule_set === id);
    const one = own.reduce((most, other) => (JSON.stringify(other.answers).length > JSON.stringify(most.answers).length ? other : most));
    const set = await engine.open(id);
    const { $today, ...answers } = one.answers;
    const dossier = await dossiers.create(set, { authority: one.authority, on: one.on, answers, by: 'A. de Vries', at: '2030-01-01T10:00:00+01:00' });
    const found = verified(dossier.text, '--head', dossier.head);
    assert.deepEqual([found.findings, found.revisions, found.recomputed, found.kept_elsewhere], [[], 2, 2, true], `${id}: ${one.name}`);
    // and what followed is what the engine says
    const day = dossier.opened;
    const assessment = set.evaluate({ ...answers, $today: day }, { authority: one.authority, on: one.on, today: day });
    const { decisions } = JSON.parse(dossier.text).revisions[1].parts.filter((part) => part.of === 'outcome').flatMap(({ leaves }) => leaves).map(({ value }) => value)
      .reduce((all, value) => ({ decisions: { ...all.decisions, ...value.decisions } }), { decisions: {} });
    assert.deepEqual(decisions, assessment.decisions, id);
    set.free();
  }
});

test('revisions are added, nothing is overwritten, and what is gone is taken back', async () => {
  const first = await party();
  assert.deepEqual([first.revisions, first.ruleSet, first.authority, first.case, first.on, first.opened, first.withheld, first.keepsRules], [2, 'evenementen/melding', 'GM1729', 'Z-2026-1', null, '2026-06-01', false, true]);
  assert.deepEqual(first.answers, PARTY);
  const { vuurwerk, ...fewer } = PARTY;
  const case_ = { ...fewer, aantal: 250, $steps: {} };
  const second = await first.update(case_, { by: 'B. Bakker', remark: 'Nieuwe telling.' });
  assert.deepEqual([first.revisions, second.revisions], [2, 3], 'the first one stays as it was');
  assert.deepEqual(second.answers, { ...fewer, aantal: 250 });
  assert.equal((await second.update(case_)).text, second.text, 'nothing differs, so nothing is recorded');
  const acts = JSON.parse(second.text).revisions[2].parts.find(({ of }) => of === 'acts').leaves.map(({ value }) => value);
  assert.deepEqual(acts, [{ answer: { answer: 250, question: 'aantal' } }, { take_back: { question: 'vuurwerk' } }]);
  const third = await second.record({ vuurwerk: false });
  assert.deepEqual(third.answers, { ...fewer, aantal: 250, vuurwerk: false });
  const signed = await (await third.sign({ by: 'A. de Vries' })).sign({ by: 'B. Bakker', role: 'teamleider' });
  assert.deepEqual([signed.fourEyes, signed.signOffs.map(({ by, role, current }) => [by, role, current])], [true, [['A. de Vries', null, true], ['B. Bakker', 'teamleider', true]]]);
  const found = verified(signed.text, '--head', signed.head);
  assert.deepEqual([found.findings, found.revisions, found.sign_offs], [[], 6, 2]);
  assert.equal((await signed.record({ aantal: 251 })).fourEyes, false);
  const revisions = JSON.parse(signed.text).revisions;
  assert.deepEqual(JSON.parse(third.text).revisions, revisions.slice(0, 4));
  const salts = signed.text.match(/"salt":"[0-9a-f]{32}"/g);
  assert.equal(new Set(salts).size, salts.length, 'no salt is used twice');
});

test('a dossier of the command is opened, gone on with, and verified by the command', async () => {
  right('dossier', 'new', 'damocles/maatregel', 'opdracht.json', '--authority', 'GM0994', '--case', 'D-7');
  right('dossier', 'answer', 'opdracht.json', 'object=woning', 'gevonden_op=2026-03-02', '--remark', 'Uit de bestuurlijke rapportage.');
  right('dossier', 'answer', 'opdracht.json', 'bewoond=ja');
  right('dossier', 'answer', 'opdracht.json', '--take-back', 'bewoond');
  right('dossier', 'sign', 'opdracht.json', '--by', 'A. de Vries', '--role', 'teamleider');
  const text = written('opdracht.json');
  const opened = await dossiers.read(text);
  assert.deepEqual([opened.revisions, opened.authority, opened.case, opened.answers.gevonden_op.remark], [5, 'GM0994', 'D-7', 'Uit de bestuurlijke rapportage.']);
  assert.ok((await opened.verify()).complete);
  const next = await (await opened.update({ ...opened.answers, bewoond: false })).sign({ by: 'B. Bakker' });
  assert.deepEqual(JSON.parse(next.text).revisions.slice(0, 5), JSON.parse(text).revisions);
  const found = verified(next.text, '--head', opened.head);
  assert.deepEqual([found.findings.map(({ weight }) => weight), found.revisions, found.recomputed], [['remark'], 7, 5], 'an earlier hash that was kept is known');
  right('dossier', 'answer', 'zaak.json', 'bewoond=ja');
  assert.equal((await dossiers.read(written('zaak.json'))).revisions, 8);
});

test('what was tampered with is named with its place, and nothing is recorded in it', async () => {
  const case_ = { ...PARTY, $deviations: { route: { value: 'vergunning', motivation: 'Te druk in deze straat.', by: 'B. Bakker', at: '2026-06-02' } } };
  const { text } = await (await party()).update(case_, { at: '2026-06-02T10:00:00+02:00', by: 'B. Bakker' });
  const forged = (from, to) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  };
  const without = JSON.parse(text);
  without.revisions.splice(1, 1);
  for (const [name, changed, what, revision, id] of [
    ['an answer', forged('"value":150', '"value":950'), 'answer', 2, 'aantal'],
    ['a remark', forged('Geteld.', 'Geraden.'), 'answer', 2, 'aantal'],
    ['an outcome', forged('"progress":{"answered":5', '"progress":{"answered":6'), 'outcome', 2, null],
    ['a moment', forged('"at":"2026-06-01T10:00:00+02:00","by":"A. de Vries"', '"at":"2026-05-01T10:00:00+02:00","by":"A. de Vries"'), 'date', 1, null],
    ['a motivation', forged('Te druk', 'Te stil'), 'motivation', 3, 'route'],
    ['a revision', JSON.stringify(without), 'order', 3, null],
    ['a space', `${text} `, 'form', null, null],
  ]) {
    const read = await dossiers.read(changed);
    const { intact, findings, text: told } = await read.verify({ rules });
    assert.equal(intact, false, name);
    assert.deepEqual([findings[0].what, findings[0].weight, findings[0].revision, findings[0].id], [what, 'changed', revision, id], name);
    const theirs = command('dossier', 'verify', file('vals.json', changed));
    assert.deepEqual([theirs.status, theirs.stdout], [1, told], `${name}: the command says the same`);
    if (name !== 'a space') await assert.rejects(read.record({ aantal: 1 }), { name: 'LeidraadError', code: 'broken-dossier' }, name);
  }
  const whole = await dossiers.read(text);
  assert.equal((await whole.verify({ rules, head: `sha256:${'0'.repeat(64)}` })).intact, false, 'another head than the one that was kept');
});

test('report and calendar are those of the command, byte for byte, also for another reader', async () => {
  const own = cases.filter((one) => one.rule_set === 'damocles/maatregel' && one.authority === 'GM0994').reduce((most, other) => (JSON.stringify(other.answers).length > JSON.stringify(most.answers).length ? other : most));
  const set = await engine.open('damocles/maatregel');
  const { $today, ...answers } = own.answers;
  const dossier = await dossiers.create(set, { authority: 'GM0994', on: own.on, answers, by: '<script>alert(1)</script>' });
  file('verslag.json', dossier.text);
  for (const reader of [undefined, ['public']]) {
    for (const [format, ending] of [['html', 'html'], ['md', 'md'], ['json', 'json'], ['ics', 'ics']]) {
      const expected = right('report', 'verslag.json', '--format', format, '--on', '2026-07-04', ...(reader ? ['--reader', 'public'] : []));
      const options = { on: '2026-07-04', rules: set, ...(reader ? { reader } : {}) };
      const found = format === 'ics' ? await dossier.calendar(options) : await dossier.report({ format, ...options });
      assert.equal(format === 'json' ? `${found}\n` : found, expected, `${ending} ${reader}`);
    }
  }
  assert.doesNotMatch(await dossier.report(), /<script|<link|src=|url\(/);
  assert.equal(await (await party({ answers: {} })).calendar(), undefined, 'there is nothing in it');
});

test('what is confidential is not in a copy for another reader, which still verifies', async () => {
  const set = await engine.open('damocles/maatregel');
  const secret = set.questionnaire({ authority: 'GM0994' }).sections.flatMap(({ items }) => items).find(({ confidentiality }) => confidentiality);
  const dossier = await dossiers.create(set, { authority: 'GM0994', answers: { object: 'woning', [secret.id]: { value: null, remark: 'Van de informant.' } } });
  assert.deepEqual(dossier.classes, ['politie', 'bijzonder']);
  const copy = await dossier.redact(['public']);
  assert.deepEqual([copy.withheld, copy.head, copy.answers], [true, dossier.head, { object: 'woning' }]);
  for (const text of [copy.text, await copy.report({ format: 'json' }), await dossier.report({ reader: ['public'] })]) assert.doesNotMatch(text, /informant/);
  assert.match(await dossier.report(), /informant/);
  assert.ok(verified(copy.text, '--head', dossier.head).withheld > 0);
  await assert.rejects(copy.record({ object: 'erf_woning' }), { code: 'broken-dossier' });
  await assert.rejects(dossier.redact(['geheim']), { code: 'unknown-name' });
});

test('other rules: named, what they would say is told, and those that are kept go on', async () => {
  const own = { leidraad: 1, id: 'a/b', title: 'Proef', sources: { s: { kind: 'example', title: 'Voorbeeld' } },
    questions: [{ section: 'Feiten', items: [{ id: 'aantal', ask: 'Hoeveel?', type: 'integer', min: 0, max: 900, sources: ['s'] }] }],
    decisions: { soort: { title: 'Soort', outcome: true, sources: ['s'], table: ['aantal || soort', '<= 200 || klein', '> 200 || groot'] } } };
  const newer = JSON.parse(JSON.stringify(own).replaceAll('200', '100'));
  const dossier = await dossiers.create(own, { answers: { aantal: 150 } });
  assert.deepEqual([await dossier.fits(own), await dossier.fits(newer)], [true, false]);
  const { decisions } = await dossier.under(newer);
  assert.deepEqual(decisions.map(({ title, then, now }) => [title, then.text, now.text]), [['Soort', 'klein', 'groot']]);
  const next = await dossier.record({ aantal: 160 }, { rules: newer });
  assert.match(await next.report({ format: 'md', rules: newer }), /klein/, 'by the rules that it keeps');
  assert.equal(engine.ruleSet(await next.keptRules()).evaluate({ aantal: 150 }).decisions.soort.value, 'klein');
  const alone = await dossiers.create(own, { keepRules: false });
  await assert.rejects(alone.record({ aantal: 1 }), { code: 'other-rules' });
  await assert.rejects(alone.record({ aantal: 1 }, { rules: newer }), { code: 'other-rules' });
  assert.deepEqual([alone.keepsRules, await alone.keptRules(), (await alone.verify()).complete, (await alone.verify({ rules: own })).complete], [false, undefined, false, true]);
});

test('bad input is a typed error, and the next call works', async () => {
  assert.equal(OwnError, LeidraadError);
  const dossier = await party();
  for (const [work, code] of [
    [() => dossiers.read(5), 'wrong-type'],
    [() => dossiers.read(''), 'syntax'],
    [() => dossiers.read('{"aantal":5}'), 'wrong-shape'],
    [() => dossiers.read(dossier.text.replace('"leidraad_dossier":1', '"leidraad_dossier":2')), 'format-version'],
    [() => dossiers.read(dossier.text.slice(0, -100)), 'syntax'],
    [() => dossiers.read(' '.repeat(17 * 1024 * 1024)), 'too-large'],
    [() => dossiers.create(), 'wrong-type'],
    [() => dossiers.create('{}'), 'missing-key'],
    [() => dossiers.create(rules, { authority: 'GM9999' }), 'unknown-authority'],
    [() => dossiers.create(rules, { on: '4-7-2026' }), 'wrong-answer'],
    [() => dossiers.create(rules, { gemeente: 'GM1729' }), 'wrong-type'],
    [() => dossiers.create(rules, { at: 'gisteren' }), 'wrong-shape'],
    [() => dossiers.create(rules, { answers: { aantla: 1 } }), 'unknown-question'],
    [() => dossier.record({}), 'missing-key'],
    [() => dossier.record({ aantal: 'veel' }), 'wrong-answer'],
    [() => dossier.record({ $steps: { bestaat_niet: { skipped: 'x' } } }), 'unknown-name'],
    [() => dossier.record(JSON.parse('{"__proto__": 1}')), 'unknown-question'],
    [() => dossier.update({ aantal: 99999999 }), 'outside-domain'],
    [() => dossier.sign({}), 'missing-key'],
    [() => dossier.sign({ by: 'A', signature: 'x' }), 'wrong-type'],
    [() => dossier.sign({ by: 'A', signature: 'x', key: 'y' }), 'wrong-answer'],
    [() => dossier.redact('public'), 'wrong-type'],
    [() => dossier.report({ format: 'pdf' }), 'wrong-type'],
    [() => dossier.report({ on: 'morgen' }), 'wrong-answer'],
    [() => dossier.report({ reader: ['geheim'] }), 'unknown-name'],
    [() => dossier.verify({ keys: 5 }), 'wrong-type'],
    [() => loadDossiers({ worker: {} }), 'wrong-type'],
  ]) {
    await assert.rejects(work, (error) => error instanceof LeidraadError && error.code === code, `${code}: ${work}`);
    assert.equal((await dossier.verify({ rules })).intact, true);
  }
  const misspelt = await dossier.record({ aantla: 1 }).catch((error) => error);
  assert.deepEqual(misspelt.place, { file: 'answers.json', line: 1, column: 3 });
});

/** In a browser: reads a dossier, goes on with it, and makes another. */
async function inBrowser(page, text, worker) {
  return page.evaluate(async ([text, worker]) => {
    const [{ load }, dossier] = await Promise.all([import(worker ? '/dist/worker-client.js' : '/dist/web.js'), import('/dist/dossier.js')]);
    const rules = await (await load(worker ? { worker: '/dist/worker.js' } : {})).open('evenementen/melding');
    const dossiers = await dossier.load(worker ? { worker: rules } : {});
    const opened = await dossiers.read(text);
    const next = await opened.update({ ...opened.answers, aantal: 175 }, { rules, by: 'B. Bakker' });
    const made = await dossiers.create(rules, { authority: 'GM0994', answers: { aantal: 20 } });
    const { intact } = await dossiers.read(text.replace('Geteld.', 'Geraden.')).then((forged) => forged.verify({ rules }));
    const error = await opened.record({ aantla: 1 }).catch(({ name, code, place }) => ({ name, code, place }));
    return { next: next.text, made: made.text, intact, error, html: await next.report({ on: '2026-07-04', rules }) };
  }, [text, worker]);
}

for (const [csp, worker] of [['wasm', false], ['strict', true]]) {
  test(`in Chromium, policy ${csp}${worker ? ', in a worker' : ''}: the command verifies what it makes`, async () => {
    right('dossier', 'new', 'evenementen/melding', `van-${csp}.json`, '--authority', 'GM1729');
    right('dossier', 'answer', `van-${csp}.json`, 'aantal=150', '--remark', 'Geteld.');
    const page = await chromium.html('', { csp });
    const { next, made, intact, error, html } = await inBrowser(page, written(`van-${csp}.json`), worker);
    assert.deepEqual([verified(next).findings, verified(next).revisions, verified(made).findings, verified(made).revisions], [[], 3, [], 2]);
    assert.equal(intact, false);
    assert.deepEqual(error, { name: 'LeidraadError', code: 'unknown-question', place: { file: 'answers.json', line: 1, column: 3 } });
    file('browser.json', next);
    assert.equal(html, right('report', 'browser.json', '--format', 'html', '--on', '2026-07-04'));
    assert.deepEqual(page.problems.filter((text) => FORBIDDEN.test(text)), []);
    assert.ok(page.requests.every((url) => url.startsWith(chromium.url)));
    await page.context().close();
  });
}

test('in Chromium the module is loaded with the first dossier, is refused when it was changed, and where WebAssembly is forbidden', async () => {
  const page = await chromium.html('', { csp: 'strict' });
  const attempt = (page) => page.evaluate(async () => {
    const { load } = await import('/dist/dossier.js');
    const dossiers = await load();
    const fetched = () => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('dossier.wasm'));
    return [fetched(), await dossiers.read('{}').catch(({ name, code }) => `${name} ${code}`), fetched()];
  });
  assert.deepEqual(await attempt(page), [false, 'LeidraadError blocked', true]);
  await page.context().close();
  const changed = Buffer.concat([readFileSync(new URL('../dist/dossier.wasm', import.meta.url)), Buffer.from([0])]);
  const other = await chromium.html('');
  await other.route('**/dossier.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: changed }));
  assert.deepEqual(await attempt(other), [false, 'LeidraadError fetch-failed', true]);
  await other.unroute('**/dossier.wasm');
  assert.deepEqual(await attempt(other), [true, 'LeidraadError wrong-shape', true], 'a second attempt works');
  await other.context().close();
});
