/** The reader's name above the composer, which opens the form for another. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';

export class Identity {
  #session;
  #storage;
  /** The form for another name is shown in place of it. */
  #isEdited = false;
  #root = find('#me');
  #name = el('bdi', { class: 'me-name' });
  #change = el('button', { class: 'me-change', type: 'button', title: t('changeName') }, this.#name);
  #note = el('span', { hidden: true }, `(${t('notKept')})`);

  /**
   * @param {{ session: Pick<import('../model/session.js').Session, 'me' | 'isNameFixed'>, storage:
   *   import('../model/web-storage.js').WebStorage }} needs
   */
  constructor({ session, storage }) {
    this.#session = session;
    this.#storage = storage;
    this.#change.dataset.opens = 'name';
    this.#root.append(t('youAre'), ' ', this.#change, ' ', this.#note);
  }

  get isEdited() {
    return this.#isEdited;
  }

  set isEdited(isEdited) {
    this.#isEdited = isEdited;
    this.refresh();
  }

  refresh() {
    const { me, isNameFixed } = this.#session;
    this.#root.hidden = !me || this.#isEdited;
    // A name that the application gives is read here, and changed there.
    this.#change.disabled = isNameFixed;
    this.#change.title = isNameFixed ? '' : t('changeName');
    // The token is what one is known again by; an account is known by its application.
    this.#note.hidden = isNameFixed || this.#storage.fresh('token') !== undefined;
    this.#name.textContent = me?.name ?? '';
  }
}
