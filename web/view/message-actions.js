/** What can be done with a message: for the toolbar at a desk, and for the sheet of a phone. */

import { linkTo } from '../model/chat-links.js';
import { renamed } from '../model/mentions.js';
import { isPrivate } from '../model/room-kind.js';
import { baseOf } from '../model/revisions.js';
import { isBelow, isModerator } from '../model/rights.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { confirm } from './confirm.js';
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
 * @property {boolean} [isForWriters] only where the reader may write
 * @property {boolean} [isForModerators] on others' messages, by a moderator
 * @property {(message: Message, anchor: HTMLElement) => unknown} act `anchor` has asked for it, and is there afterwards
 *
 * @typedef {object} Needs
 * @property {Pick<import('./actions.js').Place, 'room' | 'timeline'>} place
 * @property {Pick<import('./composer-mode.js').ComposerMode, 'reply' | 'edit'>} mode
 * @property {Pick<import('../model/requests.js').Requests, 'change' | 'govern'>} requests
 * @property {Pick<import('../model/session.js').Session, 'limits' | 'mayWrite' | 'role'>} session
 * @property {(text: string) => void} showHint
 * @property {(person: import('../model/protocol.js').User) => unknown} seeTo opens what a moderator can do with them
 *
 * @typedef {import('../model/protocol.js').Role} Role
 */

/** A menu does not wait longer for the role of a message's author. Milliseconds. */
const LEARN_MS_MAX = 1_000;

/** The roles of so many people are remembered. */
const ROLES_MAX = 500;

export class MessageActions {
  #needs;
  /** In their order. @type {Action[]} */
  #all = [
    {
      name: 'react', key: '+', isForKept: true, isForWriters: true,
      act: (message, anchor) => this.react(message, anchor),
    },
    { name: 'reply', key: 'R', isForWriters: true, act: (message) => this.#needs.mode.reply(message) },
    {
      name: 'edit', key: 'E', isForKept: true, isForOwn: true, isForWriters: true,
      act: (message) => this.#needs.mode.edit(message),
    },
    { name: 'copy', key: 'C', act: (message) => this.#copy(message) },
    { name: 'link', key: 'L', isForKept: true, act: ({ seq }) => this.#share(seq) },
    { name: 'unread', key: 'U', isForKept: true, act: ({ seq }) => this.#needs.place.room.unread.putBack(seq) },
    { name: 'report', key: 'F', isForKept: true, act: (message) => this.#report(message) },
    { name: 'seeTo', key: 'S', isForModerators: true, act: ({ from }) => this.#needs.seeTo(from) },
    {
      name: 'delete', key: 'Delete', isForKept: true, isForOwn: true, isForModerators: true,
      act: (message, anchor) => this.#askToDelete(message, anchor),
    },
  ];

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
  }

  /** What others are, by their ids, as far as a moderator has asked; nothing of whom the server does not know. */
  #roles = /** @type {Map<string, Role | undefined>} */ (new Map());

  /** @param {Message} message @returns {Action[]} what can be done with it now */
  of({ isMine, deleted, from: { id } }) {
    const { session, place } = this.#needs;
    const isSeenTo = !isMine && isModerator(session);
    const isKnown = !this.#roles.has(id) || this.#roles.get(id) !== undefined;
    const canDelete = isMine || (isSeenTo && isBelow(this.#roles.get(id) ?? 'guest', session.role));
    return deleted ? [] : this.#all.filter(({ name, isForKept, isForOwn, isForWriters, isForModerators }) => {
      if ((isForKept && !session.limits.history) || (isForWriters && !this.#mayWrite(name, place.room))) return false;
      if (name === 'delete') return canDelete;
      // A moderator sees to it.
      if (name === 'report') return !isMine && !isModerator(session);
      // A link would be refused to others.
      if (name === 'link' && isPrivate(place.room.name)) return false;
      return isForModerators ? isSeenTo && isKnown : isMine || !isForOwn;
    });
  }

  /** In a room in which only others write, one reacts all the same. @param {string} action @param {Room} room */
  #mayWrite(action, { barrier }) {
    return this.#needs.session.mayWrite && (!barrier || (action === 'react' && barrier !== 'archived'));
  }

  /** @param {Action} action @param {Message} message @returns {string} its name */
  says({ name }, { from }) {
    return t(name, { name: from.name });
  }

  /** Asks how the author stands, where the reader is a moderator. @param {Message} message */
  async learn({ isMine, from: { id } }) {
    const { session, requests } = this.#needs;
    if (isMine || !isModerator(session)) return;
    if (this.#roles.size >= ROLES_MAX) this.#roles.clear();
    const learned = requests.govern('person', { user: id }).then(({ role }) => this.#roles.set(id, role), (error) => {
      if (error.code === 'no_such_person') this.#roles.set(id, undefined);
    });
    await Promise.race([learned, new Promise((late) => setTimeout(late, LEARN_MS_MAX))]);
  }

  /** Gives a reaction, or takes it back. @param {string} emoji @param {number} seq */
  give(emoji, seq, { room, timeline } = this.#needs.place) {
    if (!this.#mayWrite('react', room)) return;
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

  /** @param {Message} message */
  async #report(message) {
    const { place: { room }, requests, showHint } = this.#needs;
    const sheet = await import('./report.js').catch(() => showHint(t('notLoaded')));
    await sheet?.openReport(message, { room, requests, showHint });
  }

  /** Asks first, in the same place. @param {Message} message @param {HTMLElement} anchor */
  async #askToDelete(message, anchor) {
    const { place: { room }, requests, showHint } = this.#needs;
    const { seq, at } = message;
    // By its key it is done without the menu.
    if (!this.#roles.has(message.from.id)) await this.learn(message);
    if (!this.of(message).some(({ name }) => name === 'delete')) return showHint(sentence(t('error_not_allowed')));
    const row = anchor.closest('.message');
    row?.classList.add('message-going');
    const change = () => this.#explain(requests.change(room, 'delete', { seq }, at));
    await confirm(anchor, t('deleteAsk'), t('delete'), change);
    row?.classList.remove('message-going');
  }

  /** Says why a change was not made. @param {Promise<unknown>} change */
  #explain(change) {
    change.catch(({ message }) => this.#needs.showHint(t('notChanged', { why: message })));
  }
}
