/** A colour and a letter for a person: the same on every page, for as long as their id or name stays. Knows no DOM. */

import { graphemes } from './graphemes.js';

/**
 * Hues on the wheel: neighbours are far enough apart to be told from each other. person.css gives each its lightness.
 */
export const HUES = 15;

/** @param {string} id of a person @returns {number} degrees on the wheel of OKLCH */
export function hueOf(id) {
  let hash = 0x811c9dc5; // FNV-1a: ids that differ in one sign come to stand far apart.
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return ((hash >>> 16) % HUES) * (360 / HUES);
}

/**
 * @param {string} name
 * @returns {string} what it begins with, as one sees it: a letter, an emoji; of accents, two at most: they pile up
 */
export function initialOf(name) {
  const [first = ''] = graphemes(name);
  const letter = first.replace(/(\p{sc=Zinh}{2})\p{sc=Zinh}+/gu, '$1');
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter; // 'ß' would be two
}
