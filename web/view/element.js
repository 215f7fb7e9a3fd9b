/** Elements made in code. Text enters as text: a string child is never markup. */

import { hueOf, signOf } from '../model/color.js';

/**
 * An element that is there: of those in index.html, or of a part of it.
 *
 * @template {Element} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {E}
 */
// @ts-expect-error -- it is there
export const find = (selector, within = document) => within.querySelector(selector);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props] `class`, `on…` for events, attributes by their names, anything else a property
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    // @ts-expect-error -- a property, as the element has it
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * A person as a disc with an emoji or a letter.
 *
 * @param {import('../model/protocol.js').User} person who is named beside it: the disc is not read aloud
 */
export const faceOf = (person) => showFace(el('span', { class: 'avatar', 'aria-hidden': 'true' }), person);

/** @param {HTMLElement} face @param {import('../model/protocol.js').User} person whose it is from now on */
export function showFace(face, person) {
  setText(face, signOf(person));
  face.style.setProperty('--hue', String(hueOf(person)));
  return face;
}

/**
 * Only where it is another: what is written anew is laid out, and may be announced, anew.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
