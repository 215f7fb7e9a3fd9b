/** Characters as a reader sees them: grapheme clusters (UAX 29). A text is shortened between two of them. */

const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Without a segmenter (Firefox before 125), code points. @param {string} text @returns {string[]} */
export const clusters = (text) => (segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text]);

/** @param {string} text @param {number} max UTF-16 units @returns {string} as many whole clusters from its beginning as fit */
export function cut(text, max) {
  if (text.length <= max) return text;
  let end = 0;
  for (const { length } of clusters(text.slice(0, 2 * max))) {
    if (end + length > max) break;
    end += length;
  }
  // A single cluster can be longer: any number of marks may follow a letter.
  return text.slice(0, end || max).replace(/[\ud800-\udbff]$/, '');
}
