import { bindForm } from '../dist/form.js';
import { rules } from './laden.js';

const form = document.querySelector('form');
const yesNo = { Yes: true, No: false };
const names = ['uitzondering', 'soort', 'aantal', 'dagen', 'begin_tijd', 'eind_tijd', 'geluid', 'muziek_begin', 'muziek_eind', 'geluidsniveau', 'weg', 'objecten', 'grootste_object', 'tent_personen', 'podium_hoogte', 'voertuigen'];
const booleans = ['openbaar', 'feestdag', 'na_middernacht', 'muziek_na_middernacht', 'tent', 'podium', 'podium_overkapt', 'vuurwerk'];

bindForm(form, rules('evenementen/melding'), {
  authority: 'GM1729',
  scope: document.body,
  fields: {
    ...Object.fromEntries(names.map((id) => [id, `evt_${id}`])),
    ...Object.fromEntries(booleans.map((id) => [id, { name: `evt_${id}`, values: yesNo }])),
    datum_start: ['evt_datum_start[day]', 'evt_datum_start[month]', 'evt_datum_start[year]'],
  },
});
