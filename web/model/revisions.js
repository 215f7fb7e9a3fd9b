/** Edits and deletions of messages, for the parts that have a copy of one, whether the timeline holds it or not. */

/**
 * @typedef {{ type: 'edited', target: number, by: User, text: string, mentions?: import('./protocol.js').Mentions }
 *   | { type: 'deleted', target: number, by: User, text?: undefined, mentions?: undefined }} Revision
 *
 * @typedef {import('./protocol.js').User} User
 */

/**
 * @param {import('./protocol.js').Event} event
 * @param {import('./room.js').Room} room
 * @returns {Revision | undefined}
 */
export function revisionOf(event, room) {
  // Told anew, or replayed, a message can have been deleted meanwhile.
  if (event.type === 'message' && event.deleted) return { type: 'deleted', target: event.seq, by: event.from };
  if (event.type === 'deleted') return event;
  if (event.type !== 'edited') return undefined;
  // A replay can be older than what a page of the history had.
  const held = room.timeline.get(event.target);
  return held && held.changed >= event.seq ? undefined : event;
}

/**
 * The greatest number of a room that is known to whoever sees a message: of a change after it, they know nothing.
 *
 * @param {Pick<import('./room.js').Room, 'cursor'>} room
 * @param {Pick<import('./timeline.js').Message, 'changed'>} message a page of the history may be ahead of the room
 */
export const baseOf = ({ cursor }, { changed }) => Math.max(cursor?.since ?? 0, Math.floor(changed));

/**
 * The last message of the reader, which they may edit; none while the end is not held.
 *
 * @param {import('./timeline.js').Timeline} timeline
 */
export const lastOwn = ({ hasNewer, messages }) =>
  (hasNewer ? undefined : messages.findLast(({ isMine, deleted }) => isMine && !deleted));
