// The steps of the procedure, with whose turn it is and before which day.

import { badge, details, h, hidden, p, small, strong, ul } from './dom.js';
import { official } from './words.js';

const KINDS = { done: 'success', open: 'info', blocked: 'neutral', skipped: 'neutral', undecided: 'neutral' };

/** So many that a step waits for are named at once; more are folded. */
const WAITS = 3;

export function stepsPage(app) {
  const { t } = app.words;
  return [app.heading(t('steps')), stepList(app, app.official)];
}

export function stepList(app, editable) {
  const { t } = app.words;
  const known = app.q.steps.map((step) => [step, app.assessment.steps.find(({ id }) => id === step.id) ?? { status: 'undecided' }]);
  const [sure, maybe] = [known.filter(([, { status }]) => !['undecided', 'not_applicable'].includes(status)), known.filter(([, { status }]) => status === 'undecided')];
  const list = (steps) => h('ol.leidraad-steps', null, steps.map(([step, state]) => one(app, step, state, editable)));
  return h('div', null,
    sure.length > 0 ? list(sure) : p(t('noStepsYet')),
    maybe.length > 0 && details(t('maybeSteps', maybe.length), () => list(maybe)));
}

function one(app, step, state, editable) {
  const { t, rule } = app.words;
  const title = (id) => rule(app.q.steps.find((other) => other.id === id)?.title ?? app.items.get(id)?.ask ?? id);
  const waits = (ids) => (ids.length > WAITS
    ? details([`${t('waitsFor')} (${ids.length})`, hidden(rule(step.title))], () => ul(ids.map(title)))
    : small(`${t('waitsFor')}: `, ids.map((id, n) => [n > 0 ? '; ' : '', title(id)])));
  return h('li', null,
    h('div.leidraad-step', null, strong(rule(step.title)), ' ', badge(KINDS[state.status], t(state.term?.status === 'lapsed' ? 'term_lapsed' : `step_${state.status}`))),
    small(`${t('who')}: `, rule(step.actor), step.document && [` · ${t('document')}: `, rule(step.document)]),
    step.help && small(rule(step.help)),
    state.done && h('div', null, t('doneOn', app.words.day(state.done)), state.by && ` (${state.by})`),
    state.skipped && h('div', null, `${t('skippedWhy')}: ${state.skipped}`),
    state.term && term(app, state.term),
    state.blocked_by && waits(state.blocked_by),
    editable && ['open', 'done', 'skipped', 'blocked'].includes(state.status) && official.record(app, step));
}

function term(app, { status, day, time, at_least: least, earliest, not_before: after, not_after: before, missing }) {
  const { t } = app.words;
  const show = (one) => app.words.day(one);
  const parts = [
    day && t(least ? 'fromDay' : 'byDay', show(day) + (time ? ` ${time}` : '')),
    earliest && t('notBeforeDay', show(earliest)),
    !day && (after || before) && t('betweenDays', after ? show(after) : '…', before ? show(before) : '…'),
    !day && !after && !before && t('dayUnknown'),
  ].filter(Boolean);
  const late = ['overdue', 'late', 'too_early'].includes(status);
  return h('div', { class: late ? 'leidraad-late' : null }, strong(parts.join(' · ')), ' ', badge(late ? 'error' : 'neutral', t(`term_${status}`)),
    missing?.length > 0 && small(`${t('missing')}: `, missing.map((id) => app.items.get(id)?.ask ?? app.q.steps.find((step) => step.id === id)?.title ?? id).join('; ')));
}

