/**
 * What a message's text is made of. One pass; what is not well formed stays as it was written. Knows no DOM.
 *
 * @typedef {string | { kind: 'code' | 'block' | 'mention', text: string } | { kind: 'link', text: string, href: string }
 *   | { kind: 'em' | 'strong', children: Node[] }} Node
 */

const SPECIAL = /`+|\*+|@|\n|https?:\/\//gi;

/** What a word goes on with; but where words have no space between them, any place may be a word's end. */
const WORD = /[[\p{L}\p{N}\p{M}_]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]/v;

/** In one line; between two backticks there may be one. */
const CODE = /`([^`\n]+)`(?!`)|``((?:[^`\n]|`(?!`))+)``(?!`)/y;

const LANGUAGE = /[\w+#.-]*[^\S\n]*\n/y;

/** Nothing unseen or turning the line, no quotes, no full-width signs; nor Chinese or Japanese right after Latin: `/a看`. */
const URL_TEXT = /https?:\/\/(?:[^\s\p{C}\p{Pi}\p{Pf}<>"`、。，．：；！？…（）［］｛｝「」『』【】《》〈〉\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?<![a-z\d])[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])+/ivy;

/** At its end these are of the sentence around it. */
const AFTER_URL = /[.,;:!?'*،؛؟]/;

const ONLY_EMOJI = /^(?:\s*\p{RGI_Emoji}){1,12}$/v;

/** @param {string} text @returns {boolean} whether it is a few emoji and nothing else */
export const isEmojiOnly = (text) => ONLY_EMOJI.test(text);

/**
 * @param {{ names?: readonly string[] }} [options] who can be mentioned
 * @returns {Node[]}
 */
export function parse(text, { names = [] } = {}) {
  const nodes = [];
  /** @type {Map<string, number>} an asterisk, or two, that may open something: the node that begins with it */
  const open = new Map();
  let from = 0;
  let anyName;
  const cut = (to) => {
    if (to > from) nodes.push(text.slice(from, to));
    from = Math.max(from, to);
  };
  const add = (node, start, end) => {
    cut(start);
    nodes.push(node);
    from = SPECIAL.lastIndex = end;
  };

  SPECIAL.lastIndex = 0;
  for (let match; (match = SPECIAL.exec(text)); ) {
    const [sign] = match;
    const start = match.index;
    const end = start + sign.length;
    const before = text[start - 1] ?? '\n';
    const after = text[end] ?? '\n';
    const begins = !WORD.test(before);

    if (sign === '\n') {
      open.clear();
    } else if (sign[0] === '`') {
      const code = sign.length < 3 && at(CODE, text, start);
      if (code) add({ kind: 'code', text: code[1] ?? code[2].trim() }, start, CODE.lastIndex);
      if (sign.length < 3 || before !== '\n') continue;
      const close = text.indexOf(sign, end);
      const block = text.slice(at(LANGUAGE, text, end) ? LANGUAGE.lastIndex : end, Math.max(close, 0));
      // The line ends around it are not of the text beside it: a block stands alone anyway.
      if (block.trim()) add({ kind: 'block', text: block.replace(/\n$/, '') }, start - 1, close + /^`*\n?/.exec(text.slice(close))[0].length);
    } else if (sign[0] === '*') {
      const opened = open.get(sign);
      if (opened !== undefined && /\S/.test(before) && !WORD.test(after)) {
        cut(start);
        const [first, ...rest] = nodes.splice(opened);
        for (const [other, index] of open) if (index >= opened) open.delete(other);
        add({ kind: sign === '*' ? 'em' : 'strong', children: joined([first.slice(sign.length), ...rest]) }, start, end);
      } else if (sign.length < 3 && begins && /\S/.test(after)) {
        cut(start);
        open.set(sign, nodes.length);
      }
    } else if (begins && sign === '@') {
      const mention = names.length > 0 && at((anyName ??= anyOf(names)), text, start);
      if (mention) add({ kind: 'mention', text: mention[0] }, start, start + mention[0].length);
    } else if (begins) {
      const written = withoutEnd(at(URL_TEXT, text, start)?.[0] ?? sign);
      const href = hrefOf(written);
      if (href) add({ kind: 'link', text: written, href }, start, start + written.length);
      else SPECIAL.lastIndex = start + written.length;
    }
  }
  cut(text.length);
  return joined(nodes);
}

/** @param {RegExp} pattern a sticky one */
function at(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Text beside text is one text. @param {Node[]} nodes */
function joined(nodes) {
  const all = [];
  for (const node of nodes) {
    if (typeof node === 'string' && typeof all.at(-1) === 'string') all.push(all.pop() + node);
    else if (node !== '') all.push(node);
  }
  return all;
}

let known;
let pattern;

/** @param {readonly string[]} names @returns {string} a pattern: an `@` and the longest of them that there is */
const atAny = (names) => {
  const all = names.toSorted((a, b) => b.length - a.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return `@(?:${all.join('|')})(?!${WORD.source})`;
};

/** @param {string} text @param {string} [name] @returns {boolean} whether it is spoken to in it */
export function mentions(text, name) {
  if (!name || !text.includes('@')) return false;
  return new RegExp(`(?<!${WORD.source})${atAny([name.normalize()])}`, 'iv').test(text.normalize());
}

/** Made anew for other names. @param {readonly string[]} names */
function anyOf(names) {
  const all = names.join('\n');
  if (all !== known) {
    pattern = new RegExp(atAny(names), 'ivy');
    known = all;
  }
  return pattern;
}

/** @param {string} url as far as it may reach */
function withoutEnd(url) {
  const count = (sign) => url.split(sign).length;
  const spare = { ')': count(')') - count('('), ']': count(']') - count('[') };
  let end = url.length;
  for (let last; (last = url[end - 1]) in spare ? spare[last]-- > 0 : AFTER_URL.test(last); ) end--;
  return url.slice(0, end);
}

/** Where it leads; nowhere, if a name before the host would have one believe in another host: `https://bank.example@a.b`. */
function hrefOf(url) {
  const { href, username, password } = URL.canParse(url) ? new URL(url) : {};
  return username || password ? undefined : href;
}
