/** The question for a guest's name, above the composer: asked once, after their first message. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, faceOf, find } from './element.js';
import { NameField } from './name-field.js';
import { loadStyle } from './stylesheet.js';

/** @typedef {Awaited<ReturnType<typeof askForName>>} NameQuestion */

/**
 * Asks, and leaves the focus where it is: one may go on writing.
 *
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'me'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'rename'>} needs.requests
 */
export async function askForName({ session, requests }) {
  await loadStyle('question.css');
  const me = session.me ?? { id: '', name: '' };
  const guest = me.name;
  const says = t('nameQuestion', { name: guest });
  const title = el('p', { class: 'question-title', id: 'name-question-title' }, says);
  const hint = el('p', { class: 'question-hint', id: 'name-question-hint', role: 'status' },
    t('nameQuestionHint'));
  const field = new NameField(requests, hint, { placeholder: t('yourName'), ariaLabel: t('yourName') });
  const element = el('div', { class: 'question', role: 'group', 'aria-labelledby': title.id },
    faceOf(me), el('div', { class: 'question-words' }, title, hint),
    el('div', { class: 'question-answer' }, field.element,
      el('button', { class: 'question-yes', type: 'button', onclick: save }, t('save')),
      el('button', { class: 'quiet', type: 'button', onclick: () => close() }, t('notNow'))));

  // It stands in the composer's form, which Enter would send.
  field.element.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Enter') save();
    else close();
  });
  find('.composer-bar').before(element);

  async function save() {
    if (!field.name) field.element.focus();
    else if (await field.save()) close();
  }

  function close() {
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    if (hadFocus) find('#text').focus();
  }

  return {
    /** Another name was chosen elsewhere, in another tab too. */
    refresh() {
      if (element.isConnected && session.me?.name !== guest) close();
    },
  };
}
