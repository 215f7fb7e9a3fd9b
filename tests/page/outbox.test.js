import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Outbox } from '../../web/model/outbox.js';
import { FakeDatabase, Page, Server } from './fake_server.js';

let store;
let outbox;

const opens = () => new Outbox(store, store.kept.outbox);
const cids = (of = outbox) => of.items.map(({ cid }) => cid);

beforeEach(() => {
  store = new FakeDatabase();
  outbox = opens();
  for (const cid of ['a', 'b', 'c']) outbox.add({ cid, room: 'lobby', text: `text of ${cid}`, at: 1 });
});

test('messages go in the order in which they were written', () => {
  assert.equal(outbox.next().cid, 'a');
  outbox.remove('a');
  assert.equal(outbox.next().cid, 'b');
});

test('a reload keeps the messages and their order', () => {
  outbox.remove('b');
  outbox.refuse('a', 'too long');
  const after = opens();
  assert.deepEqual(after.items, outbox.items);
  assert.deepEqual(cids(after), ['a', 'c']);
});

test('a refused message is passed over, after a reload too', () => {
  outbox.refuse('a', 'no');
  assert.deepEqual([outbox.next().cid, outbox.find('a').refused], ['b', 'no']);
  assert.equal(opens().next().cid, 'b');
});

test('an outbox whose messages are all sent keeps nothing', () => {
  for (const cid of ['a', 'b', 'c']) assert.equal(outbox.remove(cid).text, `text of ${cid}`);
  assert.equal(outbox.remove('a'), undefined);
  assert.deepEqual([outbox.next(), store.kept.outbox], [undefined, []]);
});

test('a message that is not there is not refused', () => {
  outbox.refuse('x', 'no');
  assert.deepEqual([cids(), store.kept.outbox.length], [['a', 'b', 'c'], 3]);
});

test('what is written just before the page is left is sent when it is opened again, once', () => {
  const server = new Server();
  const page = new Page(server);
  page.arrives();
  page.store.isSlow = true;
  page.room().say('one');
  page.room().say('two');
  page.session.keepUnstored();
  page.store.isSlow = false;
  page.store.unstored = [];
  page.loses();
  page.reloads();
  assert.deepEqual(page.unsent(), ['one', 'two']);
  page.arrives();
  assert.deepEqual([page.texts(), page.unsent()], [['one', 'two'], []]);
  page.session.saveNow();
  page.reloads();
  assert.deepEqual([page.unsent(), page.texts()], [[], ['one', 'two']]);
});
