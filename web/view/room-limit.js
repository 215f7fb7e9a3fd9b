/** Keeps the list of rooms within its limit, and tells the reader which room left it. */

import { ROOMS_MAX, roomToEvict } from '../model/room-limit.js';
import { linkTo } from '../model/links.js';
import '../words/more.js';
import { t } from '../words/words.js';

export class RoomLimit {
  #app;
  #current;
  /** The room that was shown before. */
  #before;

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    this.#app = app;
  }

  /** @param {import('../model/room.js').Room} room that is shown */
  refresh(room) {
    const { session, composer, storage, show } = this.#app;
    if (room !== this.#current) {
      this.#before = this.#current;
      this.#current = room;
      this.#use(room.name);
    }
    const used = this.#used;
    const leaves = roomToEvict(session.rooms, room, (name) => used[name] ?? 0, (name) => Boolean(storage.get(`draft ${name}`) ?? storage.fresh(`draft ${name}`)));
    if (!leaves) return;
    if (leaves === room) {
      const other = session.rooms.has(this.#before?.name) ? this.#before.name : session.rooms.keys().next().value;
      show(other);
      history.replaceState(null, '', linkTo(document.baseURI, other));
    }
    session.leave(leaves.name);
    composer.showHint(t(leaves === room ? 'tooManyRooms' : 'roomLeft', { room: leaves.name, max: ROOMS_MAX }));
  }

  /** When each room was last shown, in any tab. @returns {Record<string, number>} Unix milliseconds */
  get #used() {
    const { storage } = this.#app;
    return storage.fresh('used') ?? storage.get('used') ?? {};
  }

  #use(name) {
    const { storage, session } = this.#app;
    const known = Object.entries(this.#used).filter(([other]) => session.rooms.has(other));
    storage.set('used', { ...Object.fromEntries(known), [name]: Date.now() });
  }
}
