/**
 * What is unread in a room: the read marker, the unread line and the counts. Knows neither the protocol nor the page.
 */

/** The read marker is sent after this long, since it moves while the reader scrolls. Milliseconds. */
const SEND_MS = 500;

/**
 * @typedef {object} Listener
 * @property {() => void} changed the marker has moved
 * @property {(marker: number, isBack?: boolean) => void} send the marker to the server, if there is a connection
 */

export class Unread {
  /** The last entry that was read, on any machine of the reader. */
  marker = 0;
  /** Messages of others after it. */
  count = 0;
  /** Those of them that address the reader (mentions.js), by number. @type {number[]} */
  mentions = [];
  /** The unread line stands after this entry. @type {number | undefined} */
  lineAfter;
  /** The reader sees the end of the room: messages are read as they come. Set by the page. */
  isWatched = false;

  /** The reader has put the marker back: nothing is read until they write, or leave the room. */
  #isPutBack = false;
  #timeline;
  #host;
  #on;
  #wasJoined = false;
  /** The reader is coming back: the first message that was missed has the line above it. */
  #wasAway = false;
  /** Unread messages are counted here; in a replay the server has counted them. */
  #countsHere = false;
  #sendTimer = 0;

  /**
   * @param {import('./timeline.js').Timeline} timeline
   * @param {import('./session.js').Host} host
   * @param {Listener} on
   */
  constructor(timeline, host, on) {
    this.#timeline = timeline;
    this.#host = host;
    this.#on = on;
  }

  /** @param {{ read: number, unread: number, mentions: number[] }} saved */
  restore({ read, unread, mentions }) {
    this.marker = read;
    this.count = unread;
    // Version 0.1 kept a number.
    if (mentions.length) this.mentions = mentions;
    if (unread) this.lineAfter = read;
  }

  /** The state to restore after a reload. */
  get saved() {
    return { read: this.marker, unread: this.count, mentions: this.mentions };
  }

  /**
   * The server says how far the reader has read.
   *
   * @param {{ read: number, unread: number, reset: boolean }} joined
   * @param {boolean} isOtherLog than the one before, where the marker means nothing
   */
  joined({ read, unread, reset }, isOtherLog) {
    if (reset) {
      if (isOtherLog) this.marker = 0;
      this.lineAfter = undefined;
      this.count = 0;
      this.mentions = [];
    }
    // The line of what was unread at the start stays, unless that was read elsewhere since.
    const hasLine = !this.#wasJoined && (this.lineAfter ?? -1) >= read;
    this.#wasJoined = true;
    this.marker = Math.max(this.marker, read);
    // This marker is ahead of the server's: unread messages are counted here.
    this.#countsHere = !reset && this.marker > read;
    if (!this.#countsHere) {
      if (unread && !this.count) this.lineAfter = this.marker;
      this.count = unread;
    }
    this.#forgetReadMentions();
    this.#wasAway = !reset && !hasLine;
  }

  /** A replay has ended: what follows is live. @returns {boolean} whether all of it is read */
  caughtUp() {
    this.#wasAway = false;
    if (this.#countsHere) this.#scheduleSend();
    this.#countsHere = true;
    // A first visit has nothing to catch up with.
    return !this.marker || this.#isRead;
  }

  /** Counts a new message of somebody else. @param {number} seq @returns {boolean} whether it is after the marker */
  add(seq) {
    if (seq <= this.marker) return false;
    if (this.#wasAway || (this.count === 0 && !this.#isRead && this.#countsHere)) this.lineAfter = this.marker;
    this.#wasAway = false;
    if (!this.#isRead && this.#countsHere) this.count += 1;
    return true;
  }

  /** Uncounts a deleted message, if it was counted here: the count of a replay is the server's. @param {number} seq */
  remove(seq) {
    if (!this.#countsHere || seq <= this.marker) return;
    this.count = Math.max(0, this.count - 1);
    // Nothing is left to be below the line.
    if (!this.count && this.marker <= (this.lineAfter ?? -1)) this.clearLine();
  }

  /** The reader has read this entry, and all before it: here. @param {number} seq */
  markRead(seq) {
    if (!this.#isPutBack && this.moveMarker(seq)) this.#scheduleSend();
  }

  /**
   * The reader wants this message, and all after it, to be unread.
   *
   * @param {number} seq
   * @param {boolean} [isHere] or on another machine of the reader
   */
  putBack(seq, isHere = true) {
    if (seq > this.marker) return;
    this.closed();
    this.#isPutBack = true;
    this.marker = this.lineAfter = seq - 1;
    this.count = this.#timeline.countOfOthers(this.marker);
    if (isHere) this.#on.send(this.marker, true);
    this.#on.changed();
  }

  /** The reader has read this entry, and all before it. @param {number} seq @returns {boolean} whether that is new */
  moveMarker(seq) {
    if (seq <= this.marker) return false;
    const timeline = this.#timeline;
    const isRestHeld = seq >= timeline.newest || (!timeline.hasNewer && seq >= (timeline.oldestSeq ?? Infinity));
    this.count = this.#countsHere && isRestHeld
      ? timeline.countOfOthers(seq)
      : Math.max(0, this.count - timeline.countOfOthers(this.marker, seq));
    this.marker = seq;
    this.#forgetReadMentions();
    this.#on.changed();
    return true;
  }

  /** The reader has written. */
  clearLine() {
    this.lineAfter = undefined;
    this.#isPutBack = false;
  }

  /** Another room is shown: a line that has nothing unread below it is gone when the reader comes back. */
  leave() {
    this.isWatched = this.#isPutBack = false;
    if (!this.count) this.clearLine();
  }

  /** Sends the marker now, if that is still to be done. */
  sendMarker() {
    if (!this.#sendTimer) return;
    this.closed();
    this.#on.send(this.marker);
  }

  /** The connection is lost: the marker is sent when it is there again. */
  closed() {
    this.#host.clearTimeout(this.#sendTimer);
    this.#sendTimer = 0;
  }

  /** Whether messages are read as they come. */
  get #isRead() {
    return this.isWatched && !this.#isPutBack;
  }

  #scheduleSend() {
    this.#sendTimer ||= this.#host.setTimeout(() => this.sendMarker(), SEND_MS);
  }

  #forgetReadMentions() {
    this.mentions = this.mentions.filter((seq) => this.count && seq > this.marker);
  }
}
