/**
 * The reader's identity and rooms, over one connection of `chinwag.v1`. Knows neither the socket nor the page: it is
 * told of the one, and tells the other.
 */

import { command, readEvents } from './protocol.js';
import { ANSWER_MS_MAX } from './outbox.js';
import { Room } from './room.js';

/** The wait before a retry if the server does not say how long. Milliseconds. */
const RETRY_MS = 5_000;

/** The share of the server's wait that is added at random, so that not all clients come back together. */
const RETRY_SPREAD = 0.25;

/** A room's changes are saved after this long. Milliseconds. */
const SAVE_MS = 1_000;

/** Errors that end a connection: the reader may not come in, and would meet the same answer again. */
const BARS = new Set(['banned', 'invitation_needed', 'bad_invitation', 'password_needed', 'wrong_password']);

/** Before a server has said its limits. */
const LIMITS = { text_chars: 4_000, name_chars: 32, topic_chars: 250, title_chars: 64, rooms: 64, history: true };

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
 * @property {() => void} timeout the server has not answered in time
 * @property {(room: Room) => void} ready it is as it is now; what follows is live
 * @property {(why: string, code: string) => void} refused the server does not let us in yet, or the application
 *   ends the connection
 * @property {(room: Room) => void} changed something of it is to be drawn
 * @property {(room: Room, message?: import('./protocol.js').MessageEntry) => void} received a message that is new to
 *   the reader; without one, it is their own
 * @property {() => void} me who we are
 * @property {() => void} roomsChanged which rooms there are
 *
 * @typedef {import('./protocol.js').Commands} Commands
 */

export class Session {
  limits = LIMITS;
  /** @type {User | undefined} */
  me;
  /** Whether the server knows who we are. */
  isReady = false;
  /** Whether the application that the chat is a part of gives the reader's name. */
  isNameFixed = false;
  /** Whether the reader's name is a guest's, which they did not choose. */
  isGuest = false;
  /** @type {import('./protocol.js').Role} */
  role = 'guest';
  /** Until when the reader may not write. Unix milliseconds. */
  mutedUntil = 0;
  /** What guests may do. @type {import('./protocol.js').Door} */
  guests = 'write';
  /** Why the reader may not come in: the error's code. @type {string | undefined} */
  barred;
  /** The password of the chat that the reader has typed, until the server has judged it. @type {string | undefined} */
  password;
  /** When one may be given again. Unix milliseconds. */
  triesAt = 0;
  /** How often the reader was not let in. */
  refusals = 0;
  /** @type {import('./protocol.js').Hello['server']} */
  server;
  /** By which others reach the server, if it knows. @type {string[]} */
  addresses = [];
  /**
   * By which this device becomes another's user, with what it is called. Without a code, it becomes somebody new.
   *
   * @type {{ link?: string, device: string } | undefined}
   */
  link;
  /**
   * Why the link was no good: this device is whose it was before, or somebody new. Or why the invitation was not, which
   * was not needed.
   *
   * @type {import('./protocol.js').Refused | undefined}
   */
  linkRefusal;
  /** Other devices of the reader's, as long as no part tells of them. @type {import('./protocol.js').Linked[]} */
  linked = [];
  /** Those of the reader's list, in its order. @type {Map<string, Room>} */
  rooms = new Map();
  /** The room that was opened last. */
  shown = '';
  /** The greatest number that was heard in this chat, in any room. @type {number | undefined} */
  #known;
  /** The same on this connection. */
  #heard = 0;
  /** The parts that are loaded once one can talk. @type {import('./session-parts.js').SessionParts | undefined} */
  parts;

  #database;
  /** @type {{ rooms: import('./room.js').Saved[], outbox: import('./outbox.js').Item[] }} */
  #kept;
  #helloTimer = 0;
  #saveTimer = 0;
  /** Rooms of which something new is not kept yet. @type {Set<Room>} */
  #unsaved = new Set();

  /**
   * @param {import('./web-storage.js').WebStorage} storage
   * @param {import('./database.js').Database} database
   * @param {{ rooms: import('./room.js').Saved[], outbox: import('./outbox.js').Item[] }} kept what the database had
   * @param {Host} host
   * @param {Listener} on
   */
  constructor(storage, database, kept, host, on) {
    this.storage = storage;
    this.host = host;
    this.on = on;
    this.#database = database;
    this.#kept = kept;
    this.#known = storage.get('known');
    const name = storage.get('name');
    if (name) this.me = { id: storage.get('id') ?? '', name, ...storage.get('face') };
    const unstored = /** @type {import('./outbox.js').Item[]} */ (storage.get('unstored') ?? []);
    for (const item of unstored) {
      kept.outbox = [...kept.outbox.filter(({ cid }) => cid !== item.cid), item];
      database.putItem(item);
    }
    if (unstored.length) storage.set('unstored', undefined);
    const waiting = kept.outbox.map(({ room }) => room);
    for (const room of new Set([...(storage.get('rooms') ?? []), ...waiting])) this.add(room);
    this.#kept = { rooms: [], outbox: [] };
  }

