// Rows of a repeated group, as form engines draw them: all anew after each change, with other numbers in their names, and with
// what was filled in. It stands in for the engine of the page and knows nothing of rules.

export function rows(list, template, add) {
  const fields = (row) => [...row.querySelectorAll('input,select,textarea')];
  const filled = () => [...list.children].map((row) => fields(row).map(({ value, checked }) => ({ value, checked })));

  function make(values, n) {
    const row = template.content.firstElementChild.cloneNode(true);
    for (const element of [row, ...row.querySelectorAll('*')]) {
      for (const { name, value } of element.attributes) element.setAttribute(name, value.replace('#', n));
    }
    row.querySelector('[data-nummer]').textContent = n + 1;
    fields(row).forEach((field, at) => {
      if (!values) return;
      // the value of a button or box is what it stands for
      if (/radio|checkbox/.test(field.type)) field.checked = values[at].checked;
      else field.value = values[at].value;
    });
    row.querySelector('[data-verwijder]').addEventListener('click', () => {
      draw(filled().filter((_, other) => other !== n));
      add.focus();
    });
    return row;
  }
  const draw = (all) => list.replaceChildren(...all.map(make));

  add.addEventListener('click', () => {
    draw([...filled(), undefined]);
    fields(list.lastElementChild)[0].focus();
  });
}
