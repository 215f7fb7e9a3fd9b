/** Who is spoken to. */

import { UNSPACED } from './script.js';

/** What makes a word longer. Where a script puts no spaces between words, one ends anywhere: `@花子さん` is for 花子. */
const IN_WORD = `(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_]`;

/** The last one made: it is asked for with every message, and names seldom change. */
let made = { name: '', pattern: /^\b$/ };

function atName(name) {
  if (made.name !== name) {
    const literal = name.normalize().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    // Not in an e-mail address, and not the beginning of a longer name.
    made = { name, pattern: new RegExp(`(?<!${IN_WORD})@${literal}(?!${IN_WORD})`, 'iu') };
  }
  return made.pattern;
}

/** @returns {boolean} whether it has `@name` in it, as a word, in any case */
export function mentions(text, name) {
  return Boolean(name) && text.includes('@') && atName(name).test(text.normalize());
}
