/** One message on the page. Text enters as text; names are kept from turning the line. */

import { words } from '../words/strings.js';

/** A message that is sent is said to be on its way only after this long: most have arrived by then. Milliseconds. */
export const LATE_MS = 700;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

export class MessageView {
  element = document.querySelector('#message').content.firstElementChild.cloneNode(true);
  #parts = Object.fromEntries(
    ['name', 'you', 'time', 'text', 'edited', 'reactions', 'state', 'why', 'again', 'discard'].map((part) =>
      [part, this.element.querySelector(`.message-${part}`)]),
  );
  #row;

  /** @param {import('../model/session.js').Session} session */
  constructor(session) {
    const { again, discard } = this.#parts;
    again.addEventListener('click', () => session.sayAgain(this.#row.item.cid));
    discard.addEventListener('click', () => session.discard(this.#row.item.cid));
  }

  /**
   * @param {object} row a message of the timeline, or one that is not sent
   * @param {boolean} isFirst of its group
   */
  show(row, isFirst) {
    this.element.classList.toggle('message-first', isFirst);
    if (row.kind === 'message' && row === this.#row) return;
    const { name, you, time, text, edited } = this.#parts;
    const isUnsent = row.kind === 'unsent';
    set(name, row.from?.name ?? '');
    you.hidden = !row.isMine;
    const when = new Date(row.at);
    if (row.at !== this.#row?.at) {
      time.textContent = clock.format(when);
      time.dateTime = when.toISOString();
      time.title = calendar.format(when);
    }
    set(text, row.deleted ? words.deleted() : isUnsent ? row.item.text : row.text);
    edited.hidden = isUnsent || row.deleted || !row.edited;
    if (!edited.hidden) edited.title = calendar.format(new Date(row.edited));
    this.element.classList.toggle('message-own', row.isMine);
    this.element.classList.toggle('message-gone', Boolean(row.deleted));
    this.element.classList.toggle('message-unsent', isUnsent);
    this.#showReactions(isUnsent ? {} : row.reactions);
    this.#showState(isUnsent ? row : undefined);
    this.#row = row;
  }

  /** @param {Record<string, { count: number, me?: boolean }>} reactions */
  #showReactions(reactions) {
    const list = this.#parts.reactions;
    const kinds = Object.entries(reactions);
    list.hidden = kinds.length === 0;
    list.replaceChildren(...kinds.map(([emoji, { count, me }]) => {
      const item = document.createElement('li');
      item.className = me ? 'reaction reaction-own' : 'reaction';
      item.textContent = `${emoji} ${count}`;
      return item;
    }));
  }

  /** @param {{ item: import('../model/outbox.js').Item, isReady: boolean } | undefined} unsent */
  #showState(unsent) {
    const { state, why, again, discard } = this.#parts;
    const refused = unsent?.item.refused;
    const isLate = unsent && (refused !== undefined || Date.now() - unsent.item.at >= LATE_MS);
    state.hidden = !isLate;
    again.hidden = discard.hidden = refused === undefined;
    this.element.classList.toggle('message-refused', refused !== undefined);
    if (isLate) set(why, refused !== undefined ? words.notSent(refused) : unsent.isReady ? words.sending() : words.waiting());
  }
}

/** @param {Element} element @param {string} text */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
