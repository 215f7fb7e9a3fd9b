/** Says over the page what was done, with a way to undo it, for a while. One at a time. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, setText } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

/** It stays so long, and longer while the pointer or the focus is at it; it covers what is said. Milliseconds. */
const SHOWN_MS = 12_000;

/** The one that is shown. @type {HTMLElement | undefined} */
let shown;

/**
 * @param {string} says
 * @param {() => Promise<string>} undo says what has come of it
 */
export async function tellUndo(says, undo) {
  await loadStyle('rights.css');
  shown?.remove();
  // A live region is heard when its words come after it.
  const words = el('p', { role: 'status' });
  const act = el('button', { class: 'undo-act', type: 'button', onclick: run }, t('undo'));
  const close = el('button', {
    class: 'undo-close', type: 'button', title: t('close'), ariaLabel: t('close'), onclick: end,
  }, icon(PICTURES.close));
  const element = el('div', { class: 'undo', popover: 'manual' }, words, act, close);
  shown = element;
  document.body.append(element);
  element.showPopover();
  requestAnimationFrame(() => setText(words, says));
  let timer = setTimeout(expire, SHOWN_MS);

  /** Whoever is at it is not interrupted. */
  function expire() {
    if (element.matches(':hover, :focus-within')) timer = setTimeout(expire, SHOWN_MS);
    else end();
  }

  function end() {
    clearTimeout(timer);
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    if (hadFocus) /** @type {HTMLElement} */ (document.querySelector('#text')).focus();
  }

  async function run() {
    act.disabled = true;
    setText(words, await undo());
    if (element.contains(document.activeElement) || document.activeElement === document.body) close.focus();
    act.hidden = true;
  }
}
