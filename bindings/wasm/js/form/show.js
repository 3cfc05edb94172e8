// What the form shows of it: visible or not, required or not, what decides, and what is wrong.

const BESIDE = 'button,output,[data-leidraad-outcome],[data-leidraad-status]';
const FIELDS = 'input,select,textarea';

/** The element around the fields of a question and nothing else, with what else belongs to them. */
function around(root, fields) {
  const marked = fields[0].closest('[data-leidraad-question]');
  const own = new Set(fields);
  const alone = (element) =>
    !element.matches('form,main,section,body') && !element.querySelector(BESIDE) &&
    [...element.querySelectorAll(FIELDS)].every((field) => own.has(field));
  let box = fields[0];
  if (marked && root.contains(marked)) box = marked;
  else while (box.parentElement && box.parentElement !== root && root.contains(box.parentElement) && alone(box.parentElement)) box = box.parentElement;
  const parts = new Set([box]);
  for (const field of fields) {
    if (!box.contains(field)) parts.add(field);
    for (const label of field.labels ?? []) if (!box.contains(label)) parts.add(label);
    for (const id of (field.getAttribute('aria-describedby') ?? '').split(/\s+/)) {
      const text = id && root.ownerDocument.getElementById(id);
      if (text && root.contains(text) && !box.contains(text)) parts.add(text);
    }
  }
  return [...parts];
}

/** Changes to a form, each of which can be taken back. */
export class View {
  #root;
  #before = new Map();
  #off = new WeakSet();

  constructor(root) {
    this.#root = root;
  }

  /** Whether we switched off a field: what was typed in it stays known. */
  isOff = (field) => this.#off.has(field);

  /** Shows one question. */
  question(fields, { hidden, required, state, decides, next, box }) {
    const parts = box ? [box, ...fields.filter((field) => !box.contains(field))] : around(this.#root, fields);
    for (const part of parts) this.#hide(part, hidden);
    for (const field of fields) {
      if (hidden) {
        if (!field.disabled) {
          this.#off.add(field);
          this.#property(field, 'disabled', true);
        }
      } else if (this.#off.has(field)) {
        this.#off.delete(field);
        this.#property(field, 'disabled', false);
      }
      // a box that must be ticked is something else than a question that must be answered
      if (required !== undefined && field.type !== 'checkbox') this.#property(field, 'required', required && !hidden);
    }
    this.attribute(parts[0], 'data-leidraad-state', state);
    this.attribute(parts[0], 'data-leidraad-decides', decides || undefined);
    this.attribute(parts[0], 'data-leidraad-next', next ? '' : undefined);
  }

  /** A message at the first field, and in its slot when people should see it. */
  message(fields, text, slot, visible) {
    fields.forEach((field, at) => field.setCustomValidity(at === 0 ? text : ''));
    this.#keep(fields[0], () => fields.forEach((field) => field.setCustomValidity('')));
    const shown = visible ? text : '';
    for (const field of fields) this.attribute(field, 'aria-invalid', shown ? 'true' : undefined);
    if (!slot) return;
    slot.id ||= `leidraad-error-${slot.dataset.leidraadError}`;
    this.text(slot, shown);
    for (const field of fields) {
      const ids = (field.getAttribute('aria-describedby') ?? '').split(/\s+/).filter((id) => id && id !== slot.id);
      this.attribute(field, 'aria-describedby', [...ids, ...(shown ? [slot.id] : [])].join(' ') || undefined);
    }
  }

  text(element, text) {
    const before = element.textContent;
    if (before === text) return;
    this.#keep(element, () => (element.textContent = before), 'text');
    element.textContent = text;
  }

  attribute(element, name, value) {
    const before = element.getAttribute(name);
    if (before === (value ?? null)) return;
    this.#keep(element, () => set(element, name, before), name);
    set(element, name, value);
  }

  /** Takes everything back. */
  restore() {
    for (const kept of this.#before.values()) for (const back of kept.values()) back();
    this.#before.clear();
  }

  #hide(element, hidden) {
    if (element.hidden === hidden && (hidden || !element.dataset.leidraadHidden)) return;
    if (!hidden && !element.dataset.leidraadHidden) return;
    this.#property(element, 'hidden', hidden);
    // a class of the page may say `display: flex`
    if (hidden) element.style.setProperty('display', 'none', 'important');
    else element.style.removeProperty('display');
    this.#keep(element, () => element.style.removeProperty('display'), 'display');
    this.attribute(element, 'data-leidraad-hidden', hidden ? 'true' : undefined);
  }

  #property(element, name, value) {
    const before = element[name];
    if (before === value) return;
    this.#keep(element, () => (element[name] = before), name);
    element[name] = value;
  }

  /** Remembers how it was before the first change. */
  #keep(element, back, name = 'validity') {
    if (!this.#before.has(element)) this.#before.set(element, new Map());
    const kept = this.#before.get(element);
    if (!kept.has(name)) kept.set(name, back);
  }
}

function set(element, name, value) {
  if (value === undefined || value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
