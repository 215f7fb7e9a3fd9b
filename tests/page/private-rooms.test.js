/** Private and direct rooms: which there are, what they are called, and what is left of one that its reader is not in. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Page, Server } from './fake_server.js';

const DIRECT = '__dabcdefghijklmnopqrst';
const PRIVATE = '__pabcdefghijklmnopqrst';
const ME = { id: 'user 1', name: 'Ada' };
const BOB = { id: 'b', name: 'Bob' };
const CLEO = { id: 'c', name: 'Cleo' };

const later = () => new Promise((done) => setImmediate(done));
const told = (room, ...people) => ({ type: 'private_room', room, direct: room === DIRECT || undefined, people: [...people, ME] });
const commands = ({ sent }, type) => sent.map((line) => JSON.parse(line)).filter((command) => command.type === type);

/** Connected, and the server has no private rooms of theirs yet. */
async function arrives() {
  const server = new Server();
  const page = new Page(server);
  page.storage.set('name', 'Ada');
  page.arrives();
  await later();
  page.gets({ type: 'private_rooms', rooms: [] });
  await later();
  page.sent = [];
  return { server, page, rooms: page.session.parts.privateRooms };
}

test('a direct room that one is told of is joined, called by its people, and in sight once something is said', async () => {
  const { server, page, rooms } = await arrives();
  page.gets(told(DIRECT, BOB));
  assert.deepEqual(commands(page, 'join').map(({ room }) => room), [DIRECT]);
  page.settles();
  const room = page.room(DIRECT);
  assert.equal(room.label, 'Bob');
  assert.ok(rooms.isHidden(room, false) && !rooms.isHidden(room, true));
  server.says(BOB, 'Tea?', DIRECT);
  page.settles();
  assert.ok(!rooms.isHidden(room, false));
  assert.deepEqual(page.received.map(({ room, message }) => [room, message.addressesMe]), [[DIRECT, true]], 'it is for the reader');
});

test('a room is called by its people as they are called now, by its title where it has one, and the same after a reload', async () => {
  const { server, page } = await arrives();
  page.gets(told(PRIVATE, BOB, CLEO));
  page.settles();
  assert.equal(page.room(PRIVATE).label.replaceAll(/[\u2066-\u2069]/g, ''), 'Bob and Cleo');
  server.changes(BOB, 'renamed', undefined, { name: 'Robert' }, PRIVATE);
  page.settles();
  await later();
  assert.equal(page.room(PRIVATE).label.replaceAll(/[\u2066-\u2069]/g, ''), 'Robert and Cleo');
  page.session.saveNow();
  page.reloads();
  assert.equal(page.room(PRIVATE).label.replaceAll(/[\u2066-\u2069]/g, ''), 'Robert and Cleo', 'from the first frame on');
  page.room(PRIVATE).title = 'Cake';
  assert.equal(page.room(PRIVATE).label, 'Cake');
});

test('the name of a room whose people are not known yet is not shown', async () => {
  const { page } = await arrives();
  assert.equal(page.session.open(DIRECT).label, '…');
  assert.equal(page.session.open('__d').label, '__d', 'an ordinary room');
});

test('a room that refuses the reader goes from the list, with all that is kept of it, and is not asked again', async () => {
  const { page } = await arrives();
  page.gets(told(DIRECT, BOB));
  page.settles();
  page.session.saveNow();
  page.room(DIRECT).say('never sent');
  page.loses();
  page.connects();
  page.gets({ type: 'error', code: 'members_only', text: 'no', command: 'join', room: DIRECT });
  assert.equal(page.room(DIRECT), undefined);
  const kept = page.store.kept;
  assert.deepEqual([kept.rooms.filter(({ name }) => name === DIRECT), kept.outbox], [[], []]);
  assert.ok(!page.storage.get('rooms').includes(DIRECT));
  assert.doesNotMatch(JSON.stringify(page.storage.get('private')), /__d/);
  page.time += 60_000;
  page.loses();
  page.connects();
  assert.deepEqual(Object.keys(commands(page, 'hello')[0].rooms), ['lobby']);
});

test('whoever takes out somebody else stays, whoever is taken out does not', async () => {
  const { page, rooms } = await arrives();
  page.gets(told(PRIVATE, BOB));
  page.settles();
  const removed = rooms.remove(PRIVATE, BOB);
  page.gets({ type: 'parted', room: PRIVATE });
  await later();
  assert.ok(page.room(PRIVATE));
  page.gets({ type: 'private_rooms', rooms: [{ room: PRIVATE, people: [ME] }] });
  await removed;
  assert.deepEqual(rooms.peopleOf(PRIVATE).map(({ name }) => name), ['Ada']);
  page.gets({ type: 'parted', room: PRIVATE });
  assert.equal(page.room(PRIVATE), undefined);
});

