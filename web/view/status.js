/** The connection in words. */

import { say } from '../words/words.js';

/** @typedef {import('../model/connection.js').State | { name: 'refused', why: string, code: string }} State */

export class Status {
  #root = document.querySelector('#connection');
  /** @type {State} */
  state = { name: 'connecting' };
  /** Says more of it, once that is loaded. @type {import('./lost.js').Lost | undefined} */
  more;

  /** @param {State} state */
  show(state) {
    this.state = state;
    const { dataset } = this.#root;
    if (state.name !== 'connecting' || dataset.state !== 'starting') dataset.state = state.name;
    this.#root.firstElementChild.textContent = this.more?.show(state) ?? say(state.name.startsWith('connect') ? state.name : 'closed');
  }
}
