/** The side bar: the chat, the rooms (favourites, others, direct ones, by last use, with a filter), and the reader. */

import { linkTo } from '../model/chat-links.js';
import { levelOf } from '../model/notify.js';
import { isDirect, isPrivate } from '../model/room-kind.js';
import { arrange, isFavourite, isWanted, signOf } from '../model/room-list.js';
import '../words/more.js';
import { number, t } from '../words/words.js';
import { el, find, setText, showFace } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { foldingTitle } from './rooms-fold.js';
import { loadStyle } from './stylesheet.js';

/** A greater count is not told apart. */
const COUNT_MAX = 99;

/** A list of so many rooms can be filtered. */
const FILTER_MIN = 10;

const countOf = (/** @type {number} */ count) => (count > COUNT_MAX ? `${number(COUNT_MAX)}+` : number(count));

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {{ item: HTMLElement, link: HTMLElement, name: HTMLElement, count: HTMLElement, sign: HTMLElement,
 *   face?: HTMLElement }} Item
 *
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'parts' | 'rooms'>} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {import('./identity.js').Identity} identity
 */

export class Rooms {
  #root = find('#rooms');
  #favourites = el('ul', { class: 'rooms-list', 'aria-labelledby': 'rooms-favourites' });
  #others = el('ul', { class: 'rooms-list', 'aria-labelledby': 'rooms-others' });
  #direct = el('ul', { class: 'rooms-list', 'aria-labelledby': 'rooms-direct' });
  #favouritesTitle;
  #browse = el('button', { class: 'rooms-browse', type: 'button', 'data-opens': 'directory' }, icon(PICTURES.browse),
    t('browseRooms'));
  #box = el('div', { class: 'rooms-lists' });
  /** Where something is unread beyond what is in sight. */
  #above = el('button', { class: 'pill rooms-above', type: 'button', hidden: true, onclick: () => this.#reveal(0) });
  #below = el('button', { class: 'pill rooms-below', type: 'button', hidden: true, onclick: () => this.#reveal(-1) });
  #filter = el('input', {
    class: 'rooms-filter', type: 'search', name: 'filter', hidden: true, autocomplete: 'off', spellcheck: false,
    placeholder: t('filterRooms'), ariaLabel: t('filterRooms'), oninput: () => this.#sift(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => this.#goToFirst(event),
  });
  #elsewhere = find('#elsewhere');
  #session;
  #storage;
  /** @type {Room | undefined} */
  #current;
  /** The entries of the list, by room. @type {Map<string, Item>} */
  #shown = new Map();
  /**
   * When each room was last shown before this page began, or was opened in it: no row moves from under the pointer.
   *
   * @type {Map<string, number>}
   */
  #usedAt = new Map();

  /** @param {Needs} needs */
  constructor({ session, storage, identity }) {
    this.#session = session;
    this.#storage = storage;
    this.#favouritesTitle = foldingTitle(storage, this.#favourites, t('favourites'));
    this.#box.append(this.#favouritesTitle, this.#favourites,
      el('div', { class: 'rooms-line' }, foldingTitle(storage, this.#others, t('rooms')),
        opener('newPrivate', PICTURES.newPrivate), opener('newRoom', PICTURES.add)),
      this.#others, this.#browse,
      el('div', { class: 'rooms-line' }, foldingTitle(storage, this.#direct, t('direct')),
        opener('newDirect', PICTURES.add)),
      this.#direct);
    this.#box.addEventListener('click', () => this.#close());
    this.#box.addEventListener('scroll', () => this.#look(), { passive: true });
    const { href: src } = /** @type {HTMLLinkElement} */ (find('link[rel="icon"]'));
    const jump = { class: 'rooms-jump', type: 'button', 'data-opens': 'search' };
    loadStyle('rooms.css').then(() => this.#root.replaceChildren(
      el('header', { class: 'rooms-head' },
        el('img', { src, alt: '', width: 28, height: 28 }), el('p', { class: 'rooms-title' }, 'Chinwag'),
        opener('invite', PICTURES.invite)),
      el('button', jump, icon(PICTURES.search), el('span', {}, t('findWhat')), el('kbd', {}, 'Ctrl K')),
      this.#filter,
      this.#above, this.#box, this.#below,
      el('footer', { class: 'rooms-foot' }, identity.element, opener('device', PICTURES.device),
        opener('settings', PICTURES.settings)),
    ));
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
      const room = this.#session.rooms.get(name);
      if (room && !this.#isHidden(room)) continue;
      item.remove();
      this.#shown.delete(name);
      this.#usedAt.delete(name);
    }
    for (const room of this.#session.rooms.values()) {
      if (this.#isHidden(room)) continue;
      const { unread } = room;
      const { link, name, count, sign, face } = this.#shown.get(room.name) ?? this.#make(room.name);
      setText(name, room.label);
      link.title = room.label;
      link.classList.toggle('rooms-linked', !isPrivate(room.name) && !room.listed && room.title !== '');
      if (face) this.#showFace(face, room);
      const isCurrent = room === current;
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else {
        link.removeAttribute('aria-current');
      }
      const about = {
        unread: isCurrent && unread.isWatched ? 0 : unread.count,
        mentions: isDirect(room.name) ? unread.count : unread.mentions.length,
        level: levelOf(this.#storage, room.name),
        hasDraft: !isCurrent && Boolean(this.#storage.fresh(`draft ${room.name}`)),
      };
      const shows = signOf(about);
      const counted = shows === 'count' ? about.unread : 0;
      if (!isCurrent) {
        elsewhere += counted;
        mentions += about.mentions;
      }
      link.classList.toggle('rooms-unread', counted > 0);
      link.classList.toggle('rooms-muted', about.level === 'none');
      show(count, counted, about.mentions);
      showSign(sign, shows === 'draft' || shows === 'muted' ? shows : undefined);
    }
    this.#arrange(current.name);
    show(this.#elsewhere, elsewhere, mentions);
    this.#look();
  }

  /** @param {Room} room */
  #isHidden(room) {
    return this.#session.parts?.privateRooms.isHidden(room, room === this.#current) ?? isPrivate(room.name);
  }

  /** @param {HTMLElement} face @param {Room} room of the first of its people, beside the reader */
  #showFace(face, room) {
    const [person] = this.#session.parts?.privateRooms.othersIn(room.name) ?? [];
    if (person) showFace(face, person);
  }

  /** The rooms with something unread that are not in sight, above and below. @returns {HTMLElement[][]} */
  #unseen() {
    const { top, bottom } = this.#box.getBoundingClientRect();
    const links = /** @type {HTMLElement[]} */ ([...this.#box.querySelectorAll('.rooms-unread')]);
    const box = (/** @type {HTMLElement} */ link) => link.getBoundingClientRect();
    const shown = links.filter((link) => box(link).height > 0);
    return [shown.filter((link) => box(link).bottom <= top), shown.filter((link) => box(link).top >= bottom)];
  }

  #look() {
    const [above, below] = this.#unseen().map(({ length }) => length);
    this.#above.hidden = !above;
    this.#below.hidden = !below;
    if (above) setText(this.#above, t('unreadOver', { count: above }));
    if (below) setText(this.#below, t('unreadBelow', { count: below }));
  }

  /** @param {0 | -1} end the nearest of those above, or of those below */
  #reveal(end) {
    const [above, below] = this.#unseen();
    (end ? below[0] : above.at(-1))?.scrollIntoView({ block: 'center' });
    this.#look();
  }

  /** @param {string} current */
  #arrange(current) {
    const added = [...this.#session.rooms.keys()].filter((name) => !this.#usedAt.has(name));
    const used = (added.length > 0 && this.#storage.fresh('used')) || {};
    for (const name of added) this.#usedAt.set(name, used[name] ?? 0);
    // A new one is shown at the top, wherever those stay that were there.
    if (!this.#usedAt.get(current)) this.#usedAt.set(current, Date.now());
    const isChosen = (/** @type {string} */ name) => isFavourite(this.#storage, name);
    const { favourites, others } = arrange(this.#session.rooms.keys(), isChosen, (name) => this.#usedAt.get(name) ?? 0);
    this.#fill(this.#favourites, favourites);
    this.#fill(this.#others, others.filter((name) => !isDirect(name)));
    this.#fill(this.#direct, others.filter(isDirect));
    this.#favouritesTitle.hidden = !favourites.length;
    this.#favourites.hidden = !favourites.length;
    this.#filter.hidden = this.#shown.size < FILTER_MIN;
    if (this.#filter.hidden) this.#filter.value = '';
    this.#sift();
  }

  /**
   * Moves only what is out of place: what is moved loses the focus.
   *
   * @param {HTMLElement} list
   * @param {string[]} names
   */
  #fill(list, names) {
    let at = list.firstElementChild;
    for (const name of names) {
      const item = this.#shown.get(name)?.item;
      if (!item) continue;
      if (item === at) at = at.nextElementSibling;
      else list.insertBefore(item, at);
    }
  }

  /** Shows what the filter leaves. */
  #sift() {
    this.#box.classList.toggle('rooms-sifted', this.#filter.value.trim() !== '');
    for (const [name, { item }] of this.#shown) {
      const label = this.#session.rooms.get(name)?.label ?? name;
      item.hidden = ![isPrivate(name) ? label : name, label].some((name) => isWanted(name, this.#filter.value));
    }
  }

  /** @param {KeyboardEvent} event */
  #goToFirst(event) {
    if (event.key !== 'Enter' || event.isComposing) return;
    const link = /** @type {HTMLElement | null} */ (this.#root.querySelector('.rooms-list li:not([hidden]) a'));
    if (!link) return;
    this.#filter.value = '';
    this.#sift();
    link.click();
  }

  /** @param {string} name */
  #make(name) {
    const label = el('bdi', {}, name);
    const count = el('span', { class: 'count', hidden: true });
    const sign = el('span', { class: 'rooms-sign', role: 'img', hidden: true });
    const href = linkTo(document.baseURI, name);
    const face = isDirect(name) ? el('span', { class: 'avatar', 'aria-hidden': 'true' }) : undefined;
    const lock = () => el('span', { role: 'img', ariaLabel: t('privateRoom') }, icon(PICTURES.lock));
    const signs = isPrivate(name) ? [face ?? lock()] : [icon(PICTURES.room), icon(PICTURES.link)];
    const link = el('a', { href }, ...signs, label, count, sign);
    const item = el('li', {}, link);
    const shown = { item, link, name: label, count, sign, face };
    this.#shown.set(name, shown);
    return shown;
  }
}

/**
 * A button with a picture.
 *
 * @param {'invite' | 'device' | 'settings' | 'newRoom' | 'newPrivate' | 'newDirect'} name of what it opens
 * @param {string} path
 */
function opener(name, path) {
  const says = { title: t(name), ariaLabel: t(name) };
  return el('button', { class: 'rooms-button', id: name, type: 'button', 'data-opens': name, ...says }, icon(path));
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

/** @param {HTMLElement} element @param {'draft' | 'muted' | undefined} sign */
function showSign(element, sign) {
  element.hidden = !sign;
  if (!sign || element.dataset.sign === sign) return;
  element.dataset.sign = sign;
  element.title = element.ariaLabel = t(sign === 'draft' ? 'draft' : 'muted');
  element.replaceChildren(icon(PICTURES[sign]));
}
