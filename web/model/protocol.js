/** The words of `chinwag.v1` (docs/PROTOCOL.md): JSON objects, one a line. Knows no socket. */

/** The page asks for this subprotocol, and the server must agree to it. */
export const SUBPROTOCOL = 'chinwag.v1';

/**
 * A server may join what it says by newlines. An empty line is one too.
 *
 * @returns {string[]}
 */
export const splitLines = (text) => text.split('\n');

/**
 * @typedef {{ id: string, name: string }} User
 *
 * @typedef {object} Event what a server says; which fields there are follows from `type`
 * @property {string} type
 * @property {string} [room]
 * @property {number} [seq]
 */

/**
 * @param {string} text what one WebSocket message holds
 * @returns {Event[]} in their order; what is no object with a type is nothing that we know
 */
export function readEvents(text) {
  return splitLines(text).flatMap((line) => {
    try {
      const event = JSON.parse(line);
      return typeof event?.type === 'string' ? [event] : [];
    } catch {
      return [];
    }
  });
}

/**
 * @param {object} [fields] those that are undefined are left out
 * @returns {string}
 */
export function command(type, fields) {
  return JSON.stringify({ type, ...fields });
}
