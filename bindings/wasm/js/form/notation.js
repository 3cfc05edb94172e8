// What people type, made into JSON: Dutch numbers, dates and times. What can be read in two ways is not read.

const MONTHS = ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'];

/** `1.234,5` to `1234.5`, also with a euro sign before it or its unit behind it. */
export function number(text, unit) {
  let plain = text.trim().replace(/[\u00a0\u202f]/g, ' ').replace(/^€\s*/, '').replace(/^[−–]/, '-');
  const end = unit?.toLowerCase();
  if (end && plain.toLowerCase().endsWith(end)) plain = plain.slice(0, -end.length).trim();
  if (!/^-?(\d{1,3}([. ]\d{3})+|\d+)(,\d+)?$/.test(plain)) return undefined;
  return literal(plain.replace(/[. ]/g, '').replace(',', '.'));
}

/** The value of a number field of the browser, which has a point. */
export const machineNumber = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? literal(text) : undefined);

const literal = (text) => text.replace(/^(-?)0+(?=\d)/, '$1');

/** `4-7-2026`, `04/07/2026`, `4 juli 2026` or `2026-07-04` to `"2026-07-04"`; null for a day that does not exist. */
export function date(text) {
  const plain = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{2})-(\d{2})(t00:00(:00(\.0+)?)?([+-]\d\d:?\d\d)?)?$/.exec(plain);
  const dutch = /^(\d{1,2})\s*([-/.]|\s)\s*(\d{1,2}|[a-z]+)\s*\2\s*(\d{4})$/.exec(plain);
  if (iso) return day(iso[1], iso[2], iso[3]);
  if (!dutch) return undefined;
  const named = MONTHS.findIndex((name) => name === dutch[3] || name.slice(0, 3) === dutch[3]);
  const month = named >= 0 ? named + 1 : dutch[3];
  return /^\d+$/.test(month) ? day(dutch[4], month, dutch[1]) : undefined;
}

function day(year, month, date) {
  const two = (part) => String(part).padStart(2, '0');
  const text = `${year}-${two(month)}-${two(date)}`;
  const real = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text) ? `"${text}"` : null;
}

/** `9.05`, `9:05` or `09:05 uur` to `"09:05"`. */
export function time(text) {
  const found = /^(\d{1,2})[:.](\d{2})(:00)?\s*(uur)?$/.exec(text.trim().toLowerCase());
  if (!found || found[1] > 23 || found[2] > 59) return undefined;
  return `"${found[1].padStart(2, '0')}:${found[2]}"`;
}

/** A number or date in Dutch notation. */
export function dutch(value) {
  const text = String(value);
  const days = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (days) return `${Number(days[3])} ${MONTHS[days[2] - 1]} ${days[1]}`;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const [whole, fraction] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, '.') + (fraction ? `,${fraction}` : '');
}
