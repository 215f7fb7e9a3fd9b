/** What was begun and is not sent. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

for (const browser of someBrowsers(import.meta.url)) {
  story(`to send in one tab takes no draft away from another (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.writes('long thought');
    const tab = await enters('Ada too', browser, { beside: ada });
    await tab.joins(server.url);
    assert.equal(await tab.draft(), 'long thought', 'a new tab goes on with it');
    await tab.says('quick answer');
    await tab.hears('quick answer');
    assert.equal(await tab.draft(), '');
    await ada.page.bringToFront();
    await ada.reloads();
    assert.equal(await ada.draft(), 'long thought');
    await tab.page.bringToFront();
    await tab.reloads();
    assert.equal(await tab.draft(), '', 'and stays where it was');

    await ada.page.bringToFront();
    await ada.goesToRoom('tea');
    await ada.writes('in tea');
    await ada.goesToRoom('lobby');
    assert.equal(await ada.draft(), 'long thought');
    await ada.page.focus('#text');
    await ada.presses('Enter');
    await until('it is sent', async () => (await ada.said()).includes('long thought'));
    await ada.reloads();
    assert.equal(await ada.draft(), '');
    await ada.goesToRoom('tea');
    assert.equal(await ada.draft(), 'in tea');
  });
}
