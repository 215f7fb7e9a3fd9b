/** The ring around what has the focus: one, and all of it. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';

for (const browser of someBrowsers(import.meta.url)) {
  story(`nothing lies over the ring of the name's field (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.clicks('.me-change');
    await ada.page.waitForSelector('#name:focus');
    const [ring, fade] = await ada.page.evaluate(() => {
      const { outlineWidth, outlineOffset } = getComputedStyle(document.querySelector('#name'));
      const { top } = document.querySelector('#name').getBoundingClientRect();
      // The log fades out right above the foot.
      return [top - parseFloat(outlineWidth) - parseFloat(outlineOffset), document.querySelector('.foot').getBoundingClientRect().top];
    });
    assert.ok(ring >= fade, `the ring begins at ${ring}, the fade ends at ${fade}`);
  });

  story(`a message that was found has one ring (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('here');
    await ada.hears('here');
    const [seq] = await ada.page.$$eval('.message', (rows) => rows.map(({ seq }) => seq));
    await ada.opens('about:blank');
    await ada.opens(`${server.url}#${seq}`);
    await ada.page.waitForSelector('.message-found:focus');
    assert.equal(await ada.page.$eval('.message-found', (row) => getComputedStyle(row).outlineStyle), 'none');
  });
}
