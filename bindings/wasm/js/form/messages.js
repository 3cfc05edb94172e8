// The Dutch texts; each can be replaced by the options.

import { dutch } from './notation.js';

const or = (list) => (list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} of ${list.at(-1)}`);

function range({ min, max }) {
  if (min !== null && max !== null) return ` van ${dutch(min)} tot en met ${dutch(max)}`;
  if (min !== null) return ` van ten minste ${dutch(min)}`;
  return max === null ? '' : ` van ten hoogste ${dutch(max)}`;
}

export const MESSAGES = {
  missing: ({ ask, type }) => `${['boolean', 'choice'].includes(type) ? 'Kies een antwoord' : 'Vul een antwoord in'} bij “${ask}”`,
  integer: (item) => `Vul een heel getal in${range(item)}, bijvoorbeeld 1.500.`,
  decimal: (item) => `Vul een getal in${range(item)}, met een komma voor de decimalen${item.step ? ` en afgerond op ${dutch(item.step)}` : ''}, bijvoorbeeld 1.500 of 2,5.`,
  date: (item) => `Vul een datum in${range(item)}, als dag-maand-jaar, bijvoorbeeld 4-7-2026.`,
  noSuchDay: () => 'Deze dag bestaat niet. Controleer de dag en de maand.',
  time: () => 'Vul een tijd in als uren:minuten, bijvoorbeeld 14:30.',
  one: () => 'Kies één antwoord.',
  other: () => 'Dit antwoord past niet bij de vraag. Kies of vul iets anders in.',
  notApplicable: () => 'niet van toepassing',
  open: (labels) => `Nog niet bekend. Mogelijk: ${or(labels)}.`,
  between: (min, max) => `van ${dutch(min)} tot en met ${dutch(max)}`,
  outcomeNotApplicable: () => 'Niet van toepassing',
  unregulated: () => 'Niet geregeld in de regels die zijn geladen',
  nothing: () => 'Geen',
  announce: (title, text) => `${title}: ${text}${/[.!?]$/.test(text) ? '' : '.'}`,
  shown: (count) => `${count === 1 ? 'Er is 1 vraag' : `Er zijn ${count} vragen`} bij gekomen.`,
  hidden: (count) => `${count === 1 ? '1 vraag is' : `${count} vragen zijn`} niet meer nodig.`,
};

/** An outcome in words; `decision` has its labels and unit. */
export function outcomeText(outcome, decision, messages) {
  const label = (value) => {
    const key = JSON.stringify(value);
    const known = decision.outcomes.find(([own]) => JSON.stringify(own) === key);
    if (known) return known[1];
    if (value === null) return messages.nothing();
    if (Array.isArray(value)) return value.map(label).join(', ') || messages.nothing();
    if (value.unregulated) return messages.unregulated().toLowerCase();
    if (value.not_applicable === true) return messages.outcomeNotApplicable().toLowerCase();
    if (typeof value === 'object') return Object.values(value).map(label).join(', ');
    if (typeof value === 'boolean') return value ? 'Ja' : 'Nee';
    return dutch(value) + (decision.unit ? ` ${decision.unit}` : '');
  };
  switch (outcome.status) {
    case 'determined':
      return label(outcome.value);
    case 'open': {
      const { range, possible = outcome.lists_of ?? [] } = outcome;
      return messages.open([...(range ? [messages.between(range.min, range.max)] : []), ...possible.map(label)]);
    }
    case 'not_applicable':
      return messages.outcomeNotApplicable();
    default:
      return messages.unregulated();
  }
}
