// A checklist at work: the case, what the engine makes of it, and which page of it is shown.

import { bare, copy, empty, fromText, merge, toText } from './case.js';
import { comparePage } from './compare.js';
import { alert, clean, failure, fire, group, h, p, primary, secondary, textButton, u, ul } from './dom.js';
import { download, keepPage, loadChains, loadDossier } from './keep.js';
import { summary } from './outcome.js';
import { questionPage } from './questions.js';
import { reviewPage } from './report.js';
import { stepsPage } from './steps.js';
import { Store } from './store.js';
import { sectionPage, tasksPage } from './tasks.js';
import { whyPage } from './why.js';
import { loadLists, loadOfficial } from './words.js';

const PAGES = { question: questionPage, tasks: tasksPage, section: sectionPage, review: reviewPage, why: whyPage, steps: stepsPage, compare: comparePage, keep: keepPage };

/** So many letters of what has come out can be listened to; of more only the count is announced. */
const LISTEN = 300;

let count = 0;

export class App {
  own = empty();
  past = [];
  /** Whether something was filled in that is neither saved here nor in a file. */
  unsaved = false;
  /** The question in which something was typed that is not an answer yet. */
  touched;
  /** Records of lists that are being filled in, by question. */
  drafts = bare();
  #number = (count += 1);
  #turn = Promise.resolve();
  #said = new Map();
  #parts = {};

  /**
   * @param host the element
   * @param rules the rule set
   * @param settings what the attributes say: `authority`, `on`, `todayGiven`, `official`, `level`, `words` and `caseName`
   */
  constructor(host, rules, settings) {
    this.host = host;
    this.rules = rules;
    this.take(settings);
    if (this.caseName !== undefined) this.store = new Store(rules.id, this.caseName);
  }

  /** The attributes as they are now. */
  take(settings) {
    Object.assign(this, settings);
  }

  async start() {
    let found;
    try {
      found = this.store?.resume();
    } catch (reason) {
      // what cannot be read stays where it is
      this.store = undefined;
      this.#later = () => this.notice('warning', this.words.t(`file_${reason}`));
    }
    await this.adopt(found ?? this.own);
    this.view = this.official ? 'tasks' : 'question';
    this.current = this.assessment.next ?? undefined;
    this.#resumed = found !== undefined;
  }
  #later;
  #resumed;

  show() {
    this.frame();
    this.#later?.();
    this.#later = undefined;
    if (this.#resumed) this.notice('info', this.words.t('resumed', this.caseName));
  }

  // --- what the engine makes of it

  /** Under whose rules, on which day; a dossier has its own. */
  about({ dossier } = this.own) {
    const { authority, on, today } = dossier ?? { ...this, today: this.todayGiven };
    return { authority, on, today };
  }
  /** The day here; Swedish writes days as files do. */
  today = () => this.todayGiven ?? new Date().toLocaleDateString('sv');
  /** The case as a file. */
  text = () => toText(this.own, this.aboutCase());
  aboutCase = () => ({ rule_set: this.rules.id, authority: this.q?.authority ?? null, on: this.assessment?.on, digest: this.assessment?.rule_set.digest });
  get fileName() {
    return this.rules.id.replace(/\W+/g, '-');
  }
  answersText = (own = this.own) => JSON.stringify(own.answers, null, 1);
  outcomes = () => this.q.decisions.filter(({ outcome, part_of: part }) => outcome && !part);

  async #judge(own) {
    const text = this.answersText(own);
    const about = this.about(own);
    if (this.official) await loadOfficial();
    const assessment = await this.rules.evaluate(text, about);
    // rules of one decision can go by another day than those of the others
    const version = assessment.rule_set.digest + assessment.on + assessment.authority + text.match(/[\d-]{10}/g);
    if (this.version !== version) {
      this.q = await this.rules.questionnaire(about, text);
      this.items = new Map(this.q.sections.flatMap(({ items }) => items.map((item) => [item.id, item])));
      if ([...this.items.values()].some(({ fields }) => fields)) await loadLists();
      this.version = version;
    }
    this.assessment = assessment;
    this.own = own;
  }

  /** Takes over a case. What these rules do not take is put aside, and not lost. */
  async adopt(found) {
    const given = copy(found);
    delete given.authority;
    const answers = bare({ ...given.aside, ...given.answers });
    given.aside = bare();
    try {
      await this.#judge({ ...given, answers });
      return;
    } catch (error) {
      if (!error.findings?.length) throw error;
    }
    given.answers = bare();
    for (const [id, answer] of Object.entries(answers)) {
      const more = bare({ ...given.answers, [id]: answer });
      try {
        await this.rules.evaluate(JSON.stringify(more), this.about(given));
        given.answers = more;
      } catch {
        given.aside[id] = answer;
      }
    }
    await this.#judge(given);
    this.#later = () => this.notice('warning', this.words.t('someAside', Object.keys(this.own.aside).length));
  }

