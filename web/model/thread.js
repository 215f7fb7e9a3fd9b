/** A thread: a message and all that answers it, as far as the page holds it. What is written there is in its room. */

import { mentionsIn, peopleOf } from './mentions.js';
import { Refusal } from './requests.js';
import { Timeline } from './timeline.js';

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./timeline.js').Message} Message
 * @typedef {import('./rows.js').Unsent} Unsent
 *
 * @typedef {object} Needs
 * @property {Room} room
 * @property {number} seq of the message that it began with, its root
 * @property {Pick<import('./session.js').Session, 'limits' | 'me' | 'on'>} session
 * @property {Pick<import('./requests.js').Requests, 'thread'>} requests
 */

export class Thread {
  /** The root and the replies: those to the root answer nothing here, since all do. */
  timeline = new Timeline();
  room;
  seq;
  /** The message that it began with. @type {import('./room.js').Target} */
  begun;
  /** Why more of it could not be loaded. */
  failure = '';
  #session;
  #requests;
  #isLoading = false;

  /** @param {Needs} needs */
  constructor({ room, seq, session, requests }) {
    this.room = room;
    this.seq = seq;
    this.begun = { seq, at: room.timeline.get(seq)?.at };
    this.#session = session;
    this.#requests = requests;
    const { messages, hasNewer } = room.timeline;
    for (const message of messages) {
      // Between those that are held far above the end and those that are loaded there would be a hole.
      const isOf = message.seq === seq || (message.root === seq && !hasNewer);
      if (isOf) this.#add({ ...message, reply_to: message.replyTo });
    }
  }

  /** @returns {Message | undefined} it may be gone for good */
  get root() {
    return this.timeline.get(this.seq);
  }

  /** @returns {Message[]} oldest first */
  get replies() {
    return this.timeline.messages.filter(({ seq }) => seq !== this.seq);
  }

  /** How many there are, whether or not they are held. */
  get count() {
    return this.root?.replies?.count ?? this.replies.filter(({ deleted }) => !deleted).length;
  }

  /** @returns {Unsent[]} replies that are not sent yet */
  get unsent() {
    const from = this.#session.me ?? { id: '', name: '' };
    return this.room.outbox.items.filter(({ replyTo }) => this.#has(replyTo)).map((item) => {
      const { cid, at, replyTo } = item;
      const answered = replyTo === this.seq ? undefined : replyTo;
      return { kind: 'unsent', key: `cid ${cid}`, item, from, isMine: true, at, replyTo: answered };
    });
  }

  /** Loads the end of it, or what is before the oldest reply that is held. @param {'latest' | 'older'} side */
  async load(side) {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.failure = '';
    try {
      const before = side === 'older' ? this.replies[0]?.seq : undefined;
      const { entries, more } = await this.#requests.thread(this.room.name, this.seq, before);
      for (const entry of entries) this.#add(entry);
      const replies = entries.find(({ seq }) => seq === this.seq)?.replies;
      if (replies) for (const { timeline } of [this, this.room]) timeline.recount(this.seq, replies);
      this.timeline.hasOlder = more;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.failure = error.message;
    } finally {
      this.#isLoading = false;
    }
    this.#session.on.changed(this.room);
  }

  /** Ahead of the room, which hears the same. @param {import('./protocol.js').Event} event @param {Room} room */
  handle(event, room) {
    if (room !== this.room) return;
    const me = this.#session.me?.id;
    switch (event.type) {
      case 'joined':
        if (event.reset && this.#session.limits.history) this.timeline.clear();
        break;
      case 'message':
        this.timeline.meet(event.from);
        if (event.seq === this.seq || this.#has(event.root ?? event.reply_to)) this.#add(event);
        break;
      case 'receipt': {
        const item = room.outbox.find(event.cid);
        // The entry takes its place, as in the room.
        if (!item || !this.#has(item.replyTo)) break;
        // The reader is known once a message was sent.
        const from = /** @type {import('./protocol.js').User} */ (this.#session.me);
        this.#add({ ...item, reply_to: item.replyTo, seq: event.seq, from, changed: event.seq - 0.5 });
        break;
      }
      case 'people':
        for (const user of event.joined ?? []) this.timeline.meet(user);
        break;
      case 'renamed':
        this.timeline.meet({ ...event.by, name: event.name });
        break;
      case 'face':
        this.timeline.meet(event.user);
        break;
      case 'edited':
      case 'deleted':
      case 'reacted':
        this.timeline.change(event, me);
    }
  }

  /** The room is as it is now. @param {Room} room */
  ready(room) {
    if (room === this.room) this.load('latest');
  }

  /**
   * @param {string} text
   * @param {import('./room.js').Target} [answered] if not the root
   * @param {import('./protocol.js').Mentions} [mentions] whom it means
   */
  say(text, answered = this.begun, mentions = mentionsIn(text, peopleOf(this.room, this.#session.me))) {
    this.room.say(text, answered, mentions);
  }

  /** Whether a message is one of the thread. @param {number | undefined} seq */
  #has(seq) {
    return seq !== undefined && (seq === this.seq || this.timeline.get(seq) !== undefined);
  }

  /** @param {Omit<import('./protocol.js').MessageEntry, 'type' | 'room'>} entry */
  #add(entry) {
    const { seq, reply_to: answered } = entry;
    const root = seq === this.seq ? undefined : this.seq;
    this.timeline.add({ ...entry, root, reply_to: answered === this.seq ? undefined : answered }, this.#session.me?.id);
  }
}
