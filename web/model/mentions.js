/**
 * Whom messages mention, and which unread ones address the reader: by a mention, or as a reply. A part of the session.
 */

import { fold, parse } from './markup.js';
import { isDirect } from './room-kind.js';

/** So many are known of a room; beyond that the oldest are forgotten. Messages. */
const UNREAD_MAX = 1_000;

/** So many people are mentioned in a message, as the server allows it. */
export const MENTIONED_MAX = 20;

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./protocol.js').User} User
 * @typedef {{ text?: string, mentions?: import('./protocol.js').Mentions, reply_to?: number }} Said
 */

/** @param {readonly import('./markup.js').Node[]} nodes @returns {boolean} */
const hasMe = (nodes) =>
  nodes.some((node) => typeof node !== 'string' && (Boolean(node.isMe) || hasMe(node.children ?? [])));

/**
 * @param {string} text
 * @param {import('./markup.js').Names} names
 * @returns {boolean} whether the reader is: what is shown as a mention is one, and nothing else
 */
export const mentions = (text, names) => Boolean(names.me) && text.includes('@') && hasMe(parse(text, names));

/**
 * @param {Room} room
 * @param {User} [me]
 * @returns {User[]} who may be mentioned there, as far as they are known: of two who had a name, the first has it now
 */
export function peopleOf({ people, timeline }, me) {
  const known = [...people.known.values()].reverse();
  const authors = timeline.rows.flatMap(({ from }) => from ?? []).reverse();
  return [...people.named, ...(me ? [me] : []), ...known, ...authors];
}

/**
 * @param {string} text
 * @param {readonly User[]} people who may be meant; of two with the same name, the first is
 * @returns {import('./protocol.js').Mentions | undefined} who is: what is shown as a mention of somebody is one
 */
export function mentionsIn(text, people) {
  if (!text.includes('@')) return undefined;
  /** @type {Map<string, string>} */
  const ids = new Map();
  for (const { id, name } of people) if (!ids.has(fold(name))) ids.set(fold(name), id);
  /** @type {Map<string, string>} */
  const pairs = new Map();
  /** @param {readonly import('./markup.js').Node[]} nodes */
  const walk = (nodes) => {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      const name = node.kind === 'mention' ? node.text.slice(1) : '';
      const id = ids.get(fold(name));
      if (id) pairs.set(name, id);
      walk(node.children ?? []);
    }
  };
  walk(parse(text, { names: people.map(({ name }) => name) }));
  return pairs.size ? Object.fromEntries([...pairs].slice(0, MENTIONED_MAX)) : undefined;
}

/** An `@` and what could be a name. */
const AFTER_AT = /@[^@\n]{1,200}/g;

/**
 * A text to be written again: whoever has another name by now is called by that.
 *
 * @param {string} text
 * @param {import('./markup.js').Names} names
 */
export const renamed = (text, names) => text.replace(AFTER_AT, (part) => {
  const [first] = parse(part, names);
  return typeof first === 'object' && first.kind === 'mention' && first.now
    ? first.now + part.slice(first.text.length)
    : part;
});

export class Mentions {
  #session;

  /** @param {Pick<import('./session.js').Session, 'me' | 'rooms'>} session */
  constructor(session) {
    this.#session = session;
    for (const room of session.rooms.values()) this.ready(room);
  }

  /** @param {Room} room @param {Said} message */
  addressesMe(room, { text = '', mentions: people, reply_to: replyTo }) {
    const { me } = this.#session;
    const isMeant = people
      ? Object.values(people).some((id) => id === me?.id)
      : mentions(text, room.mentionNames(text));
    // What is said in a direct room is said to the reader.
    return isMeant || isDirect(room.name) || Boolean(replyTo && room.timeline.get(replyTo)?.isMine);
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
      unread.mentions = [...unread.mentions.slice(1 - UNREAD_MAX), message.seq];
    }
    return addressesMe;
  }

  /** @param {Room} room @param {import('./revisions.js').Revision} change */
  revised(room, { type, target: seq, by, text, mentions }) {
    if (by.id === this.#session.me?.id) return;
    const held = room.timeline.get(seq);
    const { unread } = room;
    const isCounted = unread.mentions.includes(seq);
    // A counted message that is not held may have been a reply: it stays counted.
    const isKnown = held || !isCounted;
    const now = { seq, text, mentions, reply_to: held?.replyTo };
    const addressesMe = type === 'edited' && (!isKnown || this.received(room, now));
    if (isCounted && !addressesMe) unread.mentions = unread.mentions.filter((other) => other !== seq);
  }

  /**
   * A room is as it is now: what was said before this was loaded, or in a part that was told anew, counts too.
   *
   * @param {Room} room
   */
  ready(room) {
    for (const { seq, text, mentions, replyTo, isMine, deleted } of room.timeline.messages) {
      if (seq <= room.unread.marker || isMine || deleted) continue;
      this.received(room, { seq, text, mentions, reply_to: replyTo });
    }
  }
}
