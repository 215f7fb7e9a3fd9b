import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WebStorage } from '../../web/model/web-storage.js';

/** What a browser gives: texts by name. */
class FakeStorage {
  texts = new Map();
  getItem = (name) => this.texts.get(name) ?? null;
  setItem = (name, text) => this.texts.set(name, text);
  removeItem = (name) => this.texts.delete(name);
}

test('what is kept is there for the next page, and for no other chat', () => {
  const store = new FakeStorage();
  new WebStorage(() => store, 'chinwag / ').set('token', 'abc');
  assert.equal(new WebStorage(() => store, 'chinwag / ').get('token'), 'abc');
  assert.equal(new WebStorage(() => store, 'chinwag /club/ ').get('token'), undefined);
});

test('what is forgotten leaves nothing behind', () => {
  const store = new FakeStorage();
  const storage = new WebStorage(() => store, '');
  storage.set('outbox', [1]);
  storage.set('outbox', undefined);
  assert.deepEqual([storage.get('outbox'), store.texts.size], [undefined, 0]);
});

test('what somebody else left there is nothing', () => {
  const store = new FakeStorage();
  store.setItem('token', '{"half');
  assert.equal(new WebStorage(() => store, '').get('token'), undefined);
});

for (const [what, open] of [
  ['may not be looked at', () => { throw new Error('SecurityError'); }],
  ['is not there', () => null],
  ['takes nothing', () => ({ getItem: () => null, setItem: () => { throw new Error('QuotaExceededError'); }, removeItem() {} })],
]) {
  test(`a storage that ${what}: it works for as long as the page lives`, () => {
    const storage = new WebStorage(open, '');
    assert.equal(storage.get('token'), undefined);
    storage.set('token', 'abc');
    assert.equal(storage.get('token'), 'abc');
    storage.set('token', undefined);
    assert.equal(storage.get('token'), undefined);
  });
}
