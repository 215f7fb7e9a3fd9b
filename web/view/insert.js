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
 * @param {HTMLTextAreaElement} [into] another field than the room's
 */
export function insert(text, from, to, into = field) {
  into.focus();
  const [start, end] = [from ?? into.selectionStart, to ?? into.selectionEnd];
  into.setSelectionRange(start, end);
  // The only way that can be undone by the keyboard.
  if (document.execCommand(text ? 'insertText' : 'delete', false, text)) return;
  into.setRangeText(text, start, end, 'end');
  into.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
