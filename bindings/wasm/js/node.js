// The engine in Node: read beside this file.

import { readFile } from 'node:fs/promises';
import { ENGINE, RULES } from 'leidraad:files';
import { LeidraadError } from './errors.js';
import { once, start, unknown } from './start.js';

const shared = once(async (url) => start(await WebAssembly.compile(await bytes(url)), read));

/** Loads the engine; a second call gives the same one, unless that trapped. */
export async function load({ module, url } = {}) {
  if (module !== undefined) {
    if (module instanceof WebAssembly.Module) return start(module, read);
    throw new LeidraadError('wrong-type', '`module` must be a WebAssembly.Module');
  }
  const where = new URL(url ?? ENGINE.url());
  return shared(where.href, where);
}

export const catalog = Object.freeze([...RULES].map(([id, { title }]) => Object.freeze({ id, title })));

/** The text of a rule set that comes with the package. */
export async function read(id) {
  const file = RULES.get(id);
  if (file === undefined) throw unknown(id, RULES.keys());
  return (await bytes(file.url())).toString('utf8');
}

/** For parts of the package. */
export async function bytes(url) {
  try {
    return await readFile(url);
  } catch (cause) {
    throw new LeidraadError('fetch-failed', `${url} could not be read: ${cause.message}`, { cause });
  }
}

export { LeidraadError } from './errors.js';
export * as input from './input.js';
export { Engine, Program, RuleSet } from './engine.js';
