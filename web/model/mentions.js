/** Which unread messages address the reader: by name after an `@`, or as a reply. A part of the session. */

import { parse } from './markup.js';

/** So many are known of a room; beyond that the oldest are forgotten. Messages. */
const MENTIONS_MAX = 1_000;

/** @typedef {import('./room.js').Room} Room @typedef {{ text?: string, reply_to?: number }} Said */

/** @param {readonly import('./markup.js').Node[]} nodes @returns {boolean} */
const hasMe = (nodes) =>
  nodes.some((node) => typeof node !== 'string' && (Boolean(node.isMe) || hasMe(node.children ?? [])));

/**
 * @param {string} text
 * @param {import('./markup.js').Names} names
 * @returns {boolean} whether the reader is: what is shown as a mention is one, and nothing else
 */
export const mentions = (text, names) => Boolean(names.me) && text.includes('@') && hasMe(parse(text, names));

export class Mentions {
  #session;

  /** @param {Pick<import('./session.js').Session, 'me' | 'rooms'>} session */
  constructor(session) {
    this.#session = session;
    for (const room of session.rooms.values()) this.ready(room);
  }

  /** @param {Room} room @param {Said} message */
  addressesMe(room, { text = '', reply_to: replyTo }) {
    return mentions(text, room.mentionNames(text)) || Boolean(replyTo && room.timeline.get(replyTo)?.isMine);
  }

  /**
   * Counts the message where it addresses the reader and is unread.
   *
   * @param {Room} room @param {Said & { seq: number }} message of somebody else
   * @returns {boolean} whether it addresses the reader
   */
  received(room, message) {
    const addressesMe = this.addressesMe(room, message);
    const { unread } = room;
    if (addressesMe && message.seq > unread.marker && !unread.mentions.includes(message.seq)) {
      unread.mentions = [...unread.mentions.slice(1 - MENTIONS_MAX), message.seq];
    }
    return addressesMe;
  }

  /** @param {Room} room @param {import('./revisions.js').Revision} change */
  revised(room, { type, target: seq, by, text }) {
    if (by.id === this.#session.me?.id) return;
    const held = room.timeline.get(seq);
    const { unread } = room;
    const isCounted = unread.mentions.includes(seq);
    // A counted message that is not held may have been a reply: it stays counted.
    const isKnown = held || !isCounted;
    const addressesMe = type === 'edited' && (!isKnown || this.received(room, { seq, text, reply_to: held?.replyTo }));
    if (isCounted && !addressesMe) unread.mentions = unread.mentions.filter((other) => other !== seq);
  }

  /**
   * A room is as it is now: what was said before this was loaded, or in a part that was told anew, counts too.
   *
   * @param {Room} room
   */
  ready(room) {
    for (const { seq, text, replyTo, isMine, deleted } of room.timeline.messages) {
      if (seq > room.unread.marker && !isMine && !deleted) this.received(room, { seq, text, reply_to: replyTo });
    }
  }
}
