/** The sheet of a private or direct room: who is in it, and what can be done about that. There is no link to it. */

import { Refusal } from '../model/requests.js';
import { isDirect, isModerators } from '../model/room-kind.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el, faceOf } from './element.js';
import { openPopover } from './popover.js';
import { favouriteChoice, levelChoices } from './room-choices.js';
import { loadStyle } from './stylesheet.js';

/**
 * @typedef {import('../model/protocol.js').User} User
 *
 * @typedef {object} Needs
 * @property {import('../model/room.js').Room} room
 * @property {import('../model/session.js').Session} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {Pick<import('../model/requests.js').Requests, 'change'>} requests
 * @property {(room: string) => void} go
 * @property {() => void} refresh draws what is around the log again
 * @property {() => void} openSettings
 * @property {() => void} addPeople
 * @property {(people: User[]) => unknown} writeTo
 * @property {(panel: PrivatePanel) => void} onclose
 */

/** @param {Needs} needs @returns {Promise<PrivatePanel>} which is to be refreshed when the room has changed */
export async function openPrivatePanel(needs) {
  const panel = new PrivatePanel(needs);
  await panel.open();
  return panel;
}

export class PrivatePanel {
  #needs;
  #parts;
  /** @type {HTMLDialogElement | undefined} */
  #dialog;
  #count = el('h3', { class: 'dialog-label' });
  #people = el('ul', { class: 'private-people' });
  #note = el('p', { class: 'hint', role: 'status' });
  /** Who is listed, as text: whoever is at one of them stays there. */
  #shown = '';

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
    this.#parts = needs.session.parts?.privateRooms;
    // Whoever was taken out by others is told to nobody else.
    this.#parts?.ask();
  }

  async open() {
    const { room } = this.#needs;
    const onclose = () => this.#needs.onclose(this);
    await loadStyle('new-direct.css');
    this.refresh();
    const content = [...this.#titlePart(),
      el('section', { class: 'dialog-part' }, this.#count, this.#people, this.#note, ...this.#answers()),
      favouriteChoice(this.#needs), levelChoices(this.#needs)];
    this.#dialog = await openDialog({ title: room.label, name: 'panel', onclose }, ...content);
  }

  close() {
    this.#dialog?.close();
  }

  /** The room has changed. */
  refresh() {
    const { room, session } = this.#needs;
    const people = this.#parts?.peopleOf(room.name) ?? [];
    const isMaker = this.#parts?.isMaker(room) ?? false;
    const shown = JSON.stringify([people, isMaker, session.me?.id]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#count.textContent = isDirect(room.name) ? t('inConversation') : t('peopleIn', { count: people.length });
    this.#people.replaceChildren(...people.map((person) => this.#person(person, isMaker, people.length)));
  }

  /** @param {User} person @param {boolean} isMaker whether the reader is @param {number} count of all */
  #person(person, isMaker, count) {
    const { room, session, writeTo } = this.#needs;
    const { id, name } = person;
    const isMe = id === session.me?.id;
    const item = el('li', {}, faceOf(person), el('bdi', {}, name));
    if (isMe) {
      item.append(el('span', { class: 'soft' }, t('you')));
      return item;
    }
    const says = (/** @type {string} */ words) => words.replace(/[\u2068\u2069]/g, '');
    if (!isDirect(room.name) && isMaker) {
      const label = says(t('removePerson', { name }));
      const button = el('button', { class: 'quiet', type: 'button', title: label, ariaLabel: label }, t('remove'));
      const remove = () => this.#remove(person);
      button.addEventListener('click', () => ask(button, t('removeAsk', { name }), t('remove'), remove));
      item.append(button);
    } else if (!isDirect(room.name) || count > 2) {
      const onclick = () => {
        this.#dialog?.close();
        writeTo([person]);
      };
      const label = says(t('messageTo', { room: name }));
      const props = { class: 'quiet', type: 'button', title: label, ariaLabel: label, onclick };
      item.append(el('button', props, t('message')));
    }
    return item;
  }

  /** @param {User} person */
  async #remove(person) {
    try {
      await this.#parts?.remove(this.#needs.room.name, person);
      this.#note.textContent = '';
    } catch (error) {
      this.#explain(error);
    }
  }

  /** Its title, for whoever made it. */
  #titlePart() {
    const { room, session, requests } = this.#needs;
    if (isDirect(room.name) || !this.#parts?.isMaker(room)) return [];
    const title = el('input', {
      class: 'dialog-field', id: 'panel-title', name: 'title', value: room.title, dir: 'auto', autocomplete: 'off',
      maxLength: session.limits.title_chars,
    });
    const note = el('p', { class: 'hint', role: 'status' });
    const onsubmit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      try {
        await requests.change(room, 'room', { title: title.value.trim(), listed: false });
        note.textContent = '';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        note.textContent = sentence(error.message);
      }
    };
    return [el('section', { class: 'dialog-part' },
      el('label', { class: 'dialog-label', htmlFor: title.id }, t('nameOptional')),
      el('form', { class: 'dialog-line', onsubmit }, title,
        el('button', { class: 'dialog-button' }, t('save'))), note)];
  }

  #answers() {
    const { room, addPeople } = this.#needs;
    if (isDirect(room.name) || isModerators(room.name)) return [];
    const add = el('button', { class: 'dialog-button', type: 'button', onclick: addPeople }, t('addPeople'));
    const leave = el('button', { class: 'dialog-button dialog-button-grave', type: 'button' }, t('leaveRoom'));
    leave.addEventListener('click', () => ask(leave, t('partAsk'), t('leaveRoom'), () => this.#leave()));
    return [el('div', { class: 'dialog-line private-answer' }, add, leave)];
  }

  #leave() {
    const { room, session, go } = this.#needs;
    try {
      this.#parts?.part(room.name);
    } catch (error) {
      return this.#explain(error);
    }
    this.#dialog?.close();
    const [first] = session.rooms.keys();
    go(session.rooms.has('lobby') ? 'lobby' : first ?? 'lobby');
  }

  /** @param {unknown} error */
  #explain(error) {
    if (!(error instanceof Refusal)) throw error;
    this.#note.textContent = sentence(error.message);
  }
}

/**
 * Asks in the same place.
 *
 * @param {HTMLElement} anchor
 * @param {string} question
 * @param {string} yes
 * @param {() => unknown} act
 */
function ask(anchor, question, yes, act) {
  const title = el('p', { id: 'confirm-title' }, question);
  const sure = el('button', { class: 'confirm-sure', type: 'button', onclick: () => {
    popover.close();
    act();
  } }, yes);
  const close = () => popover.close();
  const cancel = el('button', { class: 'quiet', type: 'button', autofocus: true, onclick: close }, t('cancel'));
  const popover = openPopover(anchor, { class: 'confirm', role: 'dialog', 'aria-labelledby': title.id }, title,
    el('div', { class: 'confirm-answer' }, cancel, sure));
}
