import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Timeline } from '../../web/model/timeline.js';
import { Unread } from '../../web/model/unread.js';
import { pageThatHears } from './fake_server.js';

const bob = { id: 'bob', name: 'Bob' };

let server;
let page;

beforeEach(() => ({ server, page } = pageThatHears(bob, 'first')));

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

test('a first visit has everything before it read', () => {
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: undefined });
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 1);
});

test('a message that comes while nobody looks is unread, and has the line above it', () => {
  hears('two', 'three');
  assert.deepEqual(unread(), { count: 2, mentions: 0, lineAfter: 1 });
  room().say('mine');
  page.settles();
  assert.equal(room().unread.count, 2, 'what is ours is read');
});

test('a message that the reader sees come is read', () => {
  room().unread.isWatched = true;
  hears('two', 'three');
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: undefined });
  page.passes(500);
  assert.equal(page.requests('read').at(-1).seq, 3);
});

test('the line stays until all is read, and then moves to the next message', () => {
  hears('two', 'three');
  room().markRead(2);
  hears('four');
  assert.deepEqual(unread(), { count: 2, mentions: 0, lineAfter: 1 });
  room().markRead(4);
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 });
  hears('five');
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 4 });
});

test('the line goes when the reader writes', () => {
  hears('two');
  room().say('mine');
  assert.equal(room().unread.lineAfter, undefined);
});

test('a mention by name or by a reply is counted and told', () => {
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

test('the read marker is sent once in a while, the last of several', () => {
  hears('two', 'three');
  room().markRead(2);
  room().markRead(3);
  room().markRead(2);
  page.passes(500);
  assert.deepEqual(page.requests('read'), [{ type: 'read', room: 'lobby', seq: 3 }]);
});

test('a marker of another connection of the reader counts here', () => {
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

test('a message that is put back is unread, with all after it, until the reader writes', () => {
  hears('two', 'three', 'four');
  room().unread.isWatched = true;
  room().markRead(4);
  page.settles();
  page.passes(500);
  page.settles();
  room().unread.putBack(3);
  page.settles();
  assert.deepEqual([room().unread.marker, room().unread.count, room().unread.lineAfter], [2, 2, 2]);
  assert.equal(server.readBy(page.session.me.id), 2);
  hears('five');
  room().markRead(5);
  assert.deepEqual([room().unread.marker, room().unread.count], [2, 3], 'the reader still looks at them');
  room().unread.clearLine();
  room().markRead(5);
  assert.deepEqual([room().unread.marker, room().unread.count, room().unread.lineAfter], [5, 0, undefined]);
});

test('a message that is put back on another machine is unread here', () => {
  hears('two', 'three');
  room().markRead(3);
  page.gets({ type: 'read', room: 'lobby', seq: 1, back: true });
  assert.deepEqual([room().unread.marker, room().unread.count], [1, 2]);
  page.passes(500);
  assert.deepEqual(page.requests('read'), [], 'what was about to be said is not so any more');
});

test('a marker that moved without a network is sent when the room is ready', () => {
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

test('a marker beyond the cursor is ignored', () => {
  room().markRead(500);
  assert.equal(room().unread.marker, 1);
});

test('the line stands where the reader left, though they look when it comes back', () => {
  room().unread.isWatched = true;
  page.loses();
  server.says(bob, 'missed');
  server.says(bob, 'missed, too');
  page.arrives();
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 });
});

test('the line of unread messages stays where it was over a lost connection', () => {
  hears('two', 'three');
  room().markRead(2);
  page.passes(500);
  page.settles();
  page.loses();
  page.arrives();
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 1 });
});

test('the line stays where the reader left over a reload, though some is seen before the rest is here', () => {
  comesAgain();
  room().unread.isWatched = true;
  room().markRead(3);
  server.says(bob, 'four');
  page.arrives();
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 });
});

test('a reload shows no line above messages that were read elsewhere', () => {
  comesAgain();
  server.reads(page.session.me.id, 'lobby', 3);
  server.says(bob, 'four');
  page.arrives();
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 3 });
});

test('a resume without new messages shows no line', () => {
  page.loses();
  page.arrives();
  assert.equal(room().unread.lineAfter, undefined);
  hears('two');
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 1 });
});

