/** The question for a guest's name, above the composer: asked once, after their first message. */

import { hueOf, initialOf } from '../model/color.js';
import { Refusal } from '../model/requests.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
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
  await loadStyle('name.css');
  const { id = '', name: guest = '' } = session.me ?? {};
  const says = t('nameQuestion', { name: guest });
  const title = el('p', { class: 'name-question-title', id: 'name-question-title' }, says);
  const hint = el('p', { class: 'name-question-hint', id: 'name-question-hint', role: 'status' },
    t('nameQuestionHint'));
  const face = el('span', { class: 'avatar', 'aria-hidden': 'true' }, initialOf(guest));
  face.style.setProperty('--hue', String(hueOf(id)));
  const field = el('input', {
    class: 'name-field', type: 'text', dir: 'auto', autocomplete: 'nickname', autocapitalize: 'words',
    spellcheck: false, enterKeyHint: 'done', placeholder: t('yourName'), ariaLabel: t('yourName'),
    'aria-describedby': hint.id,
  });
  const element = el('div', { class: 'name-question', role: 'group', 'aria-labelledby': title.id },
    face, el('div', { class: 'name-question-words' }, title, hint),
    el('div', { class: 'name-question-answer' }, field,
      el('button', { class: 'name-question-save', type: 'button', onclick: save }, t('save')),
      el('button', { class: 'quiet', type: 'button', onclick: () => close() }, t('notNow'))));

  // It stands in the composer's form, which Enter would send.
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Enter') save();
    else close();
  });
  field.addEventListener('input', () => complain(''));
  find('.composer-bar').before(element);

  async function save() {
    const name = field.value.trim();
    if (!name) return field.focus();
    try {
      await requests.rename(name);
      close();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      complain(t('notChanged', { why: error.message }));
      field.focus();
    }
  }

  /** @param {string} why */
  function complain(why) {
    field.setAttribute('aria-invalid', String(why !== ''));
    hint.textContent = why || t('nameQuestionHint');
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
