import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Outbox } from '../../web/model/outbox.js';
import { FakeDatabase } from './fake_server.js';

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
