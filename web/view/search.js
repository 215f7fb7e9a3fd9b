/** Goes to rooms and people by a few letters, and searches messages: in all rooms or in this one. */

import { linkTo } from '../model/chat-links.js';
import { excerpt } from '../model/highlight.js';
import { placesFor } from '../model/places.js';
import { isDirect, isPrivate } from '../model/room-kind.js';
import { Refusal } from '../model/requests.js';
import { date, sentence } from '../words/more.js';
import { calendar, number, t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el, faceOf } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/** The search starts after a pause of this length: somebody who types makes shorter ones. Milliseconds. */
const PAUSE_MS = 200;

/** The last query: the dialog opens with it again. */
let query = '';
let isOnlyHere = false;

/**
 * @typedef {import('../model/protocol.js').MessageEntry} MessageEntry
 *
 * @typedef {object} Needs
 * @property {import('../model/room.js').Room} room
 * @property {Pick<import('../model/session.js').Session, 'limits' | 'me' | 'parts' | 'rooms'>} session
 * @property {Pick<import('../model/requests.js').Requests, 'search'>} requests
 * @property {(room: string, seq?: number) => void} go
 * @property {(people: import('../model/protocol.js').User[]) => unknown} writeTo
 */

/** @param {Needs} needs */
export async function openSearch(needs) {
  const search = new Search(needs);
  await search.open();
}

