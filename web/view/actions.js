/** The actions on a message: a toolbar in the row that the pointer, a finger or the focus is at. */

import { linkTo } from '../model/chat-links.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { share } from './share.js';
import { el } from './element.js';
import { icon } from './icon.js';

/** Given with one click. */
const QUICK = '👍';

/** Longer than a press of a button takes. Milliseconds. */
const BLUR_MS = 400;

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {import('../model/timeline.js').Message} Message
 * @typedef {import('./log.js').RowElement} RowElement
 *
 * @typedef {object} Action
 * @property {import('../words/words.js').Key} name what its button is called
 * @property {string} [path] of the picture on it
 * @property {string} [sign] in place of a picture
 * @property {boolean} [isForKept] only where the server keeps messages
 * @property {boolean} [isForOwn] only on the reader's own messages
 * @property {(message: Message, button: HTMLElement) => void} act
 *
 * @typedef {object} Needs
 * @property {import('./log.js').Log} log
 * @property {import('./composer-mode.js').ComposerMode} mode
 * @property {Pick<import('../model/requests.js').Requests, 'change'>} requests
 * @property {Pick<import('../model/session.js').Session, 'limits'>} session
 * @property {(text: string) => void} showHint
 * @property {() => void} focusText moves the focus to where one writes
 */

export class Actions {
  #log;
  #requests;
  #session;
  #showHint;
  #focusText;
  /** In their order. @type {Action[]} */
  #actions;
  #bar = el('div', { class: 'actions', role: 'toolbar', ariaLabel: t('actions') });
  /** The row that has the toolbar, and the one that had it before a finger came down. @type {RowElement | undefined} */
  #row;
  /** @type {RowElement | undefined} */
  #before;
  /** Whether the last pointer was a mouse: what a finger has touched counts as hovered as well. */
  #isMouse = false;
  /** A reaction is being chosen, beside the log. */
  #isPicking = false;

  /** @param {Needs} needs */
  constructor({ log, mode, requests, session, showHint, focusText }) {
    this.#log = log;
    this.#requests = requests;
    this.#session = session;
    this.#showHint = showHint;
    this.#focusText = focusText;
    this.#actions = [
      { name: 'like', sign: QUICK, isForKept: true, act: ({ seq }) => this.#give(QUICK, log.room, seq) },
      {
        name: 'react',
        path: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.500c2 2.500 5 2.500 7 0M9 9.500v.5M15 9.500v.5',
        isForKept: true,
        act: ({ seq }, button) => this.#react(button, log.room, seq),
      },
      {
        name: 'reply',
        path: 'M10 6l-6 6 6 6v-4c5 0 8 1 10 4-.5-5-3.500-8-10-8z',
        act: (message) => mode.reply(message),
      },
      {
        name: 'edit',
        path: 'M4 20l1-4L16.500 4.500l3 3L8 19zM14 7l3 3',
        isForKept: true,
        isForOwn: true,
        act: (message) => mode.edit(message),
      },
      {
        name: 'link',
        path: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
        isForKept: true,
        act: ({ seq }, button) => this.#share(button, seq),
      },
      {
        name: 'delete',
        path: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
        isForKept: true,
        isForOwn: true,
        act: ({ seq }, button) => this.#delete(button, seq),
      },
    ];
    this.#follow(log.box);
    // The pointer or the focus may be on a message already.
    this.#show(rowOf(document.activeElement) ?? hoveredIn(log.box));
  }

