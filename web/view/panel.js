/** The room panel: topic, invitation link, notification level, people. */

import { linkTo, sharedAddress } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { validate } from '../model/validate.js';
import { isModerator } from '../model/rights.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { listedChoices } from './new-room.js';
import { favouriteChoice, levelChoices } from './room-choices.js';
import { SharedLink } from './shared-link.js';

/**
 * @typedef {object} Needs
 * @property {import('../model/room.js').Room} room
 * @property {Pick<import('../model/session.js').Session,
 *   'addresses' | 'guests' | 'leave' | 'limits' | 'mayWrite' | 'me' | 'parts' | 'role' | 'rooms'>} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {Pick<import('../model/requests.js').Requests, 'change' | 'govern'>} requests
 * @property {(room: string) => void} go
 * @property {() => void} refresh draws what is around the log again
 * @property {() => void} openSettings
 * @property {(person: import('../model/protocol.js').User) => unknown} seeTo for a moderator
 * @property {(person: import('../model/protocol.js').User) => HTMLElement[]} message a button that writes to somebody
 * @property {(panel: Panel) => void} onclose
 */

/** @param {Needs} needs @returns {Promise<Panel>} which is to be refreshed when the room has changed */
export async function openPanel(needs) {
  const panel = new Panel(needs);
  await panel.open();
  return panel;
}

