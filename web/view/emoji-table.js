/** The emoji of a language that this system draws, and which of them the reader uses. */

import { read } from '../model/emoji-search.js';
import { WebStorage } from '../model/web-storage.js';
import { el } from './element.js';

/**
 * A face of each later version of Unicode's emoji: a system that draws it draws all others of that version.
 *
 * @type {Record<number, string>}
 */
const FACES = { 13: '🥲', 13.1: '😶‍🌫️', 14: '🫠', 15: '🫨', 15.1: '🙂‍↔️', 16: '🫩', 17: '🫪' };

/**
 * What cannot be drawn is empty, or wider or narrower, in parts of a face's width: a box, or two signs side by side.
 */
const WIDTH_OFF_MAX = 0.05;

/** The fonts of emoji.css. */
const FONTS = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';

/** @typedef {import('../model/emoji-search.js').Emoji} Emoji */

export const storage = new WebStorage(() => window.localStorage, 'chinwag ');

/** By language, once they were asked for. @type {Map<string, Promise<Emoji[]>>} */
const lists = new Map();

/** @param {string} language @returns {Promise<Emoji[]>} with the names of a language */
export function emojiIn(language) {
  const known = lists.get(language);
  if (known) return known;
  const list = import(`../emoji/${language}.js`).then(({ default: table }) => drawn(read(table)));
  lists.set(language, list);
  list.catch(() => lists.delete(language));
  return list;
}

/** @param {Emoji[]} list */
function drawn(list) {
  const context = el('canvas').getContext('2d');
  if (!context) return list;
  context.font = `32px ${FONTS}`;
  const usual = context.measureText('😀').width;
  const versions = Object.keys(FACES).map(Number).filter((version) => {
    const { width, actualBoundingBoxRight: end } = context.measureText(FACES[version]);
    return end > 0 && Math.abs(width / usual - 1) <= WIDTH_OFF_MAX;
  });
  return list.filter(({ version }) => !version || versions.includes(version));
}

/** How often each was chosen, by its sign without a tone. @returns {Record<string, number>} */
const uses = () => storage.get('emoji') ?? {};

/** @param {Emoji[]} list @param {number} max @returns {Emoji[]} those used most often, the most frequent first */
export function often(list, max) {
  const used = uses();
  const known = list.filter(({ sign }) => used[sign] > 0);
  return known.sort((one, other) => used[other.sign] - used[one.sign]).slice(0, max);
}

/** It is used once more. @param {string} sign without a tone */
export function count(sign) {
  storage.set('emoji', { ...uses(), [sign]: (uses()[sign] ?? 0) + 1 });
}

/** @returns {number} the reader's skin tone: its place in TONES */
export const toneInUse = () => storage.get('emojiTone') ?? 0;
