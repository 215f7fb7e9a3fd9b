/**
 * Parses a message's text into nodes: code, emphasis, links, mentions, lists, quotes. One pass, and one more within
 * lists and quotes; what is not well formed stays as it was written. Knows no DOM.
 *
 * @typedef {{ kind: 'code' | 'block', text: string, isMe?: undefined, children?: undefined }} Code
 * @typedef {{ kind: 'mention', text: string, isMe: boolean, now?: string, children?: undefined }} Mention
 *   `now`: with what they are called since
 * @typedef {{ kind: 'link', text: string, href: string, isMe?: undefined, children?: undefined }} Link
 * @typedef {'em' | 'strong' | 's' | 'ul' | 'ol' | 'li' | 'blockquote'} Part named like the elements of HTML
 * @typedef {{ kind: Part, value?: number, text?: undefined, isMe?: undefined, children: Node[] }} Parent
 *   `value`: the number of an item, as it is written
 * @typedef {string | Code | Mention | Link | Parent} Node
 *
 * @typedef {object} Names
 * @property {readonly string[]} [names] who can be mentioned
 * @property {string | string[]} [me] which of them is the reader
 * @property {(string | undefined)[]} [now] what each of them is called by now
 */

/**
 * Made when it is needed first: a browser takes long to make one that knows the properties of signs.
 *
 * @param {() => RegExp} make
 */
const lazily = (make) => {
  /** @type {RegExp | undefined} */
  let made;
  return () => (made ??= make());
};

