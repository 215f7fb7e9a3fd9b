/** What the page's address says: which room, and where its socket is. The same under any mount. */

/** The end of a room's link. Its page is served with its files beside it, as the lobby's is. */
export const ROOM = /\/r\/([a-z0-9_-]{1,64})$/;

/**
 * @param {string} page the address of the page
 * @returns {string} the room that it is of
 */
export function roomOf(page) {
  return ROOM.exec(new URL(page).pathname)?.[1] ?? 'lobby';
}

/** @returns {URL} where the chat is mounted: the lobby's address */
export function mountOf(page) {
  return new URL(ROOM.test(new URL(page).pathname) ? '../' : '.', page);
}

/** @returns {string} of the socket: `ws:`, or `wss:` under TLS */
export function socketUrl(page) {
  const url = new URL('ws', mountOf(page));
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** @returns {number | undefined} the message that it is a link to */
export function messageOf(page) {
  return Number(/^#(\d{1,15})$/.exec(new URL(page).hash)?.[1]) || undefined;
}
