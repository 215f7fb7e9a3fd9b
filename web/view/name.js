/** The sheet in which the reader changes their name. */

import '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el, find } from './element.js';
import { NameField } from './name-field.js';

/**
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'me'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'rename'>} needs.requests
 */
export async function openName({ session, requests }) {
  const { me } = session;
  if (!me) return;
  const hint = el('p', { class: 'dialog-note', id: 'name-hint', role: 'status' }, t('nameQuestionHint'));
  const field = new NameField(requests, hint, {
    class: 'dialog-field', id: 'name', value: me.name, ariaLabel: t('yourName'), autofocus: true,
  });
  const form = el('form', { class: 'dialog-line', id: 'name-form', onsubmit: save }, field.element,
    el('button', { class: 'dialog-button dialog-button-main' }, t('save')));
  const dialog = await openDialog({ title: t('changeName') }, form, hint);
  field.element.select();

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const isSame = field.name === session.me?.name;
    if (!isSame && !(await field.save())) return;
    dialog.close();
    // After another name, the talk goes on.
    if (!isSame) find('#text').focus();
  }
}
