/** Files that are pasted or dropped cannot be sent yet. They must not replace the page. */

import '../words/more.js';
import { t } from '../words/words.js';

/** @param {DataTransfer | null} data */
const hasFiles = (data) => data?.types.includes('Files') ?? false;

/** @param {(text: string) => void} showHint */
export function refuseFiles(showHint) {
  /** @param {Event} event @param {DataTransfer | null} data */
  const refuse = (event, data) => {
    // A text that is copied with its picture is pasted as a text.
    if (!hasFiles(data) || (event.type === 'paste' && data?.types.includes('text/plain'))) return;
    event.preventDefault();
    if (event.type !== 'dragover') showHint(t('noFiles'));
  };
  document.addEventListener('paste', (event) => refuse(event, event.clipboardData));
  for (const type of /** @type {const} */ (['dragover', 'drop'])) {
    document.addEventListener(type, (event) => refuse(event, event.dataTransfer));
  }
}
