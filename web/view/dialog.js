/** A modal dialog: a title, its content, and three ways to close it. One at a time. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

/** The sheet that is open. @type {HTMLDialogElement | undefined} */
let open;

/**
 * Opens a sheet when its style is there. Whatever has `autofocus` in it gets the focus; afterwards it is where it was.
 *
 * @param {{ title: string, name?: string, onclose?: () => void }} about `name` is its class, and its stylesheet's
 * @param {...(Node | string)} content
 * @returns {Promise<HTMLDialogElement>}
 */
export async function openDialog({ title, name = '', onclose }, ...content) {
  await Promise.all(['dialog', name].filter(Boolean).map((style) => loadStyle(`${style}.css`)));
  open?.close();
  const cross = icon(PICTURES.close);
  const closes = { class: 'dialog-close', type: 'button', title: t('close'), ariaLabel: t('close') };
  const close = el('button', closes, cross);
  const heading = el('h2', { class: 'dialog-title', id: 'dialog-title', tabIndex: -1 }, title);
  const dialog = el('dialog', { class: `dialog ${name}`, 'aria-labelledby': heading.id },
    el('header', { class: 'dialog-head' }, heading, close), el('div', { class: 'dialog-body' }, ...content));
  const shut = () => dialog.close();
  close.addEventListener('click', shut);
  // Said here, because a field of its own may have another use for the key, and a browser would not close it then.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    shut();
  });
  // Beside it is the backdrop, which is the dialog itself; a selection that ends there is no click on it.
  let isBeside = false;
  dialog.addEventListener('pointerdown', ({ target }) => (isBeside = target === dialog));
  dialog.addEventListener('click', ({ target }) => isBeside && target === dialog && shut());
  dialog.addEventListener('close', () => {
    if (open === dialog) open = undefined;
    dialog.remove();
    onclose?.();
  });
  // Without a field of its own, the dialog puts the focus on its title, not on the close button.
  heading.autofocus = !dialog.querySelector('[autofocus]');
  open = dialog;
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
