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

  /** @param {Pick<import('./session.js').Session, 'host' | 'me' | 'on' | 'send'>} session */
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
    if (!room.isReady || now - (this.#toldAt.get(room) ?? -Infinity) < TYPING_MS) return;
    this.#toldAt.set(room, now);
    this.#session.send('typing', { room: room.name });
  }

  /** @param {import('./protocol.js').Event} event @param {Room} room */
  handle(event, room) {
    const me = this.#session.me?.id;
    if (event.type === 'typing' && room.isReady && event.user.id !== me) this.#types(room, event.user);
    if (event.type === 'message') this.#stops(room, event.from.id);
    if (event.type === 'receipt') this.#toldAt.delete(room);
  }

  closed() {
    for (const room of this.#rooms.keys()) this.left(room);
  }

  /** @param {Room} room */
  left(room) {
    for (const id of this.#rooms.get(room)?.keys() ?? []) this.#stops(room, id);
    this.#rooms.delete(room);
  }

  /** @param {Room} room @param {User} user */
  #types(room, user) {
    this.#stops(room, user.id);
    const timer = this.#session.host.setTimeout(() => {
      this.#stops(room, user.id);
      this.#session.on.changed(room);
    }, TYPING_MS_MAX);
    const users = this.#rooms.get(room) ?? new Map();
    this.#rooms.set(room, users.set(user.id, { user, timer }));
  }

  /** @param {Room} room @param {string} id */
  #stops(room, id) {
    const users = this.#rooms.get(room);
    this.#session.host.clearTimeout(users?.get(id)?.timer ?? 0);
    users?.delete(id);
  }
}
