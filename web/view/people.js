/** The number of people in the room, in the header. */

import '../words/more.js';
import { number, t } from '../words/words.js';
import { el, find } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

export class PeopleCount {
  #button = find('#people');
  #count = el('span', { 'aria-hidden': 'true' });
  /** Some languages say one and two in words: a label would not have the number that is seen. */
  #words = el('span', { class: 'out-of-sight' });

  constructor() {
    this.#button.append(icon(PICTURES.people), this.#count, this.#words);
  }

  /** @param {{ people: { count: number } }} room @param {boolean} isPrivate its people are counted, here or away */
  refresh({ people: { count } }, isPrivate) {
    this.#button.hidden = count === 0;
    this.#count.textContent = number(count);
    this.#button.title = this.#words.textContent = t(isPrivate ? 'peopleIn' : 'people', { count });
  }
}
