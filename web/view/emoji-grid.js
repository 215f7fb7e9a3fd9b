/** The grid of the emoji picker: groups with their titles, or what was found. One of its signs is reached by Tab. */

import { withTone } from '../model/emoji-search.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

/** @typedef {import('../model/emoji-search.js').Emoji} Emoji */

export class EmojiGrid {
  element = el('div', { class: 'emoji-grid', id: 'emoji-grid', role: 'grid', ariaLabel: t('emoji') });
  #columns;
  #tone;
  /** @type {HTMLElement[]} */
  #groups = [];
  /** @type {HTMLElement | undefined} */
  #found;
  /** The one that is reached by Tab. @type {HTMLButtonElement | undefined} */
  #current;

  /** @param {{ columns: number, tone: number }} how */
  constructor({ columns, tone }) {
    this.#columns = columns;
    this.#tone = tone;
  }

  /** Adds a group. @param {string} name @param {string} title @param {Emoji[]} emoji */
  add(name, title, emoji) {
    const heading = el('p', { class: 'emoji-title', id: `emoji-${name}` }, title);
    const group = el('div', { role: 'rowgroup', 'aria-labelledby': heading.id }, ...this.#rows(emoji));
    const part = el('div', { class: 'emoji-group', role: 'presentation' }, heading, group);
    part.style.setProperty('--rows', String(group.childElementCount));
    this.#groups.push(part);
    if (this.#found) return;
    this.element.append(part);
    if (this.#groups.length === 1) this.#reach(this.first);
  }

  /** Shows what was found, in place of all; or all again. @param {Emoji[]} [emoji] */
  showFound(emoji) {
    this.#found = emoji && el('div', { class: 'emoji-found', role: 'rowgroup' }, ...this.#rows(emoji));
    this.element.replaceChildren(...(this.#found ? [this.#found] : this.#groups));
    this.element.scrollTop = 0;
    const { first } = this;
    this.#reach(first);
    if (this.#found && first) first.id = 'emoji-first';
  }

  /** Draws people in another skin tone. @param {number} tone */
  draw(tone) {
    this.#tone = tone;
    for (const part of [...this.#groups, ...(this.#found ? [this.#found] : [])]) {
      for (const button of part.querySelectorAll('button')) {
        if (button.dataset.tones) button.textContent = withTone(button.dataset.sign ?? '', tone);
      }
    }
  }

  /** @returns {HTMLButtonElement | undefined} */
  get first() {
    return this.element.querySelector('button') ?? undefined;
  }

  /** @param {EventTarget | null} target @returns {HTMLButtonElement | undefined} */
  signAt(target) {
    return target instanceof HTMLButtonElement ? target : undefined;
  }

  /** @param {HTMLButtonElement | undefined} button */
  focus(button) {
    this.#reach(button);
    button?.focus();
  }

  /** @param {HTMLButtonElement | undefined} button */
  #reach(button) {
    if (this.#current) this.#current.tabIndex = -1;
    if (button) button.tabIndex = 0;
    this.#current = button;
  }

  /** @param {Emoji[]} emoji */
  #rows(emoji) {
    const rows = [];
    for (let at = 0; at < emoji.length; at += this.#columns) {
      const cells = emoji.slice(at, at + this.#columns).map((emoji) => this.#cell(emoji));
      rows.push(el('div', { class: 'emoji-row', role: 'row' }, ...cells));
    }
    return rows;
  }

  /** @param {Emoji} emoji */
  #cell({ sign, name, hasTones }) {
    const button = el('button', {
      class: 'emoji-sign', type: 'button', role: 'gridcell', tabIndex: -1, title: name, ariaLabel: name,
    }, hasTones ? withTone(sign, this.#tone) : sign);
    button.dataset.sign = sign;
    if (hasTones) button.dataset.tones = 'true';
    return button;
  }

  /**
   * The emoji that is reached by a key.
   *
   * @param {KeyboardEvent} event
   * @returns {HTMLButtonElement | undefined}
   */
  nextOf({ key, target, ctrlKey }) {
    const rows = [...this.element.querySelectorAll('.emoji-row')].map((row) => [...row.querySelectorAll('button')]);
    const all = rows.flat();
    const at = all.findIndex((button) => button === target);
    const row = rows.findIndex((row) => row.includes(all[at]));
    const column = rows[row]?.indexOf(all[at]);
    const isTurned = getComputedStyle(this.element).direction === 'rtl';
    /** @param {number} step */
    const inRow = (step) => rows[row + step]?.[Math.min(column, rows[row + step].length - 1)];
    switch (key) {
      case 'ArrowRight': return all[at + (isTurned ? -1 : 1)];
      case 'ArrowLeft': return all[at + (isTurned ? 1 : -1)];
      case 'ArrowDown': return inRow(1);
      case 'ArrowUp': return inRow(-1);
      case 'Home': return ctrlKey ? all[0] : rows[row][0];
      case 'End': return ctrlKey ? all.at(-1) : rows[row].at(-1);
      default: return undefined;
    }
  }
}