  /** @param {HTMLElement} box */
  #follow(box) {
    // The pointer may be over a message before that is sent and can be replied to.
    for (const sign of /** @type {const} */ (['pointerover', 'pointermove'])) {
      box.addEventListener(sign, ({ target, pointerType }) => {
        this.#isMouse = pointerType === 'mouse';
        if (this.#isMouse && !this.#isUsed) this.#show(rowOf(target));
      });
    }
    // A touch sends `pointerleave` before its click.
    box.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse' && !this.#isUsed) this.#show(undefined);
    });
    // The focus goes elsewhere. Where a finger has pressed, it may only have lost what it was on.
    box.addEventListener('focusout', ({ relatedTarget }) => {
      const isWithin = box.contains(/** @type {Node | null} */ (relatedTarget));
      if (isWithin || this.#isPicking || !(relatedTarget || this.#isMouse)) return;
      this.#show(this.#isMouse ? hoveredIn(box) : undefined);
    });
    // A touch elsewhere puts the toolbar away.
    document.addEventListener('pointerdown', ({ target, pointerType }) => {
      this.#isMouse = pointerType === 'mouse';
      if (this.#isMouse) return;
      this.#before = this.#bar.isConnected ? this.#row : undefined;
      if (!this.#row?.contains(/** @type {Node} */ (target)) && !this.#isPicking) this.#show(undefined);
    }, { capture: true });
    // A tap on a message, where there is nothing to hover with, and once more to put the toolbar away; looked at before
    // a button that is pressed becomes another.
    box.addEventListener('click', ({ target }) => {
      if (/** @type {Element} */ (target).closest('a, button, pre')) return;
      const row = rowOf(target);
      this.#show(row === this.#before ? undefined : row);
      this.#before = undefined;
    }, { capture: true });
    // A reaction that is there: one's own is added to it, or taken back.
    box.addEventListener('click', ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('.reaction'));
      const seq = rowOf(target)?.seq;
      if (button?.dataset.emoji && seq) this.#give(button.dataset.emoji, this.#log.room, seq);
    });
    box.addEventListener('focusin', ({ target }) => this.#show(rowOf(target) ?? this.#row));
    box.addEventListener('keydown', (event) => this.#key(event));
  }

  /** A message under the pointer may have been sent only now, and can be replied to. */
  drawn() {
    this.#show(this.#row);
  }

  /** The keyboard is at it, or chooses for it: it stays. A button that was clicked has the focus as well, unseen. */
  get #isUsed() {
    return this.#isPicking || this.#bar.querySelector(':focus-visible') !== null;
  }

  /** As it is now: it changes under the toolbar. */
  get #message() {
    return this.#row?.seq ? this.#log.room.timeline.get(this.#row.seq) : undefined;
  }

  /** @param {RowElement | undefined} row */
  #show(row) {
    // The buttons are not replaced while one of them is pressed.
    const isThere = row === this.#row && this.#bar.isConnected;
    this.#row = row;
    const message = this.#message;
    if (!row || !message || message.deleted) return this.#hide();
    if (isThere) return;
    const isKept = this.#session.limits.history;
    const offered = this.#actions.filter((action) =>
      (isKept || !action.isForKept) && (message.isMine || !action.isForOwn));
    this.#bar.replaceChildren(...offered.map((action) => this.#button(action)));
    const isAtTop = row.offsetTop - this.#log.box.scrollTop < this.#bar.offsetHeight + 16;
    this.#bar.classList.toggle('actions-below', isAtTop);
    row.append(this.#bar);
  }

  #hide() {
    // The focus stays in the log.
    if (this.#bar.contains(document.activeElement)) this.#log.box.focus({ preventScroll: true });
    this.#bar.remove();
  }

  /** @param {Action} action */
  #button({ name, path = '', sign, act }) {
    const button = el('button', { type: 'button', title: t(name), ariaLabel: t(name) }, sign ?? icon(path));
    button.addEventListener('click', () => this.#message && act(this.#message, button));
    return button;
  }

  /** @param {HTMLElement} button @param {Room} room @param {number} seq */
  async #react(button, room, seq) {
    this.#isPicking = true;
    const picker = import('./emoji.js').then(({ pickEmoji }) => pickEmoji(button));
    const emoji = await picker.catch(() => this.#showHint(t('notLoaded')));
    this.#isPicking = false;
    if (emoji) this.#give(emoji, room, seq);
  }

  /** Gives it, or takes it back. @param {string} emoji @param {Room} room @param {number} seq */
  #give(emoji, room, seq) {
    const on = !room.timeline.get(seq)?.reactions[emoji]?.me;
    this.#explain(this.#requests.change(room, 'react', { seq, emoji, on }));
  }

  /** @param {HTMLElement} button @param {number} seq */
  async #share(button, seq) {
    const done = await share(linkTo(document.baseURI, this.#log.room.name, seq));
    if (done) this.#showHint(done);
    button.focus();
  }

  /** Asks once more, in the same place. @param {HTMLElement} button @param {number} seq */
  #delete(button, seq) {
    if (button.textContent) {
      this.#explain(this.#requests.change(this.#log.room, 'delete', { seq }));
      this.#row?.focus();
      return;
    }
    const [picture] = button.childNodes;
    /** @param {boolean} isSure @param {'delete' | 'deleteSure'} key @param {Node | string} content */
    const ask = (isSure, key, content) => {
      button.classList.toggle('actions-sure', isSure);
      button.title = button.ariaLabel = t(key);
      button.replaceChildren(content);
    };
    ask(true, 'deleteSure', t('deleteSure'));
    // Not at once: what moves between a press and its release is not clicked.
    button.addEventListener('blur', () => setTimeout(ask, BLUR_MS, false, 'delete', picture), { once: true });
  }

  /** Says why a change was not made. @param {Promise<void>} change */
  #explain(change) {
    change.catch(({ message }) => this.#showHint(t('notChanged', { why: message })));
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
    else return;
    event.preventDefault();
  }

  /**
   * To the next message, up or down; from the log itself to the last in sight.
   *
   * @param {RowElement | undefined} row
   * @param {number} by
   */
  #move(row, by) {
    const { box, rows } = this.#log;
    const messages = [...rows].filter(({ classList }) => classList.contains('message'));
    const end = box.scrollTop + box.clientHeight;
    const next = row ? messages[messages.indexOf(row) + by] : messages.findLast(({ offsetTop }) => offsetTop < end);
    next?.focus();
  }
}

/** @param {EventTarget | null} target */
const rowOf = (target) =>
  (target instanceof Element && /** @type {RowElement | null} */ (target.closest('.message'))) || undefined;

/** @param {HTMLElement} box */
const hoveredIn = (box) => /** @type {RowElement | null} */ (box.querySelector('.message:hover')) ?? undefined;
