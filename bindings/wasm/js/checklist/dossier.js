// A dossier of the case: recorded, signed off, opened again and told. Few people ask for one, so this is a file of its own, loaded
// with the first that is; what makes dossiers comes with it when it is needed.

import { load } from 'leidraad:dossier';
import { bare, empty } from './case.js';
import { clean, details, field, group, h, p, primary, problemAt, secondary, select, small, textbox, ul } from './dom.js';
import { download } from './keep.js';
import TEXTS from './texts/dossier.js';

const words = ({ words: { lang } }) => (key, ...values) => TEXTS[lang][key].replace(/\{(\d)\}/g, (_, n) => String(values[n]));

/** Where the rules are evaluated, dossiers are made: in the page, or in the worker of a page that forbids WebAssembly. */
const start = (app) => load(app.rules.dossier ? { worker: app.rules } : {});

/** The clock, on the day that the page says it is. */
const moment = (app) => (app.todayGiven ? { at: `${app.todayGiven}T${new Date().toISOString().slice(11, 19)}Z` } : {});

/** What the case remembers of a dossier: its text, and under whose rules and on which days it is judged. */
const remembered = ({ text, authority, on, opened }) => ({ text, authority: authority ?? undefined, on: on ?? undefined, today: opened });

/** Records what differs from what was recorded before; the first time in a dossier of its own. */
async function recorded(app, stamp) {
  const dossiers = await start(app);
  const own = app.own;
  const given = { ...moment(app), ...stamp };
  const dossier = own.dossier
    ? await (await dossiers.read(own.dossier.text)).update(app.answersText(own), { ...given, rules: app.rules })
    : await dossiers.create(app.rules, { ...given, authority: app.authority, on: app.on, case: app.caseName, answers: app.answersText(own) });
  await remember(app, dossier);
  return dossier;
}

const remember = (app, dossier) => (app.own.dossier?.text === dossier.text ? undefined : app.change((own) => { own.dossier = remembered(dossier); }));

/** What the page “Bewaren” has of it. */
export function part(app) {
  const t = words(app);
  const at = (name) => app.id(`dossier-${name}`);
  const state = h('p.leidraad-small', null);
  const outcome = h('div', { role: 'status' });
  const by = textbox({ value: app.own.by });
  const remark = textbox();
  const name = `${app.rules.id.replace(/\W+/g, '-')}`;
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
  const act = (work) => async () => {
    if (busy) return;
    busy = true;
    outcome.replaceChildren(p(app.words.t('loading')));
    try {
      outcome.replaceChildren(...clean([p(await work())]));
    } catch (error) {
      outcome.replaceChildren();
      app.fail(error);
    }
    busy = false;
    show();
  };
  const stamp = () => ({ by: by.value.trim() || undefined, remark: remark.value.trim() || undefined });
  const save = (dossier) => {
    download(`${name}-dossier.json`, dossier.text);
    app.kept();
    remark.value = '';
    const aside = Object.keys(app.own.aside).length;
    return [t('saved', dossier.head), aside > 0 && small(t('aside', aside))];
  };
  const told = (make) => act(async () => {
    const dossier = await recorded(app, stamp());
    return make(dossier, { rules: app.rules, on: app.today(), ...(classes && reader.value === 'public' ? { reader: ['public'] } : {}) });
  });

  return [
    p(t('means')),
    state,
    field(at('by'), t('by'), by, t('byHelp')),
    field(at('remark'), t('remark'), remark, t('remarkHelp')),
    group(primary(t('save'), act(async () => save(await recorded(app, stamp()))))),
    app.official && details(t('sign'), () => [p(t('signMeans')), problem, field(at('name'), t('name'), who), field(at('role'), t('role'), role),
      secondary(t('signNow'), () => {
        problem.textContent = '';
        if (who.value.trim()) return signed();
        problem.textContent = t('signNeeds');
        return who.focus();
      })]),
    app.sub(t('told')),
    p(t('toldMeans')),
    p(t('toldRecords')),
    classes && field(at('reader'), t('reader'), reader),
    group(secondary(t('report'), told(async (dossier, options) => {
        download(`${name}-rapport.html`, await dossier.report(options), 'text/html');
        return t('reported');
      })),
      secondary(t('calendar'), told(async (dossier, options) => {
        const calendar = await dossier.calendar(options);
        if (calendar === undefined) return t('noCalendar');
        download(`${name}.ics`, calendar, 'text/calendar');
        return t('calendared');
      }))),
    outcome,
  ];

  function signed() {
    return act(async () => {
      const dossier = await recorded(app, stamp());
      const next = await dossier.sign({ ...moment(app), by: who.value.trim(), role: role.value.trim() || undefined });
      await remember(app, next);
      return save(next);
    })();
  }
}

/**
 * A dossier from a file, as a case to go on with.
 * @returns the case; nothing where it is refused, which is told
 */
export async function read(app, text) {
  const t = words(app);
  const { rule } = app.words;
  const refuse = (key, more) => void app.notice('error', t(key), more);
  const listed = (findings) => ul(findings.map(({ revision, text: why }) => [revision && `${t('revision', revision)}: `, rule(why)]));
  try {
    const dossier = await (await start(app)).read(text);
    if (dossier.ruleSet !== app.rules.id) return refuse('otherRules');
    const { intact, complete, findings } = await dossier.verify({ rules: app.rules });
    if (!intact) return refuse('changed', listed(findings.filter(({ weight }) => weight === 'changed')));
    if (dossier.withheld) return refuse('copy');
    if (!(await dossier.fits(app.rules))) {
      const { decisions } = await dossier.under(app.rules);
      const line = ({ title, then, now }) => [rule(title), ': ', then ? rule(then.text) : t('wasNot'), ' → ', now ? rule(now.text) : t('isNot')];
      return refuse('then', decisions.length > 0 && [p(t('thenNow')), ul(decisions.map(line))]);
    }
    const other = dossier.authority !== (app.authority?.toUpperCase() ?? null);
    const told = () => app.notice(complete ? 'info' : 'warning', complete ? t(other ? 'openedOther' : 'opened', app.authorityTitle(dossier.authority)) : t('notWhole'), complete ? undefined : listed(findings));
    // what is told when it is there is no part of the case
    return Object.defineProperty({ ...empty(), answers: bare(dossier.answers), dossier: remembered(dossier) }, 'told', { value: told });
  } catch (error) {
    if (['syntax', 'wrong-shape', 'missing-key', 'unknown-key', 'format-version', 'too-large', 'duplicate'].includes(error.code)) return refuse('notRead', h('p', { lang: 'en' }, error.message));
    return void app.fail(error);
  }
}
