/** A button beside somebody's name that writes to them. */

import { GUEST_ID } from '../model/private-rooms.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { icon } from './icon.js';
import { PICTURES } from './pictures.js';

/** @typedef {import('../model/protocol.js').User} User */

/**
 * @param {Pick<import('../model/session.js').Session, 'me'>} session
 * @param {(people: User[]) => unknown} writeTo
 * @returns {(person: User) => HTMLElement[]} none beside the reader, and beside those who have no rooms
 */
export const messageButtons = (session, writeTo) => (person) => {
  if (person.id === session.me?.id || person.id === GUEST_ID) return [];
  const says = t('messageTo', { room: person.name }).replace(/[\u2068\u2069]/g, '');
  const onclick = () => writeTo([person]);
  const props = { class: 'message-to', type: 'button', title: says, ariaLabel: says, onclick };
  return [el('button', props, icon(PICTURES.direct))];
};
