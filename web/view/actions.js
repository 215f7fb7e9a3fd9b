/** The actions on a message: a toolbar in the row that the pointer, a finger or the focus is at. */

import { linkTo } from '../model/links.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { share } from './share.js';
import { el } from './element.js';
import { icon } from './icon.js';

/** Given with one click. */
const QUICK = '👍';

/** Longer than a press of a button takes. Milliseconds. */
const BLUR_MS = 400;

const ICONS = {
  react: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.500c2 2.500 5 2.500 7 0M9 9.500v.5M15 9.500v.5',
  reply: 'M10 6l-6 6 6 6v-4c5 0 8 1 10 4-.5-5-3.500-8-10-8z',
  edit: 'M4 20l1-4L16.500 4.500l3 3L8 19zM14 7l3 3',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  delete: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
};

export class Actions {
  #app;
  #log;
  #bar = el('div', { class: 'actions', role: 'toolbar', ariaLabel: t('actions') });
  /** The row that has the toolbar, and the one that had it before a finger came down. */
  #row;
  #before;
  /** Whether the last pointer was a mouse: what a finger has touched counts as hovered as well. */
  #isMouse = false;
  /** A reaction is being chosen, beside the log. */
  #isPicking = false;

  /** @param {typeof import('../chat.js').app} app */
  constructor(app) {
    this.#app = app;
    this.#log = app.log;
    const { box } = app.log;
    // The pointer may be over a message before that is sent and can be replied to.
    for (const sign of ['pointerover', 'pointermove']) {
      box.addEventListener(sign, ({ target, pointerType }) => {
        this.#isMouse = pointerType === 'mouse';
        if (this.#isMouse && !this.#isUsed) this.#show(rowOf(target));
      });
    }
    // A touch sends `pointerleave` before its click.
    box.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse' && !this.#isUsed) this.#show(undefined);
    });
    // The focus goes elsewhere. Where a finger has pressed, it may only have lost what it was on.
    box.addEventListener('focusout', ({ relatedTarget }) => {
      if (box.contains(relatedTarget) || this.#isPicking || !(relatedTarget || this.#isMouse)) return;
      this.#show((this.#isMouse && box.querySelector('.message:hover')) || undefined);
    });
    // A touch elsewhere puts the toolbar away.
    document.addEventListener('pointerdown', ({ target, pointerType }) => {
      this.#isMouse = pointerType === 'mouse';
      if (this.#isMouse) return;
      this.#before = this.#bar.isConnected ? this.#row : undefined;
      if (!this.#row?.contains(target) && !this.#isPicking) this.#show(undefined);
    }, { capture: true });
    // A tap on a message, where there is nothing to hover with, and once more to put the toolbar away; looked at before a
    // button that is pressed becomes another.
    box.addEventListener('click', ({ target }) => {
      if (target.closest('a, button, pre')) return;
      const row = rowOf(target);
      this.#show(row === this.#before ? undefined : row);
      this.#before = undefined;
    }, { capture: true });
    // A reaction that is there: one's own is added to it, or taken back.
    box.addEventListener('click', ({ target }) => {
      const { emoji } = target.closest('.reaction')?.dataset ?? {};
      if (emoji) this.#give(emoji, app.room, rowOf(target).seq);
    });
    box.addEventListener('focusin', ({ target }) => this.#show(rowOf(target) ?? this.#row));
    box.addEventListener('keydown', (event) => this.#key(event));
    // The pointer or the focus may be on a message already.
    this.#show(rowOf(document.activeElement) ?? box.querySelector('.message:hover') ?? undefined);
  }

  /** A message under the pointer may have been sent only now, and can be replied to. */
  drawn() {
    this.#show(this.#row);
  }

  /** The keyboard is at it, or chooses for it: it stays. A button that was clicked has the focus as well, unseen. */
  get #isUsed() {
    return this.#isPicking || this.#bar.querySelector(':focus-visible') !== null;
  }

  /** As it is now: it changes under the toolbar. */
  get #message() {
    return this.#row?.seq && this.#log.room.timeline.get(this.#row.seq);
  }

  #show(row) {
    // The buttons are not replaced while one of them is pressed.
    const isThere = row === this.#row && this.#bar.isConnected;
    this.#row = row;
    const message = this.#message;
    if (!message || message.deleted) return this.#hide();
    if (isThere) return;
    const { session, composer } = this.#app;
    const isKept = session.limits.history;
    const acts = [];
    if (isKept) acts.push(this.#quick(), this.#button('react', (button) => this.#react(button)));
    acts.push(this.#button('reply', () => composer.mode.reply(this.#message)));
    if (isKept && message.isMine) acts.push(this.#button('edit', () => composer.mode.edit(this.#message)));
    if (isKept) acts.push(this.#button('link', (button) => this.#share(button)));
    if (isKept && message.isMine) acts.push(this.#button('delete', (button) => this.#delete(button)));
    this.#bar.replaceChildren(...acts);
    this.#bar.classList.toggle('actions-below', row.offsetTop - this.#log.box.scrollTop < this.#bar.offsetHeight + 16);
    row.append(this.#bar);
  }

  #hide() {
    // The focus stays in the log.
    if (this.#bar.contains(document.activeElement)) this.#log.box.focus({ preventScroll: true });
    this.#bar.remove();
  }

  #quick() {
    return el('button', { type: 'button', title: t('like'), ariaLabel: t('like'), onclick: () => this.#give(QUICK) }, QUICK);
  }

  /** @param {keyof typeof ICONS} name @param {(button: HTMLElement) => void} act */
  #button(name, act) {
    const button = el('button', { type: 'button', title: t(name), ariaLabel: t(name) }, icon(ICONS[name]));
    button.addEventListener('click', () => act(button));
    return button;
  }

  async #react(button) {
    const { room } = this.#log;
    const { seq } = this.#message;
    this.#isPicking = true;
    const emoji = await import('./emoji.js').then(({ pickEmoji }) => pickEmoji(button), () => this.#app.composer.showHint(t('notLoaded')));
    this.#isPicking = false;
    if (emoji) this.#give(emoji, room, seq);
  }

  /** Gives it, or takes it back. */
  #give(emoji, room = this.#log.room, seq = this.#row.seq) {
    this.#do(this.#app.requests.react(room, seq, emoji, !room.timeline.get(seq)?.reactions[emoji]?.me));
  }

  async #share(button) {
    const done = await share(linkTo(document.baseURI, this.#log.room.name, this.#message.seq));
    if (done) this.#app.composer.showHint(done);
    button.focus();
  }

  /** Asks once more, in the same place. */
  #delete(button) {
    if (button.textContent) {
      this.#do(this.#app.requests.delete(this.#log.room, this.#message.seq));
      this.#row.focus();
      return;
    }
    const ask = (isSure, key, content) => {
      button.classList.toggle('actions-sure', isSure);
      button.title = button.ariaLabel = t(key);
      button.replaceChildren(content);
    };
    ask(true, 'deleteSure', t('deleteSure'));
    // Not at once: what moves between a press and its release is not clicked.
    button.addEventListener('blur', () => setTimeout(ask, BLUR_MS, false, 'delete', icon(ICONS.delete)), { once: true });
  }

  /** @param {Promise<void>} change */
  #do(change) {
    change.catch((error) => this.#app.composer.showHint(t('notChanged', { why: error.message })));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, target } = event;
    const row = rowOf(target);
    const buttons = [...this.#bar.querySelectorAll('button')];
    const at = buttons.indexOf(target);
    const rtl = document.dir === 'rtl' ? -1 : 1;
    if (key === 'ArrowUp' || key === 'ArrowDown') this.#move(row, key === 'ArrowUp' ? -1 : 1);
    else if (key === 'Enter' && target === row) buttons[0]?.focus();
    else if (at >= 0 && key === 'ArrowRight') buttons.at((at + rtl) % buttons.length).focus();
    else if (at >= 0 && key === 'ArrowLeft') buttons.at((at - rtl) % buttons.length).focus();
    else if (key === 'Escape') (at >= 0 ? row : document.querySelector('#text')).focus();
    else return;
    event.preventDefault();
  }

  /** To the next message, up or down; from the log itself to the last in sight. */
  #move(row, by) {
    const { box } = this.#log;
    const rows = [...box.querySelectorAll('.message')];
    const end = box.scrollTop + box.clientHeight;
    const next = row ? rows[rows.indexOf(row) + by] : rows.findLast((row) => row.offsetTop < end);
    next?.focus();
  }
}

/** @param {Element | null} target */
const rowOf = (target) => target?.closest?.('.message') ?? undefined;