  /** One change after another: each is judged before the next one begins. */
  #next(work) {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Changes the case, if the engine takes it. @returns nothing, or the key of what is wrong */
  #try(change) {
    return this.#next(async () => {
      const own = copy(this.own);
      change(own);
      try {
        await this.#judge(own);
      } catch (error) {
        if (error.findings?.length > 0) return error.code === 'outside-domain' ? 'outside' : 'other';
        this.fail(error);
        return 'other';
      }
      this.#changed();
      return undefined;
    });
  }

  answer(item, answer) {
    return this.#try((own) => {
      if (answer === undefined) delete own.answers[item.id];
      else own.answers[item.id] = answer;
    });
  }

  async #record(folder, id, value) {
    const wrong = await this.#try((own) => {
      const all = bare(own.answers[folder]);
      if (value === undefined) delete all[id];
      else all[id] = value;
      if (Object.keys(all).length === 0) delete own.answers[folder];
      else own.answers[folder] = all;
    });
    if (wrong) this.notice('error', this.words.t('failed'));
    this.draw(this.words.t('recorded'));
  }
  deviate = (id, value) => this.#record('$deviations', id, value);
  step = (id, value) => this.#record('$steps', id, value);

  /** What is no answer: who does what. */
  async change(work, redraw) {
    await this.#try(work);
    if (redraw) this.draw(this.words.t('recorded'));
  }

  #changed() {
    this.unsaved = true;
    this.#save();
    this.refresh();
  }

  // --- keeping it

  #save() {
    if (!this.store?.on) return;
    try {
      const saved = this.store.save(this.own, this.aboutCase());
      if (saved === undefined) return this.#removed();
      this.unsaved = false;
      this.own = saved.own;
      if (saved.merged) this.#merged(saved.clashes);
    } catch {
      this.notice('error', this.words.t('saveFailed'));
    }
  }

  keepHere() {
    try {
      this.store.begin();
    } catch (reason) {
      return this.notice('error', this.words.t(`file_${reason}`));
    }
    this.#save();
    this.draw(this.words.t('isKept', this.caseName));
  }

  unkeep() {
    this.store.remove();
    this.unsaved = Object.keys(this.own.answers).length > 0;
    this.draw(this.words.t('removed'));
  }

  kept() {
    this.unsaved = false;
  }

  #removed() {
    this.store.remove();
    this.unsaved = true;
    this.notice('warning', this.words.t('removedElsewhere'));
  }

  /** Another tab has saved or removed this case. */
  async elsewhere({ key, newValue }) {
    if (!this.store?.on || (key !== this.store.key && key !== null)) return;
    if (newValue === null || key === null) return this.#removed();
    await this.#next(async () => {
      const before = this.own;
      let pulled;
      try {
        pulled = this.store.pull(this.own);
      } catch (reason) {
        return this.notice('warning', this.words.t(`file_${reason}`));
      }
      if (!pulled) return this.#removed();
      await this.adopt(pulled.own);
      this.refresh();
      // what is being typed stays on the page; what the other tab says of the same question is told
      const here = this.items.get(this.touched);
      const both = here && JSON.stringify(before.answers[here.id]) !== JSON.stringify(this.own.answers[here.id]);
      this.#merged([...pulled.clashes, ...(both ? [{ path: ['answers', here.id], theirs: this.own.answers[here.id] }] : [])]);
      if (!this.touched && !this.host.contains(document.activeElement?.closest('input,textarea,select'))) this.draw();
      return undefined;
    });
  }

  #merged(clashes) {
    const { t } = this.words;
    const list = this.clashes(clashes);
    this.notice(list ? 'warning' : 'info', t(list ? 'clash' : 'updatedElsewhere'), list ?? secondary(t('show'), () => this.draw()));
  }

  /** What another copy of this case says of the same; nothing where there is no such thing. */
  clashes(list) {
    const { t } = this.words;
    const one = ({ path: [folder, id], theirs }) => {
      if (folder === 'dossier') return [t('otherDossier'), ' ', secondary(t('saveTheirs'), () => download(`${this.fileName}-dossier.json`, theirs.text))];
      const item = folder === 'answers' ? this.items.get(id) : undefined;
      const text = item ? this.words.answer(item, theirs) : JSON.stringify(theirs ?? null);
      return [this.words.rule(item?.ask ?? id ?? folder), ': ', text, ' ', item && secondary(t('takeTheirs'), async () => { await this.answer(item, theirs); this.redraw(item.id); })];
    };
    return list.length > 0 ? ul(list.map(one)) : undefined;
  }

  /** Goes on with what a copy of this case has, from where both parted. @returns what it says of the same */
  async join(base, theirs) {
    const { merged, clashes } = merge(base, this.own, theirs);
    await this.#next(() => this.adopt({ ...merged, revision: this.own.revision }));
    this.#changed();
    return clashes;
  }

  /** A case or answers from a file. @returns nothing, or the key of what is wrong */
  async bring(text) {
    let found;
    try {
      found = fromText(text, this.rules.id);
    } catch (reason) {
      if (reason !== 'dossier') return reason;
      found = await (await loadDossier()).read(this, text);
      if (!found) return undefined;
    }
    const take = async () => {
      await this.#instead(found);
      this.current = this.assessment.next ?? this.current;
      this.go('review');
      this.#later?.();
      this.#later = undefined;
      const other = found.authority !== undefined && found.authority !== (this.authority ?? found.authority);
      if (found.told) found.told();
      else this.notice(other ? 'warning' : 'info', other ? this.words.t('otherAuthority', found.authority) : this.words.t('brought'));
    };
    if (this.own.dossier && found.dossier) await (await loadChains()).meet(this, found, take);
    else if (Object.keys(this.own.answers).length > 0) this.#confirm('replaceAll', 'replace', take);
    else await take();
    return undefined;
  }

  /** Another case in the place of this one. */
  async #instead(own) {
    await this.#next(() => this.adopt({ ...own, revision: this.own.revision }));
    this.drafts = bare();
    this.#changed();
  }

  restart() {
    this.#confirm('wipeAll', 'startAgain', async () => {
      await this.#instead(empty());
      this.unsaved = false;
      this.past = [];
      this.current = this.assessment.next ?? undefined;
      this.go(this.official ? 'tasks' : 'question');
    });
  }

  #confirm(question, yes, work) {
    const { t } = this.words;
    const note = this.notice('warning', t(question), group(primary(t(yes), () => { note.remove(); return work().catch((error) => this.fail(error)); })));
    note.querySelector('button').focus();
  }

  // --- what is shown

  /** An id of this element's own, which no other element has. */
  id = (name) => `leidraad-${this.#number}-${String(name).replace(/[^A-Za-z0-9-]/g, (sign) => `_${sign.codePointAt(0)}_`)}`;
  heading = (text) => h(`h${this.level}`, { class: `${u('heading-2')} leidraad-heading`, tabindex: -1 }, text);
  sub = (text) => h(`h${Math.min(this.level + 1, 6)}`, { class: u('heading-4') }, text);
  isAsking = (id) => this.view === 'question' && this.current === id;
  opened = (name) => this.host.querySelector(`#${this.id(name)}`)?.open ?? false;

  authorities = () => [...new Map(this.rules.layers.filter(({ authority }) => authority).map(({ authority, title }) => [authority, title]))];
  authorityTitle = (code) => (code ? this.authorities().find(([own]) => own === code)?.[1] ?? code : this.words.t('sharedRules'));

  /** The parts that stay; what is in them changes. */
  frame() {
    const { t, lang } = this.words;
    const parts = {
      notices: h('div.leidraad-notices', null),
      summary: h('section', { class: 'leidraad-summary', 'aria-labelledby': this.id('summary') }),
      nav: h('nav', { class: 'leidraad-nav', 'aria-label': t('parts') }),
      view: h('div.leidraad-view', null),
      live: h('div', { class: 'leidraad-hidden', role: 'status' }),
    };
    this.#parts = parts;
    this.#said = new Map(this.#lines());
    this.host.replaceChildren(h('div', { class: 'leidraad-root', lang }, parts.notices, parts.nav, h('div.leidraad-columns', null, parts.view, h('div.leidraad-side', null, parts.summary)), parts.live));
    this.refresh();
    this.draw();
  }

  #lines = () => this.outcomes().map((decision) => [decision.id, `${decision.title}: ${this.words.line(this.assessment.decisions[decision.id], decision).join('; ')}`]);

  /** What follows, after every change; an outcome that changed is announced. */
  refresh() {
    if (!this.#parts.nav) return;
    this.#summary();
    this.#tabs();
    const lines = this.#lines();
    const changed = lines.filter(([id, text]) => this.#said.get(id) !== text);
    this.#said = new Map(lines);
    if (changed.length > 0) this.#announce(changed);
    this.onresult?.();
    fire(this.host, 'change', { answers: JSON.parse(this.answersText()), assessment: this.assessment });
  }

  /** What has come out is told in full, as far as it can be listened to; what is still open is on the page. */
  #announce(changed) {
    const settled = ([id]) => this.assessment.decisions[id]?.status !== 'open';
    const told = changed.some(settled) ? changed.filter(settled) : changed;
    const text = told.map(([, line]) => line).join('. ');
    if (text.length < LISTEN) this.say(text);
    else if (settled(told[0])) this.say(this.words.t('settledOf', this.#lines().filter(settled).length, this.outcomes().length));
  }

  /** The pages that there are, and which of them is shown. */
  #tabs() {
    const { nav } = this.#parts;
    const at = [...nav.querySelectorAll('button')].indexOf(document.activeElement);
    const views = [this.official ? 'tasks' : 'question', 'review', 'why', this.q.steps.length > 0 && 'steps', this.rules.authorities.length > 0 && 'compare', 'keep'].filter(Boolean);
    const now = this.view === 'section' ? 'tasks' : this.view;
    nav.replaceChildren(h('ul', null, views.map((view) => h('li', null, textButton(this.words.t(view), () => this.go(view), { class: `${u('link-button', 'html-button')} leidraad-tab`, 'aria-current': view === now ? 'page' : null })))));
    nav.querySelectorAll('button')[at]?.focus();
  }

  /** Draws the page anew; with a text the focus goes to its heading, and the text is announced. */
  draw(said) {
    this.onresult = undefined;
    this.touched = undefined;
    const made = PAGES[this.view](this);
    this.#parts.view.replaceChildren(...clean(made));
    this.#tabs();
    if (said === undefined) return;
    if (said) this.say(said);
    this.focus();
  }

  focus() {
    const heading = this.#parts.view.querySelector('.leidraad-heading');
    heading?.focus({ preventScroll: true });
    if (this.host.getBoundingClientRect().top < 0) this.host.scrollIntoView();
  }

  go(view, section) {
    if (view !== this.view) this.#parts.notices.replaceChildren();
    this.view = view;
    if (section !== undefined) this.section = section;
    if (view !== 'question') this.changing = false;
    else this.current ??= this.assessment.next ?? undefined;
    this.draw('');
    this.#summary();
  }

  /** The summary names the next question, unless it is on the page. */
  #summary() {
    this.#parts.summary.replaceChildren(...clean(summary(this)));
  }

  /** To a question, wherever it is asked. */
  ask(id, changing = false) {
    if (this.official) {
      this.go('section', this.q.sections.find(({ items }) => items.some((item) => item.id === id)).section);
      this.#enter(id)?.scrollIntoView();
      return;
    }
    if (this.current !== undefined && this.view === 'question' && !changing) this.past.push(this.current);
    this.current = id;
    this.changing = changing;
    this.go('question');
  }

  /** To a question in the section that is shown. */
  #enter(id) {
    const at = this.host.querySelector(`#${this.id(`at-${id}`)}`)?.closest('.leidraad-block');
    (at?.querySelector('input:checked') ?? at?.querySelector('input,select,textarea'))?.focus();
    return at;
  }

  /** After an answer: to the question that settles most, or to the check of the answers. */
  onwards() {
    const next = this.changing ? undefined : this.assessment.next;
    if (next === undefined || next === null) {
      this.current = this.assessment.next ?? this.current;
      return this.go('review');
    }
    this.past.push(this.current);
    this.current = next;
    return this.go('question');
  }

  back() {
    this.current = this.past.pop();
    this.go('question');
  }

  redraw(id) {
    this.draw();
    if (this.view === 'section') this.#enter(id);
    else this.focus();
  }

  say(text) {
    if (this.#parts.live) this.#parts.live.textContent = text;
  }

  /** Something that people should know, until they close it or go to another page. */
  notice(kind, text, more) {
    const { t } = this.words;
    const note = alert(kind, h('div.leidraad-notice', null, p(text), more, secondary(t('close'), () => { note.remove(); this.focus(); })));
    this.#parts.notices?.append(note);
    this.say(text);
    return note;
  }

  fail(error) {
    this.#parts.notices?.append(failure(this.words.t('failed'), error));
    this.say(error.message);
  }

}
