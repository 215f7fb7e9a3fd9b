/** Finds the words of a search in a text. Knows the server's rules, and neither the server nor the page. */

import { LETTERS, UNSEEN, UNSPACED, ZEROS } from './fold-tables.js';

/** So much of a text is shown around the first word found. Characters. */
export const EXCERPT_CHARS = 240;

/** So much of it before that word. */
const BEFORE_CHARS = 60;

/** A piece begins and ends at a space, if there is one as near as this. */
const SPACE_CHARS = 20;

/** @param {string} text */
const table = (text) => text.trim().split(/\s+/);

/** The inside of a `[…]` for ranges of characters. @param {string} ranges */
const inside = (ranges) => table(ranges).join(' ').replace(/[0-9a-f]+/g, '\\u{$&}').replaceAll(' ', '');

const UNSEEN_SIGN = new RegExp(`[${inside(UNSEEN)}]`, 'u');
const UNSPACED_SIGN = new RegExp(`^[${inside(UNSPACED)}]`, 'u');
const letters = new Map(LETTERS.trim().split('\n').flatMap((line) => {
  const [typed, written] = line.split(' ');
  return [...written].map((letter) => /** @type {[string, string]} */ ([letter, typed]));
}));
/** @param {string} zero @returns {[string, string][]} */
const digitsFrom = (zero) =>
  Array.from({ length: 10 }, (_, digit) => [String.fromCodePoint(parseInt(zero, 16) + digit), String(digit)]);
const digits = new Map(table(ZEROS).flatMap(digitsFrom));

/** @typedef {{ sign: string, from: number, to: number }} Character of a folded text, and its place in the text */

const OF_WORDS = /^(?![¦°])[\p{L}\p{M}\p{N}\p{Co}\p{So}\u{1f000}-\u{1faff}]$/u;

/** Beside words, not in them: pictures, numbers in circles, abbreviations in a square; not exponents and units. */
 
// eslint-disable-next-line max-len -- an expression has no line breaks
const SIGN = /^(?![²³¹\u2070-\u2089\u24b6-\u24c1\u24c3-\u24e9\u3380-\u33df\u{1f130}-\u{1f149}\u{1f1e6}-\u{1f1ff}])[\p{So}\p{No}\u2139]$/u;

/** Parts of Korean syllables that stand for themselves. */
const SINGLE_PART = /^[\u3131-\u318e]$/;

/** What is one character to a reader, whose marks stand in another order where they are not composed. */
const WITH_MARKS = /[^]\p{M}*/gu;

