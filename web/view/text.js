/** A message's text on the page: links, code, emphasis, mentions. It enters as text; no part of it is ever markup. */

import { isEmojiOnly, parse } from '../model/markup.js';
import { el } from './element.js';

/** A line of code that may not fit on a narrow phone: then it scrolls sideways, and a keyboard has to reach it. */
const LINE_CHARS = 24;

/**
 * @param {HTMLElement} element that holds nothing else
 * @param {string} text
 * @param {{ names?: readonly string[], me?: string }} [options] who can be mentioned, and what the reader is called
 */
export function showText(element, text, { names, me } = {}) {
  element.classList.toggle('text-emoji', isEmojiOnly(text));
  element.replaceChildren(...parse(text, { names, me }).map(shown));
}

/** @param {string} text @returns {string} as it is read aloud: without the marks of its form */
export const plainText = (text) => parse(text).map(plain).join('');

const plain = (node) => node.text ?? node.children?.map(plain).join('') ?? node;

/** @param {import('../model/markup.js').Node} node @returns {Node | string} */
function shown(node) {
  if (typeof node === 'string') return node;
  const { kind, text, href, isMe, children } = node;
  if (kind === 'code') return el('code', {}, text);
  if (kind === 'block') {
    const isWide = text.split('\n').some((line) => line.length > LINE_CHARS);
    return el('pre', isWide ? { tabIndex: 0 } : {}, el('code', {}, text));
  }
  if (kind === 'mention') return el('span', { class: isMe ? 'mention mention-me' : 'mention' }, text);
  if (kind === 'link') {
    // Every link leaves the page as it is, and is not told of it; but one into this chat is followed in place (deferred.js).
    return el('a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, text);
  }
  return el(kind, {}, ...children.map(shown));
}
