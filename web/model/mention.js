/** Who is spoken to. */

/** Signs that a name may go on with: after one of them it is another name. */
const NAME_GOES_ON = /^[\p{L}\p{N}\p{M}_]/u;

/**
 * @param {string} text
 * @param {string} [name]
 * @returns {boolean} whether it has `@name` in it, as a word, in any case
 */
export function mentions(text, name) {
  if (!name || !text.includes('@')) return false;
  const all = text.toLowerCase();
  const one = `@${name.toLowerCase()}`;
  for (let at = all.indexOf(one); at >= 0; at = all.indexOf(one, at + 1)) {
    if (!NAME_GOES_ON.test(all.slice(at + one.length))) return true;
  }
  return false;
}
