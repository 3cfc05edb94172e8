// Check the answers: everything that was filled in, with a way to change it. Printed, it is the report.

import { parts } from './case.js';
import { alert, badge, group, h, hidden, p, primary, rows, secondary, small, strong, textButton, ul } from './dom.js';
import { standingOf } from './outcome.js';
import { standing } from './tasks.js';
import { stepList } from './steps.js';

const ALERTS = { note: 'info', attention: 'warning', obstacle: 'error' };

export function reviewPage(app) {
  const { assessment, own, words } = app;
  const { t, rule } = words;
  const day = (text) => words.day(text);
  const { sub } = app;
  const outcomes = (...kinds) => app.outcomes().filter(({ id }) => kinds.includes(assessment.decisions[id]?.status ?? 'determined'));
  const away = outcomes('not_applicable');
  const findings = assessment.findings.filter(({ possible }) => !possible);
  const deviations = Object.entries(own.answers.$deviations ?? {});
  return [
    app.heading(t('review')),
    h('p.leidraad-print', null, rule(app.q.title), ' · ', rule(app.authorityTitle(app.q.authority)), ` · ${t('referenceDate', day(assessment.on))} · ${t('printedOn', day(app.today()))} · ${t('answeredOf', assessment.progress.answered, assessment.progress.answered + assessment.progress.open)}`),
    // what is open comes first; printed, this is all there is of the outcomes
    rows([...[...outcomes('open'), ...outcomes('determined', 'unregulated', 'withheld')].map((one) => [rule(one.title), standingOf(app, one)]),
      away.length > 0 && [t('notApplicable'), ul(away.map(({ title }) => rule(title)))]]),
    findings.length > 0 && [sub(t('findings')), findings.map(({ text, severity }) => alert(ALERTS[severity] ?? 'info', p(strong(t(`severity_${severity}`)), ' ', rule(text))))],
    app.q.sections.map((one) => answersOf(app, one, sub)),
    deviations.length > 0 && [sub(t('deviations')), rows(deviations.map(([id, { value, motivation, by, at }]) => {
      const decision = app.q.decisions.find((each) => each.id === id);
      return [rule(decision?.title ?? id), [h('div', null, rule(decision ? app.words.label(value, decision) : JSON.stringify(value))), h('div', null, motivation), words.by({ by, at })]];
    }))],
    Object.keys(own.aside).length > 0 && [sub(t('aside')), p(t('asideMeans')), ul(Object.keys(own.aside).map((id) => [rule(app.items.get(id)?.ask ?? id), ': ', JSON.stringify(own.aside[id])]))],
    app.q.steps.length > 0 && h('div.leidraad-print', null, sub(t('steps')), stepList(app, false)),
    group(primary(t('print'), () => window.print()), secondary(t('keep'), () => app.go('keep'))),
    h('p.leidraad-small', null, t('advises')),
  ];
}

/** Only what is relevant; what was answered and no longer is, is told apart. */
function answersOf(app, { section, items }, sub) {
  const { t, rule } = app.words;
  const state = ({ id }) => app.assessment.questions[id];
  const shown = items.filter((item) => state(item).status !== 'not_relevant' && (!state(item).relevance || app.own.answers[item.id] !== undefined));
  const kept = items.filter((item) => state(item).status === 'not_relevant' && app.own.answers[item.id] !== undefined);
  if (shown.length + kept.length === 0) return null;
  const signed = app.own.signed[section];
  return [
    sub(rule(section)),
    app.official && (app.own.assigned[section] || signed) && h('p.leidraad-small', null, app.own.assigned[section] && `${t('assignedTo')}: ${app.own.assigned[section]}. `, signed && [badge(...standing(app, { section, items })), ' ', app.words.signed(signed)]),
    rows([...shown, ...kept].map((item) => {
      const answer = app.own.answers[item.id];
      const { kind, notes } = parts(answer);
      const words = app.words.answer(item, answer);
      return [
        rule(item.ask),
        [
          h('div', { class: kind === 'none' ? 'leidraad-none' : null }, kind === 'value' && !item.fields ? rule(words) : words),
          kept.includes(item) && small(t('notRelevantNow')),
          notes.remark && small(`${t('remark')}: `, String(notes.remark)),
          notes.evidence?.length > 0 && small(`${t('evidence')}: `, notes.evidence.join('; ')),
          app.words.by(notes),
        ],
        textButton([t(kind === 'none' ? 'answerIt' : 'change'), hidden(rule(item.ask))], () => app.ask(item.id, true)),
      ];
    })),
  ];
}
