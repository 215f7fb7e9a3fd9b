/** Arranges the rooms of the side bar, and chooses the sign that each has at its end. Knows no DOM. */

/** @typedef {import('./notify.js').Level} Level */

/** @param {import('./web-storage.js').WebStorage} storage @param {string} room */
export const isFavourite = (storage, room) => storage.get(`favourite ${room}`) === true;

/**
 * @param {Iterable<string>} names of rooms
 * @param {(name: string) => boolean} isChosen whether it is a favourite
 * @param {(name: string) => number} usedAt when it was last shown; 0 where that is not known
 * @returns {{ favourites: string[], others: string[] }} the room used last first; rooms used equally keep their order
 */
export function arrange(names, isChosen, usedAt) {
  const byUse = [...names].sort((one, other) => usedAt(other) - usedAt(one));
  return { favourites: byUse.filter(isChosen), others: byUse.filter((name) => !isChosen(name)) };
}

/** @param {string} name @param {string} wanted what is written in the filter */
export const isWanted = (name, wanted) => name.toLowerCase().includes(wanted.trim().toLowerCase());

/**
 * @param {{ unread: number, mentions: number, level: Level, hasDraft: boolean }} room
 * @returns {'count' | 'draft' | 'muted' | ''} one sign; a muted room is counted only when it mentions the reader
 */
export function signOf({ unread, mentions, level, hasDraft }) {
  const isMuted = level === 'none';
  if (unread && (mentions || !isMuted)) return 'count';
  if (hasDraft) return 'draft';
  return isMuted ? 'muted' : '';
}
