/** The state of a message that is not sent: it waits, or was refused and can be sent again. */

import { reasonOf } from '../model/reason.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find, setText } from './element.js';
import { secondsUntil } from './connection-notice.js';

/** "Sending" is shown after this long: most messages have arrived by then. Milliseconds. */
const LATE_MS = 700;

/** The countdown of messages that wait is updated this often. Milliseconds. */
const COUNT_MS = 1_000;

/** @typedef {Extract<import('../model/rows.js').LogRow, { kind: 'unsent' }>} Unsent */

export class SendStatus {
  #log;
  /** The state below each unsent message, by key. @type {Map<string, HTMLElement>} */
  #states = new Map();
  #timer = 0;

  /** @param {{ log: import('./log.js').Log }} needs */
  constructor({ log }) {
    this.#log = log;
  }

  /** @param {import('../model/rows.js').LogRow[]} rows */
  drawn(rows) {
    const unsent = rows.filter((row) => row.kind === 'unsent');
    const keys = new Set(unsent.map(({ key }) => key));
    for (const [key, state] of this.#states) {
      if (keys.has(key)) continue;
      state.closest('.message')?.classList.remove('message-refused');
      state.remove();
      this.#states.delete(key);
    }
    // Several wait for one reason: the first of them says it.
    const first = unsent.find(({ item }) => item.refused === undefined);
    for (const row of unsent) this.#show(row, row === first);
    clearTimeout(this.#timer);
    const waits = unsent.map(waitOf).filter((wait) => wait > 0);
    const next = Math.min(...waits, ...(first && this.#log.room.outbox.paused ? [COUNT_MS] : []));
    if (next < Infinity) this.#timer = setTimeout(() => this.#log.refresh(), next);
  }

  /** @param {Unsent} row @param {boolean} isFirst of those that wait */
  #show({ key, item, at }, isFirst) {
    const { refused } = item;
    const isRefused = refused !== undefined;
    const element = this.#log.shown.get(key)?.element;
    if (!element) return;
    element.classList.toggle('message-refused', isRefused);
    if (!isRefused && (!isFirst || waitOf({ at }) > 0)) {
      this.#states.get(key)?.remove();
      this.#states.delete(key);
      return;
    }
    const state = this.#states.get(key) ?? this.#make(item.cid);
    this.#states.set(key, state);
    const says = isRefused ? t('notSent', { why: reasonOf({ code: item.code, text: refused }) }) : this.#waits();
    setText(/** @type {Element} */ (state.firstChild), says);
    for (const button of state.querySelectorAll('button')) button.hidden = !isRefused;
    if (!element.contains(state)) element.querySelector('.message-body')?.append(state);
  }

  /** The reason why messages are not sent yet. */
  #waits() {
    const { outbox, isReady } = this.#log.room;
    const { paused } = outbox;
    if (!paused) return t(isReady ? 'sending' : 'waiting');
    return t('waitsBecause', { why: reasonOf(paused), seconds: secondsUntil(paused.until, Date.now()) });
  }

  /** Sends a refused message again: as a new one, after those that wait already. @param {string} cid */
  #sayAgain(cid) {
    const { room } = this.#log;
    const item = room.discard(cid);
    if (!item) return;
    const { text, replyTo: seq, replyAt: at, mentions } = item;
    room.say(text, seq ? { seq, at } : undefined, mentions);
  }

  /** @param {string} cid */
  #make(cid) {
    /** @param {'again' | 'discard'} key @param {() => void} run */
    const act = (key, run) => {
      const onclick = () => {
        run();
        // Its button goes: one goes on writing.
        find('#text').focus();
      };
      return el('button', { class: `quiet message-${key}`, type: 'button', onclick }, t(key));
    };
    return el('div', { class: 'message-state' }, el('span', { class: 'message-why' }),
      act('again', () => this.#sayAgain(cid)), act('discard', () => this.#log.room.discard(cid)));
  }
}

/** @param {{ at: number }} unsent @returns {number} milliseconds until it is late */
const waitOf = ({ at }) => at + LATE_MS - Date.now();
