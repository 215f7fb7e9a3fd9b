/** A colour and a letter for a person: the same on every page, for as long as their id or name stays. Knows no DOM. */

import { clusters } from './clusters.js';

/** Further apart than two that one could take for the same; the style gives each its lightness. Degrees. */
export const HUES = Array.from({ length: 15 }, (_, n) => n * 24);

/** @param {string} id of a person @returns {number} degrees on the wheel of OKLCH */
export function hueOf(id) {
  let hash = 0x811c9dc5; // FNV-1a: ids that differ in one sign come to stand far apart.
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return HUES[(hash >>> 16) % HUES.length];
}

/** @param {string} name @returns {string} what it begins with, as one sees it: a letter, an emoji; of accents, two at most: they pile up */
export function initialOf(name) {
  const [first = ''] = clusters(name);
  const letter = first.replace(/(\p{sc=Zinh}{2})\p{sc=Zinh}+/gu, '$1');
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter; // 'ß' would be two
}
