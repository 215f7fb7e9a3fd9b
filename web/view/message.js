/** One message on the page. Text enters as text; names are kept from turning the line. */

import { cut } from '../model/graphemes.js';
import { hueOf, initialOf } from '../model/color.js';
import { clock, calendar, number, t } from '../words/words.js';
import { el } from './element.js';
import { plainText, showText } from './text.js';

/** The length of a quote in a reply. UTF-16 units, of whole characters. */
const QUOTE_CHARS = 120;

const template = document.querySelector('#message').content.firstElementChild;

export class MessageView {
  element = template.cloneNode(true);
  #part = (name) => this.element.querySelector(`.message-${name}`);
  #text = this.#part('text');
  #body = this.#part('body');
  /** Parts that only some messages have, by name; made when they are needed. */
  #extras = {};
  #room;
  /** The message that is shown, its text, and the message that it replies to. */
  #row;
  #said;
  #quoted;

  /** @param {import('../model/room.js').Room} room */
  constructor(room) {
    this.#room = room;
  }

  /** @param {object} row a message of the timeline, or one that is not sent @param {boolean} isFirst of its group */
  show(row, isFirst) {
    const { classList } = this.element;
    classList.toggle('message-first', isFirst);
    const quoted = row.replyTo && this.#room.timeline.get(row.replyTo);
    if (row === this.#row && quoted === this.#quoted) return;
    const isUnsent = row.kind === 'unsent';
    if (row.from !== this.#row?.from) this.#showWho(row);
    if (row.at !== this.#row?.at) this.#showWhen(row.at);
    const text = row.deleted ? t('deleted') : isUnsent ? row.item.text : row.text;
    if (text !== this.#said) showText(this.#text, text, this.#room.mentionNames(text));
    this.#said = text;
    classList.toggle('message-own', row.isMine);
    classList.toggle('message-gone', Boolean(row.deleted));
    classList.toggle('message-unsent', isUnsent);
    this.#showQuote(row.replyTo, quoted);
    this.#extra('edited', !isUnsent && !row.deleted && row.edited, () => el('span'), (element) => {
      element.textContent = t('edited');
      element.title = calendar(row.edited);
    });
    this.#showReactions(row);
    this.element.seq = row.seq;
    this.#row = isUnsent ? undefined : row;
    this.#quoted = quoted;
  }

  #showWho({ from, isMine }) {
    const face = this.#part('face');
    this.element.style.setProperty('--hue', hueOf(from.id));
    face.textContent = initialOf(from.name);
    this.#part('name').textContent = from.name;
    this.#part('you').hidden = !isMine;
  }

  #showWhen(at) {
    const time = this.#part('time');
    time.textContent = clock(at);
    // Null for an invalid date, which an import can contain.
    time.dateTime = new Date(at).toJSON() ?? '';
    time.title = calendar(at);
  }

  /** @param {number} [seq] @param {object} [quoted] what is answered, where it is held */
  #showQuote(seq, quoted) {
    this.#extra('quote', seq, () => el('a'), (quote) => {
      quote.href = `#${seq}`;
      const text = quoted && (quoted.deleted ? t('deleted') : cut(plainText(quoted.text), QUOTE_CHARS));
      quote.replaceChildren(...(quoted ? [el('bdi', {}, quoted.from.name), ' ', el('span', { dir: 'auto' }, text)] : [t('anEarlierMessage')]));
    }, true);
  }

  #showReactions({ reactions = {} }) {
    const kinds = Object.entries(reactions);
    this.#extra('reactions', kinds.length > 0, () => el('ul', { ariaLabel: t('reactions') }), (list) => {
      // A button that is pressed, or has the focus, stays.
      const buttons = new Map([...list.querySelectorAll('button')].map((button) => [button.dataset.emoji, button]));
      for (const [emoji, button] of buttons) if (!Object.hasOwn(reactions, emoji)) button.parentElement.remove();
      for (const [emoji, { count, me }] of kinds) {
        const button = buttons.get(emoji) ?? el('button', { class: 'reaction', type: 'button' });
        button.dataset.emoji = emoji;
        button.ariaPressed = String(Boolean(me));
        button.textContent = `${emoji} ${number(count)}`;
        if (!button.parentElement) list.append(el('li', {}, button));
      }
    });
  }

  /**
   * A part that only some messages have.
   *
   * @param {string} name @param {any} isThere @param {() => HTMLElement} make @param {(element: HTMLElement) => void} show
   * @param {boolean} [isAbove] the text
   */
  #extra(name, isThere, make, show, isAbove = false) {
    if (!isThere) {
      this.#extras[name]?.remove();
      delete this.#extras[name];
      return;
    }
    const extra = (this.#extras[name] ??= make());
    extra.classList.add(`message-${name}`);
    show(extra);
    if (extra.parentNode !== this.#body) this.#body[isAbove ? 'prepend' : 'append'](extra);
  }
}
