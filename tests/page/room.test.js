import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { baseOf, lastOwn } from '../../web/model/revisions.js';
import { pageThatHears } from './fake_server.js';

const bob = { id: 'bob', name: 'Bob' };
const cleo = { id: 'cleo', name: 'Cleo' };

let server;
let page;

beforeEach(() => ({ server, page } = pageThatHears(bob, 'first')));

const room = () => page.room();
const hears = (...texts) => {
  for (const text of texts) server.says(bob, text);
  page.hears();
};
const refuses = (type, code, more) => {
  const [{ cid }] = page.requests(type);
  page.sent = [];
  page.gets({ type: 'error', code, text: `it is ${code}`, command: type, cid, ...more });
};

// Typing

const isTyping = (user) => page.gets({ type: 'typing', room: 'lobby', user });
const typing = () => page.more.typing.in(room()).map(({ name }) => name);

test('somebody is typing for 6 seconds, or until their message', () => {
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

test('typing is sent every 3 seconds at most, and again after a message', () => {
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

test('nobody is typing without a connection', () => {
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

test('a held message is shown at once', async () => {
  await page.more.loader.show(room(), 1);
  assert.deepEqual(page.requests('history'), []);
});

test('a message is shown with what is around it, and the end can be had again', async () => {
  page.loses();
  said(400);
  server.resumeMax = 10;
  page.arrives();
  const { timeline } = room();
  const shown = page.more.loader.show(room(), 100);
  page.settles();
  await shown;
  assert.ok(timeline.get(100));
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer, lastOwn(room().timeline)], [true, true, undefined]);
  hears('at the end');
  assert.ok(!page.texts().includes('at the end'), 'it would leave a hole');
  page.more.loader.loadLatest(room());
  page.settles();
  assert.deepEqual([page.texts().at(-1), timeline.hasNewer], ['at the end', false]);
});

test('history loads from a message on to the end', async () => {
  page.loses();
  said(400);
  server.resumeMax = 10;
  page.arrives();
  page.more.loader.show(room(), 100);
  page.settles();
  while (room().timeline.hasNewer) {
    page.more.loader.loadNewer(room());
    assert.ok(page.step());
  }
  while (room().timeline.hasOlder) {
    page.more.loader.loadOlder(room());
    assert.ok(page.step());
  }
  assert.deepEqual(page.texts(), server.present().map(({ text }) => text));
});

test('a message that is wanted before the room is ready, or while more is loaded, comes afterwards', async () => {
  page.loses();
  said(400);
  server.resumeMax = 10;
  const shown = page.more.loader.show(room(), 100);
  page.arrives();
  await shown;
  assert.ok(room().timeline.get(100));
  page.more.loader.loadOlder(room());
  const next = page.more.loader.show(room(), 300);
  page.settles();
  await next;
  assert.ok(room().timeline.get(300));
  const lost = page.more.loader.show(room(), 10);
  page.loses();
  page.arrives();
  await lost;
  assert.ok(room().timeline.get(10));
});

test('a message that cannot be loaded is waited for no longer', async () => {
  const shown = page.more.loader.show(room(), 9_999);
  refuses('history', 'no_history');
  await shown;
  page.passes(60_000);
  assert.deepEqual(page.requests('history'), []);
});

test('history that comes too early is asked for again when the server said', () => {
  const shown = page.more.loader.show(room(), 9_999);
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
  page.more.loader.loadOlder(room());
  room().timeline.trim(20, Infinity, true);
  page.settles();
  assert.equal(page.texts().length, 20, 'between there would be a hole');
  page.more.loader.loadOlder(room());
  page.settles();
  assert.deepEqual(page.texts(), server.present().slice(-120).map(({ text }) => text));
});

test('a page of newer ones joins what is held, or is dropped', () => {
  said(150);
  room().timeline.trim(100, 3, true);
  page.more.loader.loadNewer(room());
  room().timeline.trim(80, 3, true);
  page.settles();
  assert.equal(page.texts().length, 80, 'between there would be a hole');
  page.more.loader.loadNewer(room());
  page.settles();
  assert.equal(page.texts().length, 151);
});

// What is there again

test('the page shows saved messages without a network', () => {
  hears('two', '@Guest 1');
  server.changes(bob, 'topic', undefined, { text: 'Tea' });
  page.hears();
  room().markRead(2);
  page.passes(1_000);
  page.reloads();
  assert.deepEqual([page.texts(), room().topic, room().isReady], [['first', 'two', '@Guest 1'], 'Tea', false]);
  const { count, mentions, lineAfter } = room().unread;
  assert.deepEqual([count, mentions.length, lineAfter], [1, 1, 2]);
  page.connects();
  assert.deepEqual(JSON.parse(page.sent[0]).rooms.lobby, { epoch: 'one', since: 4, at: 4_000 });
  server.says(bob, 'four');
  page.settles();
  assert.deepEqual(page.texts(), ['first', 'two', '@Guest 1', 'four']);
});

test('a change of a room is saved soon, or when the page is left', () => {
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

test('the read marker is saved', () => {
  hears('two');
  page.passes(1_000);
  room().markRead(2);
  page.session.saveNow();
  page.reloads();
  assert.deepEqual([room().unread.marker, room().unread.count], [2, 0]);
});

test('the latest messages are saved, and whether there are older ones', () => {
  said(150);
  page.session.saveNow();
  page.reloads();
  page.arrives();
  assert.deepEqual([page.texts().length, room().timeline.hasOlder], [100, true]);
  page.more.loader.loadOlder(room());
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

test('a room whose end is not held is not saved', () => {
  page.session.saveNow();
  const before = page.store.kept;
  said(150);
  page.more.loader.show(room(), 9_999);
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

test('an unsent message is there again after a reload, with its reply, and is sent', () => {
  page.loses();
  room().say('still mine', { seq: 1, at: 1_000 });
  page.reloads();
  assert.deepEqual(page.unsent(), ['still mine']);
  page.arrives();
  const { text, replyTo, isMine } = room().timeline.messages.at(-1);
  assert.deepEqual([page.unsent(), { text, replyTo, isMine }], [[], { text: 'still mine', replyTo: 1, isMine: true }]);
});

test('a refused message can be discarded or tried again', () => {
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
  const changes = [page.more.requests.change(room(), 'edit', { seq, text: 'Tea?' }), page.more.requests.change(room(), 'react', { seq, emoji: '☕', on: true }), page.more.requests.change(room(), 'react', { seq: 1, emoji: '☕', on: true }), page.more.requests.change(room(), 'topic', { text: 'Tea' })];
  page.settles();
  await Promise.all(changes);
  const message = room().timeline.get(seq);
  const by = [page.session.me];
  assert.deepEqual([message.text, message.reactions, room().topic], ['Tea?', { '☕': { count: 1, me: true, by } }, 'Tea']);
  const deletion = page.more.requests.change(room(), 'delete', { seq });
  page.settles();
  await deletion;
  assert.ok(room().timeline.get(seq).deleted);
  assert.equal(lastOwn(room().timeline), undefined);
});

test('a change that is refused says why', async () => {
  const edit = page.more.requests.change(room(), 'edit', { seq: 1, text: 'not mine' });
  refuses('edit', 'not_yours');
  await assert.rejects(edit, { code: 'not_yours', message: 'it is not_yours' });
});

test('a change that comes too early is asked for again', async () => {
  const react = page.more.requests.change(room(), 'react', { seq: 1, emoji: '☕', on: true });
  refuses('react', 'slow_down', { retry_after: 2 });
  page.passes(1_999);
  assert.deepEqual(page.requests('react'), []);
  page.passes(1);
  page.settles();
  await react;
});

test('a change under way when the connection breaks is asked for again when the room is ready', async () => {
  room().say('tea?');
  page.settles();
  const { seq } = room().timeline.messages.at(-1);
  const changes = [page.more.requests.change(room(), 'edit', { seq, text: 'Tea?' }), page.more.requests.change(room(), 'delete', { seq })];
  page.step();
  page.step(true);
  page.loses();
  page.arrives();
  await Promise.all(changes);
  assert.ok(room().timeline.get(seq).deleted, 'a deletion that was done the first time is done');
});

test('a change goes by what was known of its room, or of its message by a page of history that was ahead', () => {
  hears('tea?');
  const { since } = room().cursor;
  const message = room().timeline.messages.at(-1);
  assert.equal(baseOf(room(), message), since);
  server.changes(bob, 'edited', message.seq, { text: 'Tea?' });
  assert.equal(baseOf(room(), message), since, 'it was not heard');
  assert.equal(baseOf(room(), { ...message, changed: since + 1 }), since + 1);
  assert.equal(baseOf(room(), { ...message, changed: since + 0.5 }), since, 'there is only a receipt');
  assert.equal(baseOf({}, { ...message, changed: 3 }), 3);
});

test('a change without a connection is refused', async () => {
  page.loses();
  await assert.rejects(page.more.requests.change(room(), 'topic', { text: 'Tea' }), { code: 'closed' });
});

test('a change in a room that is left is not done', async () => {
  const topic = page.more.requests.change(room(), 'topic', { text: 'Tea' });
  page.session.leave('lobby');
  await assert.rejects(topic, { code: 'closed' });
});

test('a face shows in the messages and among the people, and is there after a reload', async () => {
  page.gets({ type: 'people', room: 'lobby', count: 2, joined: [bob] });
  const fox = { ...bob, hue: 5, emoji: '🦊' };
  const before = page.texts().length;
  page.gets({ type: 'face', room: 'lobby', user: fox });
  assert.deepEqual(room().people.named.find(({ id }) => id === bob.id), fox);
  assert.deepEqual(room().timeline.messages[0].from, fox);
  assert.equal(page.texts().length, before, 'nothing is said of it');
  page.session.saveNow();
  page.reloads();
  assert.deepEqual(room().timeline.messages[0].from, fox);
});

test('who says something with another face than before has it over all that they said', () => {
  const fox = { ...bob, emoji: '🦊' };
  server.says(fox, 'it is me');
  page.hears();
  assert.deepEqual(room().timeline.messages.filter(({ from }) => from.id === bob.id).map(({ from }) => from.emoji), ['🦊', '🦊']);
});

test('the reader is told when their face is chosen, and whoever is refused one keeps theirs', async () => {
  const chosen = page.more.requests.setFace({ hue: 5, emoji: '🦊' });
  const fox = { ...page.session.me, hue: 5, emoji: '🦊' };
  page.gets({ type: 'face', room: 'lobby', user: fox });
  page.gets({ type: 'face', user: fox });
  await chosen;
  assert.deepEqual(page.session.me, fox);
  const refused = page.more.requests.setFace({ emoji: 'fox' });
  page.gets({ type: 'error', code: 'bad_value', text: 'no', command: 'face' });
  await assert.rejects(refused, { code: 'bad_value' });
  assert.deepEqual(page.session.me, fox);
});

test('a rename shows in the messages and among the people', () => {
  page.gets({ type: 'people', room: 'lobby', count: 2, joined: [bob] });
  server.changes(bob, 'renamed', undefined, { name: 'Robert' });
  page.hears();
  assert.deepEqual(room().people.named.map(({ name }) => name).sort(), ['Guest 1', 'Robert']);
  assert.equal(room().timeline.messages[0].from.name, 'Robert');
  assert.match(page.texts().at(-1), /Bob.* is now called .*Robert/);
  assert.deepEqual(room().mentionNames('@'), { names: ['Guest 1', 'Robert'], me: 'Guest 1' });
});

test('a rename that one room hears shows in the others, and one that is replayed does not', () => {
  page.session.open('tea');
  page.settles();
  server.says(bob, 'in tea', 'tea');
  page.gets({ type: 'people', room: 'tea', count: 2, joined: [bob] });
  page.hears();
  const inTea = () => [page.room('tea').timeline.messages[0].from.name, page.room('tea').nameOf('bob'), room().timeline.messages[0].from.name];
  assert.deepEqual(inTea(), ['Bob', 'Bob', 'Bob']);
  server.changes(bob, 'renamed', undefined, { name: 'Bobby' });
  page.hears();
  assert.deepEqual(inTea(), ['Bobby', 'Bobby', 'Bobby']);
  assert.equal(page.room('tea').people.known.has('cleo'), false);
  page.loses();
  server.changes({ ...bob, name: 'Bobby' }, 'renamed', undefined, { name: 'Robert' }, 'tea');
  server.changes({ ...bob, name: 'Robert' }, 'renamed', undefined, { name: 'Bob' });
  page.arrives();
  server.changes({ ...bob, name: 'Bob' }, 'renamed', undefined, { name: 'Rob' });
  page.hears();
  assert.deepEqual(inTea(), ['Rob', 'Rob', 'Rob']);
});
