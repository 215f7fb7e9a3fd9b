/**
 * Keeps the list of rooms, the favourites and the muted rooms as all devices of the reader have them: what the server
 * keeps and what this browser has are merged, given what both had the last time. A part of the session.
 */

import { isFavourite } from './room-list.js';

/** What is unread in rooms that one is not in is asked for this often. Milliseconds. */
const ASK_MS = 60_000;

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./protocol.js').KeptRoom} KeptRoom
 * @typedef {{ favourite: boolean, muted: boolean }} Marks
 * @typedef {{ id?: string, rooms: Record<string, string> }} Base whose list, and how its rooms were marked
 */

/** @param {Partial<Marks>} marks @returns {string} the same as a word */
const wordOf = ({ favourite, muted }) => `${favourite ? 'favourite' : ''}${muted ? ' muted' : ''}`;

export class KeptRooms {
  #session;
  /** What the server is known to have, once that was told. @type {Base['rooms'] | undefined} */
  #kept;
  /**
   * What it was asked for and has not told yet: how often, and the last of it.
   *
   * @type {Map<string, { count: number, word: string | undefined }>}
   */
  #asked = new Map();
  #isAsking = false;
  #isMerging = false;
  /** The reader has neither spoken nor taken a name: the server keeps no list for them. */
  #isVisitor = false;
  #timer = 0;

  /**
   * @param {import('./session.js').Session} session
   * @param {(where: { after?: string }) => Promise<import('./protocol.js').KeptPage>} read a page of the list
   */
  constructor(session, read) {
    this.#session = session;
    this.read = read;
    this.ask();
  }

  /** @param {import('./protocol.js').Event} event @returns {boolean} whether it is nobody else's */
  handle(event) {
    // The session hears of these after its parts.
    const isNew = this.#isVisitor && (event.type === 'receipt' || event.type === 'named');
    if (event.type === 'hello' || isNew) queueMicrotask(() => this.ask());
    if (event.type === 'error' && event.command === 'keep') this.#refused();
    else if (event.type === 'kept') this.#told(event);
    else return false;
    return true;
  }

  /** The connection is lost. */
  closed() {
    this.#session.host.clearTimeout(this.#timer);
    this.#asked.clear();
  }

