/**
 * One room over `chinwag.v1`: who we are, how far we have read, what is still to be said. Knows neither the socket
 * nor the page: it is told of the one, and tells the other.
 */

import { Outbox } from './outbox.js';
import { People } from './people.js';
import { command, readEvents } from './protocol.js';
import { words } from '../words/strings.js';
import { Timeline } from './timeline.js';

/** A hello or a message not answered by then makes us doubt the connection. Milliseconds; a synced receipt takes tens. */
export const ANSWER_MS_MAX = 10_000;

/** Where a server says that we may come again, but not when. Milliseconds. */
const RETRY_MS = 5_000;

/** Of the wait that a server asks for, so much more at random: not all come back together. */
const RETRY_SPREAD = 0.25;

/** Messages asked for at once when the reader goes back: the most that a server gives. */
const PAGE_MESSAGES = 100;

/** Before a server has said its limits. */
const LIMITS = { text_chars: 4_000, name_chars: 32, history: true };

/**
 * @typedef {import('./protocol.js').User} User
 *
 * @typedef {object} Host what the browser gives, or a test
 * @property {(run: () => void, ms: number) => number} setTimeout
 * @property {(timer: number) => void} clearTimeout
 * @property {() => number} now Unix milliseconds
 * @property {() => number} random from 0 up to, and not including, 1
 * @property {() => string} newId never the same twice, anywhere
 *
 * @typedef {object} Listener
 * @property {(text: string) => boolean} send to the server; false when there is no connection
 * @property {() => void} doubt the server should have answered by now
 * @property {() => void} onReady the room is as it is now; what follows is live
 * @property {(why: string) => void} onRefused the server does not let us in yet
 * @property {() => void} onRows what is to be seen in the log has changed
 * @property {(count: number) => void} onArrived so many messages have come, or were written
 * @property {() => void} onRoom the topic, or who is here
 * @property {() => void} onMe who we are
 * @property {(why: string) => void} onNameRefused
 */

export class Session {
  timeline = new Timeline();
  people = new People();
  outbox;
  topic = '';
  limits = LIMITS;
  /** @type {User | undefined} */
  me;
  /** Whether the room is as it is now. */
  isReady = false;
  /** What of the history was asked for. @type {'older' | 'newer' | 'latest' | undefined} */
  loading;

  #room;
  #host;
  #on;
  #keep;
  /** The last entry that we have, with all before it. @type {{ epoch: string, since: number } | undefined} */
  #cursor;
  #epoch = '';
  /** While a reset is told, nothing of it counts as read. */
  #isResetting = false;
  #wasReady = false;
  #oldest = 0;
  /** The message that is sent and not answered: one at a time, so that they keep their order. */
  #flight;
  #flightTimer = 0;
  #helloTimer = 0;
  #sayTimer = 0;
  #loadTimer = 0;

  /**
   * @param {string} room
   * @param {{ lasting: import('./keep.js').Keep, tab: import('./keep.js').Keep }} keeps for good, and for this tab
   * @param {Host} host
   * @param {Listener} listener
   */
  constructor(room, { lasting, tab }, host, listener) {
    this.#room = room;
    this.#keep = lasting;
    this.#host = host;
    this.#on = listener;
    this.outbox = new Outbox(tab, `outbox ${room}`);
    const name = lasting.get('name');
    if (name) this.me = { id: '', name };
  }

  /** There is a connection: says who we are and how far we have read. */
  opened() {
    this.#send('hello', {
      token: this.#keep.get('token'),
      name: this.#keep.get('name'),
      rooms: { [this.#room]: this.#cursor ?? {} },
    });
    this.#host.clearTimeout(this.#helloTimer);
    this.#helloTimer = this.#host.setTimeout(() => this.#on.doubt(), ANSWER_MS_MAX);
  }

