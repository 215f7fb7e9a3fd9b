/** Moves through the log: to its end, to the unread line, to a message; loads history on the way. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el, find, setText } from './element.js';
import { FOUND_SHARE } from './log.js';

/** More is loaded at this distance from either end of what is held. Heights of the box. */
const LOAD_HEIGHTS = 1.5;

/** The button to the end is shown from this distance on. Heights of the box. */
const FAR_HEIGHTS = 2.5;

/** How long a message that was jumped to is marked. Milliseconds. */
const FOUND_MS = 2_500;

/**
 * @typedef {import('./log.js').RowElement} RowElement
 *
 * @typedef {object} Needs
 * @property {import('./log.js').Log} log
 * @property {import('../model/scroll-anchor.js').ScrollAnchor<RowElement>} anchor the reader's place in it
 * @property {import('../model/history-loader.js').HistoryLoader} loader
 * @property {Pick<import('../model/session.js').Session, 'limits'>} session
 * @property {(text: string) => void} showHint
 */

export class LogNavigation {
  #log;
  #anchor;
  #loader;
  #session;
  #showHint;
  #above = el('p', { class: 'notice log-older', hidden: true });
  #newer = button('newer', 'newer', () => this.#goToEnd());
  #line = button('line', 'line-above', () => this.goToLine());
  /** New messages below what the reader sees, by number. @type {Set<number>} */
  #newBelow = new Set();
  #goesToEnd = false;
  /** The unread line that the reader has had in sight. @type {number | undefined} */
  #lineSeen;