  /** Asks for the whole list, and what is unread. */
  async ask() {
    if (this.#isAsking || !this.#session.isReady) return;
    this.#isAsking = true;
    /** @type {Map<string, KeptRoom>} */
    const all = new Map();
    /** @type {import('./protocol.js').KeptPage | undefined} */
    let page;
    try {
      do {
        page = await this.read({ after: page?.next });
        for (const kept of page.rooms) all.set(kept.room, kept);
      } while (page.next);
    } catch {
      // An older server, or one that keeps nothing, or no connection: the browser's own list is all that there is.
      page = undefined;
    }
    this.#isAsking = false;
    this.#schedule();
    this.#isVisitor = page?.visitor === true;
    if (page && !this.#isVisitor) this.#merge(all, page.epoch);
  }

  /** A connection in as many rooms as it may be leaves one for another. @param {Room} room that is to be joined */
  makePlace(room) {
    const { recent, limits, rooms } = this.#session;
    const joined = [...rooms.values()].filter((other) => other !== room && other.isJoined);
    const leaves = joined.length < limits.rooms ? undefined : joined.find((other) => !recent.includes(other));
    if (!leaves) return;
    leaves.unread.sendMarker();
    leaves.closed();
    this.#session.send('leave', { room: leaves.name });
  }

  /** Something of the list has changed here. */
  changed() {
    const { storage, rooms } = this.#session;
    const kept = this.#kept;
    if (!kept || this.#isMerging) return;
    /** @param {string} name */
    const known = (name) => (this.#asked.get(name) ?? { word: kept[name] }).word;
    for (const name of rooms.keys()) if (known(name) !== wordOf(this.#marks(name))) this.#keep(name);
    for (const name of Object.keys(kept)) {
      // Another tab may have opened it.
      const isLeft = !rooms.has(name) && !storage.fresh('rooms')?.includes(name);
      if (isLeft && known(name) !== undefined) this.#drop(name);
    }
  }

  /** @param {string} name @returns {Marks} */
  #marks(name) {
    const { storage } = this.#session;
    return { favourite: isFavourite(storage, name), muted: storage.get(`notify ${name}`) === 'none' };
  }

  /** @param {string} name @param {Partial<Marks>} marks that another device has given it */
  #mark(name, { favourite, muted }) {
    const { storage } = this.#session;
    const now = this.#marks(name);
    if (now.favourite !== Boolean(favourite)) storage.set(`favourite ${name}`, favourite || undefined);
    if (now.muted !== Boolean(muted)) storage.set(`notify ${name}`, muted ? 'none' : undefined);
  }

  /** @param {string} name */
  #keep(name) {
    const marks = this.#marks(name);
    if (this.#session.send('keep', { room: name, listed: true, ...marks })) this.#note(name, wordOf(marks));
  }

  /** @param {string} name */
  #drop(name) {
    if (this.#session.send('keep', { room: name, listed: false })) this.#note(name, undefined);
  }

  /** The server was asked for this. @param {string} name @param {string | undefined} word */
  #note(name, word) {
    const { count = 0 } = this.#asked.get(name) ?? {};
    this.#asked.set(name, { count: count + 1, word });
  }

  /** Too much at once, or too many: what the server has is seen when it is asked for again. */
  #refused() {
    this.#asked.clear();
    this.#kept = undefined;
    this.#session.storage.set('kept', undefined);
  }

  /** @param {Map<string, KeptRoom>} all that the server has @param {string} epoch */
  #merge(all, epoch) {
    const session = this.#session;
    const { storage, rooms } = session;
    /** @type {Base | undefined} */
    const base = storage.fresh('kept') ?? storage.get('kept');
    const before = base && base.id === session.me?.id ? base.rooms : {};
    const kept = Object.fromEntries([...all].map(([name, room]) => [name, wordOf(room)]));
    const used = storage.fresh('used') ?? storage.get('used') ?? {};
    this.#kept = kept;
    this.#asked.clear();
    this.#isMerging = true;
    for (const [name, there] of all) {
      if (!rooms.has(name)) {
        if (name in before) {
          this.#drop(name);
          continue;
        }
        session.add(name);
        if (there.last) used[name] ??= there.last;
      }
      // The server's word counts, unless it was given another here since.
      const here = this.#marks(name);
      if (before[name] === wordOf(here) || !wordOf(here)) this.#mark(name, there);
      else if (wordOf(here) !== wordOf(there)) this.#keep(name);
      this.#count(/** @type {Room} */ (rooms.get(name)), there, epoch);
    }
    for (const [name, room] of rooms) {
      if (all.has(name)) continue;
      if (name in before && this.#mayLeave(room)) session.leave(name);
      else this.#keep(name);
    }
    storage.set('used', used);
    session.list();
    session.joinRecent();
    this.#isMerging = false;
    this.#save();
  }

  /**
   * The list is so from now on, as was asked for here or on another device.
   *
   * @param {import('./protocol.js').Kept} event
   */
  #told({ room: name, listed, ...marks }) {
    const session = this.#session;
    const room = session.rooms.get(name);
    if (!this.#kept) return;
    if (listed) this.#kept[name] = wordOf(marks);
    else delete this.#kept[name];
    const asked = this.#asked.get(name);
    if (asked && --asked.count === 0) this.#asked.delete(name);
    // What was asked for here is so here already, or will be told once more.
    if (!asked) this.#follow(name, room, listed, marks);
    this.#save();
  }

  /**
   * Another device of the reader has changed its list.
   *
   * @param {string} name
   * @param {Room | undefined} room
   * @param {boolean} listed
   * @param {Partial<Marks>} marks
   */
  #follow(name, room, listed, marks) {
    const session = this.#session;
    this.#isMerging = true;
    if (listed) {
      if (!room) {
        session.add(name);
        session.list();
        session.joinRecent();
      }
      this.#mark(name, marks);
      session.on.roomsChanged();
    } else if (room && this.#mayLeave(room)) {
      session.leave(name);
    } else if (room) {
      this.#keep(name);
    }
    this.#isMerging = false;
  }

  /** Whether nothing of it is needed here. @param {Room} room */
  #mayLeave(room) {
    const { shown, storage } = this.#session;
    return room.name !== shown && !room.outbox.items.length && !storage.fresh(`draft ${room.name}`);
  }

  /**
   * What the server has counted in a room that one is not in.
   *
   * @param {Room} room
   * @param {KeptRoom} there
   * @param {string} epoch
   */
  #count(room, { title, read, unread, mentions = [] }, epoch) {
    if (room.isJoined || read === undefined || unread === undefined) return;
    if (title) room.title = title;
    const isAhead = room.cursor?.epoch === epoch && room.unread.marker > read;
    if (!isAhead) Object.assign(room.unread, { marker: read, count: unread, mentions });
  }

  #save() {
    const { storage, me } = this.#session;
    storage.set('kept', { id: me?.id, rooms: this.#kept });
  }

  /** What is unread is asked for again, where there are rooms that tell nothing by themselves. */
  #schedule() {
    const { host } = this.#session;
    host.clearTimeout(this.#timer);
    this.#timer = host.setTimeout(() => {
      const isSilent = [...this.#session.rooms.values()].some(({ isJoined }) => !isJoined);
      if (this.#kept && isSilent) this.ask();
      else this.#schedule();
    }, ASK_MS);
  }
}
