import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Timeline } from '../../web/model/timeline.js';
import { Unread } from '../../web/model/unread.js';
import { Page, Server } from './fake_server.js';

const bob = { id: 'bob', name: 'Bob' };

let server;
let page;

beforeEach(() => {
  server = new Server();
  server.says(bob, 'first');
  page = new Page(server);
  page.arrives();
});

const room = () => page.room();
/** What a reader is told of what is unread. */
const unread = () => {
  const { count, mentions, lineAfter } = room().unread;
  return { count, mentions: mentions.length, lineAfter };
};
const hears = (...texts) => {
  for (const text of texts) server.says(bob, text);
  page.hears();
};
/** Two and three come while nobody looks, and the page is opened again. */
const comesAgain = () => {
  page.passes(500);
  page.settles();
  hears('two', 'three');
  page.session.saveNow();
  page.reloads();
};

/** Messages of somebody else in a timeline, and what is unread of them. */
function unreadOf(...seqs) {
  const timeline = new Timeline();
  for (const seq of seqs) timeline.add({ seq, at: seq, from: bob, text: `${seq}` }, 'me');
  const sent = [];
  const timers = { setTimeout: () => 1, clearTimeout() {} };
  const unread = new Unread(timeline, timers, { changed() {}, send: (seq) => sent.push(seq) });
  return { unread, sent };
}

test('the line is gone when the reader comes back to a room where all below it was read', () => {
  const { unread } = unreadOf(1, 2, 3);
  unread.joined({ read: 1, unread: 2, reset: false }, false);
  unread.caughtUp();
  assert.deepEqual([unread.lineAfter, unread.count], [1, 2]);
  unread.moveMarker(2);
  unread.leave();
  assert.equal(unread.lineAfter, 1, 'one is left below it');
  unread.moveMarker(3);
  unread.leave();
  assert.equal(unread.lineAfter, undefined);
});

test('a room that is left is watched no more: what comes is unread', () => {
  const { unread } = unreadOf(1);
  unread.joined({ read: 1, unread: 0, reset: false }, false);
  unread.caughtUp();
  unread.isWatched = true;
  unread.leave();
  assert.equal(unread.add(2), true);
  assert.deepEqual([unread.count, unread.lineAfter], [1, 1]);
});

test('the marker is sent once, and not where the server has told it', () => {
  const { unread, sent } = unreadOf(1, 2);
  unread.moveMarker(1);
  unread.sendMarker();
  assert.deepEqual(sent, []);
  unread.markRead(2);
  unread.sendMarker();
  unread.sendMarker();
  assert.deepEqual(sent, [2]);
});

test('who is here for the first time has read all that was said before', () => {
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: undefined });
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 1);
});

test('what comes while nobody looks is unread, from the line on', () => {
  hears('two', 'three');
  assert.deepEqual(unread(), { count: 2, mentions: 0, lineAfter: 1 });
  room().say('mine');
  page.settles();
  assert.equal(room().unread.count, 2, 'what is ours is read');
});

test('what comes before the eyes of the reader is read', () => {
  room().unread.isWatched = true;
  hears('two', 'three');
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: undefined });
  page.passes(500);
  assert.equal(page.requests('read').at(-1).seq, 3);
});

test('the line stays until all was read, and then moves on to what comes next', () => {
  hears('two', 'three');
  room().markRead(2);
  hears('four');
  assert.deepEqual(unread(), { count: 2, mentions: 0, lineAfter: 1 });
  room().markRead(4);
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 });
  hears('five');
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 4 });
});

test('whoever says something has no line any more', () => {
  hears('two');
  room().say('mine');
  assert.equal(room().unread.lineAfter, undefined);
});

test('who is spoken to is told so: by name, or by an answer', () => {
  room().say('tea?');
  page.settles();
  const [, mine] = room().timeline.messages;
  server.says(bob, 'hello @guest 1');
  server.says(bob, 'yes', 'lobby', { reply_to: mine.seq });
  server.says(bob, 'Guest 1 says nothing');
  page.hears();
  assert.deepEqual([unread().count, unread().mentions], [3, 2]);
  assert.deepEqual(page.received.slice(1).map(({ message }) => Boolean(message.addressesMe)), [true, true, false]);
  room().markRead(room().timeline.newest);
  assert.deepEqual([unread().count, unread().mentions], [0, 0]);
});

test('what is read is told once in a while, the last of it', () => {
  hears('two', 'three');
  room().markRead(2);
  room().markRead(3);
  room().markRead(2);
  page.passes(500);
  assert.deepEqual(page.requests('read'), [{ type: 'read', room: 'lobby', seq: 3 }]);
});

