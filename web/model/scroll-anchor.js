/** Keeps the reader's place in the log. Nothing else moves the scrollbar. */

/** A distance from the end that counts as the end, since scaled screens round. CSS pixels. */
const END_PX_MAX = 2;

/**
 * @typedef {{ scrollTop: number, readonly clientHeight: number, readonly scrollHeight: number }} Box
 * @typedef {{ readonly offsetTop: number, readonly offsetHeight: number, readonly isConnected: boolean }} Row
 *   `offsetTop` counts from the top of what the box scrolls
 */

/** @param {Box} box */
export function isAtEnd(box) {
  return box.scrollTop + box.clientHeight >= box.scrollHeight - END_PX_MAX;
}

/**
 * @param {ArrayLike<Row>} rows one below the other
 * @param {number} top
 * @returns {number} the first that reaches below `top`; their number where none does
 */
export function firstRowBelow(rows, top) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].offsetTop + rows[middle].offsetHeight > top) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * It follows the end, or holds on to a row: `observe` before the rows change, `reposition` afterwards.
 *
 * @template {Row} R
 */
export class ScrollAnchor {
  #box;
  #rows;
  #holds;
  #following = true;
  /** The row held on to, and how far below the upper edge it stands. @type {R | undefined} */
  #row;
  #rowTop = 0;
  /** `scrollTop` when it was last looked at: another value means that the reader has moved. */
  #seenTop = 0;

  /**
   * @param {Box} box what scrolls
   * @param {ArrayLike<R>} rows its rows, live
   * @param {(row: R) => boolean} [holds] whether a row stays where it is among the others
   */
  constructor(box, rows, holds = () => true) {
    this.#box = box;
    this.#rows = rows;
    this.#holds = holds;
  }

  get following() {
    return this.#following;
  }

  /** Notes where the reader has scrolled to. A box that shrank without scrolling changes nothing. */
  observe() {
    const { scrollTop } = this.#box;
    if (scrollTop === this.#seenTop) return;
    this.#seenTop = scrollTop;
    this.#following = isAtEnd(this.#box);
    this.#hold(this.#following ? undefined : this.#firstRow());
  }

  /** Restores the reader's place after the rows or the box have changed. */
  reposition() {
    if (this.#following) {
      this.#box.scrollTop = this.#box.scrollHeight;
    } else {
      // The row that was held on to is gone: the oldest that is left takes its place.
      if (!this.#row?.isConnected) this.#hold(this.#firstRow(0), 0);
      if (this.#row) this.#box.scrollTop = this.#row.offsetTop - this.#rowTop;
    }
    this.#seenTop = this.#box.scrollTop;
  }

  /** Stops following the end: rows that are added below are not to be read yet. */
  detach() {
    this.#following = false;
    this.#seenTop = this.#box.scrollTop;
    this.#hold(this.#firstRow());
  }

  goToEnd() {
    this.#following = true;
    this.reposition();
  }

  /** Brings a row into sight, so far below the upper edge. @param {R} row @param {number} top */
  goTo(row, top) {
    this.#following = false;
    this.#hold(row, top);
    this.reposition();
  }

  /** The reader's position, for `goTo`; undefined at the end. */
  get position() {
    return this.#following ? undefined : { row: this.#row, top: this.#rowTop };
  }

  #firstRow(from = firstRowBelow(this.#rows, this.#box.scrollTop)) {
    for (let n = from; n < this.#rows.length; n++) {
      if (this.#holds(this.#rows[n])) return this.#rows[n];
    }
    return undefined;
  }

  /** @param {R | undefined} row @param {number} [top] */
  #hold(row, top = (row?.offsetTop ?? 0) - this.#box.scrollTop) {
    this.#row = row;
    this.#rowTop = top;
  }
}
