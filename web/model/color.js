/** A colour and a letter for a person: the same on every page, for as long as their id or name stays. Knows no DOM. */

/** Further apart than two that one could take for the same; the style gives each its lightness. Degrees. */
export const HUES = Array.from({ length: 15 }, (_, n) => n * 24);

/** @param {string} id of a person @returns {number} degrees on the wheel of OKLCH */
export function hueOf(id) {
  let hash = 0x811c9dc5; // FNV-1a: ids that differ in one sign come to stand far apart.
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return HUES[(hash >>> 16) % HUES.length];
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @param {string} name @returns {string} what it begins with, as one sees it: a letter, an emoji; of its marks, two at most */
export function initialOf(name) {
  const [first] = letters.segment(name);
  const letter = first?.segment.replace(/(\p{M}{2})\p{M}+/gu, '$1') ?? '';
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter; // 'ß' would be two
}
