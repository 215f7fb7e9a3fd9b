/** The list of what was said, and the button that leads to its end. */

import { Batch } from './batch.js';
import { Place } from './place.js';
import { words } from './strings.js';

/** Rows kept on the page: a long evening, and still light. */
export const ROWS_MAX = 1_000;

const MINUTE_MS = 60_000;

/**
 * @typedef {object} Row
 * @property {'message' | 'notice'} kind
 * @property {string} text
 * @property {number} at when it came, in Unix milliseconds
 */

export class Log {
  #box = document.querySelector('#log');
  #list = this.#box.querySelector('.log-list');
  #empty = this.#box.querySelector('.log-empty');
  #older = this.#box.querySelector('.log-older');
  #newer = document.querySelector('#newer');
  #templates = {
    message: document.querySelector('#message').content.firstElementChild,
    notice: document.querySelector('#notice').content.firstElementChild,
  };
  #clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
  #calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
  #place = new Place(this.#box, this.#list.children);
  #batch = new Batch(window, ROWS_MAX, (rows, skipped) => this.#show(rows, skipped));
  #lastMinute = NaN;
  #unseen = 0;

  constructor() {
    this.#box.addEventListener('scroll', () => this.#look(), { passive: true });
    new ResizeObserver(() => this.#place.settle()).observe(this.#box);
    // The focus stays where it is, and with it the keyboard of a phone.
    this.#newer.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#newer.addEventListener('click', () => this.#goToEnd());
  }

  /** @param {string[]} lines messages, in their order */
  say(lines) {
    const at = Date.now();
    for (const text of lines) this.#batch.add({ kind: 'message', text, at });
  }

  /** @param {string} text what the page has to say itself */
  note(text) {
    this.#batch.add({ kind: 'notice', text, at: Date.now() });
  }

  /**
   * @param {Row[]} rows
   * @param {number} skipped
   */
  #show(rows, skipped) {
    this.#place.look();
    this.#empty.hidden = true;
    this.#list.append(...rows.map((row) => this.#element(row)));
    this.#trim(skipped);
    this.#place.settle();
    this.#count(skipped + rows.filter(({ kind }) => kind === 'message').length);
  }

  /** @param {Row} row */
  #element({ kind, text, at }) {
    const element = this.#templates[kind].cloneNode(true);
    if (kind === 'notice') {
      element.textContent = text;
      this.#lastMinute = NaN;
      return element;
    }
    const [time, said] = element.children;
    const when = new Date(at);
    time.textContent = this.#clock.format(when);
    time.dateTime = when.toISOString();
    time.title = this.#calendar.format(when);
    said.textContent = text;
    const minute = Math.floor(at / MINUTE_MS);
    element.classList.toggle('message-first', minute !== this.#lastMinute);
    this.#lastMinute = minute;
    return element;
  }

  /** Lets the oldest go, and says so. @param {number} skipped */
  #trim(skipped) {
    const rows = this.#list.children;
    const over = rows.length - ROWS_MAX;
    if (over > 0) {
      const range = document.createRange();
      range.setStartBefore(rows[0]);
      range.setEndAfter(rows[over - 1]);
      range.deleteContents();
      if (rows[0].matches('.message')) rows[0].classList.add('message-first');
    }
    if (over > 0 || skipped > 0) this.#older.hidden = false;
  }

  #look() {
    this.#place.look();
    this.#count(0);
  }

  /** @param {number} more messages have come: they are unseen, unless the reader is at the end */
  #count(more) {
    this.#unseen = this.#place.following ? 0 : this.#unseen + more;
    this.#newer.hidden = this.#unseen === 0;
    this.#newer.textContent = words.newMessages(this.#unseen);
  }

  #goToEnd() {
    const hadFocus = document.activeElement === this.#newer;
    this.#place.goToEnd();
    this.#count(0);
    if (hadFocus) this.#box.focus();
  }
}
