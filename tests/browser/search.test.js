/** Finding what was said, and the way back. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** Opens the search by its keys. */
async function opens(person) {
  await person.page.keyboard.down('Control');
  await person.presses('k');
  await person.page.keyboard.up('Control');
  await person.page.waitForSelector('.search[open]');
}

/** Writes what is looked for, as typing does, and has what is said of it. */
async function looksFor(person, query) {
  await person.page.$eval('.search [type="search"]', (field, query) => {
    field.value = query;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.focus();
  }, query);
}

const status = (person) => person.page.$eval('.search-status', (status) => status.textContent);

async function isTold(person, words) {
  await until(`${person.name} is told ${words}`, async () => (await status(person)) === words);
}

/** What was found: where, and with the words that were looked for in brackets. */
const found = (person) => person.page.$$eval('.search-result', (links) => links.map((link) => {
  const text = [...link.querySelector('.search-text').childNodes];
  const shown = text.map((node) => (node.localName === 'mark' ? `[${node.textContent}]` : node.textContent)).join('');
  return `${link.querySelector('.search-room').textContent}: ${shown}`;
}));

const focused = (person) => person.page.evaluate(() => document.activeElement.textContent || document.activeElement.localName);

for (const browser of someBrowsers(import.meta.url)) {
  story(`what was said long ago is found, gone to, and one comes back to now (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(`${server.url}r/tea`);
    await ada.says('The kettle is in the garden');
    await ada.hears('The kettle is in the garden');
    await ada.floods(400);
    await ada.hears('message 400');
    await ada.reloads();
    await ada.hears('message 400');
    assert.equal(await ada.countOf('The kettle is in the garden'), 0, 'it is not held any more');

    await opens(ada);
    await looksFor(ada, 'kettle');
    await isTold(ada, '1 message found');
    assert.deepEqual(await found(ada), ['tea: The [kettle] is in the garden']);
    await ada.presses('Enter');
    await until('the first that was found has the focus', async () => (await focused(ada)).includes('kettle'));
    await ada.presses('Enter');
    await ada.hears('The kettle is in the garden');
    assert.equal(await ada.page.$('.search[open]'), null);
    await until('it is in sight', () => ada.page.evaluate(() => {
      const row = [...document.querySelectorAll('.message')].find((row) => row.textContent.includes('kettle'));
      const { top, bottom } = row.getBoundingClientRect();
      const log = document.querySelector('#log').getBoundingClientRect();
      return top >= log.top && bottom <= log.bottom;
    }));

    await ada.clicks('#newer');
    await ada.hears('message 400');
    await until('the end is in sight', async () => (await ada.pixelsFromEnd()) === 0);
    await opens(ada);
    assert.equal(await ada.page.$eval('.search [type="search"]', (field) => field.value), 'kettle', 'one looks on');
  });
}

story('in all rooms or in this one; with arrow keys, and back to where one was', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(`${server.url}r/tea`);
  await ada.says('cake for tea');
  await ada.hears('cake for tea');
  await ada.joins(`${server.url}r/garden`);
  await ada.says('cake in the garden');
  await ada.hears('cake in the garden');

  await opens(ada);
  await looksFor(ada, 'cake');
  await isTold(ada, '2 messages found');
  assert.deepEqual(await found(ada), ['garden: [cake] in the garden', 'tea: [cake] for tea']);
  await ada.presses('ArrowDown');
  await ada.presses('ArrowDown');
  assert.match(await focused(ada), /cake for tea/);
  await ada.presses('ArrowUp');
  await ada.presses('ArrowUp');
  assert.equal(await focused(ada), 'input');

  await ada.clicks('.search [type="checkbox"]');
  await isTold(ada, '1 message found');
  assert.deepEqual(await found(ada), ['garden: [cake] in the garden']);
  await ada.presses('Escape');
  assert.equal(await ada.page.$('.search[open]'), null);
  assert.ok(await ada.isWriting());

  await opens(ada);
  await ada.clicks('.search [type="checkbox"]');
  await isTold(ada, '2 messages found');
  await ada.clicks('.search li:last-child a');
  await ada.hears('cake for tea');
  assert.equal(await ada.page.$eval('#room', (room) => room.textContent), 'tea');
});

story('what cannot be found is said in words', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await opens(ada);
  assert.equal(await status(ada), '');
  await looksFor(ada, 'unicorn');
  await isTold(ada, 'No messages found.');
  await looksFor(ada, 'before:tomorrow');
  await isTold(ada, '\'tomorrow\' is not a date; write it like 2026-11-24.');
  await looksFor(ada, '');
  await isTold(ada, '');
  await server.crash();
  await ada.reads('Disconnected.');
  await looksFor(ada, 'unicorns');
  await isTold(ada, 'There is no connection to the server.');
});

story('a server that keeps nothing says so', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await opens(ada);
  await looksFor(ada, 'tea');
  await isTold(ada, 'This server keeps no history, so there is nothing to search.');
}, { ephemeral: true });

story('more than is shown at once is had by asking for it', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await ada.floods(70);
  await ada.hears('message 70');
  await opens(ada);
  await looksFor(ada, 'message');
  await isTold(ada, 'Newest 50 messages');
  await ada.clicks('.search-more');
  await isTold(ada, '70 messages found');
  const all = await found(ada);
  assert.deepEqual([all.length, all[0], all[50], all[69]], [70, 'lobby: [message] 70', 'lobby: [message] 20', 'lobby: [message] 1']);
  assert.match(await focused(ada), /message 20/);
});

story('C60 what is found is text, whatever it looks like', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await ada.says('<img src=x onerror=alert(1)> and <b>tea</b>');
  await ada.hears('<img src=x onerror=alert(1)> and <b>tea</b>');
  await opens(ada);
  await looksFor(ada, 'tea img');
  await isTold(ada, '1 message found');
  assert.deepEqual(await found(ada), ['lobby: <[img] src=x onerror=alert(1)> and <b>[tea]</b>']);
  assert.equal(await ada.page.$$eval('.search-result :is(img, b, i)', (elements) => elements.length), 0);
});
