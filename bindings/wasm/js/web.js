// The engine in a browser or worker: fetched beside this file, with its integrity checked.

import { ENGINE, RULES } from 'leidraad:files';
import { LeidraadError } from './errors.js';
import { blocked, once, start, unknown } from './start.js';

const compiled = new Map();

const shared = once(async (module, url, integrity) => start(await module(url, integrity), read));

/** Loads the engine; a second call gives the same one, unless that trapped. */
export async function load({ module, url, integrity } = {}) {
  if (typeof WebAssembly !== 'object') {
    throw new LeidraadError('unsupported', 'this browser has no WebAssembly');
  }
  if (module !== undefined) {
    if (module instanceof WebAssembly.Module) return start(module, read);
    throw new LeidraadError('wrong-type', '`module` must be a WebAssembly.Module');
  }
  const own = url === undefined;
  const where = String(url ?? ENGINE.url());
  return shared(where, compile, where, integrity ?? (own ? ENGINE.integrity : undefined));
}

/** The ids and titles of the rule sets that come with the package. */
export const catalog = Object.freeze([...RULES].map(([id, { title }]) => Object.freeze({ id, title })));

/** The text of a rule set that comes with the package. */
export async function read(id) {
  const file = RULES.get(id);
  if (file === undefined) throw unknown(id, RULES.keys());
  return (await get(file.url(), file.integrity)).text();
}

/** A module of the package, compiled once. For its own parts. */
export async function compile(url, integrity) {
  const known = compiled.get(url);
  if (known) return known;
  const response = await get(url, integrity);
  const wasm = response.headers.get('content-type')?.startsWith('application/wasm');
  let module;
  try {
    module = wasm && WebAssembly.compileStreaming
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    throw refused(cause, url);
  }
  compiled.set(url, module);
  return module;
}

const refused = (cause, url) => blocked(cause) ?? new LeidraadError('bad-module', `${url} is not the engine: ${cause.message}`, { cause });

async function get(url, integrity) {
  let response;
  try {
    response = await fetch(url, integrity ? { integrity } : {});
  } catch (cause) {
    throw new LeidraadError('fetch-failed', `${url} could not be fetched, or is not the file of this version`, {
      cause,
      help: 'check the network, connect-src in the Content-Security-Policy, and that all files are of one version',
    });
  }
  if (!response.ok) throw new LeidraadError('fetch-failed', `${url} could not be fetched: ${response.status}`);
  return response;
}

export { LeidraadError } from './errors.js';
export * as input from './input.js';
export { Engine, Program, RuleSet } from './engine.js';
