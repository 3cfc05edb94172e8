// What people type, made into JSON: Dutch numbers, dates and times. What can be read in two ways is not read.

/** `1.234,5` to `1234.5`, also with a euro sign before it or its unit behind it. */
export function number(text, unit) {
  let plain = text.replace(/\s/g, ' ').replace(/^€ ?/, '');
  if (unit && plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trim();
  if (/^-?(\d{1,3}([. ]\d{3})+|\d+)(,\d+)?$/.test(plain)) return literal(plain.replace(/[. ]/g, '').replace(',', '.'));
}

/** The value of a number field of the browser, which has a point. */
export const machineNumber = (text) => MACHINE.test(text) && literal(text);
const MACHINE = /^-?\d+(\.\d+)?$/;

const literal = (text) => text.replace(/^(-?)0+(?=\d)/, '$1');

/** `4-7-2026`, `04/07/2026` or `2026-07-04` to `"2026-07-04"`; for a day that does not exist the name of the message. */
export function date(text) {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(T00:00\S*)?$/.exec(text);
  const dutch = /^(\d\d?)([-/.])(\d\d?)\2(\d{4})$/.exec(text);
  return iso ? existing(...iso.slice(1)) : dutch && existing(dutch[4], dutch[3], dutch[1]);
}

const two = (part) => String(part).padStart(2, '0');

function existing(year, month, day) {
  const text = `${year}-${two(month)}-${two(day)}`;
  const real = new Date(text);
  return real > -1e15 && real.toISOString().startsWith(text) ? `"${text}"` : ['noSuchDay'];
}

/** `9.05` or `9:05` to `"09:05"`. */
export function time(text) {
  const [, hour, minute] = /^(\d\d?)[:.](\d\d)(:00)?$/.exec(text) ?? [];
  if (hour < 24 && minute < 60) return `"${two(hour)}:${minute}"`;
}

/** A number or date in Dutch notation. */
export function dutch(value) {
  const text = String(value);
  if (!MACHINE.test(text)) return text.replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$3-$2-$1');
  return text.replace('.', ',').replace(/\B(?<!,\d*)(?=(\d{3})+(,|$))/g, '.');
}
