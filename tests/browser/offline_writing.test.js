/** What is written without a network: said when there is one again, once and in its order. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { Tunnel } from './tunnel.js';
import { until } from './until.js';

/** Ada in this browser, by a network that can fail her, and Bob, by one that does not. */
async function apart({ server, enters }, browser, tell) {
  const tunnel = await Tunnel.to(server.port);
  try {
    const ada = await enters('Ada', browser, { hasWorker: true });
    const bob = await enters('Bob', browser === 'chromium' ? 'firefox' : 'chromium');
    await ada.joins(`${tunnel.url}r/tea`);
    await bob.joins(`${server.url}r/tea`);
    await until('the page can be opened without a network', () => ada.page.evaluate(() => navigator.serviceWorker.controller !== null));
    await ada.says('before');
    await bob.hears('before');
    await tell(ada, bob, tunnel);
  } finally {
    tunnel.close();
  }
}

async function isBack(person, tunnel) {
  await tunnel.mends();
  await person.page.evaluate(() => dispatchEvent(new Event('online')));
  await person.isConnected();
  await person.seesNoMore('Waiting for connection…');
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`what is written offline is said once and in its order, the page closed and opened meanwhile or not (${browser})`, (stage) =>
    apart(stage, browser, async (ada, bob, tunnel) => {
      const written = ['one', 'two', 'three'];
      await tunnel.breaks();
      await ada.reads('Disconnected.');
      for (const text of written) await ada.says(text);
      await ada.reads('Waiting for connection…');
      await bob.says('where are you?');
      await bob.hears('where are you?');
      await isBack(ada, tunnel);
      const said = ['before', 'where are you?', ...written];
      for (const person of [ada, bob]) {
        await person.hears('three');
        await until('all are in their order', async () => (await person.said()).join() === said.join());
      }

      await tunnel.breaks();
      await ada.reads('Disconnected.');
      const again = ['four', 'five', 'six'];
      for (const text of again.slice(0, 2)) await ada.says(text);
      await ada.reads('Waiting for connection…');
      await bob.says('gone again?');
      await bob.hears('gone again?');
      await ada.page.reload();
      await ada.hears('five');
      assert.deepEqual(await ada.said(), [...said, 'four', 'five'], 'what was said is there without a network, and what was not, too');
      await ada.says('six');
      await ada.reads('Disconnected.');
      await isBack(ada, tunnel);
      const all = [...said, 'gone again?', ...again];
      for (const person of [ada, bob]) {
        await until(`${person.name} has all in their order`, async () => (await person.said()).join() === all.join());
      }
      for (const person of [ada, bob]) {
        await person.reloads();
        await person.hears('six');
        assert.deepEqual(await person.said(), all);
      }
    }));

  story(`what has arrived without a word back is not said again, over a reload either (${browser})`, (stage) =>
    apart(stage, browser, async (ada, bob, tunnel) => {
      tunnel.mutes();
      await ada.says('only once');
      await bob.hears('only once');
      await ada.reads('Sending…');
      await tunnel.breaks();
      await ada.page.reload();
      await ada.hears('only once');
      await ada.reads('Waiting for connection…');
      await isBack(ada, tunnel);
      await ada.says('and this');
      await bob.hears('and this');
      for (const person of [ada, bob]) {
        await person.hears('and this');
        assert.deepEqual(await person.said(), ['before', 'only once', 'and this']);
      }
    }));
}
