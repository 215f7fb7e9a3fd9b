/** Decides what a new message does: count as unread, play a sound, show a notification. Knows no DOM. */

import '../words/more.js';
import { t } from '../words/words.js';
import { isPrivate } from './room-kind.js';

/** The notification levels of a room, in the order of the room's panel. */
export const LEVELS = /** @type {const} */ (['all', 'mentions', 'none']);

/** @typedef {'all' | 'mentions' | 'none'} Level */

const NOTHING = { counts: false, sounds: false, shows: false };

/** @param {import('./web-storage.js').WebStorage} storage @param {string} room @returns {Level} */
export function levelOf(storage, room) {
  const level = storage.get(`notify ${room}`) ?? storage.get('notify');
  return LEVELS.includes(level) ? level : 'mentions';
}

/**
 * @param {object} news
 * @param {{ isMine?: boolean, deleted?: boolean, addressesMe?: boolean }} news.message `addressesMe`: it
 *   mentions the reader, or is a reply to the reader
 * @param {Level} news.level of its room
 * @param {boolean} news.isWatching whether it came before the reader's eyes
 * @returns {{ counts: boolean, sounds: boolean, shows: boolean }}
 */
export function alertsFor({ message, level, isWatching }) {
  if (message.isMine || message.deleted || isWatching || level === 'none') return NOTHING;
  const tells = level === 'all' || Boolean(message.addressesMe);
  return { counts: true, sounds: tells, shows: tells };
}

/**
 * @param {Iterable<Pick<import('./room.js').Room, 'name' | 'unread'>>} rooms
 * @param {(room: string) => Level} level
 * @returns {number} what is not read in the rooms that one wants to be told of
 */
export function unreadIn(rooms, level) {
  return [...rooms].reduce((sum, { name, unread }) => (level(name) === 'none' ? sum : sum + unread.count), 0);
}

/** @param {string} room @param {number} unread @returns {string} of the window */
export function titleOf(room, unread) {
  // A window's title is drawn by others, and some of them draw an isolate as a box.
  // Whoever sees the window's title, or the browser's history, is not told with whom its reader talks.
  const title = room === 'lobby' || isPrivate(room) ? 'Chinwag' : t('title', { room }).replace(/[\u2068\u2069]/g, '');
  return unread > 0 ? `(${unread}) ${title}` : title;
}
