/** The list of what was said, and the reader's place in it. */

import { OncePerFrame } from '../model/frames.js';
import { Place, firstRowBelow } from '../model/place.js';
import { beginsGroup, rowsOf } from '../model/rows.js';
import { dayName, say } from '../words/words.js';
import { el } from './element.js';
import { MessageView } from './message.js';

/** Rows on the page, and messages held: what is further up, or down, is loaded when it is read. */
export const ROWS_MAX = 300;

/**
 * @typedef {object} Part what is loaded once one can talk, and follows along
 * @property {() => void} [cleared] another room is shown
 * @property {(message?: object) => void} [heard] a message has come; without one, the reader has written
 * @property {() => void} [draws] what is to be shown has changed
 * @property {(rows: import('../model/rows.js').LogRow[]) => void} [drawn] it is shown
 * @property {() => void} [looked] the reader has moved, or what is around has
 */

export class Log {
  box = document.querySelector('#log');
  list = this.box.querySelector('.log-list');
  place = new Place(this.box, this.list.children, ({ isAnchor }) => isAnchor);
  /** What stands in the list, by key. @type {Map<string, { element: HTMLElement, view?: MessageView }>} */
  shown = new Map();
  /** @type {import('../model/room.js').Room} */
  room;
  /** @type {Part[]} */
  parts = [];
  /** The reader is being led to a message: what is in sight meanwhile is not what they read. */
  isLed = false;
  #frame = new OncePerFrame(window, () => this.draw());
  /** Where the reader was in the other rooms: a row and how far down it stood; none at the end. */
  #places = new WeakMap();
  #session;

  /** @param {import('../model/session.js').Session} session */
  constructor(session) {
    this.#session = session;
    this.box.addEventListener('scroll', () => this.look(), { passive: true });
    document.addEventListener('visibilitychange', () => this.look());
    new ResizeObserver(() => this.place.settle()).observe(this.box);
  }

  /** Another room, where the reader was in it. @param {import('../model/room.js').Room} room @param {boolean} isLed to a message */
  show(room, isLed) {
    if (this.room) {
      const mark = this.place.mark;
      this.#places.set(this.room, mark && { key: mark.row?.key, top: mark.top });
      this.room.isWatched = false;
      if (!this.room.unread) this.room.lineAfter = undefined;
    }
    this.room = room;
    this.isLed = isLed;
    this.list.replaceChildren();
    this.shown.clear();
    this.#tell('cleared');
    const mark = this.#places.get(room);
    if (mark || isLed) this.place.stay();
    else this.place.goToEnd();
    this.#draw();
    const row = this.shown.get(mark?.key)?.element;
    if (row) this.place.goTo(row, mark.top);
    this.look();
  }

  /** What is to be shown has changed. */
  refresh() {
    this.#frame.ask();
  }

  /** @param {object} [message] that has come; without one, the reader has written */
  heard(message) {
    this.place.look();
    this.#tell('heard', message);
    this.#frame.ask();
  }

  /** At the end of the log, not only of what is held of it. */
  get isAtEnd() {
    return this.place.following && !this.room.timeline.hasNewer;
  }

  draw() {
    this.#draw();
    this.look();
  }

  #draw() {
    this.place.look();
    this.#tell('draws');
    this.room.timeline.trim(ROWS_MAX, this.place.following ? Infinity : this.#readerRow(), this.#session.limits.history);
    // Who never got through has no name yet.
    const rows = rowsOf(this.room, this.#session.me ?? { id: '', name: '' });
    this.#show(rows);
    this.#tell('drawn', rows);
    this.place.settle();
  }

  #readerRow() {
    return firstRowBelow(this.list.children, this.box.scrollTop);
  }

  /** Makes the list what it should be; what stays is not touched. */
  #show(rows) {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of this.shown) {
      if (keys.has(key)) continue;
      if (element.contains(document.activeElement)) this.box.focus({ preventScroll: true });
      element.remove();
      this.shown.delete(key);
    }
    let at = this.list.firstElementChild;
    for (const [n, row] of rows.entries()) {
      const shown = this.shown.get(row.key) ?? this.#make(row);
      shown.view?.show(row, beginsGroup(rows[n - 1], row));
      if (shown.element === at) at = at.nextElementSibling;
      else this.list.insertBefore(shown.element, at);
    }
  }

  #make(row) {
    const view = row.from && new MessageView(this.room);
    const element = view ? view.element : this.#makeLine(row);
    element.key = row.key;
    element.isAnchor = row.kind !== 'day' && row.kind !== 'unread';
    const shown = { element, view };
    this.shown.set(row.key, shown);
    return shown;
  }

  #makeLine({ kind, text, at }) {
    const says = { notice: text, day: at && dayName(at), unread: say('unreadLine') }[kind];
    return el('li', { class: `notice ${kind}` }, says);
  }

  /** The reader has moved, or what is around has. */
  look() {
    if (!this.room) return;
    this.place.look();
    this.#read();
    this.#tell('looked');
  }

  /** What is in sight is read, on a page that is. */
  #read() {
    const isVisible = document.visibilityState === 'visible';
    const rows = this.list.children;
    this.room.isWatched = isVisible && !this.isLed && this.isAtEnd;
    if (!isVisible || this.isLed) return;
    const { scrollTop, clientHeight } = this.box;
    for (let n = firstRowBelow(rows, scrollTop + clientHeight) - (this.isAtEnd ? 0 : 1); n >= 0; n--) {
      if (rows[n]?.seq) return this.room.hasRead(rows[n].seq);
    }
  }

  #tell(what, ...values) {
    for (const part of this.parts) part[what]?.(...values);
  }
}
