/** One message on the page. Text enters as text; names are kept from turning the line. */

import { cut } from '../model/graphemes.js';
import { hueOf, signOf } from '../model/color.js';
import { clock, calendar, number, t } from '../words/words.js';
import { el, faceOf, find } from './element.js';
import { plainText, showText } from './text.js';

/** @typedef {import('../model/rows.js').Message} Message @typedef {import('../model/rows.js').Unsent} Unsent */

/** The length of a quote in a reply. UTF-16 units, of whole characters. */
const QUOTE_CHARS = 120;

/** @type {HTMLTemplateElement} */
const template = find('#message');

export class MessageView {
  /** @type {HTMLLIElement} */
  // @ts-expect-error -- a copy is what it is copied from
  element = find('li', template.content).cloneNode(true);
  /** @param {string} name */
  #part = (name) => find(`.message-${name}`, this.element);
  #text = this.#part('text');
  #bubble = this.#part('bubble');
  #body = this.#part('body');
  /** Parts that only some messages have, by name; made when they are needed. @type {Record<string, HTMLElement>} */
  #extras = {};
  #room;
  /** The message that is shown. @type {Message | undefined} */
  #row;
  /** Its text, and whom it and what it answers mention. @type {string | undefined} */
  #said;
  /** The message that it replies to. @type {Message | undefined} */
  #quoted;

  /** @param {Pick<import('../model/room.js').Room, 'timeline' | 'mentionNames' | 'nameOf'>} room */
  constructor(room) {
    this.#room = room;
  }

  /** @param {Message | Unsent} row @param {boolean} isFirst of its group */
  show(row, isFirst) {
    const { classList } = this.element;
    classList.toggle('message-first', isFirst);
    const quoted = row.replyTo ? this.#room.timeline.get(row.replyTo) : undefined;
    const isUnsent = row.kind === 'unsent';
    const { text: written, mentions } = isUnsent ? row.item : row;
    const text = row.deleted ? t('deleted') : written;
    const whom = [mentions, quoted?.mentions].map((mentions = {}) =>
      Object.entries(mentions).map(([name, id]) => [name, id, this.#room.nameOf(id)]));
    const said = text + whom;
    if (row === this.#row && quoted === this.#quoted && said === this.#said) return;
    if (row.from !== this.#row?.from) this.#showWho(row);
    if (row.at !== this.#row?.at) this.#showWhen(row.at);
    if (said !== this.#said) showText(this.#text, text, this.#room.mentionNames(text, mentions));
    this.#said = said;
    classList.toggle('message-own', row.isMine);
    classList.toggle('message-gone', Boolean(row.deleted));
    classList.toggle('message-unsent', isUnsent);
    this.#showQuote(row.replyTo, quoted);
    const { seq, edited } = row;
    this.#extra('edited', edited && !row.deleted, () => el('span'), (element) => {
      element.textContent = t('edited');
      element.title = calendar(edited ?? 0);
      if (!element.parentNode) this.#bubble.append(element);
    });
    this.#showReactions(row);
    Object.assign(this.element, { seq });
    this.#row = isUnsent ? undefined : row;
    this.#quoted = quoted;
  }

  /** @param {Message | Unsent} row */
  #showWho({ from, isMine }) {
    const face = this.#part('face');
    this.element.style.setProperty('--hue', String(hueOf(from)));
    face.textContent = signOf(from);
    this.#part('name').textContent = from.name;
    this.#part('you').hidden = !isMine;
  }

  /** @param {number} at */
  #showWhen(at) {
    /** @type {HTMLTimeElement} */
    const time = find('time', this.element);
    time.textContent = clock(at);
    // Null for an invalid date, which an import can contain.
    time.dateTime = new Date(at).toJSON() ?? '';
    // With the day as well where it is pointed at (deferred.js).
    time.removeAttribute('title');
  }

  /** @param {number} [seq] @param {Message} [quoted] what is answered, where it is held */
  #showQuote(seq, quoted) {
    this.#extra('quote', seq, () => el('a', { href: `#${seq}` }), (quote) => {
      if (!quote.parentNode) this.#bubble.prepend(quote);
      if (!quoted) return quote.replaceChildren(t('anEarlierMessage'));
      const text = quoted.deleted ? t('deleted') : cut(plainText(quoted, this.#room), QUOTE_CHARS);
      quote.style.setProperty('--quote-hue', String(hueOf(quoted.from)));
      quote.replaceChildren(el('bdi', {}, quoted.from.name), ' ', el('span', { dir: 'auto' }, text));
    });
  }

  /** @param {Message | Unsent} row */
  #showReactions({ reactions = {} }) {
    const kinds = Object.entries(reactions);
    this.#extra('reactions', kinds.length > 0, () => el('ul', { ariaLabel: t('reactions') }), (list) => {
      // A button that is pressed, or has the focus, stays.
      const buttons = new Map([...list.querySelectorAll('button')].map((button) => [button.dataset.emoji, button]));
      for (const [emoji, button] of buttons) if (!Object.hasOwn(reactions, emoji ?? '')) button.parentElement?.remove();
      for (const [emoji, reaction] of kinds) {
        const button = buttons.get(emoji) ?? el('button', { class: 'reaction', type: 'button' });
        button.dataset.emoji = emoji;
        button.ariaPressed = String(Boolean(reaction.me));
        button.replaceChildren(`${emoji} `, ...reactorsOf(reaction));
        if (!button.parentElement) list.append(el('li', {}, button));
      }
      if (!list.parentNode) this.#body.append(list);
    });
  }

  /**
   * A part that only some messages have.
   *
   * @param {string} name
   * @param {any} isThere
   * @param {() => HTMLElement} make
   * @param {(element: HTMLElement) => void} show and put it into its place
   */
  #extra(name, isThere, make, show) {
    if (!isThere) {
      this.#extras[name]?.remove();
      delete this.#extras[name];
      return;
    }
    const extra = (this.#extras[name] ??= make());
    extra.classList.add(`message-${name}`);
    show(extra);
  }
}

/**
 * Few who reacted are shown by their faces, many by their number.
 *
 * @param {import('../model/protocol.js').Reaction} reaction
 */
function reactorsOf({ count, by = [] }) {
  if (by.length !== count) return [el('span', {}, number(count))];
  return [el('span', { class: 'out-of-sight' }, number(count)), ...by.map(faceOf)];
}
