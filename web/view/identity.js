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
  #note = el('span', { hidden: true }, `(${t('notKept')})`);

  /**
   * @param {{ session: Pick<import('../model/session.js').Session, 'me'>, storage:
   *   import('../model/web-storage.js').WebStorage }} needs
   */
  constructor({ session, storage }) {
    this.#session = session;
    this.#storage = storage;
    const opens = { class: 'me-change', type: 'button', title: t('changeName'), 'data-opens': 'name' };
    const change = el('button', opens, this.#name);
    this.#root.append(t('youAre'), ' ', change, ' ', this.#note);
  }

  get isEdited() {
    return this.#isEdited;
  }

  set isEdited(isEdited) {
    this.#isEdited = isEdited;
    this.refresh();
  }

  refresh() {
    const { me } = this.#session;
    this.#root.hidden = !me || this.#isEdited;
    // The token is what one is known again by.
    this.#note.hidden = this.#storage.fresh('token') !== undefined;
    this.#name.textContent = me?.name ?? '';
  }
}
