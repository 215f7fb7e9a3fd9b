/** Who is in the room. Several tabs of one person are one. */

/** So many names are remembered of a room. */
const NAMES_MAX = 500;

/** @typedef {import('./protocol.js').User} User */

export class People {
  count = 0;
  /** By id. @type {Map<string, User>} */
  #here = new Map();
  /**
   * By id, also those who have left, the latest last: a mention of one of them means nobody with a shorter name.
   *
   * @type {Map<string, User>}
   */
  known = new Map();

  /** @returns {User[]} those who are named, by name; in a crowd only some are, or none */
  get named() {
    return [...this.#here.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @param {{ count: number, some: User[] }} people all of them */
  reset({ count, some }) {
    this.#here.clear();
    this.change({ count, joined: some });
  }

  /** @param {{ count: number, all?: boolean, joined?: User[], left?: User[] }} change */
  change({ count, all = false, joined = [], left = [] }) {
    if (all) this.#here.clear();
    for (const { id } of left) this.#here.delete(id);
    for (const user of joined) {
      this.#here.set(user.id, user);
      this.#know(user);
    }
    // A crowd is only counted: the names of before would soon be wrong.
    if (joined.length + left.length === 0 && this.#here.size !== count) this.#here.clear();
    this.count = count;
  }

  /** Somebody as they are now. @param {User} user */
  meet(user) {
    if (this.#here.has(user.id)) this.#here.set(user.id, user);
    this.#know(user);
  }

  /** @param {User} user */
  #know(user) {
    this.known.delete(user.id);
    this.known.set(user.id, user);
    const [oldest] = this.known.keys();
    if (this.known.size > NAMES_MAX) this.known.delete(oldest);
  }
}
