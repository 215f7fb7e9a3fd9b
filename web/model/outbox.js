/** Messages of one room that are not known to be in the log: in order, and still there after a reload. */

/**
 * @typedef {object} Item
 * @property {string} cid the page's own id for it: sent again under the same, it is not said again
 * @property {string} room
 * @property {string} text
 * @property {number} at when it was written, Unix milliseconds
 * @property {number} [replyTo]
 * @property {string} [refused] why the server did not take it; without, it is to be sent
 * @property {string} [code] of that
 */

export class Outbox {
  #database;
  /** @type {readonly Item[]} */
  items;

  /** @param {import('./database.js').Database} database @param {Item[]} items that were kept */
  constructor(database, items) {
    this.#database = database;
    this.items = items;
  }

  find(cid) {
    return this.items.find((item) => item.cid === cid);
  }

  /** @returns {Item | undefined} the next to be sent */
  next() {
    return this.items.find(({ refused }) => refused === undefined);
  }

  add(item) {
    this.items = [...this.items, item];
    this.#database.putItem(item);
  }

  /** It is in the log, or is to be forgotten. @param {string} cid @returns {Item | undefined} */
  remove(cid) {
    const item = this.find(cid);
    if (!item) return undefined;
    this.items = this.items.filter((other) => other !== item);
    this.#database.removeItem(cid);
    return item;
  }

  /** @param {string} cid @param {string} why in the server's words @param {string} [code] */
  refuse(cid, why, code) {
    const item = this.find(cid);
    if (!item) return;
    const refused = { ...item, refused: why, code };
    this.items = this.items.map((other) => (other === item ? refused : other));
    this.#database.putItem(refused);
  }
}
