import { bindForm } from '../dist/form.js';
import { rules } from './laden.js';

const form = document.querySelector('.formio-form');

bindForm(form, rules('evenementen/risicoscan'), { scope: document.body });

// as a form engine does: a component is drawn anew, with its value
form.addEventListener('click', ({ target }) => {
  if (target.name !== 'data[verder]') return;
  for (const component of form.querySelectorAll('.formio-component-aantal')) {
    const copy = component.cloneNode(true);
    copy.querySelector('input').value = component.querySelector('input').value;
    component.replaceWith(copy);
  }
});
