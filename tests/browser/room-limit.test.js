/** The list of rooms, when there are too many, and when there are two tabs. */

import assert from 'node:assert/strict';

import { story } from './story.js';
import { until } from './until.js';

const rooms = (person) => person.page.$$eval('.rooms-list bdi', (names) => names.map(({ textContent }) => textContent));

/** Opens so many rooms at once, as if they had been opened one after the other. */
async function hasRooms(person, count) {
  await person.page.evaluate((count) => {
    const names = Array.from({ length: count }, (_, n) => `room-${n + 1}`);
    localStorage.setItem('chinwag / rooms', JSON.stringify(names));
  }, count);
}

story('the 251st room takes the place of one that holds nothing, and the page says which', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await hasRooms(ada, 250);
  await ada.joins(`${server.url}r/room-1`);
  const bob = await enters('Bob', 'firefox');
  await bob.joins(`${server.url}r/room-2`);
  await bob.says('do not lose this');
  await ada.hasUnread('room-2', '1');
  await ada.goesToRoom('room-3');
  await ada.writes('half a thought');
  await ada.goesToRoom('one-more');
  await ada.reads('room-4, which you used least recently, was removed');
  const list = await rooms(ada);
  assert.equal(list.length, 250);
  for (const name of ['room-1', 'room-2', 'room-3', 'one-more']) assert.ok(list.includes(name), name);
  assert.ok(!list.includes('room-4'));
});

story('a full list of unread rooms refuses another in words', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await hasRooms(ada, 250);
  await ada.page.evaluate(() => {
    for (let n = 1; n <= 250; n++) localStorage.setItem(`chinwag / draft room-${n}`, '"half a thought"');
  });
  await ada.joins(`${server.url}r/room-1`);
  await ada.opensRoom('one-more');
  await ada.reads('one-more was not opened: your list is full');
  await ada.isInRoom('room-1');
  const list = await rooms(ada);
  assert.deepEqual([list.length, list.includes('one-more')], [250, false]);
});

story('a room that is opened in one tab appears in the other', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  const beside = await enters('Ada beside', 'chromium', { beside: ada });
  await beside.joins(server.url);
  await beside.goesToRoom('tea');
  await until('it is on the other list', async () => (await rooms(ada)).includes('tea'));
  const bob = await enters('Bob', 'firefox');
  await bob.joins(`${server.url}r/tea`);
  await bob.says('The kettle is on');
  await ada.hasUnread('tea', '1');
});

story('favourites stand first, a draft and silence have their signs, and a filter leads to a room', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await hasRooms(ada, 12);
  await ada.joins(`${server.url}r/room-7`);
  await ada.clicks('#panel');
  await ada.page.waitForSelector('.panel[open]');
  await ada.clicks('.panel [name="favourite"]');
  await ada.clicks('.panel .dialog-choice:last-of-type [name="level"]');
  await ada.presses('Escape');
  await ada.writes('half a thought');
  await ada.goesToRoom('room-3');
  const favourites = () => ada.page.$$eval('[aria-labelledby="rooms-favourites"] a', (links) => (
    links.map((link) => [link.querySelector('bdi').textContent, link.querySelector('.rooms-sign').ariaLabel])));
  await until('it is a favourite with a draft', async () => String(await favourites()) === 'room-7,Draft');
  await ada.reads('Favourites');
  await ada.reloads();
  await ada.page.waitForSelector('.rooms-list a');
  assert.deepEqual((await rooms(ada)).slice(0, 2), ['room-7', 'room-3'], 'the favourite, then the room used last');
  await ada.goesToRoom('room-7');
  await ada.page.$eval('#text', (text) => {
    text.value = '';
    text.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await ada.goesToRoom('room-3');
  await until('it is muted', async () => String(await favourites()) === 'room-7,Muted');
  await ada.page.type('.rooms-filter', 'M-11');
  assert.equal(await ada.page.$$eval('.rooms-list a', (links) => links.filter((link) => link.checkVisibility()).length), 1);
  await ada.presses('Enter');
  await ada.isInRoom('room-11');
});
