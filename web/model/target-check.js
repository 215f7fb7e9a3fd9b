/**
 * Finds out after a reset of a room whether the messages that are named by what waits are still the same: the numbers
 * may be those of another log, where they mean other messages. A part of the session.
 */

import { Refusal } from './requests.js';

/**
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./room.js').Target} Target
 *
 * @typedef {object} Listener
 * @property {(room: Room) => Target[]} targets that are named where one writes
 * @property {(room: Room, isLost: (target: Target) => boolean) => void} checked it is known which of all are gone
 */

/** @param {Target} target */
const keyOf = ({ seq, at }) => `${seq} ${at}`;

export class TargetCheck {
  #session;
  #requests;
  #on;

  /**
   * @param {Pick<import('./session.js').Session, 'host' | 'retryMs'>} session
   * @param {import('./requests.js').Requests} requests
   * @param {Listener} on
   */
  constructor(session, requests, on) {
    this.#session = session;
    this.#requests = requests;
    this.#on = on;
  }

  /** @param {Room} room that is as it is now */
  async ready(room) {
    if (!room.mustCheckTargets || !room.isReady) return;
    /** Whether each is the same, by its key. @type {Map<string, boolean>} */
    const known = new Map();
    try {
      // Others may be named meanwhile.
      for (let target; (target = this.#targets(room).find((one) => !known.has(keyOf(one)))); ) {
        const held = room.timeline.get(target.seq);
        known.set(keyOf(target), held ? held.at === target.at : await this.#isKept(room, target));
      }
    } catch {
      // Without a connection the room is not ready, and this is asked again when it is.
      this.#session.host.setTimeout(() => this.ready(room), this.#session.retryMs(undefined));
      return;
    }
    const isLost = (/** @type {Target} */ target) => known.get(keyOf(target)) === false;
    room.checked(isLost);
    this.#requests.checked(room, isLost);
    this.#on.checked(room, isLost);
  }

  /** @param {Room} room @returns {Target[]} all that is named by what waits, and where one writes */
  #targets(room) {
    const replies = room.outbox.items.flatMap(({ replyTo: seq, replyAt: at }) => (seq ? [{ seq, at }] : []));
    return [...replies, ...this.#requests.targets(room), ...this.#on.targets(room)];
  }

  /** @param {Room} room @param {Target} target @returns {Promise<boolean>} whether the server has it by its number */
  async #isKept(room, { seq, at }) {
    try {
      // The thread of a message begins with it.
      const { entries } = await this.#requests.thread(room.name, seq, seq + 1);
      return entries.some((entry) => entry.seq === seq && entry.at === at);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'no_history') return false;
      throw error;
    }
  }
}
