// What a user writes. Each line under `@ts-expect-error` must be refused.

import { load, catalog, read, LeidraadError, type Assessment } from 'leidraad';
import { load as loadInWorker } from 'leidraad/worker';
import { bindForm, type Binding } from 'leidraad/form';
import { lists } from 'leidraad/form-lists';
import { load as loadDossiers, type Dossier, type Verification } from 'leidraad/dossier';
import 'leidraad/checklist';

const engine = await load({ integrity: 'sha384-x' });
const rules = await engine.open(catalog[0]!.id);
const assessment: Assessment = rules.evaluate({ aantal: { between: [1, 200] }, vuurwerk: null, soort: undefined }, { authority: 'GM1729', on: '2026-07-04' });
const outcome = assessment.decisions['route'];
if (outcome?.status === 'open') {
  const needs: string[] = outcome.needs;
  needs.join();
}
if (outcome?.status === 'determined') outcome.value;
// @ts-expect-error an outcome that may be open has no value
outcome?.value;
// @ts-expect-error no such status
if (outcome?.status === 'closed') load();
// @ts-expect-error a date is a text
rules.evaluate({}, { on: new Date() });
// @ts-expect-error classes are made by the package
new (await import('leidraad')).RuleSet();
rules.program({ authority: null }).evaluateText('{}').toUpperCase();
engine.ruleSet(await read('evenementen/melding'), { checked: true, name: 'eigen.json' }).free();

const remote = await (await loadInWorker({ worker: new URL('./worker.js', 'https://voorbeeld.nl/') })).open('evenementen/melding');
const later: Promise<Assessment> = remote.evaluate({});
later.then(({ next }) => next?.length);
// @ts-expect-error it is a promise
remote.evaluate({}).next;

const form = document.querySelector('form')!;
const binding: Binding = bindForm(form, Promise.resolve(remote), {
  authority: (bound) => bound.querySelector('select')?.value,
  fields: { datum_start: ['dag', 'maand', 'jaar'], vuurwerk: { name: 'vw', values: { J: true, N: false, '?': null } }, tent: { unchecked: false } },
  messages: { missing: ({ ask }) => ask },
});
bindForm(form, rules, { lists: lists({ overtredingen: { name: 'eerder', fields: { dag: ['d', 'm', 'j'], waar: 'plaats' }, complete: (bound) => bound.querySelector('input')?.checked } }) });
// @ts-expect-error lists are read by leidraad/form-lists
bindForm(form, rules, { lists: { overtredingen: {} } });
// @ts-expect-error a field says so, or a function
lists({ overtredingen: { complete: true } });
// @ts-expect-error a date has three parts
bindForm(form, rules, { fields: { datum_start: ['dag', 'maand'] } });
// @ts-expect-error no such option
bindForm(form, rules, { submit: true });
form.addEventListener('leidraad-change', ({ detail }) => detail.assessment.progress.open.toFixed());
form.addEventListener('leidraad-unavailable', ({ detail: { error } }) => error instanceof LeidraadError && error.code === 'blocked');
for (const { field, message } of await binding.check()) field.setCustomValidity(message);

const dossiers = await loadDossiers({ worker: remote });
let dossier: Dossier = await dossiers.create(rules, { authority: 'GM1729', case: 'Z-1', answers: { aantal: 5 }, by: 'A. de Vries' });
dossier = await (await dossiers.read(dossier.text)).update('{}', { rules: remote, remark: 'Vervallen.' });
dossier = await dossier.sign({ by: 'B. Bakker', role: 'teamleider' });
const { intact, findings }: Verification = await dossier.verify({ head: dossier.head });
if (!intact) findings.map(({ revision, id, text }) => `${revision?.toFixed()} ${id ?? ''} ${text}`);
(await dossier.calendar({ on: '2026-07-04', reader: ['public'] }))?.length;
// @ts-expect-error a dossier is not changed
dossier.text = '';
// @ts-expect-error no such format
dossier.report({ format: 'pdf' });
// @ts-expect-error there is no dossier without rules
dossiers.create();

const list = document.createElement('leidraad-checklist');
list.ruleSet = Promise.resolve(remote);
list.addEventListener('leidraad-checklist-ready', ({ detail }) => list.load('{}')?.then((wrong) => wrong === 'newer' || detail.ruleSet.id));
list.ready.then(({ assessment, caseText }) => assessment?.next ?? caseText?.length);
// @ts-expect-error answers come in by load()
list.answers = {};
