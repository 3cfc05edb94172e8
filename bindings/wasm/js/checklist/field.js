// One question: what people fill in, read as an answer.

import { date, dutch, number, time } from '../form/notation.js';
import { parts } from './case.js';
import { field as labelled, h, select, textarea, textbox, u } from './dom.js';
import { lists } from './words.js';

/** Beyond so many options a list to choose from is easier than buttons. */
const BUTTONS = 15;
/** What is no option: the ids of options are words. */
const [UNKNOWN, NOT_APPLICABLE, NONE] = ['?', '-', '[]'];
/** Numbers of more digits would be rounded. */
const DIGITS = 15;
const READERS = { integer: (text, item) => whole(number(text, item.unit)), decimal: (text, item) => number(text, item.unit), date, time };

const whole = (text) => (text?.includes('.') ? undefined : text);

/**
 * @param app the checklist: `words`, `id(name)`
 * @param given the answer, the element that the question stands in as `heading`, `onchange`, and for lists what keeps an answer as `keep`
 */
export function questionField(app, item, given) {
  if (item.fields) return lists.listField(app, item, given, questionField);
  const { answer, heading, onchange } = given;
  const { t, rule } = app.words;
  const id = app.id(item.id);
  const known = parts(answer);
  const choices = item.type === 'choice' || item.type === 'boolean';
  const error = h('div', { class: u('form-field-error-message'), id: `${id}-error` });
  const help = [item.help && h('div', null, rule(item.help)), item.type in READERS && h('div', null, wanted(app.words, item))].filter(Boolean);
  const description = help.length > 0 && h('div', { class: u('form-field-description'), id: `${id}-description` }, help);
  const changed = () => onchange?.();

  /** What can be said instead of an answer, and why something does not apply. */
  const instead = [[UNKNOWN, t('dontKnow')], ...(item.not_applicable ? [[NOT_APPLICABLE, t('notApplicable')]] : [])];
  const reason = textbox({ onchange: changed });
  reason.value = known.kind === 'na' ? known.value : '';
  const why = item.not_applicable && labelled(`${id}-reason`, t('reason'), reason);
  const askWhy = (on) => why && (why.hidden = !on);
  /** The answer of an option, or of what is said instead. */
  function meant(value) {
    if (value === undefined || value === '') return { kind: 'none' };
    if (value === UNKNOWN) return { kind: 'unknown' };
    if (value !== NOT_APPLICABLE) return { kind: 'value', value: item.type === 'boolean' ? value === 'ja' : value };
    return reason.value.trim() ? { kind: 'na', value: reason.value.trim() } : { error: 'giveReason', field: reason };
  }
  /** And back: the options that are chosen. */
  function now() {
    if (known.kind === 'value') return item.several && known.value.length === 0 ? [NONE] : [known.value].flat().map((value) => (value === true ? 'ja' : value === false ? 'nee' : String(value)));
    return known.kind === 'unknown' ? [UNKNOWN] : known.kind === 'na' ? [NOT_APPLICABLE] : [];
  }
  /** A box or button with its label. */
  const choice = (kind, input, label, more) => h('div', { class: `utrecht-form-field__input ${u('form-field', kind)}${input.value === UNKNOWN ? ' leidraad-instead' : ''}` },
    input, h('label', { class: u('form-label', kind), for: input.id }, label, more && h('span', { class: 'leidraad-option-help', id: `${input.id}-help` }, rule(more))));
  askWhy(known.kind === 'na');

  function buttons() {
    const [type, kind] = item.several ? ['checkbox', 'checkbox'] : ['radio', 'radio-button'];
    const before = now();
    const all = [...item.options.map((option) => [option.id, rule(option.label), option.help]), ...(item.several ? [[NONE, t('none')]] : []), ...instead];
    const inputs = all.map(([value, , more], n) => h('input', {
      type, value, id: `${id}-${n}`, name: id, checked: before.includes(value), class: `utrecht-form-field__input ${u(kind, 'html-input')}`,
      'aria-describedby': more ? `${id}-${n}-help` : null,
      onchange() {
        // none of them, not known, not applicable: each excludes the rest
        const alone = [UNKNOWN, NOT_APPLICABLE, NONE];
        if (item.several) for (const input of inputs) if (input.value !== value && (alone.includes(value) || alone.includes(input.value))) input.checked = false;
        askWhy(chosen().includes(NOT_APPLICABLE));
        changed();
      },
    }));
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    return { controls: inputs, body: [all.map(([, label, more], n) => choice(type, inputs[n], label, more)), why], read() {
      const values = chosen();
      const found = meant(values[0]);
      return item.several && found.kind === 'value' ? { kind: 'value', value: values.filter((value) => value !== NONE) } : found;
    } };
  }

  function list() {
    const chosen = now()[0] ?? '';
    const dutch = app.words.lang === 'nl' ? null : 'nl';
    const options = [['', t('choose')], ...item.options.map((option) => [option.id, option.label, dutch]), ...instead];
    const control = select(options, chosen, { id, onchange: () => { askWhy(control.value === NOT_APPLICABLE); changed(); } });
    return { controls: [control], body: [control, why], read: () => meant(control.value) };
  }

  function text() {
    const control = item.type === 'text' ? textarea(undefined, { id, onchange: changed }) : textbox({ id, inputmode: { integer: 'numeric', decimal: 'decimal' }[item.type], onchange: changed });
    control.value = known.kind === 'value' ? written(item, known.value) : '';
    const boxes = instead.map(([value], n) => h('input', { type: 'checkbox', value, id: `${id}-instead-${n}`, checked: now().includes(value) && known.kind !== 'value', class: `utrecht-form-field__input ${u('checkbox', 'html-input')}`, onchange(event) {
      for (const other of boxes) if (other !== event.target) other.checked = false;
      askWhy(boxes[1]?.checked);
      changed();
    } }));
    const unit = item.unit && h('span', { class: 'leidraad-unit', id: `${id}-unit` }, rule(item.unit));
    return { controls: [control], body: [h('div', { class: 'utrecht-form-field__input leidraad-with-unit' }, control, unit), boxes.map((box, n) => choice('checkbox', box, instead[n][1])), why], read() {
      const other = boxes.find((box) => box.checked)?.value;
      const typed = control.value.trim();
      // both is a contradiction, and nothing is guessed
      if (other && typed) return { error: 'both' };
      if (other || !typed) return meant(other);
      if (item.type === 'text') return { kind: 'value', value: typed };
      const found = READERS[item.type](typed, item);
      if (typeof found !== 'string' || found.replace(/\D/g, '').length > DIGITS) return { error: Array.isArray(found) ? found[0] : item.type };
      return { kind: 'value', value: JSON.parse(found) };
    } };
  }

  let made;
  if (known.kind === 'other') {
    // what cannot be filled in here stays as it is
    made = { controls: [], read: () => known, body: app.words.answer(item, answer) };
  } else if (!choices) made = text();
  else made = item.options.length > BUTTONS && !item.several ? list() : buttons();
  const { controls, read, body } = made;

  const group = choices && controls.length > 1;
  heading.append(group || !controls[0] ? rule(item.ask) : h('label', { for: id }, rule(item.ask)));
  const element = group
    ? h('div', { class: `${u('form-fieldset')} ${u('form-field')} leidraad-question` },
      h('fieldset', { class: `utrecht-form-fieldset__fieldset ${u('form-fieldset', 'html-fieldset')}` },
        h('legend', { class: u('form-fieldset__legend', 'html-legend') }, heading), description, error, body))
    : h('div', { class: `${u('form-field', 'text')} leidraad-question` }, heading, description, error, body);
  const target = group ? element.querySelector('fieldset') : controls[0];
  function describe() {
    const by = [description && `${id}-description`, error.textContent && `${id}-error`, item.unit && `${id}-unit`].filter(Boolean).join(' ');
    if (by) target?.setAttribute('aria-describedby', by);
    else target?.removeAttribute('aria-describedby');
  }
  describe();
  return {
    element,
    read,
    /** Where to go to answer it. */
    focus: () => (controls.find((control) => control.checked) ?? controls[0])?.focus(),
    /** Says what is wrong, at a field of its own or at that of the reason. */
    error(text, at) {
      error.textContent = text ?? '';
      element.classList.toggle('utrecht-form-field--invalid', Boolean(text));
      if (!group) target?.setAttribute('aria-invalid', Boolean(text));
      at?.setAttribute('aria-describedby', `${id}-error`);
      describe();
    },
  };
}

/** What to fill in, as a hint and as a message. */
export function wanted(words, { type, min, max }) {
  const end = (value) => (type === 'date' ? words.day(value) : dutch(value));
  return min !== null && max !== null ? words.t('error_between', end(min), end(max)) : words.t(`error_${type}`);
}

/** A value as people would type it. */
function written(item, value) {
  if (item.type === 'date') return dutch(value);
  return item.type === 'text' ? value : String(value).replace('.', ',');
}
