import { bindForm } from '../dist/form.js';
import { lists } from '../dist/form-lists.js';
import { rules } from './laden.js';
import { rows } from './rijen.js';

const form = document.querySelector('.formio-form');

bindForm(form, rules('damocles/maatregel'), {
  authority: 'GM0000',
  scope: document.body,
  lists: lists({ overtredingen: { complete: 'data[overtredingen_alle][e8]' } }),
});

rows(form.querySelector('.rijen'), form.querySelector('template'), form.querySelector('[data-voeg-toe]'));
