/** The reader's private and direct rooms: which there are, and who is in them. A part of the session. */

import '../words/more.js';
import { list, t } from '../words/words.js';
import { peopleOf } from './mentions.js';
import { Refusal } from './requests.js';
import { ROOMS_MAX } from './room-limit.js';
import { isDirect, isModerators, isPrivate } from './room-kind.js';

/** So many people of each room are known without a network. */
const SAVED_PEOPLE = 20;

/** So many people are named where a room is called by them. */
const NAMED_PEOPLE = 4;

/** The user of plain lines, who has no rooms (PROTOCOL.md). */
export const GUEST_ID = 'guest';

/** What may have changed how somebody is called, or how a room is. @type {Set<string>} */
const NAMES = new Set(['joined', 'room', 'renamed', 'face']);

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./protocol.js').User} User
 * @typedef {import('./protocol.js').PrivateRoomIs} PrivateRoomIs
 * @typedef {'direct' | 'private' | 'part' | 'private_rooms'} Asked
 * @typedef {{ people: User[], last?: number }} Known `last`: when something was said last, as the server has told
 * @typedef {{ type: Asked, isAnswer: (event: any) => boolean, resolve: (event: any) => void,
 *   reject: (refusal: Refusal) => void }} Question
 *
 * @typedef {object} Listener
 * @property {(room: Room) => void} opened the reader is among the people of a room
 * @property {(room: Room, wasIn: boolean) => void} barred they are not; `wasIn`: as far as was known, they were
 */

/** @param {User[]} people in any order */
const keyOf = (people) => people.map(({ id }) => id).sort().join();

export class PrivateRooms {
  #session;
  #on;
  /** By name. @type {Map<string, Known>} */
  #known = new Map();
  /** Not answered yet, in their order. @type {Question[]} */
  #questions = [];
  #isAsking = false;
  #isNaming = false;

