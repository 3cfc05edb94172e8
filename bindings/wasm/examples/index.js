// The catalogue: every rule set of the package, in both ways of filling it in.

import { catalog } from '../dist/web.js';

/** A municipality to begin with, where there is one for the rule set; another can be chosen on the page. */
const FIRST = { 'evenementen/melding': 'GM1729', 'evenementen/behandeling': 'GM0000', 'evenementen/veiligheid': 'GM1903', 'damocles/maatregel': 'GM0000', 'bibob/toets': 'GM0000' };

const make = (tag, text, properties) => Object.assign(document.createElement(tag), { textContent: text }, properties);

function link(id, title, way, text) {
  const address = new URLSearchParams({ regels: id, ...(FIRST[id] ? { gemeente: FIRST[id] } : {}), wijze: way });
  const paragraph = document.createElement('p');
  const anchor = make('a', text, { href: `lijst.html?${address}` });
  anchor.setAttribute('aria-label', `${text}: ${title}`);
  paragraph.append(anchor);
  return paragraph;
}

document.querySelector('.kaarten').append(...catalog.map(({ id, title }) => {
  const card = document.createElement('li');
  card.append(make('h3', title), link(id, title, 'vragen', 'Een vraag per bladzijde'), link(id, title, 'taken', 'Lijst met taken, voor behandelaars'), make('p', id, { className: 'klein' }));
  return card;
}));
