/** The reader's face, in the settings: one of the hues, and an emoji in the place of the first letter. */

import { HUES, hueOf } from '../model/color.js';
import { Refusal } from '../model/requests.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, faceOf, showFace } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/** @typedef {import('../model/protocol.js').User} User */

export class FaceChoice {
  #session;
  #requests;
  #says;
  #radios = Array.from({ length: HUES }, (_, hue) => el('input', {
    type: 'radio', name: 'hue', value: String(hue), ariaLabel: t(/** @type {'hue_0'} */ (`hue_${hue}`)),
    onchange: () => this.#choose({ hue }),
  }));
  #pick = el('button', {
    class: 'quiet face-emoji', type: 'button', ariaHasPopup: 'dialog', onclick: () => this.#pickEmoji(),
  }, icon(PICTURES.smile), t('faceEmoji'));
  #letter = el('button', {
    class: 'quiet', type: 'button', onclick: () => this.#choose({ emoji: undefined }),
  }, t('faceLetter'));
  /** How others see the reader. */
  preview = faceOf({ id: '', name: '' });
  element = el('div', { class: 'face-line' },
    el('fieldset', { class: 'face-hues' }, el('legend', { class: 'out-of-sight' }, t('yourColor')),
      ...this.#radios.map((radio, hue) => {
        const swatch = el('label', { title: radio.ariaLabel ?? '' }, radio, el('span'));
        swatch.style.setProperty('--hue', String(hueOf({ id: '', hue })));
        return swatch;
      })),
    this.#pick, this.#letter);

  /**
   * @param {object} needs
   * @param {Pick<import('../model/session.js').Session, 'me'>} needs.session
   * @param {Pick<import('../model/requests.js').Requests, 'setFace'>} needs.requests
   * @param {(text: string) => void} needs.says what has come of a choice
   */
  constructor({ session, requests, says }) {
    this.#session = session;
    this.#requests = requests;
    this.#says = says;
    this.preview.classList.add('face-preview');
    this.show();
  }

  get #me() {
    return this.#session.me ?? { id: '', name: '' };
  }

  /** The reader as they are now. */
  show() {
    const { hue, emoji } = this.#me;
    showFace(this.preview, this.#me);
    for (const radio of this.#radios) radio.checked = radio.value === String(hue);
    this.#letter.hidden = !emoji;
  }

  async #pickEmoji() {
    const picker = import('./emoji.js').then(({ pickEmoji }) => pickEmoji(this.#pick));
    const emoji = await picker.catch(() => this.#says(t('notLoaded')));
    if (emoji) await this.#choose({ emoji });
  }

  /** @param {Partial<User>} change of what is seen now */
  async #choose(change) {
    const { hue, emoji } = { ...this.#me, ...change };
    const hadFocus = document.activeElement === this.#letter;
    try {
      await this.#requests.setFace({ hue, emoji });
      this.#says(t('nameSaved'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#says(t('notChanged', { why: error.message }));
    }
    this.show();
    if (hadFocus && this.#letter.hidden) this.#pick.focus();
  }
}
