/** The room on top of the page: its name and its topic. */

import { setText } from './element.js';

export class Top {
  #name = document.querySelector('#room');
  #topic = document.querySelector('#topic');

  /** @param {import('../model/room.js').Room} room */
  refresh({ name, topic }) {
    setText(this.#name, name);
    this.#topic.hidden = topic === '';
    setText(this.#topic.firstChild, topic);
    this.#topic.title = topic;
  }
}
