/** The form: what is written, and the words about it. */

import { weigh } from '../model/draft.js';
import { words } from '../words/strings.js';

/** The key code of a key that is part of writing a character, as browsers say it that do not say `isComposing`. */
const COMPOSING_KEY = 229;

export class Composer {
  #form = document.querySelector('#composer');
  #text = this.#form.elements.text;
  #hint = this.#form.querySelector('#hint');
  #send;
  #charsMax;

  /**
   * @param {() => number} charsMax how long a text may be
   * @param {(text: string) => boolean} send says whether it was taken
   */
  constructor(charsMax, send) {
    this.#charsMax = charsMax;
    this.#send = send;
    this.#text.addEventListener('input', () => this.#check());
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** What was said about the draft may no longer be so: the connection is back. */
  refresh() {
    this.#check();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === COMPOSING_KEY) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const draft = this.#check();
    this.#text.focus();
    if (draft.verdict !== 'ready') return;
    if (this.#send(draft.text)) {
      this.#text.value = '';
      this.#check();
    } else {
      this.#say(words.notConnected());
    }
  }

  #check() {
    const charsMax = this.#charsMax();
    const draft = weigh(this.#text.value, charsMax);
    const tooLong = draft.verdict === 'too long';
    this.#text.setAttribute('aria-invalid', String(tooLong));
    this.#say(tooLong ? words.tooLong(draft.chars, charsMax) : '');
    // What lies under it in the same cell makes the field as high as its text (page.css).
    this.#text.parentElement.dataset.text = this.#text.value;
    return draft;
  }

  /** @param {string} hint */
  #say(hint) {
    if (this.#hint.textContent !== hint) this.#hint.textContent = hint;
  }
}
