import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Page, Server } from './fake_server.js';

const bob = { id: 'bob', name: 'Bob' };
const cleo = { id: 'cleo', name: 'Cleo' };

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
  const { unread, mentions, unreadAfter } = room();
  return { unread, mentions: mentions.length, unreadAfter };
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
const refuses = (type, code, more) => {
  const [{ cid }] = page.requests(type);
  page.sent = [];
  page.gets({ type: 'error', code, text: `it is ${code}`, command: type, cid, ...more });
};

// What is unread

test('who is here for the first time has read all that was said before', () => {
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: undefined });
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 1);
});

test('what comes while nobody looks is unread, from the line on', () => {
  hears('two', 'three');
  assert.deepEqual(unread(), { unread: 2, mentions: 0, unreadAfter: 1 });
  room().say('mine');
  page.settles();
  assert.equal(room().unread, 2, 'what is ours is read');
});

test('what comes before the eyes of the reader is read', () => {
  room().isWatched = true;
  hears('two', 'three');
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: undefined });
  page.passes(500);
  assert.equal(page.requests('read').at(-1).seq, 3);
});

test('the line stays until all was read, and then moves on to what comes next', () => {
  hears('two', 'three');
  room().markRead(2);
  hears('four');
  assert.deepEqual(unread(), { unread: 2, mentions: 0, unreadAfter: 1 });
  room().markRead(4);
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: 1 });
  hears('five');
  assert.deepEqual(unread(), { unread: 1, mentions: 0, unreadAfter: 4 });
});

test('whoever says something has no line any more', () => {
  hears('two');
  room().say('mine');
  assert.equal(room().unreadAfter, undefined);
});

test('who is spoken to is told so: by name, or by an answer', () => {
  room().say('tea?');
  page.settles();
  const [, mine] = room().timeline.messages;
  server.says(bob, 'hello @guest 1');
  server.says(bob, 'yes', 'lobby', { reply_to: mine.seq });
  server.says(bob, 'Guest 1 says nothing');
  page.hears();
  assert.deepEqual([unread().unread, unread().mentions], [3, 2]);
  assert.deepEqual(page.received.slice(1).map(({ message }) => Boolean(message.addressesMe)), [true, true, false]);
  room().markRead(room().timeline.newest);
  assert.deepEqual([unread().unread, unread().mentions], [0, 0]);
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
  assert.deepEqual([room().read, room().unread], [3, 1]);
  page.gets({ type: 'read', room: 'lobby', seq: 2 });
  assert.deepEqual([room().read, room().unread], [3, 1], 'a marker only grows');
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
  assert.equal(room().read, 1);
});

test('coming back, the line stands where one left, though one looks', () => {
  room().isWatched = true;
  page.loses();
  server.says(bob, 'missed');
  server.says(bob, 'missed, too');
  page.arrives();
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: 1 });
});

test('coming back with something unread still, the line stays where it was', () => {
  hears('two', 'three');
  room().markRead(2);
  page.passes(500);
  page.settles();
  page.loses();
  page.arrives();
  assert.deepEqual(unread(), { unread: 1, mentions: 0, unreadAfter: 1 });
});

test('opened again, the line stays where one left, though some of it is seen before the rest is here', () => {
  comesAgain();
  room().isWatched = true;
  room().markRead(3);
  server.says(bob, 'four');
  page.arrives();
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: 1 });
});

test('opened again, there is no line above what was read elsewhere', () => {
  comesAgain();
  server.reads(page.session.me.id, 'lobby', 3);
  server.says(bob, 'four');
  page.arrives();
  assert.deepEqual(unread(), { unread: 1, mentions: 0, unreadAfter: 3 });
});

test('coming back to nothing new, there is no line', () => {
  page.loses();
  page.arrives();
  assert.equal(room().unreadAfter, undefined);
  hears('two');
  assert.deepEqual(unread(), { unread: 1, mentions: 0, unreadAfter: 1 });
});

