/** Which unread messages speak to the reader: by their name after an `@`, or as an answer. A part of the session. */

import { parse } from './format.js';

/** So many are known of a room; beyond that the oldest are forgotten. Messages. */
const MENTIONS_MAX = 1_000;

/** @typedef {import('./room.js').Room} Room @typedef {{ text?: string, reply_to?: number }} Said */

const hasMe = (/** @type {import('./format.js').Node[]} */ nodes) => nodes.some(({ isMe, children = [] }) => isMe || hasMe(children));

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
  speaksToMe(room, { text = '', reply_to: replyTo }) {
    return mentions(text, room.whoIsNamed(text)) || Boolean(room.timeline.get(replyTo)?.isMine);
  }

  /**
   * Counts it where it speaks to the reader and is unread.
   *
   * @param {Room} room @param {Said & { seq: number }} message of somebody else
   * @returns {boolean} whether it speaks to the reader
   */
  heard(room, message) {
    const speaksToMe = this.speaksToMe(room, message);
    if (speaksToMe && message.seq > room.read && !room.mentions.includes(message.seq)) {
      room.mentions = [...room.mentions.slice(1 - MENTIONS_MAX), message.seq];
    }
    return speaksToMe;
  }

  /** @param {Room} room @param {{ type: 'edited' | 'deleted', target: number, by: { id: string }, text?: string }} change of a message */
  revised(room, { type, target: seq, by, text }) {
    if (by.id === this.#session.me?.id) return;
    const held = room.timeline.get(seq);
    const isCounted = room.mentions.includes(seq);
    // Of one that is not held, and counted, it is not known whether it is an answer: it stays one.
    const speaksToMe = type === 'edited' && (held || !isCounted ? this.heard(room, { seq, text, reply_to: held?.replyTo }) : true);
    if (isCounted && !speaksToMe) room.mentions = room.mentions.filter((other) => other !== seq);
  }

  /** A room is as it is now: what was said before this was loaded, or in a part that was told anew, counts too. @param {Room} room */
  ready(room) {
    for (const { seq, text, replyTo, isMine, deleted } of room.timeline.messages) {
      if (seq > room.read && !isMine && !deleted) this.heard(room, { seq, text, reply_to: replyTo });
    }
  }

  take() {
    return false;
  }

  closed() {}

  left() {}
}
