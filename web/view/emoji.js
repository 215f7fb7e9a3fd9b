/** The emoji picker, beside what asked for it: a field to search in, a skin tone, and a grid to choose from. */

import { search } from '../model/emoji-search.js';
import '../words/more.js';
import { languageInUse, t } from '../words/words.js';
import { el, setText } from './element.js';
import { EmojiGrid } from './emoji-grid.js';
import { count, emojiIn, often, storage, toneInUse } from './emoji-table.js';
import { ToneChoice } from './emoji-tones.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { GAP_PX, position } from './popover.js';
import { loadStyle } from './stylesheet.js';

/** Signs in a row: fewer where the window is too narrow. */
const COLUMNS_MAX = 9;

/** As wide and high as a finger or a pointer needs it (emoji.css). Rem. */
const CELL = { fine: 2.25, coarse: 2.75 };

/** Of a row, beside its signs (emoji.css). Rem. */
const BESIDE_ROW = 1.5;

/** Signs that are drawn at once: more than can be seen. The others follow, a group in each task. */
const AT_ONCE = 100;

/** Nobody looks through more. */
const FOUND_MAX = 200;

/** The groups of the tables, in their order. */
const TITLES = /** @type {const} */ ({
  faces: 'emojiFaces', people: 'emojiPeople', nature: 'emojiNature', food: 'emojiFood', travel: 'emojiTravel',
  activities: 'emojiActivities', things: 'emojiThings', signs: 'emojiSigns', flags: 'emojiFlags',
});

/** @typedef {import('../model/emoji-search.js').Emoji} Emoji */

/**
 * @param {HTMLElement} anchor what asked for it, which has the focus again afterwards
 * @returns {Promise<string | undefined>} undefined where none was chosen
 */
export async function pickEmoji(anchor) {
  const [list] = await Promise.all([emojiIn(languageInUse()), loadStyle('emoji.css')]);
  return new Promise((choose) => new Picker(list, anchor, choose));
}

