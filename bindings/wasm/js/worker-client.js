// The page's side of the worker: the same methods, each giving a promise.

import { LeidraadError } from './errors.js';
import { toCase, toJson, toText } from './input.js';

/** Starts a worker with the engine in it. */
export async function load({ worker } = {}) {
  const own = worker instanceof Worker ? worker : make(worker);
  const line = new Line(own);
  try {
    const { version, catalog } = await line.ask('load');
    return new RemoteEngine(line, version, catalog);
  } catch (error) {
    line.close();
    throw error;
  }
}

function make(url) {
  try {
    return url === undefined ? beside() : trusted(String(url));
  } catch (cause) {
    throw new LeidraadError('blocked', `the worker could not be started: ${cause.message}`, {
      cause,
      help: "allow it with worker-src 'self', and its policy with trusted-types leidraad",
    });
  }
}

/** The worker beside this file, written as bundlers look for it. Whether trusted types are required shows when it is tried. */
function beside() {
  try {
    return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  } catch (error) {
    if (!(error instanceof TypeError) || globalThis.trustedTypes === undefined) throw error;
    return trusted(String(new URL('./worker.js', import.meta.url)));
  }
}

/** Where trusted types are required, a worker needs a policy. There may be one of a name; it lets through these addresses. */
const addresses = new Set();
let policy;

function trusted(address) {
  addresses.add(address);
  policy ??= globalThis.trustedTypes?.createPolicy('leidraad', { createScriptURL: (asked) => (addresses.has(asked) ? asked : '') });
  return new Worker(policy ? policy.createScriptURL(address) : address, { type: 'module' });
}

/** Questions and answers over one worker. */
class Line {
  #worker;
  #waiting = new Map();
  #last = 0;
  #broken;

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error) waiting?.reject(LeidraadError.from(data.error));
      else waiting?.resolve(data.value);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#stop(new LeidraadError('fetch-failed', `the worker could not be loaded: ${event.message ?? 'no reason given'}`));
    });
  }

  ask(call, of, args = []) {
    if (this.#broken) return Promise.reject(this.#broken);
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, of, args });
    });
  }

  close() {
    this.#worker.terminate();
    this.#stop(new LeidraadError('freed', 'this worker was closed'));
  }

  #stop(error) {
    this.#broken = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

export class RemoteEngine {
  #line;

  constructor(line, version, catalog) {
    this.#line = line;
    this.version = version;
    this.catalog = catalog;
  }

  async open(id) {
    return new RemoteRuleSet(this.#line, await this.#line.ask('open', 0, [toText(id, 'the id of a rule set')]));
  }

  async ruleSet(rules, { name, checked } = {}) {
    const text = toJson(rules, 'the rules');
    return new RemoteRuleSet(this.#line, await this.#line.ask('ruleSet', 0, [text, { name, checked }]));
  }

  /** Work on dossiers, which `leidraad/dossier` has done in the worker. */
  dossier(name, given) {
    return this.#line.ask('dossier', 0, [name, given]);
  }

  /** Ends the worker. */
  close() {
    this.#line.close();
  }
}

export class RemoteRuleSet {
  #line;
  #handle;

  constructor(line, { handle, id, title, layers, authorities, warnings }) {
    this.#line = line;
    this.#handle = handle;
    Object.assign(this, { id, title, layers, authorities, warnings });
  }

  async evaluate(answers, given) {
    return JSON.parse(await this.evaluateText(answers, given));
  }

  async evaluateText(answers = '{}', given) {
    return this.#call('evaluateText', toJson(answers, 'the answers'), toCase(given));
  }

  async questionnaire(given, answers = '{}') {
    return this.#call('questionnaire', toCase(given), toJson(answers, 'the answers'));
  }

  async explain(answers = '{}', given, decision) {
    return this.#call('explain', toJson(answers, 'the answers'), toCase(given), decision);
  }

  async explainText(answers = '{}', given, decision) {
    return this.#call('explainText', toJson(answers, 'the answers'), toCase(given), decision);
  }

  async bundle() {
    return this.#call('bundle');
  }

  /** Work on dossiers, which `leidraad/dossier` has done in the worker. */
  dossier(name, given) {
    return this.#line.ask('dossier', 0, [name, given]);
  }

  async referenceDates(authority) {
    return this.#call('referenceDates', authority);
  }

  free() {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle !== undefined) this.#line.ask('free', handle).catch(() => {});
  }

  #call(method, ...args) {
    if (this.#handle === undefined) return Promise.reject(new LeidraadError('freed', 'this rule set was freed'));
    return this.#line.ask('call', this.#handle, [method, args]);
  }
}

export { LeidraadError };
