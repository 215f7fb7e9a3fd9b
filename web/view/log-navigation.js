/** Moves through the log: to its end, to the unread line, to a message; loads history on the way. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, setText } from './element.js';

/** More is loaded at this distance from either end of what is held. Heights of the box. */
const LOAD_HEIGHTS = 1.5;

/** The button to the end is shown from this distance on. Heights of the box. */
const FAR_HEIGHTS = 2.5;

/** Where a message that was jumped to stands in the box, and how long it is marked. Milliseconds. */
const FOUND_SHARE = 0.3;
const FOUND_MS = 2_500;

export class LogNavigation {
  #app;
  #log;
  #loader;
  #session;
  #above = el('p', { class: 'notice log-older', hidden: true });
  #newer = button('newer', 'newer', () => this.#goToEnd());
  #line = button('line', 'line-above', () => this.#goToLine());
  /** New messages below what the reader sees, by number. @type {Set<number>} */
  #newBelow = new Set();
  #goesToEnd = false;
  /** The unread line that the reader has had in sight. */
  #lineSeen;

  /** @param {typeof import('../chat.js').app} app @param {import('../model/history-loader.js').HistoryLoader} loader */
  constructor(app, loader) {
    const { log, session } = app;
    this.#app = app;
    this.#log = log;
    this.#loader = loader;
    this.#session = session;
    this.#line.textContent = t('unreadAbove');
    log.list.before(this.#above);
    log.box.after(this.#line);
    document.querySelector('.foot').prepend(this.#newer);
  }

  /** Leads to a message, with what is around it. @param {number} seq */
  async goTo(seq) {
    const { room, anchor, list, box } = this.#log;
    if (!(await this.#loadAround(room, seq))) return;
    this.#log.isJumping = false;
    anchor.detach();
    this.#log.draw();
    // The message may be gone: then the next one.
    const row = [...list.children].find((row) => row.seq >= seq);
    if (row?.seq !== seq) this.#app.composer.showHint(t('linkGone'));
    if (!row) return this.#goToEnd();
    anchor.goTo(row, box.clientHeight * FOUND_SHARE);
    row.focus({ preventScroll: true });
    row.classList.add('message-found');
    setTimeout(() => row.classList.remove('message-found'), FOUND_MS);
    this.#log.scrolled();
  }

  /** @param {number} seq @returns {HTMLElement | undefined} */
  rowOf(seq) {
    return [...this.#log.list.children].find((row) => row.seq === seq);
  }

  /** Brings a row into sight where some of it is not. @param {HTMLElement} row */
  reveal(row) {
    const { anchor, box } = this.#log;
    // A longer draft may have made the log smaller.
    anchor.reposition();
    const { scrollTop, clientHeight } = box;
    if (row.offsetTop >= scrollTop && row.offsetTop + row.offsetHeight <= scrollTop + clientHeight) return;
    anchor.goTo(row, clientHeight * FOUND_SHARE);
    this.#log.scrolled();
  }

  /** Another room is shown. */
  cleared() {
    this.#newBelow.clear();
    this.#goesToEnd = false;
    this.#lineSeen = undefined;
  }

  /** @param {object} [message] without one, the reader has written, and wants to see it */
  received(message) {
    if (!message) this.#goToEnd();
    else if (!this.#log.isAtEnd) this.#newBelow.add(message.seq);
  }

  revised(room, { type, target }) {
    if (type === 'deleted') this.#newBelow.delete(target);
  }

  /** The end of what is held is followed only if nothing newer is to be loaded. */
  beforeDraw() {
    const { anchor, room } = this.#log;
    const { hasNewer } = room.timeline;
    if (this.#goesToEnd && !hasNewer) anchor.goToEnd();
    else if (hasNewer && anchor.following) anchor.detach();
    if (!hasNewer) this.#goesToEnd = false;
  }

  /** The line above the oldest message: loading, the beginning, or older ones are gone. */
  drawn() {
    const { isReady, loading, timeline } = this.#log.room;
    const { rows, hasOlder, hasForgotten } = timeline;
    const isWhole = this.#session.limits.history && isReady && rows.length > 0 && !hasOlder;
    const key = hasForgotten ? 'forgotten' : loading === 'older' || hasOlder ? 'loading' : isWhole ? 'beginning' : undefined;
    this.#above.hidden = !key;
    setText(this.#above, key ? t(key) : '');
  }

  /** The reader has scrolled, or the layout has changed. */
  scrolled() {
    const { box, room, isAtEnd, shown } = this.#log;
    const { scrollTop, clientHeight, scrollHeight } = box;
    const { timeline, unreadAfter } = room;
    if (isAtEnd) this.#newBelow.clear();
    this.#newer.hidden = this.#newBelow.size === 0 && !timeline.hasNewer && scrollHeight - scrollTop <= FAR_HEIGHTS * clientHeight;
    if (!this.#newer.hidden) setText(this.#newer, this.#newBelow.size ? t('newMessages', { count: this.#newBelow.size }) : t('newest'));

    const line = shown.get('unread')?.element;
    const isAbove = line ? line.offsetTop < scrollTop : unreadAfter !== undefined && unreadAfter < timeline.oldestSeq;
    if (line && !isAbove && line.offsetTop < scrollTop + clientHeight) this.#lineSeen = unreadAfter;
    this.#line.hidden = !isAbove || this.#lineSeen === unreadAfter;

    const near = clientHeight * LOAD_HEIGHTS;
    if (this.#goesToEnd) this.#loader.loadLatest(room);
    if (scrollTop < near) this.#loader.loadOlder(room);
    if (scrollTop + clientHeight > scrollHeight - near) this.#loader.loadNewer(room);
  }

  #goToEnd() {
    const hadFocus = document.activeElement === this.#newer;
    this.#goesToEnd = true;
    this.#log.draw();
    if (hadFocus) this.#log.box.focus();
  }

  /** Loads the messages around one. @returns {Promise<boolean>} whether the reader is still in its room */
  async #loadAround(room, seq) {
    await this.#loader.show(room, seq);
    if (room !== this.#log.room) return false;
    this.#goesToEnd = false;
    return true;
  }

  async #goToLine() {
    const { room, anchor, box, list, shown } = this.#log;
    const { unreadAfter } = room;
    if (!(await this.#loadAround(room, unreadAfter))) return;
    this.#lineSeen = unreadAfter;
    this.#log.draw();
    const line = shown.get('unread')?.element;
    const next = line?.nextElementSibling ?? [...list.children].find(({ seq }) => seq > unreadAfter);
    if (next) anchor.goTo(next, box.clientHeight * FOUND_SHARE);
    this.#log.scrolled();
  }
}

/** A button over the log. The focus stays where it is, and with it the keyboard of a phone. */
const button = (id, kind, onclick) =>
  el('button', { class: `pill ${kind}`, id, type: 'button', hidden: true, onclick, onpointerdown: (event) => event.preventDefault() });
