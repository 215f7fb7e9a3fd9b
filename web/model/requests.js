/** Requests that the server answers later: a new name, a search, a change in the log. A part of the session. */

import '../words/more.js';
import { t } from '../words/words.js';
import { reasonOf } from './reason.js';

/** Messages of a thread that are asked for at once: the most that a server gives. */
const THREAD_MESSAGES = 100;

/** A request that the server refused, with the reason in the reader's language. */
export class Refusal extends Error {
  /** @param {string} code @param {string} text */
  constructor(code, text) {
    super(reasonOf({ code, text }));
    this.code = code;
  }
}

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./protocol.js').Changes} Changes
 * @typedef {import('./protocol.js').Found} Found
 * @typedef {import('./protocol.js').Commands} Commands
 * @typedef {import('./protocol.js').Reactions['reactions']} Reactions
 * @typedef {'search' | 'directory' | 'rooms' | 'reactions' | 'link' | 'private_link' | 'devices' | 'history' |
 *   'face'} Asked questions, by the commands that ask them
 * @typedef {import('./room.js').Target} Target
 * @typedef {{ room: Room, type: keyof Changes, target?: Target, send: () => boolean, resolve: (seq: number) => void,
 *   reject: (refusal: Refusal) => void }} Change one that is under way
 */

/** The events that answer them. @type {Set<string>} */
const ANSWERS = new Set(['found', 'directory', 'rooms', 'reactions', 'link', 'private_link', 'devices', 'face']);

