/** The list of rooms with their unread counts, and the form to open another. */

import { linkTo, parseRoomName } from '../model/links.js';
import '../words/more.js';
import { number, t } from '../words/words.js';
import { el } from './element.js';
import { loadStyle } from './stylesheet.js';

/** A greater count is not told apart. */
const COUNT_MAX = 99;

const countOf = (/** @type {number} */ count) => (count > COUNT_MAX ? `${number(COUNT_MAX)}+` : number(count));

export class Rooms {
  #root = document.querySelector('#rooms');
  #list = el('ul', { class: 'rooms-list' });
  #elsewhere = document.querySelector('#elsewhere');
  #session;
  #current;
  /** The entries of the list, by room. @type {Map<string, { item: HTMLElement, link: HTMLElement, count: HTMLElement }>} */
  #shown = new Map();

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    this.#session = app.session;
    this.#list.addEventListener('click', () => this.#close());
    loadStyle('rooms.css').then(() => this.#root.replaceChildren(
      el('p', { class: 'rooms-title' }, el('img', { src: document.querySelector('link[rel="icon"]').href, alt: '', width: 32, height: 32 }), 'Chinwag'),
      this.#list,
      this.#makeForm(app),
      el('button', { class: 'rooms-settings quiet', id: 'settings', type: 'button', onclick: () => app.open('settings') }, t('settings')),
    ));
  }

  #makeForm(app) {
    const hint = el('p', { class: 'hint', id: 'room-hint', role: 'status' });
    const field = el('input', {
      name: 'room', maxLength: 64, autocapitalize: 'none', spellcheck: false, enterKeyHint: 'go', placeholder: t('anotherRoom'),
      ariaLabel: t('anotherRoom'), 'aria-describedby': hint.id, oninput: () => (hint.textContent = ''),
    });
    const open = (event) => {
      event.preventDefault();
      const name = parseRoomName(field.value);
      if (!name) return (hint.textContent = t('badRoom'));
      field.value = '';
      this.#close();
      app.go(name);
    };
    return el('form', { class: 'rooms-form', autocomplete: 'off', onsubmit: open }, field, el('button', { class: 'quiet' }, t('openRoom')), hint);
  }

  /** Closes the list where it is a popover. */
  #close() {
    if (this.#root.matches(':popover-open')) this.#root.hidePopover();
  }

  /** @param {import('../model/room.js').Room} current */
  refresh(current) {
    if (current !== this.#current) this.#close();
    this.#current = current;
    let elsewhere = 0;
    let mentions = 0;
    for (const [name, { item }] of this.#shown) {
      if (this.#session.rooms.has(name)) continue;
      item.remove();
      this.#shown.delete(name);
    }
    for (const room of this.#session.rooms.values()) {
      const { link, count } = this.#shown.get(room.name) ?? this.#make(room.name);
      const isCurrent = room === current;
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else {
        link.removeAttribute('aria-current');
        elsewhere += room.unread;
        mentions += room.mentions.length;
      }
      const unread = isCurrent && room.isWatched ? 0 : room.unread;
      link.classList.toggle('rooms-unread', unread > 0);
      show(count, unread, room.mentions.length);
    }
    show(this.#elsewhere, elsewhere, mentions);
  }

  #make(name) {
    const count = el('span', { class: 'count', hidden: true });
    const link = el('a', { href: linkTo(document.baseURI, name) }, el('bdi', {}, name), count);
    const item = el('li', {}, link);
    this.#list.append(item);
    const shown = { item, link, count };
    this.#shown.set(name, shown);
    return shown;
  }
}

/** @param {HTMLElement} element @param {number} unread @param {number} mentions */
function show(element, unread, mentions) {
  element.hidden = unread === 0;
  element.classList.toggle('count-mentions', mentions > 0);
  const says = countOf(unread);
  if (element.textContent === says) return;
  element.textContent = says;
  element.title = element.ariaLabel = t('newMessages', { count: unread });
  element.role = 'img';
}
