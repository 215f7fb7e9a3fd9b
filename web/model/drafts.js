/** Unsent text of each room. Each tab has its own; a tab that has none continues with what another wrote last. */

/** @param {string} draft @param {string} text that is added to it, below */
export const joined = (draft, text) => [draft, text].filter(Boolean).join('\n');

export class Drafts {
  #tab;
  #shared;
  /** What this tab has written last, or found. @type {Map<string, string>} */
  #had = new Map();

  /**
   * @typedef {import('./web-storage.js').WebStorage} WebStorage
   * @param {WebStorage} tab lives as long as the tab
   * @param {WebStorage} shared between all tabs
   */
  constructor(tab, shared) {
    this.#tab = tab;
    this.#shared = shared;
  }

  /** @param {string} room @returns {string} */
  get(room) {
    const name = `draft ${room}`;
    const text = this.#tab.get(name) ?? this.#shared.fresh(name) ?? '';
    this.#had.set(name, text);
    return text;
  }

  /** @param {string} room @param {string} text empty where all was sent, or taken back */
  set(room, text) {
    const name = `draft ${room}`;
    if (text) this.#shared.set(name, text);
    // Another tab may have written a draft since: that one stays.
    else if (this.#shared.fresh(name) === this.#had.get(name)) this.#shared.set(name, undefined);
    this.#tab.set(name, text);
    this.#had.set(name, text);
  }
}
