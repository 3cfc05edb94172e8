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
    throw blocked(cause) ?? new LeidraadError('bad-module', `this is not the engine of this version: ${cause.message}`, { cause });
  }
}

/**
 * Why nothing runs where not even the smallest module may. Each browser says so in words of its own, and WebKit only when the
 * module is to run.
 */
export function blocked(cause) {
  try {
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
    return undefined;
  } catch {
    return new LeidraadError('blocked', 'the Content-Security-Policy of this page forbids WebAssembly', {
      cause,
      help: "add 'wasm-unsafe-eval' to script-src, or load from leidraad/worker",
    });
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
