/** The form: what is written, what it answers or changes, and the words about it. */

import { weigh } from '../model/draft.js';
import { say } from '../words/words.js';
import { el } from './element.js';

/** The key code of a key that is part of writing a character, as browsers say it that do not say `isComposing`. */
const COMPOSING_KEY = 229;

export class Composer {
  #form = document.querySelector('#composer');
  #text = this.#form.elements.text;
  #hint = this.#form.querySelector('#hint');
  #about = this.#form.querySelector('#about');
  #session;
  /** @type {import('../model/room.js').Room} */
  #room;
  /** The message that is answered or edited, and the draft from before it was edited. */
  #answers;
  #edits;
  #before = '';

  /** @param {import('../model/session.js').Session} session */
  constructor(session) {
    this.#session = session;
    this.#text.addEventListener('input', () => {
      this.#check();
      this.#keepDraft();
      if (this.#text.value && !this.#edits) this.#room.type();
    });
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.#about.querySelector('button').addEventListener('click', () => this.#stop());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** @param {import('../model/room.js').Room} room whose draft it is from now on */
  show(room) {
    if (this.#room && this.#edits) this.#stop();
    // One may have begun to write before the page was put together.
    const begun = this.#room ? '' : this.#text.value;
    this.#room = room;
    this.#answer(undefined);
    this.#write((this.#session.keep.get(`draft ${room.name}`) ?? '') + begun);
  }

  /** What was said about the draft may no longer be so: the connection is back. */
  refresh() {
    this.#check();
  }

  /** Words about what was done, or was not; until something is written. @param {string} text */
  say(text) {
    this.#say(this.#hint, text);
  }

  /** @param {import('../model/timeline.js').Message} message */
  reply(message) {
    if (this.#edits) this.#stop();
    this.#answer(message);
    this.#text.focus();
  }

  /** @param {import('../model/timeline.js').Message} message */
  edit(message) {
    if (!this.#edits) this.#before = this.#text.value;
    this.#answer(undefined);
    this.#edits = message;
    this.#say(this.#about.firstElementChild, say('editing'));
    this.#about.hidden = false;
    this.#write(message.text);
    this.#text.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === COMPOSING_KEY) return;
    if (event.key === 'Escape' && !this.#about.hidden) {
      this.#stop();
    } else if (event.key === 'ArrowUp' && this.#text.value === '' && this.#room.lastOwn) {
      this.edit(this.#room.lastOwn);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      this.#submit();
    } else {
      return;
    }
    event.preventDefault();
  }

  #submit() {
    const draft = this.#check();
    this.#text.focus();
    if (draft.verdict !== 'ready') return;
    if (!window.WebSocket) return this.#say(this.#hint, say('notConnected'));
    if (this.#edits) return this.#change(draft.text);
    this.#room.say(draft.text, this.#answers?.seq);
    this.#answer(undefined);
    this.#write('');
    this.#keepDraft();
  }

  /** @param {string} text */
  async #change(text) {
    const message = this.#edits;
    const room = this.#room;
    this.#stop();
    if (text === message.text) return;
    try {
      await room.edit(message.seq, text);
    } catch (error) {
      if (room !== this.#room) return;
      // What was written is there to be tried again.
      this.edit(message);
      this.#write(text);
      this.#say(this.#hint, say('notChanged', { why: error.message }));
    }
  }

  /** Answers and edits nothing any more. */
  #stop() {
    const wasEditing = this.#edits;
    this.#answer(undefined);
    if (wasEditing) this.#write(this.#before);
    this.#text.focus();
  }

  /** @param {import('../model/timeline.js').Message | undefined} message */
  #answer(message) {
    this.#answers = message;
    this.#edits = undefined;
    this.#about.hidden = !message;
    if (!message) return;
    this.#about.firstElementChild.replaceChildren(
      say('replyingTo', { name: message.from.name }), ' ', el('span', { class: 'soft', dir: 'auto' }, message.text));
  }

  /** @param {string} text */
  #write(text) {
    this.#text.value = text;
    this.#check();
  }

  /** A draft is there again after a reload; an edit is not a draft. */
  #keepDraft() {
    if (!this.#edits) this.#session.keep.set(`draft ${this.#room.name}`, this.#text.value || undefined);
  }

  #check() {
    const max = this.#session.limits.text_chars;
    const draft = weigh(this.#text.value, max);
    const tooLong = draft.verdict === 'too long';
    this.#text.setAttribute('aria-invalid', String(tooLong));
    this.#say(this.#hint, tooLong ? say('tooLong', { chars: draft.chars, max }) : '');
    // What lies under it in the same cell makes the field as high as its text (composer.css).
    this.#text.parentElement.dataset.text = this.#text.value;
    return draft;
  }

  /** @param {Element} element @param {string} text */
  #say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
}
