/** The parts of the session that are loaded once one can talk: which there are, and what each of them is told. */

import { HistoryLoader } from './history-loader.js';
import { KeptRooms } from './kept-rooms.js';
import { Mentions } from './mentions.js';
import { PrivateRooms } from './private-rooms.js';
import { Requests } from './requests.js';
import { revisionOf } from './revisions.js';
import { TargetCheck } from './target-check.js';
import { Typing } from './typing.js';

/** @typedef {import('./room.js').Room} Room */

export class SessionParts {
  #on;
  #session;
  /** The thread that is open beside the room. @type {import('./thread.js').Thread | undefined} */
  thread;

  /**
   * @param {import('./session.js').Session} session
   * @param {{ revised: (room: Room, change: import('./revisions.js').Revision) => void,
   *   linked: (linked: import('./protocol.js').Linked) => void, deleted: (room: Room) => void } &
   *   import('./target-check.js').Listener & import('./private-rooms.js').Listener} on
   *   `revised`: a message was edited or deleted; `linked`: another device is the reader's; `deleted`: a room was, and
   *   is off the list
   */
  constructor(session, on) {
    this.#on = on;
    this.#session = session;
    this.requests = new Requests(session);
    this.loader = new HistoryLoader(session);
    this.typing = new Typing(session);
    this.mentions = new Mentions(session);
    this.kept = new KeptRooms(session, (where) => this.requests.rooms(where));
    this.privateRooms = new PrivateRooms(session, on);
    this.targetCheck = new TargetCheck(session, this.requests, on);
    // Rooms may have been ready before.
    queueMicrotask(() => {
      for (const room of session.rooms.values()) this.targetCheck.ready(room);
    });
  }

  /**
   * @param {import('./protocol.js').Event} event
   * @param {Room} [room]
   * @returns {boolean} whether it is nobody else's
   */
  handle(event, room) {
    if (this.privateRooms.handle(event, room)) return true;
    if (this.kept.handle(event) || this.requests.handle(event)) return true;
    this.loader.handle(event, room);
    if (event.type === 'linked') {
      this.#on.linked(event);
      return true;
    }
    if (!room) return false;
    const isRefused = event.type === 'error' && event.code === 'room_deleted';
    if (isRefused || (event.type === 'room_rules' && event.deleted)) {
      this.#session.leave(room.name);
      this.#on.deleted(room);
      return true;
    }
    this.typing.handle(event, room);
    this.thread?.handle(event, room);
    // What is replayed may be older than what another room has heard.
    if (room.isReady && event.type === 'renamed') this.#meet({ ...event.by, name: event.name }, room);
    if (event.type === 'face') this.#meet(event.user, room);
    const change = revisionOf(event, room);
    if (change) {
      this.mentions.revised(room, change);
      this.#on.revised(room, change);
    }
    return false;
  }

  /**
   * Somebody as they are now: the other rooms of the reader may not be theirs, and hear nothing of it.
   *
   * @param {import('./protocol.js').User} user
   * @param {Room} room that has heard of it
   */
  #meet(user, room) {
    for (const other of this.#session.rooms.values()) {
      if (other === room) continue;
      if (other.people.known.has(user.id)) other.people.meet(user);
      other.timeline.meet(user);
      this.#session.save(other);
    }
  }

  /** A room is as it is now. @param {Room} room */
  ready(room) {
    this.requests.ready(room);
    this.targetCheck.ready(room);
    this.loader.ready(room);
    this.mentions.ready(room);
    this.thread?.ready(room);
  }

  /** The connection is lost. */
  closed() {
    this.requests.closed();
    this.loader.closed();
    this.typing.closed();
    this.kept.closed();
    this.privateRooms.closed();
  }

  /** A room is about to be joined. @param {Room} room */
  joins(room) {
    this.kept.makePlace(room);
  }

  /** The list of rooms has changed. */
  listed() {
    this.kept.changed();
  }

  /** A room is no longer on the list. @param {Room} room */
  left(room) {
    this.requests.left(room);
    this.loader.left(room);
    this.typing.left(room);
  }
}
