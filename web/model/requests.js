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
 *   'face' | 'person' | 'clear' | 'door' | 'invite' | 'invitations' | 'members' | 'audit' |
 *   'address_bans' | 'room_rules' | 'report'} Asked questions, by the
 *   commands that ask them
 *
 * @typedef {object} Answers the commands about people's rights, and what answers each of them
 * @property {import('./protocol.js').PersonIs} person
 * @property {import('./protocol.js').PersonIs} role
 * @property {import('./protocol.js').PersonIs} mute
 * @property {import('./protocol.js').PersonIs} ban
 * @property {import('./protocol.js').AddressBans} ban_addresses
 * @property {import('./protocol.js').Cleared} clear
 * @property {import('./protocol.js').DoorIs} door
 * @property {import('./protocol.js').RulesSet} room_rules
 * @property {import('./protocol.js').Reported} report
 * @property {import('./protocol.js').Invited} invite
 * @property {import('./protocol.js').Invitations} invitations
 * @property {import('./protocol.js').Invitations} end_invitation
 * @property {import('./protocol.js').Members} members
 * @property {import('./protocol.js').Audit} audit
 * @typedef {import('./room.js').Target} Target
 * @typedef {{ room: Room, type: keyof Changes, target?: Target, send: () => boolean, resolve: (seq: number) => void,
 *   reject: (refusal: Refusal) => void }} Change one that is under way
 */

/** The events that answer them, each with the question. @type {Map<string, Asked>} */
const ANSWERS = new Map(Object.entries({
  found: 'search', directory: 'directory', rooms: 'rooms', reactions: 'reactions', link: 'link',
  private_link: 'private_link', devices: 'devices', face: 'face', person: 'person', cleared: 'clear', door: 'door',
  invitation: 'invite', invitations: 'invitations', members: 'members', audit: 'audit',
  address_bans: 'address_bans', room_rules: 'room_rules', reported: 'report',
}));

/** Commands that are answered as another one is. @type {Map<string | undefined, Asked>} */
const ALIKE = new Map(Object.entries({
  end_device: 'devices', role: 'person', mute: 'person', ban: 'person', end_invitation: 'invitations',
  ban_addresses: 'address_bans',
}));

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
    face: [], person: [], clear: [], door: [], invite: [], invitations: [], members: [], audit: [],
    address_bans: [], room_rules: [], report: [],
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
    return this.#ask('end_device', { device });
  }

  /**
   * Something about people's rights.
   *
   * @template {keyof Answers} T
   * @param {T} type
   * @param {Commands[T]} fields
   * @returns {Promise<Answers[T]>}
   */
  govern(type, fields) {
    return this.#ask(type, fields);
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
    } else if (ANSWERS.has(event.type) && !isTold(event)) {
      this.#asked[/** @type {Asked} */ (ANSWERS.get(event.type))].shift()?.resolve(event);
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
    if (event.command === 'name') {
      this.#renaming?.reject(refusal);
      this.#renaming = undefined;
      return true;
    }
    const asked = ALIKE.get(event.command) ?? /** @type {Asked | undefined} */ (event.command);
    if (!asked || !Object.hasOwn(this.#asked, asked)) return false;
    const question = this.#asked[asked].shift();
    question?.reject(refusal);
    // Of a page of the room its loader hears as well; and the invitation of a hello was no question.
    return asked !== 'history' && (question !== undefined || asked !== 'invite');
  }

  /**
   * @template {Asked | 'end_device' | keyof Answers} T
   * @param {T} type
   * @param {Commands[T]} fields
   * @returns {Promise<any>}
   */
  #ask(type, fields) {
    return new Promise((resolve, reject) => {
      if (!this.#send(type, fields)) return reject(noConnection());
      this.#asked[ALIKE.get(type) ?? /** @type {Asked} */ (type)].push({ resolve, reject });
    });
  }

  /** @template {keyof Commands} T @param {T} type @param {Commands[T]} fields */
  #send(type, fields) {
    return this.#session.isReady && this.#session.send(type, fields);
  }
}

/** Whether it is told to all in a room, and answers nothing. @param {import('./protocol.js').Event} event */
const isTold = (event) =>
  Boolean((event.type === 'face' && event.room) || (event.type === 'room_rules' && event.seq));

/** What is not the reader's may be a message, or a room. @param {Change} change @param {string} code */
const codeOf = ({ type }, code) => (type === 'room' && code === 'not_yours' ? 'not_your_room' : code);

const noConnection = () => new Refusal('closed', t('noConnection'));
