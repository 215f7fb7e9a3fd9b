/** Where in a text the words of a search stand. Knows the server's rules, and neither the server nor the page. */

/** So much of a text is shown around the first word found. Characters. */
export const EXCERPT_CHARS = 240;

/** So much of it before that word. */
const BEFORE_CHARS = 60;

/** A piece begins and ends at a space, if there is one as near as this. */
const SPACE_CHARS = 20;

/**
 * What stands alone, as an inside of `[…]`: signs of scripts that put no spaces between words, so that a word ends
 * anywhere, and emoji. The server's search has the same table.
 */
const UNSPACED =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2600-\\u27bf\\u2e80-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf' +
  '\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}';

const LETTERS = '\\p{L}\\p{M}\\p{N}\\p{Co}\\p{So}';
const IN_WORD = `(?![${UNSPACED}])[${LETTERS}]`;
const TOKEN = new RegExp(`[${UNSPACED}]|(?:${IN_WORD})+`, 'gu');
const ALONE = new RegExp(`^[${UNSPACED}]`, 'u');

/** Words and phrases, and what only narrows a search. */
const TERM = /(from:|in:|before:|after:)?(?:"([^"]*)"?|(\S+))/giu;

/** @returns {{ plain: string, at: number[] }} without case and accents, and where each of its characters came from */
function fold(text) {
  let plain = '';
  const at = [];
  let index = 0;
  for (const sign of text) {
    const folded = sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < folded.length; i++) at.push(index);
    plain += folded;
    index += sign.length;
  }
  return { plain, at: [...at, text.length] };
}

/** @param {string} query @returns {RegExp | undefined} finds its words in a folded text; undefined where it has none */
function patternOf(query) {
  const terms = [];
  for (const [, filter, phrase, word] of query.matchAll(TERM)) {
    const tokens = fold(phrase ?? word ?? '').plain.match(TOKEN);
    if (filter || !tokens) continue;
    const isAlone = tokens.map((token) => ALONE.test(token));
    let term = isAlone[0] ? '' : `(?<!${IN_WORD})`;
    tokens.forEach((token, i) => {
      if (i > 0) term += `[^${LETTERS}]${isAlone[i - 1] || isAlone[i] ? '*' : '+'}`;
      term += token;
    });
    // A word finds longer ones too, if it is more than one letter.
    const isWhole = phrase !== undefined || tokens.join('').length === 1;
    terms.push(isWhole && !isAlone.at(-1) ? `${term}(?!${IN_WORD})` : term);
  }
  return terms.length ? new RegExp(terms.join('|'), 'gu') : undefined;
}

/** @returns {{ text: string, isFound: boolean }[]} the text in pieces */
export function marked(text, query) {
  const pattern = patternOf(query);
  if (!pattern) return text ? [{ text, isFound: false }] : [];
  const { plain, at } = fold(text);
  const pieces = [];
  let end = 0;
  const take = (to, isFound) => {
    if (to > end) pieces.push({ text: text.slice(end, to), isFound });
    end = Math.max(end, to);
  };
  for (const { index, 0: found } of plain.matchAll(pattern)) {
    take(at[index], false);
    take(at[index + found.length], true);
  }
  take(text.length, false);
  return pieces;
}

/** @returns {{ text: string, isFound: boolean }[]} what stands around the first word found, in pieces */
export function excerpt(text, query) {
  if (text.length <= EXCERPT_CHARS) return marked(text, query);
  const first = marked(text, query);
  const found = first[0]?.isFound ? 0 : first.length > 1 ? first[0].text.length : 0;
  const start = found <= BEFORE_CHARS ? 0 : wordStart(text, found - BEFORE_CHARS);
  const end = start + EXCERPT_CHARS >= text.length ? text.length : wordEnd(text, start + EXCERPT_CHARS);
  const pieces = marked(text.slice(start, end), query);
  if (start > 0) pieces.unshift({ text: '… ', isFound: false });
  if (end < text.length) pieces.push({ text: ' …', isFound: false });
  return pieces;
}

function wordStart(text, at) {
  const space = text.slice(at, at + SPACE_CHARS).search(/\s/);
  return space >= 0 ? at + space + 1 : notInside(text, at);
}

function wordEnd(text, at) {
  const space = text.slice(at - SPACE_CHARS, at).search(/\s+\S*$/);
  return space >= 0 ? at - SPACE_CHARS + space : notInside(text, at);
}

/** Not between the two halves of a character. @param {string} text @param {number} at */
const notInside = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);
