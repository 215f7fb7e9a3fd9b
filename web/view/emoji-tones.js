/** The choice of a skin tone: a button with a hand in it, which opens a row of six hands. */

import { TONES, withTone } from '../model/emoji-search.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

const HAND = '✋';

/** @param {number} tone */
const named = (tone) =>
  t('emojiTone', { tone: t(/** @type {import('../words/words.js').Key} */ (`emojiTone${tone}`)) });

export class ToneChoice {
  tone;
  button = el('button', { class: 'emoji-sign emoji-tone', type: 'button', ariaExpanded: 'false' });
  #hands = TONES.map((_, tone) => {
    const hand = { class: 'emoji-sign', type: 'button', title: named(tone), ariaLabel: named(tone) };
    return el('button', { ...hand, onclick: () => this.#take(tone) }, withTone(HAND, tone));
  });
  element = el('div', { class: 'emoji-tones', id: 'emoji-tones', role: 'group', hidden: true }, ...this.#hands);
  #changed;

  /** @param {number} tone its place in TONES @param {(tone: number) => void} changed */
  constructor(tone, changed) {
    this.tone = TONES[tone] === undefined ? 0 : tone;
    this.#changed = changed;
    this.button.setAttribute('aria-controls', this.element.id);
    this.button.addEventListener('click', () => this.#open(this.button.ariaExpanded === 'false'));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.#show();
  }

  #show() {
    const { tone } = this;
    this.button.textContent = withTone(HAND, tone);
    this.button.title = this.button.ariaLabel = this.element.ariaLabel = named(tone);
    this.#hands.forEach((hand, n) => (hand.ariaPressed = String(n === tone)));
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    this.element.hidden = !isOpen;
    this.button.ariaExpanded = String(isOpen);
    (isOpen ? this.#hands[this.tone] : this.button).focus();
  }

  /** @param {number} tone */
  #take(tone) {
    this.tone = tone;
    this.#show();
    this.#open(false);
    this.#changed(tone);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, target } = event;
    const at = this.#hands.findIndex((hand) => hand === target);
    const turn = getComputedStyle(this.element).direction === 'rtl' ? -1 : 1;
    if (key === 'ArrowRight') this.#hands.at((at + turn) % TONES.length)?.focus();
    else if (key === 'ArrowLeft') this.#hands.at((at - turn) % TONES.length)?.focus();
    // Only the row is closed; the picker stays.
    else if (key === 'Escape') this.#open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
