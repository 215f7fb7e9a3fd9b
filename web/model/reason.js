/** Why the server did not do something, in the reader's language. */

import { isKey } from '../words/more.js';
import { languageInUse, t } from '../words/words.js';

/** Codes of what only a page that is wrong is told. */
const NOT_UNDERSTOOD = new Set(['bad_json', 'bad_value', 'unknown_type', 'bad_user', 'hello_first', 'hello_again']);

/** Codes of what may be tried again in a while: the server's text says how long to wait, which is counted here. */
const COUNTED = new Set(['slow_down', 'slow_mode', 'address_people', 'address_rooms', 'address_bytes']);

/**
 * Why the server did not do something. Its own text is English, and says most.
 *
 * @param {{ code?: string, text: string }} refusal an error of the protocol
 * @returns {string} a part of a sentence
 */
export function reasonOf({ code, text }) {
  if (languageInUse() === 'en' && !COUNTED.has(code ?? '')) return text;
  const key = `error_${code && NOT_UNDERSTOOD.has(code) ? 'not_understood' : code}`;
  return isKey(key) ? t(key) : text;
}