const SPECIAL = /`+|\*+|_+|~+|\[|@|\n|https?:\/\//gi;

/** What stands between two of a sign. @type {Record<string, Part>} */
const PAIRED = { '*': 'em', '**': 'strong', '_': 'em', '~~': 's' };

/**
 * Scripts without spaces between words, and Hangul, whose particles are written onto a word: any place may be its end.
 */
const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}';

/** Scripts whose prepositions are written onto the next word, whatever that begins with. */
const PREFIXING = '\\p{scx=Hebr}\\p{scx=Arab}';

/** Not of a word, though they are marks: they choose how a sign is drawn, or make a keycap of it. */
const EMOJI_MARKS = '\\ufe00-\\ufe0f\\u20e3\\u{e0100}-\\u{e01ef}';

const letterNotIn = (/** @type {string} */ scripts) => `(?![${EMOJI_MARKS}${scripts}])[\\p{L}\\p{Nd}\\p{Nl}\\p{M}]`;

/** Underscores belong to a word only within it: `_@Ada_`. */
export const BEGINS = lazily(() => new RegExp(`(?<!${letterNotIn(UNSPACED + PREFIXING)}_*)`, 'uy'));
const ENDS = `(?!_*${letterNotIn(UNSPACED)})`;
const ENDS_HERE = lazily(() => new RegExp(ENDS, 'uy'));

/** An underscore is a part of more than words: of `snake_case`, of `¯\_(ツ)_/¯`, of `-_-`. */
const UNDERSCORE_BEGINS = lazily(() => /(?<=^|[\s"'*~([{]|(?![\0-\x7f])\p{P})_(?=[^\s.,;:!?'")\]}<>|/\\^=_-])/uy);
const UNDERSCORE_ENDS = lazily(() => new RegExp(`(?!_*${letterNotIn('')})`, 'uy'));

/** An address is Latin: after a Latin letter or a digit it is the rest of a word, after another script it is not. */
const LINK_BEGINS = lazily(() => new RegExp(`(?<![\\p{sc=Latn}\\d](?:(?![${EMOJI_MARKS}])\\p{M})*)`, 'uy'));

/** Beyond ASCII no address has quotes, brackets or what ends a sentence, in any script. */
const NO_URL = '(?![\\0-\\x7f])[\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Term}…]';
const UNSPACED_SIGN = `${UNSPACED.replaceAll('scx', 'sc')}\\p{ExtPict}\\p{RI}`;

/** Nothing unseen or turning the line; nor an emoji or a script without spaces right after Latin: `/a看`. */
const URL_SIGN = `(?!${NO_URL})(?:[^\\s\\p{C}<>"\`${UNSPACED_SIGN}]|(?<![a-zA-Z\\d])[${UNSPACED_SIGN}])`;
const URL_TEXT = lazily(() => new RegExp(`https?://(?:${URL_SIGN})+`, 'iuy'));

/** At its end these are of the sentence around it. A Tibetan word ends with a tsheg of its own (U+0F0B). */
const AFTER_URL = lazily(() => /[.,;:!?'*_~|\\]|(?![\0-\x7f\u0f0b])\p{P}/u);

/**
 * A place in an address that is written without its scheme: `blog.example/@Ada`. Looks back this far, in UTF-16 units.
 */
const IN_ADDRESS = lazily(() => new RegExp(`(?<=[\\p{L}\\d]\\.\\p{L}{2,}(?::\\d+)?/(?:${URL_SIGN}){0,200})`, 'uy'));

/**
 * `[text](https://a.example/)`, in one line; after a `!` it would be a picture. The text turns no line and is not long;
 * in the address, parentheses are closed. Neither has a bracket: no part is looked at for many of them.
 */
const NAMED_LINK =
  /(?<!!)\[([^[\]\n\u202a-\u202e\u2066-\u2069]{1,200})\]\((https?:\/\/(?:[^\s()[\]]|\([^\s()[\]]*\))+)\)/iuy;

/** What a reader could take for the host of an address: anything after a scheme, and names between dots. */
const HOST = lazily(() => /(?<=:\/\/)[^\s/?#]+|(?:\d+\.){3}\d+|(?:[\p{L}\p{N}\p{M}-]+[.。])+\p{L}[\p{L}\p{N}\p{M}-]+/gu);

/** In one line; between two backticks there may be one. */
const CODE = /`([^`\n]+)`(?!`)|``((?:[^`\n]|`(?!`))+)``(?!`)/y;

const FENCE_END = /`*\n?/y;
const LANGUAGE = /[\w+#.-]*[^\S\n]*\n/y;

/** Its first line says something. */
const QUOTE = /> (?=[^\S\n]*\S)/y;
const QUOTE_LINE = />(?: ([^\n]*)|(?![^\n]))\n?/y;

/** One that says something: where it is indented, of a list within a list. A year is no number of an item. */
const ITEM = /(?:(\t| {2})[ \t]*| ?)(?:[-*]|(0|[1-9]\d{0,2})\.)[ \t](?=[-* \t]*[^-*\s])([^\n]*)\n?/y;

/** Where lines can stand: a quote has no quotes, and an item neither quotes nor lists. */
const [IN_TEXT, IN_QUOTE, IN_ITEM] = [0, 1, 2];

const ONLY_EMOJI = lazily(() => /^(?:\s*\p{RGI_Emoji}){1,12}$/v);

/** As any emoji does: looked at first, since a browser takes long to make the automaton of all of them. */
const BEGINS_AS_EMOJI = /^\s*(?:\p{ExtPict}|\p{RI}|\p{EMod}|[\d#*]\ufe0f)/u;

/** @param {string} text @returns {boolean} whether it is a few emoji and nothing else */
export const isEmojiOnly = (text) => BEGINS_AS_EMOJI.test(text) && ONLY_EMOJI().test(text);

/**
 * @param {string} text
 * @param {Names} [options]
 * @returns {Node[]}
 */
export function parse(text, { names = [], me = '', now = [] } = {}) {
  const anyName = names.length && text.includes('@') ? anyOf(names) : undefined;
  return read(text, IN_TEXT);

  /** @param {string} text @param {number} depth @returns {Node[]} */
  function read(text, depth) {
    /** @type {Node[]} */
    const nodes = [];
    /** @type {Map<string, number>} a sign that may open something: the node that begins with it */
    const open = new Map();
    let from = 0;
    /** @param {number} to */
    const cut = (to) => {
      if (to > from) nodes.push(text.slice(from, to));
      from = Math.max(from, to);
    };
    /** @param {Node} node @param {number} start @param {number} end */
    const add = (node, start, end) => {
      cut(start);
      nodes.push(node);
      from = SPECIAL.lastIndex = end;
    };

    SPECIAL.lastIndex = 0;
    for (;;) {
      const line = SPECIAL.lastIndex;
      if ((text[line - 1] ?? '\n') === '\n') {
        const [node, end] = linesAt(text, line, depth);
        // The line ends around it are not of the text beside it: it stands alone anyway.
        if (node) {
          add(node, line - 1, end);
          continue;
        }
        SPECIAL.lastIndex = line;
      }
      const match = SPECIAL.exec(text);
      if (!match) break;
      const [sign] = match;
      const start = match.index;
      const end = start + sign.length;
      const before = text[start - 1] ?? '\n';
      const after = text[end] ?? '\n';

      if (sign === '\n') {
        open.clear();
      } else if (sign[0] === '`') {
        const code = sign.length < 3 && at(CODE, text, start);
        if (code) add({ kind: 'code', text: code[1] ?? code[2].trim() }, start, CODE.lastIndex);
        if (sign.length < 3 || before !== '\n') continue;
        const close = text.indexOf(sign, end);
        const block = text.slice(at(LANGUAGE, text, end) ? LANGUAGE.lastIndex : end, Math.max(close, 0));
        if (!block.trim()) continue;
        at(FENCE_END, text, close);
        add({ kind: 'block', text: block.replace(/\n$/, '') }, start - 1, FENCE_END.lastIndex);
      } else if (sign === '@') {
        const mention = anyName && at(BEGINS(), text, start) && mentionAt(text, start, anyName);
        if (!mention) continue;
        const isMe = [me].flat().some((name) => isSame(mention, `@${name}`));
        const called = `@${now[names.indexOf(mention.slice(1))] ?? mention.slice(1)}`;
        const since = isSame(mention, called) ? {} : { now: called };
        add({ kind: 'mention', text: mention, isMe, ...since }, start, start + mention.length);
      } else if (sign === '[') {
        const [all, shown, url] = at(NAMED_LINK, text, start) ?? [''];
        const href = all && hrefOf(url);
        if (href && !misleads(shown, href)) add({ kind: 'link', text: shown, href }, start, start + all.length);
      } else if (sign.endsWith('/')) {
        if (!at(LINK_BEGINS(), text, start)) continue;
        const written = withoutEnd(at(URL_TEXT(), text, start)?.[0] ?? sign);
        const href = hrefOf(written);
        if (href) add({ kind: 'link', text: written, href }, start, start + written.length);
        else SPECIAL.lastIndex = start + written.length;
      } else if (PAIRED[sign]) {
        const [begins, ends] = sign === '_' ? [UNDERSCORE_BEGINS(), UNDERSCORE_ENDS()] : [BEGINS(), ENDS_HERE()];
        const opened = open.get(sign);
        if (opened !== undefined && /\S/.test(before) && at(ends, text, end)) {
          cut(start);
          /** @type {any[]} */
          const [first, ...rest] = nodes.splice(opened);
          for (const [other, index] of open) if (index >= opened) open.delete(other);
          add({ kind: PAIRED[sign], children: joined([first.slice(sign.length), ...rest]) }, start, end);
        } else if (/\S/.test(after) && at(begins, text, start)) {
          cut(start);
          open.set(sign, nodes.length);
        }
      }
    }
    cut(text.length);
    return joined(nodes);
  }

  /**
   * A quote or a list that begins with a line.
   *
   * @param {string} text @param {number} start of the line @param {number} depth
   * @returns {[node?: Parent, end?: any]} and where it ends
   */
  function linesAt(text, start, depth) {
    let end = start;
    if (depth === IN_ITEM) return [];
    if (depth === IN_TEXT && at(QUOTE, text, start)) {
      const lines = [];
      for (let line; (line = at(QUOTE_LINE, text, end)); end = QUOTE_LINE.lastIndex) lines.push(line[1]);
      return [{ kind: 'blockquote', children: read(lines.join('\n'), IN_QUOTE) }, end];
    }
    /** @type {Parent | undefined} */
    let list;
    for (let item; (item = at(ITEM, text, end)); ) {
      const [, indent, number, said] = item;
      const kind = number ? 'ol' : 'ul';
      if (list ? !indent && kind !== list.kind : indent) break;
      end = ITEM.lastIndex;
      list ??= { kind, children: [] };
      let into = list;
      if (indent) {
        const { children } = /** @type {Parent} */ (list.children.at(-1));
        into = /** @type {Parent} */ (children.at(-1));
        if (into.kind !== kind) children.push((into = { kind, children: [] }));
      }
      into.children.push({ kind: 'li', ...(number && { value: +number }), children: read(said.trim(), IN_ITEM) });
    }
    return [list, end];
  }
}

/** @param {RegExp} pattern a sticky one @param {string} text @param {number} index */
function at(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Text beside text is one text. @param {Node[]} nodes */
function joined(nodes) {
  /** @type {any[]} */
  const all = [];
  for (const node of nodes) {
    if (typeof node === 'string' && typeof all.at(-1) === 'string') all.push(all.pop() + node);
    else if (node !== '') all.push(node);
  }
  return all;
}

export const fold = (/** @type {string} */ text) => text.normalize().toUpperCase().toLowerCase();

/** @param {string} text @param {string} other */
const isSame = (text, other) => fold(text) === fold(other);

/** @type {string | undefined} */
let known;
/** An `@` and a name, the longest that fits, in composed form; and how long that may be when it is decomposed. */
let anyName = { pattern: /^/y, units: 0 };

/** Made anew for other names. @param {readonly string[]} names */
function anyOf(names) {
  const all = names.join('\n');
  if (all !== known) {
    const longestFirst = names.map((name) => name.normalize()).sort((a, b) => b.length - a.length);
    const escaped = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    const units = 4 * (longestFirst[0].length + 2);
    anyName = { pattern: new RegExp(`@(?:${escaped.join('|')})${ENDS}`, 'iuy'), units };
    known = all;
  }
  return anyName;
}

/**
 * @param {string} text
 * @param {number} start of an `@`
 * @param {typeof anyName} names
 * @returns {string | undefined} the mention, as it is written
 */
function mentionAt(text, start, { pattern, units }) {
  const rest = text.slice(start, start + units);
  const composed = rest.normalize();
  const found = at(pattern, composed, 0)?.[0];
  if (!found || at(IN_ADDRESS(), text, start)) return undefined;
  let end = rest === composed ? found.length : 1;
  while (end < rest.length && rest.slice(0, end).normalize() !== found) end++;
  return rest.slice(0, end);
}

/** @param {string} url as far as it may reach */
function withoutEnd(url) {
  /** @param {string} sign */
  const count = (sign) => url.split(sign).length;
  /** @type {Record<string, number>} */
  const spare = { ')': count(')') - count('('), ']': count(']') - count('['), '}': count('}') - count('{') };
  let end = url.length;
  for (let last; (last = url[end - 1]) in spare ? spare[last]-- > 0 : AFTER_URL().test(last); ) end--;
  return url.slice(0, end);
}

/**
 * Whether a link is shown as what it is not: as an address with another host, or as nothing at all.
 *
 * @param {string} text
 * @param {string} href
 */
function misleads(text, href) {
  const seen = text.normalize('NFKC').replace(/\p{DI}/gu, '');
  /** @param {string} url */
  const hostOf = (url) => URL.canParse(url) && new URL(url).host.replace(/^www\./, '');
  return !seen.trim() || seen.match(HOST())?.some((host) => hostOf(`http://${host}`) !== hostOf(href));
}

/**
 * Where it leads; nowhere, if a name before the host would have one believe in another host:
 * `https://bank.example@a.b`.
 *
 * @param {string} url
 */
function hrefOf(url) {
  /** @type {Partial<URL>} */
  const { href, username, password } = URL.canParse(url) ? new URL(url) : {};
  return username || password ? undefined : href;
}
