/** Many small arrivals become one piece of work a frame. Knows nothing of what they are. */

/** Where frames stand still (a tab in the background), the work is done after this long all the same. */
export const FRAME_MS_MAX = 250;

/**
 * @typedef {object} Frames what the browser gives, or a test
 * @property {(run: () => void) => number} requestAnimationFrame
 * @property {(frame: number) => void} cancelAnimationFrame
 * @property {(run: () => void, ms: number) => number} setTimeout
 * @property {(timer: number) => void} clearTimeout
 */

/** @template T */
export class Batch {
  #frames;
  #max;
  #work;
  /** @type {T[]} */
  #items = [];
  #skipped = 0;
  #frame = 0;
  #timer = 0;
  #waiting = false;

  /**
   * @param {Frames} frames
   * @param {number} max items at most for one piece of work: of more, the oldest are skipped
   * @param {(items: T[], skipped: number) => void} work
   */
  constructor(frames, max, work) {
    this.#frames = frames;
    this.#max = max;
    this.#work = work;
  }

  /** @param {T} item */
  add(item) {
    this.#items.push(item);
    if (this.#items.length >= 2 * this.#max) this.#skip();
    if (this.#waiting) return;
    this.#waiting = true;
    this.#frame = this.#frames.requestAnimationFrame(() => this.#run());
    this.#timer = this.#frames.setTimeout(() => this.#run(), FRAME_MS_MAX);
  }

  #run() {
    this.#frames.cancelAnimationFrame(this.#frame);
    this.#frames.clearTimeout(this.#timer);
    this.#skip();
    const [items, skipped] = [this.#items, this.#skipped];
    this.#items = [];
    this.#skipped = 0;
    this.#waiting = false;
    this.#work(items, skipped);
  }

  /** At twice the bound, so that each item is moved once at most. */
  #skip() {
    const over = this.#items.length - this.#max;
    if (over <= 0) return;
    this.#items = this.#items.slice(over);
    this.#skipped += over;
  }
}