/** What becomes one character when a text is composed. */
const COMPOSED = /[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[^]\p{M}*/gu;

const KEYCAP = '\u20e3';
const BREVE = '\u0306';
const HALF_FLAG = /^[\u{1f1e6}-\u{1f1ff}]$/u;

/**
 * A text as the server folds it (src/log/sqlite/words.rs): without marks that people leave out, in the letters that
 * they type.
 *
 * @param {string} text
 * @returns {Character[]} its characters, and where each came from
 */
function fold(text) {
  /** @type {Character[]} */
  const folded = [];
  let from = 0;
  let to = 0;
  /** @param {string} sign */
  const push = (sign) => folded.push({ sign, from, to });
  /** @param {string} part */
  const add = (part) => {
    const last = folded.findLast(({ sign }) => sign !== ' ');
    if (last && part === BREVE && folded.at(-1)?.sign === 'и') {
      Object.assign(last, { sign: 'й', to });
    } else if (UNSEEN_SIGN.test(part)) {
      // What shows nothing belongs to what is before it.
      if (last?.to === from) last.to = to;
    } else {
      [...part.toLowerCase()].forEach(spell);
    }
  };
  /** @param {string} letter */
  const spell = (letter) => {
    const typed = letters.get(letter) ?? digits.get(letter);
    if (typed !== undefined) [...typed].forEach(push);
    else if (!UNSEEN_SIGN.test(letter)) push(OF_WORDS.test(letter) ? letter : ' ');
  };
  /** @param {string} sign */
  const take = (sign) => {
    if (sign === KEYCAP) {
      const key = folded.pop();
      push(' ');
      if (key) folded.push({ ...key, to });
      push(' ');
    } else if (UNSEEN_SIGN.test(sign)) {
      add(sign);
    } else if (SINGLE_PART.test(sign)) {
      push(sign);
    } else {
      const isBeside = SIGN.test(sign);
      if (isBeside) push(' ');
      for (const part of sign.normalize('NFKD')) {
        add(part);
        // A note and its stem stand apart, as they do where they are two characters.
        if (part !== sign && SIGN.test(part)) push(' ');
      }
      if (isBeside) push(' ');
    }
  };
  for (const [written] of text.matchAll(WITH_MARKS)) {
    const normal = written.normalize('NFC');
    if (normal !== written) [from, to] = [to, to + written.length];
    for (const sign of normal) {
      if (normal === written) [from, to] = [to, to + sign.length];
      take(sign);
    }
  }
  return composed(folded);
}

/** Syllables of Hangul and voiced kana are a character again. @param {Character[]} folded */
function composed(folded) {
  const parts = [];
  let at = 0;
  for (const [group] of folded.map(({ sign }) => sign).join('').matchAll(COMPOSED)) {
    const count = [...group].length;
    const { from } = folded[at];
    const { to } = folded[at + count - 1];
    for (const sign of group.normalize('NFC')) parts.push({ sign, from, to });
    at += count;
  }
  return parts;
}

/** The words of a text, as their characters. @param {string} text */
function tokens(text) {
  /** @type {Character[][]} */
  const words = [[]];
  /** @type {Character[] | undefined} */
  let flag;
  for (const part of fold(text)) {
    const isHalf = HALF_FLAG.test(part.sign);
    if (part.sign === ' ') words.push([]);
    else if (isHalf && flag) flag.push(part);
    else if (isHalf || UNSPACED_SIGN.test(part.sign)) words.push([part], []);
    else words[words.length - 1].push(part);
    flag = isHalf && !flag ? words.at(-2) : undefined;
  }
  return words.filter((word) => word.length);
}

/** @param {Character[]} word */
const spelled = (word) => word.map(({ sign }) => sign).join('');

/** @param {string} text @returns {string[]} the words of a text, as the server's index has them */
export const words = (text) => tokens(text).map(spelled);

/** @typedef {{ text: string, isFound: boolean }} Piece */

/** Words and phrases, and what only narrows a search, whose value may come after a space. */
const TERM = /(?:(from|in|before|after)[:：]\s*)?(?:["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]?|(\S+))/giu;

/** @param {string} query @returns {{ words: string[], isPrefix: boolean }[]} what it looks for in a text */
function termsOf(query) {
  const terms = [];
  for (const [, filter, phrase, word] of query.matchAll(TERM)) {
    const found = words(phrase ?? word ?? '');
    if (filter || !found.length) continue;
    // A word finds longer ones too, if it is more than one letter, or a syllable of Hangul.
    const isOneLetter = /^[^\uac00-\ud7a3]$/u.test(found.join(''));
    const isWhole = phrase !== undefined || isOneLetter || UNSPACED_SIGN.test(found[found.length - 1]);
    terms.push({ words: found, isPrefix: !isWhole });
  }
  return terms;
}

/** The text in pieces. @param {string} text @param {string} query @returns {Piece[]} */
export function highlight(text, query) {
  const terms = termsOf(query);
  const parts = terms.length ? tokens(text) : [];
  const spellings = parts.map(spelled);
  const places = [];
  for (const { words, isPrefix } of terms) {
    for (let at = 0; at + words.length <= parts.length; at++) {
      const isHere = words.every((word, i) =>
        (isPrefix && i === words.length - 1 ? spellings[at + i].startsWith(word) : spellings[at + i] === word));
      if (!isHere) continue;
      const last = parts[at + words.length - 1];
      places.push({ from: parts[at][0].from, to: last[[...words[words.length - 1]].length - 1].to });
      at += words.length - 1;
    }
  }
  places.sort((one, other) => one.from - other.from);
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  /** @param {number} to @param {boolean} isFound */
  const take = (to, isFound) => {
    if (to > end) pieces.push({ text: text.slice(end, to), isFound });
    end = Math.max(end, to);
  };
  for (const { from, to } of places) {
    take(from, false);
    take(to, true);
  }
  take(text.length, false);
  return pieces;
}

/** The text around the first word found, in pieces. @param {string} text @param {string} query @returns {Piece[]} */
export function excerpt(text, query) {
  if (text.length <= EXCERPT_CHARS) return highlight(text, query);
  const first = highlight(text, query);
  const found = first[0]?.isFound ? 0 : first.length > 1 ? first[0].text.length : 0;
  const start = found <= BEFORE_CHARS ? 0 : wordStart(text, found - BEFORE_CHARS);
  const end = start + EXCERPT_CHARS >= text.length ? text.length : wordEnd(text, start + EXCERPT_CHARS);
  const pieces = highlight(text.slice(start, end), query);
  if (start > 0) pieces.unshift({ text: '… ', isFound: false });
  if (end < text.length) pieces.push({ text: ' …', isFound: false });
  return pieces;
}

/** @param {string} text @param {number} at */
function wordStart(text, at) {
  const space = text.slice(at, at + SPACE_CHARS).search(/\s/);
  return space >= 0 ? at + space + 1 : notInside(text, at);
}

/** @param {string} text @param {number} at */
function wordEnd(text, at) {
  const space = text.slice(at - SPACE_CHARS, at).search(/\s+\S*$/);
  return space >= 0 ? at - SPACE_CHARS + space : notInside(text, at);
}

/** Not between the two halves of a character. @param {string} text @param {number} at */
const notInside = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);
