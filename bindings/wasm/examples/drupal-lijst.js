import { bindForm } from '../dist/form.js';
import { lists } from '../dist/form-lists.js';
import { rules } from './laden.js';
import { rows } from './rijen.js';

const form = document.querySelector('form');
const values = { Yes: true, No: false, Unknown: null };

bindForm(form, rules('damocles/maatregel'), {
  authority: 'GM0000',
  scope: document.body,
  lists: lists({
    overtredingen: {
      name: 'zaak_eerder',
      fields: {
        gebeurtenis: 'soort',
        dag: ['datum[day]', 'datum[month]', 'datum[year]'],
        zelfde_adres: { name: 'adres', values },
        zelfde_persoon: { name: 'persoon', values },
      },
      complete: { name: 'zaak_eerder_alle', values },
    },
  }),
});

rows(form.querySelector('.rijen'), form.querySelector('template'), form.querySelector('[data-voeg-toe]'));
