// The notation of people, held against the formatter of the platform, which knows nothing of ours.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { date, dutch, machineNumber, number, time } from '../js/form/notation.js';

/** Numbers of every size, the same in each run. */
function* numbers() {
  let seed = 20260704;
  for (let n = 0; n < 5000; n += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const digits = 1 + (n % 12);
    yield [Math.floor((seed / 2147483648) * 10 ** digits) / 10 ** (n % 5), n % 5];
  }
}

test('numbers as the platform writes them in Dutch are read back, and written the same', () => {
  let negative = false;
  for (const [value, decimals] of numbers()) {
    negative = !negative;
    const exact = (negative && value > 0 ? -value : value).toFixed(decimals);
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const grouped = new Intl.NumberFormat('nl-NL', options).format(exact);
    const plain = new Intl.NumberFormat('nl-NL', { ...options, useGrouping: false }).format(exact);
    assert.equal(number(grouped), exact, grouped);
    assert.equal(number(plain), exact, plain);
    assert.equal(machineNumber(exact), exact);
    assert.equal(dutch(exact), grouped, exact);
    assert.doesNotThrow(() => JSON.parse(number(grouped)));
  }
});

test('digits stay as they are, however many', () => {
  assert.equal(number('12345678901234567890,123456789012345678'), '12345678901234567890.123456789012345678');
  assert.equal(number('00012'), '12');
  assert.equal(number('-007,50'), '-7.50');
  for (const text of ['', '-', ',', '1,', '1,2,3', '1.2345', '1.234.56', '.5', '１２', '1_000', '0x10', '1,5e3', 'NaN', '1 2', '€']) assert.ok(!number(text), text);
  for (const text of ['', '1,5', '1e3', '+1', '.5', '5.', 'Infinity']) assert.ok(!machineNumber(text), text);
});

test('every day of four years is read back from each notation', () => {
  for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2030, 0, 1); day += 86_400_000) {
    const iso = new Date(day).toISOString().slice(0, 10);
    for (const style of [{ day: 'numeric', month: 'numeric', year: 'numeric' }, { day: '2-digit', month: '2-digit', year: 'numeric' }]) {
      const text = new Intl.DateTimeFormat('nl-NL', { ...style, timeZone: 'UTC' }).format(day);
      assert.equal(date(text), `"${iso}"`, text);
      assert.equal(date(text.replaceAll('-', '/')), `"${iso}"`);
    }
    assert.equal(date(iso), `"${iso}"`);
    assert.equal(dutch(iso), new Intl.DateTimeFormat('nl-NL', { day: 'numeric', month: 'numeric', year: 'numeric', timeZone: 'UTC' }).format(day));
  }
  const never = ['29-2-2027', '30-2-2028', '31-6-2026', '0-1-2026', '1-0-2026', '1-13-2026', '32-1-2026', '2026-02-30', '2026-13-01'];
  for (const text of never) assert.deepEqual(date(text), ['noSuchDay'], text);
  for (const text of ['', '1-1', '1-1-26', '1-1-20260', '1-1/2026', '2026-1-1', 'vandaag', '2026-07-03T22:00:00Z']) assert.ok(!date(text), text);
});

test('every minute is read, and nothing after midnight', () => {
  for (let minute = 0; minute < 1440; minute += 1) {
    const [h, m] = [Math.floor(minute / 60), String(minute % 60).padStart(2, '0')];
    const iso = `"${String(h).padStart(2, '0')}:${m}"`;
    for (const text of [`${h}:${m}`, `${h}.${m}`, iso.slice(1, -1), `${iso.slice(1, -1)}:00`]) assert.equal(time(text), iso, text);
  }
  for (const text of ['24:00', '12:60', '12', '1:5', '12:5', ':30', '12:30:15', '-1:00']) assert.ok(!time(text), text);
});
