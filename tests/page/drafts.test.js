import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Drafts } from '../../web/model/drafts.js';
import { WebStorage } from '../../web/model/web-storage.js';

class Storage {
  #items = new Map();

  getItem(name) {
    return this.#items.get(name) ?? null;
  }

  setItem(name, value) {
    this.#items.set(name, value);
  }

  removeItem(name) {
    this.#items.delete(name);
  }
}

/** A browser that opens tabs; a tab that is given its own storage again was reloaded. */
function browser() {
  const shared = new Storage();
  return (own = new Storage()) => ({
    own,
    drafts: new Drafts(new WebStorage(() => own, ''), new WebStorage(() => shared, '')),
  });
}

test('a draft is there after a reload, and in a new tab', () => {
  const opens = browser();
  const { own, drafts } = opens();
  drafts.set('lobby', 'tea');
  assert.deepEqual([opens(own).drafts.get('lobby'), opens().drafts.get('lobby'), opens(own).drafts.get('tea')], ['tea', 'tea', '']);
});

test('what is sent is gone, also where another tab had begun it', () => {
  const opens = browser();
  const first = opens();
  first.drafts.set('lobby', 'tea');
  first.drafts.set('lobby', '');
  assert.deepEqual([opens(first.own).drafts.get('lobby'), opens().drafts.get('lobby')], ['', '']);
  first.drafts.set('lobby', 'cake');
  const second = opens();
  assert.equal(second.drafts.get('lobby'), 'cake');
  second.drafts.set('lobby', '');
  assert.deepEqual([opens(second.own).drafts.get('lobby'), opens().drafts.get('lobby')], ['', '']);
});

test('to send in one tab takes no draft away from another', () => {
  const opens = browser();
  const first = opens();
  first.drafts.get('lobby');
  first.drafts.set('lobby', 'long thought');
  const second = opens();
  assert.equal(second.drafts.get('lobby'), 'long thought');
  second.drafts.set('lobby', 'quick answer');
  second.drafts.set('lobby', '');
  assert.equal(opens(first.own).drafts.get('lobby'), 'long thought');
});

test('a draft that another tab has begun since is not taken away', () => {
  const opens = browser();
  const first = opens();
  first.drafts.set('lobby', 'tea');
  const second = opens();
  second.drafts.set('lobby', 'cake');
  first.drafts.set('lobby', '');
  assert.equal(opens().drafts.get('lobby'), 'cake');
});

test('what was sent does not come back with a tab that only showed it', () => {
  const opens = browser();
  const first = opens();
  first.drafts.set('lobby', 'tea');
  const second = opens();
  second.drafts.get('lobby');
  first.drafts.set('lobby', '');
  assert.equal(opens().drafts.get('lobby'), '');
});

test('where nothing may be kept, a draft lives as long as the page', () => {
  const forbidden = () => {
    throw new Error('forbidden');
  };
  const drafts = new Drafts(new WebStorage(forbidden, ''), new WebStorage(forbidden, ''));
  drafts.set('lobby', 'tea');
  assert.equal(drafts.get('lobby'), 'tea');
});
