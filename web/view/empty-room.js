/** Shown in a room without messages: how to invite others. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

export class EmptyRoom {
  #log;
  #element = el('div', { class: 'log-empty', hidden: true },
    el('img', { src: new URL('../icon.svg', import.meta.url).href, alt: '', width: 72, height: 72 }),
    el('p', { class: 'log-empty-title' }, t('nobodyYet')),
    el('p', {}, t('nobodyYetHint')),
    el('button', { class: 'quiet', type: 'button', 'data-opens': 'invite' }, t('invite')));

  /** @param {{ log: import('./log.js').Log }} needs */
  constructor({ log }) {
    this.#log = log;
    log.box.prepend(this.#element);
  }

  /** @param {object[]} rows */
  drawn(rows) {
    const { isReady, timeline } = this.#log.room;
    this.#element.hidden = rows.length > 0 || timeline.hasOlder || !isReady;
  }
}
