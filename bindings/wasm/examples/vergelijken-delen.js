// Small parts of the page: elements, percentages, tables that scroll.

/** An element with attributes and children; texts stay texts, and what is false or missing is left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const number = new Intl.NumberFormat('nl', { maximumFractionDigits: 1, roundingMode: 'halfEven' });

/** A part of one as a percentage, as the command says it. */
export function percent(share) {
  const whole = Math.round(share * 1e8) / 1e6;
  const text = number.format(whole);
  if (text === '0' && whole !== 0) return 'minder dan 0,1%';
  if (text === '100' && whole !== 100) return 'bijna 100%';
  return `${text}%`;
}

/** A table in a region that scrolls, and takes the focus for that. The first cell of a row is its header. */
export function scroll(id, caption, head, rows, kind) {
  const header = (text) => h('th', { class: 'utrecht-table__header-cell', scope: 'col' }, text);
  const line = ([first, ...cells]) => h('tr', { class: 'utrecht-table__row' }, h('th', { class: 'utrecht-table__cell', scope: 'row' }, first),
    cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : h('td', { class: 'utrecht-table__cell' }, cell))));
  return h('div', { class: `rol ${kind}`, role: 'region', tabindex: 0, 'aria-labelledby': id }, h('table', { class: 'utrecht-table' },
    h('caption', { class: 'utrecht-table__caption', id }, caption),
    h('thead', { class: 'utrecht-table__header' }, h('tr', { class: 'utrecht-table__row' }, head.map(header))),
    h('tbody', { class: 'utrecht-table__body' }, rows.map(line))));
}