test('coming back after long, what is unread is what the server has counted', () => {
  page.passes(500);
  page.settles();
  page.loses();
  server.resumeMax = 10;
  for (let n = 0; n < 120; n++) server.says(bob, n % 40 ? `${n}` : '@Guest 1');
  page.arrives();
  assert.deepEqual(unread(), { unread: 120, mentions: 1, unreadAfter: 1 });
  page.loses();
  for (let n = 0; n < 20; n++) server.says(bob, `${n} more`);
  page.arrives();
  assert.deepEqual([unread().unread, unread().mentions], [140, 0], 'none is counted twice');
  const held = room().timeline.messages;
  room().markRead(held[9].seq);
  assert.equal(room().unread, 40, 'though not all of it is held');
});

test('what was read just before the connection broke is read, and told then', () => {
  page.passes(500);
  page.settles();
  hears('two', 'three', 'four');
  room().markRead(2);
  page.loses();
  server.says(bob, 'five');
  page.arrives();
  assert.deepEqual([room().read, room().unread], [2, 3]);
  page.passes(500);
  page.settles();
  assert.equal(server.readBy(page.session.me.id), 2);
});

test('what was read just before the connection broke is told, though nothing is new', () => {
  page.passes(500);
  page.settles();
  room().isWatched = true;
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
  assert.deepEqual([unread(), room().read], [{ unread: 0, mentions: 0, unreadAfter: undefined }, 1]);
});

test('what was deleted before it was heard is not news', () => {
  page.loses();
  const seq = server.says(bob, 'oops');
  server.changes(bob, 'deleted', seq);
  page.received = [];
  page.arrives();
  assert.deepEqual([unread(), page.received], [{ unread: 0, mentions: 0, unreadAfter: undefined }, []]);
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
  assert.deepEqual(unread(), { unread: 3, mentions: 1, unreadAfter: 1 });
  deletes(3);
  assert.deepEqual(unread(), { unread: 2, mentions: 0, unreadAfter: 1 });
  deletes(2, 4);
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: undefined }, 'nothing is below the line');
  hears('five');
  assert.equal(room().unread, 1);
});

test('what was read and is deleted takes nothing from what is unread', () => {
  hears('two', '@Guest 1', 'four');
  room().markRead(2);
  deletes(1, 2);
  assert.deepEqual(unread(), { unread: 2, mentions: 1, unreadAfter: 1 });
  room().markRead(3);
  assert.deepEqual(unread(), { unread: 1, mentions: 0, unreadAfter: 1 }, 'a mention that is read is none');
  deletes(4);
  assert.deepEqual(unread(), { unread: 0, mentions: 0, unreadAfter: 1 }, 'what was read stays below the line');
});

test('what we delete ourselves, or what nobody deletes twice, takes nothing either', async () => {
  hears('two', 'three');
  room().say('mine');
  page.settles();
  const { seq } = room().timeline.messages.at(-1);
  page.more.requests.delete(room(), seq);
  page.settles();
  assert.equal(room().unread, 2);
  const last = { type: 'deleted', room: 'lobby', seq: 100, at: 1, by: bob, target: 2 };
  page.gets(last, last);
  assert.equal(room().unread, 1);
});

test('what is deleted while we are away is not counted, and takes nothing', () => {
  hears('two', '@Guest 1', 'four');
  page.passes(500);
  page.settles();
  page.loses();
  server.says(bob, 'five');
  for (const seq of [3, 5]) server.changes(bob, 'deleted', seq);
  page.arrives();
  assert.deepEqual([unread().unread, unread().mentions], [2, 0]);
});

test('what is deleted while we are away takes nothing twice, where we have read on without a network', () => {
  hears('two', 'three', 'four', 'five');
  room().markRead(2);
  page.loses();
  server.says(bob, 'six');
  for (const seq of [2, 3, 6]) server.changes(bob, 'deleted', seq);
  page.arrives();
  assert.equal(room().unread, 2);
});

test('what is deleted and not held does not count any more either', () => {
  hears('two', '@Guest 1', ...Array.from({ length: 40 }, (_, n) => `${n}`));
  room().timeline.trim(10, Infinity, true);
  deletes(3, 4);
  assert.deepEqual([unread().unread, unread().mentions], [40, 0]);
});

