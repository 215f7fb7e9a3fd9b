/** A live region that announces new messages to screen readers, not those that are loaded. */

import { cut } from '../model/graphemes.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { plainText } from './text.js';

/** Messages within this time are announced together. Milliseconds. */
const PERIOD_MS = 1_000;

/** More messages than this at once are counted, not read out. */
const MESSAGES_MAX = 3;

/** The length of a message that is read out. UTF-16 units, of whole characters. */
const TEXT_CHARS = 300;

/** @typedef {import('../model/protocol.js').MessageEntry} MessageEntry */

export class Announcer {
  #log;
  #region = el('div', { class: 'out-of-sight', id: 'announcer', role: 'log', ariaLabel: t('newest') });
  /** @type {MessageEntry[]} */
  #waiting = [];
  #timer = 0;

  /** @param {{ log: Pick<import('./log.js').Log, 'box' | 'room'> }} needs */
  constructor({ log }) {
    this.#log = log;
    log.box.after(this.#region);
  }

  /** @param {MessageEntry} [message] without one, it is the reader's own */
  received(message) {
    if (!message) return;
    this.#waiting.push(message);
    if (!this.#timer) this.#timer = setTimeout(() => this.#announce(), PERIOD_MS);
  }

  /**
   * A message that is not announced yet is another one now, or gone.
   *
   * @param {import('../model/revisions.js').Revision} change
   */
  revised({ target, text, mentions }) {
    this.#waiting = this.#waiting.flatMap((message) => {
      if (message.seq !== target) return message;
      return text === undefined ? [] : { ...message, text, mentions };
    });
  }

  cleared() {
    this.#waiting = [];
    this.#region.replaceChildren();
  }

  #announce() {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#timer = 0;
    if (messages.length === 0) return;
    const { room } = this.#log;
    const said = messages.length > MESSAGES_MAX
      ? [t('newMessages', { count: messages.length })]
      : messages.map((message) => `${room.calledNow(message.from)}: ${cut(plainText(message, room), TEXT_CHARS)}`);
    this.#region.append(...said.map((text) => el('p', {}, text)));
    while (this.#region.children.length > MESSAGES_MAX) this.#region.firstElementChild?.remove();
  }
}
