/** A finger on a message: held, it brings the sheet of actions; moved towards the line's end, a reply. */

import { el } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/** How long a finger rests until the sheet comes. Milliseconds. */
const HOLD_MS = 450;

/** A finger that rests moves less than this. CSS pixels. */
const REST_PX = 10;

/** A swipe as far as this is a reply; further the message does not go. CSS pixels. */
const SWIPE_PX = 56;
const SWIPE_PX_MAX = 72;

/** From the screen's edge, where the system's own gesture begins. CSS pixels. */
const EDGE_PX = 24;

/** A short tick, where the device has one. Milliseconds. */
const TICK_MS = 10;

/** What has a use of its own for a finger. */
const OWN_USE = 'a, button, pre';

/**
 * @typedef {import('./log.js').RowElement} RowElement
 * @typedef {{ row: RowElement, id: number, x: number, y: number, hold: number, by: number, isSwipe: boolean }} Press
 */

export class Touch {
  /** @type {Press | undefined} */
  #press;
  #sign = el('span', { class: 'swipe-sign', 'aria-hidden': 'true' }, icon(PICTURES.reply));
  #on;

  /**
   * @param {HTMLElement} box of the log
   * @param {Record<'held' | 'swiped', (row: RowElement) => void> & { canReply: (row: RowElement) => boolean }} on
   */
  constructor(box, on) {
    this.#on = on;
    box.addEventListener('pointerdown', (event) => this.#down(event));
    box.addEventListener('pointermove', (event) => this.#move(event));
    box.addEventListener('pointerup', (event) => this.#up(event));
    for (const type of ['pointercancel', 'scroll']) box.addEventListener(type, () => this.#end());
    // A long press would select text, or open the browser's menu.
    box.addEventListener('contextmenu', (event) => {
      if (this.#press || /** @type {PointerEvent} */ (event).pointerType === 'touch') event.preventDefault();
    });
  }

  /** @param {PointerEvent} event */
  #down({ target, pointerType, pointerId, clientX, clientY, isPrimary }) {
    this.#end();
    const part = /** @type {Element} */ (target);
    const row = /** @type {RowElement | null} */ (part.closest('.message'));
    if (pointerType !== 'touch' || !isPrimary || !row?.seq || part.closest(OWN_USE)) return;
    const hold = setTimeout(() => {
      this.#end();
      navigator.vibrate?.(TICK_MS);
      this.#on.held(row);
    }, HOLD_MS);
    this.#press = { row, id: pointerId, x: clientX, y: clientY, hold, by: 0, isSwipe: false };
  }

  /** @param {PointerEvent} event */
  #move({ pointerId, clientX, clientY }) {
    const press = this.#press;
    if (!press || press.id !== pointerId) return;
    const isTurned = document.dir === 'rtl';
    const across = (clientX - press.x) * (isTurned ? -1 : 1);
    const down = Math.abs(clientY - press.y);
    if (!press.isSwipe) {
      if (Math.hypot(across, down) < REST_PX) return;
      clearTimeout(press.hold);
      const start = isTurned ? innerWidth - press.x : press.x;
      if (across < 2 * down || start < EDGE_PX || !this.#on.canReply(press.row)) return this.#end();
      press.isSwipe = true;
      press.row.classList.add('message-swiped');
      press.row.append(this.#sign);
    }
    const by = Math.max(0, Math.min(across, SWIPE_PX_MAX));
    const isFar = by >= SWIPE_PX;
    if (isFar && press.by < SWIPE_PX) navigator.vibrate?.(TICK_MS);
    press.by = by;
    press.row.style.setProperty('--swipe', `${isTurned ? -by : by}px`);
    this.#sign.classList.toggle('swipe-far', isFar);
  }

  /** @param {PointerEvent} event */
  #up({ pointerId }) {
    const press = this.#press;
    if (press?.id !== pointerId) return;
    this.#end();
    if (press.by >= SWIPE_PX) this.#on.swiped(press.row);
  }

  /** The finger is gone, or does something else. */
  #end() {
    if (!this.#press) return;
    const { hold, row } = this.#press;
    clearTimeout(hold);
    row.classList.remove('message-swiped');
    row.style.removeProperty('--swipe');
    this.#sign.remove();
    this.#press = undefined;
  }
}
