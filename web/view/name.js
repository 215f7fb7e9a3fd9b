/** Who one is, beside the composer; a click changes the name. */

import { words } from '../words/strings.js';

export class NameView {
  #shown = document.querySelector('#me');
  #button = this.#shown.querySelector('.me-change');
  #name = this.#shown.querySelector('.me-name');
  #form = document.querySelector('#name-form');
  #field = this.#form.elements.name;
  #hint = this.#form.querySelector('#name-hint');
  #text = document.querySelector('#text');
  #session;

  /** @param {import('../model/session.js').Session} session */
  constructor(session) {
    this.#session = session;
    this.#button.addEventListener('click', () => this.#open());
    this.#form.querySelector('.name-cancel').addEventListener('click', () => this.#close());
    this.#form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close();
    });
    this.#field.addEventListener('input', () => this.#say(''));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.refresh();
  }

  refresh() {
    const { me } = this.#session;
    this.#shown.hidden = !me || !this.#form.hidden;
    this.#name.textContent = me?.name ?? '';
  }

  /** The server has given us a name: ours, or that of another tab of ours. */
  taken() {
    this.refresh();
    if (this.#form.dataset.waits) this.#close(this.#text);
  }

  /** @param {string} why */
  refused(why) {
    delete this.#form.dataset.waits;
    this.#say(words.sentence(why));
    this.#field.focus();
  }

  #open() {
    this.#form.hidden = false;
    this.#field.value = this.#session.me.name;
    this.#say('');
    this.refresh();
    this.#field.select();
  }

  /** @param {HTMLElement} [focus] where one goes on: after another name, with the talk */
  #close(focus = this.#button) {
    this.#form.hidden = true;
    delete this.#form.dataset.waits;
    this.refresh();
    focus.focus();
  }

  #submit() {
    const name = this.#field.value.trim();
    if (name === this.#session.me.name) return this.#close();
    if (this.#session.rename(name)) this.#form.dataset.waits = 'true';
    else this.#say(words.nameNeedsConnection());
  }

  /** @param {string} hint */
  #say(hint) {
    this.#field.setAttribute('aria-invalid', String(hint !== ''));
    if (this.#hint.textContent !== hint) this.#hint.textContent = hint;
  }
}