test('an edit that mentions us, or does so no more, is counted; what is read is not', () => {
  hears('two', '@Guest 1', 'four');
  edits(2, 'oh, @guest 1');
  assert.equal(unread().mentions, 2);
  edits(3, '`@Guest 1`');
  edits(2, 'nobody');
  assert.deepEqual([unread().unread, unread().mentions], [3, 0]);
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
  assert.deepEqual([unread().unread, unread().mentions], [0, 0]);
});

test('what speaks to us is known again when the page is opened again', () => {
  hears('two', '@Guest 1', '`@Guest 1`');
  page.session.saveNow();
  page.reloads();
  page.arrives();
  assert.deepEqual([unread().unread, unread().mentions], [3, 1]);
  deletes(3);
  assert.deepEqual([unread().unread, unread().mentions], [2, 0]);
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

// Typing

const isTyping = (user) => page.gets({ type: 'typing', room: 'lobby', user });
const typing = () => page.more.typing.in(room()).map(({ name }) => name);

test('who is typing is seen for 6 seconds, or until their message', () => {
  isTyping(bob);
  isTyping(cleo);
  isTyping(page.session.me);
  assert.deepEqual(typing(), ['Bob', 'Cleo']);
  hears('there it is');
  assert.deepEqual(typing(), ['Cleo']);
  page.passes(5_999);
  assert.deepEqual(typing(), ['Cleo']);
  page.passes(1);
  assert.deepEqual(typing(), []);
});

test('each sign that somebody is typing begins the 6 seconds anew, a message between them or not', () => {
  isTyping(bob);
  isTyping(cleo);
  page.passes(3_000);
  hears('there it is');
  isTyping(bob);
  isTyping(cleo);
  page.passes(5_999);
  assert.deepEqual(typing(), ['Bob', 'Cleo']);
  page.passes(1);
  assert.deepEqual(typing(), []);
});

test('that we are typing is told every 3 seconds at most, and again after a message', () => {
  const told = () => page.requests('typing').length;
  page.more.typing.tell(room());
  page.more.typing.tell(room());
  page.passes(2_999);
  page.more.typing.tell(room());
  assert.equal(told(), 1);
  page.passes(1);
  page.more.typing.tell(room());
  assert.equal(told(), 2);
  room().say('there it is');
  page.settles();
  page.more.typing.tell(room());
  assert.equal(told(), 1);
});

test('without a connection nobody is typing', () => {
  isTyping(bob);
  page.loses();
  page.more.typing.tell(room());
  assert.deepEqual([typing(), page.sent], [[], []]);
  page.passes(3_000);
  page.arrives();
  isTyping(bob);
  page.passes(5_999);
  assert.deepEqual(typing(), ['Bob']);
});

// A message and what is around it

const said = (count) => hears(...Array.from({ length: count }, (_, n) => `${n}`));

test('a message that is held is there at once', async () => {
  await page.more.pages.show(room(), 1);
  assert.deepEqual(page.sent, []);
});

test('a message is shown with what is around it, and the end can be had again', async () => {
  page.loses();
  said(400);
  server.resumeMax = 10;
  page.arrives();
  const { timeline } = room();
  const shown = page.more.pages.show(room(), 100);
  page.settles();
  await shown;
  assert.ok(timeline.get(100));
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer, page.more.requests.lastOwn(room())], [true, true, undefined]);
  hears('at the end');
  assert.ok(!page.texts().includes('at the end'), 'it would leave a hole');
  page.more.pages.loadLatest(room());
  page.settles();
  assert.deepEqual([page.texts().at(-1), timeline.hasNewer], ['at the end', false]);
});

test('from a message one reads on to the end', async () => {
  page.loses();
  said(400);
  server.resumeMax = 10;
  page.arrives();
  page.more.pages.show(room(), 100);
  page.settles();
  while (room().timeline.hasNewer) {
    page.more.pages.loadNewer(room());
    assert.ok(page.step());
  }
  while (room().timeline.hasOlder) {
    page.more.pages.loadOlder(room());
    assert.ok(page.step());
  }
  assert.deepEqual(page.texts(), server.present().map(({ text }) => text));
});

