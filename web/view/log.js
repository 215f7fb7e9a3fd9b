/** The list of messages, and the reader's place in it. */

import { FrameScheduler } from '../model/frame-scheduler.js';
import { ScrollAnchor, firstRowBelow } from '../model/scroll-anchor.js';
import { beginsGroup, rowsOf } from '../model/rows.js';
import { dayName, t } from '../words/words.js';
import { el, find } from './element.js';
import { MessageView } from './message.js';

/** Where the unread line, or a message that was jumped to, stands in the box. Shares of its height. */
export const FOUND_SHARE = 0.3;

/** Rows on the page, and messages held: what is further up, or down, is loaded when it is read. */
export const ROWS_MAX = 300;

/** So many rows are made in a frame for a reader at the end, the last ones first: more of them take too long. */
const NEW_ROWS_MAX = 30;

/** The others are made when nothing was drawn for so long: in a flood they pass by unmade. Milliseconds. */
const LATE_MS = 50;

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {import('../model/rows.js').LogRow} LogRow
 * @typedef {import('../model/protocol.js').MessageEntry} MessageEntry
 * @typedef {HTMLLIElement & { key: string, isAnchor: boolean, seq?: number }} RowElement
 *
 * @typedef {object} Listener
 * @property {() => void} cleared another room is shown
 * @property {(message?: MessageEntry) => void} received a message has come; without one, the reader has written
 * @property {() => void} beforeDraw what is shown is about to change
 * @property {(rows: LogRow[]) => void} drawn these rows are shown
 * @property {() => void} scrolled the reader has scrolled, or the layout has changed
 * @property {() => void} goToLine loads what is around the unread line, and shows it
 */

export class Log {
  box = find('#log');
  /** @type {HTMLElement & { children: HTMLCollectionOf<RowElement> }} */
  list = find('.log-list');
  /** The rows in the list, live. */
  rows = this.list.children;
  anchor = new ScrollAnchor(this.box, this.rows, ({ isAnchor }) => isAnchor);
  /** The room that is shown: from the start there is one. @type {Room} */
  room;
  /** Follows what happens here, once it is loaded. @type {Listener | undefined} */
  on;
  /** The log is about to jump to a message: what is in sight until then is not read. */
  isJumping = false;
  /** The room is shown from its unread line on, once that is known: what is in sight until then is not read. */
  #isOpening = false;
  #frame = new FrameScheduler(window, () => this.draw());
  /** Rows that are left for later. */
  #late = 0;
  #lateTimer = 0;
  /** What is in the list, by key. @type {Map<string, { element: RowElement, view?: MessageView }>} */
  shown = new Map();
  /**
   * Where the reader was in the other rooms; nothing at the end.
   *
   * @type {WeakMap<Room, { key?: string, top: number } | undefined>}
   */
  #positions = new WeakMap();
  #session;

  /** @param {Pick<import('../model/session.js').Session, 'limits' | 'me'>} session */
  constructor(session) {
    this.#session = session;
    this.box.addEventListener('scroll', () => this.scrolled(), { passive: true });
    document.addEventListener('visibilitychange', () => this.scrolled());
    new ResizeObserver(() => this.anchor.reposition()).observe(this.box);
  }

  /** Another room, where the reader was in it. @param {Room} room @param {boolean} isJumping to a message */
  show(room, isJumping) {
    if (this.room) {
      const mark = this.anchor.position;
      this.#positions.set(this.room, mark && { key: mark.row?.key, top: mark.top });
      this.room.unread.leave();
    }
    this.room = room;
    this.isJumping = isJumping;
    this.list.replaceChildren();
    this.shown.clear();
    this.on?.cleared();
    const mark = this.#positions.get(room);
    if (mark || isJumping) this.anchor.detach();
    else this.anchor.goToEnd();
    this.#isOpening = !mark && !isJumping;
    this.#draw();
    const row = mark?.key && this.shown.get(mark.key)?.element;
    if (row) this.anchor.goTo(row, mark.top);
    this.scrolled();
  }

  /** Draws the log again, in the next frame. */
  refresh() {
    this.#frame.schedule();
  }

  /** @param {MessageEntry} [message] that has come; without one, the reader has written */
  received(message) {
    this.anchor.observe();
    this.on?.received(message);
    this.#frame.schedule();
  }

  /** At the end of the log, not only of what is held of it. */
  get isAtEnd() {
    return this.anchor.following && !this.room.timeline.hasNewer;
  }

  /** Nothing of what is held is left for later. */
  get isWhole() {
    return this.#late === 0;
  }

  draw() {
    this.#draw();
    this.scrolled();
  }

