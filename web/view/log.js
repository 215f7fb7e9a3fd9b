/** The list of what was said, the reader's place in it, and the ways to its end and to what is unread. */

import { OncePerFrame } from '../model/frames.js';
import { Place, firstRowBelow } from '../model/place.js';
import { beginsGroup, rowsOf } from '../model/rows.js';
import { dayName, say } from '../words/words.js';
import { el, styled } from './element.js';
import { LATE_MS, MessageView } from './message.js';

/** Rows on the page, and messages held: what is further up, or down, is loaded when it is read. */
export const ROWS_MAX = 300;

/** So many heights of the box from the upper end, or the lower one of what is held, more is asked for. */
const LOAD_HEIGHTS = 1.5;

/** A message that one was led to stands so far down the box, and is marked for so long. Milliseconds. */
const FOUND_SHARE = 0.3;
const FOUND_MS = 2_500;

export class Log {
  #box = document.querySelector('#log');
  #list = this.#box.querySelector('.log-list');
  #empty = this.#box.querySelector('.log-empty');
  #older = this.#box.querySelector('.log-older');
  #newer = document.querySelector('#newer');
  #line = document.querySelector('#line');
  #place = new Place(this.#box, this.#list.children, ({ isAnchor }) => isAnchor);
  #frame = new OncePerFrame(window, () => this.#draw());
  /** What announces what is new. @type {import('./heard.js').Heard | undefined} */
  announcer;
  /** What stands in the list, by key. @type {Map<string, { element: HTMLElement, view?: MessageView }>} */
  #shown = new Map();
  /** Where the reader was in the other rooms: a row and how far down it stood; none at the end. */
  #places = new WeakMap();
  #actions;
  #session;
  /** @type {import('../model/room.js').Room} */
  #room;
  #unseen = 0;
  #lateTimer = 0;
  #goesToEnd = false;
  /** The unread line that the reader has had in sight. */
  #lineSeen;

