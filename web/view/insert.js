/** Writes into the composer as by hand: the browser can undo it. */

import { find } from './element.js';

/** @type {HTMLTextAreaElement} */
const field = find('#text');

/**
 * Writes in place of a part of what is written, or of what is selected there.
 *
 * @param {string} text
 * @param {number} [from]
 * @param {number} [to]
 */
export function insert(text, from = field.selectionStart, to = field.selectionEnd) {
  field.focus();
  field.setSelectionRange(from, to);
  // The only way that can be undone by the keyboard.
  if (document.execCommand(text ? 'insertText' : 'delete', false, text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