export class Panel {
  #needs;
  #room;
  /** @type {HTMLDialogElement | undefined} */
  #dialog;
  #topicText = el('bdi');
  #topic = el('p', { class: 'panel-topic' }, this.#topicText);
  #change = el('button', {
    class: 'dialog-button', type: 'button', onclick: () => this.#editTopic(),
  }, t('changeTopic'));
  #topicForm = el('form', {
    class: 'dialog-line panel-topic-form', hidden: true,
    onsubmit: (/** @type {SubmitEvent} */ event) => this.#setTopic(event),
  });
  #topicField = el('input', {
    class: 'dialog-field', name: 'topic', dir: 'auto', autocomplete: 'off', enterKeyHint: 'done',
    ariaLabel: t('topic'), 'aria-describedby': 'panel-topic-note', oninput: () => this.#weighTopic(),
  });
  #topicNote = el('p', { class: 'hint panel-hint', id: 'panel-topic-note', role: 'status' });
  #count = el('h3', { class: 'dialog-label' });
  #people = el('ul', { class: 'panel-people' });
  /** Those who are listed, as text. */
  #shown = '';

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
    this.#room = needs.room;
  }

  async open() {
    const onclose = () => this.#needs.onclose(this);
    const { session, requests } = this.#needs;
    const rules = isModerator(session) ? await import('./room-rules.js').catch(() => undefined) : undefined;
    const content = [...this.#settingPart(), this.#topicPart(), ...this.#linkPart(), this.#favouritePart(),
      this.#levelPart(),
      ...(rules ? [await rules.rulesPart({ room: this.#room, session, requests })] : []), this.#peoplePart()];
    this.refresh();
    this.#dialog = await openDialog({ title: this.#room.label, name: 'panel', onclose }, ...content);
  }

  close() {
    this.#dialog?.close();
  }

  /** The room has changed. */
  refresh() {
    const { topic, people } = this.#room;
    this.#topicText.textContent = topic || t('noTopic');
    this.#topic.classList.toggle('panel-none', !topic);
    this.#count.textContent = t('people', { count: people.count });
    this.#change.hidden = !this.#topicForm.hidden || !this.#needs.session.mayWrite || this.#room.barrier !== undefined;
    // Whoever is at a name stays at it: they are drawn anew only where they are others.
    const names = JSON.stringify([people.named, people.count, this.#needs.session.role]);
    if (names === this.#shown) return;
    this.#shown = names;
    this.#people.replaceChildren(...this.#names());
  }

  /** Its title, and whether it is listed: for whoever made it, or would make it by that. */
  #settingPart() {
    const { session, requests } = this.#needs;
    const room = this.#room;
    const { hasOlder, messages: [first] } = room.timeline;
    // Who made it since the room was entered is not told: whoever said the first thing there.
    const maker = room.maker ?? (hasOlder ? undefined : first?.from.id ?? session.me?.id);
    // The lobby is everybody's.
    if (room.name === 'lobby' || maker !== session.me?.id) return [];
    const note = el('p', { class: 'hint panel-hint', role: 'status' });
    const title = el('input', {
      class: 'dialog-field', id: 'panel-title', name: 'title', value: room.title, placeholder: room.name, dir: 'auto',
      autocomplete: 'off', maxLength: session.limits.title_chars,
    });
    const [listed, byLink] = listedChoices(room.listed);
    const isListed = () => /** @type {HTMLInputElement} */ (listed.firstChild).checked;
    const save = async (/** @type {Event} */ event) => {
      event.preventDefault();
      try {
        await requests.change(room, 'room', { title: title.value.trim(), listed: isListed() });
        note.textContent = '';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        note.textContent = sentence(error.message);
      }
    };
    for (const choice of [listed, byLink]) choice.addEventListener('change', save);
    const form = el('form', { class: 'dialog-line', onsubmit: save }, title,
      el('button', { class: 'dialog-button' }, t('save')));
    const label = el('label', { class: 'dialog-label', htmlFor: title.id }, t('roomTitle'));
    return [el('section', { class: 'dialog-part' }, label, form, note,
      el('div', { class: 'panel-listed', role: 'radiogroup', ariaLabel: t('whoFinds') }, listed, byLink))];
  }

  #topicPart() {
    this.#topicForm.append(this.#topicField,
      el('button', { class: 'dialog-button dialog-button-main', type: 'submit' }, t('save')),
      el('button', { class: 'dialog-button', type: 'button', onclick: () => this.#showTopic() }, t('cancel')));
    this.#topicForm.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#showTopic();
    });
    return el('section', { class: 'dialog-part' }, el('h3', { class: 'dialog-label' }, t('topic')),
      el('div', { class: 'panel-topic-line' }, this.#topic, this.#change), this.#topicForm, this.#topicNote);
  }

  #editTopic() {
    this.#topic.hidden = this.#change.hidden = true;
    this.#topicForm.hidden = false;
    this.#topicField.value = this.#room.topic;
    this.#topicField.select();
  }

  #showTopic() {
    this.#topicForm.hidden = true;
    this.#topic.hidden = this.#change.hidden = false;
    this.#noteTopic('');
    this.#change.focus();
  }

  /** @returns {string | undefined} the topic as it may be set */
  #weighTopic() {
    const max = this.#needs.session.limits.topic_chars;
    const { text, chars, verdict } = validate(this.#topicField.value, max);
    const isTooLong = verdict === 'too long';
    this.#noteTopic(isTooLong ? t('tooLong', { chars, max }) : '');
    return isTooLong ? undefined : text;
  }

  /** @param {SubmitEvent} event */
  async #setTopic(event) {
    event.preventDefault();
    const text = this.#weighTopic();
    if (text === undefined) return;
    try {
      if (text !== this.#room.topic) await this.#needs.requests.change(this.#room, 'topic', { text });
      this.#showTopic();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#noteTopic(sentence(error.message));
    }
  }

  /** @param {string} text */
  #noteTopic(text) {
    this.#topicField.setAttribute('aria-invalid', String(text !== ''));
    this.#topicNote.textContent = text;
  }

  /** Nothing where guests do not come in: those who may invite have another link. */
  #linkPart() {
    const page = document.baseURI;
    const { name } = this.#room;
    const { guests } = this.#needs.session;
    if (guests === 'closed') return [];
    const shared = new SharedLink({ label: t('invitation'), title: t('title', { room: name }) });
    shared.show(linkTo(sharedAddress(page, this.#needs.session.addresses) ?? page, name));
    const title = el('h3', { class: 'dialog-label' }, t(guests === 'write' ? 'invitation' : 'inviteLink'));
    return [el('section', { class: 'dialog-part panel-link' }, title, shared.line, shared.note)];
  }

  #favouritePart() {
    return favouriteChoice(this.#needs);
  }

  #levelPart() {
    return levelChoices(this.#needs);
  }

  #peoplePart() {
    const part = el('section', { class: 'dialog-part' }, this.#count, this.#people);
    if (this.#needs.session.rooms.size > 1) {
      const looks = 'dialog-button dialog-button-grave panel-leave';
      part.append(el('button', { class: looks, type: 'button', onclick: () => this.#leave() }, t('leaveRoom')));
    }
    return part;
  }

  #names() {
    const { people } = this.#room;
    const { named, count } = people;
    const { session, seeTo, message } = this.#needs;
    const me = session.me?.id;
    const isSeenTo = isModerator(session);
    const names = named.map((person) => {
      const name = el('bdi', {}, person.name);
      if (person.id === me) return el('li', {}, name, ` ${t('you')}`);
      if (!isSeenTo) return el('li', {}, name, ...message(person));
      const title = t('seeTo', { name: person.name }).replace(/[\u2068\u2069]/g, '');
      const props = { class: 'panel-person', type: 'button', title, onclick: () => seeTo(person) };
      return el('li', {}, el('button', props, name), ...message(person));
    });
    if (named.length < count) {
      const rest = named.length ? t('morePeople', { count: count - named.length }) : t('notNamed');
      names.push(el('li', { class: 'panel-none' }, rest));
    }
    return names;
  }

  #leave() {
    const { session, go } = this.#needs;
    const names = [...session.rooms.keys()];
    const at = names.indexOf(this.#room.name);
    this.#dialog?.close();
    go(names[at + 1] ?? names[at - 1]);
    session.leave(this.#room.name);
  }
}