class Search {
  #needs;
  #room;
  /** @type {HTMLDialogElement | undefined} */
  #dialog;
  #field;
  #onlyHere;
  #status = el('p', { class: 'dialog-note search-status', role: 'status' });
  #places = el('ul', { class: 'search-places', ariaLabel: t('places') });
  #list = el('ol', { class: 'search-list' });
  #more = el('button', {
    class: 'dialog-button search-more', type: 'button', hidden: true, onclick: () => this.#goOn(),
  }, t('moreFound'));
  /** Only the latest question has an answer that counts. */
  #question = 0;
  #timer = 0;
  /** The results so far, and their query. @type {{ query: string, count: number, last?: number }} */
  #found = { query: '', count: 0 };

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
    this.#room = needs.room.name;
    this.#field = el('input', {
      class: 'dialog-field', type: 'search', name: 'query', value: query, autofocus: true, dir: 'auto',
      autocomplete: 'off', spellcheck: false, enterKeyHint: 'search', ariaLabel: t('find'),
      placeholder: t('findWhat'), 'aria-describedby': 'search-hint', oninput: () => this.#ask(PAUSE_MS),
    });
    this.#onlyHere = el('input', { type: 'checkbox', checked: isOnlyHere, onchange: () => this.#ask(0) });
  }

  async open() {
    const onsubmit = (/** @type {SubmitEvent} */ event) => this.#enter(event);
    const form = el('form', { class: 'search-form', role: 'search', onsubmit },
      el('div', { class: 'search-line' }, this.#field),
      el('p', { class: 'dialog-note search-hint', id: 'search-hint' }, t('findHow')),
      el('label', { class: 'dialog-choice' }, this.#onlyHere,
        el('span', {}, t('findOnlyIn', { room: this.#nameOf(this.#room) }))));
    const content = [form, this.#places, this.#status, this.#list, this.#more];
    const onclose = () => clearTimeout(this.#timer);
    this.#dialog = await openDialog({ title: t('find'), name: 'search', onclose }, ...content);
    this.#dialog.addEventListener('keydown', (event) => this.#key(event));
    this.#field.select();
    this.#ask(0);
  }

  /** @param {number} pauseMs */
  #ask(pauseMs) {
    query = this.#field.value;
    isOnlyHere = this.#onlyHere.checked;
    this.#showPlaces();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), pauseMs);
  }

  /** @param {SubmitEvent} event Enter in the field goes to the first room, or to the first message that was found */
  async #enter(event) {
    event.preventDefault();
    clearTimeout(this.#timer);
    const first = /** @type {HTMLElement | null} */ (this.#places.querySelector('.search-first'));
    if (first && query === this.#field.value) return first.click();
    if (this.#found.query !== query.trim()) await this.#search();
    this.#links[0]?.focus();
  }

  #showPlaces() {
    const { session, go, writeTo } = this.#needs;
    const { rooms, parts, me } = session;
    const seen = [...rooms.values()].filter((room) => !parts?.privateRooms.isHidden(room, false));
    const places = placesFor(query, seen, this.#room, me?.id);
    const direct = places.filter(({ kind, name }) => kind === 'room' && isDirect(name))
      .map(({ name }) => parts?.privateRooms.othersIn(name) ?? []);
    // To write to somebody is to go to the room that there is.
    const found = places.filter((place) => place.kind !== 'person' ||
      !direct.some((others) => others.length === 1 && others[0].id === place.id));
    this.#places.replaceChildren(...found.map((place) => {
      const { kind, name } = place;
      const onclick = (/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (kind === 'messages') return this.#searchFrom(name);
        this.#dialog?.close();
        if (kind === 'person') writeTo([place]);
        else go(name);
      };
      const href = kind === 'person' || kind === 'messages' ? '#' : linkTo(document.baseURI, name);
      const isFirst = kind !== 'messages' && place === found[0] && query.trim() !== '';
      const looks = isFirst ? 'search-place search-first' : 'search-place';
      return el('li', {}, el('a', { class: looks, href, onclick }, ...this.#labelOf(place)));
    }));
  }

  /** @param {import('../model/places.js').Place} place */
  #labelOf(place) {
    const { kind, name } = place;
    if (kind === 'new') return [icon(PICTURES.add), el('span', {}, t('openNamed', { room: name }))];
    const label = kind === 'room' ? place.label : name;
    const pieces = excerpt(label, query.trim()).map(({ text, isFound }) => (isFound ? el('b', {}, text) : text));
    if (kind === 'room') {
      const [person] = isDirect(name) ? this.#needs.session.parts?.privateRooms.othersIn(name) ?? [] : [];
      const sign = person ? faceOf(person) : icon(isPrivate(name) ? PICTURES.lock : PICTURES.room);
      const count = place.unread ? [el('span', { class: 'count' }, number(place.unread))] : [];
      return [sign, el('bdi', {}, ...pieces), ...count];
    }
    const says = kind === 'person' ? t('messageTo', { room: name }) : t('messagesOf', { name });
    const sign = kind === 'person' ? faceOf(place) : icon(PICTURES.search);
    return [sign, el('bdi', {}, ...pieces), el('span', { class: 'soft' }, says)];
  }

  /** What a room is called: a private one by its people, others by their names. @param {string} room */
  #nameOf(room) {
    return isPrivate(room) ? this.#needs.session.rooms.get(room)?.label ?? t('privateRoom') : room;
  }

  /** Messages of a person. @param {string} name */
  #searchFrom(name) {
    this.#field.value = `from:${/\s/.test(name) ? `"${name}"` : name} `;
    this.#field.focus();
    this.#ask(0);
  }

  /** @param {number} [before] an entry's number: goes on with what is older */
  async #search(before) {
    const words = query.trim();
    const question = ++this.#question;
    if (words === '') return this.#show({ words, entries: [], more: false });
    if (!this.#needs.session.limits.history) return this.#showNote(t('findNoHistory'));
    const room = isOnlyHere ? this.#room : undefined;
    try {
      const { entries, more } = await this.#needs.requests.search(words, { room, before });
      if (question === this.#question) this.#show({ words, entries, more }, before !== undefined);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (question === this.#question) this.#showNote(sentence(error.message));
    }
  }

  /**
   * @param {{ words: string, entries: MessageEntry[], more: boolean }} answer
   * @param {boolean} [isMore] below what is there
   */
  #show({ words, entries, more }, isMore = false) {
    if (!isMore) {
      this.#list.replaceChildren();
      this.#found.count = 0;
      this.#goUp();
    }
    this.#list.append(...entries.map((entry) => this.#result(entry, words)));
    this.#found = { query: words, count: this.#found.count + entries.length, last: entries.at(-1)?.seq };
    this.#more.hidden = !more;
    const { count } = this.#found;
    const says = count === 0 ? t('foundNone') : t(more ? 'foundNewest' : 'found', { count });
    this.#status.textContent = words === '' ? '' : says;
  }

  /** @param {string} text why nothing was found */
  #showNote(text) {
    this.#list.replaceChildren();
    this.#more.hidden = true;
    this.#found = { query: '', count: 0 };
    this.#status.textContent = text;
  }

  async #goOn() {
    const { length } = this.#links;
    await this.#search(this.#found.last);
    this.#links[length]?.focus();
  }

  /** @param {MessageEntry} entry @param {string} words */
  #result({ room, seq, at, from, text = '' }, words) {
    const pieces = excerpt(text, words).map(({ text, isFound }) => (isFound ? el('mark', {}, text) : text));
    const onclick = (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#dialog?.close();
      this.#needs.go(room, seq);
    };
    const time = el('time', { dateTime: new Date(at).toJSON() ?? '', title: calendar(at) }, date(at));
    const head = el('span', { class: 'search-head' },
      el('bdi', { class: 'search-name' }, from.name), ' ',
      el('bdi', { class: 'search-room' }, this.#nameOf(room)), ' ', time);
    const link = el('a', { class: 'search-result', href: linkTo(document.baseURI, room, seq), onclick },
      head, ' ', el('span', { class: 'search-text', dir: 'auto' }, ...pieces));
    return el('li', {}, link);
  }

  get #links() {
    return [...this.#list.querySelectorAll('a')];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step || event.target === this.#onlyHere) return;
    const results = [...this.#places.querySelectorAll('a'), ...this.#links];
    /** @type {HTMLElement[]} */
    const stops = [this.#field, ...results, ...(this.#more.hidden ? [] : [this.#more])];
    event.preventDefault();
    const next = stops[stops.indexOf(/** @type {HTMLElement} */ (event.target)) + step];
    next?.focus();
    if (next === this.#field) this.#goUp();
  }

  /** To how it is done, and how many were found. */
  #goUp() {
    this.#dialog?.querySelector('.dialog-body')?.scrollTo(0, 0);
  }
}
