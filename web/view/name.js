/** The form to change one's name, in place of the name. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { NameField } from './name-field.js';
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
  const field = new NameField(requests, hint, { id: 'name', value: me.name });
  const form = el('form', { class: 'name-form', id: 'name-form' },
    el('label', { class: 'name-label', for: field.element.id }, t('yourName')), field.element,
    el('button', { class: 'quiet name-save' }, t('save')),
    el('button', { class: 'quiet name-cancel', type: 'button', onclick: () => close('.me-change') }, t('cancel')),
    hint);

  /** @param {string} focus where one goes on: after another name, with the talk */
  const close = (focus) => {
    form.remove();
    identity.isEdited = false;
    find(focus).focus();
  };

  form.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close('.me-change');
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (field.name === session.me?.name) close('.me-change');
    else if (await field.save()) close('#text');
  });

  identity.isEdited = true;
  find('.foot-line').prepend(form);
  field.element.select();
}
