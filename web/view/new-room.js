/** The sheet that makes a room: a name in any script, its link, a topic, and whether it is listed. */

import { linkTo, parseRoomName, roomNameFor } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { validate } from '../model/validate.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';

/** A room that the server does not let us into by then is not made. Milliseconds. */
const JOIN_MS = 10_000;

/**
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'limits' | 'rooms' | 'open' | 'leave'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'change'>} needs.requests
 * @param {(room: string) => void} needs.go
 * @param {string} [name] that was asked for already
 */
export async function openNewRoom({ session, requests, go }, name = '') {
  const suffix = [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => (byte % 36).toString(36)).join('');
  const hint = el('p', { class: 'hint', id: 'new-room-hint', role: 'status' });
  const title = el('input', {
    class: 'dialog-field', id: 'new-room-title', name: 'title', value: name, dir: 'auto', autofocus: true,
    autocomplete: 'off', maxLength: session.limits.title_chars, 'aria-describedby': hint.id, oninput: follow,
  });
  const link = el('bdi', { class: 'new-room-link' });
  const slug = el('input', {
    class: 'dialog-field', name: 'slug', hidden: true, autocapitalize: 'none', spellcheck: false, autocomplete: 'off',
    maxLength: 64, ariaLabel: t('invitation'), oninput: follow,
  });
  const change = el('button', { class: 'quiet', type: 'button', onclick: () => changeLink() }, t('changeTopic'));
  const topic = el('input', {
    class: 'dialog-field', id: 'new-room-topic', name: 'topic', dir: 'auto', autocomplete: 'off',
    maxLength: session.limits.topic_chars,
  });
  const [listed, byLink] = listedChoices(true);
  const create = el('button', { class: 'dialog-button dialog-button-main' }, t('createRoom'));
  const form = el('form', { class: 'new-room', onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    make().catch(complain);
  } },
  el('label', { class: 'dialog-label', htmlFor: title.id }, t('roomTitle')), title,
  el('p', { class: 'dialog-note new-room-line' }, link, ' ', change), slug,
  el('label', { class: 'dialog-label', htmlFor: topic.id }, t('topicOptional')), topic,
  el('fieldset', { class: 'new-room-who' }, el('legend', { class: 'dialog-label' }, t('whoFinds')), listed, byLink),
  hint,
  el('div', { class: 'new-room-answer' },
    el('button', { class: 'dialog-button', type: 'button', onclick: () => dialog.close() }, t('cancel')), create));
  follow();
  const dialog = await openDialog({ title: t('newRoom'), name: 'new-room' }, form);

  /** @returns {string | undefined} the room's name in its link */
  function nameNow() {
    return slug.hidden ? roomNameFor(title.value, () => suffix) : parseRoomName(slug.value);
  }

  function follow() {
    hint.textContent = '';
    const name = nameNow() ?? '';
    link.textContent = name && t('roomLink', { link: linkTo(document.baseURI, name).replace(/^https?:\/\//, '') });
    change.hidden = !name || !slug.hidden;
  }

  function changeLink() {
    slug.value = nameNow() ?? '';
    slug.hidden = false;
    change.hidden = true;
    slug.select();
  }

  async function make() {
    const name = nameNow();
    if (!name) return complain(t('badRoom'), title.value.trim() ? slug : title);
    const isKnown = session.rooms.has(name);
    create.disabled = true;
    const room = session.open(name);
    const isReady = await ready(room);
    create.disabled = false;
    if (!isReady || isKnown || room.maker || room.timeline.rows.length || room.topic) {
      if (!isKnown) session.leave(name);
      return complain(t(isReady ? 'roomExists' : 'noConnection'), title);
    }
    const shown = title.value.trim();
    const isListed = /** @type {HTMLInputElement} */ (listed.firstChild).checked;
    await requests.change(room, 'room', { title: shown === name ? '' : shown, listed: isListed });
    const { text, verdict } = validate(topic.value, session.limits.topic_chars);
    if (verdict === 'ready') await requests.change(room, 'topic', { text });
    dialog.close();
    go(name);
  }

  /** @param {unknown} why @param {HTMLElement} [field] that is to be changed */
  function complain(why, field) {
    create.disabled = false;
    if (typeof why !== 'string' && !(why instanceof Refusal)) throw why;
    hint.textContent = typeof why === 'string' ? sentence(why.replace(/[.。]$/, '')) : sentence(why.message);
    field?.focus();
  }
}

const CHOICES = /** @type {const} */ ([['listed', 'listedHint'], ['byLink', 'byLinkHint']]);

/** Whether a room is listed: two radio buttons, the first for yes. @param {boolean} isListed */
export const listedChoices = (isListed) => CHOICES.map(([key, hint], n) =>
  el('label', { class: 'dialog-choice' },
    el('input', { type: 'radio', name: 'listed', value: key, checked: isListed === (n === 0) }),
    el('span', {}, t(key), el('span', { class: 'soft choice-hint' }, t(hint)))));

/** @param {import('../model/room.js').Room} room @returns {Promise<boolean>} whether it is as it is on the server */
async function ready(room) {
  const until = Date.now() + JOIN_MS;
  while (!room.isReady && Date.now() < until) await new Promise((later) => setTimeout(later, 50));
  return room.isReady;
}