test('what another connection of ours has read is read here', () => {
  page.passes(500);
  hears('two', 'three', 'four');
  page.gets({ type: 'read', room: 'lobby', seq: 3 });
  assert.deepEqual([room().unread.marker, room().unread.count], [3, 1]);
  page.gets({ type: 'read', room: 'lobby', seq: 2 });
  assert.deepEqual([room().unread.marker, room().unread.count], [3, 1], 'a marker only grows');
  page.settles();
  page.passes(500);
  assert.deepEqual(page.requests('read'), [], 'and need not be told again');
});

test('what is read without a network is told when the room is there', () => {
  comesAgain();
  room().markRead(2);
  page.connects();
  page.passes(500);
  assert.deepEqual(page.requests('read'), []);
  page.settles();
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 2);
});

test('what is not held is not read, whatever is seen', () => {
  room().markRead(500);
  assert.equal(room().unread.marker, 1);
});

test('coming back, the line stands where one left, though one looks', () => {
  room().unread.isWatched = true;
  page.loses();
  server.says(bob, 'missed');
  server.says(bob, 'missed, too');
  page.arrives();
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 });
});

test('coming back with something unread still, the line stays where it was', () => {
  hears('two', 'three');
  room().markRead(2);
  page.passes(500);
  page.settles();
  page.loses();
  page.arrives();
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 1 });
});

test('opened again, the line stays where one left, though some of it is seen before the rest is here', () => {
  comesAgain();
  room().unread.isWatched = true;
  room().markRead(3);
  server.says(bob, 'four');
  page.arrives();
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 });
});

test('opened again, there is no line above what was read elsewhere', () => {
  comesAgain();
  server.reads(page.session.me.id, 'lobby', 3);
  server.says(bob, 'four');
  page.arrives();
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 3 });
});

test('coming back to nothing new, there is no line', () => {
  page.loses();
  page.arrives();
  assert.equal(room().unread.lineAfter, undefined);
  hears('two');
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 1 });
});

test('coming back after long, what is unread is what the server has counted', () => {
  page.passes(500);
  page.settles();
  page.loses();
  server.resumeMax = 10;
  for (let n = 0; n < 120; n++) server.says(bob, n % 40 ? `${n}` : '@Guest 1');
  page.arrives();
  assert.deepEqual(unread(), { count: 120, mentions: 1, lineAfter: 1 });
  page.loses();
  for (let n = 0; n < 20; n++) server.says(bob, `${n} more`);
  page.arrives();
  assert.deepEqual([unread().count, unread().mentions], [140, 0], 'none is counted twice');
  const held = room().timeline.messages;
  room().markRead(held[9].seq);
  assert.equal(room().unread.count, 40, 'though not all of it is held');
});

test('what was read just before the connection broke is read, and told then', () => {
  page.passes(500);
  page.settles();
  hears('two', 'three', 'four');
  room().markRead(2);
  page.loses();
  server.says(bob, 'five');
  page.arrives();
  assert.deepEqual([room().unread.marker, room().unread.count], [2, 3]);
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 2);
});

test('what was read just before the connection broke is told, though nothing is new', () => {
  page.passes(500);
  page.settles();
  room().unread.isWatched = true;
  hears('two');
  page.loses();
  page.arrives();
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 2);
});

test('another log has nothing of what was unread in the one before', () => {
  hears('two', '@Guest 1');
  page.loses();
  server.forgets();
  server.says(bob, 'anew');
  page.arrives();
  assert.deepEqual([unread(), room().unread.marker], [{ count: 0, mentions: 0, lineAfter: undefined }, 1]);
});

test('what was deleted before it was heard is not news', () => {
  page.loses();
  const seq = server.says(bob, 'oops');
  server.changes(bob, 'deleted', seq);
  page.received = [];
  page.arrives();
  assert.deepEqual([unread(), page.received], [{ count: 0, mentions: 0, lineAfter: undefined }, []]);
});

const deletes = (...all) => {
  for (const seq of all) server.changes(bob, 'deleted', seq);
  page.hears();
};
const edits = (seq, text) => {
  server.changes(bob, 'edited', seq, { text });
  page.hears();
};

test('what is deleted does not count any more', () => {
  hears('two', '@Guest 1', 'four');
  assert.deepEqual(unread(), { count: 3, mentions: 1, lineAfter: 1 });
  deletes(3);
  assert.deepEqual(unread(), { count: 2, mentions: 0, lineAfter: 1 });
  deletes(2, 4);
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: undefined }, 'nothing is below the line');
  hears('five');
  assert.equal(room().unread.count, 1);
});

