/** What became of a message that is not sent: it waits, or was refused, and can be tried again. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el, setText } from './element.js';

/** A message that is sent is said to be on its way only after this long: most have arrived by then. Milliseconds. */
const LATE_MS = 700;

export class Unsent {
  #log;
  /** What is said of a message, below it, by its key. @type {Map<string, HTMLElement>} */
  #states = new Map();
  #timer = 0;

  /** @param {typeof import('../chat.js').app} app */
  constructor({ log }) {
    this.#log = log;
  }

  /** @param {import('../model/rows.js').LogRow[]} rows */
  drawn(rows) {
    const unsent = rows.filter(({ kind }) => kind === 'unsent');
    const keys = new Set(unsent.map(({ key }) => key));
    for (const [key, state] of this.#states) {
      if (keys.has(key)) continue;
      state.closest('.message')?.classList.remove('message-refused');
      state.remove();
      this.#states.delete(key);
    }
    for (const row of unsent) this.#show(row);
    clearTimeout(this.#timer);
    const next = Math.min(...unsent.map(waitOf).filter((wait) => wait > 0));
    if (next < Infinity) this.#timer = setTimeout(() => this.#log.refresh(), next);
  }

  #show({ key, item, at }) {
    const { refused } = item;
    const isRefused = refused !== undefined;
    const { element } = this.#log.shown.get(key);
    element.classList.toggle('message-refused', isRefused);
    if (!isRefused && waitOf({ at }) > 0) return;
    if (!this.#states.has(key)) this.#states.set(key, this.#make(item.cid));
    const state = this.#states.get(key);
    const why = state.firstChild;
    const says = isRefused ? say('notSent', { why: refused }) : say(this.#log.room.isReady ? 'sending' : 'waiting');
    setText(why, says);
    for (const button of state.querySelectorAll('button')) button.hidden = !isRefused;
    if (!element.contains(state)) element.querySelector('.message-body').append(state);
  }

  #make(cid) {
    const act = (key, run) => el('button', { class: `quiet message-${key}`, type: 'button', onclick() {
      run();
      // Its button goes: one goes on writing.
      document.querySelector('#text').focus();
    } }, say(key));
    return el('div', { class: 'message-state' }, el('span', { class: 'message-why' }),
      act('again', () => this.#log.room.sayAgain(cid)), act('discard', () => this.#log.room.discard(cid)));
  }
}

/** @returns {number} milliseconds until it is late */
const waitOf = ({ at }) => at + LATE_MS - Date.now();
