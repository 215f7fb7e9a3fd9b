/** Combines many small changes into one piece of work a frame. Knows nothing of what they are. */

/** A tab in the background has no frames: the work is done after this long. Milliseconds. */
export const FRAME_MS_MAX = 250;

/**
 * @typedef {object} Frames what the browser gives, or a test
 * @property {(run: () => void) => number} requestAnimationFrame
 * @property {(frame: number) => void} cancelAnimationFrame
 * @property {(run: () => void, ms: number) => number} setTimeout
 * @property {(timer: number) => void} clearTimeout
 */

export class FrameScheduler {
  #frames;
  #work;
  #frame = 0;
  #timer = 0;
  #scheduled = false;

  /**
   * @param {Frames} frames
   * @param {() => void} work
   */
  constructor(frames, work) {
    this.#frames = frames;
    this.#work = work;
  }

  /** There is something to do. */
  schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#frame = this.#frames.requestAnimationFrame(() => this.#run());
    this.#timer = this.#frames.setTimeout(() => this.#run(), FRAME_MS_MAX);
  }

  #run() {
    this.#frames.cancelAnimationFrame(this.#frame);
    this.#frames.clearTimeout(this.#timer);
    this.#scheduled = false;
    this.#work();
  }
}
