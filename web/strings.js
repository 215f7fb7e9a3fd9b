/**
 * Every sentence that the page says by itself, in one table. What never changes stands in index.html.
 */

/** Why a connection ended, by close code (RFC 6455, 7.4, and PROTOCOL.md). Others need no more words. */
const CLOSED_BECAUSE = {
  1001: 'the server is stopping',
  1002: 'the server did not understand this page',
  1003: 'the server does not take this kind of message',
  1007: 'a message was not valid text',
  1008: 'you are not allowed here',
  1009: 'a message was too long for the server',
  1011: 'the server has a problem',
  4003: 'you are not allowed here',
  4008: 'this page had fallen too far behind',
  4029: 'too many messages at once',
};

export const words = {
  connecting: () => 'Connecting…',
  connected: () => 'Connected',
  closed: (/** @type {number} */ code) =>
    code in CLOSED_BECAUSE ? `Connection closed: ${CLOSED_BECAUSE[code]}.` : 'Connection closed.',
  unsupported: () => 'This browser has no WebSockets, and so it cannot talk here.',
  tryingAgain: (/** @type {number} */ seconds) => `Trying again in ${seconds} s`,
  tryNow: () => 'Try now',
  connectAgain: () => 'Connect again',

  reconnected: () => 'Reconnected. What was said while you were away is not shown here.',
  newMessages: (/** @type {number} */ count) =>
    count === 1 ? '1 new message' : `${count.toLocaleString('en')} new messages`,

  tooLong: (/** @type {number} */ bytes, /** @type {number} */ bytesMax) =>
    `Too long: ${bytes} of ${bytesMax} bytes`,
  notConnected: () => 'Not connected. Your text is kept: send it when the connection is back.',
};
