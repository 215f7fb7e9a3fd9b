/** Makes and parses links to rooms and messages. The same under any mount. */

import { invitationOf, messageOf, mountOf, roomIn, roomOf } from './address.js';

/**
 * @param {string} page an address of this chat
 * @param {string} room
 * @param {number} [seq] a message in it
 * @returns {string} what is shared
 */
export function linkTo(page, room, seq) {
  return new URL((room === 'lobby' ? '' : `r/${room}`) + (seq ? `#${seq}` : ''), mountOf(page)).href;
}

/** The longest name of a room. Characters. */
const ROOM_NAME_CHARS = 64;

/** Hosts that are the machine itself, whichever it is. */
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * @param {string} page an address of this chat
 * @param {string[]} addresses by which others reach the server
 * @returns {string | undefined} the address for links that others are to open; none where only this machine has one
 */
export function sharedAddress(page, addresses) {
  const mount = mountOf(page);
  if (!LOOPBACK.test(mount.hostname)) return mount.href;
  return addresses.length ? new URL(mount.pathname, addresses[0]).href : undefined;
}

/**
 * @param {string} link
 * @param {string} page an address of this chat
 * @returns {{ room: string, seq?: number } | undefined} where it leads within this chat
 */
export function parseLink(link, page) {
  const mount = mountOf(page);
  const url = URL.canParse(link, page) ? new URL(link, page) : mount;
  // An invitation is for a page that is opened anew.
  if (url === mount || url.origin !== mount.origin || url.search || invitationOf(url)) return undefined;
  const isOurs = url.pathname === mount.pathname || (roomIn(url) && mountOf(url).href === mount.href);
  return isOurs ? { room: roomOf(url), seq: messageOf(url) } : undefined;
}

/** Letters that are written as two where there is no key for them. */
const TWO_LETTERS = Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa', œ: 'oe', þ: 'th' });

/**
 * @param {string} title of a room, in any script
 * @param {() => string} random letters and digits, for a title without a Latin letter
 * @returns {string} a name for it that can stand in a link; nothing for a title that says nothing
 */
export function roomNameFor(title, random) {
  if (!/[\p{L}\p{N}]/u.test(title)) return '';
  let name = title.normalize().toLowerCase();
  for (const [letter, two] of TWO_LETTERS) name = name.replaceAll(letter, two);
  name = name.normalize('NFKD').replace(/[\p{M}'’]/gu, '');
  const words = name.match(/[a-z0-9_]+/g)?.join('-').slice(0, ROOM_NAME_CHARS).replace(/-$/, '');
  return words || `room-${random()}`;
}

/**
 * @param {string} written by a person
 * @returns {string | undefined} a room's name: lowercase letters, digits, `-` and `_` (PROTOCOL.md)
 */
export function parseRoomName(written) {
  const name = written.trim().toLowerCase().replace(/^[#/]+/, '').replace(/\s+/g, '-');
  return /^[a-z0-9_-]{1,64}$/.test(name) ? name : undefined;
}
