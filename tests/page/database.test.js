/** The store where there is no database: the page goes on. tests/browser/database.test.js has it in browsers. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Database } from '../../web/model/database.js';

const item = { cid: 'c1', room: 'lobby', text: 'hi', at: 1 };

/** @param {() => IDBFactory} factory */
async function keepsNothing(factory) {
  const store = await Database.open(factory, 'chinwag');
  await Promise.all([store.saveRoom({ name: 'lobby' }), store.putItem(item), store.removeItem('c1'), store.forgetRoom('lobby')]);
  assert.deepEqual(await store.load(), { rooms: [], outbox: [] });
}

test('a browser without a database, or one that forbids it, keeps nothing and nobody notices', async () => {
  const forbids = () => {
    throw new DOMException('no', 'SecurityError');
  };
  const fails = () => {
    const request = {};
    queueMicrotask(() => request.onerror());
    return request;
  };
  await keepsNothing(() => undefined);
  await keepsNothing(forbids);
  await keepsNothing(() => ({ open: forbids }));
  await keepsNothing(() => ({ open: fails }));
});

test('a database that does not answer is waited for a second, once', async () => {
  const began = performance.now();
  await keepsNothing(() => ({ open: () => ({}) }));
  const ms = performance.now() - began;
  assert.ok(ms > 900 && ms < 1_900, `${ms} ms`);
});
