import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Keep } from '../../web/model/keep.js';
import { levelOf, titleOf, unreadIn, worth } from '../../web/model/notify.js';

const me = { id: 'a', name: 'Ada' };
const room = { name: 'tea', timeline: { rows: [{ seq: 1, isMine: true }, { seq: 2, isMine: false }, { kind: 'notice', seq: 2 }] } };

/** What is worth what: `told` is a sound and a notification as well. */
function check(message, expected, { level = 'mentions', isWatching = false, who = me } = {}) {
  const { counts, sounds, shows } = worth({ message: { text: '', isMine: false, ...message }, room, me: who, level, isWatching });
  assert.equal(sounds, shows);
  assert.equal(shows ? 'told' : counts ? 'counted' : 'nothing', expected, JSON.stringify({ message, level, isWatching }));
}

test('a message in a room is counted, a mention is told', () => {
  check({ text: 'Tea?' }, 'counted');
  check({ text: 'Tea, @Ada?' }, 'told');
});

test('one is told of everything, or of nothing, where one wants that', () => {
  check({ text: 'Tea?' }, 'told', { level: 'all' });
  check({ text: 'Tea, @Ada?' }, 'nothing', { level: 'none' });
});

test('what I say myself, what I watch and what was deleted is nothing new', () => {
  check({ text: '@Ada is me', isMine: true }, 'nothing', { level: 'all' });
  check({ text: 'Tea, @Ada?' }, 'nothing', { level: 'all', isWatching: true });
  check({ deleted: true, replyTo: 1 }, 'nothing', { level: 'all' });
});

test('an answer to a message of mine is a mention, one to somebody else is not', () => {
  check({ text: 'Gladly', replyTo: 1 }, 'told');
  check({ text: 'Gladly', replyTo: 2 }, 'counted');
  check({ text: 'Gladly', replyTo: 99 }, 'counted');
});

test('a mention is my name after an @, in any case, up to the end of a word', () => {
  const mentions = [
    ['Ada', '@ada', true],
    ['Ada', '@ADA, tea?', true],
    ['Ada', '(@Ada)', true],
    ['Ada', 'Ada, tea?', false],
    ['Ada', '@Adam', false],
    ['Ada', '@Ada_2', false],
    ['Ada', '@Ada2', false],
    ['Ada', 'mail me: bob@ada.org', false],
    ['Ada L.', 'ask @ada l. about it', true],
    ['Ada L.', '@Ada Lx', false],
    ['Ärzte', '@ärzte!', true],
    ['Zoe', '@Zoe\u0301', false],
    ['Zoé', '@zoe\u0301 is here', true],
    ['Jo', '@Joé', false],
    ['Иван', 'привет @иван', true],
    ['Иван', '@Иванов', false],
    ['花子', '@花子、お茶?', true],
    ['花子', 'ねえ@花子さん', true],
    ['Ada', '@Adaさん', true],
    ['نادية', 'صباح الخير @نادية', true],
    ['(^_^)', 'look, @(^_^) is here', true],
    ['a.b', '@axb', false],
  ];
  for (const [name, text, isMention] of mentions) check({ text }, isMention ? 'told' : 'counted', { who: { id: 'a', name } });
});

test('who has no name yet is not mentioned', () => {
  check({ text: '@ hello' }, 'counted', { who: undefined });
  check({ text: '@ hello' }, 'counted', { who: { id: '', name: '' } });
});

test('the level of a room is kept, and mentions are what there is without one', () => {
  const keep = new Keep(() => null, '');
  keep.set('notify tea', 'none');
  keep.set('notify cake', 'nonsense');
  assert.deepEqual(['tea', 'cake', 'lobby'].map((name) => levelOf(keep, name)), ['none', 'mentions', 'mentions']);
});

test('the title counts the rooms that one wants to be told of', () => {
  const rooms = [{ name: 'lobby', unread: 2 }, { name: 'tea', unread: 1 }, { name: 'noise', unread: 40 }];
  assert.equal(unreadIn(rooms, (name) => (name === 'noise' ? 'none' : 'mentions')), 3);
  assert.deepEqual(
    [titleOf('tea', 3), titleOf('tea', 0), titleOf('lobby', 3), titleOf('lobby', 0)],
    ['(3) tea · Chinwag', 'tea · Chinwag', '(3) Chinwag', 'Chinwag'],
  );
});
