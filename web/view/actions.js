/** The toolbar of a message: beside the one that the mouse or the focus is at. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { icon } from './icon.js';
import { QUICK } from './message-actions.js';
import { PICTURES } from './pictures.js';
import { openMenu } from './popover.js';

/** Those that are always in sight; the others are in the menu. */
const IN_BAR = ['react', 'reply', 'edit'];
const NOT_IN_MENU = ['react', 'reply'];

/** Between the bubble and the toolbar. CSS pixels. */
const GAP_PX = 8;

/**
 * @typedef {import('../model/timeline.js').Message} Message
 * @typedef {import('./log.js').RowElement} RowElement
 * @typedef {import('./message-actions.js').Action} Action
 *
 * @typedef {object} Place where messages stand: the log of a room, or a thread
 * @property {HTMLElement} box that scrolls
 * @property {HTMLElement} list
 * @property {Iterable<RowElement>} rows
 * @property {import('../model/room.js').Room} room
 * @property {import('../model/timeline.js').Timeline} timeline
 *
 * @typedef {object} Needs
 * @property {Place} place
 * @property {import('./message-actions.js').MessageActions} actions
 * @property {() => void} focusText moves the focus to where one writes
 * @property {AbortSignal} [signal] when the place is gone
 */

export class Actions {
  #place;
  #actions;
  #focusText;
  #bar = el('div', { class: 'actions', role: 'toolbar', ariaLabel: t('actions') });
  /** The row that has the toolbar. @type {RowElement | undefined} */
  #row;
  /** Whether the last pointer was a mouse: what a finger has touched counts as hovered as well. */
  #isMouse = true;
  /** What lies over the page for this message: a menu, a question, the choice of a reaction. */
  #opened = 0;
  /** The reader's last act was a finger's: the focus that comes back after it shows no toolbar. */
  #isFinger = false;

  /** @param {Needs} needs */
  constructor({ place, actions, focusText, signal }) {
    this.#place = place;
    this.#actions = actions;
    this.#focusText = focusText;
    this.#follow(place.box, signal);
    // The pointer or the focus may be on a message already.
    const { activeElement } = document;
    this.#show((place.box.contains(activeElement) && rowOf(activeElement)) || this.#hovered());
  }

