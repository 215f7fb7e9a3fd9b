/** A page that is magnified, has large text, or the colours of the system: no part of it is lost. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const measured = (person) => person.page.evaluate(() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [page, log, field] = [document.documentElement, document.querySelector('#log'), box('.composer-bar')];
  return {
    over: [page.scrollWidth - page.clientWidth, log.scrollWidth - log.clientWidth],
    isFieldInSight: field.left >= 0 && field.right <= innerWidth && field.bottom <= innerHeight && field.top >= 0,
    isHeadInSight: box('.where-button').top >= 0 && box('#search').right <= innerWidth,
    log: log.clientHeight,
  };
});

for (const browser of someBrowsers(import.meta.url)) {
  story(`at 400 % one reads and writes: the log has two lines at least, the composer and the head are in sight (${browser})`, async ({ server, enters }) => {
    // A window of 1280 by 1024, magnified four times.
    const ada = await enters('Ada', browser, { width: 320, height: 256 });
    await ada.joins(server.url);
    await ada.says('the first line');
    await ada.hears('the first line');
    for (const draft of ['', 'a draft of many lines\n'.repeat(12)]) {
      await ada.writes(draft);
      const { log, ...rest } = await measured(ada);
      assert.deepEqual(rest, { over: [0, 0], isFieldInSight: true, isHeadInSight: true });
      assert.ok(log >= 60, `${log} px`);
    }
    await ada.writes('');
    await ada.clicks('.top-rooms');
    await ada.clicks('#settings');
    await ada.page.waitForSelector('.settings[open]');
    await ada.page.locator('.settings-segments [value="compact"]').click();
    await ada.presses('Escape');
  });

  story(`with text of twice the size nothing has to be scrolled sideways (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 390, height: 844 });
    await ada.joins(server.url);
    await ada.says('a line that is long enough to go on in the next one, and some more');
    await ada.page.waitForSelector('.question');
    await ada.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    const { log, ...rest } = await measured(ada);
    assert.deepEqual(rest, { over: [0, 0], isFieldInSight: true, isHeadInSight: true });
    assert.ok(log >= 100, `${log} px`);
  });
}

story('with the colours of the system, what is mine, chosen or meant for me has an edge', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  const bob = await enters('Bob', 'chromium');
  for (const person of [ada, bob]) {
    await person.joins(server.url);
    await person.changesNameTo(person.name);
  }
  await ada.says('mine');
  await bob.hears('mine');
  await bob.says('@Ada this is for you');
  await ada.hears('@Ada this is for you');
  await ada.clicksAction('🎉', 'mine');
  await until('it is given', async () => (await ada.reactions('mine')).join() === '[🎉 1]');
  const protocol = await ada.page.createCDPSession();
  await protocol.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  const edges = await ada.page.evaluate(() => Object.fromEntries([
    '.message-own .message-bubble', '.message-bubble:has(.mention-me)', '.rooms-list a[aria-current]', '.reaction[aria-pressed="true"]',
    '.message:not(.message-own) .message-bubble',
  ].map((selector) => [selector, parseFloat(getComputedStyle(document.querySelector(selector)).borderTopWidth)])));
  for (const [selector, width] of Object.entries(edges)) assert.ok(width >= 1, `${selector}: ${width} px`);
});
