/** A thread beside its room: a message, what was answered, and where to answer. Loaded when it is opened. */

import { beginsGroup } from '../model/rows.js';
import { Thread } from '../model/thread.js';
import { validate } from '../model/validate.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { Actions } from './actions.js';
import { CodeCopy } from './code-copy.js';
import { Completion } from './completion.js';
import { ComposerMode } from './composer-mode.js';
import { el, setText } from './element.js';
import { followFinger } from './finger.js';
import { Gate } from './gate.js';
import { icon } from './icon.js';
import { MessageActions } from './message-actions.js';
import { MessageView } from './message.js';
import { PICTURES } from './pictures.js';
import { Reactors } from './reactors.js';
import { loadStyle } from './stylesheet.js';

/** Where the thread is the whole page, what is behind it is out of reach. */
const narrow = matchMedia('(width < 44rem)');

/** A keyboard on glass has no Shift+Enter. */
const glass = matchMedia('(pointer: coarse)');

/** At this distance from the end its reader follows what comes. CSS pixels. */
const END_PX = 48;

/** What was begun in threads, by room and number, for as long as the page is open. @type {Map<string, string>} */
const drafts = new Map();

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {import('../model/rows.js').Message | import('../model/rows.js').Unsent} Row
 *
 * @typedef {object} Needs
 * @property {import('../model/room.js').Room} room
 * @property {number} seq of the message that the thread began with
 * @property {import('../model/session.js').Session} session
 * @property {import('../model/session-parts.js').SessionParts} parts
 * @property {Pick<import('./composer.js').Composer, 'mode' | 'sends'>} composer of the room
 * @property {(text: string) => void} showHint
 * @property {(person: import('../model/protocol.js').User) => unknown} seeTo
 * @property {() => HTMLElement} returnTo what has the focus afterwards
 * @property {() => void} onclose
 */

/** @param {Needs} needs @returns {Promise<ThreadView>} which is to be refreshed when the room has changed */
export async function openThread(needs) {
  await loadStyle('thread.css');
  return new ThreadView(needs);
}

