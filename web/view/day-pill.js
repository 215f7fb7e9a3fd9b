/** The day of what one sees: the last day above it stays in sight at the top of the log (deferred.css). */

/** On touch it is shown for so long after the log was scrolled. Milliseconds. */
const SHOWN_MS = 1_200;

/** A day stands still within this of its place at the top. CSS pixels. */
const NEAR_PX = 1;

export class DayPill {
  #box;
  #list;
  #timer = 0;

  /** @param {Pick<import('./log.js').Log, 'box' | 'list'>} log */
  constructor({ box, list }) {
    this.#box = box;
    this.#list = list;
    this.drawn();
  }

  /** The log is drawn. */
  drawn() {
    const days = /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll(':scope > .day')]);
    if (!days.length) return;
    const { top } = this.#box.getBoundingClientRect();
    const places = days.map((day) => day.getBoundingClientRect());
    // What sticks leaves the padding of its box free.
    const edge = top + parseFloat(getComputedStyle(this.#box).paddingBlockStart);
    days.forEach((day, n) => {
      // The next one takes its place, and does not come to lie over it.
      const isPassed = places[n + 1]?.top < places[n].bottom;
      day.classList.toggle('day-passed', isPassed);
      day.classList.toggle('day-stuck', !isPassed && places[n].top - edge < NEAR_PX);
    });
  }

  /** The log was scrolled, by whomever. */
  scrolled() {
    this.drawn();
    this.#box.classList.add('log-moving');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#box.classList.remove('log-moving'), SHOWN_MS);
  }
}
