/** What is written is an answer to a message, or takes the place of one. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el } from './element.js';

/** @typedef {import('../model/timeline.js').Message} Message */

export class About {
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

  /** @param {typeof import('../chat.js').app} app */
  constructor({ composer, asks }) {
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

  /** @param {Message} message */
  reply(message) {
    if (this.edits) this.#stop();
    this.clear();
    this.answers = message;
    this.#say(say('replyingTo', { name: message.from.name }), ' ', el('span', { class: 'soft', dir: 'auto' }, message.text));
  }

  /** @param {Message} message */
  edit(message) {
    if (!this.edits) this.#before = this.#composer.text;
    this.clear();
    this.edits = message;
    this.#say(say('editing'));
    this.#composer.write(message.text);
  }

  /** Answers and edits nothing any more. */
  clear() {
    this.answers = this.edits = undefined;
    this.#element.hidden = true;
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
      // What was written is there to be tried again.
      if (room === composer.room && !this.edits) {
        this.edit(message);
        composer.write(text);
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

  #say(...what) {
    this.#what.replaceChildren(...what);
    this.#element.hidden = false;
    this.#composer.focus();
  }
}
