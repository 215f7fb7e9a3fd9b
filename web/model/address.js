/** What the page's address says: which room, and where its socket is. The same under any mount. */

/** The end of a room's link. Its page is served with its files beside it, as the lobby's is. */
const ROOM = /\/r\/([a-z0-9_-]{1,64})$/;

/**
 * @param {string} page the address of the page
 * @returns {string} the room that it is of
 */
export function roomOf(page) {
  return ROOM.exec(new URL(page).pathname)?.[1] ?? 'lobby';
}

/**
 * @param {string} page
 * @returns {URL} where the chat is mounted: the lobby's address
 */
export function mountOf(page) {
  return new URL(ROOM.test(new URL(page).pathname) ? '../' : '.', page);
}

/**
 * @param {string} link
 * @param {string} page
 * @returns {boolean} whether the link leads to a room of this chat, or to a message in it
 */
export function isOfChat(link, page) {
  const { pathname } = new URL(link);
  return mountOf(link).href === mountOf(page).href && (pathname.endsWith('/') || ROOM.test(pathname));
}

/**
 * @param {string} page
 * @returns {string} of the socket: `ws:`, or `wss:` under TLS
 */
export function socketUrl(page) {
  const url = new URL('ws', mountOf(page));
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
