// `<leidraad-checklist>`: a checklist to fill in, in the page itself. It sends nothing.

import { App } from './app.js';
import { failure, fire, h } from './dom.js';
import { language, Words } from './words.js';

let shared;

/** The engine in the page where its policy allows that, else in a worker; one for all elements. */
async function start() {
  try {
    return await (await import('leidraad:web')).load();
  } catch (error) {
    if (error.code !== 'blocked') throw error;
    return (await import('leidraad:worker-client')).load();
  }
}

const engine = () => {
  shared ??= start().catch((error) => {
    shared = undefined;
    throw error;
  });
  return shared;
};

export class LeidraadChecklist extends HTMLElement {
  static observedAttributes = ['rule-set', 'src', 'authority', 'on', 'today', 'lang', 'mode', 'case', 'heading-level'];

  #app;
  #given;
  #fallback;
  #latest = 0;
  #stop;
  #ready;
  #settled;

  constructor() {
    super();
    this.#ready = new Promise((resolve) => (this.#settled = resolve));
  }

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    window.addEventListener('storage', (event) => this.#app?.elsewhere(event), { signal });
    window.addEventListener('beforeunload', (event) => this.#app?.unsaved && event.preventDefault(), { signal });
    if (!this.#app) this.#open();
  }

  disconnectedCallback() {
    this.#stop?.abort();
  }

  attributeChangedCallback(name, old, value) {
    if (old === value || !this.isConnected || !this.#app) return;
    if (['rule-set', 'src', 'case'].includes(name)) this.#open();
    else this.#again();
  }

  /** Settles when the checklist is shown, or cannot be. */
  get ready() {
    return this.#ready;
  }

  /** What is filled in, as the engine and the command read it. */
  get answers() {
    return this.#app ? JSON.parse(this.#app.answersText()) : {};
  }

  get assessment() {
    return this.#app?.assessment;
  }

  /** The case with who does what, as its file has it. */
  get caseText() {
    return this.#app?.text();
  }

  /** Takes over a case or answers, as a text. @returns nothing, or why not */
  load(text) {
    return this.#app?.bring(String(text));
  }

  /** A rule set of your own, or a promise of one, instead of the attributes `rule-set` and `src`. */
  set ruleSet(rules) {
    this.#given = rules;
    if (this.isConnected) this.#open();
  }

  get ruleSet() {
    return this.#app?.rules;
  }

  /** What the attributes say; with the language, whose words may have to be loaded. */
  #settings = async () => {
    const text = (name) => this.getAttribute(name) || undefined;
    const level = Number(text('heading-level') ?? 2);
    return {
      authority: text('authority'),
      on: text('on'),
      todayGiven: text('today'),
      caseName: text('case'),
      official: text('mode') === 'tasks',
      level: level >= 1 && level <= 5 ? Math.floor(level) : 2,
      words: new Words(await language(text('lang') ?? this.closest('[lang]')?.getAttribute('lang'))),
    };
  };

  async #open() {
    const turn = (this.#latest += 1);
    this.#fallback ??= [...this.childNodes];
    const settings = await this.#settings();
    if (turn !== this.#latest) return;
    const { words } = settings;
    const wait = h('p', { role: 'status', lang: words.lang }, words.t('loading'));
    this.append(wait);
    try {
      const rules = await this.#rules();
      const app = new App(this, rules, settings);
      await app.start();
      if (turn !== this.#latest) return;
      this.#app = app;
      app.show();
      fire(this, 'ready', { ruleSet: rules });
    } catch (error) {
      if (turn !== this.#latest) return;
      // what the page says instead stays
      this.#app = undefined;
      this.replaceChildren(h('div', { class: 'leidraad-root', lang: words.lang }, failure(words.t('unavailable'), error)), ...this.#fallback);
      fire(this, 'unavailable', { error });
    } finally {
      wait.remove();
      this.#settled(this);
    }
  }

  async #rules() {
    if (this.#given) return this.#given;
    const src = this.getAttribute('src');
    if (!src) return (await engine()).open(this.getAttribute('rule-set') ?? '');
    const response = await fetch(src);
    if (!response.ok) throw new Error(`${src}: ${response.status}`);
    const text = await response.text();
    return (await engine()).ruleSet(text, { name: src });
  }

  /** Another authority, day, language or way: the same case. */
  async #again() {
    const turn = (this.#latest += 1);
    const app = this.#app;
    const official = app.official;
    try {
      const settings = await this.#settings();
      if (turn !== this.#latest) return;
      app.take(settings);
      await app.adopt(app.own);
      if (turn !== this.#latest) return;
      if (official !== app.official) app.view = app.official ? 'tasks' : 'question';
      app.current ??= app.assessment.next ?? undefined;
      app.frame();
    } catch (error) {
      app.fail(error);
    }
  }
}

if (!customElements.get('leidraad-checklist')) customElements.define('leidraad-checklist', LeidraadChecklist);
