// A dossier of the case: recorded, signed off, opened again and told. Few people ask for one, so this is a file of its own, loaded
// with the first that is; what makes dossiers comes with it when it is needed.

import { load } from 'leidraad:dossier';
import { bare, empty, signedText } from './case.js';
import { clean, details, field, group, h, p, primary, problemAt, secondary, select, small, textbox, ul } from './dom.js';
import { download } from './keep.js';
import TEXTS from './texts/dossier.js';

/** Texts of a part that is loaded on demand, with `{0}` filled in. */
export const wordsOf = (texts) => ({ words: { lang } }) => (key, ...values) => texts[lang][key].replace(/\{(\d)\}/g, (_, n) => String(values[n]));
const words = wordsOf(TEXTS);

/** Where the rules are evaluated, dossiers are made: in the page, or in the worker of a page that forbids WebAssembly. */
export const start = (app) => load(app.rules.dossier ? { worker: app.rules } : {});

/** The clock, on the day that the page says it is. */
const moment = (app) => (app.todayGiven ? { at: `${app.todayGiven}T${new Date().toISOString().slice(11, 19)}Z` } : {});

/** What the case remembers of a dossier: its text, and under whose rules and on which days it is judged. */
const remembered = ({ text, authority, on, opened }) => ({ text, authority: authority ?? undefined, on: on ?? undefined, today: opened });

/** Who does which section, and who says that it is ready, as a dossier has it. */
function sections(app) {
  const { assigned, signed } = app.own;
  return app.q.sections.flatMap(({ section, items }) => {
    const ready = signed[section] && { by: signed[section].by, role: signed[section].role, at: signed[section].at, changed: signed[section].of !== signedText(app, items) };
    return assigned[section] || ready ? [{ section, assigned: assigned[section], ready }] : [];
  });
}

/** And back: what was answered after somebody said so shows. */
function noted(own, dossier, q) {
  for (const { section, assigned, ready, answeredSince } of dossier.sections) {
    const items = q.sections.find((one) => one.section === section)?.items ?? [];
    if (assigned) own.assigned[section] = assigned;
    const stands = ready && !ready.changed && !items.some(({ id }) => answeredSince.includes(id));
    if (ready) own.signed[section] = { by: ready.by, ...(ready.role ? { role: ready.role } : {}), at: ready.at, of: stands ? signedText({ own }, items) : '' };
  }
  return own;
}

/**
 * Records what differs from what was recorded before; the first time in a dossier of its own.
 * @returns the dossier; nothing where the rules of this page are no longer those by which it was judged, which is told
 */
async function recorded(app, stamp) {
  const dossiers = await start(app);
  const own = app.own;
  const given = { ...moment(app), ...stamp, sections: sections(app) };
  let dossier;
  if (own.dossier) {
    const before = await dossiers.read(own.dossier.text);
    if (!(await before.fits(app.rules))) return otherwise(app, before);
    dossier = await before.update(app.answersText(own), { ...given, rules: app.rules });
  } else {
    dossier = await dossiers.create(app.rules, { ...given, authority: app.authority, on: app.on, case: app.caseName, answers: app.answersText(own) });
  }
  await remember(app, dossier);
  return dossier;
}

const refuse = (app, key, more) => void app.notice('error', words(app)(key), more);

/** What cannot be gone on with here can still be told, by the rules of this page or by those that it keeps. */
const onlyTold = (app, dossier) => secondary(words(app)('reportOf'), async () => {
  try {
    download(`${app.fileName}-rapport.html`, await dossier.report({ rules: app.rules, on: app.today() }), 'text/html');
  } catch (error) {
    app.fail(error);
  }
});

/** Other rules have come in the place of those of the dossier: what would be different by them. */
async function otherwise(app, dossier) {
  const t = words(app);
  const { rule } = app.words;
  const { decisions } = await dossier.under(app.rules);
  const line = ({ title, then, now }) => [rule(title), ': ', then ? rule(then.text) : t('wasNot'), ' → ', now ? rule(now.text) : t('isNot')];
  return refuse(app, 'then', [decisions.length > 0 && [p(t('thenNow')), ul(decisions.map(line))], onlyTold(app, dossier)]);
}

const remember = (app, dossier) => (app.own.dossier?.text === dossier.text ? undefined : app.change((own) => { own.dossier = remembered(dossier); }));

