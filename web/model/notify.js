/** What a message that has just been heard is worth to its reader: a number, a sound, a notification. Knows no DOM. */

import '../words/more.js';
import { say } from '../words/words.js';

/** How much of a room one wants to be told of; what a room's panel offers, in its order. */
export const LEVELS = ['all', 'mentions', 'none'];

/** @typedef {'all' | 'mentions' | 'none'} Level */

const NOTHING = { counts: false, sounds: false, shows: false };

/** @param {import('./keep.js').Keep} keep @param {string} room @returns {Level} */
export function levelOf(keep, room) {
  const level = keep.get(`notify ${room}`);
  return LEVELS.includes(level) ? level : 'mentions';
}

/**
 * @param {{ isMine?: boolean, deleted?: boolean, speaksToMe?: boolean }} heard.message it speaks to me where it has my
 *   name after an @, or answers a message of mine
 * @param {Level} heard.level of its room
 * @param {boolean} heard.isWatching whether it came before the reader's eyes
 * @returns {{ counts: boolean, sounds: boolean, shows: boolean }}
 */
export function worth({ message, level, isWatching }) {
  if (message.isMine || message.deleted || isWatching || level === 'none') return NOTHING;
  const tells = level === 'all' || Boolean(message.speaksToMe);
  return { counts: true, sounds: tells, shows: tells };
}

/**
 * @param {Iterable<import('./room.js').Room>} rooms
 * @param {(room: string) => Level} level
 * @returns {number} what is not read in the rooms that one wants to be told of
 */
export function unreadIn(rooms, level) {
  return [...rooms].reduce((sum, { name, unread }) => (level(name) === 'none' ? sum : sum + unread), 0);
}

/** @param {string} room @param {number} unread @returns {string} of the window */
export function titleOf(room, unread) {
  // A window's title is drawn by others, and some of them draw an isolate as a box.
  const title = room === 'lobby' ? 'Chinwag' : say('title', { room }).replace(/[\u2068\u2069]/g, '');
  return unread > 0 ? `(${unread}) ${title}` : title;
}
