// The Dutch texts; each can be replaced by the options.

import { dutch } from './notation.js';

const range = ({ min, max }) => (min === null ? '' : ` vanaf ${dutch(min)}`) + (max === null ? '' : ` tot en met ${dutch(max)}`);

export const MESSAGES = {
  missing: ({ ask }) => `Geef antwoord op “${ask}”`,
  integer: (item) => `Vul een heel getal in${range(item)}, bijvoorbeeld 1.500.`,
  decimal: (item) => `Vul een getal in${range(item)}${item.step ? `, afgerond op ${dutch(item.step)}` : ''}, bijvoorbeeld 1.500 of 2,5.`,
  date: (item) => `Vul een datum in${range(item)}, bijvoorbeeld 4-7-2026.`,
  noSuchDay: () => 'Deze dag bestaat niet. Controleer de dag en de maand.',
  time: () => 'Vul een tijd in, bijvoorbeeld 14:30.',
  one: () => 'Kies één antwoord.',
  other: () => 'Dit antwoord past niet bij de vraag. Vul iets anders in.',
  // labels have commas of their own
  open: (labels) => `Nog niet bekend. Mogelijk: ${labels.join('; ').replace(/; ([^;]*)$/, ' of $1')}.`,
  notApplicable: () => 'niet van toepassing',
  unregulated: () => 'niet geregeld in de regels die zijn geladen',
  nothing: () => 'geen',
  changed: () => 'Er zijn vragen bij gekomen of weggevallen.',
};

/** An outcome in words; `decision` has its labels and unit. */
export function outcomeText(outcome, { outcomes, unit }, messages) {
  const label = (value) => {
    const key = JSON.stringify(value);
    const known = outcomes.find(([own]) => JSON.stringify(own) === key);
    if (known) return known[1];
    if (value === null || value?.length === 0) return messages.nothing();
    if (value.unregulated) return messages.unregulated();
    if (value.not_applicable) return messages.notApplicable();
    if (typeof value === 'object') return Object.values(value).map(label).join(', ');
    return dutch(value) + (unit ? ` ${unit}` : '');
  };
  const { status, value, range, possible, lists_of } = outcome;
  if (status === 'determined') return label(value);
  if (status !== 'open') return status === 'not_applicable' ? messages.notApplicable() : messages.unregulated();
  return messages.open([...(range ? [`${label(range.min)} – ${label(range.max)}`] : []), ...(possible ?? lists_of ?? []).map(label)]);
}
