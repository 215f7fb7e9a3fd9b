/** The question whether to notify, above the composer: asked once, after the first mention. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { loadStyle } from './stylesheet.js';

/**
 * Asks, and leaves the focus where it is: one may go on writing.
 *
 * @param {import('../model/web-storage.js').WebStorage} storage
 */
export async function askToNotify(storage) {
  await loadStyle('question.css');
  const title = el('p', { class: 'question-title', id: 'notify-question-title' }, t('notifyQuestion'));
  const element = el('div', { class: 'question', role: 'group', 'aria-labelledby': title.id },
    el('div', { class: 'question-words' }, title, el('p', { class: 'question-hint' }, t('notifyQuestionHint'))),
    el('div', { class: 'question-answer' },
      el('button', { class: 'question-yes', type: 'button', onclick: allow }, t('notifyYes')),
      el('button', { class: 'quiet', type: 'button', onclick: close }, t('notNow'))));
  find('.composer-bar').before(element);

  async function allow() {
    close();
    // A browser asks only at a click.
    storage.set('desktop', (await Notification.requestPermission()) === 'granted');
  }

  function close() {
    element.remove();
    find('#text').focus();
  }
}
