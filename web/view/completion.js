/**
 * Completes what one writes: people after an `@`, emoji after a `:`, rooms after a `#`. A list over the composer, while
 * the focus stays where one writes: the ARIA combobox pattern, but for the role, which a field of several lines cannot
 * have, and for what only that role has.
 */

import { askedAt, findPeople, findRooms, offerEmoji } from '../model/completion.js';
import { search, withTone } from '../model/emoji-search.js';
import { MENTIONED_MAX, peopleOf } from '../model/mentions.js';
import { isPrivate } from '../model/room-kind.js';
import '../words/more.js';
import { languageInUse, t } from '../words/words.js';
import { el, faceOf } from './element.js';
import { count, emojiIn, toneInUse } from './emoji-table.js';
import { insert } from './insert.js';
import { loadStyle } from './stylesheet.js';

/** Of the list, beside the letters that it is about: its names stand under those. Rem. */
const BESIDE = 1.125;

/** From the composer, and from the window's edge. CSS pixels. */
const GAP_PX = 6;

/** An emoji is about to be asked for: its table is loaded meanwhile. */
const EMOJI_BEGINS = /(?<![\p{L}\p{N}]):\p{L}?$/u;

/**
 * @typedef {import('../model/completion.js').Piece} Piece
 * @typedef {import('../model/completion.js').Asked} Asked
 * @typedef {import('../model/protocol.js').User} User
 * @typedef {import('../model/emoji-search.js').Emoji} Emoji
 *
 * @typedef {object} Offer a row of the list
 * @property {string} text that is written when it is chosen
 * @property {Node} picture
 * @property {Piece[]} pieces
 * @property {string} [note]
 * @property {() => void} [chosen]
 */

export class Completion {
  #composer;
  #session;
  #field;
  #bar;
  #title = el('p', { class: 'completion-title', 'aria-hidden': 'true' });
  #list;
  #element;
  /** What it is open for. @type {Asked | undefined} */
  #asked;
  /** @type {Offer[]} */
  #offers = [];
  /** The row that is chosen; none where a whole name is there already. */
  #at = -1;
  /** Where it was closed, or where something was chosen: it stays closed there. */
  #doneAt = -1;
  /** The people who were chosen last, by their ids. @type {Map<string, User>} */
  #chosen = new Map();
  /** The tables, once they are loaded: of the reader's language, and the English one. @type {Emoji[][] | undefined} */
  #emoji;
  /** Whether it can be shown: its style is loaded when it is needed first. */
  #isReady = false;

  /**
   * @param {object} needs
   * @param {Pick<import('./composer.js').Composer, 'room'>} needs.composer
   * @param {Pick<import('../model/session.js').Session, 'me' | 'rooms'>} needs.session
   * @param {HTMLTextAreaElement} needs.field where one writes, in its place in a `.composer-bar`
   * @param {string} needs.id of the list
   * @param {AbortSignal} [needs.signal] when the field is gone
   */
  constructor({ composer, session, field, id, signal }) {
    this.#composer = composer;
    this.#session = session;
    this.#field = field;
    this.#list = el('div', { class: 'completion-list', id, role: 'listbox' });
    this.#element = el('div', { class: 'completion', hidden: true }, this.#title, this.#list);
    field.setAttribute('aria-autocomplete', 'list');
    this.#bar = /** @type {HTMLElement} */ (field.closest('.composer-bar'));
    this.#bar.append(this.#element);
    const update = () => this.#update();
    field.addEventListener('input', () => {
      if (EMOJI_BEGINS.test(field.value.slice(0, field.selectionEnd))) this.#loadEmoji();
      update();
    });
    document.addEventListener('selectionchange', update, { signal });
    field.addEventListener('blur', () => this.#close());
    addEventListener('resize', () => this.#place(), { signal });
    // The focus stays where one writes.
    this.#element.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const option = /** @type {Element} */ (target).closest('[role="option"]');
      this.#take([...this.#list.children].findIndex((one) => one === option));
    });
  }

