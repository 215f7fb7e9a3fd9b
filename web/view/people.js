/** The number of people in the room, in the header. */

import '../words/more.js';
import { number, t } from '../words/words.js';
import { el, find } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

export class PeopleCount {
  #button = find('#people');
  #count = el('span', { 'aria-hidden': 'true' });

  constructor() {
    this.#button.append(icon(PICTURES.people), this.#count);
  }

  /** @param {import('../model/room.js').Room} room */
  refresh({ people: { count } }) {
    this.#button.hidden = count === 0;
    this.#count.textContent = number(count);
    this.#button.title = this.#button.ariaLabel = t('people', { count });
  }
}
