// Always in view: what is decided, what is still possible and what decides it, how far it is, and what to answer next.

import { badge, details, h, hidden, p, small, strong, textButton, u, ul } from './dom.js';

/** So many outcomes, and so many letters of what one can still become, are shown at once; more are folded. */
const [SHOWN, LETTERS] = [2, 120];

/** A link to a question, as the person at work would go to it. */
export const toQuestion = (app, id) => {
  const item = app.items.get(id);
  return item ? textButton(app.words.rule(item.ask), () => app.ask(id)) : h('span', null, id);
};

/** What has come out, or what still can. */
export function standingOf(app, decision, outcome = app.assessment.decisions[decision.id]) {
  const { t, rule } = app.words;
  if (outcome?.status !== 'open') return h('strong.leidraad-decided', null, rule(app.words.outcome(outcome, decision)));
  const possible = app.words.possible(outcome, decision);
  const list = () => ul(possible.map((text) => rule(text)));
  const title = t(outcome.approximate ? 'canAtMost' : 'canBecome');
  return [badge('neutral', t('stillOpen')), possible.join('').length > LETTERS
    ? details([title, ` (${possible.length})`, hidden(rule(decision.title))], list)
    : [small(title, ':'), list()]];
}

export function summary(app) {
  const { assessment, words } = app;
  const { t } = words;
  const outcomes = app.outcomes();
  const settled = outcomes.filter(({ id }) => assessment.decisions[id]?.status !== 'open');
  const few = outcomes.length <= SHOWN;
  const list = () => h('dl.leidraad-outcomes', null, outcomes.map((decision) => outcomeOf(app, decision)));
  return [
    h(`h${app.level}`, { class: u('heading-3'), id: app.id('summary') }, t('standing')),
    few ? list() : [p(strong(t('settledOf', settled.length, outcomes.length))), details(t('allOutcomes'), list, { open: app.opened('outcomes') , id: app.id('outcomes') })],
    progress(app),
    next(app),
  ];
}

function outcomeOf(app, decision) {
  const { t, rule } = app.words;
  const outcome = app.assessment.decisions[decision.id];
  const deviation = app.own.answers.$deviations?.[decision.id];
  const needs = outcome?.status === 'open' ? outcome.needs.filter((id) => app.items.has(id)) : [];
  return h('div', { class: `leidraad-outcome leidraad-outcome--${outcome?.status}` },
    h('dt', null, rule(decision.title)),
    h('dd', null,
      standingOf(app, decision),
      deviation && p(t('deviates', ''), rule(app.words.label(deviation.value, decision))),
      needs.length > 0 && details(t('decidedBy', needs.length), () => ul(needs.map((id) => toQuestion(app, id)))),
      outcome?.status === 'unregulated' && h('p.leidraad-small', null, t('unregulatedMeans'))));
}

/** Questions that may still come count as not done: it never says more than is so. */
function progress(app) {
  const { t } = app.words;
  const { answered, open, may_become_relevant: maybe } = app.assessment.progress;
  const all = answered + open + maybe;
  return h('div.leidraad-progress', null,
    h('label', { for: app.id('progress') }, t('answeredOf', answered, answered + open), maybe > 0 && ` ${t('maybeMore', maybe)}`),
    h('progress', { id: app.id('progress'), value: answered, max: Math.max(all, 1) }));
}

function next(app) {
  const { t } = app.words;
  const { next, progress } = app.assessment;
  if (next === null) {
    const open = app.outcomes().some(({ id }) => app.assessment.decisions[id]?.status === 'open');
    return p(open ? t('nothingLeftToAsk') : progress.open > 0 ? t('decidedAlready', progress.open) : t('allDone'));
  }
  if (app.isAsking(next)) return null;
  return p(`${t('nextQuestion')} `, toQuestion(app, next));
}
