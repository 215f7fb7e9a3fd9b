/** The composer's button for emoji: what is chosen is put in where one writes. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { icon } from './icon.js';

const SMILE = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.500c2 2.500 5 2.500 7 0M9 9.500v.5M15 9.500v.5';

export class ComposerEmoji {
  /** @type {HTMLTextAreaElement} */
  #text = find('#text');
  #button = el('button', {
    class: 'top-button composer-emoji', type: 'button', title: t('emoji'), ariaLabel: t('emoji'),
    ariaHasPopup: 'dialog', ariaExpanded: 'false',
  }, icon(SMILE));
  #showHint;
  #isOpen = false;
  /** Whether it was open when the pointer came down, which closes it. */
  #wasOpen = false;

  /** @param {{ showHint: (text: string) => void }} needs */
  constructor({ showHint }) {
    this.#showHint = showHint;
    this.#button.addEventListener('pointerdown', () => (this.#wasOpen = this.#isOpen));
    this.#button.addEventListener('click', () => {
      if (!this.#wasOpen) this.#pick();
      this.#wasOpen = false;
    });
    find('.composer-send').before(this.#button);
  }

  async #pick() {
    this.#show(true);
    const picker = import('./emoji.js').then(({ pickEmoji }) => pickEmoji(this.#button));
    const emoji = await picker.catch(() => this.#showHint(t('notLoaded')));
    this.#show(false);
    if (emoji) this.#insert(emoji);
  }

  /** @param {boolean} isOpen */
  #show(isOpen) {
    this.#isOpen = isOpen;
    this.#button.ariaExpanded = String(isOpen);
  }

  /** @param {string} emoji */
  #insert(emoji) {
    const text = this.#text;
    text.focus();
    // The only way that can be undone by the keyboard.
    if (document.execCommand('insertText', false, emoji)) return;
    text.setRangeText(emoji, text.selectionStart, text.selectionEnd, 'end');
    text.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}
