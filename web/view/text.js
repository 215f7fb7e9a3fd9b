/** A message's text on the page: links, code, lists, mentions. It enters as text; no part of it is ever markup. */

import { isEmojiOnly, parse } from '../model/markup.js';
import { el } from './element.js';

/** A line of code that may not fit on a narrow phone: then it scrolls sideways, and a keyboard has to reach it. */
const LINE_CHARS = 24;

const BLOCKS = new Set(['block', 'blockquote', 'ul', 'ol', 'li']);

/**
 * @param {HTMLElement} element that holds nothing else
 * @param {string} text
 * @param {import('../model/markup.js').Names} [options]
 */
export function showText(element, text, options) {
  element.classList.toggle('text-emoji', isEmojiOnly(text));
  element.replaceChildren(...parse(text, options).map(shown));
}

/**
 * @param {{ text?: string, mentions?: import('../model/protocol.js').Mentions }} message
 * @param {Pick<import('../model/room.js').Room, 'mentionNames'>} room where it was said
 * @returns {string} as it is read aloud: without the marks of its form; who is mentioned is called as they are now
 */
export const plainText = ({ text = '', mentions }, room) =>
  plain(parse(text, mentions && room.mentionNames(text, mentions)));

/** @param {import('../model/markup.js').Node[]} nodes @returns {string} blocks have lines of their own */
const plain = (nodes) => nodes.map((node, n) => {
  const isApart = n && [nodes[n - 1], node].some((one) => typeof one !== 'string' && BLOCKS.has(one.kind));
  return (isApart ? '\n' : '') + (typeof node === 'string' ? node : marked(wordsOf(node), node));
}).join('');

/** @param {Exclude<import('../model/markup.js').Node, string>} node @returns {string} */
const wordsOf = (node) => (node.kind === 'mention' && node.now) || (node.text ?? plain(node.children));

/** @param {string} text @param {{ kind: string, value?: number }} node @returns {string} */
function marked(text, { kind, value }) {
  if (kind === 'blockquote') return text.replace(/^/gm, '> ');
  return kind === 'li' ? `${value === undefined ? '•' : `${value}.`} ${text}` : text;
}

/** @param {import('../model/markup.js').Node} node @returns {Node | string} */
function shown(node) {
  if (typeof node === 'string') return node;
  switch (node.kind) {
    case 'code':
      return el('code', {}, node.text);
    case 'block': {
      const isWide = node.text.split('\n').some((line) => line.length > LINE_CHARS);
      // A button has its place beside it (code-copy.js).
      return el('div', { class: 'code' }, el('pre', isWide ? { tabIndex: 0 } : {}, el('code', {}, node.text)));
    }
    case 'mention':
      return el('span', { class: node.isMe ? 'mention mention-me' : 'mention' }, node.now ?? node.text);
    case 'link':
      // Every link leaves the page as it is, and is not told of it; one into this chat is followed in place
      // (deferred.js).
      return el('a', { href: node.href, rel: 'noopener noreferrer nofollow', target: '_blank' }, node.text);
    default:
      return el(node.kind, node.value === undefined ? {} : { value: node.value }, ...node.children.map(shown));
  }
}
