/** A field in which people are chosen by their names: the ARIA combobox pattern, with those who are chosen above it. */

import { fold } from '../model/completion.js';
import { excerpt } from '../model/highlight.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, faceOf } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/** So many are offered. */
const OFFERED_MAX = 50;

/** @typedef {import('../model/protocol.js').User} User */

export class PeopleField {
  /** @type {User[]} */
  chosen = [];
  #people;
  #most;
  #onchange;
  /** @type {User[]} */
  #offers = [];
  #at = 0;
  #chips = el('ul', { class: 'people-chips', ariaLabel: t('peopleTitle') });
  #list = el('div', { class: 'people-offers', id: 'people-offers', role: 'listbox', ariaLabel: t('peopleTitle') });
  #none = el('p', { class: 'dialog-note people-none', role: 'status' });
  /** Says what was chosen, to those who do not see it. */
  #said = el('p', { class: 'out-of-sight', role: 'status' });
  #field;
  element;

  /**
   * @param {object} needs
   * @param {User[]} needs.people who can be chosen
   * @param {number} needs.most so many can be chosen at once
   * @param {() => void} needs.onchange others are chosen
   */
  constructor({ people, most, onchange }) {
    this.#people = people;
    this.#most = most;
    this.#onchange = onchange;
    this.#field = el('input', {
      class: 'dialog-field', id: 'people-field', role: 'combobox', autocomplete: 'off', spellcheck: false, dir: 'auto',
      autofocus: true, enterKeyHint: 'done', 'aria-autocomplete': 'list', 'aria-controls': this.#list.id,
      ariaExpanded: 'true', oninput: () => this.#offer(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    // The focus stays where one writes.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const option = /** @type {Element} */ (target).closest('[role="option"]');
      const at = [...this.#list.children].findIndex((one) => one === option);
      if (at >= 0) this.#choose(this.#offers[at]);
    });
    this.element = el('div', { class: 'people-choice' },
      el('label', { class: 'dialog-label', htmlFor: this.#field.id }, t('peopleTitle')),
      this.#chips, this.#field, this.#list, this.#none, this.#said);
    this.#draw();
    this.#offer();
  }

  focus() {
    this.#field.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, isComposing } = event;
    const { length } = this.#offers;
    if (isComposing) return;
    const isWriting = this.#field.value !== '';
    const offer = this.#offers[this.#at];
    if (key === 'ArrowDown' && length) this.#point((this.#at + 1) % length);
    else if (key === 'ArrowUp' && length) this.#point((Math.max(this.#at, 0) + length - 1) % length);
    // With nothing written, Enter goes on with those who are chosen.
    else if (key === 'Enter' && offer && (isWriting || !this.chosen.length)) this.#choose(offer);
    else if (key === 'Enter' && isWriting) this.#none.textContent = t('nobodyFound');
    else if (key === 'Backspace' && !isWriting && this.chosen.length) this.#remove(this.chosen[this.chosen.length - 1]);
    else if (key === 'Escape' && isWriting) {
      this.#field.value = '';
      this.#offer();
    } else return;
    event.preventDefault();
  }

  #offer() {
    const wanted = fold(this.#field.value.trim().replace(/^@/, ''));
    const isFree = (/** @type {User} */ { id }) => !this.chosen.some((person) => person.id === id);
    /** From its beginning, from the beginning of a word. @param {string} name */
    const rank = (name) => {
      const at = fold(name).indexOf(wanted);
      return at <= 0 || /[\p{L}\p{N}]/u.test(fold(name)[at - 1]) ? at : 1;
    };
    const isFull = this.chosen.length >= this.#most;
    this.#offers = isFull ? [] : this.#people.filter(isFree).map((person) => ({ person, rank: rank(person.name) }))
      .filter(({ rank }) => rank === 0 || rank === 1).sort((one, other) => one.rank - other.rank)
      .slice(0, OFFERED_MAX).map(({ person }) => person);
    this.#list.replaceChildren(...this.#offers.map((person, n) => {
      const pieces = excerpt(person.name, this.#field.value.trim());
      const name = pieces.map(({ text, isFound }) => (isFound ? el('b', {}, text) : text));
      const props = { class: 'people-offer', id: `people-offer-${n}`, role: 'option' };
      return el('div', props, faceOf(person), el('bdi', {}, ...name));
    }));
    this.#list.hidden = !this.#offers.length;
    this.#field.ariaExpanded = String(this.#offers.length > 0);
    const none = this.#people.length ? t('nobodyFound') : t('nobodyKnown');
    const isNobody = !this.#people.length || (wanted !== '' && !this.#offers.length && !isFull);
    this.#none.textContent = isNobody ? none : '';
    this.#point(0);
  }

  /** @param {number} at */
  #point(at) {
    this.#at = at;
    [...this.#list.children].forEach((option, n) => (option.ariaSelected = String(n === at)));
    const option = this.#list.children[at];
    if (option) this.#field.setAttribute('aria-activedescendant', option.id);
    else this.#field.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {User} person */
  #choose(person) {
    this.chosen = [...this.chosen, person];
    this.#field.value = '';
    this.#said.textContent = t('chosen', { name: person.name, count: this.chosen.length });
    this.#draw();
    this.#offer();
    this.#field.focus();
    this.#onchange();
  }

  /** @param {User} person */
  #remove(person) {
    this.chosen = this.chosen.filter(({ id }) => id !== person.id);
    this.#draw();
    this.#offer();
    this.#field.focus();
    this.#onchange();
  }

  #draw() {
    this.#chips.hidden = !this.chosen.length;
    this.#chips.replaceChildren(...this.chosen.map((person) => {
      const says = t('removePerson', { name: person.name }).replace(/[\u2068\u2069]/g, '');
      const onclick = () => this.#remove(person);
      const props = { class: 'people-chip-remove', type: 'button', title: says, ariaLabel: says, onclick };
      return el('li', { class: 'people-chip' }, faceOf(person), el('bdi', {}, person.name),
        el('button', props, icon(PICTURES.close)));
    }));
  }
}
