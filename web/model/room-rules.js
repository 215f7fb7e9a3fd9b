/** The rules of a room: who writes in it, and how often. The server judges. */

/** @typedef {import('./protocol.js').RoomRules} RoomRules */

/** Those of a room in which nobody has set others. @type {RoomRules} */
export const DEFAULT_RULES = { writers: 'everyone', slow: 0, archived: false };

/**
 * @param {RoomRules} rules
 * @param {import('./protocol.js').Role} role the reader's
 * @returns {'archived' | 'members' | 'moderators' | undefined} why they do not write in the room; nothing where they do
 */
export function barrierOf({ writers, archived }, role) {
  if (archived) return 'archived';
  const isWriter = writers === 'everyone' || (role !== 'guest' && (writers === 'members' || role !== 'member'));
  return isWriter ? undefined : /** @type {'members' | 'moderators'} */ (writers);
}
