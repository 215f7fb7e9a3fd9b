/** Which unread messages address the reader: by name after an `@`, or as a reply. A part of the session. */

import { parse } from './markup.js';

/** So many are known of a room; beyond that the oldest are forgotten. Messages. */
const MENTIONS_MAX = 1_000;

/** @typedef {import('./room.js').Room} Room @typedef {{ text?: string, reply_to?: number }} Said */

const hasMe = (/** @type {import('./markup.js').Node[]} */ nodes) => nodes.some(({ isMe, children = [] }) => isMe || hasMe(children));

/**
 * @param {string} text
 * @param {{ names?: readonly string[], me?: string }} who can be mentioned, and which of them is the reader
 * @returns {boolean} whether the reader is: what is shown as a mention is one, and nothing else
 */
export const mentions = (text, { names, me }) => Boolean(me) && text.includes('@') && hasMe(parse(text, { names, me }));

export class Mentions {
  #session;

  /** @param {import('./session.js').Session} session */
  constructor(session) {
    this.#session = session;
    for (const room of session.rooms.values()) this.ready(room);
  }

  /** @param {Room} room @param {Said} message */
  addressesMe(room, { text = '', reply_to: replyTo }) {
    return mentions(text, room.mentionNames(text)) || Boolean(room.timeline.get(replyTo)?.isMine);
  }

  /**
   * Counts the message where it addresses the reader and is unread.
   *
   * @param {Room} room @param {Said & { seq: number }} message of somebody else
   * @returns {boolean} whether it addresses the reader
   */
  received(room, message) {
    const addressesMe = this.addressesMe(room, message);
    if (addressesMe && message.seq > room.read && !room.mentions.includes(message.seq)) {
      room.mentions = [...room.mentions.slice(1 - MENTIONS_MAX), message.seq];
    }
    return addressesMe;
  }

  /** @param {Room} room @param {{ type: 'edited' | 'deleted', target: number, by: { id: string }, text?: string }} change of a message */
  revised(room, { type, target: seq, by, text }) {
    if (by.id === this.#session.me?.id) return;
    const held = room.timeline.get(seq);
    const isCounted = room.mentions.includes(seq);
    // A counted message that is not held may have been a reply: it stays counted.
    const addressesMe = type === 'edited' && (held || !isCounted ? this.received(room, { seq, text, reply_to: held?.replyTo }) : true);
    if (isCounted && !addressesMe) room.mentions = room.mentions.filter((other) => other !== seq);
  }

  /** A room is as it is now: what was said before this was loaded, or in a part that was told anew, counts too. @param {Room} room */
  ready(room) {
    for (const { seq, text, replyTo, isMine, deleted } of room.timeline.messages) {
      if (seq > room.read && !isMine && !deleted) this.received(room, { seq, text, reply_to: replyTo });
    }
  }

  handle() {
    return false;
  }

  closed() {}

  left() {}
}
