// What only officials do: decide otherwise, keep up with steps, sign off on a section. A file of its own, loaded before the first list
// of tasks is shown.

import { date, dutch } from '../form/notation.js';
import { signedText } from './case.js';
import { details, field, group, h, hidden, p, primary, problemAt, secondary, select, textarea, textbox } from './dom.js';

/** An official may decide otherwise, and says why (Awb 4:84). */
export function deviation(app, decision) {
  const { t, rule, lang } = app.words;
  if (decision.outcomes.length === 0) return null;
  const own = app.own.answers.$deviations?.[decision.id];
  return details(own ? t('deviationSet') : t('deviate'), () => {
    const chosen = decision.outcomes.findIndex(([value]) => JSON.stringify(value) === JSON.stringify(own?.value));
    const value = select([['', t('choose')], ...decision.outcomes.map(([, text], n) => [String(n), text, lang === 'nl' ? null : 'nl'])], chosen < 0 ? '' : String(chosen));
    const why = textarea(own?.motivation);
    const by = textbox({ value: own?.by ?? app.own.by ?? '' });
    const problem = problemAt();
    const at = app.id(`deviation-${decision.id}`);
    return [
      p(t('deviationIntro')),
      problem,
      field(`${at}-value`, t('decideInstead'), value),
      field(`${at}-why`, t('motivation'), why),
      field(`${at}-by`, t('by'), by),
      group(primary(t('record'), async () => {
          if (value.value === '' || !why.value.trim()) {
            problem.textContent = t('deviationNeeds');
            (value.value === '' ? value : why).focus();
            return;
          }
          await app.deviate(decision.id, { value: decision.outcomes[Number(value.value)][0], motivation: why.value.trim(), ...(by.value.trim() ? { by: by.value.trim() } : {}), at: app.today() });
        }),
        own && secondary(t('withdraw'), () => app.deviate(decision.id, undefined))),
    ];
  }, { open: Boolean(own) });
}

/** Done on a day, or skipped with a reason. */
export function record(app, step) {
  const { t } = app.words;
  const own = app.own.answers.$steps?.[step.id];
  return details([t('recordStep'), hidden(app.words.rule(step.title))], () => {
    const at = app.id(`step-${step.id}`);
    const done = textbox({ value: own?.done && dutch(own.done) });
    const skipped = textbox({ value: own?.skipped });
    const problem = problemAt();
    return [problem, field(`${at}-done`, t('doneDay'), done, t('error_date')), field(`${at}-skipped`, t('orSkipped'), skipped), group(primary(t('record'), async () => {
        const day = done.value.trim() && date(done.value.trim());
        if (day && typeof day !== 'string') return fail('error_noSuchDay');
        if (done.value.trim() && !day) return fail('error_date');
        if (Boolean(day) === Boolean(skipped.value.trim())) return fail('stepNeeds');
        await app.step(step.id, { ...(day ? { done: JSON.parse(day) } : { skipped: skipped.value.trim() }), ...(app.own.by ? { by: app.own.by } : {}) });
      }),
      own && secondary(t('withdraw'), () => app.step(step.id, undefined)))];
    function fail(key) {
      problem.textContent = t(key);
      done.focus();
    }
  });
}

/** Whose it is, and that it is ready. */
export function signOff(app, { section, items }) {
  const { t } = app.words;
  const role = textbox({ value: app.own.assigned[section], onchange: () => app.change((own) => {
    if (role.value.trim()) own.assigned[section] = role.value.trim();
    else delete own.assigned[section];
  }) });
  const at = app.id(`sign-${app.q.sections.findIndex((one) => one.section === section)}`);
  const mark = app.own.signed[section];
  const [name, as] = [textbox({ value: app.own.by }), textbox({ value: app.own.assigned[section] })];
  const problem = problemAt();
  return h('div.leidraad-sign', null,
    field(`${at}-role`, t('assignedTo'), role),
    mark
      ? [p(app.words.signed(mark), mark.of === signedText(app, items) ? '' : ` ${t('signedChangedMeans')}`),
        secondary(t('unsign'), () => app.change((own) => { delete own.signed[section]; }, true))]
      : details(t('sign'), () => [p(t('signMeans')), problem, field(`${at}-name`, t('name'), name), field(`${at}-as`, t('role'), as),
        primary(t('sign'), () => {
          if (!name.value.trim()) {
            problem.textContent = t('signNeeds');
            return name.focus();
          }
          app.change((own) => { own.signed[section] = { by: name.value.trim(), ...(as.value.trim() ? { role: as.value.trim() } : {}), at: app.today(), of: signedText(app, items) }; }, true);
        })]));
}
