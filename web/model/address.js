/** What the page's address says: which room, and where its socket is. The same under any mount. */

/** The end of a room's link. Its page is served with its files beside it, as the lobby's is. */
const ROOM = /\/r\/([a-z0-9_-]{1,64})$/;

/** A sign of a room's name, written as its code. */
const ESCAPED = /%(?:2d|3\d|5f|[67][\da-f])/gi;

/** @param {string | URL} page an address @returns {string | undefined} the room, if its path is a room's */
export function roomIn(page) {
  return ROOM.exec(new URL(page).pathname.replace(ESCAPED, decodeURIComponent))?.[1];
}

/**
 * @param {string | URL} page the address of the page
 * @returns {string} the room that it is of
 */
export function roomOf(page) {
  return roomIn(page) ?? 'lobby';
}

/** @param {string | URL} page @returns {URL} where the chat is mounted: the lobby's address */
export function mountOf(page) {
  return new URL(roomIn(page) ? '../' : '.', page);
}

/** @param {string | URL} page @returns {string} of the socket: `ws:`, or `wss:` under TLS */
export function socketUrl(page) {
  const url = new URL('ws', mountOf(page));
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** @param {string | URL} page @returns {string | undefined} the code of a link to another device (PROTOCOL.md) */
export function deviceLinkOf(page) {
  return /^#device=([\w-]{16,64})$/.exec(new URL(page).hash)?.[1];
}

/** @param {string | URL} page @returns {string | undefined} the code of an invitation (PROTOCOL.md) */
export function invitationOf(page) {
  return /^#invite=([\w-]{16,64})$/.exec(new URL(page).hash)?.[1];
}

/** @param {string | URL} page @returns {number | undefined} the message that it is a link to */
export function messageOf(page) {
  return Number(/^#(\d{1,15})$/.exec(new URL(page).hash)?.[1]) || undefined;
}
