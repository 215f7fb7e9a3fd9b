/** The page under somebody else's address: a proxy in front, as an operator has one. */

import assert from 'node:assert/strict';

import { proxyTo } from './proxy.js';
import { someBrowsers, story } from './story.js';

for (const browser of someBrowsers(import.meta.url)) {
  story(`C58 the chat under /chat/ is whole: the lobby, a room by its link, and each with its own name (${browser})`, async ({ server, enters }) => {
    const proxy = await proxyTo(server.port);
    try {
      const chat = `http://127.0.0.1:${proxy.address().port}/chat/`;
      const ada = await enters('Ada', browser);
      const bob = await enters('Bob', 'chromium');
      await ada.joins(`${chat}r/book-club`);
      await bob.joins(`${server.url}r/book-club`);
      await ada.changesNameTo('Ada');
      await ada.says('from under /chat/');
      await bob.hears('from under /chat/');
      await ada.joins(chat);
      assert.equal(await ada.myName(), 'Ada');
      assert.deepEqual(await ada.log(), []);
      const kept = await ada.page.evaluate(() => Object.keys(localStorage));
      assert.ok(kept.includes('chinwag /chat/ token'));
      assert.ok(kept.every((key) => key.startsWith('chinwag /chat/ ')), `another chat on this host has its own: ${kept}`);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
}
