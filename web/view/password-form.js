/** In the place of the chat while its password is asked for: one field, and what was wrong with what was typed. */

import '../words/more.js';
import { t } from '../words/words.js';
import { secondsUntil } from './connection-notice.js';
import { el, find, setText } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

const TICK_MS = 1_000;

/**
 * @typedef {object} Needs
 * @property {import('../model/session.js').Session} session
 * @property {Pick<import('./log.js').Log, 'box'>} log
 * @property {() => void} again connects anew
 */

/** @param {Needs} needs @returns {Promise<PasswordForm>} */
export async function passwordForm(needs) {
  await Promise.all(['dialog.css', 'password.css'].map((style) => loadStyle(style)));
  return new PasswordForm(needs);
}

class PasswordForm {
  #session;
  #field = el('input', {
    class: 'dialog-field', id: 'password', type: 'password', name: 'password', autocomplete: 'current-password',
    required: true, maxLength: 256, 'aria-describedby': 'password-note', oninput: () => this.#says(''),
  });
  #note = el('p', { class: 'password-note', id: 'password-note', role: 'status' });
  // The seconds stand outside of the live region: nobody wants to hear them counted.
  #wait = el('p', { class: 'password-wait', hidden: true });
  #button = el('button', { class: 'dialog-button dialog-button-main' }, t('passwordEnter'));
  #form;
  #timer = 0;
  /** The refusal that was told last. @type {number | undefined} */
  #told;

  /** @param {Needs} needs */
  constructor({ session, log, again }) {
    this.#session = session;
    this.#form = el('form', {
      class: 'log-empty password', hidden: true,
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        if (this.#button.disabled) return;
        this.#says('');
        session.password = this.#field.value;
        again();
        this.refresh();
      },
    }, el('span', { class: 'password-lock' }, icon(PICTURES.lock)),
    el('h2', { class: 'log-empty-title' }, t('passwordTitle')), el('p', {}, t('passwordHint')),
    el('label', { class: 'password-label', htmlFor: 'password' }, t('password')), this.#field, this.#note, this.#wait,
    this.#button);
    log.box.prepend(this.#form);
  }

  /** The reader may come in now, or not any more. */
  refresh() {
    const { asksPassword, password, triesAt, refusals, host } = this.#session;
    const wasShown = !this.#form.hidden;
    const hadFocus = this.#form.contains(document.activeElement);
    this.#form.hidden = !asksPassword;
    document.documentElement.classList.toggle('is-locked', asksPassword);
    host.clearTimeout(this.#timer);
    if (!asksPassword) {
      this.#field.value = '';
      this.#told = undefined;
      if (wasShown && hadFocus) find('#text').focus({ preventScroll: true });
      return;
    }
    const rest = triesAt - host.now();
    this.#wait.hidden = rest <= 0;
    if (rest > 0) {
      setText(this.#wait, t('passwordWait', { seconds: secondsUntil(triesAt, host.now()) }));
      this.#timer = host.setTimeout(() => this.refresh(), TICK_MS);
    }
    this.#button.disabled = rest > 0 || password !== undefined;
    if (this.#told !== refusals) {
      this.#told = refusals;
      if (rest > 0) this.#says(t('passwordSlow'));
      else if (this.#session.barred === 'wrong_password') {
        this.#says(t('barred_wrong_password'));
        this.#field.select();
      }
    }
    const isWriting = document.activeElement === document.body || find('#composer').contains(document.activeElement);
    if (!wasShown && isWriting) this.#field.focus({ preventScroll: true });
  }

  /** @param {string} words what is wrong with what was typed; nothing, as far as is known */
  #says(words) {
    this.#note.textContent = words;
    this.#field.setAttribute('aria-invalid', String(words !== ''));
  }
}
