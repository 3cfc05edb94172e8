// Why, and what would change it: per outcome, asked of the engine when it is opened.

import { clean, details, failure, h, hidden, p, small, strong, u, ul } from './dom.js';
import { toQuestion } from './outcome.js';
import { spoken } from './questions.js';
import { official } from './words.js';

export function whyPage(app) {
  const { t, rule } = app.words;
  return [
    app.heading(t('why')),
    app.outcomes().map((decision, n) => {
      const outcome = app.assessment.decisions[decision.id];
      return details(h('span', null, rule(decision.title), /[?!]$/.test(decision.title) ? ' ' : ': ', strong(rule(app.words.outcome(outcome, decision)))),
        () => [later(app, () => reasonsOf(app, decision.id)), app.official && official.deviation(app, decision)], { open: n === 0 });
    }),
    app.q.partial.length > 0 && details(t('notInRules', app.q.partial.length), () => ul(app.q.partial.map(rule))),
    details(t('aboutRules'), () => [app.q.description && p(rule(app.q.description)),
      ul(app.rules.layers.filter(({ authority }) => !authority || authority === app.q.authority).map(({ title, from, to }) => [rule(title), `, ${t('period', from ?? '…', to ?? '…')}`])),
      p(t('referenceDate', app.words.day(app.assessment.on))), h('p.leidraad-small', null, app.assessment.rule_set.digest)]),
  ];
}

/** What takes a moment: its place is there at once. */
export function later(app, make) {
  const place = h('div', null, p(app.words.t('loading')));
  // the words stand before the engine begins, which keeps the page for a while
  setTimeout(async () => {
    try {
      place.replaceChildren(...clean(await make()));
    } catch (error) {
      place.replaceChildren(failure(app.words.t('failed'), error));
    }
  });
  return place;
}

async function reasonsOf(app, id) {
  const explanation = await app.rules.explain(app.answersText(), app.about(), id);
  return explanation.decisions.map((reasons) => reason(app, reasons));
}

function reason(app, reasons) {
  const { t, rule } = app.words;
  const titled = (title, ...content) => [h(`h${Math.min(app.level + 1, 6)}`, { class: u('heading-5') }, title), ...content];
  const list = (title, items, make) => (items?.length > 0 ? titled(title, ul(items.map(make))) : []);
  /** When it holds; the rule of a score or formula is no row and has no conditions. */
  const when = (one) => (one.when.length > 0 ? rule(one.when.map(({ text }) => spoken(app, text)).join(' · ')) : t(one.otherwise ? 'otherwise' : 'always'));
  const row = (one) => [
    one.row !== null && [when(one), ' → '], strong(rule(one.then)),
    one.notes.map(([, text]) => small('“', rule(text), '”')),
    one.sources.length > 0 && small(`${t('sources')}: `, ul(one.sources.map(app.words.source))),
  ];
  return h('div.leidraad-reason', null,
    p(rule(reasons.text)),
    reasons.deviation && p(t('deviates', ''), rule(reasons.deviation.text), ': ', rule(reasons.deviation.motivation)),
    list(t('becauseAnswers'), reasons.answers, ({ question, ask, answer }) => [app.items.has(question) ? toQuestion(app, question) : rule(ask), ' ', rule(answer)]),
    // all of them together say nothing that is not said above
    reasons.sufficient.length < reasons.answers.length && list(t('sufficient'), reasons.sufficient, (id) => rule(app.items.get(id)?.ask ?? id)),
    reasons.formula && p(rule(reasons.formula.filled ?? reasons.formula.words)),
    list(t('adds'), reasons.sum, ({ title, from, points }) => [rule(title), from ? [' (', rule(from), ')'] : '', `: ${points ?? '…'}`]),
    list(t(reasons.outcome.status === 'open' ? 'rulesMaybe' : 'rules'), reasons.rules, row),
    list(t('passed'), reasons.passed, row),
    list(t('values'), reasons.parameters, ({ title, text, wording, sources }) => [rule(title), ': ', strong(rule(text)), wording && [' – “', rule(wording), '”'], ul(sources.map(app.words.source))]),
    list(t('changes'), reasons.changes, ({ answers, outcome }) => [answers.map(({ ask, answer }, n) => [n > 0 ? ` ${t('and')} ` : '', rule(ask), ' ', rule(answer)]), ' → ', strong(rule(outcome))]),
    list(t('decides'), reasons.needs, ({ question, leaves }) => [toQuestion(app, question), leaves.length > 0 && details([t('perAnswer'), hidden(rule(app.items.get(question)?.ask))], () => ul(leaves.map(({ answer, outcomes }) => [rule(answer), ' → ', rule(outcomes.join('; '))])))]),
    list(t('missing'), reasons.missing, ({ title, text }) => [rule(title), ': ', rule(text)]),
    // what it rests on, as deep as it goes
    reasons.rests_on.map((inner) => details(h('span', null, `${t('restsOn')}: `, rule(inner.title)), () => reason(app, inner))));
}

