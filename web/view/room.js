/** The room on top of the page: its name, its topic, who is here. */

import { words } from '../words/strings.js';

export class RoomView {
  #topic = document.querySelector('#topic');
  #people = document.querySelector('#people');
  #count = this.#people.querySelector('.people-count');
  #list = this.#people.querySelector('.people-list');
  #session;

  /** @param {string} room @param {import('../model/session.js').Session} session */
  constructor(room, session) {
    this.#session = session;
    document.title = words.title(room);
    document.querySelector('#room').textContent = room;
    this.#people.addEventListener('toggle', () => this.#showNames());
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#people.open) this.#close();
    });
    addEventListener('pointerdown', ({ target }) => {
      if (!this.#people.contains(target)) this.#people.open = false;
    });
  }

  refresh() {
    const { topic, people } = this.#session;
    this.#topic.hidden = topic === '';
    this.#topic.textContent = this.#topic.title = topic;
    this.#people.hidden = people.count === 0;
    const count = words.people(people.count);
    if (this.#count.textContent !== count) this.#count.textContent = count;
    this.#showNames();
  }

  /** On demand: in a full room they change all the time. */
  #showNames() {
    if (!this.#people.open) return;
    const { people, me } = this.#session;
    const { named, count } = people;
    const names = named.map(({ id, name }) => {
      const item = document.createElement('li');
      const bdi = document.createElement('bdi');
      bdi.textContent = name;
      item.append(bdi, id === me?.id ? ` ${words.you()}` : '');
      return item;
    });
    if (named.length < count) {
      const rest = document.createElement('li');
      rest.className = 'people-rest';
      rest.textContent = named.length ? words.morePeople(count - named.length) : words.notNamed();
      names.push(rest);
    }
    this.#list.replaceChildren(...names);
  }

  #close() {
    this.#people.open = false;
    this.#people.querySelector('summary').focus();
  }
}
