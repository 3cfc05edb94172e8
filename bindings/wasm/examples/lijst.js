// One page for every rule set: the address says which, for whom and in which way.

import { catalog, read } from '../dist/web.js';

const asked = new URLSearchParams(location.search);
const form = document.querySelector('form');
const id = catalog.some((one) => one.id === asked.get('regels')) ? asked.get('regels') : 'evenementen/melding';
const { title } = catalog.find((one) => one.id === id);

document.title = `${title} – Leidraad`;
document.querySelector('h1').textContent = title;

const option = (value, text) => Object.assign(document.createElement('option'), { value, textContent: text });
form.elements.regels.append(...catalog.map((one) => option(one.id, one.title)));
// the layers of a rule set say whose they are
const layers = [JSON.parse(await read(id))].flat().filter(({ authority }) => authority);
const municipalities = new Map(layers.map(({ authority, title: name }) => [authority, name]));
form.elements.gemeente.append(option('', 'Gemeenschappelijke regels, zonder gemeente'), ...[...municipalities].map(([code, name]) => option(code, name)));
for (const field of form.elements) if (asked.has(field.name)) field.value = field.name === 'regels' ? id : asked.get(field.name);
form.elements.regels.value = id;

const list = document.createElement('leidraad-checklist');
list.setAttribute('rule-set', id);
list.setAttribute('case', asked.get('zaak') || 'voorbeeld');
if (asked.get('wijze') === 'taken') list.setAttribute('mode', 'tasks');
if (asked.get('gemeente')) list.setAttribute('authority', asked.get('gemeente'));
if (asked.get('datum')) list.setAttribute('on', asked.get('datum'));
if (asked.get('vandaag')) list.setAttribute('today', asked.get('vandaag'));
if (asked.get('taal')) list.setAttribute('lang', asked.get('taal'));
document.querySelector('#plaats').append(list);
