/** A person's face: a colour, and an emoji or a letter. Knows no DOM. */

import { graphemes } from './graphemes.js';

/** Hues on the wheel, from a red on: as many as the server gives out. person.css gives each its lightness. */
export const HUES = 8;
const FIRST = 20;

/** @typedef {import('./protocol.js').User} User */

/**
 * @param {Pick<User, 'id' | 'hue'>} person whose id it follows from, where an older server gives none
 * @returns {number} degrees on the wheel of OKLCH
 */
export function hueOf({ id, hue }) {
  let hash = 0x811c9dc5; // FNV-1a: ids that differ in one sign come to stand far apart.
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return FIRST + ((hue ?? hash >>> 16) % HUES) * (360 / HUES);
}

/** @param {User} person @returns {string} what their face shows */
export const signOf = ({ name, emoji }) => emoji ?? initialOf(name);

/**
 * @param {string} name
 * @returns {string} what it begins with, as one sees it: a letter, an emoji; of accents, two at most: they pile up
 */
export function initialOf(name) {
  const [first = ''] = graphemes(name);
  // Most are shorter: then there is nothing to look for, which takes a browser long at the first time.
  const letter = first.length < 3 ? first : first.replace(/(\p{sc=Zinh}{2})\p{sc=Zinh}+/gu, '$1');
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter; // 'ß' would be two
}