export class ThreadView {
  #needs;
  #thread;
  /** Of messages as the thread has them. */
  #place;
  #codeCopy;
  /** What is in the list, by key. @type {Map<string, { element: HTMLElement, view: MessageView }>} */
  #shown = new Map();
  #list = el('ol', { class: 'thread-list' });
  #box = el('div', { class: 'thread-box', role: 'region', tabIndex: 0, ariaLabel: t('thread') }, this.#list);
  #count = el('span');
  #older = el('button', {
    class: 'quiet', type: 'button', onclick: () => this.#thread.load('older'),
  }, t('olderReplies'));
  /** Why more could not be loaded, where that is told. */
  #failure = '';
  #line = el('li', { class: 'thread-count' }, this.#count);
  #note = el('p', { class: 'hint', role: 'status' });
  #field = el('div', { class: 'composer-field' });
  #text = el('textarea', { class: 'composer-text', rows: 1, dir: 'auto', autocomplete: 'off' });
  #send = el('button', { class: 'composer-send', type: 'submit' },
    icon(PICTURES.up), el('span', { class: 'composer-send-word' }, t('send')));
  /** What is written there: a new message, a reply to one of them, or an edit. @type {ComposerMode} */
  #mode;
  /** @type {Gate} */
  #gate;
  /** @type {Actions} */
  #actions;
  /** @type {Reactors} */
  #reactors;
  /** It is closed. */
  #end = new AbortController();
  #title = el('h2', { id: 'thread-title', tabIndex: -1 }, t('thread'));
  #root;
  #follow = () => this.#shut(narrow.matches);

  /** @param {Needs} needs */
  constructor(needs) {
    const { room, seq, session, parts, showHint } = needs;
    this.#needs = needs;
    this.#thread = new Thread({ room, seq, session, requests: parts.requests });
    const { timeline } = this.#thread;
    this.#place = { timeline, mentionNames: room.mentionNames.bind(room), nameOf: room.nameOf.bind(room) };
    this.#codeCopy = new CodeCopy({ log: { list: this.#list }, showHint });
    const form = this.#form();
    const content = [this.#head(), this.#box, form];
    this.#root = el('aside', { class: 'thread', 'aria-labelledby': this.#title.id }, ...content);
    this.#root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
    this.#list.addEventListener('click', (event) => {
      this.#goTo(/** @type {Element} */ (event.target).closest('.message-quote'), event);
    });
    this.#mode = this.#makeMode(form);
    this.#gate = new Gate({ form, session, room: () => room });
    const place = this.#asPlace();
    this.#actions = this.#makeActions(place);
    this.#reactors = new Reactors({ place, session, requests: parts.requests, id: 'thread-reactors' });
    parts.thread = this.#thread;
    document.documentElement.classList.add('has-thread');
    document.body.append(this.#root);
    narrow.addEventListener('change', this.#follow);
    this.#follow();
    this.refresh();
    this.#box.scrollTop = this.#box.scrollHeight;
    if (glass.matches) this.#title.focus();
    else if (session.mayWrite && !room.barrier) this.#text.focus();
    else this.#box.focus();
    this.#thread.load('latest');
  }

  /** @returns {number} of the message that it began with */
  get seq() {
    return this.#thread.seq;
  }

  close() {
    const { parts, returnTo, onclose } = this.#needs;
    const hadFocus = this.#root.contains(document.activeElement);
    this.#end.abort();
    parts.thread = undefined;
    narrow.removeEventListener('change', this.#follow);
    this.#shut(false);
    this.#root.remove();
    document.documentElement.classList.remove('has-thread');
    onclose();
    if (hadFocus) returnTo().focus({ preventScroll: true });
  }

  /** The room has changed. */
  refresh() {
    const box = this.#box;
    const fromEnd = box.scrollHeight - box.scrollTop;
    const isAtEnd = fromEnd - box.clientHeight < END_PX;
    const first = this.#thread.replies[0]?.key;
    const isLonger = this.#firstShown !== undefined && first !== this.#firstShown;
    this.#firstShown = first;
    this.#draw();
    this.#gate.refresh();
    // What was read stays where it is, also below older replies that came.
    if (isAtEnd) box.scrollTop = box.scrollHeight;
    else if (isLonger) box.scrollTop = box.scrollHeight - fromEnd;
  }

  /** @type {string | undefined} */
  #firstShown;

  #draw() {
    const { root, replies, unsent, count, failure, timeline } = this.#thread;
    const elements = root ? [this.#element(root, undefined)] : [];
    setText(this.#count, t('replies', { count }));
    elements.push(this.#line);
    if (timeline.hasOlder && !this.#older.isConnected) this.#line.append(this.#older);
    else if (!timeline.hasOlder) this.#older.remove();
    /** @type {Row | undefined} */
    let before;
    for (const row of [...replies, ...unsent]) {
      elements.push(this.#element(row, before));
      before = row;
    }
    const kept = new Set(elements);
    for (const [key, { element }] of this.#shown) {
      if (kept.has(element)) continue;
      if (element.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
      element.remove();
      this.#shown.delete(key);
    }
    let at = this.#list.firstElementChild;
    for (const element of elements) {
      if (element === at) at = at.nextElementSibling;
      else this.#list.insertBefore(element, at);
    }
    this.#codeCopy.drawn();
    this.#mode.drawn();
    this.#actions.drawn();
    this.#reactors.drawn();
    if (root) this.#text.placeholder = t('replyTo', { name: root.from.name });
    if (failure === this.#failure) return;
    this.#failure = failure;
    setText(this.#note, failure && sentence(failure));
  }

  /** @param {Row} row @param {Row | undefined} before */
  #element(row, before) {
    let shown = this.#shown.get(row.key);
    if (!shown) {
      const view = new MessageView(this.#place);
      shown = { view, element: view.element };
      this.#shown.set(row.key, shown);
    }
    shown.view.show(row, beginsGroup(before, row));
    return shown.element;
  }

  #head() {
    const close = { class: 'rooms-button', type: 'button', title: t('close'), ariaLabel: t('close') };
    return el('header', { class: 'thread-head' }, this.#title,
      el('span', { class: 'soft' }, t('threadIn', { room: this.#needs.room.label })),
      el('button', { ...close, onclick: () => this.close() }, icon(PICTURES.close)));
  }

  #form() {
    const onsubmit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.#submit();
    };
    const text = this.#text;
    text.ariaLabel = t('message');
    text.placeholder = ' ';
    text.value = drafts.get(this.#draft) ?? '';
    text.enterKeyHint = glass.matches ? 'enter' : 'send';
    text.addEventListener('input', () => this.#check());
    text.addEventListener('keydown', (event) => this.#key(event));
    this.#field.append(text);
    this.#field.dataset.text = text.value;
    return el('form', { class: 'composer thread-composer', onsubmit }, this.#note,
      el('div', { class: 'composer-bar' }, this.#field, this.#send));
  }

  /** Replies, edits and completion, as in the room's composer. @param {HTMLElement} form */
  #makeMode(form) {
    const { room, session, parts: { requests }, showHint } = this.#needs;
    const [text, check] = [this.#text, () => this.#check()];
    const { signal } = this.#end;
    const composer = {
      room,
      get text() {
        return text.value;
      },
      focus: () => text.focus(),
      /** @param {string} written */
      write(written) {
        text.value = written;
        check();
      },
      /** @param {string} words */
      showHint: (words) => (signal.aborted ? showHint(words) : setText(this.#note, words)),
      keepDraft: () => drafts.set(this.#draft, text.value),
      /** @param {Room} room @param {string} words */
      addToDraft: (room, words) => this.#needs.composer.mode?.addToDraft(room, words),
    };
    const completion = new Completion({
      composer, session, field: text, id: 'thread-completion', signal,
    });
    const navigation = {
      rowOf: (/** @type {number} */ seq) => this.#rowOf(seq),
      reveal: (/** @type {Element} */ row) => row.scrollIntoView({ block: 'nearest' }),
    };
    const timeline = () => this.#thread.timeline;
    return new ComposerMode({ composer, form, timeline, requests, session, navigation, completion, signal });
  }

  /** Where its messages stand. @returns {import('./actions.js').Place} */
  #asPlace() {
    const rows = /** @type {any} */ (this.#list.children);
    return { box: this.#box, list: this.#list, rows, room: this.#needs.room, timeline: this.#thread.timeline };
  }

  /** What can be done with its messages, as in the room. @param {import('./actions.js').Place} place */
  #makeActions(place) {
    const { session, parts: { requests }, showHint, seeTo } = this.#needs;
    const mode = this.#mode;
    const actions = new MessageActions({ place, mode, requests, session, showHint, seeTo });
    followFinger({ place, mode, actions, showHint });
    return new Actions({ place, actions, focusText: () => this.close(), signal: this.#end.signal });
  }

  /**
   * A message is another one now, or gone.
   *
   * @param {Room} room
   * @param {import('../model/revisions.js').Revision} change
   */
  revised(room, change) {
    this.#mode.revised(room, change);
  }

  /** @param {Room} room @returns {import('../model/room.js').Target[]} the messages that are named here */
  targets(room) {
    return room === this.#needs.room ? [this.#thread.begun, ...this.#mode.targets(room)] : [];
  }

  /**
   * After a reset, some of them are gone. With the one that it began with, all of it is: what is written goes on in the
   * room.
   *
   * @param {Room} room
   * @param {(target: import('../model/room.js').Target) => boolean} isLost
   */
  checked(room, isLost) {
    if (room !== this.#needs.room) return;
    this.#mode.checked(room, isLost);
    if (!isLost(this.#thread.begun)) return;
    this.#mode.clear();
    this.#needs.composer.mode?.addToDraft(room, this.#text.value);
    drafts.delete(this.#draft);
    this.close();
  }

  /** @param {number} seq @returns {import('./log.js').RowElement | undefined} */
  #rowOf(seq) {
    return /** @type {any} */ (this.#shown.get(this.#thread.timeline.get(seq)?.key ?? '')?.element);
  }

  get #draft() {
    return `${this.#needs.room.name} ${this.#needs.seq}`;
  }

  /** What is written is weighed, and kept. */
  #check() {
    const max = this.#needs.session.limits.text_chars;
    const draft = validate(this.#text.value, max);
    const isTooLong = draft.verdict === 'too long';
    this.#text.setAttribute('aria-invalid', String(isTooLong));
    setText(this.#note, isTooLong ? t('tooLong', { chars: draft.chars, max }) : '');
    this.#field.dataset.text = this.#text.value;
    if (!this.#mode.editing) drafts.set(this.#draft, this.#text.value);
    return draft;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.#mode.handleKey(event)) {
      if (!this.#needs.composer.sends(event)) return;
      this.#submit();
    }
    event.preventDefault();
  }

  #submit() {
    const { text, verdict } = this.#check();
    this.#text.focus();
    if (verdict !== 'ready') return;
    if (this.#mode.editing) return void this.#mode.submitEdit(text);
    this.#thread.say(text, this.#mode.replyingTo, this.#mode.mentionsIn(text));
    this.#mode.clear();
    this.#text.value = '';
    this.#check();
    this.refresh();
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** What is quoted in a thread stands in it. @param {Element | null} quote @param {Event} event */
  #goTo(quote, event) {
    const seq = Number(quote?.getAttribute('href')?.slice(1));
    const element = this.#rowOf(seq);
    if (!element) return;
    event.preventDefault();
    element.scrollIntoView({ block: 'nearest' });
    element.focus({ preventScroll: true });
  }

  /** @param {boolean} isShut whether the page behind it is out of reach */
  #shut(isShut) {
    for (const part of document.body.children) if (part !== this.#root) part.toggleAttribute('inert', isShut);
  }
}
