/** Grapheme clusters (UAX 29), the characters that a reader sees. A text is shortened between two of them. */

/** Of these each is a character, for which no segmenter has to be made. */
const SIMPLE = /^[ -~]*$/;

const { Segmenter } = Intl;
/** @type {Intl.Segmenter | undefined} */
let segmenter;

/** Without a segmenter (Firefox before 125), code points. @param {string} text @returns {string[]} */
export function graphemes(text) {
  if (SIMPLE.test(text) || !Segmenter) return [...text];
  segmenter ??= new Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/**
 * @param {string} text
 * @param {number} max UTF-16 units
 * @returns {string} as many whole clusters from its beginning as fit
 */
export function cut(text, max) {
  if (text.length <= max) return text;
  let end = 0;
  for (const { length } of graphemes(text.slice(0, 2 * max))) {
    if (end + length > max) break;
    end += length;
  }
  // A single cluster can be longer: any number of marks may follow a letter.
  return text.slice(0, end || max).replace(/[\ud800-\udbff]$/, '');
}
