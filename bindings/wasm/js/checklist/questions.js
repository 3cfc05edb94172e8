// One question a page, for people who fill it in once.

import { whole } from './case.js';
import { alert, details, group, h, p, primary, secondary, textButton, u, ul } from './dom.js';
import { questionField, wanted } from './field.js';

export function questionPage(app) {
  const { t, rule } = app.words;
  const item = app.items.get(app.current);
  if (!item) return [app.heading(t('question')), p(t('nothingLeftToAsk')), primary(t('review'), () => app.go('review'))];
  const heading = app.heading('');
  const section = app.q.sections.find(({ items }) => items.includes(item)).section;
  const keep = (found) => app.answer(item, whole({ ...found, notes: {} }));
  const one = questionField(app, item, { answer: app.own.answers[item.id], heading, keep });
  const problem = h('div', null);
  const form = h('form', { novalidate: true, class: 'utrecht-form', oninput: () => (app.touched = item.id), onsubmit: (event) => { event.preventDefault(); send(); } },
    problem,
    one.element,
    group(h('button', { type: 'submit', class: u('button', 'primary-action') }, t(app.changing ? 'saveBack' : 'next')),
      app.past.length > 0 && !app.changing && secondary(t('previous'), () => app.back()),
      app.changing && secondary(t('cancel'), () => app.go('review'))));

  async function send() {
    const found = one.read();
    let error = found.kind === 'none' ? 'missing' : found.error;
    if (!error) error = await keep(found);
    if (!error) return app.onwards();
    show(message(app, item, error), found.field);
  }
  function show(text, at) {
    one.error(text, at);
    const title = h(`h${app.level}`, { class: u('heading-4'), tabindex: -1 }, t('errorTitle'));
    problem.replaceChildren(alert('error', title, ul([textButton(text, () => (at ?? one).focus())])));
    title.focus();
  }

  return [
    h('p.leidraad-section', null, rule(section)),
    form,
    details(t('whyAsked'), () => aboutQuestion(app, item)),
  ];
}

/** What hangs on a question, and where it comes from. */
export function aboutQuestion(app, item) {
  const { t, rule } = app.words;
  const hangs = app.outcomes().filter(({ id }) => app.assessment.decisions[id]?.needs?.includes(item.id));
  return [
    hangs.length > 0 ? p(`${t('hangsOnIt')}: `, hangs.map(({ title }, n) => [n > 0 ? '; ' : '', rule(title)])) : p(t('decidesNothing')),
    item.when && p(`${t('askedWhen')}: `, rule(item.when.map((all) => all.map((text) => spoken(app, text)).join(` ${t('and')} `)).join(` ${t('or')} `))),
    item.strength && p(`${t('strength')}: `, rule(item.strength)),
    item.sources.length > 0 && [p(`${t('sources')}:`), ul(item.sources.map(app.words.source))],
  ];
}

/** A test begins with the id of a question where people know its words. */
export function spoken(app, text) {
  const [, id, rest] = /^([^:\s]+): (.*)$/.exec(text) ?? [];
  const item = id && app.items.get(id);
  return item ? `${item.ask} ${rest}` : text;
}

/** What is wrong, and what to do. */
export function message(app, item, error) {
  const { t } = app.words;
  if (error === 'outside' && item.min !== null) return wanted(app.words, item);
  return t(`error_${error === 'outside' ? 'other' : error}`);
}

