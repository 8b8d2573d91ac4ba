// Two languages, one key set (a test holds them together). Names of places and the text of law
// stay in the language they were written in.
import en from './i18n/en.json';
import zh from './i18n/zh-CN.json';
import { store } from './store.js';

/** @typedef {keyof typeof zh} Key */

const words = { 'zh-CN': zh, en };

/** The words for a key, `{name}` filled in. @param {Key} key @param {Record<string, string|number>} [fill] */
export function t(key, fill = {}) {
  const text = words[store.state.lang][key] ?? words['zh-CN'][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(fill[name] ?? ''));
}

/** The half of a two-language record that is wanted. @param {any} record @param {string} [stem] */
export function say(record, stem = '') {
  if (!record) return '';
  const prefix = stem ? `${stem}_` : '';
  const wanted = store.state.lang === 'en' ? 'en' : 'zh';
  return record[prefix + wanted] ?? record[prefix + 'zh'] ?? record[prefix + 'en'] ?? '';
}

/** @param {number} n @param {Intl.NumberFormatOptions} [options] */
export const num = (n, options) => new Intl.NumberFormat(store.state.lang, options).format(n);

/** A calendar day as an office writes it. @param {string} iso */
export function day(iso) {
  const [y, m, d] = iso.slice(0, 10).split('-').map(Number);
  if (!y || !m || !d) return iso;
  return new Intl.DateTimeFormat(store.state.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.UTC(y, m - 1, d));
}

/** An instant, to the minute, in the reader's time zone. @param {string} iso */
export function instant(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat(store.state.lang, { dateStyle: 'long', timeStyle: 'short' }).format(at);
}

/** The language a visitor wants: the address first, then the last choice, then Chinese. */
export function wantedLang() {
  const asked = new URLSearchParams(location.search).get('lang') ?? remembered();
  return asked && asked.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

function remembered() {
  try {
    return localStorage.getItem('gw-lang');
  } catch {
    return null; // storage may be forbidden
  }
}

/** @param {'zh-CN'|'en'} lang */
export function useLang(lang) {
  store.set({ lang });
  document.documentElement.lang = lang;
  const url = new URL(location.href);
  if (lang === 'en') url.searchParams.set('lang', 'en');
  else url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
  try {
    localStorage.setItem('gw-lang', lang);
  } catch {
    // storage may be forbidden; the address carries the choice
  }
}
