/** What a message that has just been heard is worth to its reader: a number, a sound, a notification. Knows no DOM. */

import { UNSPACED } from './script.js';
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
 * @param {object} heard
 * @param {import('./timeline.js').Message} heard.message
 * @param {import('./room.js').Room} heard.room
 * @param {{ id: string, name: string } | undefined} heard.me
 * @param {Level} heard.level
 * @param {boolean} heard.isWatching whether it came before the reader's eyes
 * @returns {{ counts: boolean, sounds: boolean, shows: boolean }}
 */
export function worth({ message, room, me, level, isWatching }) {
  if (message.isMine || message.deleted || isWatching || level === 'none') return NOTHING;
  const tells = level === 'all' || isMention(message, room, me);
  return { counts: true, sounds: tells, shows: tells };
}

/**
 * @param {{ text: string, replyTo?: number }} message
 * @param {import('./room.js').Room} room
 * @param {{ name: string } | undefined} me
 * @returns {boolean} whether it has my name after an @, or answers a message of mine that is held
 */
export function isMention({ text, replyTo }, room, me) {
  if (replyTo !== undefined && room.timeline.rows.some(({ seq, isMine }) => isMine && seq === replyTo)) return true;
  return Boolean(me?.name) && atName(me.name).test(text.normalize());
}

/** What makes a word longer. */
const IN_WORD = `(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_]`;

/** The last one made: it is asked for with every message, and names seldom change. */
let made = { name: '', pattern: /^\b$/ };

/** @param {string} name */
function atName(name) {
  if (made.name !== name) {
    const literal = name.normalize().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    // Not in an e-mail address, and not the beginning of a longer name.
    made = { name, pattern: new RegExp(`(?<!${IN_WORD})@${literal}(?!${IN_WORD})`, 'iu') };
  }
  return made.pattern;
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
