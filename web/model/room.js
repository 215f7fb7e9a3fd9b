/** The state of one room: cursor, read marker, unread line, outbox, people, topic. */

import { t } from '../words/words.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { Timeline } from './timeline.js';

/** The connection is checked if a command is not answered by then. Milliseconds. */
export const ANSWER_MS_MAX = 10_000;

/** Messages of each room that are there again without a network. */
const SAVED_MESSAGES = 100;

/** The read marker is sent after this long, since it moves while the reader scrolls. Milliseconds. */
const READ_MS = 500;

/** @typedef {import('./protocol.js').User} User */

export class Room {
  timeline = new Timeline();
  people = new People();
  topic = '';
  /** The last entry that was read, on any machine of ours. */
  read = 0;
  /** Messages of others after it. */
  unread = 0;
  /** Those of them that address us (mentions.js), by number. @type {number[]} */
  mentions = [];
  /** The unread line stands after this entry. @type {number | undefined} */
  unreadAfter;
  /** The reader sees its end: what comes is read. Set by the page. */
  isWatched = false;
  /** Asked to be let in, on this connection. */
  isJoined = false;
  /** Whether it is as it is now. */
  isReady = false;
  /** The page of history that was requested. @type {'older' | 'newer' | 'latest' | 'around' | undefined} */
  loading;
  /** The last entry that we have, with all before it. @type {{ epoch: string, since: number } | undefined} */
  cursor;

  #session;
  #epoch = '';
  /** While a reset is told, nothing of it counts as had. */
  #isResetting = false;
  #wasReady = false;
  /** We are coming back: the first message that we missed has the unread line above it. */
  #wasAway = false;
  /** Unread messages are counted here; while catching up it is the server that has counted them. */
  #countsHere = false;
  #oldest = 0;
  /** The message that is sent and not answered: one at a time, so that they keep their order. */
  #inFlight;
  #flightTimer = 0;
  /** Why the next one waits, and until when. @type {{ code: string, text: string, until: number } | undefined} */
  paused;
  #retryTimer = 0;
  #readTimer = 0;

  /**
   * @param {import('./session.js').Session} session
   * @param {import('./database.js').Database} database
   * @param {import('./outbox.js').Item[]} items not sent yet
   * @param {object} [saved] what it was, from `saved()`
   */
  constructor(name, session, database, items, saved) {
    this.name = name;
    this.#session = session;
    this.outbox = new Outbox(database, items);
    if (!saved) return;
    const { cursor, topic, read, unread, mentions, messages, hasOlder } = saved;
    Object.assign(this, { cursor, topic, read, unread });
    // Version 0.1 kept a number.
    if (mentions.length) this.mentions = mentions;
    this.timeline.restore(messages, hasOlder);
    this.#wasReady = messages.length > 0;
    if (unread) this.unreadAfter = read;
  }

