/** Who one is, above the composer, and the way to another name. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el } from './element.js';

export class Me {
  #app;
  #root = document.querySelector('#me');
  #name = el('bdi', { class: 'me-name' });

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    this.#app = app;
    const change = el('button', { class: 'me-change', type: 'button', title: say('changeName') }, this.#name);
    change.dataset.opens = 'name';
    this.#root.append(say('youAre'), ' ', change);
  }

  refresh() {
    const { me } = this.#app.session;
    this.#root.hidden = !me || this.#app.isNaming;
    this.#name.textContent = me?.name ?? '';
  }
}
