/** The room panel: topic, invitation link, notification level, people. */

import { linkTo } from '../model/links.js';
import { validate } from '../model/validate.js';
import { LEVELS, levelOf } from '../model/notify.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { copy } from './share.js';

/** The time for which "Link copied" is shown. Milliseconds. */
const COPIED_MS = 3_000;

/** @param {typeof import('../chat.js').app} app */
export async function openPanel(app) {
  await new Panel(app).open();
}

class Panel {
  #app;
  #room;
  #dialog;
  #topic = el('p', { class: 'panel-topic' }, el('bdi'));
  #change = el('button', { class: 'dialog-button', type: 'button', onclick: () => this.#editTopic() }, t('changeTopic'));
  #topicForm;
  #topicField = el('input', {
    class: 'dialog-field', name: 'topic', dir: 'auto', autocomplete: 'off', enterKeyHint: 'done', ariaLabel: t('topic'),
    'aria-describedby': 'panel-topic-note', oninput: () => this.#weighTopic(),
  });
  #topicNote = el('p', { class: 'hint panel-hint', id: 'panel-topic-note', role: 'status' });
  #link;
  #linkNote = el('p', { class: 'dialog-note', role: 'status' });
  #count = el('h3', { class: 'dialog-label' });
  #people = el('ul', { class: 'panel-people' });

  constructor(app) {
    this.#app = app;
    this.#room = app.room;
  }

  async open() {
    const app = this.#app;
    const onclose = () => {
      app.parts = app.parts.filter((part) => part !== this);
    };
    const content = [this.#topicPart(), this.#linkPart(), this.#levelPart(), this.#peoplePart()];
    this.refresh();
    this.#dialog = await openDialog({ title: this.#room.name, name: 'panel', onclose }, ...content);
    app.parts.push(this);
  }

  /** The room has changed. */
  refresh() {
    const { topic, people } = this.#room;
    this.#topic.firstChild.textContent = topic || t('noTopic');
    this.#topic.classList.toggle('panel-none', !topic);
    this.#count.textContent = t('people', { count: people.count });
    this.#people.replaceChildren(...this.#names());
  }

  #topicPart() {
    this.#topicForm = el('form', { class: 'dialog-line', hidden: true, onsubmit: (event) => this.#setTopic(event) },
      this.#topicField,
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
    const max = this.#app.session.limits.topic_chars;
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
      if (text !== this.#room.topic) await this.#app.requests.setTopic(this.#room, text);
      this.#showTopic();
    } catch (error) {
      if (error.code === undefined) throw error;
      this.#noteTopic(sentence(error.message));
    }
  }

  /** @param {string} text */
  #noteTopic(text) {
    this.#topicField.setAttribute('aria-invalid', String(text !== ''));
    this.#topicNote.textContent = text;
  }

  #linkPart() {
    const href = linkTo(document.baseURI, this.#room.name);
    this.#link = el('input', {
      class: 'dialog-field', readOnly: true, value: href, dir: 'ltr', ariaLabel: t('invitation'), onfocus: () => this.#link.select(),
    });
    const line = el('div', { class: 'dialog-line' }, this.#link,
      el('button', { class: 'dialog-button dialog-button-main', type: 'button', onclick: () => this.#copy() }, t('copyLink')));
    if (navigator.share) {
      const share = () => navigator.share({ title: t('title', { room: this.#room.name }), url: href }).catch(() => {});
      line.append(el('button', { class: 'dialog-button', type: 'button', onclick: share }, t('shareLink')));
    }
    return el('section', { class: 'dialog-part panel-link' }, el('h3', { class: 'dialog-label' }, t('invitation')), line, this.#linkNote);
  }

  async #copy() {
    const isCopied = await copy(this.#link.value);
    if (!isCopied) this.#link.focus();
    this.#linkNote.textContent = t(isCopied ? 'copied' : 'linkSelected');
    setTimeout(() => (this.#linkNote.textContent = ''), COPIED_MS);
  }

  #levelPart() {
    const { storage } = this.#app;
    const { name } = this.#room;
    const now = levelOf(storage, name);
    const choices = LEVELS.map((level) => {
      const onchange = () => {
        storage.set(`notify ${name}`, level);
        this.#app.refresh();
      };
      const radio = el('input', { type: 'radio', name: 'level', checked: level === now, onchange });
      return el('label', { class: 'dialog-choice' }, radio, el('span', {}, t(`notify_${level}`)));
    });
    return el('fieldset', { class: 'dialog-part' }, el('legend', { class: 'dialog-label' }, t('notifyOf')), ...choices,
      el('button', { class: 'dialog-button', type: 'button', onclick: () => this.#app.open('settings') }, t('soundAndDesktop')));
  }

  #peoplePart() {
    const part = el('section', { class: 'dialog-part' }, this.#count, this.#people);
    if (this.#app.session.rooms.size > 1) {
      const leave = { class: 'dialog-button dialog-button-grave panel-leave', type: 'button', onclick: () => this.#leave() };
      part.append(el('button', leave, t('leaveRoom')));
    }
    return part;
  }

  #names() {
    const { people } = this.#room;
    const { named, count } = people;
    const names = named.map(({ id, name }) => el('li', {}, el('bdi', {}, name), id === this.#app.session.me?.id ? ` ${t('you')}` : ''));
    if (named.length < count) {
      const rest = named.length ? t('morePeople', { count: count - named.length }) : t('notNamed');
      names.push(el('li', { class: 'panel-none' }, rest));
    }
    return names;
  }

  #leave() {
    const { session } = this.#app;
    const names = [...session.rooms.keys()];
    const at = names.indexOf(this.#room.name);
    this.#dialog.close();
    this.#app.go(names[at + 1] ?? names[at - 1]);
    session.leave(this.#room.name);
  }
}
