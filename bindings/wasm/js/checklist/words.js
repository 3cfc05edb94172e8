// Answers and outcomes in words. What the rules say is Dutch, whatever the language of the interface.

import { dutch } from '../form/notation.js';
import { parts } from './case.js';
import { h, small } from './dom.js';
import nl from './texts/nl.js';

/** Where the words of other languages are; most pages never load them. */
const FILES = new Map([['en', () => import('leidraad:checklist-en')], ['de', () => import('leidraad:checklist-de')]]);
const texts = new Map([['nl', nl]]);

/** The language of the words, by what a page says of its own: loaded when it was not yet, Dutch where that fails. */
export async function language(tag) {
  const code = String(tag ?? '').slice(0, 2).toLowerCase();
  if (!texts.has(code) && FILES.has(code)) {
    try {
      texts.set(code, (await FILES.get(code)()).default);
    } catch {
      // the questions are Dutch anyway
    }
  }
  return texts.has(code) ? code : 'nl';
}

/** What fills in and shows lists of records: loaded with the first questionnaire that has one. */
export let lists;
export const loadLists = async () => (lists ??= await import('leidraad:checklist-lists'));

/** What only officials do: loaded before the first list of tasks is shown. */
export let official;
export const loadOfficial = async () => (official ??= await import('leidraad:checklist-official'));

export class Words {
  constructor(lang) {
    this.lang = lang;
    const own = texts.get(lang);
    this.own = new Set(Object.values(own));
    /** `t('key', …)` fills in `{0}`, `{1}`. */
    this.t = (key, ...values) => (own[key] ?? lists?.TEXTS[lang][key] ?? key).replace(/\{(\d)\}/g, (_, n) => String(values[n]));
  }

  /** A text of the rules, marked as Dutch where the interface, whose own words may stand for an outcome, is not. */
  rule = (text) => (!text || this.lang === 'nl' || this.own.has(text) ? text : h('span', { lang: 'nl' }, text));

  /** A day, as `2026-07-04`. */
  day(text) {
    const date = new Date(`${text}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? String(text) : new Intl.DateTimeFormat(this.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  }

  /** A value of an answer to a question. */
  value(item, value) {
    if (Array.isArray(value)) return value.length > 0 ? value.map((one) => this.value(item, one)).join('; ') : this.t('none');
    const id = value === true ? 'ja' : value === false ? 'nee' : value;
    const option = item.options.find((own) => own.id === id);
    if (option) return option.label;
    if (item.type === 'date') return this.day(value);
    // one of them is another word, which is not known; what is short has none
    const unit = item.unit && (value !== 1 || item.unit.length < 4) ? ` ${item.unit}` : '';
    return item.type === 'text' ? String(value) : dutch(value) + unit;
  }

  /** An answer, with what is known of it when it is not one value; of a list it is more than a text. */
  answer(item, answer) {
    const { kind, value } = parts(answer);
    if (kind === 'none') return this.t('notAnswered');
    if (kind === 'unknown') return this.t('dontKnow');
    if (kind === 'na') return `${this.t('notApplicable')}: ${value}`;
    if (item.fields) return lists.show(this, item, value);
    if (kind === 'value') return this.value(item, value);
    if (Array.isArray(value.one_of)) return this.t('oneOf', this.value(item, value.one_of));
    if (Array.isArray(value.between)) return this.t('between', ...value.between.map((end) => (end === null ? '…' : this.value(item, end))));
    return JSON.stringify(value);
  }

  /** What a value of a decision is called; the same text for all that is not regulated. */
  label(value, decision) {
    const key = JSON.stringify(value);
    const known = decision.outcomes.find(([own]) => JSON.stringify(own) === key);
    if (known) return known[1];
    if (value === null || value?.length === 0) return this.t('none');
    if (value.unregulated) return this.t('unregulated');
    if (value.not_applicable) return this.t('notApplicable');
    if (typeof value === 'object') return Object.values(value).map((one) => this.label(one, decision)).join(', ');
    return dutch(value) + (decision.unit ? ` ${decision.unit}` : '');
  }

  /** What can still come, each once. */
  possible(outcome, decision) {
    const range = outcome.range ? [`${this.label(outcome.range.min, decision)} – ${this.label(outcome.range.max, decision)}`] : [];
    return [...new Set([...range, ...(outcome.possible ?? outcome.lists_of ?? []).map((value) => this.label(value, decision))])];
  }

  outcome(outcome, decision) {
    const { status, value } = outcome ?? {};
    return status === 'determined' ? this.label(value, decision) : this.t({ open: 'stillOpen', not_applicable: 'notApplicable' }[status] ?? status ?? 'none');
  }

  /** The same with what is possible behind it. */
  line = (outcome, decision) => [this.outcome(outcome, decision), ...(outcome?.status === 'open' ? this.possible(outcome, decision) : [])];

  /** Who said it, and when. */
  by = ({ by, at }) => by || at ? small(this.t('answeredBy', String(by ?? '–'), at ? this.day(at) : '–')) : undefined;
  signed = ({ by, role, at }) => this.t('signedBy', String(by), String(role ?? '–'), this.day(String(at)));

  /** Where a rule comes from, with its address. */
  source = ({ title, article, url, certainty, note }) => {
    const name = title + (article ? `, ${this.t('article')} ${article}` : '');
    const linked = /^https?:/.test(url ?? '')
      ? h('a', { class: 'utrecht-link utrecht-link--html-a', href: url, target: '_blank', rel: 'noopener noreferrer' }, this.rule(name), ` ${this.t('newTab')}`)
      : this.rule(name);
    return [linked, ` (${this.t(`certainty_${certainty}`)})`, note && small(this.rule(note))];
  };
}
