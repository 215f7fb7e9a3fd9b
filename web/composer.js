/** The form: what is written, and the words about it. */

import { MESSAGE_BYTES_MAX, weigh } from './draft.js';
import { words } from './strings.js';

export class Composer {
  #form = document.querySelector('#composer');
  #text = this.#form.elements.text;
  #hint = this.#form.querySelector('#hint');
  #send;

  /** @param {(text: string) => boolean} send says whether it was sent */
  constructor(send) {
    this.#send = send;
    this.#text.addEventListener('input', () => this.#check());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** What was said about the draft may no longer be so: the connection is back. */
  refresh() {
    this.#check();
  }

  #submit() {
    const draft = this.#check();
    this.#text.focus();
    if (draft.verdict !== 'ready') return;
    if (this.#send(draft.text)) this.#text.value = '';
    else this.#say(words.notConnected());
  }

  #check() {
    const draft = weigh(this.#text.value);
    const tooLong = draft.verdict === 'too long';
    this.#text.setAttribute('aria-invalid', String(tooLong));
    this.#say(tooLong ? words.tooLong(draft.bytes, MESSAGE_BYTES_MAX) : '');
    return draft;
  }

  /** @param {string} hint */
  #say(hint) {
    if (this.#hint.textContent !== hint) this.#hint.textContent = hint;
  }
}
