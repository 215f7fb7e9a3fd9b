/** Who one is, above the composer, and the way to another name. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el } from './element.js';

export class Me {
  #app;
  #root = document.querySelector('#me');
  #name = el('bdi', { class: 'me-name' });
  #note = el('span', { hidden: true }, `(${say('notKept')})`);

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    this.#app = app;
    const change = el('button', { class: 'me-change', type: 'button', title: say('changeName') }, this.#name);
    change.dataset.opens = 'name';
    this.#root.append(say('youAre'), ' ', change, ' ', this.#note);
  }

  refresh() {
    const { me } = this.#app.session;
    this.#root.hidden = !me || this.#app.isNaming;
    // The token is what one is known again by.
    this.#note.hidden = this.#app.keep.fresh('token') !== undefined;
    this.#name.textContent = me?.name ?? '';
  }
}