  /** A room is on the list from now on. @param {string} name */
  open(name) {
    const room = this.rooms.get(name) ?? this.add(name);
    this.shown = name;
    this.list();
    if (this.isReady && !room.isJoined) this.join(room);
    return room;
  }

  /** @param {string} name */
  leave(name) {
    const room = this.rooms.get(name);
    if (!room) return;
    room.left();
    this.rooms.delete(name);
    this.parts?.left(room);
    this.#unsaved.delete(room);
    this.#database.forgetRoom(name);
    this.send('leave', { room: name });
    this.list(name);
  }

  /** Whether the reader may write now. */
  get mayWrite() {
    return this.mutedUntil <= this.host.now() && (this.role !== 'guest' || this.guests === 'write');
  }

  /** Whether the chat's password would let the reader in. */
  get asksPassword() {
    return this.barred === 'password_needed' || this.barred === 'wrong_password';
  }

  /** Those that a connection may be in: what is shown, what waits to be sent, and then what was used last. */
  get recent() {
    const used = this.storage.fresh('used') ?? {};
    /** @param {Room} room */
    const use = ({ name, outbox }) =>
      (name === this.shown || outbox.items.length ? Infinity : used[name] ?? 0);
    return [...this.rooms.values()].sort((one, other) => use(other) - use(one) || 0).slice(0, this.limits.rooms);
  }

  joinRecent() {
    for (const room of this.recent) if (!room.isJoined) this.join(room);
  }

