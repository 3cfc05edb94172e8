// What the form shows of it: visible or not, required or not, what decides, and what is wrong.

const DESCRIBED = 'aria-describedby';
const BESIDE = 'button,output,[data-leidraad-outcome],[data-leidraad-status]';

/** The largest element around the fields of a question and no others, with what else belongs to them. */
function around(root, fields) {
  const alone = (element) =>
    element && element !== root && !element.matches('form,main,section') && !element.querySelector(BESIDE) &&
    element.querySelectorAll('input,select,textarea').length === fields.filter((field) => element.contains(field)).length;
  let box = fields[0].closest('[data-leidraad-question]') ?? fields[0];
  while (alone(box.parentElement)) box = box.parentElement;
  const texts = fields.flatMap((field) => [field, ...(field.labels ?? []), ...ids(field).map((id) => document.getElementById(id))]);
  return [box, ...texts.filter((part) => part && !box.contains(part))];
}

const ids = (field) => (field.getAttribute(DESCRIBED) ?? '').split(/\s+/);

/** An attribute, or the text or display of an element. */
const get = (element, name) => (name === 'text' ? element.textContent : name === 'display' ? element.style.display : element.getAttribute(name));

function put(element, name, value) {
  if (name === 'text') element.textContent = value;
  else if (name === 'display') element.style.setProperty(name, value, value && 'important');
  else if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Changes to a form, each of which can be taken back. */
export function view() {
  const before = new Map();

  function set(element, name, value) {
    const old = get(element, name);
    if (old === value) return;
    if (!before.has(element)) before.set(element, new Map());
    if (!before.get(element).has(name)) before.get(element).set(name, old);
    put(element, name, value);
  }

  return {
    set,
    /** Sets it, or makes it again what it was. */
    turn(on, element, name, value = '') {
      const kept = before.get(element);
      if (on) set(element, name, value);
      else if (kept?.has(name)) {
        put(element, name, kept.get(name));
        kept.delete(name);
      }
    },
    /** Whether we switched off a field: what was typed in it stays known. */
    isOff: (field) => !!before.get(field)?.has('disabled'),
    restore() {
      for (const [element, kept] of before) for (const [name, old] of kept) put(element, name, old);
    },
  };
}

/** Shows one question. */
export function question({ set, turn }, root, fields, box, hidden, required, marks) {
  const parts = box ? [box] : around(root, fields);
  // not the attribute `hidden`: a class of the page may say `display: flex`
  for (const part of parts) turn(hidden, part, 'display', 'none');
  for (const field of fields) {
    turn(hidden, field, 'disabled');
    // a box that must be ticked is something else than a question that must be answered
    turn(required && !hidden && field.type !== 'checkbox', field, 'required');
  }
  for (const name in marks) set(parts[0], `data-leidraad-${name}`, marks[name]);
}

/** A message at the first field, and in its slot when people should see it. */
export function message({ set, turn }, fields, text, slot, visible) {
  fields[0].setCustomValidity(text);
  const shown = visible && text;
  for (const field of fields) turn(shown, field, 'aria-invalid', 'true');
  if (!slot) return;
  slot.id ||= `leidraad-${slot.dataset.leidraadError}`;
  set(slot, 'text', shown || '');
  for (const field of fields) turn(shown, field, DESCRIBED, [...new Set([...ids(field), slot.id])].join(' ').trim());
}
