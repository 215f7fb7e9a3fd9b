/** May what was written be sent? Knows neither the form nor the connection. */

/** The server's limit for a message on plain lines; beyond it, it ends the connection. Bytes of UTF-8. */
export const MESSAGE_BYTES_MAX = 512;

const encoder = new TextEncoder();

/**
 * @typedef {object} Draft
 * @property {string} text what would be sent: the server trims as well, and the limit is not for blanks
 * @property {number} bytes of that text as UTF-8
 * @property {'empty' | 'too long' | 'ready'} verdict
 */

/**
 * @param {string} written
 * @returns {Draft}
 */
export function weigh(written) {
  const text = written.trim();
  const bytes = encoder.encode(text).length;
  const verdict = bytes === 0 ? 'empty' : bytes > MESSAGE_BYTES_MAX ? 'too long' : 'ready';
  return { text, bytes, verdict };
}
