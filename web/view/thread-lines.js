/** The line under a message that many have answered: how many, when the last, and the way to its thread. */

import { date } from '../words/more.js';
import { clock, t } from '../words/words.js';
import { el, faceOf } from './element.js';

/** From so many replies on a message has the line: fewer are read where they stand. */
const REPLIES_MIN = 3;

/** @typedef {import('./log.js').RowElement} RowElement @typedef {import('../model/protocol.js').Replies} Replies */

export class ThreadLines {
  #log;
  #open;
  /** What the line of a message says. @type {WeakMap<RowElement, Replies>} */
  #shown = new WeakMap();

  /**
   * @param {object} needs
   * @param {Pick<import('./log.js').Log, 'rows' | 'room'>} needs.log
   * @param {(seq: number) => void} needs.open
   */
  constructor({ log, open }) {
    this.#log = log;
    this.#open = open;
  }

  /** The log is drawn. */
  drawn() {
    const { rows, room } = this.#log;
    for (const row of rows) {
      const replies = row.seq === undefined ? undefined : room.timeline.get(row.seq)?.replies;
      if (replies !== this.#shown.get(row)) this.#show(row, replies);
    }
  }

  /** @param {number} seq @returns {HTMLElement | undefined} the line of a message, where that is shown */
  of(seq) {
    const row = [...this.#log.rows].find((row) => row.seq === seq);
    return row && (lineOf(row) ?? row);
  }

  /** @param {RowElement} row @param {Replies | undefined} replies */
  #show(row, replies) {
    if (replies) this.#shown.set(row, replies);
    else this.#shown.delete(row);
    let line = lineOf(row);
    if (!replies || replies.count < REPLIES_MIN) return line?.remove();
    const { count, last, by } = replies;
    if (!line) {
      const onclick = () => row.seq && this.#open(row.seq);
      line = el('button', { class: 'thread-line', type: 'button', onclick });
      row.querySelector('.message-body')?.append(line);
    }
    const isToday = new Date(last).toDateString() === new Date().toDateString();
    const time = isToday ? clock(last) : date(last);
    line.replaceChildren(el('span', { class: 'thread-faces' }, ...by.map(faceOf)), t('replies', { count }), ' ',
      el('span', { class: 'soft' }, t('lastReply', { time })));
  }
}

/** @param {RowElement} row @returns {HTMLElement | null} */
const lineOf = (row) => row.querySelector('.thread-line');
