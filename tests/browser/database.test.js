/** What the page keeps in the browser's database. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';

/** Runs in the page, with a store of this name. */
function withStore(person, work, ...values) {
  return person.page.evaluate(
    async (source, values) => {
      const { $model_database: { Database } } = await import('/first.js');
      window.store ??= await Database.open(() => indexedDB, 'a test');
      const work = { load: (store) => store.load(), many, after, quick };
      return work[source](window.store, ...values);

      async function many(store, count) {
        const all = [];
        for (let i = 0; i < count; i++) all.push(store.putItem({ cid: `c${(i * 7919) % 1000}`, room: 'lobby', text: `${i}`, at: 5 }));
        await Promise.all(all);
      }

      async function after(store, calls) {
        for (const [name, value] of calls) await store[name](value);
      }

      function quick(store, calls) {
        for (const [name, value] of calls) store[name](value);
      }
    },
    work,
    values,
  );
}

const item = (cid, text = cid) => ({ cid, room: 'lobby', text, at: 1 });
const cids = async (person) => (await withStore(person, 'load')).outbox.map(({ cid }) => cid);

for (const browser of someBrowsers(import.meta.url)) {
  story(`what was saved is there after a reload, items in the order they were written (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.opens(server.url);
    assert.deepEqual(await withStore(ada, 'load'), { rooms: [], outbox: [] });
    const rooms = [{ name: 'lobby', seq: 7, rows: [{ text: 'é😀' }] }, { name: 'tea', read: 3 }];
    await withStore(ada, 'after', [
      ['saveRoom', { name: 'lobby', seq: 1 }],
      ['saveRoom', rooms[1]],
      ['saveRoom', { name: 'gone' }],
      ['saveRoom', rooms[0]],
      ['forgetRoom', 'gone'],
      ['removeItem', 'never was'],
      ['putItem', item('z')],
      ['putItem', item('a')],
      ['putItem', item('m')],
      ['putItem', { ...item('z'), refused: 'too long' }],
      ['removeItem', 'a'],
    ]);
    await ada.opens(server.url);
    const loaded = await withStore(ada, 'load');
    assert.deepEqual(loaded, { rooms, outbox: [{ ...item('z'), refused: 'too long' }, item('m')] });
  });

  story(`what is not waited for keeps its order, and is kept though the page is left at once (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.opens(server.url);
    await withStore(ada, 'many', 200);
    assert.deepEqual((await withStore(ada, 'load')).outbox.map(({ text }) => Number(text)), Array.from({ length: 200 }, (_, i) => i));
    await withStore(ada, 'quick', [...(await cids(ada)).map((cid) => ['removeItem', cid]), ['putItem', item('b')], ['putItem', item('a')], ['removeItem', 'b'], ['putItem', item('b')]]);
    assert.deepEqual(await cids(ada), ['a', 'b']);
    await ada.page.evaluate(() => addEventListener('pagehide', () => window.store.saveRoom({ name: 'last', seq: 9 })));
    await ada.opens(`${server.url}r/tea`);
    assert.deepEqual((await withStore(ada, 'load')).rooms, [{ name: 'last', seq: 9 }]);
  });

  story(`another tab may take the database away, and the store goes on with a new one (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.opens(server.url);
    await withStore(ada, 'after', [['putItem', item('old')]]);
    const tab = await enters('Ada', browser, { beside: ada });
    await tab.opens(server.url);
    const taken = await tab.page.evaluate(() => new Promise((done) => {
      const request = indexedDB.deleteDatabase('a test');
      request.onsuccess = () => done(true);
      request.onblocked = () => done(false);
    }));
    assert.ok(taken, 'nobody blocks it');
    await withStore(ada, 'quick', [['putItem', item('x')], ['putItem', item('new')], ['removeItem', 'x']]);
    assert.deepEqual(await cids(ada), ['new']);
    assert.deepEqual(await cids(tab), ['new'], 'both have the same');
    await tab.page.evaluate(() => new Promise((done) => (indexedDB.open('a test', 2).onsuccess = done)));
    await withStore(ada, 'after', [['putItem', item('y')]]);
    assert.deepEqual(await cids(ada), [], 'of a newer page: nothing is kept by this one, and nothing breaks');
  });
}