  /** The connection is lost. */
  closed() {
    const { clearTimeout } = this.#host;
    for (const timer of [this.#flightTimer, this.#helloTimer, this.#sayTimer, this.#loadTimer]) clearTimeout(timer);
    this.#flight = undefined;
    this.#sayTimer = this.#loadTimer = 0;
    this.loading = undefined;
    this.isReady = false;
    this.#on.onRows();
  }

  /** @param {string} text one WebSocket message */
  receive(text) {
    for (const event of readEvents(text)) {
      if (event.room === undefined || event.room === this.#room) this.#take(event);
    }
    this.#on.onRows();
  }

  /** Says it now, or as soon as that is possible. @param {string} text */
  say(text) {
    this.outbox.add({ cid: this.#host.newId(), text, at: this.#host.now() });
    this.#on.onArrived(1);
    this.#on.onRows();
    this.#sayNext();
  }

  /** @param {string} cid */
  sayAgain(cid) {
    this.outbox.again(cid);
    this.#on.onRows();
    this.#sayNext();
  }

  /** @param {string} cid */
  discard(cid) {
    this.outbox.remove(cid);
    this.#on.onRows();
  }

  /** @param {string} name @returns {boolean} whether it was asked for; the answer comes */
  rename(name) {
    return this.isReady && this.#send('name', { name });
  }

  /** Asks for what is above the oldest message held. */
  loadOlder() {
    const { hasOlder, oldestSeq } = this.timeline;
    if (hasOlder && oldestSeq !== undefined) this.#load('older', { before: oldestSeq });
  }

  /** Asks for what is below the newest message held. */
  loadNewer() {
    const { hasNewer, newestSeq } = this.timeline;
    if (hasNewer && newestSeq !== undefined) this.#load('newer', { after: newestSeq });
  }

  /** Asks for the end of the log, which is not held. */
  loadLatest() {
    if (this.timeline.hasNewer) this.#load('latest', {});
  }

  /** @param {any} event */
  #take(event) {
    switch (event.type) {
      case 'hello':
        return this.#greeted(event);
      case 'joined':
        return this.#joined(event);
      case 'caught_up':
        return this.#caughtUp(event);
      case 'message':
        this.#said(event);
        return this.#read(event);
      case 'edited':
        this.timeline.edit(event);
        return this.#read(event);
      case 'deleted':
        this.timeline.delete(event);
        return this.#read(event);
      case 'reacted':
        this.timeline.react(event, this.me?.id);
        return this.#read(event);
      case 'topic':
        this.topic = event.text;
        this.#on.onRoom();
        return this.#read(event);
      case 'renamed':
        this.#renamed(event);
        return this.#read(event);
      case 'receipt':
        return this.#receipt(event);
      case 'people':
        this.people.change(event);
        return this.#on.onRoom();
      case 'named':
        this.#isMe(event.user);
        return this.#on.onMe();
      case 'page':
        return this.#page(event);
      case 'error':
        return this.#refused(event);
    }
  }

  #greeted({ user, token, limits }) {
    this.limits = { ...LIMITS, ...limits };
    this.#keep.set('token', token);
    this.#isMe(user);
    this.#on.onMe();
  }

  #joined({ epoch, topic, people, reset, oldest }) {
    if (reset) {
      if (this.limits.history) {
        this.timeline.clear();
      } else if (this.#wasReady) {
        this.timeline.beginEra();
        this.timeline.note(words.missing());
      }
      this.#cursor = undefined;
    }
    this.#isResetting = reset;
    this.#epoch = epoch;
    this.#oldest = oldest;
    this.topic = topic;
    this.people.begin(people);
    this.#on.onRoom();
  }

  #caughtUp({ seq }) {
    if (this.#isResetting) {
      this.timeline.hasOlder = this.limits.history && this.#oldest > 0 && (this.timeline.oldestSeq ?? 0) > this.#oldest;
    }
    this.#isResetting = false;
    this.#read({ seq });
    this.#host.clearTimeout(this.#helloTimer);
    this.isReady = this.#wasReady = true;
    this.#on.onReady();
    this.#sayNext();
  }

  #said(message) {
    const isNew = this.timeline.say(message, this.me?.id);
    const isMine = message.from.id === this.me?.id && this.outbox.remove(message.cid);
    if (isMine) this.#answered(message.cid);
    else if (isNew) this.#on.onArrived(1);
  }

