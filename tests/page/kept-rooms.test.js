import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KeptRooms } from '../../web/model/kept-rooms.js';
import { WebStorage } from '../../web/model/web-storage.js';

const ME = 'fuJY8AtmHE8';

/** What a browser keeps. */
function memory(values) {
  const all = new Map(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
  return { getItem: (name) => all.get(name) ?? null, setItem: (name, text) => all.set(name, text), removeItem: (name) => all.delete(name) };
}

const roomOf = (name) => ({
  name, title: '', cursor: undefined, isJoined: false, outbox: { items: [] },
  unread: { marker: 0, count: 0, mentions: [], sendMarker() {} },
  closed() {
    this.isJoined = false;
  },
});

/** A session with these rooms on its list, the first of them shown, and a server that has those. */
function begins(here, there, { values = {}, visitor = false, max = 64 } = {}) {
  const sent = [];
  const storage = new WebStorage(() => memory({ rooms: here, ...values }), '');
  const session = {
    storage, isReady: true, me: { id: ME, name: 'Ada' }, limits: { rooms: max }, shown: here[0],
    rooms: new Map(here.map((name) => [name, roomOf(name)])),
    host: { setTimeout: () => 0, clearTimeout() {} },
    on: { roomsChanged() {} },
    add(name) {
      this.rooms.set(name, roomOf(name));
    },
    leave(name) {
      this.rooms.delete(name);
      this.list();
    },
    list() {
      storage.set('rooms', [...this.rooms.keys()]);
      kept.changed();
    },
    get recent() {
      return [...this.rooms.values()].slice(0, max);
    },
    joinRecent() {
      for (const room of this.recent) room.isJoined = true;
    },
    send: (type, fields) => sent.push({ type, ...fields }) > 0,
  };
  const page = { type: 'rooms', epoch: 'e', rooms: visitor ? [] : there.map((room) => ({ last: 5, read: 1, unread: 2, ...room })), visitor };
  const kept = new KeptRooms(session, async () => page);
  const told = () => sent.filter(({ type }) => type === 'keep').map(({ room, listed, favourite, muted }) => (
    [listed ? '+' : '-', room, favourite ? '*' : '', muted ? '~' : ''].join('')));
  const settles = () => new Promise((done) => setImmediate(done));
  return { session, storage, kept, told, settles, names: () => [...session.rooms.keys()] };
}

test('a list that the server does not have yet is sent up once', async () => {
  const { told, settles, kept, storage } = begins(['lobby', 'tea'], [], { values: { 'favourite tea': true, 'notify lobby': 'none' } });
  await settles();
  assert.deepEqual(told(), ['+lobby~', '+tea*']);
  kept.changed();
  assert.equal(told().length, 2, 'once');
  // Only what the server has told is what both have.
  assert.deepEqual(storage.get('kept'), { id: ME, rooms: {} });
  kept.handle({ type: 'kept', room: 'tea', listed: true, favourite: true });
  assert.deepEqual(storage.get('kept'), { id: ME, rooms: { tea: 'favourite' } });
});

test('a device that is new has what the server has, and what is unread in it', async () => {
  const { session, told, settles, names, storage } = begins(['lobby'], [{ room: 'lobby' }, { room: 'tea', favourite: true, mentions: [7] }], { max: 1 });
  await settles();
  assert.deepEqual(names(), ['lobby', 'tea']);
  assert.deepEqual(told(), []);
  assert.equal(storage.get('favourite tea'), true);
  const { unread, isJoined } = session.rooms.get('tea');
  assert.deepEqual([unread.marker, unread.count, unread.mentions, isJoined], [1, 2, [7], false]);
  assert.deepEqual(storage.get('used'), { tea: 5 });
});

test('of what both had, each side loses what the other has taken away meanwhile', async () => {
  const base = { id: ME, rooms: { lobby: '', tea: '', cake: '' } };
  const { told, settles, names } = begins(['lobby', 'tea', 'new'], [{ room: 'lobby' }, { room: 'cake' }, { room: 'pond' }], { values: { kept: base } });
  await settles();
  assert.deepEqual(told(), ['-cake', '+new'], 'taken off here, and put on here');
  assert.deepEqual(names(), ['lobby', 'new', 'pond'], 'tea was taken off there, and the pond put on there');
});

test('what holds something here stays, and is put on again', async () => {
  const base = { id: ME, rooms: { lobby: '', tea: '' } };
  const { told, settles, names } = begins(['lobby', 'tea'], [{ room: 'lobby' }], { values: { 'kept': base, 'draft tea': 'half a thought' } });
  await settles();
  assert.deepEqual([names(), told()], [['lobby', 'tea'], ['+tea']]);
});

test('of a mark the newer word counts: the one that differs from what both had', async () => {
  const base = { id: ME, rooms: { lobby: '', tea: '', cake: 'favourite' } };
  const values = { kept: base, 'favourite tea': true, 'favourite cake': true };
  const { told, settles, storage } = begins(['lobby', 'tea', 'cake'], [{ room: 'lobby', muted: true }, { room: 'tea' }, { room: 'cake' }], { values });
  await settles();
  assert.deepEqual(told(), ['+tea*']);
  assert.deepEqual([storage.get('notify lobby'), storage.get('favourite cake')], ['none', undefined]);
});

test('another user of this browser begins with both lists', async () => {
  const base = { id: 'somebody', rooms: { lobby: '', tea: '' } };
  const { told, settles, names } = begins(['lobby', 'tea'], [{ room: 'pond' }], { values: { kept: base } });
  await settles();
  assert.deepEqual([names(), told()], [['lobby', 'tea', 'pond'], ['+lobby', '+tea']]);
});

test('nothing is sent for a visitor until they have spoken', async () => {
  const { kept, told, settles } = begins(['lobby', 'tea'], [], { visitor: true });
  await settles();
  kept.changed();
  assert.deepEqual(told(), []);
});

test('the answers to what was asked for here turn nothing back', async () => {
  const { kept, settles, storage, told } = begins(['lobby', 'tea'], [{ room: 'lobby' }, { room: 'tea' }]);
  await settles();
  for (const favourite of [true, undefined]) {
    storage.set('favourite tea', favourite);
    kept.changed();
  }
  assert.deepEqual(told(), ['+tea*', '+tea']);
  kept.handle({ type: 'kept', room: 'tea', listed: true, favourite: true });
  assert.equal(storage.get('favourite tea'), undefined);
  kept.handle({ type: 'kept', room: 'tea', listed: true });
  assert.deepEqual([storage.get('favourite tea'), storage.get('kept').rooms.tea, told().length], [undefined, '', 2]);
});

test('what was refused is no reason to take a room off here', async () => {
  const { kept, settles, names, told } = begins(['lobby', 'tea'], [{ room: 'lobby' }]);
  await settles();
  kept.handle({ type: 'error', command: 'keep', code: 'slow_down', text: 'too fast' });
  await kept.ask();
  assert.deepEqual([names(), told()], [['lobby', 'tea'], ['+tea', '+tea']]);
});

test('another device puts a room on the list, marks it and takes it off', async () => {
  const { kept, settles, names, storage, told } = begins(['lobby'], [{ room: 'lobby' }]);
  await settles();
  const tells = (fields) => assert.ok(kept.handle({ type: 'kept', room: 'tea', listed: true, ...fields }));
  tells({});
  tells({ muted: true });
  assert.deepEqual([names(), storage.get('notify tea')], [['lobby', 'tea'], 'none']);
  tells({ listed: false });
  assert.deepEqual([names(), told()], [['lobby'], []]);
  assert.equal(kept.handle({ type: 'kept', room: 'lobby', listed: false }), true);
  assert.deepEqual([names(), told()], [['lobby'], ['+lobby']], 'what is shown stays');
});

test('a connection that is in as many rooms as it may be leaves the one used least recently', async () => {
  const { session, kept, settles } = begins(['lobby', 'tea', 'cake'], [{ room: 'lobby' }], { max: 2 });
  await settles();
  const [lobby, tea, cake] = session.rooms.values();
  assert.deepEqual([lobby.isJoined, tea.isJoined, cake.isJoined], [true, true, false]);
  Object.defineProperty(session, 'recent', { value: [lobby, cake] });
  kept.makePlace(cake);
  assert.deepEqual([lobby.isJoined, tea.isJoined], [true, false]);
});
