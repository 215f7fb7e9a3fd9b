/** The room's name and topic, at the top of the page. */

import { find, setText } from './element.js';

export class Header {
  #name = find('#room');
  #topic = find('#topic');
  #topicText = find('#topic bdi');

  /** @param {import('../model/room.js').Room} room */
  refresh({ label, topic }) {
    setText(this.#name, label);
    this.#topic.hidden = topic === '';
    setText(this.#topicText, topic);
    this.#topic.title = topic;
  }
}
