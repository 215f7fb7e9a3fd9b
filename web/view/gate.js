/** In the composer's place where one may not write: why, and what can be done. What was written stays in the field. */

import { isModerator, NEVER } from '../model/rights.js';
import { until } from '../words/until.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find, setText } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/** The longest that a timer waits. Milliseconds. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export class Gate {
  #form;
  #session;
  #room;
  #words = el('p', { class: 'gate-words', role: 'status', tabIndex: -1 });
  #again = el('button', { class: 'quiet', type: 'button', hidden: true }, t('again'));
  #unarchive;
  #timer = 0;

  /**
   * @param {object} needs
   * @param {HTMLElement} needs.form of the composer
   * @param {import('../model/session.js').Session} needs.session
   * @param {() => import('../model/room.js').Room} needs.room in which they would write
   * @param {() => void} [needs.again] connects anew
   * @param {() => void} [needs.unarchive] takes the room out of the archive, for a moderator
   */
  constructor({ form, session, room, again = () => {}, unarchive }) {
    this.#form = form;
    this.#session = session;
    this.#room = room;
    this.#again.addEventListener('click', again);
    this.#unarchive = unarchive &&
      el('button', { class: 'quiet', type: 'button', hidden: true, onclick: unarchive }, t('unarchiveRoom'));
    form.append(el('div', { class: 'gate' }, icon(PICTURES.gate), this.#words, this.#again, this.#unarchive ?? ''));
  }

  /** What the reader may do may be something else. */
  refresh() {
    const says = this.#says();
    const { classList } = this.#form;
    const hadFocus = this.#form.contains(document.activeElement);
    const wasOpen = !classList.contains('composer-gated');
    classList.toggle('composer-gated', says !== '');
    setText(this.#words, says);
    const { barred, mutedUntil, host } = this.#session;
    this.#again.hidden = !barred;
    if (this.#unarchive) {
      this.#unarchive.hidden = !!barred || this.#room().barrier !== 'archived' || !isModerator(this.#session);
    }
    // The end is noticed here: nobody tells of it.
    host.clearTimeout(this.#timer);
    const rest = mutedUntil - host.now();
    if (rest > 0) this.#timer = host.setTimeout(() => this.refresh(), Math.min(rest + 1, TIMER_MS_MAX));
    if (!hadFocus || wasOpen === (says === '')) return;
    (says ? this.#words : find('textarea', this.#form)).focus({ preventScroll: true });
  }

  /** @returns {string} nothing where one may write */
  #says() {
    const { barred, mayWrite, mutedUntil, host } = this.#session;
    if (barred) return t(/** @type {import('../words/words.js').Key} */ (`barred_${barred}`));
    if (mayWrite) {
      const { barrier } = this.#room();
      return barrier ? t(`barrier_${barrier}`) : '';
    }
    if (mutedUntil <= host.now()) return t('guestsRead');
    return mutedUntil === NEVER ? t('mutedForGood') : t('mutedUntil', { date: until(mutedUntil) });
  }
}
