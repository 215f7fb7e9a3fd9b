/** A field for the reader's name, which says why a name was not taken. */

import { Refusal } from '../model/requests.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

export class NameField {
  /** @type {HTMLInputElement} */
  element;
  #requests;
  #hint;
  /** The hint's words while there is nothing to complain about. */
  #usual;

  /**
   * @param {Pick<import('../model/requests.js').Requests, 'rename'>} requests
   * @param {HTMLElement} hint
   * @param {Record<string, any>} props of the field
   */
  constructor(requests, hint, props) {
    this.#requests = requests;
    this.#hint = hint;
    this.#usual = hint.textContent ?? '';
    this.element = el('input', {
      class: 'name-field', type: 'text', dir: 'auto', autocomplete: 'nickname', autocapitalize: 'words',
      spellcheck: false, enterKeyHint: 'done', 'aria-describedby': hint.id, oninput: () => this.#complain(''), ...props,
    });
  }

  /** @returns {string} the name that is written */
  get name() {
    return this.element.value.trim();
  }

  /** Asks for the name that is written. @returns {Promise<boolean>} whether the reader is called so now */
  async save() {
    try {
      await this.#requests.rename(this.name);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#complain(t('notChanged', { why: error.message }));
      this.element.focus();
      return false;
    }
  }

  /** @param {string} why nothing: no complaint */
  #complain(why) {
    this.element.setAttribute('aria-invalid', String(why !== ''));
    this.#hint.textContent = why || this.#usual;
  }
}
