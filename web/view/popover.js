/** Something small over the page, beside what asked for it: one at a time, closed by Escape or by a click elsewhere. */

import { el } from './element.js';

/** From what asked for it, and from the window's edges. CSS pixels. */
export const GAP_PX = 6;

/** With less room than this above and below what asked for it, it lies over that. CSS pixels. */
const ROOM_PX_MIN = 260;

/**
 * Opens it. Whatever has `autofocus` in it gets the focus; afterwards that is where it was, unless it went elsewhere.
 *
 * @param {HTMLElement} anchor what asked for it
 * @param {Record<string, any>} props of the popover
 * @param {...(Node | string)} content
 * @returns {{ close: () => void, closed: Promise<void> }}
 */
export function openPopover(anchor, props, ...content) {
  const popover = el('div', { popover: 'auto', ...props, class: `popover ${props.class}` }, ...content);
  const closed = new Promise((/** @type {(value: void) => void} */ done) => {
    popover.addEventListener('toggle', ({ newState }) => {
      if (newState !== 'closed') return;
      const { activeElement } = document;
      if ((popover.contains(activeElement) || activeElement === document.body) && anchor.isConnected) anchor.focus();
      popover.remove();
      done();
    });
  });
  (anchor.closest('dialog, main') ?? document.body).append(popover);
  popover.showPopover();
  position(popover, anchor);
  return { close: () => popover.hidePopover(), closed };
}

/**
 * Above what asked for it or below, wherever there is more room, ends aligned, and inside the window.
 *
 * @param {HTMLElement} popover
 * @param {HTMLElement} anchor what asked for it
 */
export function position(popover, anchor) {
  const beside = anchor.getBoundingClientRect();
  const { style } = popover;
  const [above, below, all] = [beside.top, innerHeight - beside.bottom, innerHeight].map((room) => room - 2 * GAP_PX);
  const isBeside = Math.max(above, below) >= Math.min(ROOM_PX_MIN, all);
  style.setProperty('max-block-size', `${isBeside ? Math.max(above, below) : all}px`);
  const { offsetWidth: width, offsetHeight: height } = popover;
  const top = below >= above ? beside.bottom + GAP_PX : beside.top - GAP_PX - height;
  style.setProperty('inset-block-start', `${isBeside ? top : innerHeight - GAP_PX - height}px`);
  const isTurned = getComputedStyle(popover).direction === 'rtl';
  const end = isTurned ? innerWidth - beside.left : beside.right;
  const last = innerWidth - width - GAP_PX;
  style.setProperty('inset-inline-start', `${Math.max(GAP_PX, Math.min(end - width, last))}px`);
}

/** A menu beside what asked for it (the ARIA menu pattern). @param {HTMLElement} anchor @param {MenuItem[]} items */
export function openMenu(anchor, items) {
  const buttons = items.map(({ name, picture, key, isGrave, act }) => {
    const button = el('button', { class: isGrave ? 'menu-grave' : '', type: 'button', role: 'menuitem', tabIndex: -1 },
      picture, el('span', {}, name), ...(key ? [el('kbd', { 'aria-hidden': 'true' }, key)] : []));
    button.addEventListener('click', () => {
      menu.close();
      act();
    });
    return button;
  });
  buttons[0].autofocus = true;
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    const at = buttons.findIndex((button) => button === document.activeElement);
    const { key } = event;
    const found = items.findIndex((item) => item.key?.toLowerCase() === key.toLowerCase());
    if (found >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey) buttons[found].click();
    else if (key === 'ArrowDown') buttons[(at + 1) % buttons.length].focus();
    else if (key === 'ArrowUp') buttons.at((at - 1) % buttons.length)?.focus();
    else if (key === 'Home') buttons[0].focus();
    else if (key === 'End') buttons.at(-1)?.focus();
    else if (key === 'Tab') menu.close();
    else return;
    if (key !== 'Tab') event.preventDefault();
  };
  const menu = openPopover(anchor, { class: 'menu', role: 'menu', onkeydown }, ...buttons);
  return menu;
}

/**
 * @typedef {object} MenuItem
 * @property {string} name
 * @property {Node} picture
 * @property {string} [key] that does the same while the menu is open
 * @property {boolean} [isGrave] it cannot be undone
 * @property {() => void} act
 */