test('a reset takes the count of the server', () => {
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

test('a marker that was not sent before the connection broke is kept, and sent after it', () => {
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

test('a marker that was not sent before the connection broke is sent, though nothing is new', () => {
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

test('another log takes nothing over of what was unread', () => {
  hears('two', '@Guest 1');
  page.loses();
  server.forgets();
  server.says(bob, 'anew');
  page.arrives();
  assert.deepEqual([unread(), room().unread.marker], [{ count: 0, mentions: 0, lineAfter: undefined }, 1]);
});

test('a message that is deleted before it comes is not counted', () => {
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

test('a deleted message is uncounted', () => {
  hears('two', '@Guest 1', 'four');
  assert.deepEqual(unread(), { count: 3, mentions: 1, lineAfter: 1 });
  deletes(3);
  assert.deepEqual(unread(), { count: 2, mentions: 0, lineAfter: 1 });
  deletes(2, 4);
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: undefined }, 'nothing is below the line');
  hears('five');
  assert.equal(room().unread.count, 1);
});

test('a deleted message that was read takes nothing from the count', () => {
  hears('two', '@Guest 1', 'four');
  room().markRead(2);
  deletes(1, 2);
  assert.deepEqual(unread(), { count: 2, mentions: 1, lineAfter: 1 });
  room().markRead(3);
  assert.deepEqual(unread(), { count: 1, mentions: 0, lineAfter: 1 }, 'a mention that is read is none');
  deletes(4);
  assert.deepEqual(unread(), { count: 0, mentions: 0, lineAfter: 1 }, 'what was read stays below the line');
});

test('a deletion by the reader, or one told twice, takes nothing from the count', async () => {
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

test('a message that is deleted while the reader is away is not counted, and takes nothing from the count', () => {
  hears('two', '@Guest 1', 'four');
  page.passes(500);
  page.settles();
  page.loses();
  server.says(bob, 'five');
  for (const seq of [3, 5]) server.changes(bob, 'deleted', seq);
  page.arrives();
  assert.deepEqual([unread().count, unread().mentions], [2, 0]);
});

test('a deletion while the reader is away takes nothing twice, where they have read on without a network', () => {
  hears('two', 'three', 'four', 'five');
  room().markRead(2);
  page.loses();
  server.says(bob, 'six');
  for (const seq of [2, 3, 6]) server.changes(bob, 'deleted', seq);
  page.arrives();
  assert.equal(room().unread.count, 2);
});

test('a deleted message that is not held is uncounted', () => {
  hears('two', '@Guest 1', ...Array.from({ length: 40 }, (_, n) => `${n}`));
  room().timeline.trim(10, Infinity, true);
  deletes(3, 4);
  assert.deepEqual([unread().count, unread().mentions], [40, 0]);
});

test('an edit that adds or removes a mention is counted, unless the message is read', () => {
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

test('a reply that is edited still counts as a mention', () => {
  room().say('tea?');
  page.settles();
  const seq = server.says(bob, 'yes', 'lobby', { reply_to: room().timeline.messages.at(-1).seq });
  page.hears();
  edits(seq, 'no');
  assert.equal(unread().mentions, 1);
  deletes(seq);
  assert.deepEqual([unread().count, unread().mentions], [0, 0]);
});

test('mentions are known again after a reload', () => {
  hears('two', '@Guest 1', '`@Guest 1`');
  page.session.saveNow();
  page.reloads();
  page.arrives();
  assert.deepEqual([unread().count, unread().mentions], [3, 1]);
  deletes(3);
  assert.deepEqual([unread().count, unread().mentions], [2, 0]);
});

test('a mention of a longer name is not one of the shorter, though its owner is away', () => {
  server.users.set('token of Guest 1 a', { id: 'other', name: 'Guest 1 a' });
  page.gets({ type: 'people', room: 'lobby', count: 2, joined: [{ id: 'other', name: 'Guest 1 a' }] });
  page.gets({ type: 'people', room: 'lobby', count: 1, left: [{ id: 'other', name: 'Guest 1 a' }] });
  hears('@Guest 1 a');
  assert.equal(unread().mentions, 0);
  server.says({ id: 'third', name: 'Guest 1 b' }, 'hello');
  hears('@Guest 1 b', '@Guest 1 c');
  assert.equal(unread().mentions, 1, 'whom nobody knows is nobody');
});

test('live and missed messages are told to the listener; those of a first load are not', () => {
  assert.deepEqual(page.received, []);
  hears('two');
  page.loses();
  server.says(bob, 'three');
  page.arrives();
  assert.deepEqual(page.received.map(({ message }) => message.text), ['two', 'three']);
});
