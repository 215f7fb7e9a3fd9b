/** Rooms are made with a name in any script, found in the directory, and reached by a few letters. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const listed = (person) => person.page.$$eval('.directory-row', (rows) => rows.map((row) =>
  ['.directory-name', '.directory-topic', '.directory-state'].map((part) => row.querySelector(part).textContent).join(' | ')));

async function makes(person, { title, topic = '', isListed = true }) {
  await person.clicks('#newRoom');
  await person.page.waitForSelector('.new-room[open]');
  await person.page.type('#new-room-title', title);
  if (topic) await person.page.type('#new-room-topic', topic);
  if (!isListed) await person.clicks('.new-room [value="byLink"]');
  await person.presses('Enter');
  await person.page.waitForSelector('.new-room', { hidden: true });
  await person.isInRoom(title);
}

async function browses(person, count) {
  await person.clicks('.rooms-browse');
  await until(`${count} rooms are listed`, async () => (await listed(person)).length === count);
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`a room is made with a name of its own, found in the directory and joined; one by link only is not found (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    for (const person of [ada, bob]) await person.changesNameTo(person.name);
    await ada.clicks('.rooms-browse');
    await ada.reads('No rooms are listed yet.');
    await ada.presses('Escape');
    await makes(ada, { title: 'Übung macht Meister', topic: 'Every Tuesday' });
    assert.match(ada.page.url(), /r\/uebung-macht-meister$/);
    await ada.says('Welcome');
    await makes(ada, { title: 'القهوة', isListed: false });

    await browses(bob, 1);
    assert.deepEqual(await listed(bob), ['Übung macht Meister | Every Tuesday | Join']);
    await bob.page.type('.directory [name="filter"]', 'tues');
    await until('it is found by its topic', async () => (await listed(bob)).length === 1);
    await bob.page.type('.directory [name="filter"]', ' x');
    await bob.reads('No room found.');
    await bob.page.$eval('.directory [name="filter"]', (field) => field.select());
    await bob.presses('Backspace');
    await until('all are there again', async () => (await listed(bob)).length === 1);
    await bob.clicks('.directory-row');
    await bob.isInRoom('Übung macht Meister');
    await bob.hears('Welcome');
    assert.equal(await bob.page.$('.directory'), null);
    await browses(bob, 1);
    assert.match((await listed(bob))[0], /Joined$/);
    await bob.presses('Escape');

    // It is its maker's: nobody else is offered another name for it.
    await bob.clicks('#panel');
    await bob.page.waitForSelector('.panel[open]');
    assert.equal(await bob.page.$('#panel-title'), null);
    await bob.presses('Escape');
    await ada.page.locator('.rooms-list a ::-p-text(Übung macht Meister)').click();
    await ada.isInRoom('Übung macht Meister');
    await ada.clicks('#panel');
    await ada.page.waitForSelector('#panel-title');
    await ada.page.$eval('#panel-title', (field) => field.select());
    await ada.types('Scales');
    await ada.presses('Enter');
    await bob.isInRoom('Scales');
    await bob.reloads();
    await bob.isInRoom('Scales');
  });

  story(`a name whose link is taken makes no room (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    await bob.joins(`${server.url}r/tea`);
    await bob.says('Only for us');
    await ada.joins(server.url);
    await ada.changesNameTo('Ada');
    await ada.clicks('#newRoom');
    await ada.page.waitForSelector('.new-room[open]');
    await ada.page.type('#new-room-title', 'Tea');
    await ada.presses('Enter');
    await ada.reads('There is a room with this link already.');
    await ada.presses('Escape');
    assert.equal(await ada.unreadIn('tea'), undefined, 'and it is not on the list');
  });

  story(`a few letters and Enter lead to a room, or to what somebody said (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    for (const room of ['design', 'back-end', '']) await ada.joins(server.url + (room && `r/${room}`));
    await ada.changesNameTo('Ada');
    await ada.says('here I am');
    const jumps = async (letters) => {
      await ada.page.keyboard.down('Control');
      await ada.presses('k');
      await ada.page.keyboard.up('Control');
      await ada.page.waitForSelector('.search[open]');
      await ada.page.$eval('.search [name="query"]', (field) => field.select());
      await ada.types(letters);
    };
    await jumps('end');
    await ada.page.waitForSelector('.search-first');
    await ada.presses('Enter');
    await ada.isInRoom('back-end');
    await jumps('ada');
    await ada.reads('Messages from Ada');
    await ada.clicks('.search-place');
    await ada.reads('1 message found');
  });

  story(`what is unread beyond the list's edge is counted there, and one click away (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 1000, height: 420 });
    for (let n = 1; n <= 12; n++) await ada.joins(`${server.url}r/room-${n}`);
    await ada.joins(server.url);
    await ada.floods(1, 1, 'room-1');
    await ada.reads('1 unread below');
    await ada.clicks('.rooms-below');
    await until('it is in sight', () => ada.page.$eval('.rooms-unread', (link) => {
      const { top, bottom } = link.getBoundingClientRect();
      const box = link.closest('.rooms-lists').getBoundingClientRect();
      return top >= box.top && bottom <= box.bottom;
    }));
    await ada.seesNoMore('1 unread below');
  });
}
