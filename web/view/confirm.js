/** Asks first whether something is to be done, in the place where it was asked for. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { openPopover } from './popover.js';

/**
 * @param {HTMLElement} anchor
 * @param {string} question
 * @param {string} yes
 * @param {() => unknown} run
 * @returns {Promise<void>} when it is answered
 */
export function confirm(anchor, question, yes, run) {
  const sure = el('button', { class: 'confirm-sure', type: 'button', onclick: () => {
    popover.close();
    run();
  } }, yes);
  const cancel = el('button', { class: 'quiet', type: 'button', autofocus: true, onclick: () => popover.close() },
    t('cancel'));
  const title = el('p', { id: 'confirm-title' }, question);
  const popover = openPopover(anchor, { class: 'confirm', role: 'dialog', 'aria-labelledby': title.id }, title,
    el('div', { class: 'confirm-answer' }, cancel, sure));
  return popover.closed;
}
