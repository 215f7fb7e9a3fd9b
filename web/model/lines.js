/** What one WebSocket text message holds, on plain lines. */

/**
 * A server may join chat messages by newlines. An empty one is a message too.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function splitLines(text) {
  return text.split('\n');
}
