/** Requests that the server answers later: a new name, a search, a change in the log. A part of the session. */

import '../words/more.js';
import { t } from '../words/words.js';
import { reasonOf } from './reason.js';

/** A request that the server refused, with the reason in the reader's language. */
export class Refusal extends Error {
  constructor(code, text) {
    super(reasonOf({ code, text }));
    this.code = code;
  }
}

/** @typedef {import('./room.js').Room} Room */

export class Requests {
  #session;
  /** Changes without an answer, by `cid`. */
  #changes = new Map();
  /** Searches under way, and a name asked for. */
  #searches = [];
  #renaming;

  /** @param {import('./session.js').Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {string} name @returns {Promise<void>} once we are called so */
  rename(name) {
    return new Promise((resolve, reject) => {
      if (!this.#send('name', { name })) reject(noConnection());
      else this.#renaming = { resolve, reject };
    });
  }

  /**
   * @param {{ room?: string, before?: number }} [where] without a room: in all of the list
   * @returns {Promise<{ entries: object[], more: boolean }>} newest first
   */
  search(query, where = {}) {
    return new Promise((resolve, reject) => {
      if (!this.#send('search', { query, ...where })) reject(noConnection());
      else this.#searches.push({ resolve, reject });
    });
  }

  /** @param {Room} room @param {number} seq @param {string} text */
  edit(room, seq, text) {
    return this.#change(room, 'edit', { seq, text });
  }

  /** @param {Room} room @param {number} seq */
  delete(room, seq) {
    return this.#change(room, 'delete', { seq });
  }

  /** @param {Room} room @param {number} seq @param {string} emoji @param {boolean} on */
  react(room, seq, emoji, on) {
    return this.#change(room, 'react', { seq, emoji, on });
  }

  /** @param {Room} room @param {string} text */
  setTopic(room, text) {
    return this.#change(room, 'topic', { text });
  }

  /** @param {Room} room @returns {import('./timeline.js').Message | undefined} the last of ours, which may be edited */
  lastOwn(room) {
    if (!this.#session.limits.history || room.timeline.hasNewer) return undefined;
    return room.timeline.rows.findLast((row) => row.isMine && !row.deleted);
  }

  handle(event) {
    if (event.type === 'receipt' || event.type === 'error') return this.#answered(event);
    if (event.type === 'named') {
      this.#renaming?.resolve();
      this.#renaming = undefined;
    } else if (event.type === 'found') {
      this.#searches.shift()?.resolve(event);
    }
    return false;
  }

  ready(room) {
    for (const change of this.#changes.values()) if (change.room === room) change.send();
  }

  closed() {
    this.#renaming?.reject(noConnection());
    this.#renaming = undefined;
    for (const { reject } of this.#searches.splice(0)) reject(noConnection());
  }

  left(room) {
    for (const [cid, change] of this.#changes) {
      if (change.room !== room) continue;
      this.#changes.delete(cid);
      change.reject(noConnection());
    }
  }

  /**
   * Changes something; what is under way when the connection breaks is asked for again: it changes nothing twice.
   *
   * @param {'edit' | 'delete' | 'react' | 'topic'} type
   * @returns {Promise<void>} once it is in the log
   */
  #change(room, type, fields) {
    const cid = this.#session.host.newId();
    return new Promise((resolve, reject) => {
      const send = () => room.isReady && this.#session.send(type, { room: room.name, cid, ...fields });
      if (!send()) return reject(noConnection());
      this.#changes.set(cid, { room, type, send, resolve, reject });
    });
  }

  /** @param {any} event a receipt, or an error @returns {boolean} whether it was an answer to something of ours */
  #answered({ type, cid, code, text, command: what, retry_after: seconds }) {
    const change = this.#changes.get(cid);
    if (change) {
      // Too early: the request is sent again.
      if (seconds !== undefined) return this.#session.host.setTimeout(change.send, this.#session.retryMs(seconds)) !== undefined;
      this.#changes.delete(cid);
      // A deletion asked for again was done the first time.
      if (type === 'receipt' || (change.type === 'delete' && code === 'gone')) change.resolve();
      else change.reject(new Refusal(code, text));
      return true;
    }
    if (type === 'receipt' || (what !== 'name' && what !== 'search')) return false;
    const refusal = new Refusal(code, text);
    if (what === 'search') {
      this.#searches.shift()?.reject(refusal);
    } else {
      this.#renaming?.reject(refusal);
      this.#renaming = undefined;
    }
    return true;
  }

  #send(type, fields) {
    return this.#session.isReady && this.#session.send(type, fields);
  }
}

const noConnection = () => new Refusal('closed', t('noConnection'));
