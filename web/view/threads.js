/** The threads of the room: the lines under messages that lead to them, and the one that is open. */

import '../words/more.js';
import { t } from '../words/words.js';
import { ThreadLines } from './thread-lines.js';

export class Threads {
  #needs;
  #lines;
  /** @type {import('./thread.js').ThreadView | undefined} */
  #view;

  /**
   * @param {object} needs
   * @param {import('./log.js').Log} needs.log
   * @param {import('../model/session.js').Session} needs.session
   * @param {import('../model/session-parts.js').SessionParts} needs.parts
   * @param {import('./composer.js').Composer} needs.composer
   * @param {(text: string) => void} needs.showHint
   * @param {(person: import('../model/protocol.js').User) => unknown} needs.seeTo
   */
  constructor(needs) {
    this.#needs = needs;
    const open = (/** @type {number} */ seq) => this.#open(seq).catch(() => needs.showHint(t('notLoaded')));
    this.#lines = new ThreadLines({ log: needs.log, open });
  }

  get isOpen() {
    return this.#view !== undefined;
  }

  /** Shows a thread of the room, in the place of another. @param {number} seq of the message that it began with */
  async #open(seq) {
    const { log, session, parts, composer, showHint, seeTo } = this.#needs;
    const { openThread } = await import('./thread.js');
    if (this.#view?.seq === seq) return;
    this.close();
    this.#view = await openThread({
      room: log.room, seq, session, parts, composer, showHint, seeTo,
      returnTo: () => this.#lines.of(seq) ?? log.box,
      onclose: () => (this.#view = undefined),
    });
  }

  close() {
    this.#view?.close();
  }

  /** The log is drawn. */
  drawn() {
    this.#lines.drawn();
  }

  /** @param {import('../model/room.js').Room} room @param {import('../model/revisions.js').Revision} change */
  revised(room, change) {
    this.#view?.revised(room, change);
  }

  /**
   * @param {import('../model/room.js').Room} room
   * @returns {import('../model/room.js').Target[]} the messages that are named here
   */
  targets(room) {
    return this.#view?.targets(room) ?? [];
  }

  /**
   * After a reset, some of them are gone.
   *
   * @param {import('../model/room.js').Room} room
   * @param {(target: import('../model/room.js').Target) => boolean} isLost
   */
  checked(room, isLost) {
    this.#view?.checked(room, isLost);
  }

  /** The room has changed. */
  refresh() {
    this.#view?.refresh();
  }
}
