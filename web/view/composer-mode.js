/** The composer's mode: a new message, a reply to a message, or an edit of one. */

import { joined } from '../model/drafts.js';
import { mentionsIn, peopleOf, renamed } from '../model/mentions.js';
import { baseOf, lastOwn } from '../model/revisions.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { plainText } from './text.js';

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {import('../model/timeline.js').Message} Message
 *
 * @typedef {object} Needs
 * @property {Pick<import('./composer.js').Composer,
 *   'room' | 'text' | 'focus' | 'write' | 'showHint' | 'keepDraft' | 'addToDraft'>} composer
 * @property {HTMLElement} form of the composer
 * @property {() => import('../model/timeline.js').Timeline} timeline the messages that it is beside
 * @property {Pick<import('../model/requests.js').Requests, 'change'>} requests
 * @property {Pick<import('../model/session.js').Session, 'limits' | 'me'>} session
 * @property {Pick<import('./log-navigation.js').LogNavigation, 'rowOf' | 'reveal'>} navigation
 * @property {Pick<import('./completion.js').Completion, 'chosen' | 'handleKey'>} completion
 * @property {AbortSignal} [signal] when the composer is gone
 */

export class ComposerMode {
  #composer;
  #requests;
  #session;
  #navigation;
  #completion;
  #label = el('p', { class: 'composer-mode-label' });
  #element = el('div', { class: 'composer-mode', hidden: true }, this.#label,
    el('button', { class: 'quiet', type: 'button', onclick: () => this.#stop() }, t('cancel')));
  /** @type {Message | undefined} */
  replyingTo;
  /** @type {Message | undefined} */
  editing;
  /** Its text as one begins: whoever was mentioned is called as they are now. */
  #editedText = '';
  /** What was known of the room as it began. */
  #base = 0;
  /** The last edit that was sent. @type {{ room: Room, seq: number, made: Promise<number> } | undefined} */
  #sent;
  /** The draft from before it was edited. */
  #draftBefore = '';
  /** The messages that are replied to in other rooms. @type {WeakMap<Room, Message | undefined>} */
  #replies = new WeakMap();
  /** @type {Room} */
  #room;
  /** The row of what is edited. @type {import('./log.js').RowElement | undefined} */
  #editedRow;
  #timeline;
  /** @type {HTMLElement} */
  #send;
  #sendWord;
  #signal;

  /** @param {Needs} needs */
  constructor({ composer, form, timeline, requests, session, navigation, completion, signal }) {
    this.#composer = composer;
    this.#requests = requests;
    this.#session = session;
    this.#navigation = navigation;
    this.#completion = completion;
    this.#timeline = timeline;
    this.#signal = signal;
    this.#send = /** @type {HTMLElement} */ (form.querySelector('.composer-send'));
    this.#sendWord = /** @type {HTMLElement} */ (form.querySelector('.composer-send-word'));
    form.prepend(this.#element);
    this.#room = composer.room;
  }

  /** @param {Room} room whose draft it is from now on */
  show(room) {
    this.#replies.set(this.#room, this.replyingTo);
    this.#room = room;
    this.clear();
    const message = this.#replies.get(room);
    if (message) this.reply(message);
  }

  /**
   * A message is another one now, or gone.
   *
   * @param {Room} room
   * @param {Pick<import('../model/revisions.js').Revision, 'target' | 'text'>} change
   */
  revised(room, { target, text }) {
    const isGone = text === undefined;
    const kept = this.#replies.get(room);
    if (room !== this.#room) {
      if (kept?.seq === target) this.#replies.set(room, isGone ? undefined : { ...kept, text });
    } else if (this.replyingTo?.seq === target) {
      if (isGone) this.clear();
      else this.#showReply({ ...this.replyingTo, text });
      if (isGone) this.#composer.showHint(t('answeredGone'));
    } else if (isGone && this.editing?.seq === target) {
      this.#endEdit();
    }
  }

  /** @param {Room} room @returns {Message[]} what is answered or edited there */
  targets(room) {
    const named = room === this.#room ? [this.replyingTo, this.editing] : [this.#replies.get(room)];
    return named.filter((message) => message !== undefined);
  }

  /**
   * After a reset, some of them are gone.
   *
   * @param {Room} room
   * @param {(target: import('../model/room.js').Target) => boolean} isLost
   */
  checked(room, isLost) {
    for (const message of this.targets(room)) if (isLost(message)) this.revised(room, { target: message.seq });
  }

  /** @param {Message} message */
  reply(message) {
    if (this.editing) this.#stop();
    this.clear();
    this.#showReply(message);
    this.#composer.focus();
  }

  /** @param {Message} message @param {number} [base] what its reader knew of the room */
  edit(message, base = baseOf(this.#room, message)) {
    if (!this.editing) this.#draftBefore = this.#composer.text;
    this.clear();
    this.editing = message;
    this.#base = base;
    this.#show(t('editing'));
    this.#composer.focus();
    this.#editedText = renamed(message.text, this.#room.mentionNames(message.text, message.mentions));
    this.#composer.write(this.#editedText);
    this.#nameSend('save');
    this.drawn();
    if (this.#editedRow) this.#navigation.reveal(this.#editedRow);
  }

  /** The log is drawn: the message that is edited is marked in it, and people may be called otherwise. */
  drawn() {
    if (this.replyingTo) this.#showReply(this.replyingTo);
    const row = this.editing && this.#navigation.rowOf(this.editing.seq);
    if (row === this.#editedRow) return;
    this.#editedRow?.classList.remove('message-editing');
    row?.classList.add('message-editing');
    this.#editedRow = row;
  }

  /** Answers and edits nothing any more. */
  clear() {
    this.replyingTo = this.editing = undefined;
    this.#element.hidden = true;
    this.#nameSend('send');
    this.drawn();
  }

  /** A message is sent by an arrow, an edit is saved by a word. @param {'send' | 'save'} key */
  #nameSend(key) {
    this.#sendWord.textContent = t(key);
    this.#send.classList.toggle('composer-send-named', key === 'save');
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it is for us */
  handleKey(event) {
    if (this.#completion.handleKey(event)) return true;
    const { key } = event;
    const { text } = this.#composer;
    const last = key === 'ArrowUp' && text === '' && this.#session.limits.history && lastOwn(this.#timeline());
    if (last) this.edit(last);
    else if (key === 'Escape' && !this.#element.hidden) this.#stop();
    else return false;
    return true;
  }

  /**
   * Whom a text means that is written here: who was chosen for it, and who is known in the room.
   *
   * @param {string} text
   * @param {import('../model/protocol.js').Mentions} [before] whom it meant before it was edited
   */
  mentionsIn(text, before = {}) {
    const { room } = this.#composer;
    const meant = Object.entries(before).map(([name, id]) => ({ id, name }));
    const own = [...this.#completion.chosen, ...meant].map(({ id, name }) => ({ id, name: room.nameOf(id) ?? name }));
    return mentionsIn(text, [...own, ...peopleOf(room, this.#session.me)]);
  }

  /** @param {string} text of what is edited, from now on */
  async submitEdit(text) {
    const composer = this.#composer;
    const message = /** @type {Message} */ (this.editing);
    const { room } = composer;
    const isSame = text === this.#editedText;
    const mentions = this.mentionsIn(text, message.mentions);
    const base = this.#base;
    this.#stop();
    if (isSame) return;
    const { seq } = message;
    // One after the other: an edit knows of the one before it, though that was not heard yet.
    const isAgain = this.#sent?.room === room && this.#sent.seq === seq;
    const before = isAgain ? this.#sent?.made.catch(unlessGone) : 0;
    const made = Promise.resolve(before).then((own = 0) =>
      this.#requests.change(room, 'edit', { seq, text, mentions, base: Math.max(base, own) }, message.at));
    this.#sent = { room, seq, made };
    try {
      await made;
    } catch (error) {
      const { code, message: why } = /** @type {import('../model/requests.js').Refusal} */ (error);
      // The text is there to be tried again; as a draft, if its message is gone, or its reader has gone on.
      if (!this.#isOf(room) || this.editing) {
        this.addToDraft(room, text);
        return composer.showHint(t('editKept', { why, room: room.label }));
      }
      // It is an edit of what the message is now, once its reader was told.
      if (code === 'outdated') this.edit(this.#timeline().get(seq) ?? message);
      else this.edit(message, base);
      composer.write(text);
      if (code === 'gone') return this.#endEdit();
      composer.showHint(t('notChanged', { why }));
    }
  }

  /** Whether one writes to it here. @param {Room} room */
  #isOf(room) {
    return room === this.#composer.room && !this.#signal?.aborted;
  }

  /** Adds what could not be said to a draft, in the field or not. @param {Room} room @param {string} text */
  addToDraft(room, text) {
    const composer = this.#composer;
    if (this.#isOf(room) && !this.editing) {
      composer.write(joined(composer.text, text));
      return composer.keepDraft();
    }
    if (this.#isOf(room)) this.#draftBefore = joined(this.#draftBefore, text);
    composer.addToDraft(room, text);
  }

  #stop() {
    const wasEditing = this.editing;
    this.clear();
    if (wasEditing) this.#composer.write(this.#draftBefore);
    this.#composer.focus();
  }

  /** The edited message is gone: the draft from before is restored, and the new text added to it. */
  #endEdit() {
    const { text } = this.#composer;
    const written = text === this.#editedText ? '' : text;
    this.clear();
    this.#composer.write(this.#draftBefore);
    this.addToDraft(this.#room, written);
    this.#composer.showHint(t('editedGone'));
  }

  /** @param {Message} message */
  #showReply(message) {
    this.replyingTo = message;
    const quote = el('span', { class: 'soft', dir: 'auto' }, plainText(message, this.#room));
    this.#show(t('replyingTo', { name: this.#room.calledNow(message.from) }), ' ', quote);
  }

  /** @param {...(Node | string)} label */
  #show(...label) {
    const words = label.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
    if (words !== this.#label.textContent) this.#label.replaceChildren(...label);
    this.#element.hidden = false;
  }
}

/** An edit after one that was refused is made all the same, unless their message is gone. @param {unknown} error */
function unlessGone(error) {
  if (/** @type {import('../model/requests.js').Refusal} */ (error).code === 'gone') throw error;
  return 0;
}
