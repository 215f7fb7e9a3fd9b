/** Shown in a room without messages: how to invite others, or who can read what is written there. */

import { isPrivate } from '../model/room-kind.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, setText } from './element.js';

export class EmptyRoom {
  #log;
  #hint = el('p');
  #invite = el('button', { class: 'quiet', type: 'button', 'data-opens': 'invite' }, t('invite'));
  #element = el('div', { class: 'log-empty', hidden: true },
    el('img', { src: new URL('../icon.svg', import.meta.url).href, alt: '', width: 72, height: 72 }),
    el('p', { class: 'log-empty-title' }, t('nobodyYet')),
    this.#hint, this.#invite);

  /** @param {{ log: import('./log.js').Log }} needs */
  constructor({ log }) {
    this.#log = log;
    log.box.prepend(this.#element);
  }

  /** @param {object[]} rows */
  drawn(rows) {
    const { isReady, name, timeline } = this.#log.room;
    this.#invite.hidden = isPrivate(name);
    setText(this.#hint, t(isPrivate(name) ? 'privateEmpty' : 'nobodyYetHint'));
    this.#element.hidden = rows.length > 0 || timeline.hasOlder || !isReady;
  }
}