test('a message that is wanted before the room is there, or while more is loaded, comes then', async () => {
  page.loses();
  said(400);
  server.resumeMax = 10;
  const shown = page.more.pages.show(room(), 100);
  page.arrives();
  await shown;
  assert.ok(room().timeline.get(100));
  page.more.pages.loadOlder(room());
  const next = page.more.pages.show(room(), 300);
  page.settles();
  await next;
  assert.ok(room().timeline.get(300));
  const lost = page.more.pages.show(room(), 10);
  page.loses();
  page.arrives();
  await lost;
  assert.ok(room().timeline.get(10));
});

test('what cannot be had is waited for no longer', async () => {
  const shown = page.more.pages.show(room(), 9_999);
  refuses('history', 'no_history');
  await shown;
  page.passes(60_000);
  assert.deepEqual(page.requests('history'), []);
});

test('history that comes too early is asked for again when the server said', () => {
  const shown = page.more.pages.show(room(), 9_999);
  refuses('history', 'slow_down', { retry_after: 2 });
  page.passes(1_999);
  assert.deepEqual(page.requests('history'), []);
  page.passes(1);
  assert.equal(page.requests('history').length, 1);
  page.settles();
  return shown;
});

test('a page joins what is held, or is dropped', () => {
  page.loses();
  said(150);
  server.resumeMax = 10;
  page.arrives();
  page.more.pages.loadOlder(room());
  room().timeline.trim(20, Infinity, true);
  page.settles();
  assert.equal(page.texts().length, 20, 'between there would be a hole');
  page.more.pages.loadOlder(room());
  page.settles();
  assert.deepEqual(page.texts(), server.present().slice(-120).map(({ text }) => text));
});

test('a page of newer ones joins what is held, or is dropped', () => {
  said(150);
  room().timeline.trim(100, 3, true);
  page.more.pages.loadNewer(room());
  room().timeline.trim(80, 3, true);
  page.settles();
  assert.equal(page.texts().length, 80, 'between there would be a hole');
  page.more.pages.loadNewer(room());
  page.settles();
  assert.equal(page.texts().length, 151);
});

// What is there again

test('without a network the page shows what it had', () => {
  hears('two', '@Guest 1');
  server.changes(bob, 'topic', undefined, { text: 'Tea' });
  page.hears();
  room().markRead(2);
  page.passes(1_000);
  page.reloads();
  assert.deepEqual([page.texts(), room().topic, room().isReady], [['first', 'two', '@Guest 1'], 'Tea', false]);
  assert.deepEqual(unread(), { unread: 1, mentions: 1, unreadAfter: 2 });
  page.connects();
  assert.deepEqual(JSON.parse(page.sent[0]).rooms.lobby, { epoch: 'one', since: 4 });
  server.says(bob, 'four');
  page.settles();
  assert.deepEqual(page.texts(), ['first', 'two', '@Guest 1', 'four']);
});

test('what is new is kept soon, or when the page is left', () => {
  page.passes(1_000);
  hears('two');
  const kept = () => page.store.kept.rooms[0].messages.map(({ text }) => text);
  assert.deepEqual(kept(), ['first']);
  page.passes(1_000);
  assert.deepEqual(kept(), ['first', 'two']);
  hears('three');
  page.session.saveNow();
  assert.deepEqual(kept(), ['first', 'two', 'three']);
});

test('what was read last is kept, too', () => {
  hears('two');
  page.passes(1_000);
  room().markRead(2);
  page.session.saveNow();
  page.reloads();
  assert.deepEqual([room().read, room().unread], [2, 0]);
});

test('the latest are kept; that there are older ones is known', () => {
  said(150);
  page.session.saveNow();
  page.reloads();
  page.arrives();
  assert.deepEqual([page.texts().length, room().timeline.hasOlder], [100, true]);
  page.more.pages.loadOlder(room());
  page.settles();
  assert.equal(page.texts().length, 151);
});

test('a server that keeps nothing has no older ones either', () => {
  server.history = false;
  page.loses();
  page.arrives();
  said(150);
  page.session.saveNow();
  page.reloads();
  page.arrives();
  assert.deepEqual([page.texts().length, room().timeline.hasOlder], [100, false]);
});

