/** What can be done with a message: for the toolbar at a desk, and for the sheet of a phone. */

import { linkTo } from '../model/chat-links.js';
import { renamed } from '../model/mentions.js';
import { baseOf } from '../model/revisions.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { openPopover } from './popover.js';
import { copy, share } from './share.js';

/** Given with one click: in the toolbar, and in the sheet. */
export const QUICK = ['👍', '🎉', '👀'];
export const QUICK_TOUCH = ['👍', '❤️', '😂', '🎉', '👀', '🙏'];

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {import('../model/timeline.js').Message} Message
 *
 * @typedef {object} Action
 * @property {import('../words/words.js').Key & keyof typeof import('./pictures.js').PICTURES} name of its words, and of
 *   its picture
 * @property {string} key by which it is done, at a message that has the focus
 * @property {boolean} [isForKept] only where the server keeps messages
 * @property {boolean} [isForOwn] only on the reader's own messages
 * @property {(message: Message, anchor: HTMLElement) => unknown} act `anchor` has asked for it, and is there afterwards
 *
 * @typedef {object} Needs
 * @property {Pick<import('./actions.js').Place, 'room' | 'timeline'>} place
 * @property {Pick<import('./composer-mode.js').ComposerMode, 'reply' | 'edit'>} mode
 * @property {Pick<import('../model/requests.js').Requests, 'change'>} requests
 * @property {Pick<import('../model/session.js').Session, 'limits'>} session
 * @property {(text: string) => void} showHint
 */

export class MessageActions {
  #needs;
  /** In their order. @type {Action[]} */
  #all = [
    { name: 'react', key: '+', isForKept: true, act: (message, anchor) => this.react(message, anchor) },
    { name: 'reply', key: 'R', act: (message) => this.#needs.mode.reply(message) },
    { name: 'edit', key: 'E', isForKept: true, isForOwn: true, act: (message) => this.#needs.mode.edit(message) },
    { name: 'copy', key: 'C', act: (message) => this.#copy(message) },
    { name: 'link', key: 'L', isForKept: true, act: ({ seq }) => this.#share(seq) },
    { name: 'unread', key: 'U', isForKept: true, act: ({ seq }) => this.#needs.place.room.unread.putBack(seq) },
    {
      name: 'delete', key: 'Delete', isForKept: true, isForOwn: true,
      act: (message, anchor) => this.#askToDelete(message, anchor),
    },
  ];

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
  }

  /** @param {Message} message @returns {Action[]} what can be done with it now */
  of({ isMine, deleted }) {
    const isKept = this.#needs.session.limits.history;
    return deleted ? [] : this.#all.filter((action) => (isKept || !action.isForKept) && (isMine || !action.isForOwn));
  }

  /** Gives a reaction, or takes it back. @param {string} emoji @param {number} seq */
  give(emoji, seq, { room, timeline } = this.#needs.place) {
    const message = timeline.get(seq);
    const on = !message?.reactions[emoji]?.me;
    const base = message && baseOf(room, message);
    this.#explain(this.#needs.requests.change(room, 'react', { seq, emoji, on, base }, message?.at));
  }

  /** Any reaction. @param {Message} message @param {HTMLElement} anchor */
  async react({ seq }, anchor) {
    const { room, timeline } = this.#needs.place;
    const picker = import('./emoji.js').then(({ pickEmoji }) => pickEmoji(anchor));
    const emoji = await picker.catch(() => this.#needs.showHint(t('notLoaded')));
    if (emoji) this.give(emoji, seq, { room, timeline });
  }

  /** As it was written, with the names of now. @param {Message} message */
  async #copy({ text, mentions }) {
    const said = mentions ? renamed(text, this.#needs.place.room.mentionNames(text, mentions)) : text;
    this.#needs.showHint(t((await copy(said)) ? 'textCopied' : 'notCopied'));
  }

  /** @param {number} seq */
  async #share(seq) {
    const done = await share(linkTo(document.baseURI, this.#needs.place.room.name, seq));
    if (done) this.#needs.showHint(done);
  }

  /** Asks first, in the same place. @param {Message} message @param {HTMLElement} anchor */
  #askToDelete({ seq, at }, anchor) {
    const { place: { room }, requests } = this.#needs;
    const row = anchor.closest('.message');
    const change = () => {
      popover.close();
      this.#explain(requests.change(room, 'delete', { seq }, at));
    };
    const sure = el('button', { class: 'confirm-sure', type: 'button', onclick: change }, t('delete'));
    const cancel = el('button', { class: 'quiet', type: 'button', autofocus: true, onclick: () => popover.close() },
      t('cancel'));
    const title = el('p', { id: 'confirm-title' }, t('deleteAsk'));
    row?.classList.add('message-going');
    const popover = openPopover(anchor, { class: 'confirm', role: 'dialog', 'aria-labelledby': title.id }, title,
      el('div', { class: 'confirm-answer' }, cancel, sure));
    return popover.closed.then(() => row?.classList.remove('message-going'));
  }

  /** Says why a change was not made. @param {Promise<unknown>} change */
  #explain(change) {
    change.catch(({ message }) => this.#needs.showHint(t('notChanged', { why: message })));
  }
}
