/** The sheets that begin a direct room or a private one, and that let people into one that is there. */

import { Refusal } from '../model/requests.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { PeopleField } from './people-field.js';

/** So many others are in a direct room, and in a private one (PROTOCOL.md). */
const DIRECT_OTHERS = 7;
const PRIVATE_OTHERS = 255;

/** A room that is not as it is on the server by then gets its name later, from its sheet. Milliseconds. */
const READY_MS = 10_000;

/**
 * @typedef {import('../model/protocol.js').User} User
 *
 * @typedef {object} Needs
 * @property {import('../model/session.js').Session} session
 * @property {import('../model/requests.js').Requests} requests
 * @property {(room: string) => void} go
 * @property {() => void} focusText
 * @property {(text: string) => void} showHint
 */

/**
 * Writes to people: in their direct room, which is begun where there is none.
 *
 * @param {User[]} people
 * @param {Needs} needs
 */
export async function writeTo(people, { session, go, focusText, showHint }) {
  try {
    const name = await session.parts?.privateRooms.direct(people);
    if (!name) return false;
    go(name);
    focusText();
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showHint(sentence(error.message));
    return false;
  }
}

/** @param {Needs} needs */
export async function openNewDirect(needs) {
  const about = { title: t('newDirect'), hint: t('newDirectHint'), says: t('openDirect'), most: DIRECT_OTHERS };
  await new Sheet(needs, about).open(async (people) => {
    const { session, go, focusText } = needs;
    const name = await session.parts?.privateRooms.direct(people);
    return () => {
      go(name ?? '');
      focusText();
    };
  });
}

/** @param {Needs} needs */
export async function openNewPrivate(needs) {
  const { session, requests, go, focusText } = needs;
  const title = el('input', {
    class: 'dialog-field', id: 'new-private-title', name: 'title', dir: 'auto', autocomplete: 'off',
    maxLength: session.limits.title_chars,
  });
  const named = [el('label', { class: 'dialog-label', htmlFor: title.id }, t('nameOptional')), title];
  const about = { title: t('newPrivate'), hint: t('newPrivateHint'), says: t('createRoom'), most: PRIVATE_OTHERS };
  await new Sheet(needs, about, named).open(async (people) => {
    const name = /** @type {string} */ (await session.parts?.privateRooms.make(people));
    const room = session.open(name);
    const until = Date.now() + READY_MS;
    while (!room.isReady && Date.now() < until) await new Promise((later) => setTimeout(later, 20));
    // By this it is the reader's, also where it has no name.
    if (room.isReady) await requests.change(room, 'room', { title: title.value.trim(), listed: false });
    return () => {
      go(name);
      focusText();
    };
  });
}

/** @param {Needs & { room: import('../model/room.js').Room }} needs */
export async function openAddPeople(needs) {
  const { session, room } = needs;
  const parts = session.parts?.privateRooms;
  const inIt = parts?.peopleOf(room.name) ?? [];
  const most = PRIVATE_OTHERS + 1 - inIt.length;
  const about = { title: t('addPeople'), hint: t('newPrivateHint'), says: t('addPeople'), most };
  await new Sheet(needs, about, [], inIt).open(async (people) => {
    await parts?.add(room.name, people);
    return () => {};
  });
}

class Sheet {
  #about;
  #note = el('p', { class: 'hint', role: 'status' });
  #field;
  #main;
  /** @type {HTMLElement[]} */
  #named;

  /**
   * @param {Needs} needs
   * @param {{ title: string, hint: string, says: string, most: number }} about
   * @param {HTMLElement[]} named fields above the people
   * @param {User[]} [inIt] who cannot be chosen
   */
  constructor({ session }, about, named = [], inIt = []) {
    this.#about = about;
    this.#named = named;
    this.#main = el('button', { class: 'dialog-button dialog-button-main', disabled: true }, about.says);
    const people = session.parts?.privateRooms.acquaintances ?? [];
    this.#field = new PeopleField({
      people: people.filter(({ id }) => !inIt.some((one) => one.id === id)),
      most: about.most,
      onchange: () => {
        this.#main.disabled = !this.#field.chosen.length;
        this.#note.textContent = '';
      },
    });
  }

  /** @param {(people: User[]) => Promise<() => void>} act gives what is done once the sheet is closed */
  async open(act) {
    const { title, hint } = this.#about;
    const onsubmit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      if (this.#main.disabled) return;
      this.#main.disabled = true;
      try {
        const done = await act(this.#field.chosen);
        dialog.close();
        done();
      } catch (error) {
        this.#main.disabled = false;
        if (!(error instanceof Refusal)) throw error;
        this.#note.textContent = sentence(error.message);
      }
    };
    const form = el('form', { class: 'new-direct-form', onsubmit }, ...this.#named, this.#field.element,
      el('p', { class: 'dialog-note' }, hint), this.#note,
      el('div', { class: 'new-direct-answer' },
        el('button', { class: 'dialog-button', type: 'button', onclick: () => dialog.close() }, t('cancel')),
        this.#main));
    const dialog = await openDialog({ title, name: 'new-direct' }, form);
  }
}