  /** @param {Room} room */
  join(room) {
    this.parts?.joins(room);
    room.isJoined = this.send('join', { room: room.name, ...room.cursor, known: this.#known });
  }

  /** There is a connection: says who we are and how far we have read. */
  opened() {
    /** @type {Commands['hello']['rooms']} */
    const rooms = {};
    for (const room of this.recent) {
      rooms[room.name] = room.cursor ?? {};
      room.isJoined = true;
    }
    this.#heard = 0;
    const { link, storage, password } = this;
    const who = link ?? { token: storage.get('token'), device: storage.get('device') };
    const invitation = storage.get('invitation');
    this.send('hello', { ...who, invitation, password, name: storage.get('name'), rooms, known: this.#known });
    this.host.clearTimeout(this.#helloTimer);
    this.#helloTimer = this.host.setTimeout(() => this.on.timeout(), ANSWER_MS_MAX);
  }

  /** The connection is lost. */
  closed() {
    this.host.clearTimeout(this.#helloTimer);
    this.isReady = false;
    for (const room of this.rooms.values()) room.closed();
    this.parts?.closed();
  }

  /** @param {string} text one WebSocket message */
  receive(text) {
    for (const event of readEvents(text)) {
      const room = this.rooms.get(event.room ?? '');
      this.#hear(event);
      if (this.parts?.handle(event, room)) continue;
      if (event.type === 'error') this.#refused(event);
      else if (event.room === undefined) this.#handle(event);
      else room?.handle(event);
    }
  }

  /** @param {{ type: string, seq?: number, reset?: boolean }} event */
  #hear({ seq = 0, reset = false }) {
    this.#heard = Math.max(this.#heard, seq);
    // A reset may be for another history, of which nothing else is known.
    if (reset || this.#heard > (this.#known ?? 0)) this.#known = this.#heard;
  }

  /** A room is as it is now. @param {Room} room */
  ready(room) {
    this.host.clearTimeout(this.#helloTimer);
    this.on.ready(room);
    this.parts?.ready(room);
  }

  /** Something of a room is to be there after a reload. @param {Room} room */
  save(room) {
    this.#unsaved.add(room);
    this.#saveTimer ||= this.host.setTimeout(() => this.saveNow(), SAVE_MS);
  }

  /** The page is left: what was just written, and the database may not have yet, is there when it is opened again. */
  keepUnstored() {
    const { unstored } = this.#database;
    // Another tab may be left as well.
    if (unstored.length) this.storage.set('unstored', [...(this.storage.fresh('unstored') ?? []), ...unstored]);
  }

  /** Saves what is not saved yet. */
  saveNow() {
    this.host.clearTimeout(this.#saveTimer);
    this.#saveTimer = 0;
    for (const room of this.#unsaved) {
      const saved = room.saved();
      if (saved) this.#database.saveRoom(saved);
    }
    this.#unsaved.clear();
    this.storage.set('known', this.#known);
  }

  /** @template {keyof Commands} T @param {T} type @param {Commands[T]} fields @returns {boolean} whether it was sent */
  send(type, fields) {
    return this.on.send(command(type, fields));
  }

  /** @param {number | undefined} seconds that a server asks for @returns {number} milliseconds */
  retryMs(seconds) {
    return seconds === undefined ? RETRY_MS : seconds * 1_000 * (1 + this.host.random() * RETRY_SPREAD);
  }

  /** @param {string} name @returns {Room} on the list, which is not kept yet */
  add(name) {
    const { outbox, rooms } = this.#kept;
    const items = outbox.filter((item) => item.room === name);
    const room = new Room(name, this, this.#database, items, rooms.find((saved) => saved.name === name));
    this.rooms.set(name, room);
    return room;
  }

  /** Another tab may have opened others meanwhile. @param {string} [left] */
  list(left) {
    /** @type {string[]} */
    const listed = this.storage.fresh('rooms') ?? [];
    const others = listed.filter((name) => name !== left && !this.rooms.has(name));
    this.storage.set('rooms', [...this.rooms.keys(), ...others]);
    this.parts?.listed();
    this.on.roomsChanged();
  }

  /** @param {import('./protocol.js').Event} event of no room */
  #handle(event) {
    if (event.type === 'hello') {
      this.limits = { ...LIMITS, ...event.limits };
      const isAccount = event.token === undefined;
      // An account signs in to its application, and has no token. What a guest has here stays theirs.
      if (!isAccount) this.storage.set('token', event.token);
      this.isNameFixed = event.name_fixed === true;
      this.isGuest = event.guest === true;
      this.server = event.server;
      this.addresses = event.server?.addresses ?? [];
      this.isReady = true;
      this.barred = this.password = undefined;
      this.storage.set('invitation', undefined);
      this.#stand(event);
      this.guests = event.guests ?? 'write';
      const before = this.storage.get('id');
      this.#setMe(event.user);
      if ((isAccount || this.link) && before && before !== event.user.id) this.#startAnew();
      this.link = undefined;
      this.joinRecent();
    } else if (event.type === 'named' || event.type === 'face') {
      if (event.type === 'named') this.isGuest = false;
      this.#setMe(event.user);
    } else if (event.type === 'linked') {
      this.linked.push(event);
    } else if (event.type === 'standing' || event.type === 'door') {
      if (event.type === 'standing') this.#stand(event);
      else this.guests = event.guests;
      this.on.me();
    }
  }

  /** @param {{ role?: import('./protocol.js').Role, muted?: number }} standing the reader's */
  #stand({ role = 'guest', muted = 0 }) {
    this.role = role;
    this.mutedUntil = muted;
  }

  /** Somebody else was signed in here: what they saw and did not send is not this reader's. */
  #startAnew() {
    const why = 'someone else who was signed in here wrote this';
    for (const room of this.rooms.values()) {
      for (const { cid } of room.outbox.items) room.outbox.refuse(cid, why, 'other_account');
      room.cursor = undefined;
      if (room.isJoined) this.join(room);
    }
  }

  /** @param {User} user */
  #setMe(user) {
    this.me = user;
    const { id, name, ...face } = user;
    this.storage.set('name', name);
    this.storage.set('id', id);
    this.storage.set('face', face);
    this.on.me();
  }

  /** @param {import('./protocol.js').Refused} event */
  #refused(event) {
    const { code, command: what, cid } = event;
    if (what === 'invite') {
      // The invitation of the hello, which went well without it.
      this.linkRefusal = event;
      this.on.me();
      return;
    }
    // Too many that were wrong: the reader types it again later.
    const isSlow = this.password !== undefined && what === 'hello' && code === 'slow_down';
    if ((BARS.has(code) || isSlow) && cid === undefined) {
      this.barred = isSlow ? 'wrong_password' : code;
      this.password = undefined;
      this.triesAt = this.host.now() + (event.retry_after ?? 0) * 1_000;
      this.refusals += 1;
      // It is no good another time either.
      if (code === 'bad_invitation') this.storage.set('invitation', undefined);
      this.host.clearTimeout(this.#helloTimer);
      this.on.refused(event.text, code);
      return;
    }
    // The application ends this connection, or another device this one. A message without an answer may be in the log:
    // it stays to be sent.
    if (code === 'closed' || code === 'ended') {
      this.host.clearTimeout(this.#helloTimer);
      this.on.refused(event.text, code);
    } else if (what === 'hello' || what === 'join') this.#helloRefused(event);
    else for (const room of this.rooms.values()) room.refused(event);
  }

  /** @param {import('./protocol.js').Refused} event */
  #helloRefused(event) {
    const { command: what, code, text, retry_after: seconds } = event;
    if (what === 'hello' && (code === 'bad_name' || code === 'name_taken')) {
      this.storage.set('name', undefined);
      this.opened();
      return;
    }
    if (code === 'bad_link' || (code === 'too_many' && this.link)) {
      this.link = undefined;
      this.linkRefusal = event;
      this.opened();
      return;
    }
    this.on.refused(text, code);
    this.host.clearTimeout(this.#helloTimer);
    const again = () => {
      if (what === 'hello') return this.opened();
      for (const room of this.rooms.values()) if (room.isJoined && !room.isReady) this.join(room);
    };
    this.#helloTimer = this.host.setTimeout(again, this.retryMs(seconds));
  }
}
