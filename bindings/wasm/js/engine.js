// The engine as JavaScript sees it: objects in, objects out, errors with a code. The only file that knows the glue.

import { LeidraadError } from './errors.js';
import { optional, toCase, toJson, toText } from './input.js';

/** Programs that a rule set keeps ready: one per authority and set of reference dates. */
const KEPT = 8;

/** One instance of the WebAssembly module. */
export class Engine {
  #core;
  #trap;
  #read;

  /**
   * @param core the classes of the glue, of a fresh instance
   * @param read reads the text of a rule set that comes with the package, by its id
   */
  constructor(core, read) {
    this.#core = core;
    this.#read = read;
  }

  /** The version of the engine. */
  get version() {
    return this.run((core) => core.version());
  }

  /** Whether the instance stopped on a defect; it does nothing more. `load()` then gives a fresh one. */
  get trapped() {
    return this.#trap !== undefined;
  }

  /** A rule set: a rule file or an array of them, as an object or a JSON text. */
  ruleSet(rules, options = {}) {
    const text = toJson(rules, 'the rules');
    const name = optional(options?.name, 'name') ?? 'rules.json';
    return new RuleSet(this, name, text, options?.checked === true);
  }

  /** A rule set that comes with the package. */
  async open(id) {
    const text = await this.#read(toText(id, 'the id of a rule set'));
    return new RuleSet(this, `${id}.json`, text, true);
  }

  /** Runs something inside the instance. What the engine refuses is thrown as findings; anything else is a defect. */
  run(work) {
    if (this.#trap !== undefined) throw trapped(this.#trap);
    try {
      return work(this.#core);
    } catch (error) {
      if (typeof error === 'string') throw LeidraadError.of(JSON.parse(error));
      this.#trap = error;
      throw trapped(error);
    }
  }
}

function trapped(cause) {
  return new LeidraadError('trapped', `the engine stopped on a defect: ${cause?.message ?? cause}`, {
    cause,
    help: 'this instance does nothing more; call load() for a fresh one, and report what led to it',
  });
}

/** A rule set with all its layers. */
export class RuleSet {
  #engine;
  #own;
  #text;
  #programs = new Map();
  #dates = new Map();
  #about;

  constructor(engine, name, text, proven) {
    this.#engine = engine;
    this.#own = engine.run((core) => new core.RuleSet(name, text, proven));
    this.#text = text;
    this.#about = engine.run(() => {
      const own = this.#own;
      const lists = [own.layers(), own.authorities(), own.warnings()].map((list) => JSON.parse(list));
      return { id: own.id(), title: own.title(), layers: lists[0], authorities: lists[1], warnings: lists[2] };
    });
  }

  get id() {
    return this.#about.id;
  }

  get title() {
    return this.#about.title;
  }

  /** The layers: whose each is, its title and its period. */
  get layers() {
    return this.#about.layers;
  }

  /** The codes of the authorities that have a layer. */
  get authorities() {
    return this.#about.authorities;
  }

  /** The warnings of the check. */
  get warnings() {
    return this.#about.warnings;
  }

  /** The rule set as the JSON text that it was read from. */
  bundle() {
    return this.#text;
  }

  /** The questions whose answers fix a reference date. */
  referenceDates(authority) {
    const code = optional(authority, 'authority');
    if (!this.#dates.has(code)) {
      const list = this.#run((own) => own.reference_dates(code));
      this.#dates.set(code, JSON.parse(list));
    }
    return this.#dates.get(code);
  }

  /** The layers that apply to a case. Load once, evaluate many. */
  program(given, answers = '{}') {
    const { authority, on, today } = toCase(given);
    const text = toJson(answers, 'the answers');
    return new Program(this.#engine, this.#run((own) => own.program(authority, text, on, today)));
  }

  /** What follows from the answers. */
  evaluate(answers, given) {
    return JSON.parse(this.evaluateText(answers, given));
  }

  /** The same as a JSON text, byte for byte as the command line gives it. */
  evaluateText(answers = '{}', given) {
    const text = toJson(answers, 'the answers');
    return this.#kept(text, given).evaluateText(text);
  }

  /** The questions, decisions, findings and steps, for those who build a form. */
  questionnaire(given, answers = '{}') {
    return this.#kept(toJson(answers, 'the answers'), given).questionnaire();
  }

  /** Why: the reasons of one decision, or of every outcome. */
  explain(answers = '{}', given, decision) {
    const text = toJson(answers, 'the answers');
    return this.#kept(text, given).explain(text, decision);
  }

  /** The same as a text in Dutch. */
  explainText(answers = '{}', given, decision) {
    const text = toJson(answers, 'the answers');
    return this.#kept(text, given).explainText(text, decision);
  }

  /** Gives the memory back; it does nothing more. */
  free() {
    const own = this.#own;
    for (const program of this.#programs.values()) program.free();
    this.#programs.clear();
    this.#own = undefined;
    if (own && !this.#engine.trapped) this.#engine.run(() => own.free());
  }

  #run(work) {
    const own = this.#own;
    if (own === undefined) throw freed('rule set');
    return this.#engine.run(() => work(own));
  }

  /** The program of a case, kept for the next time. */
  #kept(text, given) {
    const { authority, on, today } = toCase(given);
    const names = this.referenceDates(authority);
    const key = JSON.stringify([authority, on, today, names.length === 0 ? [] : dates(text, names)]);
    let program = this.#programs.get(key);
    if (program === undefined || program.freed) {
      program = this.program({ authority, on, today }, text);
      if (this.#programs.size >= KEPT) {
        const [oldest, first] = this.#programs.entries().next().value;
        this.#programs.delete(oldest);
        first.free();
      }
      this.#programs.set(key, program);
    }
    return program;
  }
}

/** The answers that fix the dates; of a text that is no JSON none, the engine will say what is wrong with it. */
function dates(text, names) {
  try {
    const answers = JSON.parse(text);
    return names.map((name) => (Object.hasOwn(answers, name) ? answers[name] : undefined));
  } catch {
    return [];
  }
}

/** A rule set for one authority on one date. */
export class Program {
  #engine;
  #own;

  constructor(engine, own) {
    this.#engine = engine;
    this.#own = own;
  }

  get freed() {
    return this.#own === undefined;
  }

  /** The reference date. */
  get on() {
    return this.#run((own) => own.on());
  }

  /** `sha256:` and the digest of the layers used. */
  get digest() {
    return this.#run((own) => own.digest());
  }

  evaluate(answers = '{}') {
    return JSON.parse(this.evaluateText(answers));
  }

  evaluateText(answers = '{}') {
    const text = toJson(answers, 'the answers');
    return this.#run((own) => own.evaluate(text));
  }

  questionnaire() {
    return JSON.parse(this.#run((own) => own.questionnaire()));
  }

  explain(answers = '{}', decision) {
    const text = toJson(answers, 'the answers');
    const id = optional(decision, 'decision');
    return JSON.parse(this.#run((own) => own.explain(text, id)));
  }

  explainText(answers = '{}', decision) {
    const text = toJson(answers, 'the answers');
    const id = optional(decision, 'decision');
    return this.#run((own) => own.explain_text(text, id));
  }

  free() {
    const own = this.#own;
    this.#own = undefined;
    if (own && !this.#engine.trapped) this.#engine.run(() => own.free());
  }

  #run(work) {
    const own = this.#own;
    if (own === undefined) throw freed('program');
    return this.#engine.run(() => work(own));
  }
}

function freed(what) {
  return new LeidraadError('freed', `this ${what} was freed`, { help: 'make a new one, or call free() later' });
}

