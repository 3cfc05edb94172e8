import { bindForm } from '../dist/form.js';
import { rules } from './laden.js';

bindForm(document.querySelector('form'), rules('evenementen/risicoscan'), {
  scope: document.body,
  fields: { datum_start: ['datum_start-dag', 'datum_start-maand', 'datum_start-jaar'] },
});
