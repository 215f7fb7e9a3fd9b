/** What the page says, in the reader's language. The table of a language is data: `en.js` and its neighbours. */

import en from './en.js';

/**
 * @typedef {typeof en & typeof import('./more.js').more} English all of it: a part of the page imports what it says
 * @typedef {keyof English} Key
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Entry a text, or its plural forms
 * @typedef {Record<string, Entry>} Table
 */

/** Languages that there is a table for, each by its own name. */
export const LANGUAGES = {
  en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français', zh: '中文', ja: '日本語', ar: 'العربية',
};

const RIGHT_TO_LEFT = new Set(['ar']);

let language = 'en';
/** @type {Table} */
let english = en;
let table = english;
/** The table of the language, over the English one. @type {Table} */
let translation = {};
/** Whether the words of the parts that are loaded later are there. */
let hasMore = false;
// Made when they are needed: a browser takes long to make them.
/** @type {Intl.PluralRules | undefined} */
let plural;
/** @type {Intl.NumberFormat | undefined} */
let numbers;
/** @type {Record<string, Intl.DateTimeFormat>} */
let formats = {};

/** @returns {string} of the table in use */
export const languageInUse = () => language;

/** @param {string} code @returns {'ltr' | 'rtl'} */
export const directionOf = (code) => (RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr');

/**
 * Language tags, without what some systems append: `en-US@posix`, `de_DE.UTF-8`.
 *
 * @param {any} wanted as the browser says it
 * @returns {string[]}
 */
const tagsOf = (wanted) => [wanted].flat().filter((tag) => typeof tag === 'string')
  .map((tag) => tag.replace(/[.@].*/, '').replaceAll('_', '-'));

const languageOf = (/** @type {string} */ tag) => tag.toLowerCase().split('-')[0];

/**
 * @param {any} wanted as the browser says them, the dearest first
 * @returns {string} the first that there is a table for
 */
export function bestLanguage(wanted) {
  return tagsOf(wanted).map(languageOf).find((code) => Object.hasOwn(LANGUAGES, code)) ?? 'en';
}

/**
 * The language in use as the reader's country writes it, where the browser says which, and Intl takes it.
 *
 * @returns {string}
 */
function locale() {
  for (const tag of tagsOf(globalThis.navigator?.languages)) {
    try {
      if (languageOf(tag) === language) return Intl.getCanonicalLocales(tag)[0];
    } catch {
      // The next may do.
    }
  }
  return language;
}

/** Says everything in another language from now on; what it has no words for stays English. @param {string} code */
export async function setLanguage(code) {
  const { default: words } = code === 'en' ? { default: {} } : await import(`./${code}.js`);
  translation = { ...words, ...(hasMore && (await moreWords(code))) };
  language = code;
  table = { ...english, ...translation };
  plural = numbers = undefined;
  formats = {};
}

/** The words of a language for the parts that are loaded later. @returns {Promise<Table>} */
export async function moreWords(code = language) {
  return code === 'en' ? {} : (await import(`./more/${code}.js`)).default;
}

/** Adds the words of the parts that are loaded later. @param {Table} words in English */
export async function addWords(words) {
  hasMore = true;
  english = { ...english, ...words };
  translation = { ...translation, ...(await moreWords().catch(() => {})) };
  table = { ...english, ...translation };
}

/** @param {string[]} parts @returns {string} all of them, as the language lists things */
export const list = (parts) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(parts);

/** @param {number} count @returns {Intl.LDMLPluralRule} of what is counted */
const formOf = (count) => (plural ??= new Intl.PluralRules(language)).select(count);

/** @param {number} value */
export const number = (value) => (numbers ??= new Intl.NumberFormat(locale())).format(value);

/**
 * A point in time, as the reader's country writes it; nothing, where it is none that there is.
 *
 * @param {string} name @param {Intl.DateTimeFormatOptions} options
 */
export const timeFormat = (name, options) => (/** @type {number} */ at) => {
  const format = (formats[name] ??= new Intl.DateTimeFormat(locale(), options));
  return Number.isNaN(new Date(at).getTime()) ? '' : format.format(at);
};

export const clock = timeFormat('clock', { timeStyle: 'short' });
export const calendar = timeFormat('calendar', { dateStyle: 'full', timeStyle: 'medium' });
export const dayName = timeFormat('day', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/**
 * @param {Key} key
 * @param {Record<string, string | number>} [values] for the `{holes}`; `count` chooses between plural forms
 * @returns {string}
 */
export function t(key, values = {}) {
  const entry = table[key] ?? key;
  const text = typeof entry === 'string' ? entry : entry[formOf(Number(values.count))] ?? entry.other ?? '';
  return text.replace(/\{(\w+)\}/g, (hole, name) => {
    const value = values[name] ?? hole;
    // A name in a sentence turns nothing around it, whatever its direction (Unicode's isolates).
    return typeof value === 'number' ? number(value) : `\u2068${value}\u2069`;
  });
}

/**
 * Says what stands in a page, or a part of it: text, and the names and hints of what has none.
 *
 * @param {ParentNode} part
 */
export function translate(part) {
  // @ts-expect-error -- house.test.js holds that what stands there is a key
  for (const element of part.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const name of ['aria-label', 'placeholder', 'title']) {
    for (const element of part.querySelectorAll(`[data-t-${name}]`)) {
      // @ts-expect-error -- as above
      element.setAttribute(name, t(element.getAttribute(`data-t-${name}`)));
    }
  }
}
