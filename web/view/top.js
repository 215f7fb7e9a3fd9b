/** The room on top of the page: its name, its topic, how many are here; and who is typing. */

import { say } from '../words/words.js';

/** So many who are typing are named. */
const NAMED_MAX = 2;

export class Top {
  #name = document.querySelector('#room');
  #topic = document.querySelector('#topic');
  #people = document.querySelector('#people');
  #count = document.querySelector('#people-count');
  #typing = document.querySelector('#typing');

  /** @param {import('../model/room.js').Room} room */
  refresh({ name, topic, people: { count }, typing }) {
    set(this.#name, name);
    this.#topic.hidden = topic === '';
    set(this.#topic, topic);
    this.#topic.title = topic;
    this.#people.hidden = count === 0;
    set(this.#count, say('number', { count }));
    this.#people.title = this.#people.ariaLabel = say('people', { count });
    const [one, other] = typing.map(({ name }) => name);
    const key = typing.length > NAMED_MAX ? 'manyType' : ['', 'oneTypes', 'twoType'][typing.length];
    set(this.#typing, key && say(key, { one, other }));
  }
}

/** @param {Element} element @param {string} text */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
