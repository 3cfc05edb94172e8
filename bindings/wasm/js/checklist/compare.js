// The same answers under the rules of another municipality.

import { bare } from './case.js';
import { clean, details, failure, field, h, p, select, small, strong, u, ul } from './dom.js';
import { standingOf } from './outcome.js';

export function comparePage(app) {
  const { t, lang } = app.words;
  const others = [['', t('choose')], ['-', t('sharedRules')], ...app.authorities().map(([code, title]) => [code, title, lang === 'nl' ? null : 'nl'])].filter(([code]) => code !== (app.about().authority ?? '-'));
  const place = h('div', null);
  const choice = select(others, app.compared ?? '', { onchange: () => show() });
  async function show() {
    app.compared = choice.value;
    if (choice.value === '') return place.replaceChildren();
    try {
      place.replaceChildren(...clean(await table(app, choice.value === '-' ? undefined : choice.value)));
    } catch (error) {
      place.replaceChildren(failure(app.words.t('failed'), error));
    }
  }
  if (app.compared) show();
  return [app.heading(t('compare')), p(t('compareIntro')), field(app.id('compare'), t('compareWith'), choice), place];
}

async function table(app, authority) {
  const { words } = app;
  const { t, rule } = words;
  const about = { ...app.about(), authority };
  // what people decided here was decided under these rules
  const { $deviations, $steps, ...given } = app.own.answers;
  const theirs = await app.rules.questionnaire(about, JSON.stringify(given));
  const known = new Set(theirs.sections.flatMap(({ items }) => items.map(({ id }) => id)));
  const used = bare(Object.fromEntries(Object.entries(given).filter(([id]) => known.has(id) || id.startsWith('$'))));
  const there = await app.rules.evaluate(JSON.stringify(used), about);
  const here = await app.rules.evaluate(JSON.stringify(given), app.about());
  const dropped = Object.keys(given).filter((id) => !known.has(id) && app.items.has(id));
  const decisions = new Map([...app.q.decisions, ...theirs.decisions].map((decision) => [decision.id, decision]));
  const line = (found, list, id) => {
    const decision = list.find((one) => one.id === id);
    const outcome = found.decisions[id];
    return decision ? { text: String(words.line(outcome, decision)), shown: standingOf(app, decision, outcome) } : { text: '', shown: t('notThere') };
  };
  const all = [...decisions.values()].filter(({ part_of }) => !part_of).map(({ id, title, outcome }) => ({ title, outcome, ours: line(here, app.q.decisions, id), theirs: line(there, theirs.decisions, id) })).map((one) => ({ ...one, other: one.ours.text !== one.theirs.text }));
  const [outcomes, between] = [all.filter(({ outcome }) => outcome), all.filter(({ outcome, other }) => !outcome && other)];
  const differs = outcomes.filter(({ other }) => other).length;
  const result = t('differentOutcomes', differs, outcomes.length);
  app.say(result);
  const head = [t('decision'), rule(app.authorityTitle(app.about().authority)), rule(app.authorityTitle(authority))];
  const draw = (list) => h('div', { class: 'leidraad-scroll', tabindex: 0, role: 'region', 'aria-label': t('compare') },
    h('table', { class: u('table', 'html-table') }, h('thead.utrecht-table__header', null, h('tr.utrecht-table__row', null, head.map((text) => h('th', { class: 'utrecht-table__header-cell', scope: 'col' }, text)))),
      h('tbody.utrecht-table__body', null, list.map(({ title, ours, theirs, other }) => h('tr.utrecht-table__row', null,
        h('th', { class: 'utrecht-table__cell', scope: 'row' }, rule(title), other && small(t('different'))), [ours, theirs].map(({ shown }) => h('td.utrecht-table__cell', null, shown)))))));
  return [
    p(strong(result)),
    draw(outcomes),
    between.length > 0 && details(t('onTheWay', between.length), () => draw(between)),
    dropped.length > 0 && details(t('notAskedThere', dropped.length), () => ul(dropped.map((id) => rule(app.items.get(id).ask)))),
  ];
}
