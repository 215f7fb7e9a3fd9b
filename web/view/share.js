/** Shares a link: through the system on a phone, by the clipboard elsewhere. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

/**
 * @param {string} url
 * @returns {Promise<string>} what there is to say of it; nothing where the browser has said it itself
 */
export async function share(url) {
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    return navigator.share({ url }).then(() => '', () => '');
  }
  return (await copy(url)) ? t('copied') : url;
}

/** @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not on a page without TLS: there it is the old way.
    const field = el('textarea', { class: 'out-of-sight', value: text, readOnly: true });
    const focused = document.activeElement;
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
