/** The list of messages, and the reader's place in it. */

import { FrameScheduler } from '../model/frame-scheduler.js';
import { ScrollAnchor, firstRowBelow } from '../model/scroll-anchor.js';
import { beginsGroup, rowsOf } from '../model/rows.js';
import { dayName, t } from '../words/words.js';
import { el } from './element.js';
import { MessageView } from './message.js';

/** Rows on the page, and messages held: what is further up, or down, is loaded when it is read. */
export const ROWS_MAX = 300;

/**
 * @typedef {object} Part what is loaded once one can talk, and follows along
 * @property {() => void} [cleared] another room is shown
 * @property {(message?: object) => void} [received] a message has come; without one, the reader has written
 * @property {() => void} [beforeDraw] what is shown is about to change
 * @property {(rows: import('../model/rows.js').LogRow[]) => void} [drawn] these rows are shown
 * @property {() => void} [scrolled] the reader has scrolled, or the layout has changed
 */

export class Log {
  box = document.querySelector('#log');
  list = this.box.querySelector('.log-list');
  anchor = new ScrollAnchor(this.box, this.list.children, ({ isAnchor }) => isAnchor);
  /** The rows in the list, by key. @type {Map<string, { element: HTMLElement, view?: MessageView }>} */
  shown = new Map();
  /** @type {import('../model/room.js').Room} */
  room;
  /** @type {Part[]} */
  parts = [];
  /** The log is about to jump to a message: what is in sight until then is not read. */
  isJumping = false;
  #frame = new FrameScheduler(window, () => this.draw());
  /** Where the reader was in the other rooms: a row and how far down it stood; none at the end. */
  #positions = new WeakMap();
  #session;

  /** @param {import('../model/session.js').Session} session */
  constructor(session) {
    this.#session = session;
    this.box.addEventListener('scroll', () => this.scrolled(), { passive: true });
    document.addEventListener('visibilitychange', () => this.scrolled());
    new ResizeObserver(() => this.anchor.reposition()).observe(this.box);
  }

  /** Another room, where the reader was in it. @param {import('../model/room.js').Room} room @param {boolean} isJumping to a message */
  show(room, isJumping) {
    if (this.room) {
      const mark = this.anchor.position;
      this.#positions.set(this.room, mark && { key: mark.row?.key, top: mark.top });
      this.room.isWatched = false;
      if (!this.room.unread) this.room.unreadAfter = undefined;
    }
    this.room = room;
    this.isJumping = isJumping;
    this.list.replaceChildren();
    this.shown.clear();
    this.#tell('cleared');
    const mark = this.#positions.get(room);
    if (mark || isJumping) this.anchor.detach();
    else this.anchor.goToEnd();
    this.#draw();
    const row = this.shown.get(mark?.key)?.element;
    if (row) this.anchor.goTo(row, mark.top);
    this.scrolled();
  }

  /** Draws the log again, in the next frame. */
  refresh() {
    this.#frame.schedule();
  }

  /** @param {object} [message] that has come; without one, the reader has written */
  received(message) {
    this.anchor.observe();
    this.#tell('received', message);
    this.#frame.schedule();
  }

  /** At the end of the log, not only of what is held of it. */
  get isAtEnd() {
    return this.anchor.following && !this.room.timeline.hasNewer;
  }

  draw() {
    this.#draw();
    this.scrolled();
  }

  #draw() {
    this.anchor.observe();
    this.#tell('beforeDraw');
    this.room.timeline.trim(ROWS_MAX, this.anchor.following ? Infinity : this.#readerRow(), this.#session.limits.history);
    // Before the first connection the reader has no name.
    const rows = rowsOf(this.room, this.#session.me ?? { id: '', name: '' });
    this.#show(rows);
    this.#tell('drawn', rows);
    this.anchor.reposition();
  }

  #readerRow() {
    return firstRowBelow(this.list.children, this.box.scrollTop);
  }

  /** Updates the list; rows that stay are not touched. */
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
    const says = { notice: text, day: at && dayName(at), unread: t('unreadLine') }[kind];
    return el('li', { class: `notice ${kind}` }, says);
  }

  /** The reader has scrolled, or the layout has changed. */
  scrolled() {
    if (!this.room) return;
    this.anchor.observe();
    this.#read();
    this.#tell('scrolled');
  }

  /** Moves the read marker to what is in sight, if the page is. */
  #read() {
    const isVisible = document.visibilityState === 'visible';
    const rows = this.list.children;
    this.room.isWatched = isVisible && !this.isJumping && this.isAtEnd;
    if (!isVisible || this.isJumping) return;
    const { scrollTop, clientHeight } = this.box;
    for (let n = firstRowBelow(rows, scrollTop + clientHeight) - (this.isAtEnd ? 0 : 1); n >= 0; n--) {
      if (rows[n]?.seq) return this.room.markRead(rows[n].seq);
    }
  }

  #tell(what, ...values) {
    for (const part of this.parts) part[what]?.(...values);
  }
}
