/** The title of a section of the side bar: it folds the section, which keeps what is unread in sight, and stays so. */

import { el } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/**
 * @param {import('../model/web-storage.js').WebStorage} storage
 * @param {HTMLElement} list what it folds, which has its id as its label
 * @param {string} says
 */
export function foldingTitle(storage, list, says) {
  const id = list.getAttribute('aria-labelledby') ?? '';
  const key = `folded ${id}`;
  const button = el('button', { class: 'rooms-fold', type: 'button', onclick }, icon(PICTURES.fold), says);
  const title = el('p', { class: 'rooms-part', id }, button);
  show();
  return title;

  function show() {
    const isFolded = storage.get(key) === true;
    list.classList.toggle('rooms-folded', isFolded);
    button.ariaExpanded = String(!isFolded);
  }

  /** @param {Event} event */
  function onclick(event) {
    // The list is closed by a click where it lies over the page: this is none that goes elsewhere.
    event.stopPropagation();
    storage.set(key, storage.get(key) ? undefined : true);
    show();
  }
}
