/**
 * Messages of one room that are not known to be in the log: in order, and still there after a reload. Sends them one at
 * a time, so that they keep their order. Knows neither the protocol nor the page.
 */

/** The connection is checked if a command is not answered by then. Milliseconds. */
export const ANSWER_MS_MAX = 10_000;

/**
 * @typedef {object} Item
 * @property {string} cid the page's own id for it: sent again under the same, it is not said again
 * @property {string} room
 * @property {string} text
 * @property {number} at when it was written, Unix milliseconds
 * @property {number} [replyTo]
 * @property {number} [replyAt] when that was said, by which it is known to be the same message still
 * @property {import('./protocol.js').Mentions} [mentions]
 * @property {string} [refused] why the server did not take it; without, it is to be sent
 * @property {string} [code] of that
 *
 * @typedef {object} Listener
 * @property {(item: Item) => boolean} send to the server; false where that is not possible now
 * @property {() => void} timeout the server has not answered in time
 * @property {() => void} changed something is to be drawn
 * @property {(seconds?: number) => number} retryMs how long to wait where a server asks for so many seconds
 */

export class Outbox {
  /** @type {readonly Item[]} */
  items;
  /** Why the next message waits, and until when. @type {{ code: string, text: string, until: number } | undefined} */
  paused;

  #database;
  #host;
  #on;
  /** The message that is sent and not answered. @type {string | undefined} */
  #inFlight;
  #answerTimer = 0;
  #retryTimer = 0;

  /**
   * @param {import('./database.js').Database} database
   * @param {Item[]} items that were kept
   * @param {import('./session.js').Host} host
   * @param {Listener} on
   */
  constructor(database, items, host, on) {
    this.#database = database;
    this.items = items;
    this.#host = host;
    this.#on = on;
  }

  /** @param {string | undefined} cid */
  find(cid) {
    return this.items.find((item) => item.cid === cid);
  }

  /** @returns {Item | undefined} the next to be sent */
  next() {
    return this.items.find(({ refused }) => refused === undefined);
  }

  /** @param {Item} item */
  add(item) {
    this.items = [...this.items, item];
    this.#database.putItem(item);
  }

  /** It is in the log, or is to be forgotten. @param {string | undefined} cid @returns {Item | undefined} */
  remove(cid) {
    const item = this.find(cid);
    if (!item) return undefined;
    this.items = this.items.filter((other) => other !== item);
    this.#database.removeItem(item.cid);
    return item;
  }

  /** @param {string} cid @param {string} why in the server's words @param {string} [code] */
  refuse(cid, why, code) {
    this.update(cid, { refused: why, code });
  }

  /** It is another one now, in its place. @param {string} cid @param {Partial<Item>} what is new of it */
  update(cid, what) {
    const item = this.find(cid);
    if (!item) return;
    const updated = { ...item, ...what };
    this.items = this.items.map((other) => (other === item ? updated : other));
    this.#database.putItem(updated);
  }

  /** Sends the next message, if there is one and nothing keeps it. */
  sendNext() {
    if (this.#inFlight !== undefined || this.#retryTimer) return;
    const item = this.next();
    if (!item || !this.#on.send(item)) return;
    this.#inFlight = item.cid;
    this.#answerTimer = this.#host.setTimeout(() => this.#on.timeout(), ANSWER_MS_MAX);
  }

  /**
   * A message is in the log.
   *
   * @param {string | undefined} cid
   * @returns {import('./outbox.js').Item | undefined} it, if it was here
   */
  settle(cid) {
    const item = this.remove(cid);
    this.#land(cid);
    return item;
  }

  /**
   * The server did not do something, and it may have been a message of this outbox.
   *
   * @param {import('./protocol.js').Refused} refused
   */
  refused({ command: what = 'say', code, text, cid, retry_after: seconds }) {
    // An error without a `cid` is about the message that waits for an answer.
    const refused = cid ?? (what === 'say' ? this.#inFlight : undefined);
    if (refused === undefined || !this.find(refused)) return;
    // For now only: it stays what it is, as it may be in the log since a connection that broke.
    const isForNow = seconds !== undefined || code === 'unavailable';
    if (!isForNow) this.refuse(refused, text, code);
    else if (!this.#retryTimer) {
      // The time of slow mode is one person's own: there is no crowd to spread.
      const isOwn = code === 'slow_mode' && seconds !== undefined;
      this.#pause(code, text, isOwn ? seconds * 1_000 : this.#on.retryMs(seconds));
    }
    this.#land(refused);
  }

  /** The connection is lost. */
  closed() {
    this.#host.clearTimeout(this.#answerTimer);
    this.#inFlight = undefined;
    this.#endPause();
  }

  /** What a message waits for may have changed: it is sent again now. */
  retry() {
    if (!this.paused) return;
    this.#endPause();
    this.sendNext();
    this.#on.changed();
  }

  #endPause() {
    this.#host.clearTimeout(this.#retryTimer);
    this.#retryTimer = 0;
    this.paused = undefined;
  }

  /** @param {string} code @param {string} text @param {number} wait */
  #pause(code, text, wait) {
    this.paused = { code, text, until: this.#host.now() + wait };
    this.#retryTimer = this.#host.setTimeout(() => this.retry(), wait);
  }

  /** @param {string | undefined} cid */
  #land(cid) {
    if (this.#inFlight !== cid) return;
    this.#host.clearTimeout(this.#answerTimer);
    this.#inFlight = undefined;
    this.sendNext();
  }
}
