// From a compiled module to an engine; one per module, and a fresh one after a trap.

import { instance } from 'leidraad:glue';
import { Engine } from './engine.js';
import { LeidraadError } from './errors.js';

export function start(module, read) {
  try {
    const core = instance();
    core.initSync({ module });
    return new Engine(core, read);
  } catch (cause) {
    throw new LeidraadError('bad-module', `this is not the engine of this version: ${cause.message}`, { cause });
  }
}

/** Remembers what `load` gave, until it traps or fails. */
export function once(load) {
  const known = new Map();
  return (key, ...rest) => {
    const now = known.get(key);
    if (now !== undefined && now.engine?.trapped !== true) return now.promise;
    const entry = { promise: load(...rest), engine: undefined };
    known.set(key, entry);
    entry.promise.then(
      (engine) => (entry.engine = engine),
      () => known.get(key) === entry && known.delete(key),
    );
    return entry.promise;
  };
}

export function unknown(id, known) {
  return new LeidraadError('unknown-rule-set', `the package has no rule set \`${id}\``, {
    help: `it has ${[...known].join(', ')}`,
  });
}