  /** Who was chosen: they are meant, as far as their name is in the text. @returns {User[]} */
  get chosen() {
    return [...this.#chosen.values()];
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it is for us */
  handleKey({ key, shiftKey, ctrlKey, altKey, metaKey }) {
    if (!this.#asked || shiftKey || ctrlKey || altKey || metaKey) return false;
    const { length } = this.#offers;
    if (key === 'ArrowDown') this.#choose((this.#at + 1) % length);
    else if (key === 'ArrowUp') this.#choose((Math.max(this.#at, 0) + length - 1) % length);
    else if (key === 'Tab') this.#take(Math.max(this.#at, 0));
    else if (key === 'Enter' && this.#at >= 0) this.#take(this.#at);
    else if (key === 'Escape') this.#done(this.#asked);
    else return false;
    return true;
  }

  /** Opens, closes or draws it anew, by what is written at the caret. */
  #update() {
    const { value, selectionStart, selectionEnd } = this.#field;
    const isWriting = document.activeElement === this.#field && selectionStart === selectionEnd;
    const asked = isWriting ? askedAt(value, selectionEnd) : undefined;
    if (asked?.from !== this.#doneAt) this.#doneAt = -1;
    if (!asked || this.#doneAt >= 0) return this.#close();
    const { kind, from, typed } = asked;
    if (kind === this.#asked?.kind && from === this.#asked.from && typed === this.#asked.typed) return;
    const { offers, isWhole } = this.#find(asked);
    if (!offers.length) return this.#close();
    if (!this.#isReady) return this.#makeReady();
    this.#offers = offers;
    this.#show(asked);
    this.#choose(isWhole ? -1 : 0);
  }

  /** @param {Asked} asked @returns {{ offers: Offer[], isWhole: boolean }} */
  #find({ kind, typed }) {
    if (kind === 'emoji') return { offers: this.#findEmoji(typed), isWhole: false };
    const { room } = this.#composer;
    const { me, rooms } = this.#session;
    if (kind === 'rooms') {
      const { offers, isWhole } = findRooms(typed, [...rooms.keys()].filter((name) => !isPrivate(name)));
      const picture = () => el('span', { class: 'completion-sign' }, '#');
      return { isWhole, offers: offers.map(({ item, pieces }) => ({ text: `#${item}`, picture: picture(), pieces })) };
    }
    const { offers, isWhole } = findPeople(typed, room.people.named, peopleOf(room), me?.id);
    return {
      isWhole,
      offers: offers.map(({ item, pieces }) => {
        const { id, name, isHere } = item;
        return {
          text: `@${name}`, picture: faceOf(item), pieces, note: t(isHere ? 'here' : 'away'),
          chosen: () => this.#remember({ id, name }),
        };
      }),
    };
  }

  /** @param {string} typed @returns {Offer[]} */
  #findEmoji(typed) {
    if (!this.#emoji) {
      this.#loadEmoji();
      return [];
    }
    const [found, english] = this.#emoji.map((list) => search(list, typed));
    return offerEmoji(typed, found, english).map(({ emoji: { sign, hasTones }, pieces }) => {
      const text = hasTones ? withTone(sign, toneInUse()) : sign;
      const picture = el('span', { class: 'completion-sign completion-emoji' }, text);
      return { text, picture, pieces, chosen: () => count(sign) };
    });
  }

  async #loadEmoji() {
    if (this.#emoji) return;
    const language = languageInUse();
    const lists = await Promise.all([...new Set([language, 'en'])].map(emojiIn)).catch(() => undefined);
    // Without a network there is none.
    if (!lists || this.#emoji) return;
    this.#emoji = lists;
    this.#update();
  }

  /** Beyond so many the first is forgotten. @param {User} user */
  #remember(user) {
    this.#chosen.delete(user.id);
    this.#chosen.set(user.id, user);
    const [first] = this.#chosen.keys();
    if (this.#chosen.size > MENTIONED_MAX) this.#chosen.delete(first);
  }

  async #makeReady() {
    await loadStyle('completion.css');
    this.#isReady = true;
    this.#update();
  }

  /** @param {Asked} asked */
  #show(asked) {
    const isSame = asked.kind === this.#asked?.kind && asked.from === this.#asked.from;
    this.#asked = asked;
    const title = t(asked.kind === 'people' ? 'peopleTitle' : asked.kind);
    this.#title.textContent = this.#list.ariaLabel = title;
    this.#list.replaceChildren(...this.#offers.map(({ picture, pieces, note }, n) => {
      const name = pieces.map(({ text, isTyped }) => (isTyped ? el('b', {}, text) : text));
      if (picture instanceof Element) picture.ariaHidden = 'true';
      return el('div', { class: 'completion-row', id: `${this.#list.id}-${n}`, role: 'option' }, picture,
        el('bdi', { class: 'completion-name' }, ...name), ...(note ? [' ', el('span', { class: 'soft' }, note)] : []));
    }));
    this.#element.hidden = false;
    this.#field.setAttribute('aria-controls', this.#list.id);
    this.#field.setAttribute('aria-haspopup', 'listbox');
    if (!isSame) this.#place();
  }

  /** Over the composer, and beside the letters that it is about. */
  #place() {
    if (!this.#asked) return;
    const sign = el('span', {}, this.#field.value[this.#asked.from]);
    // What lies under the this.#field in the same cell breaks its lines as the this.#field does.
    const under = el('div', { class: 'completion-under', 'aria-hidden': 'true', dir: 'auto' },
      this.#field.value.slice(0, this.#asked.from), sign, this.#field.value.slice(this.#asked.from + 1));
    this.#field.parentElement?.append(under);
    const bar = this.#bar.getBoundingClientRect();
    const { left, right } = sign.getBoundingClientRect();
    under.remove();
    const isTurned = document.documentElement.dir === 'rtl';
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const start = (isTurned ? bar.right - right : left - bar.left) - BESIDE * rem;
    const { style } = this.#element;
    const last = bar.width - this.#element.offsetWidth;
    style.setProperty('inset-inline-start', `${Math.max(0, Math.min(start, last))}px`);
    style.setProperty('max-block-size', `${bar.top - (window.visualViewport?.offsetTop ?? 0) - 2 * GAP_PX}px`);
  }

  /** @param {number} at */
  #choose(at) {
    this.#at = at;
    [...this.#list.children].forEach((option, n) => (option.ariaSelected = String(n === at)));
    const option = this.#list.children[at];
    if (option) this.#field.setAttribute('aria-activedescendant', option.id);
    else this.#field.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {number} at */
  #take(at) {
    const offer = this.#offers[at];
    const asked = this.#asked;
    if (!offer || !asked) return;
    this.#done(asked);
    offer.chosen?.();
    const end = asked.from + 1 + asked.typed.length;
    const hasSpace = /^\s/.test(this.#field.value.slice(end));
    insert(hasSpace ? offer.text : `${offer.text} `, asked.from, end, this.#field);
  }

  /** It stays closed at this place. @param {Asked} asked */
  #done({ from }) {
    this.#doneAt = from;
    this.#close();
  }

  #close() {
    if (!this.#asked) return;
    this.#asked = undefined;
    this.#offers = [];
    this.#element.hidden = true;
    for (const name of ['aria-haspopup', 'aria-controls', 'aria-activedescendant']) this.#field.removeAttribute(name);
  }
}
