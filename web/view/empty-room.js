/** A room in which nothing was said yet: how others come in. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el } from './element.js';

export class Empty {
  #log;
  #element = el('div', { class: 'log-empty', hidden: true },
    el('img', { src: new URL('../icon.svg', import.meta.url).href, alt: '', width: 72, height: 72 }),
    el('p', { class: 'log-empty-title' }, say('nobodyYet')),
    el('p', {}, say('nobodyYetHint')),
    el('button', { class: 'quiet', id: 'invite', type: 'button' }, say('invite')));

  /** @param {typeof import('../chat.js').app} app */
  constructor({ log }) {
    this.#log = log;
    this.#element.lastChild.dataset.opens = 'panel';
    log.box.prepend(this.#element);
  }

  /** @param {object[]} rows */
  drawn(rows) {
    const { isReady, timeline } = this.#log.room;
    this.#element.hidden = rows.length > 0 || timeline.hasOlder || !isReady;
  }
}
