/** What is written is an answer to a message, or takes the place of one. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el } from './element.js';
import { plainText } from './text.js';

/** @typedef {import('../model/timeline.js').Message} Message */

export class About {
  #app;
  #composer;
  #asks;
  #what = el('p', { class: 'composer-about-what' });
  #element = el('div', { class: 'composer-about', id: 'about', hidden: true }, this.#what,
    el('button', { class: 'quiet', type: 'button', onclick: () => this.#stop() }, say('cancel')));
  /** @type {Message | undefined} */
  answers;
  /** @type {Message | undefined} */
  edits;
  /** The draft from before it was edited. */
  #before = '';
  /** What was being answered in other rooms. @type {WeakMap<object, Message | undefined>} */
  #kept = new WeakMap();
  #room;
  /** The row of what is edited. @type {HTMLElement | undefined} */
  #marked;
  #send = document.querySelector('.composer-send');

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    const { composer, asks } = app;
    this.#app = app;
    this.#composer = composer;
    this.#asks = asks;
    document.querySelector('#composer').prepend(this.#element);
    this.#room = composer.room;
  }

  /** @param {import('../model/room.js').Room} room whose draft it is from now on */
  show(room) {
    if (this.#room) this.#kept.set(this.#room, this.answers);
    this.#room = room;
    this.clear();
    const message = this.#kept.get(room);
    if (message) this.reply(message);
  }

  /** A message is another one now, or gone. @param {import('../model/room.js').Room} room @param {object} change */
  revised(room, { type, target, text }) {
    const isGone = type === 'deleted';
    const kept = this.#kept.get(room);
    if (room !== this.#room) {
      if (kept?.seq === target) this.#kept.set(room, isGone ? undefined : { ...kept, text });
    } else if (this.answers?.seq === target) {
      if (isGone) this.clear();
      else this.#showAnswered({ ...this.answers, text });
      if (isGone) this.#composer.say(say('answeredGone'));
    } else if (isGone && this.edits?.seq === target) {
      this.#endEdit();
    }
  }

  /** @param {Message} message */
  reply(message) {
    if (this.edits) this.#stop();
    this.clear();
    this.#showAnswered(message);
    this.#composer.focus();
  }

  /** @param {Message} message */
  edit(message) {
    if (!this.edits) this.#before = this.#composer.text;
    this.clear();
    this.edits = message;
    this.#show(say('editing'));
    this.#composer.focus();
    this.#composer.write(message.text);
    this.#send.textContent = say('save');
    this.drawn();
    if (this.#marked) this.#app.ways.reveal(this.#marked);
  }

  /** The log is drawn: the message that is edited is marked in it. */
  drawn() {
    const row = this.edits && this.#app.ways.rowOf(this.edits.seq);
    if (row === this.#marked) return;
    this.#marked?.classList.remove('message-editing');
    row?.classList.add('message-editing');
    this.#marked = row;
  }

  /** Answers and edits nothing any more. */
  clear() {
    this.answers = this.edits = undefined;
    this.#element.hidden = true;
    this.#send.textContent = say('send');
    this.drawn();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it is for us */
  key({ key }) {
    const { text, room } = this.#composer;
    const last = key === 'ArrowUp' && text === '' && this.#asks.lastOwn(room);
    if (last) this.edit(last);
    else if (key === 'Escape' && !this.#element.hidden) this.#stop();
    else return false;
    return true;
  }

  /** @param {string} text of what is edited, from now on */
  async change(text) {
    const composer = this.#composer;
    const message = this.edits;
    const { room } = composer;
    this.#stop();
    if (text === message.text) return;
    try {
      await this.#asks.edit(room, message.seq, text);
    } catch (error) {
      // What was written is there to be tried again; where that is in vain, as a draft.
      if (room === composer.room && !this.edits) {
        this.edit(message);
        composer.write(text);
        if (error.code === 'gone') return this.#endEdit();
      }
      composer.say(say('notChanged', { why: error.message }));
    }
  }

  #stop() {
    const wasEditing = this.edits;
    this.clear();
    if (wasEditing) this.#composer.write(this.#before);
    this.#composer.focus();
  }

  /** What is edited is gone: the draft from before it is there again, with what was written since. */
  #endEdit() {
    const { text } = this.#composer;
    const written = text === this.edits.text ? '' : text;
    this.clear();
    this.#composer.write([this.#before, written].filter(Boolean).join('\n'));
    this.#composer.keepDraft();
    this.#composer.say(say('editedGone'));
  }

  #showAnswered(message) {
    this.answers = message;
    this.#show(say('replyingTo', { name: message.from.name }), ' ', el('span', { class: 'soft', dir: 'auto' }, plainText(message.text)));
  }

  #show(...what) {
    this.#what.replaceChildren(...what);
    this.#element.hidden = false;
  }
}
