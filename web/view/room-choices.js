/** What the reader chooses of a room for themselves: whether it is a favourite, and of what they are told. */

import { LEVELS, levelOf } from '../model/notify.js';
import { isDirect } from '../model/room-kind.js';
import { isFavourite } from '../model/room-list.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';

/**
 * @typedef {object} Needs
 * @property {import('../model/room.js').Room} room
 * @property {Pick<import('../model/session.js').Session, 'parts'>} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {() => void} refresh draws what is around the log again
 * @property {() => void} openSettings
 */

/** @param {Needs} needs */
export function favouriteChoice({ room: { name }, session, storage, refresh }) {
  const box = el('input', {
    type: 'checkbox', name: 'favourite', checked: isFavourite(storage, name),
    onchange: () => {
      storage.set(`favourite ${name}`, box.checked || undefined);
      session.parts?.listed();
      refresh();
    },
  });
  const choice = el('label', { class: 'dialog-choice' }, box, el('span', {}, t('favourite')));
  return el('div', { class: 'dialog-part' }, choice);
}

/** @param {Needs} needs */
export function levelChoices({ room: { name }, session, storage, refresh, openSettings }) {
  const level = levelOf(storage, name);
  // What is said in a direct room is said to the reader.
  const levels = LEVELS.filter((level) => level !== 'mentions' || !isDirect(name));
  const now = levels.includes(level) ? level : 'all';
  const choices = levels.map((level) => {
    const onchange = () => {
      storage.set(`notify ${name}`, level);
      session.parts?.listed();
      refresh();
    };
    const radio = el('input', { type: 'radio', name: 'level', checked: level === now, onchange });
    return el('label', { class: 'dialog-choice' }, radio, el('span', {}, t(`notify_${level}`)));
  });
  const settings = { class: 'dialog-button', type: 'button', onclick: openSettings };
  return el('fieldset', { class: 'dialog-part' }, el('legend', { class: 'dialog-label' }, t('notifyOf')), ...choices,
    el('button', settings, t('soundAndDesktop')));
}
