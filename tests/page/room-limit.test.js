import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ROOMS_MAX, roomToEvict } from '../../web/model/room-limit.js';

const roomOf = (name, has) => ({ name, isReady: true, unread: { count: 0 }, outbox: { items: [] }, ...has });

/** A list of so many rooms, and what some of them have. */
function listOf(count, has = {}) {
  return new Map(Array.from({ length: count }, (_, n) => `room-${n + 1}`).map((name) => [name, roomOf(name, has[name])]));
}

/** Which room leaves, when the last is the one that is shown and the first was not shown for the longest time. */
function leaves(rooms, { drafts = [], usedAt = (name) => Number(name.slice('room-'.length)) } = {}) {
  return roomToEvict(rooms, [...rooms.values()].at(-1), usedAt, (name) => drafts.includes(name))?.name;
}

test('a list that is not too long loses no room', () => {
  assert.equal(leaves(listOf(ROOMS_MAX)), undefined);
});

test('the room that was not used for the longest time leaves', () => {
  assert.equal(leaves(listOf(ROOMS_MAX + 1)), 'room-1');
  assert.equal(leaves(listOf(ROOMS_MAX + 1), { usedAt: (name) => (name === 'room-7' ? 1 : 2) }), 'room-7');
});

test('a room with something unread, unsent or half written does not leave', () => {
  const rooms = listOf(ROOMS_MAX + 1, { 'room-1': { unread: { count: 1 } }, 'room-2': { outbox: { items: [{}] } } });
  assert.equal(leaves(rooms, { drafts: ['room-3'] }), 'room-4');
});

test('no room leaves while it is not known what is unread', () => {
  assert.equal(leaves(listOf(ROOMS_MAX + 1, { 'room-9': { isReady: false, isJoined: true } })), undefined);
  // Of a room that one is not in, the server has told what is unread.
  assert.equal(leaves(listOf(ROOMS_MAX + 1, { 'room-9': { isReady: false } })), 'room-1');
});

test('a room that is opened leaves again when all others hold something', () => {
  const all = Object.fromEntries(Array.from({ length: ROOMS_MAX }, (_, n) => [`room-${n + 1}`, { unread: { count: 2 } }]));
  assert.equal(leaves(listOf(ROOMS_MAX + 1, all)), `room-${ROOMS_MAX + 1}`);
});
