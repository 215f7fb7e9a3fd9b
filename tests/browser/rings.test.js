/** The ring around what has the focus: one, and all of it. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';

for (const browser of someBrowsers(import.meta.url)) {
  story(`a message that was found has one ring (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('here');
    await ada.hears('here');
    const [seq] = await ada.page.$$eval('.message', (rows) => rows.map(({ seq }) => seq));
    await ada.opens('about:blank');
    await ada.opens(`${server.url}#${seq}`);
    await ada.page.waitForSelector('.message-found:focus');
    const styles = await ada.page.$eval('.message-found', (row) =>
      [row, row.querySelector('.message-bubble')].map((element) => getComputedStyle(element).outlineStyle));
    assert.deepEqual(styles, ['none', 'solid']);
  });
}
