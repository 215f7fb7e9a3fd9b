/** The number of people in the room, in the header. */

import '../words/more.js';
import { number, t } from '../words/words.js';
import { el, find } from './element.js';
import { icon } from './icon.js';

const PICTURE = 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20c0-3.300 2.700-5.500 6-5.500s6 2.200 6 5.500' +
  'M15.500 4.300a3.500 3.500 0 0 1 0 6.400M17.500 14.800c2.200.7 3.500 2.500 3.500 5.200';

export class PeopleCount {
  #button = find('#people');
  #count = el('span', { 'aria-hidden': 'true' });

  constructor() {
    this.#button.append(icon(PICTURE), this.#count);
  }

  /** @param {import('../model/room.js').Room} room */
  refresh({ people: { count } }) {
    this.#button.hidden = count === 0;
    this.#count.textContent = number(count);
    this.#button.title = this.#button.ariaLabel = t('people', { count });
  }
}