test('what was read and is deleted takes nothing from what is unread', () => {
  hears('two', '@Guest 1', 'four');
  room().markRead(2);
  deletes(1, 2);
  assert.deepEqual(unread(), { count: 2, mentions: 1, lineAfter: 1 });
  room().markRead(3);
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 1 }, 'a mention that is read is none');
  deletes(4);
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 }, 'what was read stays below the line');
});

test('what we delete ourselves, or what nobody deletes twice, takes nothing either', async () => {
  hears('two', 'three');
  room().say('mine');
  page.settles();
  const { seq } = room().timeline.messages.at(-1);
  page.more.requests.change(room(), 'delete', { seq });
  page.settles();
  assert.equal(room().unread.count, 2);
  const last = { type: 'deleted', room: 'lobby', seq: 100, at: 1, by: bob, target: 2 };
  page.gets(last, last);
  assert.equal(room().unread.count, 1);
});

test('what is deleted while we are away is not counted, and takes nothing', () => {
  hears('two', '@Guest 1', 'four');
  page.passes(500);
  page.settles();
  page.loses();
  server.says(bob, 'five');
  for (const seq of [3, 5]) server.changes(bob, 'deleted', seq);
  page.arrives();
  assert.deepEqual([unread().count, unread().mentions], [2, 0]);
});

test('what is deleted while we are away takes nothing twice, where we have read on without a network', () => {
  hears('two', 'three', 'four', 'five');
  room().markRead(2);
  page.loses();
  server.says(bob, 'six');
  for (const seq of [2, 3, 6]) server.changes(bob, 'deleted', seq);
  page.arrives();
  assert.equal(room().unread.count, 2);
});

test('what is deleted and not held does not count any more either', () => {
  hears('two', '@Guest 1', ...Array.from({ length: 40 }, (_, n) => `${n}`));
  room().timeline.trim(10, Infinity, true);
  deletes(3, 4);
  assert.deepEqual([unread().count, unread().mentions], [40, 0]);
});

test('an edit that mentions us, or does so no more, is counted; what is read is not', () => {
  hears('two', '@Guest 1', 'four');
  edits(2, 'oh, @guest 1');
  assert.equal(unread().mentions, 2);
  edits(3, '`@Guest 1`');
  edits(2, 'nobody');
  assert.deepEqual([unread().count, unread().mentions], [3, 0]);
  edits(1, '@Guest 1');
  assert.equal(unread().mentions, 0);
  edits(4, '@Guest 1');
  page.gets({ type: 'edited', room: 'lobby', seq: 6, at: 1, by: bob, target: 4, text: 'of before' });
  assert.equal(unread().mentions, 1, 'an older text is no news');
});

test('an answer that is edited stays one', () => {
  room().say('tea?');
  page.settles();
  const seq = server.says(bob, 'yes', 'lobby', { reply_to: room().timeline.messages.at(-1).seq });
  page.hears();
  edits(seq, 'no');
  assert.equal(unread().mentions, 1);
  deletes(seq);
  assert.deepEqual([unread().count, unread().mentions], [0, 0]);
});

test('what speaks to us is known again when the page is opened again', () => {
  hears('two', '@Guest 1', '`@Guest 1`');
  page.session.saveNow();
  page.reloads();
  page.arrives();
  assert.deepEqual([unread().count, unread().mentions], [3, 1]);
  deletes(3);
  assert.deepEqual([unread().count, unread().mentions], [2, 0]);
});

test('whoever has a longer name is meant by it, though they are away', () => {
  server.users.set('token of Guest 1 a', { id: 'other', name: 'Guest 1 a' });
  page.gets({ type: 'people', room: 'lobby', count: 2, joined: [{ id: 'other', name: 'Guest 1 a' }] });
  page.gets({ type: 'people', room: 'lobby', count: 1, left: [{ id: 'other', name: 'Guest 1 a' }] });
  hears('@Guest 1 a');
  assert.equal(unread().mentions, 0);
  server.says({ id: 'third', name: 'Guest 1 b' }, 'hello');
  hears('@Guest 1 b', '@Guest 1 c');
  assert.equal(unread().mentions, 1, 'whom nobody knows is nobody');
});

test('what is heard live or missed is told of; a first load is not', () => {
  assert.deepEqual(page.received, []);
  hears('two');
  page.loses();
  server.says(bob, 'three');
  page.arrives();
  assert.deepEqual(page.received.map(({ message }) => message.text), ['two', 'three']);
});
