/** The state of one room: its messages, people and topic, how far it is known, and what is unread and unsent. */

import { t } from '../words/words.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { barrierOf, DEFAULT_RULES } from './room-rules.js';
import { isAlike, isChange, Timeline } from './timeline.js';
import { Unread } from './unread.js';

/** Messages of each room that are there again without a network. */
const SAVED_MESSAGES = 100;

/** The name of a private room, which the server makes and nobody reads. */
export const PRIVATE = /^__[dp][a-z2-7]{20}$/;

/**
 * @typedef {import('./protocol.js').User} User
 * @typedef {import('./session.js').Session} Session
 * @typedef {{ seq: number, at?: number }} Target a message that is named: its number, and when it was said
 * @typedef {import('./protocol.js').RoomEvent | import('./protocol.js').Entry} Event
 *
 * @typedef {object} Saved what a room is after a reload
 * @property {string} name
 * @property {import('./protocol.js').Cursor} cursor
 * @property {string} topic
 * @property {string} [title]
 * @property {string} [called]
 * @property {import('./protocol.js').RoomRules} [rules]
 * @property {number} read
 * @property {number} unread
 * @property {number[]} mentions
 * @property {import('./timeline.js').Message[]} messages
 * @property {boolean} hasOlder
 */

export class Room {
  timeline = new Timeline();
  people = new People();
  topic = '';
  /** Beside its name, in any script; nothing where it has none. */
  title = '';
  /** Whether it stands in the directory. */
  listed = false;
  /** The id of whoever made it and may change that. @type {string | undefined} */
  maker;
  /** Who writes in it, and how often. @type {import('./protocol.js').RoomRules} */
  rules = DEFAULT_RULES;
  /** Asked to be let in, on this connection. */
  isJoined = false;
  /** Whether it is as it is now. */
  isReady = false;
  /**
   * It was reset, so its numbers may be those of another log: what names a message waits until that is known to be the
   * same (target-check.js).
   */
  mustCheckTargets = false;
  /** The page of history that was requested. @type {import('./history-loader.js').Side | undefined} */
  loading;
  /** The last entry that we have, with all before it. @type {import('./protocol.js').Cursor | undefined} */
  cursor;

  #session;
  #epoch = '';
  /** While a reset is told, nothing of it counts as had. */
  #isResetting = false;
  #wasReady = false;
  #oldest = 0;

  /**
   * @param {string} name
   * @param {Pick<Session, 'host' | 'limits' | 'me' | 'on' | 'ready' | 'retryMs' | 'role' | 'save' | 'send'>} session
   * @param {import('./database.js').Database} database
   * @param {import('./outbox.js').Item[]} items not sent yet
   * @param {Saved} [saved]
   */
  constructor(name, session, database, items, saved) {
    const { host, on } = session;
    const changed = () => this.#changed();
    this.name = name;
    /** Where it has no title: its name, or the people of a private room (private-rooms.js). */
    this.called = PRIVATE.test(name) ? '…' : name;
    this.#session = session;
    this.outbox = new Outbox(database, items, host, {
      send: ({ cid, text, mentions, replyTo: reply_to }) => {
        const waits = !this.isReady || (reply_to && this.mustCheckTargets);
        return !waits && session.send('say', { room: name, cid, text, mentions, reply_to });
      },
      timeout: on.timeout,
      retryMs: (seconds) => session.retryMs(seconds),
      changed,
    });
    this.unread = new Unread(this.timeline, host, {
      send: (seq, back) => this.isReady && session.send('read', { room: name, seq, back }),
      changed: () => {
        session.save(this);
        changed();
      },
    });
    if (!saved) return;
    const { cursor, topic, title = '', called = this.called, rules = DEFAULT_RULES, messages, hasOlder } = saved;
    Object.assign(this, { cursor, topic, title, called, rules });
    this.unread.restore(saved);
    this.timeline.restore(messages, hasOlder);
    this.#wasReady = messages.length > 0;
  }

  /** By its title, or by what it is called without one. */
  get label() {
    return this.title || this.called;
  }

