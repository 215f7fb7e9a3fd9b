/** Chooses the room that leaves the list when there are too many. */

/** Rooms on the list: under what the server keeps for somebody. A connection is in the most recent of them. */
export const ROOMS_MAX = 250;

/**
 * @param {Map<string, import('./room.js').Room>} rooms of the list
 * @param {import('./room.js').Room} current the one that is shown
 * @param {(name: string) => number} usedAt when it was last shown; 0 where that is not known
 * @param {(name: string) => boolean} hasDraft
 * @returns {import('./room.js').Room | undefined} the one used least recently, of those that hold nothing unread and
 *   nothing unsent. Where there is none, the current one: it has just been opened. Nothing while the list is not too
 *   long, or it is not known what is unread
 */
export function roomToEvict(rooms, current, usedAt, hasDraft) {
  const all = [...rooms.values()];
  const isKnown = current.isReady && all.every(({ isJoined, isReady }) => isReady || !isJoined);
  if (all.length <= ROOMS_MAX || !isKnown) return undefined;
  /** @param {import('./room.js').Room} room */
  const isEmpty = ({ name, unread, outbox }) => !unread.count && !outbox.items.length && !hasDraft(name);
  const spare = all.filter((room) => room.name !== current.name && isEmpty(room));
  return spare.reduce((least, room) => (usedAt(room.name) < usedAt(least.name) ? room : least), spare[0] ?? current);
}
