// Elements made of names and texts. A text is only ever a text: there is no markup in it and no code.

/** An element, as `div` or `div.class`, with attributes and listeners such as `onclick`, and children. */
export function h(tag, properties, ...children) {
  const [type, own] = tag.split('.');
  const element = document.createElement(type);
  if (own) element.className = own;
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if ((value ?? false) !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...clean(children));
  return element;
}

/** What there is to show, of lists in lists with parts that may not be there. */
export const clean = (list) => [list].flat(Infinity).filter((part) => part || part === 0);

/** Utrecht's class of a part, and of its kinds: `u('button', 'primary-action')`. */
export const u = (block, ...kinds) => [`utrecht-${block}`, ...kinds.map((kind) => `utrecht-${block}--${kind}`)].join(' ');

export const p = (...children) => h('p', { class: u('paragraph') }, ...children);
export const ul = (items) => h('ul', { class: u('unordered-list') }, items.map((item) => h('li.utrecht-unordered-list__item', null, item)));

export const button = (kind, text, onclick) => h('button', { type: 'button', class: u('button', kind), onclick }, text);

export const primary = (text, onclick) => button('primary-action', text, onclick);
export const secondary = (text, onclick) => button('secondary-action', text, onclick);
export const group = (...buttons) => h('div', { class: u('button-group') }, buttons);

/** A button that looks like a link, for what changes the page and is no address. */
export const textButton = (text, onclick, more) => h('button', { type: 'button', class: u('link-button', 'html-button'), onclick, ...more }, text);

/** Only for those who listen. */
export const hidden = (...children) => h('span.leidraad-hidden', null, ' ', children);
export const small = (...children) => h('div.leidraad-small', null, children);
export const strong = (...children) => h('strong', null, children);

export const badge = (kind, text) => h('span', { class: u('status-badge', kind) }, text);

export const alert = (kind, ...children) => h('div', { class: u('alert', kind) }, h('div.utrecht-alert__content', null, ...children));

/** A place that says what is wrong as soon as it does. */
export const problemAt = () => h('div', { class: u('form-field-error-message'), role: 'alert' });
/** Tells the page around the element. */
export const fire = (element, name, detail) => element.dispatchEvent(new CustomEvent(`leidraad-checklist-${name}`, { bubbles: true, detail }));

/** What went wrong; what the engine says of it is English. */
export const failure = (text, error) => alert('error', p(text), h('p', { lang: 'en' }, error.message));

/** Something to open; `fill` makes what is in it when it is opened for the first time. */
export function details(summary, fill, { open = false, id } = {}) {
  const element = h('details', { class: 'leidraad-details', open, id }, h('summary', null, summary));
  const make = () => {
    if (!element.open || !fill) return;
    element.append(...clean(fill()));
    fill = undefined;
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
    h('div.utrecht-form-field__label', null, h('label', { class: u('form-label'), for: id }, label)),
    description && h('div', { class: u('form-field-description'), id: `${id}-description` }, description),
    h('div.utrecht-form-field__input', null, control));
}

export const textbox = (properties) => h('input', { class: u('textbox', 'html-input'), type: 'text', autocomplete: 'off', ...properties });
export function textarea(value, properties) {
  const element = h('textarea', { class: u('textarea', 'html-textarea'), ...properties });
  element.value = value ?? '';
  return element;
}
export const select = (options, chosen, properties) =>
  h('select', { class: u('select', 'html-select'), ...properties }, options.map(([value, text, lang]) => h('option', { value, lang, selected: value === chosen }, text)));

/** Rows of a key, a value and what can be done with it. */
export const rows = (list) =>
  h('dl', { class: u('data-list', 'rows') }, list.filter(Boolean).map(([key, value, action]) =>
    h('div.utrecht-data-list__item', null,
      h('dt.utrecht-data-list__item-key', null, key),
      h('dd.utrecht-data-list__item-value', null, value),
      action && h('dd.utrecht-data-list__actions', null, action))));
