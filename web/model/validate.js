/** Checks a text before it is sent. Knows neither the form nor the connection. */

/**
 * @typedef {object} Draft
 * @property {string} text what would be sent: the server trims as well, and the limit is not for blanks
 * @property {number} chars of that text, as the server counts them: an emoji of one code point is one
 * @property {'empty' | 'too long' | 'ready'} verdict
 */

/**
 * @param {string} written
 * @param {number} charsMax the server's limit
 * @returns {Draft}
 */
export function validate(written, charsMax) {
  // Half a surrogate pair is no text; JSON would carry it as something that the server refuses.
  const text = written.replace(/[\ud800-\udfff]/gu, '\ufffd').replace(/^[\s\u0085]+|[\s\u0085]+$/g, '');
  const chars = text.length <= charsMax ? text.length : [...text].length;
  const verdict = chars === 0 ? 'empty' : chars > charsMax ? 'too long' : 'ready';
  return { text, chars, verdict };
}
