/** Tells those who have a copy of a message that it was edited or deleted, whether the timeline holds it or not. A part of the session. */

/**
 * @typedef {{ type: 'edited' | 'deleted', target: number, by: { id: string }, text?: string }} Change
 * @typedef {{ revised?: (room: import('./room.js').Room, change: Change) => void }} Holder
 */

export class Revisions {
  #holders;

  /** @param {() => Iterable<Holder>} holders */
  constructor(holders) {
    this.#holders = holders;
  }

  handle(event, room) {
    // Told anew, or replayed, a message can have been deleted meanwhile.
    const change = event.type === 'message' && event.deleted ? { type: 'deleted', target: event.seq, by: event.from } : event;
    const { type, target, seq } = change;
    // A replay can be older than what a page of the history had.
    const isNew = type === 'deleted' || (type === 'edited' && !(room?.timeline.get(target)?.changed >= seq));
    if (room && isNew) for (const holder of this.#holders()) holder.revised?.(room, change);
    return false;
  }

  ready() {}

  closed() {}

  left() {}
}
