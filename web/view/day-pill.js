/**
 * The day of what one sees: the last day above it stays in sight at the top of the log (deferred.css). The browser
 * tells when a day comes there, so nothing is measured while one scrolls.
 */

/** On touch it is shown for so long after the log was scrolled. Milliseconds. */
const SHOWN_MS = 1_200;

/** A day stands still within this of its place at the top. CSS pixels. */
const NEAR_PX = 1;

/** More than the log is high: a day below what is in sight is whole, and only one at the top is cut off. CSS pixels. */
const BELOW_PX = 1_000_000;

const touch = matchMedia('(pointer: coarse)');

export class DayPill {
  #box;
  #list;
  #timer = 0;
  /** In their order. @type {Element[]} */
  #days = [];
  /** Those that have come to the place of the day before: whether they stand still. @type {Map<Element, boolean>} */
  #come = new Map();
  /** The height of a day, which the observer goes by. CSS pixels. */
  #height = 0;
  /** @type {IntersectionObserver | undefined} */
  #observer;

  /** @param {Pick<import('./log.js').Log, 'box' | 'list'>} log */
  constructor({ box, list }) {
    this.#box = box;
    this.#list = list;
    this.drawn();
  }

  /** The log is drawn. */
  drawn() {
    const days = [...this.#list.querySelectorAll(':scope > .day')];
    if (days.length === this.#days.length && days.every((day, n) => day === this.#days[n])) return;
    for (const day of this.#days) if (!days.includes(day)) this.#forget(day);
    const added = days.filter((day) => !this.#days.includes(day));
    this.#days = days;
    if (!this.#observer) this.#observe();
    else for (const day of added) this.#observer.observe(day);
    this.#show();
  }

  /** The log was scrolled, by whomever. */
  scrolled() {
    if (!touch.matches) return;
    this.#box.classList.add('log-moving');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#box.classList.remove('log-moving'), SHOWN_MS);
  }

  /** @param {Element} day */
  #forget(day) {
    this.#observer?.unobserve(day);
    this.#come.delete(day);
  }

  /** A day is cut off by as much as it is in the place of the one before. */
  #observe() {
    this.#observer?.disconnect();
    const [day] = this.#days;
    if (!day) return;
    this.#height = day.getBoundingClientRect().height;
    // What sticks leaves the padding of its box free.
    const edge = parseFloat(getComputedStyle(this.#box).paddingBlockStart) + this.#height;
    const rootMargin = `${-edge}px 0px ${BELOW_PX}px`;
    const how = { root: this.#box, rootMargin, threshold: [NEAR_PX / (this.#height || 1), 1] };
    const observer = new IntersectionObserver((entries) => this.#seen(entries), how);
    for (const day of this.#days) observer.observe(day);
    this.#observer = observer;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    for (const { target, boundingClientRect: { top, height }, rootBounds, intersectionRatio } of entries) {
      // Text of another size, or the page was not in sight.
      if (height && Math.abs(height - this.#height) >= NEAR_PX) return this.#observe();
      if (rootBounds && top < rootBounds.top) this.#come.set(target, intersectionRatio * height <= NEAR_PX);
      else this.#come.delete(target);
    }
    this.#show();
  }

  /** The last one that has come takes the place of those before, and does not come to lie over them. */
  #show() {
    const last = this.#days.findLast((day) => this.#come.has(day));
    for (const day of this.#days) {
      day.classList.toggle('day-passed', this.#come.has(day) && day !== last);
      day.classList.toggle('day-stuck', day === last && this.#come.get(day) === true);
    }
  }
}
