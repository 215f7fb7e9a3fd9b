/** Keeps the list of rooms within its limit, and tells the reader which room left it. */

import { ROOMS_MAX, roomToEvict } from '../model/room-limit.js';
import { isFavourite } from '../model/room-list.js';
import { linkTo } from '../model/chat-links.js';
import '../words/more.js';
import { t } from '../words/words.js';

/**
 * @typedef {import('../model/room.js').Room} Room
 *
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'rooms' | 'leave'>} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {(room: string) => void} show
 * @property {(text: string) => void} showHint
 */

export class RoomLimit {
  #needs;
  /** @type {Room | undefined} */
  #current;
  /** The room that was shown before. @type {Room | undefined} */
  #before;

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
  }

  /** @param {Room} room that is shown */
  refresh(room) {
    const { session, storage, show, showHint } = this.#needs;
    if (room !== this.#current) {
      this.#before = this.#current;
      this.#current = room;
      this.#use(room.name);
    }
    const used = this.#used;
    /** @param {string} name */
    const hasDraft = (name) => Boolean(storage.get(`draft ${name}`) ?? storage.fresh(`draft ${name}`));
    /** A favourite leaves after all others. @param {string} name */
    const usedAt = (name) => (isFavourite(storage, name) ? Infinity : used[name] ?? 0);
    const leaves = roomToEvict(session.rooms, room, usedAt, hasDraft);
    if (!leaves) return;
    if (leaves === room) {
      const before = this.#before?.name ?? '';
      const [first] = session.rooms.keys();
      const other = session.rooms.has(before) ? before : first;
      show(other);
      history.replaceState(null, '', linkTo(document.baseURI, other));
    }
    session.leave(leaves.name);
    showHint(t(leaves === room ? 'tooManyRooms' : 'roomLeft', { room: leaves.label, max: ROOMS_MAX }));
  }

  /** When each room was last shown, in any tab. @returns {Record<string, number>} Unix milliseconds */
  get #used() {
    const { storage } = this.#needs;
    return storage.fresh('used') ?? storage.get('used') ?? {};
  }

  /** @param {string} name */
  #use(name) {
    const { storage, session } = this.#needs;
    const known = Object.entries(this.#used).filter(([other]) => session.rooms.has(other));
    storage.set('used', { ...Object.fromEntries(known), [name]: Date.now() });
  }
}
