// Elements made of names and texts. A text is only ever a text: there is no markup in it and no code.

/** An element with properties (`class`, attributes, `onclick` and other listeners) and children. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...clean(children));
  return element;
}

/** What there is to show, of lists in lists with parts that may not be there. */
export const clean = (list) => [list].flat(Infinity).filter((part) => part || part === 0);

/** Utrecht's class of a part, and of its kinds: `u('button', 'primary-action')`. */
export const u = (block, ...kinds) => [`utrecht-${block}`, ...kinds.map((kind) => `utrecht-${block}--${kind}`)].join(' ');

export const p = (...children) => h('p', { class: u('paragraph') }, ...children);
export const ul = (items) => h('ul', { class: u('unordered-list', 'html-content') }, items.map((item) => h('li', { class: 'utrecht-unordered-list__item' }, item)));

export const button = (kind, text, onclick, more) => h('button', { type: 'button', class: u('button', kind), onclick, ...more }, text);

/** A button that looks like a link, for what changes the page and is no address. */
export const textButton = (text, onclick, more) => h('button', { type: 'button', class: u('link-button', 'html-button'), onclick, ...more }, text);

/** Only for those who listen. */
export const hidden = (...children) => h('span', { class: 'leidraad-hidden' }, ' ', children);
export const small = (...children) => h('div', { class: 'leidraad-small' }, children);
export const strong = (...children) => h('strong', null, children);

export const badge = (kind, text) => h('span', { class: u('status-badge', kind) }, text);

export const alert = (kind, ...children) => h('div', { class: u('alert', kind) }, h('div', { class: 'utrecht-alert__content' }, ...children));

/** Something to open; `fill` makes what is in it when it is opened for the first time. */
export function details(summary, fill, { open = false, id } = {}) {
  const element = h('details', { class: 'leidraad-details', open, id }, h('summary', null, summary));
  const make = () => {
    if (!element.open || fill === undefined) return;
    const [made] = [fill, (fill = undefined)];
    element.append(...clean(made()));
  };
  element.addEventListener('toggle', make);
  make();
  return element;
}

/** A field with its label above it, and between them what to say about it. */
export function field(id, label, control, description) {
  control.id = id;
  if (description) control.setAttribute('aria-describedby', `${id}-description`);
  return h('div', { class: u('form-field', 'text') },
    h('div', { class: 'utrecht-form-field__label' }, h('label', { class: u('form-label'), for: id }, label)),
    description && h('div', { class: u('form-field-description'), id: `${id}-description` }, description),
    h('div', { class: 'utrecht-form-field__input' }, control));
}

export const textbox = (properties) => h('input', { class: u('textbox', 'html-input'), type: 'text', autocomplete: 'off', ...properties });
export function textarea(value, properties) {
  const element = h('textarea', { class: u('textarea', 'html-textarea'), rows: 3, ...properties });
  element.value = value ?? '';
  return element;
}
export const select = (options, chosen, properties) =>
  h('select', { class: u('select', 'html-select'), ...properties }, options.map(([value, text, lang]) => h('option', { value, lang, selected: value === chosen }, text)));

/** Rows of a key, a value and what can be done with it. */
export const rows = (list) =>
  h('dl', { class: u('data-list', 'html-dl', 'rows') }, list.filter(Boolean).map(([key, value, action]) =>
    h('div', { class: 'utrecht-data-list__item' },
      h('dt', { class: 'utrecht-data-list__item-key' }, key),
      h('dd', { class: 'utrecht-data-list__item-value' }, value),
      action && h('dd', { class: 'utrecht-data-list__actions' }, action))));
