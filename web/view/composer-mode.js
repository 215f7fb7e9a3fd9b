/** The composer's mode: a new message, a reply to a message, or an edit of one. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { plainText } from './text.js';

/** @typedef {import('../model/timeline.js').Message} Message */

export class ComposerMode {
  #app;
  #composer;
  #requests;
  #label = el('p', { class: 'composer-mode-label' });
  #element = el('div', { class: 'composer-mode', id: 'composer-mode', hidden: true }, this.#label,
    el('button', { class: 'quiet', type: 'button', onclick: () => this.#stop() }, t('cancel')));
  /** @type {Message | undefined} */
  replyingTo;
  /** @type {Message | undefined} */
  editing;
  /** The draft from before it was edited. */
  #draftBefore = '';
  /** The messages that are replied to in other rooms. @type {WeakMap<object, Message | undefined>} */
  #replies = new WeakMap();
  #room;
  /** The row of what is edited. @type {HTMLElement | undefined} */
  #editedRow;
  #send = document.querySelector('.composer-send');

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    const { composer, requests } = app;
    this.#app = app;
    this.#composer = composer;
    this.#requests = requests;
    document.querySelector('#composer').prepend(this.#element);
    this.#room = composer.room;
  }

  /** @param {import('../model/room.js').Room} room whose draft it is from now on */
  show(room) {
    if (this.#room) this.#replies.set(this.#room, this.replyingTo);
    this.#room = room;
    this.clear();
    const message = this.#replies.get(room);
    if (message) this.reply(message);
  }

  /** A message is another one now, or gone. @param {import('../model/room.js').Room} room @param {object} change */
  revised(room, { type, target, text }) {
    const isGone = type === 'deleted';
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

  /** @param {Message} message */
  reply(message) {
    if (this.editing) this.#stop();
    this.clear();
    this.#showReply(message);
    this.#composer.focus();
  }

  /** @param {Message} message */
  edit(message) {
    if (!this.editing) this.#draftBefore = this.#composer.text;
    this.clear();
    this.editing = message;
    this.#show(t('editing'));
    this.#composer.focus();
    this.#composer.write(message.text);
    this.#send.textContent = t('save');
    this.drawn();
    if (this.#editedRow) this.#app.navigation.reveal(this.#editedRow);
  }

  /** The log is drawn: the message that is edited is marked in it. */
  drawn() {
    const row = this.editing && this.#app.navigation.rowOf(this.editing.seq);
    if (row === this.#editedRow) return;
    this.#editedRow?.classList.remove('message-editing');
    row?.classList.add('message-editing');
    this.#editedRow = row;
  }

  /** Answers and edits nothing any more. */
  clear() {
    this.replyingTo = this.editing = undefined;
    this.#element.hidden = true;
    this.#send.textContent = t('send');
    this.drawn();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it is for us */
  handleKey({ key }) {
    const { text, room } = this.#composer;
    const last = key === 'ArrowUp' && text === '' && this.#requests.lastOwn(room);
    if (last) this.edit(last);
    else if (key === 'Escape' && !this.#element.hidden) this.#stop();
    else return false;
    return true;
  }

  /** @param {string} text of what is edited, from now on */
  async submitEdit(text) {
    const composer = this.#composer;
    const message = this.editing;
    const { room } = composer;
    this.#stop();
    if (text === message.text) return;
    try {
      await this.#requests.edit(room, message.seq, text);
    } catch (error) {
      // The text is there to be tried again; as a draft, if its message is gone.
      if (room === composer.room && !this.editing) {
        this.edit(message);
        composer.write(text);
        if (error.code === 'gone') return this.#endEdit();
      }
      composer.showHint(t('notChanged', { why: error.message }));
    }
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
    const written = text === this.editing.text ? '' : text;
    this.clear();
    this.#composer.write([this.#draftBefore, written].filter(Boolean).join('\n'));
    this.#composer.keepDraft();
    this.#composer.showHint(t('editedGone'));
  }

  #showReply(message) {
    this.replyingTo = message;
    this.#show(t('replyingTo', { name: message.from.name }), ' ', el('span', { class: 'soft', dir: 'auto' }, plainText(message.text)));
  }

  #show(...label) {
    this.#label.replaceChildren(...label);
    this.#element.hidden = false;
  }
}
