/** Loads more of a room's history: messages that are older, newer, or around one. A part of the session. */

/** Messages asked for at once: the most that a server gives. */
const PAGE_MESSAGES = 100;

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {'older' | 'newer' | 'latest' | 'around'} Side of what is held, that a page of messages is for
 */

/**
 * Adds a page of messages to those that are held, or replaces them with it.
 *
 * @param {import('./timeline.js').Timeline} timeline
 * @param {import('./protocol.js').MessageEntry[]} entries oldest first
 * @param {boolean} more whether there are more beyond it
 * @param {Side} side
 * @param {string} [me] the reader's id
 * @param {boolean} [newer] around a message: whether there are newer ones
 */
export function mergePage(timeline, entries, more, side, me, newer = false) {
  if (side === 'latest' || side === 'around') {
    const { newest } = timeline;
    timeline.clear();
    timeline.newest = newest;
  }
  timeline.hasNewer &&= side === 'older';
  for (const entry of entries) timeline.add(entry, me);
  if (side !== 'newer') timeline.hasOlder = more;
  // Messages that arrived while the page was loading were not added.
  if (side === 'older') return;
  timeline.hasNewer = (side === 'newer' && more) || newer || (timeline.newestSeq ?? 0) < timeline.newest;
}

/** @param {import('./protocol.js').Page} page @returns {Side} */
function sideOf({ before, after, around }) {
  if (around !== undefined) return 'around';
  if (before !== undefined) return 'older';
  return after !== undefined ? 'newer' : 'latest';
}

export class HistoryLoader {
  #session;
  /** Rooms whose server is to be left alone for a while. @type {Map<Room, number>} */
  #timers = new Map();
  /**
   * A message that the reader wants to see, and who waits for it.
   *
   * @type {Map<Room, { seq: number, done: () => void }>}
   */
  #wanted = new Map();

  /** @param {Pick<import('./session.js').Session, 'host' | 'me' | 'on' | 'retryMs' | 'rooms' | 'send'>} session */
  constructor(session) {
    this.#session = session;
  }

  /** Requests what is above the oldest message held. @param {Room} room */
  loadOlder(room) {
    const { hasOlder, oldestSeq } = room.timeline;
    if (hasOlder && oldestSeq !== undefined) this.#load(room, 'older', { before: oldestSeq });
  }

  /** Requests what is below the newest message held. @param {Room} room */
  loadNewer(room) {
    const { hasNewer, newestSeq } = room.timeline;
    if (hasNewer && newestSeq !== undefined) this.#load(room, 'newer', { after: newestSeq });
  }

  /** Requests the end of the log, which is not held. @param {Room} room */
  loadLatest(room) {
    if (room.timeline.hasNewer) this.#load(room, 'latest', {});
  }

  /** Holds a message with what is around it. @param {Room} room @param {number} seq @returns {Promise<void>} */
  show(room, seq) {
    return new Promise((done) => {
      if (room.timeline.get(seq)) return done();
      this.#wanted.set(room, { seq, done });
      this.ready(room);
    });
  }

  /** @param {import('./protocol.js').Event} event @param {Room} [room] */
  handle(event, room) {
    if (event.type === 'page' && room && !event.thread) this.#page(event, room);
    if (event.type === 'error' && event.command === 'history') {
      for (const room of this.#session.rooms.values()) if (room.loading) this.#refused(event, room);
    }
  }

  /** Loads the wanted message, if there is one. @param {Room} room */
  ready(room) {
    const wanted = this.#wanted.get(room);
    if (wanted) this.#load(room, 'around', { around: wanted.seq });
  }

  closed() {
    for (const room of this.#session.rooms.values()) this.#stop(room);
  }

  /** @param {Room} room */
  left(room) {
    this.#stop(room);
    this.#wanted.delete(room);
  }

  /** @param {Room} room */
  #stop(room) {
    this.#session.host.clearTimeout(this.#timers.get(room) ?? 0);
    this.#timers.delete(room);
    room.loading = undefined;
  }

  /** @param {import('./protocol.js').Page} page @param {Room} room */
  #page(page, room) {
    const { before = Infinity, after = -Infinity, around, entries, more, newer } = page;
    const side = sideOf(page);
    if (side !== room.loading) return;
    room.loading = undefined;
    // The messages that the page continues may have been trimmed meanwhile.
    const { oldestSeq = -Infinity, newestSeq = Infinity } = room.timeline;
    const isNext = oldestSeq <= before && newestSeq >= after;
    if (isNext) mergePage(room.timeline, entries, more, side, this.#session.me?.id, newer);
    if (around !== undefined && around === this.#wanted.get(room)?.seq) this.#stopWanting(room);
    this.ready(room);
  }

  /** @param {import('./protocol.js').Refused} refused @param {Room} room */
  #refused({ retry_after: seconds }, room) {
    if (room.loading === 'around' && seconds === undefined) this.#stopWanting(room);
    room.loading = undefined;
    if (this.#timers.has(room)) return;
    this.#timers.set(room, this.#session.host.setTimeout(() => {
      this.#timers.delete(room);
      this.ready(room);
      this.#session.on.changed(room);
    }, this.#session.retryMs(seconds)));
  }

  /** The wanted message is loaded, or does not exist. @param {Room} room */
  #stopWanting(room) {
    this.#wanted.get(room)?.done();
    this.#wanted.delete(room);
  }

  /** @param {Room} room @param {Side} side @param {{ before?: number, after?: number, around?: number }} at */
  #load(room, side, at) {
    if (!room.isReady || room.loading || this.#timers.has(room)) return;
    if (this.#session.send('history', { room: room.name, ...at, limit: PAGE_MESSAGES })) room.loading = side;
  }
}
