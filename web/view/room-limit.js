/** Keeps the list of rooms from growing without end, and tells the reader which room left it. */

import { ROOMS_MAX, roomToLeave } from '../model/crowd.js';
import { linkTo } from '../model/link.js';
import '../words/more.js';
import { say } from '../words/words.js';

export class Crowd {
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
    const { session, composer, keep, show } = this.#app;
    if (room !== this.#current) {
      this.#before = this.#current;
      this.#current = room;
      this.#use(room.name);
    }
    const used = this.#used;
    const leaves = roomToLeave(session.rooms, room, (name) => used[name] ?? 0, (name) => Boolean(keep.get(`draft ${name}`) ?? keep.fresh(`draft ${name}`)));
    if (!leaves) return;
    if (leaves === room) {
      const other = session.rooms.has(this.#before?.name) ? this.#before.name : session.rooms.keys().next().value;
      show(other);
      history.replaceState(null, '', linkTo(document.baseURI, other));
    }
    session.leave(leaves.name);
    composer.say(say(leaves === room ? 'tooManyRooms' : 'roomLeft', { room: leaves.name, max: ROOMS_MAX }));
  }

  /** When each room was last shown, in any tab. @returns {Record<string, number>} Unix milliseconds */
  get #used() {
    const { keep } = this.#app;
    return keep.fresh('used') ?? keep.get('used') ?? {};
  }

  #use(name) {
    const { keep, session } = this.#app;
    const known = Object.entries(this.#used).filter(([other]) => session.rooms.has(other));
    keep.set('used', { ...Object.fromEntries(known), [name]: Date.now() });
  }
}