/** What the page “Bewaren” has of it. */
export function part(app) {
  const t = words(app);
  const at = (name) => app.id(`dossier-${name}`);
  const state = h('p.leidraad-small', null);
  /** What was done is told under the buttons that did it. */
  const place = () => h('div', { role: 'status' });
  const [recordedAt, toldAt] = [place(), place()];
  const by = textbox({ value: app.own.by });
  const remark = textbox({ value: app.remark });
  const classes = app.q.sections.some(({ items }) => items.some(({ confidentiality }) => confidentiality)) || app.q.steps.some(({ confidentiality }) => confidentiality);
  const reader = select([['all', t('readerAll')], ['public', t('readerPublic')]], 'all');
  const [who, role] = [textbox({ value: app.own.by }), textbox()];
  const problem = problemAt();
  show();

  function show() {
    const { revisions } = app.own.dossier ? JSON.parse(app.own.dossier.text) : {};
    state.textContent = revisions ? t(revisions.length > 1 ? 'now' : 'one', revisions.length, revisions.at(-1).hash) : t('none');
  }

  /** One at a time; what went wrong is told. */
  let busy = false;
  const act = (outcome, work) => async () => {
    if (busy) return;
    busy = true;
    outcome.replaceChildren(p(app.words.t('loading')));
    try {
      const said = await work();
      outcome.replaceChildren(...clean([said && p(said)]));
    } catch (error) {
      outcome.replaceChildren();
      app.fail(error);
    }
    busy = false;
    show();
  };
  const stamp = () => ({ by: by.value.trim() || undefined, remark: remark.value.trim() || undefined });
  const save = (dossier) => {
    if (!dossier) return undefined;
    download(`${app.fileName}-dossier.json`, dossier.text);
    app.kept();
    remark.value = '';
    app.remark = undefined;
    const aside = Object.keys(app.own.aside).length;
    return [t('saved', dossier.head), aside > 0 && small(t('aside', aside))];
  };
  const told = (make) => act(toldAt, async () => {
    const dossier = await recorded(app, stamp());
    return dossier && make(dossier, { rules: app.rules, on: app.today(), ...(classes && reader.value === 'public' ? { reader: ['public'] } : {}) });
  });

  return [
    p(t('means')),
    state,
    field(at('by'), t('by'), by, t('byHelp')),
    field(at('remark'), t('remark'), remark, t('remarkHelp')),
    group(primary(t('save'), act(recordedAt, async () => save(await recorded(app, stamp()))))),
    app.official && details(t('sign'), () => [p(t('signMeans')), problem, field(at('name'), t('name'), who), field(at('role'), t('role'), role),
      group(secondary(t('signNow'), () => {
        problem.textContent = '';
        if (who.value.trim()) return signed();
        problem.textContent = t('signNeeds');
        return who.focus();
      }))]),
    recordedAt,
    app.sub(t('told')),
    p(t('toldMeans')),
    p(t('toldRecords')),
    classes && field(at('reader'), t('reader'), reader),
    group(secondary(t('report'), told(async (dossier, options) => {
        download(`${app.fileName}-rapport.html`, await dossier.report(options), 'text/html');
        return t('reported');
      })),
      secondary(t('calendar'), told(async (dossier, options) => {
        const calendar = await dossier.calendar(options);
        if (calendar === undefined) return t('noCalendar');
        download(`${app.fileName}.ics`, calendar, 'text/calendar');
        return t('calendared');
      }))),
    toldAt,
  ];

  function signed() {
    return act(recordedAt, async () => {
      const dossier = await recorded(app, stamp());
      if (!dossier) return undefined;
      const next = await dossier.sign({ ...moment(app), by: who.value.trim(), role: role.value.trim() || undefined });
      await remember(app, next);
      return save(next);
    })();
  }
}

/** What a dossier holds, as a case. */
export async function asCase(app, dossier) {
  const own = { ...empty(), answers: bare(dossier.answers), dossier: remembered(dossier) };
  return noted(own, dossier, await app.rules.questionnaire(app.about(own), JSON.stringify(own.answers)));
}

/**
 * A dossier from a file, as a case to go on with.
 * @returns the case; nothing where it is refused, which is told
 */
export async function read(app, text) {
  const t = words(app);
  const { rule } = app.words;
  const listed = (findings) => ul(findings.map(({ revision, text: why }) => [revision && `${t('revision', revision)}: `, rule(why)]));
  try {
    const dossier = await (await start(app)).read(text);
    if (dossier.ruleSet !== app.rules.id) return refuse(app, 'otherRules');
    const { intact, complete, findings } = await dossier.verify({ rules: app.rules });
    if (!intact) return refuse(app, 'changed', listed(findings.filter(({ weight }) => weight === 'changed')));
    if (dossier.withheld) return refuse(app, 'copy', onlyTold(app, dossier));
    if (!(await dossier.fits(app.rules))) return otherwise(app, dossier);
    const other = dossier.authority !== (app.authority?.toUpperCase() ?? null);
    const told = Object.assign(() => app.notice(complete ? 'info' : 'warning', complete ? t(other ? 'openedOther' : 'opened', app.authorityTitle(dossier.authority)) : t('notWhole'), complete ? undefined : listed(findings)), { complete });
    // what is told when it is there is no part of the case
    return Object.defineProperty(await asCase(app, dossier), 'told', { value: told });
  } catch (error) {
    if (['syntax', 'wrong-shape', 'missing-key', 'unknown-key', 'format-version', 'too-large', 'duplicate'].includes(error.code)) return refuse(app, 'notRead', h('p', { lang: 'en' }, error.message));
    return void app.fail(error);
  }
}
