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
  1013: 'the server has too much to do',
  4001: 'the server heard nothing from this page in time',
  4003: 'you are not allowed here',
  4008: 'this page had fallen too far behind',
  4029: 'too many messages at once',
};

/** A name in a sentence: whatever its direction, it turns nothing around it (Unicode's isolates). */
const isolated = (/** @type {string} */ name) => `\u2068${name}\u2069`;

const number = (/** @type {number} */ count) => count.toLocaleString('en');

export const words = {
  title: (/** @type {string} */ room) => (room === 'lobby' ? 'Chinwag' : `${room} · Chinwag`),

  connecting: () => 'Connecting…',
  connected: () => 'Connected',
  closed: (/** @type {number} */ code) =>
    code in CLOSED_BECAUSE ? `Connection closed: ${CLOSED_BECAUSE[code]}.` : 'Connection closed.',
  unsupported: () => 'This browser has no WebSockets, and so it cannot talk here.',
  refused: (/** @type {string} */ why) => `The server does not let this page in yet: ${why}.`,
  tryingAgain: (/** @type {number} */ seconds) => `Trying again in ${seconds} s`,
  tryNow: () => 'Try now',
  connectAgain: () => 'Connect again',

  missing: () => 'Reconnected. This server keeps no history: messages may be missing here.',
  renamed: (/** @type {string} */ before, /** @type {string} */ name) =>
    `${isolated(before)} is now called ${isolated(name)}.`,
  newMessages: (/** @type {number} */ count) => (count === 1 ? '1 new message' : `${number(count)} new messages`),
  loadingOlder: () => 'Loading older messages…',
  forgotten: () => 'Older messages are no longer kept on this page.',
  beginning: () => 'The conversation begins here.',

  you: () => '(you)',
  edited: () => 'edited',
  deleted: () => 'This message was deleted.',
  sending: () => 'Sending…',
  waiting: () => 'Waiting for the connection…',
  notSent: (/** @type {string} */ why) => `Not sent: ${why}.`,
  reactions: () => 'Reactions',

  people: (/** @type {number} */ count) => (count === 1 ? '1 person here' : `${number(count)} people here`),
  morePeople: (/** @type {number} */ count) => `and ${number(count)} more`,
  notNamed: () => 'Too many to be named.',

  tooLong: (/** @type {number} */ chars, /** @type {number} */ charsMax) =>
    `Too long: ${number(chars)} of ${number(charsMax)} characters`,
  notConnected: () => 'Not connected. Your text is kept: send it when the connection is back.',
  nameNeedsConnection: () => 'Not connected. Your name can be changed when the connection is back.',
  sentence: (/** @type {string} */ text) => `${text[0].toUpperCase()}${text.slice(1)}.`,
};
