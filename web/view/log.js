/** The list of what was said, and the button that leads to its end. */

import { OncePerFrame } from '../model/frames.js';
import { LATE_MS, MessageView } from './message.js';
import { Place, firstRowBelow } from '../model/place.js';
import { words } from '../words/strings.js';
import { beginsGroup } from '../model/timeline.js';

/** Rows kept on the page: a long evening, and still light. What is further up, or down, is loaded when it is read. */
export const ROWS_MAX = 1_000;

/** So near the upper end, or the lower one of what is held, more is asked for. CSS pixels. */
const LOAD_PX = 600;

/** @typedef {import('../model/session.js').Session} Session */

export class Log {
  #box = document.querySelector('#log');
  #list = this.#box.querySelector('.log-list');
  #empty = this.#box.querySelector('.log-empty');
  #older = this.#box.querySelector('.log-older');
  #newer = document.querySelector('#newer');
  #noticeTemplate = document.querySelector('#notice').content.firstElementChild;
  #place = new Place(this.#box, this.#list.children);
  #frame = new OncePerFrame(window, () => this.#draw());
  /** What stands in the list, by key. @type {Map<string, { element: HTMLElement, view?: MessageView }>} */
  #shown = new Map();
  #session;
  #unseen = 0;
  #lateTimer = 0;
  #goesToEnd = false;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    this.#box.addEventListener('scroll', () => this.#look(), { passive: true });
    new ResizeObserver(() => this.#place.settle()).observe(this.#box);
    // The focus stays where it is, and with it the keyboard of a phone.
    this.#newer.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#newer.addEventListener('click', () => this.#goToEnd());
  }

  /** What is to be shown has changed. */
  refresh() {
    this.#frame.ask();
  }

  /** @param {number} count messages have come */
  arrived(count) {
    this.#place.look();
    if (!this.#isAtEnd) this.#unseen += count;
    this.#frame.ask();
  }

  /** At the end of the log, not only of what is held of it. */
  get #isAtEnd() {
    return this.#place.following && !this.#session.timeline.hasNewer;
  }

  #draw() {
    const { timeline, limits } = this.#session;
    this.#place.look();
    // Where newer ones are to be read, the end of what is held is no place to follow.
    if (this.#goesToEnd && !timeline.hasNewer) this.#place.goToEnd();
    else if (timeline.hasNewer && this.#place.following) this.#place.stay();
    if (!timeline.hasNewer) this.#goesToEnd = false;
    timeline.trim(ROWS_MAX, this.#place.following ? Infinity : this.#readerRow(), limits.history);
    this.#show(timeline.hasNewer ? timeline.rows : [...timeline.rows, ...this.#unsent()]);
    this.#sayWhatIsAbove();
    this.#place.settle();
    this.#count();
    this.#load();
  }

  /** What is on its way stands below what has arrived. */
  #unsent() {
    const { outbox, me, isReady } = this.#session;
    // Who never got through has no name yet.
    const own = { kind: 'unsent', from: me ?? { id: '', name: '' }, isMine: true, isReady };
    return outbox.items.map((item) => ({ ...own, key: `cid ${item.cid}`, item, at: item.at }));
  }

  #readerRow() {
    const first = firstRowBelow(this.#list.children, this.#box.scrollTop);
    return first ? [...this.#list.children].indexOf(first) : Infinity;
  }

  /** Makes the list what it should be; what stays is not touched. */
  #show(rows) {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of this.#shown) {
      if (keys.has(key)) continue;
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
    this.#empty.hidden = rows.length > 0 || this.#session.timeline.hasOlder;
    this.#drawAgainWhenLate(rows);
  }

  #make(row) {
    let shown;
    if (row.kind === 'notice') {
      shown = { element: this.#noticeTemplate.cloneNode(true) };
      shown.element.textContent = row.text;
    } else {
      const view = new MessageView(this.#session);
      shown = { element: view.element, view };
    }
    this.#shown.set(row.key, shown);
    return shown;
  }

  /** What is sent at once needs no words; what takes its time does. */
  #drawAgainWhenLate(rows) {
    clearTimeout(this.#lateTimer);
    const waits = rows.flatMap(({ kind, at }) => (kind === 'unsent' ? [at + LATE_MS - Date.now()] : []));
    const next = Math.min(...waits.filter((wait) => wait > 0));
    if (next < Infinity) this.#lateTimer = setTimeout(() => this.refresh(), next);
  }

  #sayWhatIsAbove() {
    const { timeline, limits, loading } = this.#session;
    const { rows, hasOlder, hasForgotten } = timeline;
    const isWhole = limits.history && this.#session.isReady && rows.length > 0 && !hasOlder;
    const says = hasForgotten
      ? words.forgotten()
      : loading === 'older' || hasOlder
        ? words.loadingOlder()
        : isWhole
          ? words.beginning()
          : '';
    this.#older.hidden = says === '';
    if (this.#older.textContent !== says) this.#older.textContent = says;
  }

  #look() {
    this.#place.look();
    this.#count();
    this.#load();
  }

  #load() {
    const { scrollTop, clientHeight, scrollHeight } = this.#box;
    if (this.#goesToEnd) this.#session.loadLatest();
    if (scrollTop < LOAD_PX) this.#session.loadOlder();
    if (scrollTop + clientHeight > scrollHeight - LOAD_PX) this.#session.loadNewer();
  }

  /** What has come is unseen, unless the reader is at the end. */
  #count() {
    if (this.#isAtEnd) this.#unseen = 0;
    this.#newer.hidden = this.#unseen === 0;
    if (this.#unseen > 0) this.#newer.textContent = words.newMessages(this.#unseen);
  }

  #goToEnd() {
    const hadFocus = document.activeElement === this.#newer;
    this.#goesToEnd = true;
    this.#draw();
    if (hadFocus) this.#box.focus();
  }
}
