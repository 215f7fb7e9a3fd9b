/** The connection in words. */

import { t } from '../words/words.js';
import { find } from './element.js';

/** @typedef {import('../model/connection.js').State | { name: 'refused', why: string, code: string }} State */

export class Status {
  #root = find('#connection');
  #words = find('.connection-words');
  /** @type {State} */
  state = { name: 'connecting' };
  /** Says more of it, once that is loaded. @type {import('./connection-notice.js').ConnectionNotice | undefined} */
  details;

  /** @param {State} state */
  show(state) {
    const { name } = state;
    const { dataset } = this.#root;
    this.state = state;
    if (name !== 'connecting' || dataset.state !== 'starting') dataset.state = name;
    // The rest of the page, which can say more, may not be loaded.
    const brief = name === 'connecting' || name === 'connected' ? name : 'closed';
    this.#words.textContent = this.details?.show(state) ?? t(brief);
  }
}
