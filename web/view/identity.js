/** The reader, at the end of the list of rooms: a face and a name, which opens the form for another. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, setText, showFace } from './element.js';

export class Identity {
  #session;
  #storage;
  #face = el('span', { class: 'avatar', 'aria-hidden': 'true' });
  #name = el('bdi', { class: 'me-name' });
  #change = el('button', { class: 'me-change', type: 'button', 'data-opens': 'name' },
    this.#face, el('span', { class: 'out-of-sight' }, t('youAre'), ' '), this.#name);
  #note = el('p', { class: 'me-note', hidden: true }, t('notKept'));
  element = el('div', { class: 'me', id: 'me', hidden: true }, this.#change, this.#note);

  /**
   * @param {{ session: Pick<import('../model/session.js').Session, 'me' | 'isNameFixed'>, storage:
   *   import('../model/web-storage.js').WebStorage }} needs
   */
  constructor({ session, storage }) {
    this.#session = session;
    this.#storage = storage;
  }

  refresh() {
    const { me, isNameFixed } = this.#session;
    this.element.hidden = !me;
    // A name that the application gives is read here, and changed there.
    this.#change.disabled = isNameFixed;
    this.#change.title = isNameFixed ? '' : t('changeName');
    // The token is what one is known again by; an account is known by its application.
    this.#note.hidden = isNameFixed || this.#storage.fresh('token') !== undefined;
    if (!me) return;
    setText(this.#name, me.name);
    showFace(this.#face, me);
  }
}
