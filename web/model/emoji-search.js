/** The emoji of a language: read from its table (web/emoji), found by words, drawn in a skin tone. */

import { LETTERS } from './fold-tables.js';

/**
 * @typedef {object} Emoji
 * @property {string} sign without a skin tone
 * @property {string} name in the language of the table
 * @property {string} group that it stands in
 * @property {boolean} hasTones
 * @property {number} version of Unicode's emoji that it came with; 0 for those that every system draws
 * @property {string[]} keywords folded, without those that its name has
 * @property {string[]} codes what it is called between colons elsewhere: `tada`; in English alone
 */

/** The modifiers of a sign that is a person or a part of one; the first is none: the yellow of all others. */
export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

/** A line of a table: 👋+ waving hand|bye hello|wave; 🫩@16 face with bags under eyes|…. A group is in brackets. */
const LINE = /^(?:\[(\w+)\]|([^+@ ]+)(\+?)(?:@([\d.]+))? ([^|]*)(?:\|([^|]*))?(?:\|(.*))?)$/u;

/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;

/** Katakana are this many code points after their Hiragana. */
const KATAKANA = 0x60;

/** Arabic writes its article as a part of the word. */
const ARTICLE = 'ال';

/** Arabic letters that are typed one for the other. @type {Record<string, string>} */
const ARABIC = { ى: 'ي', ة: 'ه', ٱ: 'ا' };

const letters = new Map(LETTERS.trim().split('\n').flatMap((line) => {
  const [typed, written] = line.split(' ');
  return [...written].map((letter) => /** @type {[string, string]} */ ([letter, typed]));
}));

/** @param {string} text @returns {Emoji[]} of a table, in its order */
export function read(text) {
  /** @type {Emoji[]} */
  const list = [];
  let group = '';
  for (const line of text.trim().split('\n')) {
    const [, begins, sign, tones, version, name, keywords, codes] = LINE.exec(line) ?? [];
    if (begins) group = begins;
    if (!sign) continue;
    const [hasTones, parts] = [tones === '+', (/** @type {string} */ words) => (words ? words.split(' ') : [])];
    list.push({
      sign, name, group, hasTones, version: Number(version ?? 0), keywords: parts(keywords), codes: parts(codes),
    });
  }
  return list;
}

/**
 * The words of a text as they are compared: without accents and vowel marks, in the letters that people type.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  const plain = text.normalize('NFKD').toLowerCase().replace(/[\p{M}\u0640]/gu, '').normalize('NFC');
  const folded = plain.replace(/[^ -~]/gu, (sign) =>
    letters.get(sign) ?? ARABIC[sign] ??
      (/[ァ-ヶ]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) - KATAKANA) : sign));
  return folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/**
 * Whether a word is longer than what is looked for, or the same: it begins with it; where words are not parted, it
 * has it in it.
 *
 * @param {string} word @param {string} wanted
 */
export function goesOn(word, wanted) {
  if (UNSPACED.test(wanted)) return word.includes(wanted);
  return word.startsWith(wanted) || plain(word).startsWith(plain(wanted));
}

/** A word without its article; not while one has only typed that. @param {string} word */
const plain = (word) =>
  (word.startsWith(ARTICLE) && word.length > ARTICLE.length + 1 ? word.slice(ARTICLE.length) : word);

/** The words of names, folded when they are first looked at. @type {WeakMap<Emoji, string[]>} */
const folded = new WeakMap();

/** @param {Emoji} emoji @returns {string[]} */
function nameOf(emoji) {
  const known = folded.get(emoji) ?? words(emoji.name);
  folded.set(emoji, known);
  return known;
}

/** How well it is what is looked for: the less the better; beyond that it is not found. */
const NOT_FOUND = 4;

/**
 * @param {Emoji} emoji
 * @param {string} typed
 * @param {string[]} wanted its words
 */
function rank(emoji, typed, wanted) {
  const { sign, keywords, codes } = emoji;
  const name = nameOf(emoji);
  if (sign === typed || codes.includes(typed) || (wanted.length && name.join() === wanted.join())) return 0;
  if (!wanted.length) return codes.some((code) => code.startsWith(typed)) ? 1 : NOT_FOUND;
  if (wanted.every((part) => name.includes(part))) return 1;
  if (wanted.every((part) => name.some((word) => goesOn(word, part)))) return 2;
  const all = [...name, ...keywords];
  const isFound = wanted.every((part) => all.some((word) => goesOn(word, part)));
  return isFound || codes.some((code) => code.startsWith(typed)) ? 3 : NOT_FOUND;
}

/**
 * @param {readonly Emoji[]} list
 * @param {string} query words, each the beginning of a word of its name or its keywords; or a code, with colons or not
 * @returns {Emoji[]} those that are found, the best first; none, where nothing is looked for
 */
export function search(list, query) {
  const typed = query.normalize('NFKC').trim().toLowerCase().replace(/^:|(?<=.):$/g, '');
  if (!typed) return [];
  const wanted = words(typed);
  return list
    .map((emoji) => ({ emoji, rank: rank(emoji, typed, wanted) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    // Of two names that have the word, it means more in the shorter one; what only keywords find stays in its order.
    .sort((one, other) => one.rank - other.rank
      || (one.rank < 3 ? nameOf(one.emoji).length - nameOf(other.emoji).length : 0))
    .map(({ emoji }) => emoji);
}

/** A person whose skin is seen, at the end of a sign that has two. */
const PERSON = /[👩👨🧑]$/u;

/**
 * A sign in a skin tone: both people of a pair have the same.
 *
 * @param {string} sign that has tones
 * @param {number} tone its place in TONES
 * @returns {string}
 */
export function withTone(sign, tone) {
  const modifier = TONES[tone] ?? '';
  if (!modifier) return sign;
  const [first, ...rest] = sign;
  // The modifier takes the place of the selector that makes a picture of a text.
  const after = rest.join('').replace(/^\ufe0f/u, '');
  return `${first}${modifier}${after}${PERSON.test(after) ? modifier : ''}`;
}
