/** Says who reacted: beside the reaction that the pointer or the focus is at. */

import '../words/more.js';
import { list, t } from '../words/words.js';
import { el } from './element.js';

/** People who are named; of more, their number is told. */
const NAMES_MAX = 12;

/**
 * @typedef {import('../model/protocol.js').Reaction} Reaction
 * @typedef {Pick<import('./actions.js').Place, 'box' | 'room' | 'timeline'>} Place
 * @typedef {Pick<import('../model/session.js').Session, 'me'>} Session
 */

export class Reactors {
  #place;
  #session;
  #requests;
  #names;
  /** @type {HTMLElement | undefined} */
  #button;
  /** The number of the last entry that had touched the message when its people were told. */
  #changed = 0;

  /**
   * @param {object} needs
   * @param {Place} needs.place
   * @param {Session} needs.session
   * @param {Pick<import('../model/requests.js').Requests, 'reactions'>} needs.requests
   * @param {string} needs.id of the names
   */
  constructor({ place, session, requests, id }) {
    const { box } = place;
    this.#names = el('span', { class: 'reactors', id, role: 'tooltip', dir: 'auto' });
    this.#place = place;
    this.#session = session;
    this.#requests = requests;
    for (const type of ['pointerover', 'focusin']) box.addEventListener(type, ({ target }) => this.#at(target));
    box.addEventListener('pointerleave', () => this.#at(null));
    box.addEventListener('focusout', () => this.#at(null));
    box.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#at(null));
  }

  /** The reactions are drawn anew. */
  drawn() {
    if (!this.#button?.isConnected) this.#at(null);
    else if (this.#message?.changed !== this.#changed) this.#tell(this.#button);
  }

  /** @param {EventTarget | null} target */
  #at(target) {
    /** @type {HTMLElement | null | undefined} */
    const button = /** @type {Element | null} */ (target)?.closest('.reaction');
    if (button === this.#button || (!button && !this.#button)) return;
    this.#button?.removeAttribute('aria-describedby');
    this.#names.remove();
    this.#button = button ?? undefined;
    if (button) this.#tell(button);
  }

  /** @param {HTMLElement} button */
  async #tell(button) {
    const message = this.#message;
    const { emoji = '' } = button.dataset;
    const reaction = message?.reactions[emoji];
    if (!message || !reaction) return;
    this.#changed = message.changed;
    this.#show(reaction);
    if ((reaction.by?.length ?? 0) >= reaction.count) return;
    // A message names some of the people: the others are asked for.
    const reactions = await this.#requests.reactions(this.#place.room.name, message.seq).catch(() => undefined);
    if (this.#button === button && this.#changed === message.changed) this.#show(reactions?.[emoji]);
  }

  get #message() {
    const row = /** @type {import('./log.js').RowElement | null | undefined} */ (this.#button?.closest('.message'));
    return this.#place.timeline.get(row?.seq ?? 0);
  }

  /** @param {Reaction | undefined} reaction */
  #show(reaction) {
    if (!reaction?.by?.length || !this.#button) return;
    const { me } = this.#session;
    const others = reaction.by.filter(({ id }) => id !== me?.id).map(({ name }) => `\u2068${name}\u2069`);
    const names = [...(reaction.me ? [t('reactorYou')] : []), ...others].slice(0, NAMES_MAX);
    const more = reaction.count - names.length;
    this.#names.textContent = list(more > 0 ? [...names, t('reactorsMore', { count: more })] : names);
    this.#button.setAttribute('aria-describedby', this.#names.id);
    if (this.#names.isConnected) return;
    // After the last of the reactions: none is covered.
    const ends = [this.#button, this.#button.closest('ul')?.lastElementChild ?? this.#button].map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return document.documentElement.dir === 'rtl' ? -left : right;
    });
    this.#names.style.setProperty('--after', `${ends[1] - ends[0]}px`);
    this.#button.after(this.#names);
  }
}
