/** The reader's name above the composer, which opens the form for another. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

export class Identity {
  #app;
  #root = document.querySelector('#me');
  #name = el('bdi', { class: 'me-name' });
  #note = el('span', { hidden: true }, `(${t('notKept')})`);

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    this.#app = app;
    const change = el('button', { class: 'me-change', type: 'button', title: t('changeName') }, this.#name);
    change.dataset.opens = 'name';
    this.#root.append(t('youAre'), ' ', change, ' ', this.#note);
  }

  refresh() {
    const { me } = this.#app.session;
    this.#root.hidden = !me || this.#app.isNaming;
    // The token is what one is known again by.
    this.#note.hidden = this.#app.storage.fresh('token') !== undefined;
    this.#name.textContent = me?.name ?? '';
  }
}
