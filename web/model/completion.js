/** What can be completed where one writes: people after an `@`, emoji after a `:`, rooms after a `#`. Knows no DOM. */

import { BEGINS } from './markup.js';

/** So many are offered at most. */
export const OFFERED_MAX = 8;

/** A name is not longer. UTF-16 units. */
const NAME_UNITS = 64;

/** An emoji's name or code: a sign of a face, as in `:D`, is shorter. */
const EMOJI = /(?<![\p{L}\p{N}\p{M}:/]):([\p{L}\p{M}\p{N}_+-]{2,40})$/u;

/** Neither of an address nor of a number. */
const ROOM = /(?<![\p{L}\p{N}\p{M}/&#])#([\p{L}\p{M}\p{N}_-]{1,64})$/u;

/** A letter after the caret is of the same word, where words have spaces between them. */
const WITHIN_WORD = /^[_\p{L}\p{N}]/u;
const UNSPACED = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

const FENCE = /^```/gm;

/**
 * @typedef {object} Asked
 * @property {'people' | 'emoji' | 'rooms'} kind
 * @property {number} from where it begins, with its sign
 * @property {string} typed after the sign
 *
 * @typedef {import('./protocol.js').User} User
 * @typedef {User & { isHere: boolean }} Person
 *
 * @typedef {{ text: string, isTyped: boolean }} Piece of a name: the letters that were typed, or others
 */

/**
 * @template T
 * @typedef {object} Offers
 * @property {{ item: T, pieces: Piece[] }[]} offers the best first
 * @property {boolean} isWhole the name of one is there already: none is meant before one chooses
 */

/**
 * @param {string} text
 * @param {number} caret
 * @returns {Asked | undefined} what is being written there; code is left alone
 */
export function askedAt(text, caret) {
  const after = text.slice(caret);
  if (WITHIN_WORD.test(after) && !UNSPACED.test(after)) return undefined;
  const before = text.slice(0, caret);
  const asked = signAt(before, EMOJI, 'emoji') ?? signAt(before, ROOM, 'rooms') ?? personAt(before);
  return asked && !isCode(before.slice(0, asked.from)) ? asked : undefined;
}

/** @param {string} before @param {RegExp} pattern @param {Asked['kind']} kind @returns {Asked | undefined} */
function signAt(before, pattern, kind) {
  const found = pattern.exec(before);
  return found ? { kind, from: found.index, typed: found[1] } : undefined;
}

/** Names have spaces. @param {string} before @returns {Asked | undefined} */
function personAt(before) {
  const from = before.lastIndexOf('@');
  const typed = before.slice(from + 1);
  if (from < 0 || !/^\S/.test(typed) || typed.length > NAME_UNITS || typed.includes('\n')) return undefined;
  const begins = BEGINS();
  begins.lastIndex = from;
  return begins.test(before) ? { kind: 'people', from, typed } : undefined;
}

/** Whether what follows is code. @param {string} before */
function isCode(before) {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (before.match(FENCE) ?? []).length % 2 > 0 || line.split('`').length % 2 === 0;
}

/** A text as it is compared: without case, and without marks that people leave out. @param {string} text */
export const fold = (text) => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');

/**
 * @param {string} text
 * @param {number} from
 * @param {string} wanted folded
 * @returns {number} where it ends if it stands there; -1 if it does not
 */
function endOf(text, from, wanted) {
  let had = '';
  let end = from;
  for (const sign of text.slice(from)) {
    // A mark is of the letter before it.
    if (had.length >= wanted.length && fold(sign)) break;
    had += fold(sign);
    end += sign.length;
  }
  return had.startsWith(wanted) ? end : -1;
}

/** Where a word begins; the first place is the best. */
const WORDS = /(?<![\p{L}\p{N}\p{M}])(?=[\p{L}\p{N}])/gu;

/** @param {string} name @param {string} typed @returns {{ from: number, end: number } | undefined} the letters typed */
function placeIn(name, typed) {
  const wanted = fold(typed);
  const places = [0, ...[...name.matchAll(WORDS)].map(({ index }) => index)];
  const from = places.find((place) => endOf(name, place, wanted) >= 0);
  return from === undefined ? undefined : { from, end: endOf(name, from, wanted) };
}

/** @param {string} name @param {string} typed @returns {Piece[]} */
function pieces(name, typed) {
  const { from, end } = placeIn(name, typed) ?? { from: 0, end: 0 };
  const parts = [name.slice(0, from), name.slice(from, end), name.slice(end)];
  return parts.map((text, n) => ({ text, isTyped: n === 1 })).filter(({ text }) => text);
}

/**
 * @template T
 * @param {readonly T[]} items in the order in which they are offered
 * @param {string} typed
 * @param {(item: T) => string} nameOf
 * @param {(item: T) => boolean} isFirst whether it is offered before others, whatever it begins with
 * @returns {Offers<T>} those with a word that begins with what is typed, before them those that begin with it
 */
function find(items, typed, nameOf, isFirst) {
  const found = items.flatMap((item) => {
    const place = placeIn(nameOf(item), typed);
    return place ? { item, rank: (isFirst(item) ? 0 : 2) + (place.from ? 1 : 0) } : [];
  });
  const isWhole = items.some((item) => fold(nameOf(item)) === fold(typed.trimEnd()));
  // Nothing is left to be completed.
  if (found.length === 1 && fold(nameOf(found[0].item)) === fold(typed)) return { offers: [], isWhole };
  const best = found.sort((one, other) => one.rank - other.rank).slice(0, OFFERED_MAX);
  return { offers: best.map(({ item }) => ({ item, pieces: pieces(nameOf(item), typed) })), isWhole };
}

/**
 * @param {string} typed
 * @param {readonly User[]} here by name
 * @param {readonly User[]} known those who were heard last first, also those who are here
 * @param {string} [me] the reader's id, who is not offered
 * @returns {Offers<Person>} those who are here first
 */
export function findPeople(typed, here, known, me) {
  const ids = new Set(here.map(({ id }) => id));
  /** @type {Map<string, Person>} */
  const people = new Map();
  for (const user of [...here, ...known]) {
    if (user.id !== me && !people.has(user.id)) people.set(user.id, { ...user, isHere: ids.has(user.id) });
  }
  return find([...people.values()], typed, ({ name }) => name, ({ isHere }) => isHere);
}

/** @param {string} typed @param {readonly string[]} rooms in the order of the list @returns {Offers<string>} */
export const findRooms = (typed, rooms) => find(rooms, typed, (room) => room, () => true);

/** So many of the reader's language come before those that only an English code finds. */
const OWN_FIRST = 5;

/**
 * @typedef {import('./emoji-search.js').Emoji} Emoji
 *
 * @param {string} typed
 * @param {readonly Emoji[]} found of the reader's language, the best first
 * @param {readonly Emoji[]} [english] where that is another, found in English: many know the codes, of all languages
 * @returns {{ emoji: Emoji, pieces: Piece[] }[]} by its code where that is what was typed, else by its name
 */
export function offerEmoji(typed, found, english) {
  const wanted = typed.toLowerCase();
  /** @type {Map<string, string>} */
  const codes = new Map();
  for (const { sign, codes: all } of english ?? found) {
    const own = all.find((code) => code === wanted) ?? all.find((code) => code.startsWith(wanted));
    if (own) codes.set(sign, own);
  }
  const lengthOf = (/** @type {Emoji} */ { sign }) => codes.get(sign)?.length ?? 0;
  // Of codes, the shortest has the most of it.
  const byCode = [...english ?? found].filter(lengthOf).sort((one, other) => lengthOf(one) - lengthOf(other));
  const exact = byCode.filter((emoji) => lengthOf(emoji) === wanted.length);
  const own = english ? found.slice(0, OWN_FIRST) : [];
  /** @type {Map<string, Emoji>} */
  const all = new Map();
  for (const emoji of [...exact, ...own, ...byCode, ...found, ...english ?? []]) {
    if (!all.has(emoji.sign)) all.set(emoji.sign, emoji);
  }
  return [...all.values()].slice(0, OFFERED_MAX).map((emoji) => {
    const code = codes.get(emoji.sign);
    if (!code) return { emoji, pieces: pieces(emoji.name, typed) };
    const [begun, rest] = [code.slice(0, wanted.length), code.slice(wanted.length)];
    return { emoji, pieces: [':', begun, `${rest}:`].map((text) => ({ text, isTyped: text === begun })) };
  });
}
