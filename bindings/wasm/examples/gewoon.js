import { bindForm } from '../dist/form.js';
import { rules } from './laden.js';

const form = document.querySelector('form');
const summary = form.querySelector('.fouten');

const binding = bindForm(form, rules('evenementen/melding'), {
  authority: () => form.elements.gemeente.value,
  scope: document.body,
  hiddenFields: true,
});

// the page itself decides whether it submits: here only without errors
form.addEventListener('submit', async (event) => {
  if (binding.error) return;
  event.preventDefault();
  const wrong = await binding.check();
  summary.hidden = wrong.length === 0;
  summary.querySelector('ul').replaceChildren(...wrong.map(({ ask, message, field }) => {
    const [item, link] = [document.createElement('li'), document.createElement('a')];
    field.id ||= `veld-${field.name}`;
    link.href = `#${field.id}`;
    link.textContent = message.includes(ask) ? message : `${ask} ${message}`;
    link.addEventListener('click', (click) => {
      click.preventDefault();
      field.focus();
    });
    item.append(link);
    return item;
  }));
  if (wrong.length > 0) summary.focus();
  else form.submit();
});
