/** Values in localStorage or sessionStorage, as JSON. Where the browser forbids that, they last as long as the page. */

/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Store */

export class WebStorage {
  #store;
  #prefix;
  #page = new Map();

  /**
   * @param {() => Store} open may throw: a browser can forbid even to look
   * @param {string} prefix what sets this chat's things apart from another's on the same host
   */
  constructor(open, prefix) {
    this.#prefix = prefix;
    try {
      this.#store = open();
    } catch {
      // The page's own memory will do.
    }
  }

  /** @param {string} name @returns {any} undefined where there is none, or none that can be read */
  get(name) {
    return this.#page.has(name) ? this.#page.get(name) : this.fresh(name);
  }

  /** What another tab may have changed. @param {string} name */
  fresh(name) {
    try {
      const text = this.#store?.getItem(this.#prefix + name);
      return text ? JSON.parse(text) : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {string} name @param {any} value what JSON can hold, or undefined to forget it */
  set(name, value) {
    this.#page.set(name, value);
    try {
      if (value === undefined) this.#store?.removeItem(this.#prefix + name);
      else this.#store?.setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // Forbidden, or full: it stays in the page's own memory.
    }
  }
}
