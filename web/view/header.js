/** The room's name and topic, at the top of the page. */

import { setText } from './element.js';

export class Header {
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
