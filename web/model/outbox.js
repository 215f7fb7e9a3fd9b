/** What was written and is not known to be in the log: in its order, and there again after a reload. */

/**
 * @typedef {object} Item
 * @property {string} cid the page's own id for it: sent again under the same, it is not said again
 * @property {string} text
 * @property {number} at when it was written, Unix milliseconds
 * @property {string} [refused] why the server did not take it; without, it is to be sent
 */

export class Outbox {
  #keep;
  #name;
  /** @type {Item[]} */
  #items;

  /**
   * @param {import('./keep.js').Keep} keep
   * @param {string} name under which it is kept
   */
  constructor(keep, name) {
    this.#keep = keep;
    this.#name = name;
    const kept = keep.get(name);
    this.#items = Array.isArray(kept) ? kept.filter(({ cid, text }) => cid && text) : [];
  }

  /** @returns {readonly Item[]} */
  get items() {
    return this.#items;
  }

  /** @param {string} cid */
  find(cid) {
    return this.#items.find((item) => item.cid === cid);
  }

  /** @returns {Item | undefined} the next to be sent */
  next() {
    return this.#items.find(({ refused }) => refused === undefined);
  }

  /** @param {Item} item */
  add(item) {
    this.#set([...this.#items, item]);
  }

  /** It is in the log, or is to be forgotten. @param {string} cid @returns {Item | undefined} */
  remove(cid) {
    const item = this.find(cid);
    if (item) this.#set(this.#items.filter((other) => other !== item));
    return item;
  }

  /** @param {string} cid @param {string} why */
  refuse(cid, why) {
    this.#set(this.#items.map((item) => (item.cid === cid ? { ...item, refused: why } : item)));
  }

  /** What was refused is to be tried again: after all that waits already. @param {string} cid */
  again(cid) {
    const item = this.remove(cid);
    if (item) this.add({ cid, text: item.text, at: item.at });
  }

  /** @param {Item[]} items */
  #set(items) {
    this.#items = items;
    this.#keep.set(this.#name, items.length ? items : undefined);
  }
}
