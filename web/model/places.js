/** Finds what a few letters may mean: rooms of the list, people who are here, or a room to be opened. Knows no DOM. */

import { parseRoomName } from './chat-links.js';
import { fold } from './completion.js';
import { GUEST_ID } from './private-rooms.js';
import { isPrivate } from './room-kind.js';

/** So many rooms and people are offered. */
const ROOMS_MAX = 6;
const PEOPLE_MAX = 3;

/**
 * @typedef {Pick<import('./room.js').Room, 'name' | 'label' | 'unread' | 'people'>} Room
 * @typedef {{ kind: 'room', name: string, label: string, unread: number } |
 *   ({ kind: 'person' | 'messages' } & import('./protocol.js').User) | { kind: 'new', name: string }} Place
 *   `person`: to be written to; `messages`: what they have said
 */

/** How well a name fits: from its beginning, from the beginning of a word, or somewhere. */
const rank = (/** @type {string} */ name, /** @type {string} */ wanted) => {
  const at = fold(name).indexOf(wanted);
  return at <= 0 ? at : /[\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 1;
};

/** By its title or by its name. @param {Room} room @param {string} wanted */
const rankOf = ({ name, label }, wanted) => {
  const ranks = [rank(label, wanted), isPrivate(name) ? -1 : rank(name, wanted)].filter((rank) => rank >= 0);
  return Math.min(Infinity, ...ranks);
};

/**
 * @param {string} written by the reader, or nothing
 * @param {Iterable<Room>} rooms of their list
 * @param {string} [current] the room that is shown
 * @param {string} [me] the reader's id
 * @returns {Place[]} the best first; without letters, the rooms with something unread
 */
export function placesFor(written, rooms, current, me) {
  const list = [...rooms];
  const wanted = fold(written.trim().replace(/^[#@]/, ''));
  const all = list.filter(({ name }) => name !== current || wanted);
  /** @type {Place[]} */
  const found = all.map((room) => ({ room, rank: rankOf(room, wanted) })).filter(({ rank }) => rank < Infinity)
    .sort((one, other) => one.rank - other.rank || other.room.unread.count - one.room.unread.count)
    .slice(0, ROOMS_MAX)
    .map(({ room: { name, label, unread } }) => ({ kind: 'room', name, label, unread: unread.count }));
  if (!wanted) return found;
  const met = list.flatMap(({ people }) => [...people.known.values(), ...people.named]);
  const people = new Map(met.map((person) => [person.id, person]));
  const named = [...people.values()].filter(({ name }) => [0, 1].includes(rank(name, wanted)));
  for (const person of named.slice(0, PEOPLE_MAX)) {
    if (person.id !== me && person.id !== GUEST_ID) found.push({ kind: 'person', ...person });
    found.push({ kind: 'messages', ...person });
  }
  // Without the sign, what is written is rather looked for in what was said.
  const slug = written.trim().startsWith('#') && parseRoomName(written);
  if (slug && !list.some(({ name }) => name === slug)) found.push({ kind: 'new', name: slug });
  return found;
}
