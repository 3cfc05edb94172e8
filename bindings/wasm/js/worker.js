// The engine in a worker, for pages that forbid WebAssembly: this file is served with a policy of its own.
// Only JSON goes to and fro. A request is { id, call, of, args }, an answer { id, value } or { id, error }.

import { LeidraadError } from './errors.js';
import { catalog, load } from './web.js';

const handles = new Map();
let last = 0;

const CALLS = new Set(['evaluateText', 'questionnaire', 'explain', 'explainText', 'referenceDates', 'bundle']);

const calls = {
  async load() {
    const engine = await load();
    return { version: engine.version, catalog };
  },
  async open(_, [id]) {
    return keep(await (await load()).open(id));
  },
  async ruleSet(_, [rules, options]) {
    return keep((await load()).ruleSet(rules, options));
  },
  async call(of, [method, args]) {
    const rules = handles.get(of);
    if (rules === undefined) throw new LeidraadError('freed', 'this rule set was freed');
    if (!CALLS.has(method)) throw new LeidraadError('wrong-type', `a rule set has no method ${method}`);
    return rules[method](...args);
  },
  async dossier(_, [name, given]) {
    return (await import('leidraad:dossier')).work(name, given);
  },
  async free(of) {
    handles.get(of)?.free();
    handles.delete(of);
  },
};

function keep(rules) {
  last += 1;
  handles.set(last, rules);
  const { id, title, layers, authorities, warnings } = rules;
  return { handle: last, id, title, layers, authorities, warnings };
}

self.addEventListener('message', async ({ data }) => {
  const { id, call, of, args } = data;
  try {
    if (!Object.hasOwn(calls, call)) throw new LeidraadError('wrong-type', `the worker has no call ${call}`);
    self.postMessage({ id, value: await calls[call](of, args) });
  } catch (error) {
    // dossiers have the class of their own copy of web.js
    const known = error?.name === 'LeidraadError' ? error : new LeidraadError('trapped', String(error));
    self.postMessage({ id, error: known.toJSON() });
  }
});
