/** Who is in the room. Several tabs of one person are one. */

/** So many names are remembered of a room. */
const NAMES_MAX = 500;

/** @typedef {import('./protocol.js').User} User */

export class People {
  count = 0;
  /** @type {Map<string, string>} names by id */
  #names = new Map();
  /**
   * Names by id, also of those who have left, the latest last: a mention of one of them means nobody with a shorter
   * name.
   *
   * @type {Map<string, string>}
   */
  known = new Map();

  /** @returns {User[]} those who are named, by name; in a crowd only some are, or none */
  get named() {
    const users = [...this.#names].map(([id, name]) => ({ id, name }));
    return users.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @param {{ count: number, some: User[] }} people all of them */
  reset({ count, some }) {
    this.#names.clear();
    this.change({ count, joined: some });
  }

  /** @param {{ count: number, all?: boolean, joined?: User[], left?: User[] }} change */
  change({ count, all = false, joined = [], left = [] }) {
    if (all) this.#names.clear();
    for (const { id } of left) this.#names.delete(id);
    for (const { id, name } of joined) {
      this.#names.set(id, name);
      this.#know(id, name);
    }
    // A crowd is only counted: the names of before would soon be wrong.
    if (joined.length + left.length === 0 && this.#names.size !== count) this.#names.clear();
    this.count = count;
  }

  /** @param {User} user */
  rename({ id, name }) {
    if (this.#names.has(id)) this.#names.set(id, name);
    this.#know(id, name);
  }

  /** @param {string} id @param {string} name */
  #know(id, name) {
    this.known.delete(id);
    this.known.set(id, name);
    const [oldest] = this.known.keys();
    if (this.known.size > NAMES_MAX) this.known.delete(oldest);
  }
}
