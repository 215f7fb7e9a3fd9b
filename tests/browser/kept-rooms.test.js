/** The list of rooms on all devices of a person, and a list that is longer than a connection may be in rooms. */

import assert from 'node:assert/strict';

import { LOCAL_NAME } from './launch.js';
import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const rooms = (person) => person.page.$$eval('.rooms-list bdi', (names) => names.map(({ textContent }) => textContent));

const favourites = (person) =>
  person.page.$$eval('[aria-labelledby="rooms-favourites"] bdi', (names) => names.map(({ textContent }) => textContent));

const muted = (person) =>
  person.page.$$eval('.rooms-muted bdi', (names) => names.map(({ textContent }) => textContent));

async function linksTo(person) {
  await person.clicks('#device');
  await until('there is a link', () => person.page.evaluate(() => document.querySelector('.device input')?.value));
  const link = await person.page.$eval('.device input', ({ value }) => value);
  return link;
}

/** In the panel of the room that is shown. */
async function sets(person, choice) {
  await person.clicks('#panel');
  await person.page.waitForSelector('.panel[open]');
  await person.page.$eval(choice, (button) => button.click());
  await person.presses('Escape');
  await person.page.waitForSelector('.panel', { hidden: true });
}

const FAVOURITE = '.panel [name="favourite"]';
const MUTED = '.panel .dialog-choice:last-of-type [name="level"]';

/** The tab is looked at again. */
const comesBack = (person) => person.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

for (const browser of someBrowsers(import.meta.url)) {
  story(`a second device has the rooms, favourites and muted rooms of the first, and they stay the same (${browser})`, async ({ server, enters }) => {
    const address = server.url.replace('127.0.0.1', LOCAL_NAME);
    const ada = await enters('Ada', 'chromium');
    await ada.joins(address);
    await ada.goesToRoom('tea');
    await sets(ada, FAVOURITE);
    await ada.goesToRoom('cake');
    await sets(ada, MUTED);
    await ada.says('from the laptop');
    await ada.hears('from the laptop');
    const link = await linksTo(ada);
    const phone = await enters('the phone', browser);
    await phone.joins(link);
    await ada.reads('Another device is you now');
    await ada.clicks('.dialog-close');
    await until('the phone has the rooms', async () => (await rooms(phone)).toSorted().join() === 'cake,lobby,tea');
    assert.deepEqual(await favourites(phone), ['tea']);
    assert.deepEqual(await muted(phone), ['cake']);

    await phone.goesToRoom('garden');
    await until('the laptop has it as well', async () => (await rooms(ada)).includes('garden'));
    const bob = await enters('Bob', 'firefox');
    await bob.joins(`${address}r/garden`);
    await bob.says('Roses');
    await phone.hears('Roses');
    await ada.goesToRoom('lobby');
    await phone.goesToRoom('tea');
    await sets(phone, FAVOURITE);
    await until('it is none on the laptop', async () => (await favourites(ada)).length === 0);
    await phone.clicks('#panel');
    await phone.page.waitForSelector('.panel-leave');
    await phone.page.$eval('.panel-leave', (button) => button.click());
    await until('it is gone on the laptop', async () => !(await rooms(ada)).includes('tea'));

    // What one does while the other is away.
    await ada.opens('about:blank');
    await phone.goesToRoom('pond');
    await phone.goesToRoom('cake');
    await phone.clicks('#panel');
    await phone.page.waitForSelector('.panel-leave');
    await phone.page.$eval('.panel-leave', (button) => button.click());
    await until('it is gone', async () => !(await rooms(phone)).includes('cake'));
    await ada.joins(address);
    await until('both have the same', async () => (await rooms(ada)).toSorted().join() === 'garden,lobby,pond');
    await until('also the phone', async () => (await rooms(phone)).toSorted().join() === 'garden,lobby,pond');
  });

  story(`a hundred rooms are on the list, with what is unread in each, and a connection is in fewer (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(`${server.url}r/room-90`);
    await ada.changesNameTo('Ada');
    await ada.says('I was here');
    const bob = await enters('Bob', 'chromium');
    await bob.joins(`${server.url}r/room-90`);
    await bob.hears('I was here');
    await bob.says('So was I');
    await ada.hears('So was I');
    // Read up to here, and a hundred rooms used later than this one.
    await until('it is known', () => ada.page.evaluate(() => new Promise((done) => setTimeout(done, 800, true))));
    await ada.page.evaluate(() => {
      const names = Array.from({ length: 100 }, (_, n) => `room-${n + 1}`);
      localStorage.setItem('chinwag / rooms', JSON.stringify(names));
      const used = Object.fromEntries(names.map((name, n) => [name, name === 'room-90' ? 1 : 1_000 + n]));
      localStorage.setItem('chinwag / used', JSON.stringify(used));
    });
    await ada.opens('about:blank');
    await bob.says('Are you still there?');
    await bob.hears('Are you still there?');
    await ada.joins(`${server.url}r/room-1`);
    await until('all are there', async () => (await rooms(ada)).length === 100);
    await ada.hasUnread('room-90', '1');
    await bob.counts(1);
    await bob.says('@Ada?');
    await bob.hears('@Ada?');
    await until('it is sent', async () => (await bob.message('@Ada?')).evaluate((row) => row.seq > 0));
    await comesBack(ada);
    await ada.hasUnread('room-90', '2');
    await ada.goesToRoom('room-90');
    await ada.hears('@Ada?');
    await bob.counts(2);
    await ada.goesToRoom('room-2');
    await bob.says('Good bye');
    await ada.hasUnread('room-90', '1');
    // What was used least recently was left for it.
    await ada.goesToRoom('room-3');
    assert.equal((await rooms(ada)).length, 100);
  });
}
