/** What one has not read: how much, where it begins, and that it is read. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** What the count beside the room looks like. */
const looks = (person) => person.page.$eval('.rooms-unread .count', (count) => getComputedStyle(count).backgroundColor);

/** Ada in this browser and Bob, both in tea, where both have said something. */
async function atTea({ server, enters }, browser) {
  const ada = await enters('Ada', browser);
  const bob = await enters('Bob', browser === 'chromium' ? 'firefox' : 'chromium');
  for (const person of [ada, bob]) {
    await person.joins(`${server.url}r/tea`);
    await person.changesNameTo(person.name);
  }
  await ada.says('Hello');
  await bob.hears('Hello');
  await bob.says('Hello, Ada');
  await ada.hears('Hello, Ada');
  return { ada, bob };
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`in another room: counted, louder where one is meant, with a line where one left, and read in all tabs (${browser})`, async (stage) => {
    const { ada, bob } = await atTea(stage, browser);
    await ada.goesToRoom('lobby');
    const tab = await stage.enters('Ada too', browser, { beside: ada });
    await tab.joins(stage.server.url);
    await ada.page.bringToFront();

    await bob.says('The kettle is on');
    for (const one of [ada, tab]) {
      await one.hasUnread('tea', '1');
      await one.hasTitle('(1) Chinwag');
    }
    const plain = await looks(ada);
    await bob.says('@Ada, milk?');
    for (const one of [ada, tab]) {
      await one.hasUnread('tea', '2');
      await one.hasTitle('(2) Chinwag');
    }
    assert.notEqual(await looks(ada), plain, 'what speaks to one looks different');
    assert.deepEqual(await ada.said(), [], 'and one is where one was');

    await ada.goesToRoom('tea');
    await ada.hears('@Ada, milk?');
    assert.equal(await ada.unreadFrom(), 'The kettle is on');
    assert.deepEqual(await ada.said(), ['Hello', 'Hello, Ada', 'The kettle is on', '@Ada, milk?']);
    await ada.hasUnread('tea', '');
    await ada.hasTitle('tea · Chinwag');
    await tab.hasUnread('tea', '');
    await tab.hasTitle('Chinwag');

    await ada.says('Please');
    await until('who has answered has no line', async () => (await ada.unreadFrom()) === undefined);
    await bob.hears('Please');
    await bob.says('Here you are');
    await ada.hears('Here you are');
    assert.equal(await ada.unreadFrom(), undefined, 'what one watches is read');
    for (const one of [ada, tab]) await one.hasUnread('tea', '');
  });

  story(`what is deleted, or speaks to one no more, is not counted (${browser})`, async (stage) => {
    const { ada, bob } = await atTea(stage, browser);
    await ada.goesToRoom('lobby');
    const isMeant = () => ada.page.$eval('.rooms-unread .count', ({ classList }) => classList.contains('count-mentions'));

    await bob.says('`@Ada` is how one writes it, see https://x.example/@Ada and ``@Ada``');
    await ada.hasUnread('tea', '1');
    assert.equal(await isMeant(), false, 'code and addresses mention nobody');
    await bob.saysAndChanges('❤️@Ada', 'Cleo');
    await ada.hasUnread('tea', '2');
    await until('what was edited away is none', async () => !(await isMeant()));
    await bob.says('@Ada, milk?');
    await ada.hasUnread('tea', '3');
    await until('this is one', isMeant);
    await bob.deletes('@Ada, milk?');
    await ada.hasUnread('tea', '2');
    await until('and is gone', async () => !(await isMeant()));
    await ada.hasTitle('(2) Chinwag');
    await bob.deletes('Cleo');
    await bob.deletes('@Ada is how one writes it, see https://x.example/@Ada and @Ada');
    await ada.hasUnread('tea', '');
    await ada.hasTitle('Chinwag');
    await ada.goesToRoom('tea');
    assert.equal(await ada.unreadFrom(), undefined, 'there is no line above what is gone');
  });

  for (const count of [120, 1_100]) {
    story(`after ${count} messages one comes back to the line where one left, and is led to the end (${browser})`, async (stage) => {
      const { ada, bob } = await atTea(stage, browser);
      await ada.goesToRoom('lobby');
      await ada.opens('about:blank');
      await bob.floods(count);
      await bob.hears(`message ${count}`);

      await ada.joins(stage.server.url);
      await ada.hasUnread('tea', '99+');
      await ada.goesToRoom('tea');
      await ada.hasInSight('message 1');
      assert.equal(await ada.unreadFrom(), 'message 1');
      assert.ok((await ada.inSight()).includes('Hello, Ada'), 'what was read is above it');
      await ada.hasUnread('tea', '99+');
      await ada.clicks('#newer');
      await ada.hasInSight(`message ${count}`);
      await ada.hasUnread('tea', '');
    });
  }
}
