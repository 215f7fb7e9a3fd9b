import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arrange, isWanted, signOf } from '../../web/model/room-list.js';

const quiet = { unread: 0, mentions: 0, level: 'mentions', hasDraft: false };

test('favourites are apart, and each part is by last use', () => {
  const used = { tea: 3, work: 9, garden: 5 };
  const usedAt = (name) => used[name] ?? 0;
  const isChosen = (name) => ['garden', 'work'].includes(name);
  assert.deepEqual(arrange(['lobby', 'attic', 'tea', 'garden', 'work'], isChosen, usedAt), {
    favourites: ['work', 'garden'], others: ['tea', 'lobby', 'attic'],
  });
});

test('a filter finds letters anywhere in a name, in either case', () => {
  assert.ok(isWanted('garden-party', ' PARTY '));
  assert.ok(isWanted('garden-party', ''));
  assert.ok(!isWanted('garden-party', 'tea'));
});

test('a row has one sign: news before a draft, a draft before silence', () => {
  assert.equal(signOf(quiet), '');
  assert.equal(signOf({ ...quiet, unread: 2, hasDraft: true }), 'count');
  assert.equal(signOf({ ...quiet, hasDraft: true, level: 'none' }), 'draft');
});

test('a muted room is counted only when it mentions the reader', () => {
  assert.equal(signOf({ ...quiet, unread: 2, level: 'none' }), 'muted');
  assert.equal(signOf({ ...quiet, unread: 2, mentions: 1, level: 'none' }), 'count');
});
