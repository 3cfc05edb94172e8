// One question: what people fill in, read as an answer.

import { date, number, time } from '../form/notation.js';
import { parts } from './case.js';
import { field as labelled, h, rows, textarea, textbox, u } from './dom.js';

/** Beyond so many options a list to choose from is easier than buttons. */
const BUTTONS = 15;
const [UNKNOWN, NOT_APPLICABLE] = ['?', '-'];
const READERS = { integer: (text, item) => whole(number(text, item.unit)), decimal: (text, item) => number(text, item.unit), date, time };

/** Numbers of more digits would be rounded. */
const whole = (text) => (text?.includes('.') ? undefined : text);

/**
 * @param app the checklist: `words`, `id(name)`
 * @param heading the element that the question stands in, or nothing for a label
 */
export function questionField(app, item, { answer, heading, onchange }) {
  const { t, rule } = app.words;
  const id = app.id(item.id);
  const known = parts(answer);
  const choices = item.type === 'choice' || item.type === 'boolean';
  const error = h('div', { class: u('form-field-error-message'), id: `${id}-error` });
  const help = [item.help && h('div', null, rule(item.help)), item.type in READERS && h('div', null, hint(item))].filter(Boolean);
  const description = help.length > 0 && h('div', { class: u('form-field-description'), id: `${id}-description` }, help);
  const describedBy = () => [description && `${id}-description`, error.textContent && `${id}-error`].filter(Boolean).join(' ') || null;
  const changed = () => onchange?.();

  let controls;
  let read;
  let body;
  if (item.type === 'list' || known.kind === 'other') {
    // what cannot be filled in here stays as it is
    controls = [];
    read = () => known;
    body = rows([[t('given'), app.words.answer(item, answer)]]);
  } else if (choices && !(item.options.length > BUTTONS && !item.several)) ({ controls, read, body } = buttons());
  else if (choices) ({ controls, read, body } = list());
  else ({ controls, read, body } = text());

  function hint({ type, min, max }) {
    const bounds = (type === 'integer' || type === 'decimal') && min !== null && max !== null;
    return bounds ? t(`hint_${type}_between`, shown(min), shown(max)) : t(`hint_${type}`);
  }
  function shown(value) {
    return app.words.value({ ...item, options: [], unit: null }, value);
  }

  /** What can be said instead of an answer, and why something does not apply. */
  function instead() {
    return [[UNKNOWN, t('dontKnow'), undefined], ...(item.not_applicable ? [[NOT_APPLICABLE, t('notApplicable'), undefined]] : [])];
  }
  function reason() {
    const control = textbox({ onchange: changed });
    control.value = known.kind === 'na' ? known.value : '';
    const box = labelled(`${id}-reason`, t('reason'), control);
    return { control, box };
  }

  function buttons() {
    const why = item.not_applicable && reason();
    const type = item.several ? 'checkbox' : 'radio';
    const given = known.kind === 'value' ? [known.value].flat().map(optionId) : known.kind === 'unknown' ? [UNKNOWN] : known.kind === 'na' ? [NOT_APPLICABLE] : [];
    const all = [...item.options.map(({ id: option, label, help: more }) => [option, rule(label), more]), ...(item.several ? [['[]', t('none')]] : []), ...instead()];
    if (item.several && known.kind === 'value' && known.value.length === 0) given.push('[]');
    const inputs = all.map(([value], n) => h('input', {
      type, value, id: `${id}-${n}`, name: id, checked: given.includes(value), onchange: () => { alone(value); changed(); },
      class: `utrecht-form-field__input ${u(`${type === 'radio' ? 'radio-button' : 'checkbox'}`, 'html-input')}`,
      'aria-describedby': all[n][2] ? `${id}-${n}-help` : null,
    }));
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    /** What excludes the rest: none of them, not known, not applicable. */
    function alone(value) {
      const solo = [UNKNOWN, NOT_APPLICABLE, '[]'];
      if (item.several) for (const input of inputs) if (input.value !== value && (solo.includes(value) || solo.includes(input.value))) input.checked = false;
      if (why) why.box.hidden = !chosen().includes(NOT_APPLICABLE);
    }
    if (why) why.box.hidden = !given.includes(NOT_APPLICABLE);
    const kind = type === 'radio' ? 'radio' : 'checkbox';
    const body = [...all.map(([value, label, more], n) => h('div', { class: `utrecht-form-field__input ${u('form-field', kind)}${value === UNKNOWN ? ' leidraad-instead' : ''}` },
      inputs[n], h('label', { class: u('form-label', kind), for: `${id}-${n}` }, label, more && h('span', { class: 'leidraad-option-help', id: `${id}-${n}-help` }, rule(more))))), why && why.box];
    return { controls: inputs, body, read() {
      const values = chosen();
      if (values.length === 0) return { kind: 'none' };
      if (values[0] === UNKNOWN) return { kind: 'unknown' };
      if (values[0] === NOT_APPLICABLE) return why.control.value.trim() ? { kind: 'na', value: why.control.value.trim() } : { error: 'giveReason', field: why.control };
      if (values[0] === '[]') return { kind: 'value', value: [] };
      return { kind: 'value', value: item.several ? values : fromOption(item, values[0]) };
    } };
  }

  function list() {
    const why = item.not_applicable && reason();
    const options = [['', t('choose')], ...item.options.map(({ id: option, label }) => [option, label]), ...instead()];
    const now = known.kind === 'value' ? optionId(known.value) : { unknown: UNKNOWN, na: NOT_APPLICABLE }[known.kind] ?? '';
    const control = h('select', { id, class: u('select', 'html-select'), onchange: () => { if (why) why.box.hidden = control.value !== NOT_APPLICABLE; changed(); } },
      options.map(([value, label], n) => h('option', { value, selected: value === now, lang: n > 0 && n <= item.options.length && app.words.lang !== 'nl' ? 'nl' : null }, label)));
    if (why) why.box.hidden = now !== NOT_APPLICABLE;
    return { controls: [control], body: [control, why && why.box], read() {
      if (control.value === '') return { kind: 'none' };
      if (control.value === UNKNOWN) return { kind: 'unknown' };
      if (control.value === NOT_APPLICABLE) return why.control.value.trim() ? { kind: 'na', value: why.control.value.trim() } : { error: 'giveReason', field: why.control };
      return { kind: 'value', value: fromOption(item, control.value) };
    } };
  }

  function text() {
    const why = item.not_applicable && reason();
    const control = item.type === 'text' ? textarea(undefined, { id, onchange: changed }) : textbox({ id, inputmode: { integer: 'numeric', decimal: 'decimal' }[item.type], onchange: changed });
    control.value = known.kind === 'value' ? written(item, known.value) : '';
    const boxes = instead().map(([value, label], n) => {
      const box = h('input', { type: 'checkbox', id: `${id}-instead-${n}`, class: `utrecht-form-field__input ${u('checkbox', 'html-input')}`, onchange: () => {
        for (const [, other] of boxes) if (other !== box) other.checked = false;
        if (why) why.box.hidden = !boxes[1]?.[1].checked;
        changed();
      } });
      box.checked = known.kind === { [UNKNOWN]: 'unknown', [NOT_APPLICABLE]: 'na' }[value];
      return [value, box, h('div', { class: u('form-field', 'checkbox') }, box, h('label', { class: u('form-label', 'checkbox'), for: box.id }, label))];
    });
    if (why) why.box.hidden = !boxes[1][1].checked;
    const unit = item.unit && h('span', { class: 'leidraad-unit', id: `${id}-unit` }, rule(item.unit));
    const body = [h('div', { class: 'utrecht-form-field__input leidraad-with-unit' }, control, unit), ...boxes.map(([, , box]) => box), why && why.box];
    return { controls: [control], body, read() {
      const [instead] = boxes.filter(([, box]) => box.checked).map(([value]) => value);
      const typed = control.value.trim();
      // both is a contradiction, and nothing is guessed
      if (instead && typed) return { error: 'both' };
      if (instead === UNKNOWN) return { kind: 'unknown' };
      if (instead === NOT_APPLICABLE) return why.control.value.trim() ? { kind: 'na', value: why.control.value.trim() } : { error: 'giveReason', field: why.control };
      if (!typed) return { kind: 'none' };
      if (item.type === 'text') return { kind: 'value', value: typed };
      const found = READERS[item.type](typed, item);
      if (typeof found !== 'string') return { error: Array.isArray(found) ? found[0] : item.type };
      const value = JSON.parse(found);
      return String(found).replace(/\D/g, '').length > 15 ? { error: item.type } : { kind: 'value', value };
    } };
  }

  const group = choices && controls.length > 1;
  const title = heading ?? h('span', { class: 'leidraad-ask' }, rule(item.ask));
  if (heading) heading.append(rule(item.ask));
  const element = group
    ? h('div', { class: `${u('form-fieldset')} ${u('form-field')} leidraad-question` },
      h('fieldset', { class: `utrecht-form-fieldset__fieldset ${u('form-fieldset', 'html-fieldset')}` },
        h('legend', { class: `utrecht-form-fieldset__legend ${u('form-fieldset__legend', 'html-legend')}` }, title), description, error, body))
    : h('div', { class: `${u('form-field', 'text')} leidraad-question` },
      controls.length > 0 ? heading ? (title.replaceChildren(h('label', { for: id }, rule(item.ask))), title) : h('div', { class: 'utrecht-form-field__label' }, h('label', { class: u('form-label'), for: id }, title)) : title,
      description, error, body);

  const target = group ? element.querySelector('fieldset') : controls[0];
  function describe() {
    const by = describedBy();
    const unit = element.querySelector('.leidraad-unit')?.id;
    const all = [by, unit].filter(Boolean).join(' ');
    if (target && all) target.setAttribute('aria-describedby', all);
    else target?.removeAttribute('aria-describedby');
  }
  describe();
  return {
    element,
    item,
    read,
    /** Where to go to answer it. */
    focus: () => (controls.find((control) => control.checked) ?? controls[0])?.focus(),
    first: controls[0],
    error(text, at) {
      error.textContent = text ?? '';
      element.classList.toggle('utrecht-form-field--invalid', Boolean(text));
      for (const control of group ? [target] : controls) {
        if (text && !group) control.setAttribute('aria-invalid', 'true');
        else control.removeAttribute('aria-invalid');
      }
      if (at) at.setAttribute('aria-describedby', `${id}-error`);
      describe();
    },
  };
}

const optionId = (value) => (value === true ? 'ja' : value === false ? 'nee' : String(value));
const fromOption = ({ type }, id) => (type === 'boolean' ? id === 'ja' : id);

/** A value as people would type it. */
function written(item, value) {
  if (item.type === 'date') return String(value).replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$3-$2-$1');
  return item.type === 'decimal' || item.type === 'integer' ? String(value).replace('.', ',') : String(value);
}
