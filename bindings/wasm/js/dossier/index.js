// Dossiers as JavaScript sees them. A dossier is a value: what is recorded gives another one, and the first stays as it was.

import { worker } from './work.js';

/** The moment on the clock of this machine, with its distance to UTC. */
function moment() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  const east = -now.getTimezoneOffset();
  const zone = `${east < 0 ? '-' : '+'}${two(Math.floor(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`;
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}${zone}`;
}

/**
 * @param core what the package has for all of its parts: `LeidraadError` and the checks of what callers pass
 * @param compile gives the module of dossiers, compiled
 */
export function dossiers({ LeidraadError, input }, compile) {
  const { optional, toJson, toText, today } = input;
  const work = worker(compile, LeidraadError);
  const wrong = (message, help) => new LeidraadError('wrong-type', message, { help });

  /** Options, of which each key is known. */
  function known(given, keys) {
    const options = given ?? {};
    if (typeof options !== 'object' || Array.isArray(options)) throw wrong('the options must be an object');
    const other = Object.keys(options).find((key) => !keys.includes(key));
    if (other !== undefined) throw wrong(`there is no option \`${other}\``, `known are ${keys.join(', ')}`);
    return options;
  }

  const made = ({ at, by, remark }) => ({ at: optional(at, 'at') ?? moment(), by: optional(by, 'by'), remark: optional(remark, 'remark') });

  const notes = (sections) => (sections === undefined ? undefined : toJson(sections, 'the sections'));

  function list(value, what) {
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw wrong(`${what} must be an array of texts`);
    return value;
  }

  /** Rules as a text: a rule set of the engine was read and checked there. */
  async function rulesOf(rules) {
    if (rules === undefined || rules === null) return undefined;
    if (typeof rules.bundle === 'function') return { name: `${rules.id}.json`, text: await rules.bundle(), checked: true };
    return { name: 'rules.json', text: toJson(rules, 'the rules'), checked: false };
  }

  async function needed(rules) {
    return (await rulesOf(rules)) ?? Promise.reject(wrong('the rules are missing', 'pass a rule set, such as engine.open(id) gives'));
  }

  class Dossier {
    #ask;
    #about;

    constructor(ask, { text, about }) {
      this.#ask = ask;
      this.#about = JSON.parse(about);
      this.text = text;
      Object.freeze(this);
    }

    get ruleSet() { return this.#about.rule_set; }
    get title() { return this.#about.title; }
    get authority() { return this.#about.authority; }
    get on() { return this.#about.on; }
    get case() { return this.#about.case; }
    get opened() { return this.#about.opened; }
    get revisions() { return this.#about.revisions; }
    get head() { return this.#about.head; }
    get toSign() { return this.#about.to_sign; }
    get keepsRules() { return this.#about.keeps_rules; }
    get withheld() { return this.#about.withheld; }
    get classes() { return this.#about.classes; }
    get signOffs() { return this.#about.sign_offs; }
    get fourEyes() { return this.#about.four_eyes; }
    /** What counts now, as the engine and the command read it. */
    get answers() { return this.#about.answers; }

    /** The notes on sections that count, with the questions that were answered after each. */
    get sections() {
      return this.#about.sections.map(({ note, answered_since: answeredSince }) => ({ ...note, answeredSince }));
    }

    async record(answers, options) {
      const { rules, ...stamp } = known(options, ['rules', 'by', 'at', 'remark']);
      return this.#next('record', { answers: toJson(answers, 'the answers'), rules: await rulesOf(rules), made: made(stamp) });
    }

    async update(answers, options) {
      const { rules, sections, ...stamp } = known(options, ['rules', 'sections', 'by', 'at', 'remark']);
      return this.#next('update', { answers: toJson(answers, 'the answers'), sections: notes(sections), rules: await rulesOf(rules), made: made(stamp) });
    }

    async sign(options) {
      const { role, signature, key, ...stamp } = known(options, ['role', 'signature', 'key', 'by', 'at', 'remark']);
      if ((signature === undefined) !== (key === undefined)) throw wrong('a signature comes with its public key, and a key with its signature');
      return this.#next('sign', { role: optional(role, 'role'), signature: optional(signature, 'signature'), key: optional(key, 'key'), made: made(stamp) });
    }

    async redact(classes) {
      return this.#next('redact', { classes: list(classes, 'the classes') });
    }

    async verify(options) {
      const { rules, head, keys = [] } = known(options, ['rules', 'head', 'keys']);
      const found = JSON.parse(await this.#do('verify', { rules: await rulesOf(rules), head: optional(head, 'head'), keys: list(keys, 'keys') }));
      const { verification, ...rest } = found;
      return { ...rest, ...verification };
    }

    async fits(rules) {
      return this.#do('fits', { rules: await needed(rules) });
    }

    keptRules() {
      return this.#do('kept', {});
    }

    async under(rules, options) {
      const { on } = known(options, ['on']);
      return JSON.parse(await this.#do('under', { rules: await needed(rules), on: optional(on, 'on') }));
    }

    async report(options) {
      const { format = 'html', on, reader, rules } = known(options, ['format', 'on', 'reader', 'rules']);
      if (!['html', 'md', 'json'].includes(format)) throw wrong('the format of a report is html, md or json');
      return this.#told(format, on, reader, rules);
    }

    async calendar(options) {
      const { on, reader, rules } = known(options, ['on', 'reader', 'rules']);
      return this.#told('ics', on, reader, rules);
    }

    async #told(format, on, reader, rules) {
      const classes = reader === undefined ? undefined : list(reader, 'the classes of the reader');
      return this.#do('report', { format, on: optional(on, 'on') ?? today(), reader: classes, rules: await rulesOf(rules) });
    }

    async #next(name, given) {
      return new Dossier(this.#ask, await this.#do(name, given));
    }

    #do(name, given) {
      return this.#ask(name, { ...given, text: this.text });
    }
  }

  class Dossiers {
    #ask;

    constructor(ask) {
      this.#ask = ask;
    }

    async create(rules, options) {
      const { authority, on, case: name, answers, sections, keepRules = true, ...stamp } = known(options, ['authority', 'on', 'case', 'answers', 'sections', 'keepRules', 'by', 'at', 'remark']);
      if (typeof keepRules !== 'boolean') throw wrong('`keepRules` must be true or false');
      const given = {
        rules: await needed(rules),
        authority: optional(authority, 'authority'),
        on: optional(on, 'on'),
        name: optional(name, 'case'),
        keepRules,
        answers: answers === undefined ? undefined : toJson(answers, 'the answers'),
        sections: notes(sections),
        made: made(stamp),
      };
      return new Dossier(this.#ask, await this.#ask('create', given));
    }

    async read(text, options) {
      const { name } = known(options, ['name']);
      return new Dossier(this.#ask, await this.#ask('read', { text: toText(text, 'a dossier'), name: optional(name, 'name') ?? 'dossier.json' }));
    }
  }

  /** Loads what makes dossiers; with a rule set or engine of a worker it works there. */
  async function load(options) {
    const { worker: there } = known(options, ['worker']);
    if (there === undefined) return new Dossiers(work);
    if (typeof there?.dossier !== 'function') throw wrong('`worker` must be an engine or rule set of leidraad/worker');
    return new Dossiers((name, given) => there.dossier(name, given));
  }

  return { load, work, Dossiers, Dossier };
}
