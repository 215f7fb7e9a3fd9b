import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { barrierOf } from '../../web/model/room-rules.js';
import { Page, Server } from './fake_server.js';

let page;
const ADA = { id: 'ada', name: 'Ada' };
const joined = (seq, more) => {
  page.gets({
    type: 'joined', room: 'lobby', epoch: 'one', seq, topic: '', people: { count: 1, some: [ADA] }, read: 0, unread: 0, reset: true,
    oldest: 0, ...more,
  });
  page.gets({ type: 'caught_up', room: 'lobby', seq });
};
const entry = (seq, rules) => page.gets({
  type: 'room_rules', room: 'lobby', seq, at: seq, by: ADA, writers: 'everyone', slow: 0, archived: false, ...rules,
});

beforeEach(() => {
  page = new Page(new Server(), () => 0.9);
  page.connects();
  page.gets({ type: 'hello', user: ADA, token: 't', limits: { history: true, text_chars: 4_000 } });
});

test('who writes in a room is as its rules and the role of the reader say', () => {
  const cells = {
    everyone: { guest: undefined, member: undefined, moderator: undefined, owner: undefined },
    members: { guest: 'members', member: undefined, moderator: undefined, owner: undefined },
    moderators: { guest: 'moderators', member: 'moderators', moderator: undefined, owner: undefined },
  };
  for (const [writers, roles] of Object.entries(cells)) {
    for (const [role, barrier] of Object.entries(roles)) {
      assert.equal(barrierOf({ writers, slow: 0, archived: false }, role), barrier, `${writers} ${role}`);
      assert.equal(barrierOf({ writers, slow: 0, archived: true }, role), 'archived');
    }
  }
});

test('the rules of a room are those that it was joined with, and then those of its entries', () => {
  joined(4, { rules: { writers: 'members' } });
  assert.deepEqual([page.room().rules, page.room().barrier], [{ writers: 'members', slow: 0, archived: false }, 'members']);
  entry(5, { archived: true });
  assert.deepEqual([page.room().barrier, page.room().cursor.since], ['archived', 5], 'it is an entry that we have now');
  page.gets({ type: 'standing', role: 'moderator' });
  entry(6, { writers: 'moderators', slow: 30 });
  assert.deepEqual([page.room().barrier, page.room().rules.slow], [undefined, 30]);
  joined(7);
  assert.equal(page.room().rules.writers, 'everyone', 'others are not told');
});

test('who sets rules hears an answer, and the entry that all hear answers nothing', async () => {
  joined(4);
  const answers = ['one', 'two'].map(() => page.session.parts.requests.govern('room_rules', { room: 'lobby', slow: 10 }));
  entry(5, { slow: 10 });
  page.gets({ type: 'room_rules', room: 'lobby', writers: 'everyone', slow: 10, archived: false });
  page.gets({ type: 'room_rules', room: 'lobby', writers: 'everyone', slow: 20, archived: false });
  assert.deepEqual((await Promise.all(answers)).map(({ slow }) => slow), [10, 20]);
  assert.equal(page.room().cursor.since, 5);
});

test('a message that comes too early in slow mode waits, and goes out once', () => {
  joined(4, { rules: { slow: 30 } });
  page.room().say('one');
  const [{ cid }] = page.requests('say').slice(-1);
  page.gets({ type: 'error', code: 'slow_mode', text: 'wait', command: 'say', cid, retry_after: 12 });
  assert.equal(page.room().outbox.items[0].refused, undefined);
  assert.equal(page.room().outbox.paused.code, 'slow_mode');
  const times = () => page.requests('say').filter((say) => say.cid === cid).length;
  page.passes(11_999);
  assert.equal(times(), 1);
  page.passes(1);
  assert.equal(times(), 2, 'when the server says, and no later');
  page.gets({ type: 'error', code: 'slow_mode', text: 'wait', command: 'say', cid, retry_after: 30 });
  assert.equal(times(), 2);
  entry(5, { slow: 0 });
  assert.equal(times(), 3, 'slow mode is over');
  page.passes(60_000);
  assert.equal(times(), 3);
});

test('a room that is deleted is off the list, whether one is in it or comes back to it', () => {
  joined(4);
  const deleted = () => page.calls.filter(([what]) => what === 'deleted').map(([, { name }]) => name);
  page.session.open('tea');
  page.gets({ type: 'room_rules', room: 'tea', seq: 5, at: 5, by: ADA, writers: 'everyone', slow: 0, archived: false, deleted: true });
  assert.deepEqual([page.room('tea'), deleted()], [undefined, ['tea']]);
  page.session.open('tea');
  page.gets({ type: 'error', code: 'room_deleted', text: 'this room is deleted', command: 'join', room: 'tea' });
  assert.deepEqual([page.room('tea'), deleted()], [undefined, ['tea', 'tea']]);
  assert.equal(page.room().barrier, undefined, 'others are not');
});
