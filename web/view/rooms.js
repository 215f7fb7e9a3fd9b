/** The list of rooms with their unread counts, and the form to open another. */

import { linkTo, parseRoomName } from '../model/chat-links.js';
import '../words/more.js';
import { number, t } from '../words/words.js';
import { el, find } from './element.js';
import { loadStyle } from './stylesheet.js';

/** A greater count is not told apart. */
const COUNT_MAX = 99;

const countOf = (/** @type {number} */ count) => (count > COUNT_MAX ? `${number(COUNT_MAX)}+` : number(count));

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {{ item: HTMLElement, link: HTMLElement, count: HTMLElement }} Item
 *
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'rooms'>} session
 * @property {(room: string) => void} go
 * @property {() => void} openSettings
 */

export class Rooms {
  #root = find('#rooms');
  #list = el('ul', { class: 'rooms-list' });
  #elsewhere = find('#elsewhere');
  #session;
  #go;
  /** @type {Room | undefined} */
  #current;
  /** The entries of the list, by room. @type {Map<string, Item>} */
  #shown = new Map();

  /** @param {Needs} needs */
  constructor({ session, go, openSettings }) {
    this.#session = session;
    this.#go = go;
    this.#list.addEventListener('click', () => this.#close());
    const { href: src } = /** @type {HTMLLinkElement} */ (find('link[rel="icon"]'));
    const settings = { class: 'quiet', id: 'settings', type: 'button', onclick: openSettings };
    const invite = { class: 'quiet', type: 'button', 'data-opens': 'invite' };
    const device = { class: 'quiet', id: 'device', type: 'button', 'data-opens': 'device' };
    loadStyle('rooms.css').then(() => this.#root.replaceChildren(
      el('p', { class: 'rooms-title' }, el('img', { src, alt: '', width: 32, height: 32 }), 'Chinwag'),
      this.#list,
      this.#makeForm(),
      el('div', { class: 'rooms-foot' }, el('button', invite, t('invite')), el('button', device, t('device')),
        el('button', settings, t('settings'))),
    ));
  }

  #makeForm() {
    const hint = el('p', { class: 'hint', id: 'room-hint', role: 'status' });
    const field = el('input', {
      name: 'room', maxLength: 64, autocapitalize: 'none', spellcheck: false, enterKeyHint: 'go',
      placeholder: t('anotherRoom'), ariaLabel: t('anotherRoom'), 'aria-describedby': hint.id,
      oninput: () => (hint.textContent = ''),
    });
    const open = (/** @type {Event} */ event) => {
      event.preventDefault();
      const name = parseRoomName(field.value);
      if (!name) return (hint.textContent = t('badRoom'));
      field.value = '';
      this.#close();
      this.#go(name);
    };
    const form = { class: 'rooms-form', autocomplete: 'off', onsubmit: open };
    return el('form', form, field, el('button', { class: 'quiet' }, t('openRoom')), hint);
  }

  /** Closes the list where it is a popover. */
  #close() {
    if (this.#root.matches(':popover-open')) this.#root.hidePopover();
  }

  /** @param {Room} current */
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
      const { unread } = room;
      const { link, count } = this.#shown.get(room.name) ?? this.#make(room.name);
      const isCurrent = room === current;
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else {
        link.removeAttribute('aria-current');
        elsewhere += unread.count;
        mentions += unread.mentions.length;
      }
      const shown = isCurrent && unread.isWatched ? 0 : unread.count;
      link.classList.toggle('rooms-unread', shown > 0);
      show(count, shown, unread.mentions.length);
    }
    show(this.#elsewhere, elsewhere, mentions);
  }

  /** @param {string} name */
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
