/** The form to change one's name, in place of the name. */

import { Refusal } from '../model/requests.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { loadStyle } from './stylesheet.js';

/**
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'me'>} session
 * @property {Pick<import('../model/requests.js').Requests, 'rename'>} requests
 * @property {import('./identity.js').Identity} identity
 */

/** @param {Needs} needs */
export async function openName({ session, requests, identity }) {
  await loadStyle('name.css');
  const { me } = session;
  if (identity.isEdited || !me) return;
  const hint = el('p', { class: 'hint name-hint', id: 'name-hint', role: 'status' });
  const field = el('input', {
    class: 'name-field', id: 'name', type: 'text', dir: 'auto', autocomplete: 'nickname', autocapitalize: 'words',
    spellcheck: false, enterKeyHint: 'done', 'aria-describedby': hint.id, value: me.name,
  });
  const form = el('form', { class: 'name-form', id: 'name-form' },
    el('label', { class: 'name-label', for: field.id }, t('yourName')), field,
    el('button', { class: 'quiet name-save' }, t('save')),
    el('button', { class: 'quiet name-cancel', type: 'button', onclick: () => close('.me-change') }, t('cancel')),
    hint);

  const complain = (/** @type {string} */ why) => {
    field.setAttribute('aria-invalid', String(why !== ''));
    hint.textContent = why;
  };

  /** @param {string} focus where one goes on: after another name, with the talk */
  const close = (focus) => {
    form.remove();
    identity.isEdited = false;
    find(focus).focus();
  };

  form.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close('.me-change');
  });
  field.addEventListener('input', () => complain(''));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (name === session.me?.name) return close('.me-change');
    try {
      await requests.rename(name);
      close('#text');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      complain(t('notChanged', { why: error.message }));
      field.focus();
    }
  });

  identity.isEdited = true;
  find('.foot-line').prepend(form);
  field.select();
}