test('what one who was signed in before has in private rooms is not the next one’s, even where both are in them', async () => {
  const { page } = await arrives();
  page.gets(told(DIRECT, BOB));
  page.settles();
  page.session.saveNow();
  page.loses();
  page.connects();
  page.gets({ type: 'hello', user: BOB, token: 't', limits: { text_chars: 10, rooms: 64, history: true } });
  assert.equal(page.room(DIRECT), undefined);
  assert.deepEqual(page.store.kept.rooms.filter(({ name }) => name === DIRECT), []);
  assert.deepEqual(page.calls.filter(([what]) => what === 'barred').map(([, { name }]) => name), [DIRECT]);
});

test('all rooms are there at the start, page by page; those that are not there any more go', async () => {
  const { page } = await arrives();
  page.gets(told(PRIVATE, BOB));
  page.settles();
  page.loses();
  page.arrives();
  await later();
  page.gets({ type: 'private_rooms', rooms: [{ room: DIRECT, direct: true, people: [BOB, ME], last: 7 }], next: DIRECT });
  await later();
  assert.equal(commands(page, 'private_rooms').at(-1).after, DIRECT);
  assert.ok(page.room(DIRECT) && page.room(PRIVATE));
  page.gets({ type: 'private_rooms', rooms: [{ room: `${PRIVATE.slice(0, -1)}u`, people: [ME, CLEO], title: 'Plum' }] });
  await later();
  assert.deepEqual([...page.session.rooms.values()].map(({ label }) => label).sort(), ['Bob', 'Plum', 'lobby']);
});

test('the direct room of the same people is found without the server, another is asked for', async () => {
  const { page, rooms } = await arrives();
  page.gets(told(DIRECT, BOB));
  page.settles();
  page.loses();
  assert.equal(await rooms.direct([BOB]), DIRECT);
  await assert.rejects(rooms.direct([CLEO]), { code: 'closed' });
  page.arrives();
  page.sent = [];
  const asked = rooms.direct([CLEO]);
  assert.deepEqual(commands(page, 'direct').map(({ users }) => users), [['c']]);
  const other = `${DIRECT.slice(0, -1)}u`;
  page.gets({ ...told(other, CLEO), direct: true }, { type: 'error', code: 'too_many', text: 'x', command: 'private' });
  assert.equal(await asked, other);
});

test('a room that is left is gone at once, and there again where the server does not let the reader go', async () => {
  const { page, rooms } = await arrives();
  page.gets(told(PRIVATE, BOB));
  page.settles();
  page.sent = [];
  rooms.part(PRIVATE);
  assert.equal(page.room(PRIVATE), undefined);
  assert.deepEqual(page.sent.map((line) => JSON.parse(line).type).filter((type) => type !== 'keep'), ['leave', 'part'], 'the connection is out of it first');
  page.sent = [];
  page.gets({ type: 'error', code: 'unavailable', text: 'x', command: 'part' });
  await later();
  assert.equal(commands(page, 'private_rooms').length, 1);
});

test('the moderators’ room is asked for with the role, in sight once a message is reported, and gone with the role', async () => {
  const MODERATORS = '__pmoderatorsmoderators';
  const { server, page, rooms } = await arrives();
  page.gets({ type: 'standing', role: 'moderator' });
  await later();
  assert.equal(commands(page, 'private_rooms').length, 1);
  page.gets({ type: 'private_rooms', rooms: [{ room: MODERATORS, people: [ME, BOB] }] });
  await later();
  page.settles();
  const room = page.room(MODERATORS);
  assert.equal(room.label, 'Moderators');
  assert.ok(rooms.isHidden(room, false));
  assert.ok(!rooms.isMaker(room), 'nobody is taken out of it');
  server.says(CLEO, '🚩 Eve, #lobby', MODERATORS);
  page.settles();
  assert.ok(!rooms.isHidden(room, false));
  page.sent = [];
  page.gets({ type: 'standing', role: 'guest' });
  await later();
  page.gets({ type: 'private_rooms', rooms: [] });
  await later();
  assert.equal(page.room(MODERATORS), undefined);
});
