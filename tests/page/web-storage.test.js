import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Keep } from '../../web/model/keep.js';

/** What a browser gives: texts by name. */
class Store {
  texts = new Map();
  getItem = (name) => this.texts.get(name) ?? null;
  setItem = (name, text) => this.texts.set(name, text);
  removeItem = (name) => this.texts.delete(name);
}

test('what is kept is there for the next page, and for no other chat', () => {
  const store = new Store();
  new Keep(() => store, 'chinwag / ').set('token', 'abc');
  assert.equal(new Keep(() => store, 'chinwag / ').get('token'), 'abc');
  assert.equal(new Keep(() => store, 'chinwag /club/ ').get('token'), undefined);
});

test('what is forgotten leaves nothing behind', () => {
  const store = new Store();
  const keep = new Keep(() => store, '');
  keep.set('outbox', [1]);
  keep.set('outbox', undefined);
  assert.deepEqual([keep.get('outbox'), store.texts.size], [undefined, 0]);
});

test('what somebody else left there is nothing', () => {
  const store = new Store();
  store.setItem('token', '{"half');
  assert.equal(new Keep(() => store, '').get('token'), undefined);
});

for (const [what, open] of [
  ['may not be looked at', () => { throw new Error('SecurityError'); }],
  ['is not there', () => null],
  ['takes nothing', () => ({ getItem: () => null, setItem: () => { throw new Error('QuotaExceededError'); }, removeItem() {} })],
]) {
  test(`a storage that ${what}: it works for as long as the page lives`, () => {
    const keep = new Keep(open, '');
    assert.equal(keep.get('token'), undefined);
    keep.set('token', 'abc');
    assert.equal(keep.get('token'), 'abc');
    keep.set('token', undefined);
    assert.equal(keep.get('token'), undefined);
  });
}
