/** A private room that the reader is not let into: a sentence in the place of the log, and a way out. */

import { mountOf } from '../model/address.js';
import { linkTo } from '../model/chat-links.js';
import { WebStorage } from '../model/web-storage.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/**
 * @typedef {import('../model/room.js').Room} Room
 *
 * @typedef {object} Needs
 * @property {import('../model/session.js').Session} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {import('./log.js').Log} log
 * @property {import('./composer.js').Composer} composer
 * @property {import('./status.js').Status} status
 * @property {(room: string) => void} show
 * @property {() => void} refresh draws what is around the log again
 */

export class Outside {
  #needs;
  /** What is shown in place of the room. @type {Room | undefined} */
  #blank;
  #out = el('a', { class: 'quiet outside-out', href: linkTo(document.baseURI, 'lobby') }, t('privateLobby'));
  #element = el('div', { class: 'log-empty', hidden: true }, el('span', { class: 'outside-lock' }, icon(PICTURES.lock)),
    el('p', { class: 'log-empty-title', role: 'status' }), el('p', {}, t('privateOutside')), this.#out);

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
    needs.log.box.prepend(this.#element);
  }

  /** The reader is among the people of a room. @param {Room} room */
  opened(room) {
    const { show, refresh } = this.#needs;
    if (this.#isShown && room.name === this.#blank?.name) show(room.name);
    refresh();
  }

  /** They are not, or no more. @param {Room} room that is off the list @param {boolean} wasIn */
  barred(room, wasIn) {
    const { session, storage, log, composer, status, refresh } = this.#needs;
    const { name, label } = room;
    // Whoever signs in here next may be in the room.
    forgetDraft(storage, name);
    if (room === log.room) {
      const isWriting = document.activeElement === find('#text');
      // An empty one, which hears nothing.
      this.#blank = session.add(name);
      session.rooms.delete(name);
      this.#blank.called = t('privateRoom');
      log.show(this.#blank, false);
      composer.mode?.clear();
      composer.show(this.#blank);
      status.show({ name: 'connected' });
      this.refresh(this.#blank);
      if (isWriting) this.#out.focus();
    }
    if (wasIn) composer.showHint(t('partedFrom', { room: label }));
    refresh();
  }

  /** @param {Room} room that is shown */
  refresh(room) {
    const { session, status } = this.#needs;
    const isShown = room === this.#blank;
    this.#element.hidden = !isShown;
    find('.log-empty-title', this.#element).textContent = isShown ? t('privateTitle') : '';
    document.documentElement.classList.toggle('is-outside', isShown);
    // No room is joined by which one could tell.
    if (isShown && session.isReady && status.state.name === 'connecting') status.show({ name: 'connected' });
  }

  get #isShown() {
    return this.#needs.log.room === this.#blank;
  }
}

/**
 * What was begun to be written in a room, in this tab and for others.
 *
 * @param {WebStorage} storage
 * @param {string} room
 */
export function forgetDraft(storage, room) {
  const tab = new WebStorage(() => sessionStorage, `chinwag ${mountOf(document.baseURI).pathname} `);
  for (const store of [tab, storage]) store.set(`draft ${room}`, undefined);
}