  /** @param {Needs} needs */
  constructor({ log, anchor, loader, session, showHint }) {
    this.#log = log;
    this.#anchor = anchor;
    this.#loader = loader;
    this.#session = session;
    this.#showHint = showHint;
    this.#line.textContent = t('unreadAbove');
    this.#line.classList.add('pill-news');
    log.list.before(this.#above);
    log.box.after(this.#line);
    find('.foot').prepend(this.#newer);
  }

  /** Leads to a message, with what is around it. @param {number} seq */
  async goTo(seq) {
    const { room, rows, box } = this.#log;
    if (!(await this.#loadAround(room, seq))) return;
    this.#log.isJumping = false;
    this.#anchor.detach();
    this.#log.draw();
    // The message may be gone: then the next one.
    const row = [...rows].find((row) => (row.seq ?? 0) >= seq);
    if (row?.seq !== seq) this.#showHint(t('linkGone'));
    if (!row) return this.#goToEnd();
    this.#anchor.goTo(row, box.clientHeight * FOUND_SHARE);
    row.focus({ preventScroll: true });
    row.classList.add('message-found');
    setTimeout(() => row.classList.remove('message-found'), FOUND_MS);
    this.#log.scrolled();
  }

  /** @param {number} seq */
  rowOf(seq) {
    return [...this.#log.rows].find((row) => row.seq === seq);
  }

  /** Brings a row into sight where some of it is not. @param {RowElement} row */
  reveal(row) {
    const { box } = this.#log;
    // A longer draft may have made the log smaller.
    this.#anchor.reposition();
    const { scrollTop, clientHeight } = box;
    if (row.offsetTop >= scrollTop && row.offsetTop + row.offsetHeight <= scrollTop + clientHeight) return;
    this.#anchor.goTo(row, clientHeight * FOUND_SHARE);
    this.#log.scrolled();
  }

  /** Another room is shown. */
  cleared() {
    this.#newBelow.clear();
    this.#goesToEnd = false;
    this.#lineSeen = undefined;
  }

  /**
   * @param {import('../model/protocol.js').MessageEntry} [message] without one, the reader has written, and wants to
   *   see it
   */
  received(message) {
    // What is written in a thread is seen there.
    if (!message && document.activeElement?.closest('.thread')) return;
    if (!message) this.#goToEnd();
    else if (!this.#log.isAtEnd) this.#newBelow.add(message.seq);
  }

  /** A message is another one now, or gone. @param {import('../model/revisions.js').Revision} change */
  revised({ type, target }) {
    if (type === 'deleted') this.#newBelow.delete(target);
  }

  /** The end of what is held is followed only if nothing newer is to be loaded. */
  beforeDraw() {
    const anchor = this.#anchor;
    const { hasNewer } = this.#log.room.timeline;
    if (this.#goesToEnd && !hasNewer) anchor.goToEnd();
    else if (hasNewer && anchor.following) anchor.detach();
    if (!hasNewer) this.#goesToEnd = false;
  }

  /** The line above the oldest message: loading, the beginning, or older ones are gone. */
  drawn() {
    const { isReady, loading, timeline } = this.#log.room;
    const { rows, hasOlder, hasForgotten } = timeline;
    const isWhole = this.#session.limits.history && isReady && rows.length > 0;
    let says = isWhole ? t('beginning') : '';
    if (loading === 'older' || hasOlder) says = t('loading');
    if (hasForgotten) says = t('forgotten');
    this.#above.hidden = !says;
    setText(this.#above, says);
  }

  /** The reader has scrolled, or the layout has changed. */
  scrolled() {
    const { box, room, isAtEnd, isWhole, shown } = this.#log;
    const { scrollTop, clientHeight, scrollHeight } = box;
    const { timeline } = room;
    const { lineAfter } = room.unread;
    if (isAtEnd) this.#newBelow.clear();
    const count = this.#newBelow.size;
    this.#newer.hidden = count === 0 && !timeline.hasNewer && scrollHeight - scrollTop <= FAR_HEIGHTS * clientHeight;
    this.#newer.classList.toggle('pill-news', count > 0);
    if (!this.#newer.hidden) setText(this.#newer, count ? t('newMessages', { count }) : t('newest'));

    const line = shown.get('unread')?.element;
    const isAbove = line ? line.offsetTop < scrollTop : (lineAfter ?? Infinity) < (timeline.oldestSeq ?? -Infinity);
    if (line && !isAbove && line.offsetTop < scrollTop + clientHeight) this.#lineSeen = lineAfter;
    this.#line.hidden = !isAbove || this.#lineSeen === lineAfter;

    const near = clientHeight * LOAD_HEIGHTS;
    if (this.#goesToEnd) this.#loader.loadLatest(room);
    if (scrollTop < near && isWhole) this.#loader.loadOlder(room);
    if (scrollTop + clientHeight > scrollHeight - near) this.#loader.loadNewer(room);
  }

  #goToEnd() {
    const hadFocus = document.activeElement === this.#newer;
    this.#goesToEnd = true;
    this.#log.draw();
    if (hadFocus) this.#log.box.focus();
  }

  /**
   * Loads the messages around one.
   *
   * @param {import('../model/room.js').Room} room
   * @param {number} seq
   * @returns {Promise<boolean>} whether the reader is still in its room
   */
  async #loadAround(room, seq) {
    await this.#loader.show(room, seq);
    if (room !== this.#log.room) return false;
    this.#goesToEnd = false;
    return true;
  }

  /** Leads to the unread line, with what is around it. */
  async goToLine() {
    const { room, box, rows, shown } = this.#log;
    const { lineAfter = 0 } = room.unread;
    if (!(await this.#loadAround(room, lineAfter))) return;
    this.#log.isJumping = false;
    this.#anchor.detach();
    this.#lineSeen = lineAfter;
    this.#log.draw();
    const line = shown.get('unread')?.element;
    const next = line?.nextElementSibling ?? [...rows].find(({ seq = 0 }) => seq > lineAfter);
    if (next) this.#anchor.goTo(/** @type {RowElement} */ (next), box.clientHeight * FOUND_SHARE);
    this.#log.scrolled();
  }
}

/**
 * A button over the log. The focus stays where it is, and with it the keyboard of a phone.
 *
 * @param {string} id @param {string} kind @param {() => void} onclick
 */
function button(id, kind, onclick) {
  const onpointerdown = (/** @type {Event} */ event) => event.preventDefault();
  return el('button', { class: `pill ${kind}`, id, type: 'button', hidden: true, onclick, onpointerdown });
}