  /** The state to restore after a reload; none while the end is not held, which would leave a gap. */
  saved() {
    const { name, cursor, topic, read, unread, mentions, timeline } = this;
    if (!cursor || timeline.hasNewer) return undefined;
    const all = timeline.messages;
    const messages = all.slice(-SAVED_MESSAGES);
    const hasOlder = timeline.hasOlder || (this.#session.limits.history && messages.length < all.length);
    return { name, cursor, topic, read, unread, mentions, messages, hasOlder };
  }

  /** @param {string} text @returns {{ names?: string[], me?: string }} who may be mentioned in it: also who is away, as far as that is known */
  mentionNames(text) {
    if (!text.includes('@')) return {};
    const me = this.#session.me?.name;
    const names = new Set([me, ...this.people.known, ...this.timeline.rows.map(({ from }) => from?.name)]);
    return { names: [...names].filter(Boolean), me };
  }

  /** The connection is lost. */
  closed() {
    const { clearTimeout } = this.#session.host;
    for (const timer of [this.#flightTimer, this.#retryTimer, this.#readTimer]) clearTimeout(timer);
    this.#inFlight = this.paused = undefined;
    this.#retryTimer = this.#readTimer = 0;
    this.isReady = this.isJoined = false;
    this.#changed();
  }

  /** The room is no longer on the list: its unsent messages are dropped. */
  left() {
    this.closed();
    for (const { cid } of this.outbox.items) this.outbox.remove(cid);
  }

  /** Says it now, or as soon as that is possible. */
  say(text, replyTo) {
    const { newId, now } = this.#session.host;
    this.outbox.add({ cid: newId(), room: this.name, text, at: now(), ...(replyTo && { replyTo }) });
    this.unreadAfter = undefined;
    // Sent before it is drawn: what goes wrong on the page does not keep it back.
    this.#sendNext();
    this.#session.on.received(this);
    this.#changed();
  }

  /** Drops a message that was refused. @returns {import('./outbox.js').Item | undefined} */
  discard(cid) {
    const item = this.outbox.remove(cid);
    this.#changed();
    return item;
  }

  /** The reader has seen it, and all before it. */
  markRead(seq) {
    // Beyond the cursor are numbers of another log, and our messages that have only a receipt.
    if (seq <= this.cursor?.since && this.#readUpTo(seq)) this.#scheduleRead();
  }

  handle(event) {
    // Events of a room that was left and opened again are ignored until it is joined.
    if (!this.#epoch && !(event.type === 'joined' && (event.reset || this.cursor))) return;
    const { timeline } = this;
    const me = this.#session.me?.id;
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
      case 'edited':
      case 'deleted':
      case 'reacted':
        if (event.type === 'deleted') this.#uncountDeleted(event);
        timeline[event.type](event, me);
        this.#moveCursor(event);
        break;
      case 'topic':
        this.topic = event.text;
        this.#moveCursor(event);
        break;
      case 'renamed':
        this.#renamed(event);
        this.#moveCursor(event);
        break;
      case 'people':
        this.people.change(event);
        break;
      case 'read':
        this.#readUpTo(event.seq);
        break;
    }
    this.#changed();
  }

  /** A message of ours is in the log. It is shown from now on; the entry, as everyone gets it, replaces it. */
  receipt({ cid, seq }) {
    const item = this.outbox.remove(cid);
    const { me, limits } = this.#session;
    const wasToldBefore = limits.history && seq <= (this.cursor?.since ?? 0);
    if (item && !wasToldBefore) {
      // A little older than the entry, which so takes its place.
      this.timeline.add({ ...item, reply_to: item.replyTo, seq, from: me, changed: seq - 0.5 }, me?.id);
    }
    this.#settleFlight(cid);
    this.#changed();
  }

  /** The server did not do something, and it may have been ours. */
  refused({ command: what, code, text, cid, retry_after: seconds }) {
    // An error without a `cid` is about the message that waits for an answer.
    const isOurs = cid !== undefined ? this.outbox.find(cid) : (what ?? 'say') === 'say' && this.#inFlight !== undefined;
    if (isOurs) this.#rejectOrRetry(cid ?? this.#inFlight, { code, text }, seconds);
    this.#changed();
  }

  #joined({ epoch, topic, people, read, unread, reset, oldest }) {
    if (reset) {
      if (this.#session.limits.history) {
        this.timeline.clear();
      } else if (this.#wasReady) {
        this.timeline.beginEra();
        this.timeline.addNotice(t('missing'));
      }
      // A read marker is valid in one log only.
      if (epoch !== this.cursor?.epoch) this.read = 0;
      this.cursor = this.unreadAfter = undefined;
      this.unread = 0;
      this.mentions = [];
    }
    // The line of what was unread at the start stays, unless that was read elsewhere since.
    const hasLine = !this.#epoch && this.unreadAfter >= read;
    this.#isResetting = reset;
    this.#epoch = epoch;
    this.#oldest = oldest;
    this.topic = topic;
    this.people.reset(people);
    this.read = Math.max(this.read, read);
    // Our read marker is ahead of the server's: unread messages are counted here.
    this.#countsHere = !reset && this.read > read;
    if (unread && !this.unread && !this.#countsHere) this.unreadAfter = this.read;
    if (!this.#countsHere) this.unread = unread;
    this.#keepUnreadMentions();
    this.#wasAway = !reset && !hasLine;
  }

  #caughtUp({ seq }) {
    const { timeline } = this;
    if (this.#isResetting) {
      const hasMore = this.#oldest > 0 && (timeline.oldestSeq ?? 0) > this.#oldest;
      timeline.hasOlder = this.#session.limits.history && hasMore;
    }
    this.#isResetting = false;
    this.#moveCursor({ seq });
    this.isReady = this.#wasReady = true;
    this.#wasAway = false;
    const isAhead = this.#countsHere;
    this.#countsHere = true;
    // A first visit has nothing to catch up with.
    if (!this.read || this.isWatched) this.markRead(seq);
    if (isAhead) this.#scheduleRead();
    this.#session.ready(this);
    this.#sendNext();
  }

  #addMessage(entry) {
    const { me, on } = this.#session;
    const isNew = this.timeline.add(entry, me?.id);
    if (entry.from.id === me?.id) {
      if (this.outbox.remove(entry.cid)) this.#settleFlight(entry.cid);
      return;
    }
    if (!isNew || entry.deleted || entry.seq <= this.read) return;
    if (this.#wasAway || (this.unread === 0 && !this.isWatched && this.#countsHere)) this.unreadAfter = this.read;
    this.#wasAway = false;
    if (this.isWatched) this.markRead(entry.seq);
    else if (this.#countsHere) this.unread += 1;
    if (!this.#isResetting) on.received(this, entry);
  }

  /** Uncounts a deleted message, if it was counted here: the count of a replay is the server's. */
  #uncountDeleted({ seq, target, by }) {
    const isNew = this.#countsHere && seq > this.cursor?.since && (this.isReady || !this.timeline.get(target)?.deleted);
    if (!isNew || target <= this.read || by.id === this.#session.me?.id) return;
    this.unread = Math.max(0, this.unread - 1);
    // Nothing is left to be below the line.
    if (!this.unread && this.read <= this.unreadAfter) this.unreadAfter = undefined;
  }

  #keepUnreadMentions() {
    this.mentions = this.mentions.filter((seq) => this.unread && seq > this.read);
  }

  /** @param {number} seq @returns {boolean} whether that is new */
  #readUpTo(seq) {
    if (seq <= this.read) return false;
    const { timeline } = this;
    const isRestHeld = seq >= timeline.newest || (!timeline.hasNewer && seq >= timeline.oldestSeq);
    this.unread = this.#countsHere && isRestHeld
      ? timeline.countOfOthers(seq)
      : Math.max(0, this.unread - timeline.countOfOthers(this.read, seq));
    this.read = seq;
    this.#keepUnreadMentions();
    this.#session.save(this);
    this.#changed();
    return true;
  }

  #scheduleRead() {
    this.#readTimer ||= this.#session.host.setTimeout(() => this.sendRead(), READ_MS);
  }

  /** Sends the read marker, if that is still to be done. */
  sendRead() {
    if (!this.#readTimer) return;
    this.#session.host.clearTimeout(this.#readTimer);
    this.#readTimer = 0;
    if (this.isReady) this.#session.send('read', { room: this.name, seq: this.read });
  }

  /** The page has this entry and all before it. @param {{ seq: number }} entry */
  #moveCursor({ seq }) {
    if (this.#isResetting) return;
    this.cursor = { epoch: this.#epoch, since: Math.max(seq, this.cursor?.since ?? 0) };
    this.#session.save(this);
  }

  #renamed({ by, name }) {
    this.timeline.addNotice(t('renamed', { before: by.name, name }));
    const user = { id: by.id, name };
    this.timeline.rename(user);
    this.people.rename(user);
  }

  #settleFlight(cid) {
    if (this.#inFlight !== cid) return;
    this.#session.host.clearTimeout(this.#flightTimer);
    this.#inFlight = undefined;
    this.#sendNext();
  }

  #rejectOrRetry(cid, { code, text }, seconds) {
    const session = this.#session;
    const { setTimeout, now } = session.host;
    const again = () => {
      this.#retryTimer = 0;
      this.paused = undefined;
      this.#sendNext();
      this.#changed();
    };
    if (seconds === undefined) {
      this.outbox.refuse(cid, text, code);
    } else if (!this.#retryTimer) {
      const wait = session.retryMs(seconds);
      this.paused = { code, text, until: now() + wait };
      this.#retryTimer = setTimeout(again, wait);
    }
    this.#settleFlight(cid);
  }

  #sendNext() {
    if (!this.isReady || this.#inFlight !== undefined || this.#retryTimer) return;
    const item = this.outbox.next();
    if (!item) return;
    const { cid, text, replyTo } = item;
    if (!this.#session.send('say', { room: this.name, cid, text, reply_to: replyTo })) return;
    this.#inFlight = cid;
    this.#flightTimer = this.#session.host.setTimeout(() => this.#session.on.timeout(), ANSWER_MS_MAX);
  }

  #changed() {
    this.#session.on.changed(this);
  }
}
