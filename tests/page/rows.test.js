import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { GROUP_MS_MAX, beginsGroup, rowsOf } from '../../web/model/rows.js';
import { Outbox } from '../../web/model/outbox.js';
import { Timeline } from '../../web/model/timeline.js';
import { FakeDatabase } from './fake_server.js';

const ada = { id: 'a', name: 'Ada' };
const bob = { id: 'b', name: 'Bob' };
const noon = new Date(2026, 10, 25, 12).getTime();
const DAY_MS = 86_400_000;

let room;

beforeEach(() => (room = { timeline: new Timeline(), outbox: new Outbox(new FakeDatabase(), []), unread: { lineAfter: undefined } }));

const says = (seq, { from = bob, at = noon } = {}) => room.timeline.add({ seq, from, at, text: `text ${seq}` }, 'a');
const rows = () => rowsOf(room, ada);
/** A word a row: what it is, or the number of a message. */
const shown = () => rows().map(({ kind, seq }) => (kind === 'message' ? seq : kind));

test('a day stands above its first message', () => {
  says(1);
  says(2);
  says(3, { at: noon + DAY_MS });
  assert.deepEqual(shown(), ['day', 1, 2, 'day', 3]);
  assert.deepEqual(rows().filter(({ kind }) => kind === 'day').map(({ at }) => at), [noon, noon + DAY_MS]);
});

test('many renames in a row are one line, few stay as they are, and what is missing is never folded', () => {
  says(1);
  for (const text of ['one', 'two']) room.timeline.addNotice(text, true);
  assert.deepEqual(shown(), ['day', 1, 'notice', 'notice']);
  room.timeline.addNotice('three', true);
  room.timeline.addNotice('some are missing');
  room.timeline.addNotice('four', true);
  assert.deepEqual(shown(), ['day', 1, 'notices', 'notice', 'notice']);
  const [, , folded] = rows();
  assert.deepEqual(folded.texts, ['one', 'two', 'three']);
  says(2);
  room.timeline.addNotice('five', true);
  assert.deepEqual(rows()[2].key, folded.key, 'it is the same line');
});

test('a day begins at midnight where the reader is', () => {
  const midnight = new Date(2026, 10, 26).getTime();
  says(1, { at: midnight - 1 });
  says(2, { at: midnight });
  assert.deepEqual(shown(), ['day', 1, 'day', 2]);
});

test('a clock that was set back has a day twice, each a row of its own', () => {
  [noon, noon + DAY_MS, noon, noon + DAY_MS].forEach((at, n) => says(n + 1, { at }));
  const keys = rows().map(({ key }) => key);
  assert.equal(new Set(keys).size, 8);
});

test('the same rows have the same keys, when older ones come above', () => {
  says(5);
  const before = rows().map(({ key }) => key);
  says(4);
  assert.deepEqual(rows().map(({ key }) => key).filter((key) => before.includes(key)), before);
});

test('the unread line stands above the first message of another after it', () => {
  says(1);
  says(2, { from: ada });
  says(3);
  says(4);
  assert.deepEqual(shown(), ['day', 1, 2, 3, 4]);
  room.unread.lineAfter = 1;
  assert.deepEqual(shown(), ['day', 1, 2, 'unread', 3, 4]);
  room.unread.lineAfter = 0;
  assert.deepEqual(shown(), ['day', 'unread', 1, 2, 3, 4]);
  room.unread.lineAfter = 4;
  assert.deepEqual(shown(), ['day', 1, 2, 3, 4]);
});

test('where the first unread message is not held there is no line', () => {
  says(8);
  says(9);
  room.timeline.hasOlder = true;
  room.unread.lineAfter = 5;
  assert.deepEqual(shown(), ['day', 8, 9]);
  room.timeline.hasOlder = false;
  assert.deepEqual(shown(), ['day', 'unread', 8, 9]);
});

test('what another log had is not unread in this one', () => {
  says(8);
  room.timeline.beginEra();
  says(1);
  says(2);
  room.unread.lineAfter = 1;
  assert.deepEqual(shown(), ['day', 8, 1, 'unread', 2]);
});

test('what is not sent yet stands below, and keeps its key when it is', () => {
  says(1);
  room.outbox.add({ cid: 'x', room: 'lobby', text: 'mine', at: noon, replyTo: 1 });
  const [, , unsent] = rows();
  const { key, kind, isMine, from, replyTo } = unsent;
  assert.deepEqual({ key, kind, isMine, from, replyTo }, { key: 'cid x', kind: 'unsent', isMine: true, from: ada, replyTo: 1 });
  room.timeline.add({ seq: 2, from: ada, at: noon, text: 'mine', cid: 'x' }, 'a');
  assert.equal(rows()[2].key, key);
});

test('what is not sent yet stands at the end of the log, not of what is held of it', () => {
  says(1);
  room.outbox.add({ cid: 'x', room: 'lobby', text: 'mine', at: noon });
  room.timeline.hasNewer = true;
  assert.deepEqual(shown(), ['day', 1]);
});

test('consecutive messages of one person within five minutes are a group', () => {
  const row = (from, at, more) => ({ kind: 'message', from, at, ...more });
  const first = row(ada, 0);
  assert.ok(beginsGroup(undefined, first));
  assert.ok(!beginsGroup(first, row(ada, GROUP_MS_MAX)));
  assert.ok(beginsGroup(first, row(ada, GROUP_MS_MAX + 1)));
  assert.ok(beginsGroup(first, row(bob, 1)));
  assert.ok(beginsGroup(first, row({ ...ada, name: 'Cleo' }, 1)));
  assert.ok(beginsGroup(first, row(ada, 1, { replyTo: 1 })));
  for (const kind of ['notice', 'day', 'unread']) assert.ok(beginsGroup({ kind, at: 0 }, row(ada, 1)), kind);
});
