/** The form: what is written, and the words about it. */

import { weigh } from '../model/draft.js';
import { say } from '../words/words.js';
import { setText } from './element.js';

/** A keyboard on glass has no Shift+Enter: there Enter is a new line, and the button sends. */
const glass = matchMedia('(pointer: coarse)');

export class Composer {
  #form = document.querySelector('#composer');
  #text = this.#form.elements.text;
  #hint = this.#form.querySelector('#hint');
  #session;
  #drafts;
  /** @type {import('../model/room.js').Room} */
  room;
  /** What is answered, or edited. @type {import('./about.js').About | undefined} */
  about;

  /** @param {import('../model/session.js').Session} session @param {import('../model/drafts.js').Drafts} drafts */
  constructor(session, drafts) {
    this.#session = session;
    this.#drafts = drafts;
    this.#text.addEventListener('input', () => {
      this.check();
      this.keepDraft();
    });
    this.#text.enterKeyHint = glass.matches ? 'enter' : 'send';
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** What is written. */
  get text() {
    return this.#text.value;
  }

  /** @param {import('../model/room.js').Room} room whose draft it is from now on */
  show(room) {
    // One may have begun to write before the page was put together.
    const begun = this.room ? '' : this.text;
    this.room = room;
    this.about?.show(room);
    this.write(this.#drafts.get(room.name) + begun);
  }

  /** What was said about the draft may no longer be so. @returns {import('../model/draft.js').Draft} */
  check() {
    const max = this.#session.limits.text_chars;
    const draft = weigh(this.text, max);
    const tooLong = draft.verdict === 'too long';
    this.#text.setAttribute('aria-invalid', String(tooLong));
    this.say(tooLong ? say('tooLong', { chars: draft.chars, max }) : '');
    // What lies under it in the same cell makes the field as high as its text (composer.css).
    this.#text.parentElement.dataset.text = this.text;
    return draft;
  }

  focus() {
    this.#text.focus();
  }

  /** @param {string} text */
  write(text) {
    this.#text.value = text;
    this.check();
  }

  /** Words about what was done, or was not; until something is written. @param {string} text */
  say(text) {
    setText(this.#hint, text);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.about?.key(event)) {
      const sends = event.ctrlKey || event.metaKey || !(event.shiftKey || glass.matches);
      if (event.key !== 'Enter' || !sends) return;
      this.#submit();
    }
    event.preventDefault();
  }

  #submit() {
    const { text, verdict } = this.check();
    this.focus();
    if (verdict !== 'ready' || !window.WebSocket) return;
    if (this.about?.edits) return this.about.change(text);
    this.room.say(text, this.about?.answers?.seq);
    this.about?.clear();
    this.write('');
    this.keepDraft();
  }

  /** A draft is there again after a reload; an edit is not a draft. */
  keepDraft() {
    if (!this.about?.edits) this.#drafts.set(this.room.name, this.text);
  }
}