test('what would leave a hole is not kept', () => {
  page.session.saveNow();
  const before = page.store.kept;
  said(150);
  page.more.pages.show(room(), 9_999);
  room().timeline.trim(20, 3, true);
  assert.equal(room().saved(), undefined, 'its end is not held');
  page.session.saveNow();
  assert.deepEqual(page.store.kept, before);
  page.loses();
  server.resumeMax = 10;
  page.connects();
  const told = server.answers(page.sent.shift(), page);
  page.gets(...told.slice(0, 20));
  assert.equal(room().saved(), undefined, 'half of a reset');
});

test('what was not sent is there again, with what it answers, and goes by itself', () => {
  page.loses();
  room().say('still mine', 1);
  page.reloads();
  assert.deepEqual(page.unsent(), ['still mine']);
  page.arrives();
  const { text, replyTo, isMine } = room().timeline.messages.at(-1);
  assert.deepEqual([page.unsent(), { text, replyTo, isMine }], [[], { text: 'still mine', replyTo: 1, isMine: true }]);
});

test('what was refused is to be discarded, or tried again', () => {
  room().say('bad');
  refuses('say', 'too_long');
  page.reloads();
  const [{ cid, refused }] = room().outbox.items;
  assert.equal(refused, 'it is too_long');
  room().discard(cid);
  assert.deepEqual([page.unsent(), page.store.kept.outbox], [[], []]);
});

// Changes

test('a change is done when the server has it, and everyone sees it', async () => {
  room().say('tea?');
  page.settles();
  const { seq } = room().timeline.messages.at(-1);
  const changes = [page.more.requests.edit(room(), seq, 'Tea?'), page.more.requests.react(room(), seq, '☕', true), page.more.requests.react(room(), 1, '☕', true), page.more.requests.setTopic(room(), 'Tea')];
  page.settles();
  await Promise.all(changes);
  const message = room().timeline.get(seq);
  assert.deepEqual([message.text, message.reactions, room().topic], ['Tea?', { '☕': { count: 1, me: true } }, 'Tea']);
  const deletion = page.more.requests.delete(room(), seq);
  page.settles();
  await deletion;
  assert.ok(room().timeline.get(seq).deleted);
  assert.equal(page.more.requests.lastOwn(room()), undefined);
});

test('a change that is refused says why', async () => {
  const edit = page.more.requests.edit(room(), 1, 'not mine');
  refuses('edit', 'not_yours');
  await assert.rejects(edit, { code: 'not_yours', message: 'it is not_yours' });
});

test('a change that comes too early is asked for again', async () => {
  const react = page.more.requests.react(room(), 1, '☕', true);
  refuses('react', 'slow_down', { retry_after: 2 });
  page.passes(1_999);
  assert.deepEqual(page.requests('react'), []);
  page.passes(1);
  page.settles();
  await react;
});

test('what is under way when the connection breaks is asked for again when the room is there', async () => {
  room().say('tea?');
  page.settles();
  const { seq } = room().timeline.messages.at(-1);
  const changes = [page.more.requests.edit(room(), seq, 'Tea?'), page.more.requests.delete(room(), seq)];
  page.step();
  page.step(true);
  page.loses();
  page.arrives();
  await Promise.all(changes);
  assert.ok(room().timeline.get(seq).deleted, 'a deletion that was done the first time is done');
});

test('without a connection nothing is changed', async () => {
  page.loses();
  await assert.rejects(page.more.requests.setTopic(room(), 'Tea'), { code: 'closed' });
});

test('a change in a room that is left is not done', async () => {
  const topic = page.more.requests.setTopic(room(), 'Tea');
  page.session.leave('lobby');
  await assert.rejects(topic, { code: 'closed' });
});

test('somebody else is called otherwise from now on, in what they said and among the people', () => {
  page.gets({ type: 'people', room: 'lobby', count: 2, joined: [bob] });
  server.changes(bob, 'renamed', undefined, { name: 'Robert' });
  page.hears();
  assert.deepEqual(room().people.named.map(({ name }) => name).sort(), ['Guest 1', 'Robert']);
  assert.equal(room().timeline.messages[0].from.name, 'Robert');
  assert.match(page.texts().at(-1), /Bob.* is now called .*Robert/);
  assert.deepEqual(room().mentionNames('@'), { names: ['Guest 1', 'Robert'], me: 'Guest 1' });
});