  /** Why the reader does not write here, by the room's rules. */
  get barrier() {
    return barrierOf(this.rules, this.#session.role);
  }

  /**
   * The state to restore after a reload.
   *
   * @returns {Saved | undefined} none while the end is not held: it would leave a gap; and none before the targets are
   *   checked, so that they are checked after a reload
   */
  saved() {
    const { name, cursor, topic, title, called, rules, unread, timeline } = this;
    if (!cursor || timeline.hasNewer || this.mustCheckTargets) return undefined;
    const all = timeline.messages;
    const messages = all.slice(-SAVED_MESSAGES);
    const hasOlder = timeline.hasOlder || (this.#session.limits.history && messages.length < all.length);
    return { name, cursor, topic, title, called, rules, ...unread.saved, messages, hasOlder };
  }

  /**
   * The people who are mentioned in a text; where it does not say whom it means, all who may be, also those who are
   * away, as far as they are known.
   *
   * @param {string} text
   * @param {import('./protocol.js').Mentions} [mentions] whom it means
   * @returns {import('./markup.js').Names}
   */
  mentionNames(text, mentions) {
    if (!text.includes('@')) return {};
    const { me } = this.#session;
    if (mentions) {
      const names = Object.keys(mentions);
      const now = names.map((name) => this.nameOf(mentions[name]));
      return { names, me: names.filter((name) => mentions[name] === me?.id), now };
    }
    const authors = this.timeline.rows.map(({ from }) => from?.name);
    const known = [...this.people.known.values()].map(({ name }) => name);
    const names = new Set([me?.name, ...known, ...authors]);
    return { names: /** @type {string[]} */ ([...names].filter(Boolean)), me: me?.name };
  }

  /** @param {string} id @returns {string | undefined} what somebody is called now, if they are known */
  nameOf(id) {
    return this.people.known.get(id)?.name ?? this.timeline.rows.findLast(({ from }) => from?.id === id)?.from?.name;
  }

  /** @param {User} user as they were when they were heard of @returns {string} */
  calledNow({ id, name }) {
    return this.nameOf(id) ?? name;
  }

  /** The connection is lost. */
  closed() {
    this.outbox.closed();
    this.unread.closed();
    this.isReady = this.isJoined = false;
    this.#changed();
  }

  /** The room is no longer on the list: its unsent messages are dropped. */
  left() {
    this.closed();
    for (const { cid } of this.outbox.items) this.outbox.remove(cid);
  }

  /**
   * Says it now, or as soon as that is possible.
   *
   * @param {string} text
   * @param {Target} [answered]
   * @param {import('./protocol.js').Mentions} [mentions]
   */
  say(text, answered, mentions) {
    const { newId, now } = this.#session.host;
    const reply = answered && { replyTo: answered.seq, replyAt: answered.at };
    const more = { ...reply, ...(mentions && { mentions }) };
    this.outbox.add({ cid: newId(), room: this.name, text, at: now(), ...more });
    this.unread.clearLine();
    // Sent before it is drawn: what goes wrong on the page does not keep it back.
    this.outbox.sendNext();
    this.#session.on.received(this);
    this.#changed();
  }

  /** Drops a message that was refused. @param {string} cid @returns {import('./outbox.js').Item | undefined} */
  discard(cid) {
    const item = this.outbox.remove(cid);
    this.#changed();
    return item;
  }

  /**
   * It is known which messages are the same as before a reset: what answers another one answers nothing.
   *
   * @param {(target: Target) => boolean} isLost
   */
  checked(isLost) {
    this.mustCheckTargets = false;
    for (const { cid, replyTo: seq, replyAt: at } of this.outbox.items) {
      if (seq && isLost({ seq, at })) this.outbox.update(cid, { replyTo: undefined, replyAt: undefined });
    }
    this.#session.save(this);
    this.outbox.sendNext();
    this.#changed();
  }

  /** The reader has seen it, and all before it. @param {number} seq */
  markRead(seq) {
    // Beyond the cursor are numbers of another log, and our messages that have only a receipt.
    if (this.cursor && seq <= this.cursor.since) this.unread.markRead(seq);
  }

  /** @param {Event} event */
  handle(event) {
    // Events of a room that was left and opened again are ignored until it is joined.
    if (!this.#epoch && !(event.type === 'joined' && (event.reset || this.cursor))) return;
    switch (event.type) {
      case 'joined':
        this.#joined(event);
        break;
      case 'caught_up':
        this.#caughtUp(event);
        break;
      case 'message':
        this.#moveCursor(event);
        this.#addMessage(event);
        break;
      case 'topic':
        this.topic = event.text;
        this.#moveCursor(event);
        break;
      case 'room':
        this.title = event.title;
        this.listed = event.listed;
        this.maker ??= event.by.id;
        this.#moveCursor(event);
        break;
      case 'room_rules': {
        const { writers, slow, archived, seq, at } = event;
        this.rules = { writers, slow, archived };
        if (seq) this.#moveCursor({ seq, at });
        if (this.outbox.paused?.code === 'slow_mode') this.outbox.retry();
        break;
      }
      case 'renamed':
        this.#renamed(event);
        this.#moveCursor(event);
        break;
      case 'people':
        this.#meet(event.joined);
        this.people.change(event);
        break;
      case 'face':
        this.#meet([event.user]);
        this.#session.save(this);
        break;
      case 'read':
        if (event.back) this.unread.putBack(event.seq + 1, false);
        else this.unread.moveMarker(event.seq);
        break;
      case 'receipt':
        this.#receipt(event);
        break;
      default:
        if (isChange(event)) this.#change(event);
    }
    this.#changed();
  }

  /** The server did not do something, and it may have been ours. @param {import('./protocol.js').Refused} refused */
  refused(refused) {
    this.outbox.refused(refused);
    this.#changed();
  }

  /**
   * A message of ours is in the log. It is shown from now on; the entry, as everyone gets it, replaces it.
   *
   * @param {import('./protocol.js').Receipt} receipt
   */
  #receipt({ cid, seq }) {
    const { me, limits } = this.#session;
    const wasToldBefore = limits.history && seq <= (this.cursor?.since ?? 0);
    const item = this.outbox.find(cid);
    if (item && !wasToldBefore) {
      // A little older than the entry, which so takes its place.
      // @ts-expect-error -- the reader is known once a message was sent
      this.timeline.add({ ...item, reply_to: item.replyTo, seq, from: me, changed: seq - 0.5 }, me.id);
    }
    this.outbox.settle(cid);
  }

  /** @param {import('./protocol.js').Joined} joined */
  #joined(joined) {
    const { epoch, topic, title = '', listed = false, maker, rules, people, reset, oldest } = joined;
    const isOtherLog = epoch !== this.cursor?.epoch;
    if (reset) {
      const { history } = this.#session.limits;
      // Without a history whoever missed something is reset, in the same log too.
      const isUnsure = history || isOtherLog;
      this.mustCheckTargets ||= isUnsure && (this.#wasReady || this.outbox.items.length > 0);
      if (history) {
        this.timeline.clear();
      } else if (this.#wasReady) {
        this.timeline.beginEra();
        this.timeline.addNotice(t('missing'));
      }
      this.cursor = undefined;
    }
    this.#isResetting = reset;
    this.#epoch = epoch;
    this.#oldest = oldest;
    this.rules = { ...DEFAULT_RULES, ...rules };
    Object.assign(this, { topic, title, listed, maker });
    this.#meet(people.some);
    this.people.reset(people);
    this.unread.joined(joined, isOtherLog);
  }

  /** @param {import('./protocol.js').CaughtUp} caughtUp */
  #caughtUp({ seq, at }) {
    const { timeline } = this;
    if (this.#isResetting) {
      const hasMore = this.#oldest > 0 && (timeline.oldestSeq ?? 0) > this.#oldest;
      timeline.hasOlder = this.#session.limits.history && hasMore;
    }
    this.#isResetting = false;
    this.#moveCursor({ seq, at });
    this.isReady = this.#wasReady = true;
    if (this.unread.caughtUp()) this.markRead(seq);
    this.#session.ready(this);
    this.outbox.sendNext();
  }

  /** @param {import('./protocol.js').MessageEntry} entry */
  #addMessage(entry) {
    const { me, on } = this.#session;
    this.#meet([entry.from]);
    const isNew = this.timeline.add(entry, me?.id);
    if (entry.from.id === me?.id) {
      this.outbox.settle(entry.cid);
      return;
    }
    if (!isNew || entry.deleted || !this.unread.add(entry.seq)) return;
    if (this.unread.isWatched) this.markRead(entry.seq);
    if (!this.#isResetting) on.received(this, entry);
  }

  /** @param {import('./protocol.js').ChangeEntry} entry */
  #change(entry) {
    const { type, seq, target, by } = entry;
    const me = this.#session.me?.id;
    // A replay tells again what is known; once the room is ready, what comes is new.
    const isNew = this.cursor && seq > this.cursor.since && (this.isReady || !this.timeline.get(target)?.deleted);
    if (type === 'deleted' && isNew && by.id !== me) this.unread.remove(target);
    this.timeline.change(entry, me);
    this.#moveCursor(entry);
  }

  /** The page has this entry and all before it. @param {{ seq: number, at?: number }} entry */
  #moveCursor({ seq, at }) {
    if (this.#isResetting) return;
    const { cursor } = this;
    this.cursor = { ...(cursor && seq < cursor.since ? cursor : { since: seq, at }), epoch: this.#epoch };
    this.#session.save(this);
  }

  /** @param {import('./protocol.js').Renamed} renamed */
  #renamed({ by, name }) {
    this.timeline.addNotice(t('renamed', { before: by.name, name }), true);
    this.#meet([{ ...by, name }]);
  }

  /** People as they are now. @param {User[]} [users] */
  #meet(users = []) {
    for (const user of users) {
      if (isAlike(user, this.people.known.get(user.id))) continue;
      this.people.meet(user);
      this.timeline.meet(user);
    }
  }

  #changed() {
    this.#session.on.changed(this);
  }
}
