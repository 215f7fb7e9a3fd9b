/** The ways through the log: to its end, to what is unread, to a message; and what is loaded on the way. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el, setText } from './element.js';

/** So many heights of the box from the upper end, or the lower one of what is held, more is asked for. */
const LOAD_HEIGHTS = 1.5;

/** So many heights from its end, the reader is far away. */
const FAR_HEIGHTS = 2.5;

/** A message that one was led to stands so far down the box, and is marked for so long. Milliseconds. */
const FOUND_SHARE = 0.3;
const FOUND_MS = 2_500;

export class Ways {
  #app;
  #log;
  #pages;
  #session;
  #above = el('p', { class: 'notice log-older', hidden: true });
  #newer = way('newer', 'newer', () => this.#goToEnd());
  #line = way('line', 'line-above', () => this.#goToLine());
  /** New messages below what the reader sees, by number. @type {Set<number>} */
  #unseen = new Set();
  #goesToEnd = false;
  /** The unread line that the reader has had in sight. */
  #lineSeen;

  /** @param {typeof import('../chat.js').app} app @param {import('../model/pages.js').Pages} pages */
  constructor(app, pages) {
    const { log, session } = app;
    this.#app = app;
    this.#log = log;
    this.#pages = pages;
    this.#session = session;
    this.#line.textContent = say('unreadAbove');
    log.list.before(this.#above);
    log.box.after(this.#line);
    document.querySelector('.foot').prepend(this.#newer);
  }

  /** Leads to a message, with what is around it. @param {number} seq */
  async goTo(seq) {
    const { room, place, list, box } = this.#log;
    if (!(await this.#reaches(room, seq))) return;
    this.#log.isLed = false;
    place.stay();
    this.#log.draw();
    // Of one that is gone, the next.
    const row = [...list.children].find((row) => row.seq >= seq);
    if (row?.seq !== seq) this.#app.composer.say(say('linkGone'));
    if (!row) return this.#goToEnd();
    place.goTo(row, box.clientHeight * FOUND_SHARE);
    row.focus({ preventScroll: true });
    row.classList.add('message-found');
    setTimeout(() => row.classList.remove('message-found'), FOUND_MS);
    this.#log.look();
  }

  /** @param {number} seq @returns {HTMLElement | undefined} */
  rowOf(seq) {
    return [...this.#log.list.children].find((row) => row.seq === seq);
  }

  /** Brings a row into sight where some of it is not. @param {HTMLElement} row */
  reveal(row) {
    const { place, box } = this.#log;
    // What is written may have made the log smaller.
    place.settle();
    const { scrollTop, clientHeight } = box;
    if (row.offsetTop >= scrollTop && row.offsetTop + row.offsetHeight <= scrollTop + clientHeight) return;
    place.goTo(row, clientHeight * FOUND_SHARE);
    this.#log.look();
  }

  /** Another room is shown. */
  cleared() {
    this.#unseen.clear();
    this.#goesToEnd = false;
    this.#lineSeen = undefined;
  }

  /** @param {object} [message] without one, the reader has written, and wants to see it */
  heard(message) {
    if (!message) this.#goToEnd();
    else if (!this.#log.isAtEnd) this.#unseen.add(message.seq);
  }

  revised(room, { type, target }) {
    if (type === 'deleted') this.#unseen.delete(target);
  }

  /** Where newer ones are to be read, the end of what is held is no place to follow. */
  draws() {
    const { place, room } = this.#log;
    const { hasNewer } = room.timeline;
    if (this.#goesToEnd && !hasNewer) place.goToEnd();
    else if (hasNewer && place.following) place.stay();
    if (!hasNewer) this.#goesToEnd = false;
  }

  /** What stands above all that is held. */
  drawn() {
    const { isReady, loading, timeline } = this.#log.room;
    const { rows, hasOlder, hasForgotten } = timeline;
    const isWhole = this.#session.limits.history && isReady && rows.length > 0 && !hasOlder;
    const key = hasForgotten ? 'forgotten' : loading === 'older' || hasOlder ? 'loading' : isWhole ? 'beginning' : undefined;
    this.#above.hidden = !key;
    setText(this.#above, key ? say(key) : '');
  }

  /** The reader has moved, or what is around has. */
  looked() {
    const { box, room, isAtEnd, shown } = this.#log;
    const { scrollTop, clientHeight, scrollHeight } = box;
    const { timeline, lineAfter } = room;
    if (isAtEnd) this.#unseen.clear();
    this.#newer.hidden = this.#unseen.size === 0 && !timeline.hasNewer && scrollHeight - scrollTop <= FAR_HEIGHTS * clientHeight;
    if (!this.#newer.hidden) setText(this.#newer, this.#unseen.size ? say('newMessages', { count: this.#unseen.size }) : say('newest'));

    const line = shown.get('unread')?.element;
    const isAbove = line ? line.offsetTop < scrollTop : lineAfter !== undefined && lineAfter < timeline.oldestSeq;
    if (line && !isAbove && line.offsetTop < scrollTop + clientHeight) this.#lineSeen = lineAfter;
    this.#line.hidden = !isAbove || this.#lineSeen === lineAfter;

    const near = clientHeight * LOAD_HEIGHTS;
    if (this.#goesToEnd) this.#pages.loadLatest(room);
    if (scrollTop < near) this.#pages.loadOlder(room);
    if (scrollTop + clientHeight > scrollHeight - near) this.#pages.loadNewer(room);
  }

  #goToEnd() {
    const hadFocus = document.activeElement === this.#newer;
    this.#goesToEnd = true;
    this.#log.draw();
    if (hadFocus) this.#log.box.focus();
  }

  /** What is around a message is held. @returns {Promise<boolean>} whether the reader is still in its room */
  async #reaches(room, seq) {
    await this.#pages.show(room, seq);
    if (room !== this.#log.room) return false;
    this.#goesToEnd = false;
    return true;
  }

  async #goToLine() {
    const { room, place, box, list, shown } = this.#log;
    const { lineAfter } = room;
    if (!(await this.#reaches(room, lineAfter))) return;
    this.#lineSeen = lineAfter;
    this.#log.draw();
    const line = shown.get('unread')?.element;
    const next = line?.nextElementSibling ?? [...list.children].find(({ seq }) => seq > lineAfter);
    if (next) place.goTo(next, box.clientHeight * FOUND_SHARE);
    this.#log.look();
  }
}

/** A button over the log. The focus stays where it is, and with it the keyboard of a phone. */
const way = (id, kind, onclick) =>
  el('button', { class: `pill ${kind}`, id, type: 'button', hidden: true, onclick, onpointerdown: (event) => event.preventDefault() });