  /** @param {import('../model/session.js').Session} session */
  constructor(session) {
    this.#session = session;
    this.#box.addEventListener('scroll', () => this.#look(), { passive: true });
    document.addEventListener('visibilitychange', () => this.#look());
    new ResizeObserver(() => this.#place.settle()).observe(this.#box);
    for (const [button, go] of [[this.#newer, () => this.#goToEnd()], [this.#line, () => this.#goToLine()]]) {
      // The focus stays where it is, and with it the keyboard of a phone.
      button.addEventListener('pointerdown', (event) => event.preventDefault());
      button.addEventListener('click', go);
    }
    // What one can do with a message is loaded when one comes near to it.
    for (const sign of ['pointerover', 'focusin', 'touchstart']) this.#box.addEventListener(sign, () => this.#near(), { passive: true });
  }

  get room() {
    return this.#room;
  }

  get box() {
    return this.#box;
  }

  /** Another room, where the reader was in it. @param {import('../model/room.js').Room} room */
  show(room) {
    if (this.#room) {
      const mark = this.#place.mark;
      this.#places.set(this.#room, mark && { key: mark.row?.key, top: mark.top });
      this.#room.isWatched = false;
    }
    this.#room = room;
    this.#unseen = 0;
    this.#goesToEnd = false;
    this.#lineSeen = undefined;
    this.#list.replaceChildren();
    this.#shown.clear();
    this.announcer?.clear();
    const mark = this.#places.get(room);
    if (mark) this.#place.stay();
    else this.#place.goToEnd();
    this.#draw();
    const row = this.#shown.get(mark?.key)?.element;
    if (row) this.#place.goTo(row, mark.top);
    this.#look();
  }

  /** Leads to a message, with what is around it. @param {number} seq */
  async goTo(seq) {
    const room = this.#room;
    await room.show(seq);
    if (room !== this.#room) return;
    this.#goesToEnd = false;
    this.#place.stay();
    this.#draw();
    // Of one that is gone, the next.
    const row = [...this.#list.children].find((row) => row.seq >= seq);
    if (!row) return;
    this.#place.goTo(row, this.#box.clientHeight * FOUND_SHARE);
    row.focus({ preventScroll: true });
    row.classList.add('message-found');
    setTimeout(() => row.classList.remove('message-found'), FOUND_MS);
    this.#look();
  }

  /** What is to be shown has changed. */
  refresh() {
    this.#frame.ask();
  }

  /** @param {object} [message] that has come; without one, the reader has written */
  heard(message) {
    this.#place.look();
    if (!this.#isAtEnd) this.#unseen += 1;
    if (message) this.announcer?.add(message);
    this.#frame.ask();
  }

  /** Until it has come; without a network it may not. */
  async #near() {
    if (this.#actions) return;
    try {
      const [{ Actions }] = await Promise.all([import('./actions.js'), styled('actions.css')]);
      this.#actions ??= new Actions(this);
    } catch {
      // Next time.
    }
  }

  /** At the end of the log, not only of what is held of it. */
  get #isAtEnd() {
    return this.#place.following && !this.#room.timeline.hasNewer;
  }

  #draw() {
    const { timeline } = this.#room;
    const { history } = this.#session.limits;
    this.#place.look();
    // Where newer ones are to be read, the end of what is held is no place to follow.
    if (this.#goesToEnd && !timeline.hasNewer) this.#place.goToEnd();
    else if (timeline.hasNewer && this.#place.following) this.#place.stay();
    if (!timeline.hasNewer) this.#goesToEnd = false;
    timeline.trim(ROWS_MAX, this.#place.following ? Infinity : this.#readerRow(), history);
    // Who never got through has no name yet.
    this.#show(rowsOf(this.#room, this.#session.me ?? { id: '', name: '' }));
    this.#sayWhatIsAbove();
    this.#place.settle();
    this.#look();
  }

  #readerRow() {
    return firstRowBelow(this.#list.children, this.#box.scrollTop);
  }

  /** Makes the list what it should be; what stays is not touched. */
  #show(rows) {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of this.#shown) {
      if (keys.has(key)) continue;
      if (element.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
      element.remove();
      this.#shown.delete(key);
    }
    let at = this.#list.firstElementChild;
    for (const [n, row] of rows.entries()) {
      const shown = this.#shown.get(row.key) ?? this.#make(row);
      shown.view?.show(row, beginsGroup(rows[n - 1], row));
      if (shown.element === at) at = at.nextElementSibling;
      else this.#list.insertBefore(shown.element, at);
    }
    this.#empty.hidden = rows.length > 0 || this.#room.timeline.hasOlder || !this.#room.isReady;
    this.#drawAgainWhenLate(rows);
  }

  #make(row) {
    const view = row.from && new MessageView(this.#room);
    const element = view ? view.element : this.#makeLine(row);
    element.key = row.key;
    element.isAnchor = row.kind !== 'day' && row.kind !== 'unread';
    const shown = { element, view };
    this.#shown.set(row.key, shown);
    return shown;
  }

  #makeLine({ kind, text, at }) {
    const says = { notice: text, day: at && dayName(at), unread: say('unreadLine') }[kind];
    return el('li', { class: `notice ${kind}` }, says);
  }

  /** What is sent at once needs no words; what takes its time does. */
  #drawAgainWhenLate(rows) {
    clearTimeout(this.#lateTimer);
    const waits = rows.flatMap(({ kind, at }) => (kind === 'unsent' ? [at + LATE_MS - Date.now()] : []));
    const next = Math.min(...waits.filter((wait) => wait > 0));
    if (next < Infinity) this.#lateTimer = setTimeout(() => this.refresh(), next);
  }

  #sayWhatIsAbove() {
    const { isReady, loading, timeline } = this.#room;
    const { rows, hasOlder, hasForgotten } = timeline;
    const isWhole = this.#session.limits.history && isReady && rows.length > 0 && !hasOlder;
    const key = hasForgotten ? 'forgotten' : loading === 'older' || hasOlder ? 'loading' : isWhole ? 'beginning' : undefined;
    this.#older.hidden = !key;
    const says = key ? say(key) : '';
    if (this.#older.textContent !== says) this.#older.textContent = says;
  }

  /** The reader has moved, or what is around has. */
  #look() {
    if (!this.#room) return;
    this.#place.look();
    this.#read();
    this.#offer();
    this.#load();
  }

  /** What is in sight is read, on a page that is. */
  #read() {
    const isVisible = document.visibilityState === 'visible';
    const rows = this.#list.children;
    this.#room.isWatched = isVisible && this.#isAtEnd;
    if (!isVisible) return;
    const { scrollTop, clientHeight } = this.#box;
    for (let n = firstRowBelow(rows, scrollTop + clientHeight) - (this.#isAtEnd ? 0 : 1); n >= 0; n--) {
      if (rows[n]?.seq) return this.#room.hasRead(rows[n].seq);
    }
  }

  /** The ways to the end, and to where the reader left. */
  #offer() {
    const { scrollTop, clientHeight, scrollHeight } = this.#box;
    const { timeline, lineAfter } = this.#room;
    if (this.#isAtEnd) this.#unseen = 0;
    const isFar = timeline.hasNewer || scrollHeight - scrollTop > 2.5 * clientHeight;
    this.#newer.hidden = this.#unseen === 0 && !isFar;
    const says = this.#unseen ? say('newMessages', { count: this.#unseen }) : say('newest');
    if (!this.#newer.hidden && this.#newer.textContent !== says) this.#newer.textContent = says;

    const line = this.#shown.get('unread')?.element;
    const isAbove = line ? line.offsetTop < scrollTop : lineAfter !== undefined && lineAfter < timeline.oldestSeq;
    if (line && !isAbove && line.offsetTop < scrollTop + clientHeight) this.#lineSeen = lineAfter;
    this.#line.hidden = !isAbove || this.#lineSeen === lineAfter;
  }

  #load() {
    const { scrollTop, clientHeight, scrollHeight } = this.#box;
    const near = clientHeight * LOAD_HEIGHTS;
    if (this.#goesToEnd) this.#room.loadLatest();
    if (scrollTop < near) this.#room.loadOlder();
    if (scrollTop + clientHeight > scrollHeight - near) this.#room.loadNewer();
  }

  #goToEnd() {
    const hadFocus = document.activeElement === this.#newer;
    this.#goesToEnd = true;
    this.#draw();
    if (hadFocus) this.#box.focus();
  }

  async #goToLine() {
    const { lineAfter } = this.#room;
    await this.#room.show(lineAfter);
    this.#lineSeen = lineAfter;
    this.#draw();
    const line = this.#shown.get('unread')?.element;
    const next = line?.nextElementSibling ?? [...this.#list.children].find(({ seq }) => seq > lineAfter);
    if (next) this.#place.goTo(next, this.#box.clientHeight * FOUND_SHARE);
    this.#look();
  }
}