class Picker {
  #list;
  #anchor;
  /** @type {keyof typeof CELL} */
  #pointer = matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine';
  #tones = new ToneChoice(toneInUse(), (tone) => {
    storage.set('emojiTone', tone);
    this.#grid.draw(tone);
  });
  #grid;
  #field = el('input', {
    class: 'emoji-field', type: 'text', role: 'combobox', inputMode: 'search', enterKeyHint: 'done',
    autocomplete: 'off', spellcheck: false, placeholder: t('emojiSearch'), ariaLabel: t('emojiSearch'),
    ariaExpanded: 'true', ariaHasPopup: 'grid', ariaAutoComplete: 'list',
  });
  #status = el('p', { class: 'emoji-status', role: 'status' });
  /** The sign that is looked at, larger, with its name: others hear the name where they are. */
  #sign = el('span', { class: 'emoji-large' });
  #name = el('span', { class: 'emoji-name', dir: 'auto' });
  #element;
  /** @type {string | undefined} */
  #chosen;

  /** @param {Emoji[]} list @param {HTMLElement} anchor @param {(sign: string | undefined) => void} choose */
  constructor(list, anchor, choose) {
    this.#list = list;
    this.#anchor = anchor;
    const columns = this.#columns();
    this.#grid = new EmojiGrid({ columns, tone: this.#tones.tone });
    this.#field.setAttribute('aria-controls', this.#grid.element.id);
    const head = el('div', { class: 'emoji-head' },
      el('div', { class: 'emoji-search' }, icon(PICTURES.search), this.#field), this.#tones.button);
    const foot = el('div', { class: 'emoji-foot', 'aria-hidden': 'true' }, this.#sign, this.#name);
    this.#element = el('div', { class: 'emoji', popover: 'auto', role: 'dialog', ariaLabel: t('emoji') },
      head, this.#tones.element, this.#status, this.#grid.element, foot);
    this.#element.style.setProperty('--columns', String(columns));
    this.#follow(choose);
    const used = often(list, columns);
    const groups = Object.entries(TITLES).map(([group, title]) =>
      ({ title, emoji: list.filter((emoji) => emoji.group === group) }));
    const drawing = this.#drawGroups([{ title: /** @type {const} */ ('emojiOften'), emoji: used }, ...groups]);
    (anchor.closest('dialog, main') ?? document.body).append(this.#element);
    this.#element.showPopover();
    position(this.#element, anchor);
    // On touch, the keyboard would come up and leave little room for the grid.
    if (this.#pointer === 'fine') this.#field.focus();
    else this.#grid.first?.focus();
    drawing.catch(() => {});
  }

  #columns() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const room = innerWidth - 2 * GAP_PX - BESIDE_ROW * rem;
    return Math.max(1, Math.min(COLUMNS_MAX, Math.floor(room / (CELL[this.#pointer] * rem))));
  }

  /** @param {{ title: import('../words/words.js').Key, emoji: Emoji[] }[]} groups */
  async #drawGroups(groups) {
    let count = 0;
    for (const { title, emoji } of groups) {
      if (!emoji.length) continue;
      if (count > AT_ONCE) {
        await new Promise((later) => setTimeout(later));
        if (!this.#element.isConnected) return;
      }
      this.#grid.add(title, t(title), emoji);
      count += emoji.length;
    }
  }

  /** @param {(sign: string | undefined) => void} choose */
  #follow(choose) {
    const { element } = this.#grid;
    element.addEventListener('click', ({ target }) => this.#take(this.#grid.signAt(target)));
    element.addEventListener('keydown', (event) => this.#keyInGrid(event));
    for (const kind of ['pointerover', 'focusin']) {
      element.addEventListener(kind, ({ target }) => this.#lookAt(this.#grid.signAt(target)));
    }
    this.#field.addEventListener('input', () => this.#search());
    this.#field.addEventListener('keydown', (event) => {
      const { first } = this.#grid;
      if (event.key === 'ArrowDown') this.#grid.focus(first);
      // Without a word, the first is none that was looked for.
      else if (event.key === 'Enter') this.#take(this.#field.value.trim() ? first : undefined);
      else return;
      event.preventDefault();
    });
    const place = () => position(this.#element, this.#anchor);
    addEventListener('resize', place);
    this.#element.addEventListener('toggle', ({ newState }) => {
      if (newState !== 'closed') return;
      removeEventListener('resize', place);
      // A click beside it may have moved the focus already.
      const { activeElement } = document;
      if (this.#element.contains(activeElement) || activeElement === document.body) this.#anchor.focus();
      this.#element.remove();
      choose(this.#chosen);
    });
  }

  /** @param {KeyboardEvent} event */
  #keyInGrid(event) {
    const { key, ctrlKey, metaKey, altKey } = event;
    const next = this.#grid.nextOf(event);
    if (next) this.#grid.focus(next);
    else if (key === 'ArrowUp') this.#field.focus();
    else if (key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) return this.#field.focus();
    else return;
    event.preventDefault();
  }

  /** @param {HTMLButtonElement | undefined} button */
  #take(button) {
    if (!button) return;
    this.#chosen = button.textContent ?? '';
    count(button.dataset.sign ?? '');
    this.#element.hidePopover();
  }

  /** @param {HTMLButtonElement | undefined} button */
  #lookAt(button) {
    if (!button) return;
    setText(this.#sign, button.textContent ?? '');
    setText(this.#name, button.title);
  }

  async #search() {
    const query = this.#field.value;
    const isAsked = query.trim() !== '';
    let found = search(this.#list, query);
    // Many know the English name, of all the codes: `:tada:`.
    if (isAsked && !found.length) {
      const english = await emojiIn('en').catch(() => []);
      if (query !== this.#field.value) return;
      const signs = search(english, query).map(({ sign }) => sign);
      found = signs.flatMap((sign) => this.#list.find((emoji) => emoji.sign === sign) ?? []);
    }
    this.#grid.showFound(isAsked ? found.slice(0, FOUND_MAX) : undefined);
    setText(this.#status, isAsked && !found.length ? t('emojiNone') : '');
    const first = isAsked ? this.#grid.first : undefined;
    this.#field.setAttribute('aria-activedescendant', first?.id ?? '');
    this.#lookAt(first);
  }
}
