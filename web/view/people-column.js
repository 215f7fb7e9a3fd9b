/** The people in the room, in a column of their own where the page is wide: it can be closed, and stays so. */

import { isModerator } from '../model/rights.js';
import '../words/more.js';
import { number, t } from '../words/words.js';
import { el, faceOf, find, setText } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

/** As in base.css, which keeps the column's place. */
const wide = matchMedia('(width >= 90rem)');

/** In the storage: boot.js leaves the column out before the first frame. */
const CLOSED = 'peopleClosed';

/** @typedef {import('../model/protocol.js').User} User */

export class PeopleColumn {
  #root = find('#column');
  #button = find('#people');
  #storage;
  #session;
  #mention;
  #seeTo;
  #message;
  #count = el('span', { class: 'soft' });
  #list = el('ul', { class: 'column-list' });
  /** What is shown, as text: it is drawn anew only when it is another. */
  #shown = '';
  #refresh;

  /**
   * @param {object} needs
   * @param {import('../model/web-storage.js').WebStorage} needs.storage
   * @param {Pick<import('../model/session.js').Session, 'role'>} needs.session
   * @param {(name: string) => unknown} needs.mention writes a name into the composer
   * @param {(person: User) => HTMLElement[]} needs.message a button that writes to somebody
   * @param {(person: import('../model/protocol.js').User) => unknown} needs.seeTo for a moderator
   * @param {() => void} needs.refresh
   */
  constructor({ storage, session, mention, message, seeTo, refresh }) {
    this.#storage = storage;
    this.#session = session;
    this.#mention = mention;
    this.#seeTo = seeTo;
    this.#message = message;
    this.#refresh = refresh;
    const close = { class: 'rooms-button', type: 'button', title: t('close'), ariaLabel: t('close') };
    this.#root.ariaLabel = t('peopleTitle');
    loadStyle('column.css').then(() => this.#root.append(
      el('header', { class: 'column-head' }, el('h2', {}, t('peopleTitle')), this.#count,
        el('button', { ...close, onclick: () => this.toggle() }, icon(PICTURES.close))),
      this.#list,
    ));
    wide.addEventListener('change', refresh);
  }

  /** Whether the page is wide enough for it. */
  get isPossible() {
    return wide.matches;
  }

  toggle() {
    const isClosed = document.documentElement.classList.toggle('no-column');
    this.#storage.set(CLOSED, isClosed || undefined);
    if (isClosed) this.#button.focus();
    this.#refresh();
  }

  /**
   * @param {{ people: { named: User[], count: number } }} room
   * @param {string} [me] the reader's id
   */
  refresh({ people }, me) {
    const isOpen = wide.matches && !document.documentElement.classList.contains('no-column');
    if (wide.matches) this.#button.ariaExpanded = String(isOpen);
    else this.#button.removeAttribute('aria-expanded');
    if (!isOpen) return;
    const { named, count } = people;
    setText(this.#count, number(count));
    const shown = JSON.stringify([named, count, me, isModerator(this.#session)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const isSeenTo = isModerator(this.#session);
    const rows = named.map((person) => el('li', {}, this.#row(person, person.id === me),
      ...this.#message(person), ...(isSeenTo && person.id !== me ? [this.#see(person)] : [])));
    const isAll = named.length >= count;
    const rest = named.length ? t('morePeople', { count: count - named.length }) : t('notNamed');
    this.#list.replaceChildren(...rows, ...(isAll ? [] : [el('li', { class: 'column-rest soft' }, rest)]));
  }

  /** @param {import('../model/protocol.js').User} person */
  #see(person) {
    const title = t('seeTo', { name: person.name }).replace(/[\u2068\u2069]/g, '');
    const props = { class: 'column-see', type: 'button', title, ariaLabel: title, onclick: () => this.#seeTo(person) };
    return el('button', props, icon(PICTURES.seeTo));
  }

  /** @param {import('../model/protocol.js').User} person @param {boolean} isMe */
  #row(person, isMe) {
    const { name } = person;
    const title = isMe ? '' : t('mentionName', { name }).replace(/[\u2068\u2069]/g, '');
    const onclick = () => this.#mention(name);
    const props = { class: 'column-person', type: 'button', title, disabled: isMe, onclick };
    return el('button', props, faceOf(person), el('bdi', {}, name),
      ...(isMe ? [el('span', { class: 'soft' }, t('you'))] : []));
  }
}