  /** @param {import('./session.js').Session} session @param {Listener} on */
  constructor(session, on) {
    this.#session = session;
    this.#on = on;
    const { id, rooms = {} } = session.storage.get('private') ?? {};
    for (const [name, known] of Object.entries(rooms)) this.#known.set(name, known);
    // The parts of the page that hear of it are made in the same turn.
    queueMicrotask(() => {
      if (id && session.me?.id) this.#belongTo(session.me.id);
      for (const name of this.#known.keys()) this.#meet(name);
      this.#name();
      this.#knock();
      this.ask();
    });
  }

  /**
   * @param {import('./protocol.js').Event} event
   * @param {Room} [room]
   * @returns {boolean} whether it is nobody else's
   */
  handle(event, room) {
    switch (event.type) {
      case 'hello':
        this.#belongTo(event.user.id);
        // The session hears of it after its parts.
        queueMicrotask(() => this.ask());
        return false;
      case 'standing':
        // A role may be the way into the moderators' room, and out of it.
        this.ask();
        return false;
      case 'private_room':
        this.#answered(event);
        this.#told(event, this.#session.host.now());
        this.#save();
        return true;
      case 'private_rooms':
        this.#answered(event);
        return true;
      case 'parted':
        // Whoever has taken out somebody else is answered by the same.
        if (!this.#answered(event)) this.#bar(event.room);
        return true;
      case 'error':
        return this.#refused(event);
      default:
        if (room && NAMES.has(event.type)) this.#nameSoon();
        return false;
    }
  }

  /** The connection is lost. */
  closed() {
    for (const { reject } of this.#questions.splice(0)) reject(noConnection());
  }

  /** Asks for all rooms of the reader. */
  async ask() {
    if (this.#isAsking || !this.#session.isReady) return;
    this.#isAsking = true;
    const before = [...this.#known.keys()];
    /** @type {Set<string>} */
    const all = new Set();
    try {
      /** @type {string | undefined} */
      let after;
      do {
        const page = await this.#ask('private_rooms', { after }, ({ type }) => type === 'private_rooms');
        for (const told of page.rooms) {
          all.add(told.room);
          this.#told(told, told.last ?? 0);
        }
        after = page.next;
      } while (after);
      for (const name of before) if (!all.has(name)) this.#bar(name);
      this.#save();
    } catch {
      // An older server, or no connection: what is known here is all that there is.
    }
    this.#isAsking = false;
  }

  /**
   * The direct room of the reader and these people; without a network one that is known.
   *
   * @param {User[]} people
   * @returns {Promise<string>} its name
   */
  async direct(people) {
    const { me } = this.#session;
    const key = keyOf(me ? [me, ...people] : people);
    const known = [...this.#known].find(([name, { people }]) => isDirect(name) && keyOf(people) === key);
    if (known) return known[0];
    const users = people.map(({ id }) => id);
    const { room } = await this.#ask('direct', { users }, (event) =>
      event.type === 'private_room' && event.direct && keyOf(event.people) === key);
    return room;
  }

  /** @param {User[]} people @returns {Promise<string>} the name of a new room of them and the reader */
  async make(people) {
    const { me } = this.#session;
    const key = keyOf(me ? [me, ...people] : people);
    const users = people.map(({ id }) => id);
    const { room } = await this.#ask('private', { users }, (event) =>
      event.type === 'private_room' && !event.direct && !this.#known.has(event.room) && keyOf(event.people) === key);
    return room;
  }

  /** Lets people into a room. @param {string} room @param {User[]} people */
  async add(room, people) {
    const users = people.map(({ id }) => id);
    /** @param {import('./protocol.js').Event} event */
    const isAnswer = (event) => event.type === 'private_room' && event.room === room &&
      users.every((user) => event.people.some(({ id }) => id === user));
    await this.#ask('private', { room, users }, isAnswer);
  }

  /** Takes somebody else out of a room. @param {string} room @param {User} person */
  async remove(room, { id: user }) {
    await this.#ask('part', { room, user }, (event) => event.type === 'parted' && event.room === room);
    await this.ask();
  }

  /**
   * Leaves a room: it goes from the list at once. Where the server does not do it, it comes back.
   *
   * @param {string} name
   */
  part(name) {
    const session = this.#session;
    if (!session.isReady) throw noConnection();
    // A connection that is in the room would be closed for it.
    this.#forget(name);
    session.send('part', { room: name });
    this.#save();
  }

  /** @param {string} name @returns {User[] | undefined} who is in a private room, as far as that is known */
  peopleOf(name) {
    const people = this.#known.get(name)?.people;
    const now = this.#session.rooms.get(name)?.people.known;
    return people?.map((person) => now?.get(person.id) ?? person);
  }

  /** @param {string} name @returns {User[]} its people without the reader */
  othersIn(name) {
    return (this.peopleOf(name) ?? []).filter(({ id }) => id !== this.#session.me?.id);
  }

  /** Whether the reader may take others out, as far as the page knows. @param {Room} room */
  isMaker({ name, maker }) {
    return !isModerators(name) && (maker ?? this.#known.get(name)?.people[0]?.id) === this.#session.me?.id;
  }

  /**
   * Whether it does not stand in the side bar: nothing was said in a direct room or the moderators' yet, or it is not
   * the reader's.
   *
   * @param {Room} room
   * @param {boolean} isCurrent
   */
  isHidden({ name, timeline, unread, outbox }, isCurrent) {
    if (!isPrivate(name)) return false;
    if (!this.#known.has(name)) return true;
    if (isCurrent || !(isDirect(name) || isModerators(name))) return false;
    const isEmpty = timeline.newestSeq === undefined && !unread.count && !outbox.items.length;
    return isEmpty && !this.#known.get(name)?.last && !this.#session.storage.fresh(`draft ${name}`);
  }

  /** @returns {User[]} all others whom the reader knows, by name */
  get acquaintances() {
    const { rooms, me } = this.#session;
    /** @type {Map<string, User>} */
    const all = new Map();
    for (const room of rooms.values()) {
      for (const person of peopleOf(room)) if (!all.has(person.id)) all.set(person.id, person);
    }
    all.delete(GUEST_ID);
    all.delete(me?.id ?? '');
    return [...all.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** What a room without a title is called. @param {string} name */
  #called(name) {
    if (isModerators(name)) return t('moderatorsRoom');
    const others = this.othersIn(name);
    if (!others.length) return t('privateRoom');
    if (others.length === 1) return others[0].name;
    const isAll = others.length <= NAMED_PEOPLE;
    const names = others.slice(0, isAll ? NAMED_PEOPLE : NAMED_PEOPLE - 1).map(({ name }) => `\u2068${name}\u2069`);
    return list(isAll ? names : [...names, t('others', { count: others.length - names.length })]);
  }

  /** @param {Pick<PrivateRoomIs, 'room' | 'people' | 'title' | 'last'>} told @param {number} at when it was used */
  #told({ room: name, people, title, last }, at) {
    const session = this.#session;
    this.#known.set(name, { people, last: last ?? this.#known.get(name)?.last });
    const isNew = !session.rooms.has(name);
    if (isNew && session.rooms.size >= ROOMS_MAX) return;
    if (isNew) {
      const { storage } = session;
      const used = storage.fresh('used') ?? storage.get('used') ?? {};
      storage.set('used', { ...used, [name]: used[name] ?? at });
      session.add(name);
    }
    const room = /** @type {Room} */ (session.rooms.get(name));
    if (title !== undefined && !room.isReady) room.title = title;
    this.#meet(name);
    this.#name();
    if (!isNew) return;
    session.list();
    session.joinRecent();
    this.#on.opened(room);
  }

  /** Its people are known in the room. @param {string} name */
  #meet(name) {
    const room = this.#session.rooms.get(name);
    for (const person of this.#known.get(name)?.people ?? []) room?.people.meet(person);
  }

  #nameSoon() {
    if (this.#isNaming) return;
    this.#isNaming = true;
    // The room hears of it after the session's parts.
    queueMicrotask(() => {
      this.#isNaming = false;
      this.#name();
    });
  }

  #name() {
    const session = this.#session;
    for (const room of session.rooms.values()) {
      if (!isPrivate(room.name) || !this.#known.has(room.name)) continue;
      const called = this.#called(room.name);
      if (called === room.called) continue;
      room.called = called;
      session.save(room);
      session.on.changed(room);
    }
  }

  /** Rooms that did not let the reader in before this was loaded are asked once more. */
  #knock() {
    for (const room of this.#session.rooms.values()) {
      if (isPrivate(room.name) && room.isJoined && !room.isReady) this.#session.join(room);
    }
  }

  /** The reader is not among the people of a room, whether or not there is one. @param {string} name */
  #bar(name) {
    const room = this.#session.rooms.get(name);
    const wasIn = this.#known.has(name);
    this.#forget(name);
    this.#save();
    if (room) this.#on.barred(room, wasIn);
  }

  /** @param {string} name */
  #forget(name) {
    this.#known.delete(name);
    this.#session.leave(name);
  }

  /**
   * The rooms are those of this user from now on: what another has begun to write in them is not theirs.
   *
   * @param {string} id
   */
  #belongTo(id) {
    const { storage, rooms } = this.#session;
    const before = storage.get('private')?.id;
    if (before && before !== id) for (const name of [...rooms.keys()]) if (isPrivate(name)) this.#bar(name);
    this.#save(id);
  }

  #save(id = this.#session.me?.id) {
    const rooms = [...this.#known].map(([name, { people, last }]) =>
      [name, { people: people.slice(0, SAVED_PEOPLE), last }]);
    this.#session.storage.set('private', { id, rooms: Object.fromEntries(rooms) });
  }

  /** @param {import('./protocol.js').Event} event @returns {boolean} whether it was asked for */
  #answered(event) {
    const at = this.#questions.findIndex(({ isAnswer }) => isAnswer(event));
    if (at < 0) return false;
    this.#questions.splice(at, 1)[0].resolve(event);
    return true;
  }

  /** @param {import('./protocol.js').Refused} event @returns {boolean} */
  #refused({ command, code, text, room }) {
    if (command === 'join' && code === 'members_only' && room) {
      this.#bar(room);
      return true;
    }
    const at = this.#questions.findIndex(({ type }) => type === command);
    if (at >= 0) this.#questions.splice(at, 1)[0].reject(new Refusal(code, text));
    // One that was left in vain is there again.
    else if (command === 'part') this.ask();
    return at >= 0 || command === 'part';
  }

  /**
   * @template {Asked} T
   * @param {T} type
   * @param {import('./protocol.js').Commands[T]} fields
   * @param {(event: any) => boolean} isAnswer
   * @returns {Promise<any>}
   */
  #ask(type, fields, isAnswer) {
    return new Promise((resolve, reject) => {
      const { isReady } = this.#session;
      if (!isReady || !this.#session.send(type, fields)) reject(noConnection());
      else this.#questions.push({ type, isAnswer, resolve, reject });
    });
  }
}

const noConnection = () => new Refusal('closed', t('noConnection'));
