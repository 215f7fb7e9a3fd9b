import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WebStorage } from '../../web/model/web-storage.js';
import { levelOf, titleOf, unreadIn, alertsFor } from '../../web/model/notify.js';

/** What is worth what: `told` is a sound and a notification as well. */
function check(message, expected, { level = 'mentions', isWatching = false } = {}) {
  const { counts, sounds, shows } = alertsFor({ message, level, isWatching });
  assert.equal(sounds, shows);
  assert.equal(shows ? 'told' : counts ? 'counted' : 'nothing', expected, JSON.stringify({ message, level, isWatching }));
}

test('a message in a room is counted, what speaks to me is told', () => {
  check({}, 'counted');
  check({ addressesMe: true }, 'told');
});

test('one is told of everything, or of nothing, where one wants that', () => {
  check({}, 'told', { level: 'all' });
  check({ addressesMe: true }, 'nothing', { level: 'none' });
});

test('what I say myself, what I watch and what was deleted is nothing new', () => {
  check({ isMine: true }, 'nothing', { level: 'all' });
  check({ addressesMe: true }, 'nothing', { level: 'all', isWatching: true });
  check({ deleted: true, addressesMe: true }, 'nothing', { level: 'all' });
});

test('the level of a room is kept, and mentions are what there is without one', () => {
  const storage = new WebStorage(() => null, '');
  storage.set('notify tea', 'none');
  storage.set('notify cake', 'nonsense');
  assert.deepEqual(['tea', 'cake', 'lobby'].map((name) => levelOf(storage, name)), ['none', 'mentions', 'mentions']);
});

test('the title counts the rooms that one wants to be told of', () => {
  const rooms = [{ name: 'lobby', unread: { count: 2 } }, { name: 'tea', unread: { count: 1 } }, { name: 'noise', unread: { count: 40 } }];
  assert.equal(unreadIn(rooms, (name) => (name === 'noise' ? 'none' : 'mentions')), 3);
  assert.deepEqual(
    [titleOf('tea', 3), titleOf('tea', 0), titleOf('lobby', 3), titleOf('lobby', 0)],
    ['(3) tea · Chinwag', 'tea · Chinwag', '(3) Chinwag', 'Chinwag'],
  );
});

test('the title of the window does not say with whom one talks', () => {
  assert.equal(titleOf('__dabcdefghijklmnopqrst', 2), '(2) Chinwag');
  assert.equal(titleOf('__pabcdefghijklmnopqrst', 0), 'Chinwag');
});