  /** @param {HTMLElement} box @param {AbortSignal} [signal] */
  #follow(box, signal) {
    // The pointer may be over a message before that is sent and can be replied to.
    for (const sign of /** @type {const} */ (['pointerover', 'pointermove'])) {
      box.addEventListener(sign, ({ target, pointerType }) => {
        this.#isMouse = pointerType === 'mouse';
        if (this.#isMouse && !this.#isUsed) this.#show(rowOf(target));
      });
    }
    box.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse' && !this.#isUsed) this.#show(undefined);
    });
    // The focus goes elsewhere.
    box.addEventListener('focusout', ({ relatedTarget }) => {
      if (this.#opened || box.contains(/** @type {Node | null} */ (relatedTarget))) return;
      this.#show(this.#hovered());
    });
    // A reaction that is there: one's own is added to it, or taken back.
    box.addEventListener('click', ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('.reaction'));
      const seq = rowOf(target)?.seq;
      if (button?.dataset.emoji && seq) this.#actions.give(button.dataset.emoji, seq);
    });
    // A finger leaves the focus on a message, too; for it there is the sheet (touch.js).
    const first = { capture: true, signal };
    const note = (/** @type {PointerEvent} */ { pointerType }) => (this.#isFinger = pointerType === 'touch');
    document.addEventListener('pointerdown', note, first);
    document.addEventListener('keydown', () => (this.#isFinger = false), first);
    box.addEventListener('focusin', ({ target }) => {
      // A browser may show the focus that a sheet has given back.
      const isVisible = !this.#isFinger && /** @type {Element} */ (target).matches(':focus-visible');
      if (isVisible) this.#show(rowOf(target) ?? this.#row);
    });
    box.addEventListener('keydown', (event) => this.#key(event));
  }

  /** A message under the pointer may have been sent only now, and can be replied to. */
  drawn() {
    this.#show(this.#row);
  }

  /**
   * The keyboard is at it, or something is open for it: it stays. A button that was clicked has the focus as well,
   * unseen.
   */
  get #isUsed() {
    return this.#opened > 0 || this.#bar.querySelector(':focus-visible') !== null;
  }

  /** The row that the mouse is over. */
  #hovered() {
    const row = /** @type {RowElement | null} */ (this.#place.box.querySelector('.message:hover'));
    return (this.#isMouse && row) || undefined;
  }

  /** As it is now: it changes under the toolbar. */
  get #message() {
    return this.#row?.seq ? this.#place.timeline.get(this.#row.seq) : undefined;
  }

  /** @param {RowElement | undefined} row */
  #show(row) {
    // The buttons are not replaced while one of them is pressed.
    const isThere = row === this.#row && this.#bar.isConnected;
    this.#row = row;
    const message = this.#message;
    if (!row || !message || message.deleted) return this.#hide();
    if (isThere) return;
    const all = this.#actions.of(message);
    const quick = all.some(({ name }) => name === 'react') ? QUICK : [];
    const bar = this.#bar;
    bar.replaceChildren(...quick.map((emoji) => this.#quick(emoji)),
      ...all.filter(({ name }) => IN_BAR.includes(name)).map((action) => this.#button(action)),
      button(t('moreActions'), icon(PICTURES.more), (anchor) => this.#openMenu(anchor)));
    this.#put(row);
  }

  /** At the free end of the line; where that lacks the room, over the line above. @param {HTMLElement} row */
  #put(row) {
    const bar = this.#bar;
    const bubble = /** @type {HTMLElement} */ (row.querySelector('.message-bubble'));
    bar.className = 'actions actions-beside';
    bubble.append(bar);
    const edge = this.#place.list.getBoundingClientRect();
    const { left, right } = bar.getBoundingClientRect();
    if (left >= edge.left && right <= edge.right) return;
    const top = bubble.getBoundingClientRect().top - bar.offsetHeight - GAP_PX;
    const isAtTop = top < this.#place.box.getBoundingClientRect().top;
    bar.className = `actions ${isAtTop ? 'actions-below' : 'actions-above'}`;
    bubble.parentElement?.append(bar);
  }

  #hide() {
    // The focus stays in the log: where it was, if the message is there, and cannot be changed any more.
    if (this.#bar.contains(document.activeElement)) (this.#row ?? this.#place.box).focus({ preventScroll: true });
    this.#bar.remove();
  }

  /** @param {string} emoji */
  #quick(emoji) {
    return button(emoji, emoji, () => this.#message && this.#actions.give(emoji, this.#message.seq));
  }

  /** @param {Action} action */
  #button(action) {
    return button(t(action.name), icon(PICTURES[action.name]), (anchor) => this.#act(action, anchor));
  }

  /** While something is open for it, the toolbar stays. @param {Action} action @param {HTMLElement} anchor */
  async #act({ act }, anchor) {
    if (!this.#message) return;
    this.#opened++;
    await act(this.#message, anchor);
    this.#opened--;
    this.#afterUse();
  }

  /** @param {HTMLElement} anchor */
  async #openMenu(anchor) {
    const message = this.#message;
    if (!message) return;
    this.#opened++;
    await this.#actions.learn(message);
    const items = this.#actions.of(message).filter(({ name }) => !NOT_IN_MENU.includes(name)).map((action) => ({
      name: this.#actions.says(action, message),
      picture: icon(PICTURES[action.name]),
      key: action.key === 'Delete' ? 'Del' : action.key,
      isGrave: action.name === 'delete',
      act: () => this.#act(action, anchor),
    }));
    if (anchor.isConnected) await openMenu(anchor, items).closed;
    this.#opened--;
    this.#afterUse();
  }

  /** The pointer may be elsewhere meanwhile. */
  #afterUse() {
    if (this.#isUsed || this.#bar.contains(document.activeElement) || rowOf(document.activeElement)) return;
    this.#show(this.#hovered());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, target } = event;
    const row = rowOf(target);
    const buttons = [...this.#bar.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === target);
    const rtl = document.dir === 'rtl' ? -1 : 1;
    if (key === 'ArrowUp' || key === 'ArrowDown') this.#move(row, key === 'ArrowUp' ? -1 : 1);
    else if (key === 'Enter' && target === row) buttons[0]?.focus();
    else if (at >= 0 && key === 'ArrowRight') buttons.at((at + rtl) % buttons.length)?.focus();
    else if (at >= 0 && key === 'ArrowLeft') buttons.at((at - rtl) % buttons.length)?.focus();
    else if (key === 'Escape' && at >= 0) row?.focus();
    else if (key === 'Escape') this.#focusText();
    else if (target !== row || !this.#byKey(event)) return;
    event.preventDefault();
  }

  /**
   * Does what a letter stands for, at a message that has the focus.
   *
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it stands for something
   */
  #byKey({ key, ctrlKey, metaKey, altKey, target }) {
    // The mouse may be over another one, which has the toolbar.
    this.#show(rowOf(target));
    const message = this.#message;
    if (!message || ctrlKey || metaKey || altKey) return false;
    const action = this.#actions.of(message).find((action) => action.key.toLowerCase() === key.toLowerCase());
    const buttons = this.#bar.querySelectorAll('button');
    if (action) this.#act(action, buttons[buttons.length - 1]);
    return action !== undefined;
  }

  /**
   * To the next message, up or down; from the log itself to the last in sight.
   *
   * @param {RowElement | undefined} row
   * @param {number} by
   */
  #move(row, by) {
    const { box, rows } = this.#place;
    const messages = [...rows].filter(({ classList }) => classList.contains('message'));
    const end = box.scrollTop + box.clientHeight;
    const next = row ? messages[messages.indexOf(row) + by] : messages.findLast(({ offsetTop }) => offsetTop < end);
    next?.focus();
  }
}

/** @param {string} says @param {Node | string} content @param {(button: HTMLElement) => void} act */
function button(says, content, act) {
  const button = el('button', { type: 'button', title: says, ariaLabel: says }, content);
  button.addEventListener('click', () => act(button));
  return button;
}

/** @param {EventTarget | null} target */
const rowOf = (target) =>
  (target instanceof Element && /** @type {RowElement | null} */ (target.closest('.message'))) || undefined;
