/** The connection in words. */

import { t } from '../words/words.js';

/** @typedef {import('../model/connection.js').State | { name: 'refused', why: string, code: string }} State */

export class Status {
  #root = document.querySelector('#connection');
  /** @type {State} */
  state = { name: 'connecting' };
  /** Says more of it, once that is loaded. @type {import('./connection-notice.js').ConnectionNotice | undefined} */
  details;

  /** @param {State} state */
  show(state) {
    this.state = state;
    const { dataset } = this.#root;
    if (state.name !== 'connecting' || dataset.state !== 'starting') dataset.state = state.name;
    this.#root.firstElementChild.textContent = this.details?.show(state) ?? t(state.name.startsWith('connect') ? state.name : 'closed');
  }
}