  /** What we have read, with all before it. @param {{ seq: number }} entry */
  #read({ seq }) {
    if (this.#isResetting) return;
    this.#cursor = { epoch: this.#epoch, since: Math.max(seq, this.#cursor?.since ?? 0) };
  }

  #renamed({ by, name }) {
    this.timeline.note(words.renamed(by.name, name));
    const user = { id: by.id, name };
    this.timeline.rename(user);
    this.people.rename(user);
    this.#on.onRoom();
  }

  /** @param {User} user */
  #isMe(user) {
    this.me = user;
    this.#keep.set('name', user.name);
  }

  /** It is in the log: it stands there as ours until it comes as everyone gets it. */
  #receipt({ cid, seq }) {
    const item = this.outbox.remove(cid);
    const wasToldBefore = this.limits.history && seq <= (this.#cursor?.since ?? 0);
    // A little older than the entry, which so takes its place.
    if (item && !wasToldBefore) this.timeline.say({ ...item, seq, from: this.me, changed: seq - 0.5 }, this.me?.id);
    this.#answered(cid);
  }

  /** @param {string} cid */
  #answered(cid) {
    if (this.#flight !== cid) return;
    this.#host.clearTimeout(this.#flightTimer);
    this.#flight = undefined;
    this.#sayNext();
  }

  #page({ before, after, entries, more }) {
    const side = before !== undefined ? 'older' : after !== undefined ? 'newer' : 'latest';
    if (side !== this.loading) return;
    this.loading = undefined;
    this.timeline.page(entries, more, side, this.me?.id);
  }

  #refused({ command: what, code, text, cid, retry_after: seconds }) {
    const wait = seconds === undefined ? undefined : seconds * 1_000 * (1 + this.#host.random() * RETRY_SPREAD);
    // A line so wrong that the server could not read whose it was: it is the one that waits for an answer.
    const isSay = what === 'say' || (cid ?? what) === undefined;
    if (cid !== undefined || (isSay && this.#flight !== undefined)) {
      this.#sayRefused(cid ?? this.#flight, text, wait);
    } else if (what === 'name') {
      this.#on.onNameRefused(text);
    } else if (what === 'history') {
      this.#loadRefused(wait);
    } else if (what === 'hello' || what === 'join') {
      this.#helloRefused(what, code, text, wait);
    }
  }

  #sayRefused(cid, why, wait) {
    const again = () => {
      this.#sayTimer = 0;
      this.#sayNext();
    };
    if (wait === undefined) this.outbox.refuse(cid, why);
    else this.#sayTimer ||= this.#host.setTimeout(again, wait);
    this.#answered(cid);
  }

  #helloRefused(what, code, why, wait = RETRY_MS) {
    if (code === 'bad_name' || code === 'name_taken') {
      this.#keep.set('name', undefined);
      this.opened();
      return;
    }
    this.#on.onRefused(why);
    this.#host.clearTimeout(this.#helloTimer);
    const again = () => (what === 'hello' ? this.opened() : this.#send('join', { room: this.#room, ...this.#cursor }));
    this.#helloTimer = this.#host.setTimeout(again, wait);
  }

  #loadRefused(wait = RETRY_MS) {
    const again = () => {
      this.#loadTimer = 0;
      this.#on.onRows();
    };
    this.loading = undefined;
    this.#loadTimer ||= this.#host.setTimeout(again, wait);
  }

  #sayNext() {
    if (!this.isReady || this.#flight !== undefined || this.#sayTimer) return;
    const item = this.outbox.next();
    if (!item) return;
    const { cid, text } = item;
    if (!this.#send('say', { room: this.#room, cid, text })) return;
    this.#flight = cid;
    this.#flightTimer = this.#host.setTimeout(() => this.#on.doubt(), ANSWER_MS_MAX);
  }

  /** @param {'older' | 'newer' | 'latest'} side @param {object} at */
  #load(side, at) {
    if (!this.isReady || this.loading || this.#loadTimer) return;
    if (this.#send('history', { room: this.#room, ...at, limit: PAGE_MESSAGES })) this.loading = side;
  }

  /** @param {string} type @param {object} fields */
  #send(type, fields) {
    return this.#on.send(command(type, fields));
  }
}
