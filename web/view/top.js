/** The room on top of the page: its name and its topic. */

export class Top {
  #name = document.querySelector('#room');
  #topic = document.querySelector('#topic');

  /** @param {import('../model/room.js').Room} room */
  refresh({ name, topic }) {
    set(this.#name, name);
    this.#topic.hidden = topic === '';
    set(this.#topic, topic);
    this.#topic.title = topic;
  }
}

/** @param {Element} element @param {string} text */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
