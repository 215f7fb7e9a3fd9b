/** Files that are pasted or dropped cannot be sent yet. They must not replace the page. */

import '../words/more.js';
import { t } from '../words/words.js';

/** @param {DataTransfer | null} data */
const hasFiles = (data) => data?.types.includes('Files') ?? false;

/** @param {{ composer: import('./composer.js').Composer }} app */
export function refuseFiles({ composer }) {
  const refuse = (event, data) => {
    // A text that is copied with its picture is pasted as a text.
    if (!hasFiles(data) || (event.type === 'paste' && data.types.includes('text/plain'))) return;
    event.preventDefault();
    if (event.type !== 'dragover') composer.showHint(t('noFiles'));
  };
  document.addEventListener('paste', (event) => refuse(event, event.clipboardData));
  for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => refuse(event, event.dataTransfer));
}
