/** The composer's button for emoji: what is chosen is put in where one writes. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { icon } from './icon.js';
import { insert } from './insert.js';
import { PICTURES } from './pictures.js';

export class ComposerEmoji {
  #button = el('button', {
    class: 'composer-emoji', type: 'button', title: t('emoji'), ariaLabel: t('emoji'),
    ariaHasPopup: 'dialog', ariaExpanded: 'false',
  }, icon(PICTURES.smile));
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
    if (emoji) insert(emoji);
  }

  /** @param {boolean} isOpen */
  #show(isOpen) {
    this.#isOpen = isOpen;
    this.#button.ariaExpanded = String(isOpen);
  }
}
