// The list of tasks for officials: sections with their state, and in a section every question with what is noted beside it.

import { parts, signedText, whole } from './case.js';
import { badge, clean, details, field, group, h, hidden, p, primary, secondary, textButton, textarea, textbox } from './dom.js';
import { questionField } from './field.js';
import { aboutQuestion, message } from './questions.js';
import { official } from './words.js';

/** Where a section stands. */
export function standing(app, { section, items }) {
  const states = items.map(({ id }) => app.assessment.questions[id]).filter(({ status }) => status !== 'not_relevant');
  const count = (...kinds) => states.filter(({ status, relevance }) => kinds.includes(status) && !(relevance && status === 'open')).length;
  const [open, done, unknown] = [count('open'), count('answered', 'not_applicable', 'unknown'), count('unknown')];
  const maybe = states.length - open - done - count('withheld');
  const { t } = app.words;
  const signed = app.own.signed[section];
  if (signed) return signed.of === signedText(app, items) ? ['success', t('signed')] : ['warning', t('signedChanged')];
  if (states.length === 0) return ['neutral', t('notApplicable')];
  if (open > 0 || done === 0) return done === 0 ? ['neutral', open === 0 && maybe > 0 ? t('notYet') : t('notBegun')] : ['info', t('busy', done, open + done)];
  return unknown > 0 ? ['warning', t('doneUnknown', unknown)] : ['success', t('done')];
}

export function tasksPage(app) {
  const { t, rule } = app.words;
  const by = textbox({ onchange: () => app.change((own) => { own.by = by.value.trim() || undefined; }), value: app.own.by });
  return [
    app.heading(t('tasks')),
    h('ul.leidraad-tasks', null, app.q.sections.map((one) => {
      const [kind, text] = standing(app, one);
      const role = app.own.assigned[one.section];
      return h('li', null,
        h('span', null, textButton(rule(one.section), () => app.go('section', one.section)), role && h('span.leidraad-small', null, `${t('assignedTo')}: `, role)),
        badge(kind, text));
    })),
    field(app.id('by'), t('whoFillsIn'), by, t('whoFillsInHelp')),
    group(secondary(t('review'), () => app.go('review'))),
  ];
}

export function sectionPage(app) {
  const { t, rule } = app.words;
  const at = Math.max(0, app.q.sections.findIndex(({ section }) => section === app.section));
  const one = app.q.sections[at];
  const blocks = one.items.map((item) => block(app, item));
  const state = h('p', null);
  const nothing = p(t('nothingRelevant'));
  app.onresult = () => {
    for (const each of blocks) each.update();
    state.replaceChildren(badge(...standing(app, one)));
    nothing.hidden = blocks.some(({ element }) => !element.hidden);
  };
  const result = [
    h('p.leidraad-section', null, textButton(`‹ ${t('tasks')}`, () => app.go('tasks'))),
    app.heading(rule(one.section)),
    state,
    one.help && p(rule(one.help)),
    nothing,
    blocks.map(({ element }) => element),
    official.signOff(app, one),
    group(at + 1 < app.q.sections.length ? primary([t('nextSection'), ' ', rule(app.q.sections[at + 1].section)], () => app.go('section', app.q.sections[at + 1].section)) : primary(t('review'), () => app.go('review')),
      secondary(t('toTasks'), () => app.go('tasks'))),
  ];
  app.onresult();
  return result;
}

/** A question with its notes; what is typed stays while the rest of the page follows. */
function block(app, item) {
  const { t, rule } = app.words;
  const heading = app.sub();
  heading.id = app.id(`at-${item.id}`);
  const answer = () => app.own.answers[item.id];
  const one = questionField(app, item, { answer: answer(), heading, onchange: () => save(), keep: save });
  const marks = h('p.leidraad-marks', null);
  const clear = textButton([t('clear'), hidden(rule(item.ask))], async () => {
    await app.answer(item, undefined);
    app.redraw(item.id);
  });

  async function save(found = one.read()) {
    app.touched = undefined;
    if (found.error) return one.error(message(app, item, found.error), found.field);
    const notes = { ...parts(answer()).notes };
    if (found.kind !== 'none' && app.own.by) Object.assign(notes, { by: app.own.by, at: app.today() });
    const wrong = await app.answer(item, whole({ ...found, notes }));
    one.error(wrong && message(app, item, wrong));
    return wrong;
  }

  function notes() {
    const { kind, notes: own } = parts(answer());
    const values = {
      remark: textarea(own.remark, { onchange: note }),
      evidence: textarea((own.evidence ?? []).join('\n'), { onchange: note }),
      by: textbox({ value: own.by, onchange: note }),
    };
    async function note() {
      const evidence = values.evidence.value.split('\n').map((line) => line.trim()).filter(Boolean);
      const now = parts(answer());
      // a remark on a question that nobody has answered says that it was asked
      const known = now.kind === 'none' ? { kind: 'unknown' } : now;
      const by = values.by.value.trim();
      await app.answer(item, whole({ ...known, notes: { ...now.notes, remark: values.remark.value.trim(), evidence, by, at: by ? now.notes.at ?? app.today() : undefined } }));
      if (now.kind === 'none') app.redraw(item.id);
    }
    return [
      kind === 'none' && p(t('noteMeansUnknown')),
      field(app.id(`remark-${item.id}`), t('remark'), values.remark),
      field(app.id(`evidence-${item.id}`), t('evidence'), values.evidence, t('evidenceHelp')),
      field(app.id(`by-${item.id}`), t('by'), values.by),
    ];
  }

  const noted = h('span', null);
  const element = h('div', { class: 'leidraad-block', oninput: () => (app.touched = item.id) }, one.element, marks,
    details(noted, notes), details([t('whyAsked'), hidden(rule(item.ask))], () => aboutQuestion(app, item)));
  return {
    element,
    update() {
      const state = app.assessment.questions[item.id];
      const { kind, notes: own } = parts(answer());
      const away = state.status === 'not_relevant';
      element.hidden = away && kind === 'none';
      const count = (own.remark ? 1 : 0) + (own.evidence?.length ?? 0);
      noted.replaceChildren(count > 0 ? t('notesN', count) : t('notes'), hidden(rule(item.ask)));
      marks.replaceChildren(...clean([
        away && badge('neutral', t('notRelevantNow')),
        !away && state.relevance && badge('neutral', t('maybeRelevant')),
        state.status === 'unknown' && badge('warning', t('unknownNow')),
        app.assessment.next === item.id && badge('info', t('bestNext')),
        item.judgement && badge('neutral', t('judgement')),
        item.strength && badge('neutral', rule(item.strength)),
        state.suggested !== undefined && h('span.leidraad-small', null, `${t('suggested')}: `, rule(app.words.value(item, state.suggested))),
        app.words.by(own),
        kind !== 'none' && clear,
      ]));
    },
  };
}

