import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Refusal } from '../../web/model/requests.js';
import { Thread } from '../../web/model/thread.js';
import { Timeline } from '../../web/model/timeline.js';

const ada = { id: 'a', name: 'Ada' };
const bob = { id: 'b', name: 'Bob' };

let room;
let thread;
let answers;
let asked;

const message = (seq, more) => ({ type: 'message', room: 'lobby', seq, at: seq * 1_000, from: bob, text: `text ${seq}`, ...more });
const reply = (seq, to = 1, more = {}) => message(seq, { reply_to: to, ...more });
const shown = () => thread.timeline.messages.map(({ seq }) => seq);

/** Both hear it, the thread first. */
const hears = (event) => {
  thread.handle(event, room);
  if (event.type === 'message') room.timeline.add(event, 'a');
  else room.timeline.change(event, 'a');
};

function opens() {
  const session = { me: ada, limits: { history: true }, on: { changed() {} } };
  const requests = {
    async thread(...question) {
      asked.push(question);
      return answers.shift();
    },
  };
  thread = new Thread({ room, seq: 1, session, requests });
}

beforeEach(() => {
  answers = [];
  asked = [];
  const timeline = new Timeline();
  const outbox = { items: [], find: (cid) => outbox.items.find((item) => item.cid === cid) };
  room = { name: 'lobby', timeline, outbox };
  for (const entry of [message(1), message(2), reply(3), reply(4, 3, { root: 1 })]) timeline.add(entry, 'a');
});

test('a thread begins with what the room holds, without quoting what all of it answers', () => {
  opens();
  assert.deepEqual(shown(), [1, 3, 4]);
  assert.deepEqual(thread.replies.map(({ replyTo }) => replyTo), [undefined, 3]);
  assert.equal(thread.count, 2);
});

test('far above the end only the first message is taken from the room: between would be a hole', () => {
  room.timeline.hasNewer = true;
  opens();
  assert.deepEqual(shown(), [1]);
});

test('a thread follows what is said, changed and deleted in it, and nothing else', () => {
  opens();
  hears(message(5));
  hears(reply(6, 2));
  hears(reply(7));
  hears(reply(8, 7, { root: 1 }));
  hears({ type: 'edited', seq: 9, at: 9, target: 7, text: 'other', by: bob });
  hears({ type: 'deleted', seq: 10, at: 10, target: 8, by: bob });
  assert.deepEqual(shown(), [1, 3, 4, 7, 8]);
  assert.deepEqual([thread.timeline.get(7).text, thread.timeline.get(8).deleted, thread.count], ['other', true, 3]);
});

test('older replies are asked for before the oldest that is held, and the count is the server’s', async () => {
  for (const seq of [3, 4]) room.timeline.change({ type: 'deleted', seq: seq + 10, target: seq, by: bob });
  opens();
  answers = [
    { entries: [reply(20), reply(21)], more: true },
    { entries: [message(1, { replies: { count: 7, last: 21_000, seq: 21, by: [bob] } }), reply(2)], more: false },
  ];
  await thread.load('latest');
  assert.equal(thread.timeline.hasOlder, true);
  await thread.load('older');
  assert.deepEqual(asked, [['lobby', 1, undefined], ['lobby', 1, 3]]);
  assert.equal(thread.timeline.hasOlder, false);
  assert.equal(thread.count, 7);
});

test('what is written stands there until it has arrived, and then in its place', () => {
  opens();
  const item = { cid: 'c', room: 'lobby', text: 'mine', at: 30_000, replyTo: 1 };
  room.outbox.items = [item, { ...item, cid: 'd', replyTo: 2 }];
  assert.deepEqual(thread.unsent.map(({ key, replyTo }) => [key, replyTo]), [['cid c', undefined]]);
  thread.handle({ type: 'receipt', room: 'lobby', cid: 'c', seq: 30 }, room);
  room.outbox.items = [];
  assert.deepEqual(thread.replies.at(-1).key, 'cid c');
  hears(reply(30, 1, { from: ada, cid: 'c', text: 'mine' }));
  assert.deepEqual([shown().at(-1), thread.count], [30, 3]);
});

test('a refusal is told, and the next attempt forgets it', async () => {
  opens();
  const refused = { then: (_, reject) => reject(new Refusal('unavailable', 'later')) };
  answers = [refused, { entries: [reply(3)], more: false }];
  await thread.load('latest');
  assert.notEqual(thread.failure, '');
  await thread.load('latest');
  assert.equal(thread.failure, '');
});

test('who says something, or comes, under another name has it over what they said in the thread', () => {
  opens();
  const names = () => thread.timeline.messages.map(({ from }) => from.name);
  hears(message(8, { from: { ...bob, name: 'Bobby' } }));
  assert.deepEqual(names(), ['Bobby', 'Bobby', 'Bobby']);
  thread.handle({ type: 'people', room: 'lobby', count: 1, joined: [{ ...bob, name: 'Robert' }] }, room);
  assert.deepEqual(names(), ['Robert', 'Robert', 'Robert']);
});
