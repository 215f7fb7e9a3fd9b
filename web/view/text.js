/** A message's text on the page: links, code, emphasis, mentions. It enters as text; no part of it is ever markup. */

import { isEmojiOnly, parse } from '../model/markup.js';
import { el } from './element.js';

/** A line of code that may not fit on a narrow phone: then it scrolls sideways, and a keyboard has to reach it. */
const LINE_CHARS = 24;

/**
 * @param {HTMLElement} element that holds nothing else
 * @param {string} text
 * @param {import('../model/markup.js').Names} [options]
 */
export function showText(element, text, options) {
  element.classList.toggle('text-emoji', isEmojiOnly(text));
  element.replaceChildren(...parse(text, options).map(shown));
}

/** @param {string} text @returns {string} as it is read aloud: without the marks of its form */
export const plainText = (text) => parse(text).map(plain).join('');

/** @param {import('../model/markup.js').Node} node @returns {string} */
const plain = (node) => (typeof node === 'string' ? node : node.text ?? node.children.map(plain).join(''));

/** @param {import('../model/markup.js').Node} node @returns {Node | string} */
function shown(node) {
  if (typeof node === 'string') return node;
  switch (node.kind) {
    case 'code':
      return el('code', {}, node.text);
    case 'block': {
      const isWide = node.text.split('\n').some((line) => line.length > LINE_CHARS);
      return el('pre', isWide ? { tabIndex: 0 } : {}, el('code', {}, node.text));
    }
    case 'mention':
      return el('span', { class: node.isMe ? 'mention mention-me' : 'mention' }, node.text);
    case 'link':
      // Every link leaves the page as it is, and is not told of it; one into this chat is followed in place
      // (deferred.js).
      return el('a', { href: node.href, rel: 'noopener noreferrer nofollow', target: '_blank' }, node.text);
    default:
      return el(node.kind, {}, ...node.children.map(shown));
  }
}