export class Requests {
  #session;
  /** Changes without an answer, by `cid`. @type {Map<string, Change>} */
  #changes = new Map();
  /**
   * Questions under way, by the command that asks them: each kind is answered in its order.
   *
   * @type {Record<Asked,
   *   { resolve: (answer: any) => void, reject: (refusal: Refusal) => void }[]>}
   */
  #asked = {
    search: [], directory: [], rooms: [], reactions: [], link: [], private_link: [], devices: [], history: [],
    face: [],
  };
  /** A name asked for. @type {{ resolve: () => void, reject: (refusal: Refusal) => void } | undefined} */
  #renaming;

  /** @param {Pick<import('./session.js').Session, 'host' | 'isReady' | 'retryMs' | 'send'>} session */
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

  /** @param {{ emoji?: string, hue?: number }} face @returns {Promise<unknown>} once others see us so */
  setFace(face) {
    return this.#ask('face', face);
  }

  /**
   * @param {string} query
   * @param {{ room?: string, before?: number }} [where] without a room: in all of the list
   * @returns {Promise<Found>} newest first
   */
  search(query, where = {}) {
    return this.#ask('search', { query, ...where });
  }

  /**
   * @param {{ query?: string, after?: string }} [where]
   * @returns {Promise<import('./protocol.js').Directory>} rooms that are listed, a page of them
   */
  directory(where = {}) {
    return this.#ask('directory', where);
  }

  /**
   * @param {{ after?: string }} where
   * @returns {Promise<import('./protocol.js').KeptPage>} of the reader's list of rooms
   */
  rooms(where) {
    return this.#ask('rooms', where);
  }

  /** @param {string} room @param {number} seq @returns {Promise<Reactions>} who reacted to a message */
  reactions(room, seq) {
    return this.#ask('reactions', { room, seq }).then(({ reactions }) => reactions);
  }

  /**
   * @param {string} room
   * @param {number} thread the message that it began with
   * @param {number} [before] an entry's number; without, the end of the thread
   * @returns {Promise<import('./protocol.js').Page>} oldest first
   */
  thread(room, thread, before) {
    return this.#ask('history', { room, thread, before, limit: THREAD_MESSAGES });
  }

  /** @returns {Promise<import('./protocol.js').Link>} by which another device becomes the reader's */
  link() {
    return this.#ask('link', {});
  }

  /** @param {boolean} [end] none any more @returns {Promise<import('./protocol.js').PrivateLink>} that lasts */
  privateLink(end) {
    return this.#ask('private_link', { end });
  }

  /**
   * @param {Commands['devices']} [says] what this device calls itself, and that the reader knows of the others
   * @returns {Promise<import('./protocol.js').Devices>} the reader's
   */
  devices(says = {}) {
    return this.#ask('devices', says);
  }

  /** @param {string} device @returns {Promise<import('./protocol.js').Devices>} those that are left */
  endDevice(device) {
    return new Promise((resolve, reject) => {
      if (!this.#send('end_device', { device })) reject(noConnection());
      else this.#asked.devices.push({ resolve, reject });
    });
  }

  /**
   * Changes something in a room. What is under way when the connection breaks is asked for again: it changes nothing
   * twice.
   *
   * @template {keyof Changes} T
   * @param {Room} room
   * @param {T} type
   * @param {Changes[T]} fields
   * @param {number} [at] when the message was said that it changes
   * @returns {Promise<number>} its number, once it is in the log; 0 for a deletion that was done before
   */
  change(room, type, fields, at) {
    const cid = this.#session.host.newId();
    /** @type {any} */
    const all = { room: room.name, cid, ...fields };
    const target = all.seq ? { seq: all.seq, at } : undefined;
    /** Whether it waits until its target is known to be the same message. */
    const waits = () => target !== undefined && room.isReady && room.mustCheckTargets;
    const send = () => room.isReady && !waits() && this.#changes.has(cid) && this.#session.send(type, all);
    return new Promise((resolve, reject) => {
      this.#changes.set(cid, { room, type, target, send, resolve, reject });
      if (waits() || send()) return;
      this.#changes.delete(cid);
      reject(noConnection());
    });
  }

  /** @param {Room} room @returns {Target[]} the messages that changes under way are of */
  targets(room) {
    return [...this.#changes.values()].flatMap(({ room: of, target }) => (of === room && target ? [target] : []));
  }

  /**
   * It is known which messages are the same as before a reset: of those that are not, nothing is changed.
   *
   * @param {Room} room
   * @param {(target: Target) => boolean} isLost
   */
  checked(room, isLost) {
    for (const [cid, { room: of, target, send, reject }] of this.#changes) {
      if (of !== room || !target) continue;
      if (!isLost(target)) send();
      else {
        this.#changes.delete(cid);
        reject(new Refusal('gone', t('error_gone')));
      }
    }
  }

  /**
   * @param {import('./protocol.js').Event} event
   * @returns {boolean} whether it is an answer to a request, and no more
   */
  handle(event) {
    if (event.type === 'receipt' || event.type === 'error') return this.#answered(event);
    if (event.type === 'named') {
      this.#renaming?.resolve();
      this.#renaming = undefined;
    } else if (event.type === 'page') {
      if (event.thread) this.#asked.history.shift()?.resolve(event);
    } else if (ANSWERS.has(event.type) && !(event.type === 'face' && event.room)) {
      const asked = /** @type {Asked} */ (event.type === 'found' ? 'search' : event.type);
      this.#asked[asked].shift()?.resolve(event);
    }
    return false;
  }

  /** @param {Room} room */
  ready(room) {
    for (const change of this.#changes.values()) if (change.room === room) change.send();
  }

  closed() {
    this.#renaming?.reject(noConnection());
    this.#renaming = undefined;
    for (const asked of Object.values(this.#asked)) for (const { reject } of asked.splice(0)) reject(noConnection());
  }

  /** @param {Room} room */
  left(room) {
    for (const [cid, change] of this.#changes) {
      if (change.room !== room) continue;
      this.#changes.delete(cid);
      change.reject(noConnection());
    }
  }

  /** @param {import('./protocol.js').Receipt | import('./protocol.js').Refused} event @returns {boolean} */
  #answered(event) {
    const { cid = '' } = event;
    const change = this.#changes.get(cid);
    if (change) {
      if (event.type === 'error' && event.retry_after !== undefined) {
        // Too early: the request is sent again.
        this.#session.host.setTimeout(change.send, this.#session.retryMs(event.retry_after));
        return true;
      }
      this.#changes.delete(cid);
      // A deletion asked for again was done the first time.
      if (event.type === 'receipt') change.resolve(event.seq);
      else if (change.type === 'delete' && event.code === 'gone') change.resolve(0);
      else change.reject(new Refusal(codeOf(change, event.code), event.text));
      return true;
    }
    if (event.type === 'receipt') return false;
    const refusal = new Refusal(event.code, event.text);
    switch (event.command) {
      case 'search':
      case 'directory':
      case 'rooms':
      case 'reactions':
      case 'link':
      case 'private_link':
      case 'devices':
      case 'face':
        this.#asked[event.command].shift()?.reject(refusal);
        return true;
      case 'end_device':
        this.#asked.devices.shift()?.reject(refusal);
        return true;
      case 'history':
        // It may be of a page of the room, whose loader hears of it as well.
        this.#asked.history.shift()?.reject(refusal);
        return false;
      case 'name':
        this.#renaming?.reject(refusal);
        this.#renaming = undefined;
        return true;
      default:
        return false;
    }
  }

  /**
   * @template {Asked} T
   * @param {T} type
   * @param {Commands[T]} fields
   * @returns {Promise<any>}
   */
  #ask(type, fields) {
    return new Promise((resolve, reject) => {
      if (!this.#send(type, fields)) reject(noConnection());
      else this.#asked[type].push({ resolve, reject });
    });
  }

  /** @template {keyof Commands} T @param {T} type @param {Commands[T]} fields */
  #send(type, fields) {
    return this.#session.isReady && this.#session.send(type, fields);
  }
}

/** What is not the reader's may be a message, or a room. @param {Change} change @param {string} code */
const codeOf = ({ type }, code) => (type === 'room' && code === 'not_yours' ? 'not_your_room' : code);

const noConnection = () => new Refusal('closed', t('noConnection'));
