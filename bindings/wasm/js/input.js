// What callers pass, made into texts; what cannot be passed is refused, and nothing is guessed.

import { LeidraadError } from './errors.js';

/** More than any text that the engine reads; longer ones are not copied into its memory. */
const LONGEST = 64 * 1024 * 1024;

const wrong = (message, help) => new LeidraadError('wrong-type', message, { help });

/** JSON of a value, where nothing is lost on the way. */
export function toJson(value, what) {
  if (typeof value === 'string') return checked(value, what);
  if (typeof value !== 'object' || value === null) {
    throw wrong(`${what} must be an object or a JSON text, not ${describe(value)}`);
  }
  let text;
  try {
    text = JSON.stringify(value, function (key, item) {
      const own = this[key];
      const at = key === '' ? what : `${what}: \`${key}\``;
      if (own instanceof Date) throw wrong(`${at} is a Date, which has no time zone of the case`, 'write the day as a text, such as "2026-07-04"');
      if (typeof item === 'number' && !Number.isFinite(item)) throw wrong(`${at} is ${item}, which is no answer`, 'leave it out when it was not asked; null means that nobody knows');
      if (['function', 'symbol', 'bigint'].includes(typeof item)) throw wrong(`${at} is a ${typeof item}`);
      if (item instanceof Map || item instanceof Set) throw wrong(`${at} is a ${item.constructor.name}`, 'pass a plain object or array');
      return item;
    });
  } catch (error) {
    if (error instanceof LeidraadError) throw error;
    throw wrong(`${what} cannot be written as JSON: ${error.message}`);
  }
  return checked(text, what);
}

export function checked(text, what) {
  if (text.length > LONGEST) throw new LeidraadError('too-large', `${what} is longer than ${LONGEST} characters`);
  return text;
}

export function toText(value, what) {
  if (typeof value !== 'string') throw wrong(`${what} must be a text, not ${describe(value)}`);
  return checked(value, what);
}

export const optional = (value, what) => (value === undefined || value === null ? undefined : toText(value, what));

/** The authority and days of a case, each key known. */
export function toCase(value = {}) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(`the case must be an object with authority, on and today, not ${describe(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (!['authority', 'on', 'today'].includes(key)) {
      throw wrong(`the case has no key \`${key}\``, 'known are authority, on and today');
    }
  }
  return {
    authority: optional(value.authority, 'authority'),
    on: optional(value.on, 'on'),
    today: optional(value.today, 'today') ?? today(),
  };
}

/** The day on the clock of this machine. */
export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function describe(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
