/** The form: what is written, and the words about it. */

import { joined } from '../model/drafts.js';
import { validate } from '../model/validate.js';
import { t } from '../words/words.js';
import { find, setText } from './element.js';

/** A keyboard on glass has no Shift+Enter: there Enter is a new line, and the button sends. */
const glass = matchMedia('(pointer: coarse)');

export class Composer {
  #form = find('#composer');
  /** @type {HTMLTextAreaElement} */
  #text = find('#text');
  #field = find('.composer-field');
  #hint = find('#hint');
  #session;
  #drafts;
  #enterSends;
  /** The room whose draft it is: from the start there is one. @type {import('../model/room.js').Room} */
  room;
  /** A reply or an edit. @type {import('./composer-mode.js').ComposerMode | undefined} */
  mode;

  /**
   * @param {Pick<import('../model/session.js').Session, 'limits' | 'mayWrite'>} session
   * @param {import('../model/drafts.js').Drafts} drafts
   * @param {() => boolean} enterSends whether the reader wants Enter to send, where there are keys
   */
  constructor(session, drafts, enterSends) {
    this.#enterSends = enterSends;
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
    this.#text.placeholder = t('messageTo', { room: room.label });
    this.mode?.show(room);
    this.write(this.#drafts.get(room.name) + begun);
  }

  /** Updates the hint and the field's height to what is written. @returns {import('../model/validate.js').Draft} */
  check() {
    const max = this.#session.limits.text_chars;
    const draft = validate(this.text, max);
    const tooLong = draft.verdict === 'too long';
    this.#text.setAttribute('aria-invalid', String(tooLong));
    this.showHint(tooLong ? t('tooLong', { chars: draft.chars, max }) : '');
    // What lies under it in the same cell makes the field as high as its text (composer.css).
    this.#field.dataset.text = this.text;
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

  /** Shows a message above the field, until something is written. @param {string} text */
  showHint(text) {
    setText(this.#hint, text);
  }

  /** Whether a key sends: Enter, as the reader wants it, and with Ctrl always. @param {KeyboardEvent} event */
  sends({ key, ctrlKey, metaKey, shiftKey }) {
    const isAlone = !shiftKey && !glass.matches;
    return key === 'Enter' && (ctrlKey || metaKey || (isAlone && this.#enterSends()));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.mode?.handleKey(event)) {
      if (!this.sends(event)) return;
      this.#submit();
    }
    event.preventDefault();
  }

  #submit() {
    const { text, verdict } = this.check();
    this.focus();
    if (verdict !== 'ready' || !window.WebSocket || !this.#session.mayWrite || this.room.barrier) return;
    if (this.mode?.editing) return this.mode.submitEdit(text);
    this.room.say(text, this.mode?.replyingTo, this.mode?.mentionsIn(text));
    this.mode?.clear();
    this.write('');
    this.keepDraft();
  }

  /** Adds to a draft that is not in the field. @param {import('../model/room.js').Room} room @param {string} text */
  addToDraft({ name }, text) {
    this.#drafts.set(name, joined(this.#drafts.get(name), text));
  }

  /** A draft is there again after a reload; an edit is not a draft. */
  keepDraft() {
    if (!this.mode?.editing) this.#drafts.set(this.room.name, this.text);
  }
}
