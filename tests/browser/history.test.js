import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

for (const browser of someBrowsers(import.meta.url)) {
  story(`going back through 300 messages: all are there, in their order, and the place is kept (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.floods(300);
    await ada.hears('message 300');
    await ada.reloads();
    await ada.hears('message 300');
    const first = await ada.log();
    assert.equal(first.at(-1), 'message 300');
    assert.ok(first.length < 300, 'not all of it comes at once');
    assert.ok((await ada.pixelsFromEnd()) <= 2);

    let rows = first.length;
    while (rows < 300) {
      await ada.scrollsTo(40);
      const place = await ada.readingPosition();
      await until('older ones are there', async () => (await ada.log()).length > rows);
      assert.equal(await ada.topOf(place.row), place.top);
      rows = (await ada.log()).length;
    }
    assert.deepEqual(await ada.log(), Array.from({ length: 300 }, (_, n) => `message ${n + 1}`));
    await ada.scrollsTo(0);
    await ada.reads('This is the beginning of the conversation.');
    await ada.floods(1, 301);
    await ada.reads('1 new message');
    await ada.clicks('#newer');
    await ada.hears('message 301');
    assert.ok((await ada.pixelsFromEnd()) <= 2);
  });
}

story('who goes back very far holds no more rows than others, and finds the end again', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await ada.floods(800);
  await ada.hears('message 800');
  await ada.reloads();
  await ada.hears('message 800');
  for (let seen = 800; seen > 1; ) {
    const [first] = await ada.log();
    await ada.scrollsTo(0);
    await until('older ones are there', async () => (await ada.log())[0] !== first);
    seen = Number((await ada.log())[0].split(' ')[1]);
  }
  const log = await ada.log();
  assert.equal(log.length, 300);
  assert.deepEqual([log[0], log.at(-1)], ['message 1', 'message 300']);
  await ada.floods(2, 801);
  await ada.reads('2 new messages');

  // Down again, step by step: nothing is left out.
  let last = 'message 300';
  await ada.scrollsTo(1_000_000);
  await until('newer ones are there', async () => (await ada.log()).at(-1) !== last);
  last = (await ada.log()).at(-1);
  assert.ok(Number(last.split(' ')[1]) < 802);
  const numbers = (await ada.log()).map((text) => Number(text.split(' ')[1]));
  numbers.forEach((number, n) => n && assert.equal(number, numbers[n - 1] + 1));

  // Or all the way at once.
  await ada.clicks('#newer');
  await ada.hears('message 802');
  await until('it is the end', async () => (await ada.pixelsFromEnd()) <= 2);
  await ada.seesNoMore('new message');
  await ada.floods(1, 803);
  await ada.hears('message 803');
  assert.ok((await ada.pixelsFromEnd()) <= 2);
});

story('a room is found by its link, and is no other room', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  const bob = await enters('Bob', 'firefox');
  await ada.joins(`${server.url}r/book-club`);
  await bob.joins(`${server.url}r/book-club`);
  await ada.says('in the club');
  await bob.hears('in the club');
  assert.equal(await bob.page.title(), 'book-club · Chinwag');
  await bob.joins(server.url);
  await bob.reads('No messages yet.');
  await bob.joins(`${server.url}r/lobby`);
  await bob.says('in the lobby');
  await ada.says('to nobody');
  await ada.hears('to nobody');
  assert.deepEqual(await bob.log(), ['in the lobby']);
  assert.deepEqual(await ada.log(), ['in the club', 'to nobody']);
});

story('edited, deleted, reacted: it is seen at once, and after a reload', async ({ talking }) => {
  const { ada, bob } = await talking();
  for (const text of ['one', 'two', 'three']) {
    await ada.says(text);
    await bob.hears(text);
  }
  await ada.clicksAction('Edit', 'one');
  await ada.says('one, corrected');
  await ada.clicksAction('Delete', 'two');
  await ada.clicks('.confirm-sure');
  await ada.clicksAction('👍', 'three');
  await ada.setsTopic('Counting <b>up</b>');
  await bob.hears('This message was deleted.');
  await until('Bob sees the reaction', async () => (await bob.reactions('three')).join() === '👍 1');
  for (const person of [ada, bob]) {
    await person.reads('Counting <b>up</b>');
    const isSo = async () => {
      assert.deepEqual(await person.log(), ['one, corrected', 'This message was deleted.', 'three']);
      assert.match(await person.text(), /one, corrected\s+edited/);
      assert.match((await person.reactions('three')).join(), /^\[?👍 1\]?$/);
    };
    await isSo();
    await person.reloads();
    await person.hears('three');
    await person.reads('Counting <b>up</b>');
    await isSo();
  }
  assert.deepEqual([await ada.reactions('three'), await bob.reactions('three')], [['[👍 1]'], ['👍 1']]);
});
