/** Shows who is typing, and tells others that we are. A part of the session. */

/** Time between two signs that we are typing, and until somebody's expires (PROTOCOL.md). Milliseconds. */
const TYPING_MS = 3_000;
const TYPING_MS_MAX = 6_000;

/** @typedef {import('./protocol.js').User} User @typedef {import('./room.js').Room} Room */

export class Typing {
  #session;
  /** @type {Map<Room, Map<string, { user: User, timer: number }>>} */
  #rooms = new Map();
  /** When we told a room that we are typing. @type {WeakMap<Room, number>} */
  #toldAt = new WeakMap();

  /** @param {import('./session.js').Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {Room} room @returns {User[]} who is typing there */
  in(room) {
    return [...(this.#rooms.get(room)?.values() ?? [])].map(({ user }) => user);
  }

  /** The reader is writing. @param {Room} room */
  tell(room) {
    const now = this.#session.host.now();
    if (!room.isReady || now - this.#toldAt.get(room) < TYPING_MS) return;
    this.#toldAt.set(room, now);
    this.#session.send('typing', { room: room.name });
  }

  handle({ type, user, from }, room) {
    if (!room) return false;
    if (type === 'typing' && room.isReady && user.id !== this.#session.me?.id) this.#types(room, user);
    if (type === 'message') this.#stops(room, from.id);
    if (type === 'receipt') this.#toldAt.delete(room);
    return false;
  }

  ready() {}

  closed() {
    for (const room of this.#rooms.keys()) this.left(room);
  }

  left(room) {
    for (const id of this.#rooms.get(room)?.keys() ?? []) this.#stops(room, id);
    this.#rooms.delete(room);
  }

  #types(room, user) {
    this.#stops(room, user.id);
    const timer = this.#session.host.setTimeout(() => {
      this.#stops(room, user.id);
      this.#session.on.changed(room);
    }, TYPING_MS_MAX);
    if (!this.#rooms.has(room)) this.#rooms.set(room, new Map());
    this.#rooms.get(room).set(user.id, { user, timer });
  }

  #stops(room, id) {
    const users = this.#rooms.get(room);
    this.#session.host.clearTimeout(users?.get(id)?.timer);
    users?.delete(id);
  }
}
