import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';

const MISSED = 'Reconnected. This server keeps no history: some messages may be missing.';

/** No wait ever ends by itself: whoever comes back was woken. */
function waitForEver() {
  const { setTimeout } = window;
  Math.random = () => 0.999;
  window.setTimeout = (run, ms) => setTimeout(run, ms > 300 ? 1_000_000 : ms);
}

story('C62 the server is gone and comes back, and the talk goes on', async ({ server, talking }) => {
  const { ada, bob } = await talking();
  await ada.says('before');
  await bob.hears('before');

  await server.crash();
  for (const person of [ada, bob]) {
    await person.reads('Disconnected.');
    await person.reads('Trying again in');
  }
  await ada.says('is anybody there?');
  await ada.reads('Waiting for connection…');
  assert.deepEqual([await ada.draft(), await ada.isWriting()], ['', true]);

  await server.start();
  for (const person of [ada, bob]) await person.hears('is anybody there?');
  await ada.seesNoMore('Waiting for connection…');
  await bob.says('I am');
  await ada.hears('I am');
  for (const person of [ada, bob]) {
    assert.deepEqual(await person.log(), ['before', 'is anybody there?', 'I am']);
  }
});

story('C62 a server that keeps no history is gone and comes back: what is here stays, and what may be missing is told of', async ({ server, talking }) => {
  const { ada, bob } = await talking();
  await ada.changesNameTo('Ada');
  await bob.changesNameTo('Bob');
  await ada.says('before');
  await bob.hears('before');
  await server.crash();
  await ada.reads('Trying again in');
  await server.start();
  for (const person of [ada, bob]) await person.hears(MISSED);
  await ada.says('is anybody there?');
  await bob.hears('is anybody there?');
  await bob.says('I am');
  await ada.hears('I am');
  for (const person of [ada, bob]) {
    const said = (await person.log()).filter((text) => !text.includes('is now called'));
    assert.deepEqual(said, ['before', MISSED, 'is anybody there?', 'I am']);
  }
  assert.deepEqual([await ada.myName(), await bob.myName()], ['Ada', 'Bob'], 'and everyone has their name again');
}, { ephemeral: true });

for (const browser of someBrowsers(import.meta.url)) {
  story(`C62 a server that stops says so, and the page says it in words (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: waitForEver });
    await ada.joins(server.url);
    await server.stop();
    await ada.reads('Disconnected: the server is shutting down.');
  });
}

for (const [what, comesBack] of [
  ['the network is back', (person) => person.page.evaluate(() => dispatchEvent(new Event('online')))],
  ['the page is seen again', (person) => person.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))],
  ['it is asked to', (person) => person.clicks('.connection-retry')],
]) {
  for (const browser of someBrowsers(import.meta.url)) {
    story(`C62 it comes back at once when ${what} (${browser})`, async ({ server, enters }) => {
      const ada = await enters('Ada', browser, { before: waitForEver });
      await ada.joins(server.url);
      await server.crash();
      await ada.reads('Trying again in');
      await server.start();
      await comesBack(ada);
      await ada.isConnected();
      await ada.says('here again');
      await ada.hears('here again');
    });
  }
}

story('C62 who opens the page and never gets through is told, and gets through later', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', { before: () => {
    const { WebSocket } = window;
    window.WebSocket = function (url, protocol) {
      return new WebSocket(window.blocked === false ? url : url.replace(/\/ws$/, '/nowhere'), protocol);
    };
  } });
  await ada.opens(server.url);
  // From the second failure on: the server answers, and no socket gets through.
  await ada.reads('blocks WebSockets');
  await ada.page.evaluate(() => (window.blocked = false));
  await ada.isConnected();
  assert.deepEqual(await ada.log(), [], 'nothing was missed, and nothing is said of it');
});
