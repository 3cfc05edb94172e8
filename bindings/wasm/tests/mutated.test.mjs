// Rule sets with something broken at a random place: refused with a code, or evaluated; never a trap.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeidraadError, load, read } from 'leidraad';

const ROUNDS = 200;
const ODD = [null, 0, 'x', '', true, -1, '1e999', [], {}, '||', 'not(', '[1..', '999999999999999999999', '€'];

/** A sequence that is the same in each run. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

/** Takes away, replaces, exchanges or doubles something at a random place. */
function break_(node, roll) {
  const keys = Object.keys(node);
  if (keys.length === 0) return;
  const key = keys[roll(keys.length)];
  const child = node[key];
  if (typeof child === 'object' && child !== null && roll(6) > 0) return break_(child, roll);
  const other = keys[roll(keys.length)];
  switch (roll(5)) {
    case 0:
      if (Array.isArray(node)) node.splice(key, 1);
      else delete node[key];
      break;
    case 1:
      node[key] = ODD[roll(ODD.length)];
      break;
    case 2:
      [node[key], node[other]] = [node[other], child];
      break;
    case 3:
      if (typeof child === 'string') node[key] = child.slice(0, roll(child.length + 1)) + ODD[9 + roll(5)] + child.slice(roll(child.length + 1));
      break;
    default:
      if (Array.isArray(node)) node.push(child);
      else node[`${key}_2`] = child;
  }
}

test('broken rule sets never stop the engine', async () => {
  const engine = await load();
  const texts = await Promise.all(['melding', 'risicoscan', 'behandeling'].map((name) => read(`evenementen/${name}`)));
  const roll = dice(1729);
  const [codes, given] = [new Map(), { on: '2026-07-04', today: '2026-07-04' }];
  let usable = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const layers = JSON.parse(texts[roll(texts.length)]);
    for (let more = roll(3); more >= 0; more -= 1) break_(layers, roll);
    try {
      const rules = engine.ruleSet(layers, { checked: roll(2) === 0 });
      for (const authority of [null, rules.authorities[0]]) {
        rules.evaluate({}, { ...given, authority });
        rules.questionnaire({ ...given, authority });
        rules.explainText({}, { ...given, authority });
      }
      usable += 1;
      rules.free();
    } catch (error) {
      assert.ok(error instanceof LeidraadError, error?.stack);
      assert.notEqual(error.code, 'trapped', `round ${round}: ${error.message}`);
      assert.ok(error.message.length > 10);
      codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    }
  }
  assert.ok(usable > 20 && codes.size > 6, `${usable} were usable, the others gave ${[...codes.keys()].join(', ')}`);
});
