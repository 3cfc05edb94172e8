// What can be done with a dossier: texts in, texts out, in the page, in a worker or in Node. The only file that knows the classes of
// the module. It also holds what the module has not: a clock and chance.

import { instance } from 'leidraad:dossier-glue';

/**
 * @param compile gives the module, compiled
 * @param LeidraadError the class of errors of the package
 * @returns what does one piece of work: `(name, given) => promise`
 */
export function worker(compile, LeidraadError) {
  /** What runs; a fresh one after a trap or when it could not be loaded. */
  let core;
  /** The rules that were read last: reading them takes longer than all else. */
  let last;

  async function start() {
    const module = await compile();
    try {
      const own = instance();
      own.initSync({ module });
      return own;
    } catch (cause) {
      throw new LeidraadError('bad-module', `this is not the module of dossiers of this version: ${cause.message}`, { cause });
    }
  }

  return async function work(name, given) {
    if (!Object.hasOwn(WORKS, name)) throw new LeidraadError('wrong-type', `there is no such work: ${name}`);
    core ??= start();
    let own;
    try {
      own = await core;
    } catch (error) {
      core = undefined;
      throw error;
    }
    const kept = [];
    /** Gives the memory back in the end. */
    const keep = (object) => {
      if (object) kept.push(object);
      return object;
    };
    try {
      return WORKS[name]({ ...given, own, keep, ruleSet, stamp, rulesFor });
    } catch (error) {
      if (error instanceof LeidraadError) throw error;
      if (typeof error === 'string') throw LeidraadError.of(JSON.parse(error));
      // what it held went with it
      core = last = undefined;
      kept.length = 0;
      throw new LeidraadError('trapped', `the module of dossiers stopped on a defect: ${error?.message ?? error}`, { cause: error, help: 'nothing was recorded; please report what led to it' });
    } finally {
      for (const object of kept) object.free();
    }

    function ruleSet({ name, text, checked }) {
      if (last?.text !== text || last.checked !== checked || last.own !== own) {
        last?.rules.free();
        last = undefined;
        last = { own, text, checked, rules: new own.Rules(name, text, checked) };
      }
      return last.rules;
    }

    function stamp({ at, by, remark }) {
      return keep(new own.Stamp(at, crypto.getRandomValues(new Uint8Array(32)), by, remark));
    }

    /** The rules by which a dossier was judged: those given where they fit, else those that it keeps. */
    function rulesFor(dossier, rules) {
      const found = rules && ruleSet(rules);
      if (found && dossier.fits(found)) return found;
      const ours = keep(dossier.kept());
      if (ours) return ours;
      throw new LeidraadError('other-rules', found ? 'these are not the rules by which this dossier was judged, and it keeps none' : 'this dossier keeps no rules', { help: 'give the rules by which it was judged' });
    }
  };
}

const state = (dossier) => ({ text: dossier.text(), about: dossier.about() });

const WORKS = {
  create({ own, keep, ruleSet, stamp, rules, authority, on, name, keepRules, answers, sections, made }) {
    const used = ruleSet(rules);
    const dossier = keep(own.Dossier.open(used, authority, on, name, keepRules, stamp(made)));
    if (answers !== undefined || sections !== undefined) dossier.update(used, answers ?? '{}', sections, stamp(made));
    return state(dossier);
  },
  read: ({ own, keep, text, name }) => state(keep(own.Dossier.read(name, text))),
  record(given) {
    const dossier = read(given);
    dossier.record(given.rulesFor(dossier, given.rules), given.answers, given.stamp(given.made));
    return state(dossier);
  },
  update(given) {
    const dossier = read(given);
    dossier.update(given.rulesFor(dossier, given.rules), given.answers, given.sections, given.stamp(given.made));
    return state(dossier);
  },
  sign(given) {
    const dossier = read(given);
    dossier.sign(given.role, given.signature, given.key, given.stamp(given.made));
    return state(dossier);
  },
  redact(given) {
    return state(given.keep(read(given).redact(given.classes)));
  },
  verify(given) {
    const dossier = read(given);
    return given.rules ? dossier.verify(given.ruleSet(given.rules), given.head, given.keys) : dossier.verify_alone(given.head, given.keys);
  },
  fits: (given) => read(given).fits(given.ruleSet(given.rules)),
  kept: (given) => given.keep(read(given).kept())?.bundle(),
  under: (given) => read(given).under(given.ruleSet(given.rules), given.on),
  report(given) {
    const dossier = read(given);
    const report = given.keep(dossier.report(given.rulesFor(dossier, given.rules), given.on, given.reader));
    return report[{ html: 'html', md: 'markdown', json: 'json', ics: 'calendar' }[given.format]]();
  },
};

const read = ({ own, keep, text }) => keep(own.Dossier.read('dossier.json', text));
