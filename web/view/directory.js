/** The rooms that are listed, as a page in place of the talk: it is left for a room, or closed. */

import { linkTo } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { date, sentence } from '../words/more.js';
import { calendar, number, t } from '../words/words.js';
import { el, find, setText } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

/** The search starts after a pause of this length: somebody who types makes shorter ones. Milliseconds. */
const PAUSE_MS = 200;

/** So many rooms are loaded at once: they can be put in order by their last message. Then more are asked for. */
const AT_ONCE = 500;

/**
 * @typedef {import('../model/protocol.js').ListedRoom} ListedRoom
 *
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'rooms'>} session
 * @property {Pick<import('../model/requests.js').Requests, 'directory'>} requests
 * @property {(room: string) => void} go
 */

/** @param {Needs} needs */
export async function openDirectory(needs) {
  await Promise.all([loadStyle('dialog.css'), loadStyle('directory.css')]);
  return new Directory(needs);
}

/** @param {ListedRoom} listed */
const labelOf = ({ room, title }) => title || room;

export class Directory {
  #needs;
  #behind = [find('.top'), find('.talk')];
  #focused = document.activeElement;
  #field = el('input', {
    class: 'dialog-field', type: 'search', name: 'filter', autocomplete: 'off', spellcheck: false, dir: 'auto',
    placeholder: t('filterDirectory'), ariaLabel: t('filterDirectory'), oninput: () => this.#ask(PAUSE_MS),
  });
  #order = el('select', {
    class: 'dialog-field directory-order', ariaLabel: t('roomOrder'), onchange: () => this.#show(),
  }, el('option', { value: 'active' }, t('orderActive')), el('option', { value: 'name' }, t('orderName')));
  #status = el('p', { class: 'directory-status', role: 'status' });
  #list = el('ul', { class: 'directory-list' });
  #more = el('button', {
    class: 'dialog-button directory-more', type: 'button', hidden: true, onclick: () => this.#load(),
  }, t('moreRooms'));
  #root;
  /** @type {ListedRoom[]} */
  #rooms = [];
  /** After which room more are to be asked for. @type {string | undefined} */
  #next;
  /** Only the latest question has an answer that counts. */
  #question = 0;
  #timer = 0;

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
    const title = el('h1', { class: 'directory-title', id: 'directory-title', tabIndex: -1 }, t('browseRooms'));
    const close = { class: 'dialog-close', type: 'button', title: t('close'), ariaLabel: t('close') };
    this.#root = el('section', { class: 'directory', 'aria-labelledby': title.id },
      el('header', { class: 'directory-head' }, title,
        el('button', { class: 'dialog-button dialog-button-main', type: 'button', 'data-opens': 'newRoom' },
          icon(PICTURES.add), t('newRoom')),
        el('button', { ...close, onclick: () => this.close() }, icon(PICTURES.close))),
      el('div', { class: 'directory-body' }, el('div', { class: 'directory-line' }, this.#field, this.#order),
        this.#status, this.#list, this.#more));
    this.#root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
    for (const part of this.#behind) part.inert = true;
    document.body.append(this.#root);
    if (matchMedia('(pointer: fine)').matches) this.#field.focus();
    else title.focus();
    this.#ask(0);
  }

  get isOpen() {
    return this.#root.isConnected;
  }

  /** @param {boolean} [isLeft] for a room, which has the focus then */
  close(isLeft = false) {
    if (!this.isOpen) return;
    clearTimeout(this.#timer);
    this.#question += 1;
    this.#root.remove();
    for (const part of this.#behind) part.inert = false;
    if (!isLeft && this.#focused instanceof HTMLElement) this.#focused.focus();
  }

  /** The list of the reader's rooms is another. */
  refresh() {
    for (const item of this.#list.children) {
      const link = /** @type {HTMLElement} */ (item.firstElementChild);
      this.#showState(link, this.#needs.session.rooms.has(link.dataset.room ?? ''));
    }
  }

  /** @param {number} pauseMs */
  #ask(pauseMs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#rooms = [];
      this.#next = undefined;
      this.#load();
    }, pauseMs);
  }

  async #load() {
    const question = ++this.#question;
    const query = this.#field.value.trim();
    const until = this.#rooms.length + AT_ONCE;
    try {
      do {
        const { rooms, next } = await this.#needs.requests.directory({ query: query || undefined, after: this.#next });
        if (question !== this.#question) return;
        this.#rooms.push(...rooms);
        this.#next = next;
      } while (this.#next && this.#rooms.length < until);
      this.#show();
      if (!this.#rooms.length) setText(this.#status, t(query ? 'noRoomFound' : 'noListedRooms'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (question === this.#question) setText(this.#status, sentence(error.message));
    }
  }

  #show() {
    setText(this.#status, '');
    this.#more.hidden = !this.#next;
    const isByName = this.#order.value === 'name';
    // What is over comes last.
    const rooms = this.#rooms.toSorted((one, other) => Number(!!one.archived) - Number(!!other.archived) ||
      (isByName ? 0 : (other.last ?? 0) - (one.last ?? 0)) || labelOf(one).localeCompare(labelOf(other)));
    this.#list.replaceChildren(...rooms.map((room) => el('li', {}, this.#row(room))));
  }

  /** @param {ListedRoom} listed */
  #row({ room, title, topic, people, last, archived }) {
    const { session, go } = this.#needs;
    const onclick = (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.close(true);
      go(room);
    };
    const time = last
      ? el('time', { class: 'directory-last', dateTime: new Date(last).toJSON(), title: calendar(last) }, date(last))
      : el('span', { class: 'directory-last' });
    const link = el('a', { class: 'directory-row', href: linkTo(document.baseURI, room), 'data-room': room, onclick },
      icon(PICTURES.room),
      el('span', { class: 'directory-words' },
        el('span', {}, el('bdi', { class: 'directory-name' }, title || room), ' ',
          ...(title ? [el('span', { class: 'directory-slug' }, room)] : []),
          ...(archived ? [' ', el('span', { class: 'directory-slug' }, t('archived'))] : [])), ' ',
        el('bdi', { class: 'directory-topic' }, topic ?? '')), ' ',
      el('span', { class: 'directory-people', title: t('people', { count: people }) },
        icon(PICTURES.people), number(people)), ' ', time, ' ', el('span', { class: 'directory-state' }));
    this.#showState(link, session.rooms.has(room));
    return link;
  }

  /** @param {HTMLElement} link @param {boolean} isJoined */
  #showState(link, isJoined) {
    const state = /** @type {HTMLElement} */ (link.lastElementChild);
    if (state.classList.contains('directory-joined') === isJoined && state.textContent) return;
    state.classList.toggle('directory-joined', isJoined);
    state.replaceChildren(...(isJoined ? [icon(PICTURES.joined), t('joinedRoom')] : [t('joinRoom')]));
  }
}