  #draw() {
    this.anchor.observe();
    this.on?.beforeDraw();
    const { following } = this.anchor;
    const reader = following ? Infinity : firstRowBelow(this.rows, this.box.scrollTop) + this.#late;
    const { limits: { history }, me } = this.#session;
    const { timeline, unread, isReady } = this.room;
    timeline.trim(ROWS_MAX, reader, history);
    // Before the first connection the reader has no name.
    const rows = rowsOf(this.room, me ?? { id: '', name: '' });
    const opens = this.#isOpening && isReady;
    // The unread line may be any of the rows, and a place above the end is between others.
    this.#show(rows, following && !(opens && unread.lineAfter !== undefined) ? NEW_ROWS_MAX : Infinity);
    clearTimeout(this.#lateTimer);
    if (this.#late) this.#lateTimer = setTimeout(() => this.refresh(), LATE_MS);
    this.on?.drawn(rows);
    this.anchor.reposition();
    if (opens) this.#openAtLine();
  }

  /** Goes up to the unread line, unless it is in sight. A reader who has scrolled meanwhile stays. */
  #openAtLine() {
    const { box, anchor, on } = this;
    const { timeline, unread } = this.room;
    const line = this.shown.get('unread')?.element;
    const isBeyond = !line && unread.count > 0 && (unread.lineAfter ?? Infinity) < (timeline.oldestSeq ?? 0);
    // What is not held is loaded by a part that may still be on its way.
    if (isBeyond && !on) return;
    this.#isOpening = false;
    if (!anchor.following) return;
    if (isBeyond) {
      this.isJumping = true;
      return on?.goToLine();
    }
    if (!line || line.offsetTop >= box.scrollTop) return;
    // The line goes when the reader writes; the message below it stays.
    anchor.goTo(/** @type {RowElement} */ (line.nextElementSibling), box.clientHeight * FOUND_SHARE);
  }

  /**
   * Updates the list; rows that stay are not touched.
   *
   * @param {LogRow[]} rows
   * @param {number} newMax so many are made; those above them are for later
   */
  #show(rows, newMax) {
    const keys = new Set(rows.map(({ key }) => key));
    this.#late = Math.max(0, rows.filter(({ key }) => !this.shown.has(key)).length - newMax);
    let late = this.#late;
    for (const [key, { element }] of this.shown) {
      if (keys.has(key)) continue;
      if (element.contains(document.activeElement)) this.box.focus({ preventScroll: true });
      element.remove();
      this.shown.delete(key);
    }
    let at = this.list.firstElementChild;
    for (const [n, row] of rows.entries()) {
      const held = this.shown.get(row.key);
      if (!held && late-- > 0) continue;
      const shown = held ?? this.#make(row);
      if (row.from) shown.view?.show(row, beginsGroup(rows[n - 1], row));
      if (at && shown.element === at) at = at.nextElementSibling;
      else this.list.insertBefore(shown.element, at);
    }
  }

  /** @param {LogRow} row */
  #make(row) {
    const { key, kind } = row;
    const view = row.from && new MessageView(this.room);
    const isAnchor = kind !== 'day' && kind !== 'unread';
    const element = Object.assign(view ? view.element : makeLine(row), { key, isAnchor });
    const shown = { element, view };
    this.shown.set(key, shown);
    return shown;
  }

  /** The reader has scrolled, or the layout has changed. */
  scrolled() {
    if (!this.room) return;
    this.anchor.observe();
    if (this.#late && !this.anchor.following) this.refresh();
    this.#read();
    this.on?.scrolled();
  }

  /** Moves the read marker to what is in sight, if the page is. */
  #read() {
    const isLookedAt = document.visibilityState === 'visible' && !this.isJumping && !this.#isOpening;
    const { rows } = this;
    this.room.unread.isWatched = isLookedAt && this.isAtEnd;
    if (!isLookedAt) return;
    const { scrollTop, clientHeight } = this.box;
    for (let n = firstRowBelow(rows, scrollTop + clientHeight) - (this.isAtEnd ? 0 : 1); n >= 0; n--) {
      const seq = rows[n]?.seq;
      if (seq) return this.room.markRead(seq);
    }
  }
}

/** @param {LogRow} row that is no message @returns {Node | string} */
function saysOf(row) {
  if (row.kind === 'notice') return row.text;
  if (row.kind === 'day') return dayName(row.at);
  if (row.kind !== 'notices') return el('span', {}, t('unreadLine'));
  const [first, ...others] = row.texts;
  const summary = el('summary', {}, `${first} `, t('more', { count: others.length }));
  return el('details', {}, summary, ...others.map((text) => el('p', {}, text)));
}

/** @param {LogRow} row that is no message */
function makeLine(row) {
  const { kind } = row;
  return el('li', { class: `notice ${kind}` }, saysOf(row));
}
