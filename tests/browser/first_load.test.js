/** What comes over the network before one can talk. */

import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';

/**
 * All files that are fetched until the page is connected, in the language that has the largest table, as brotli: 30 KiB. The
 * heads of the answers do not count. Bytes.
 */
const LOAD_BYTES_MAX = 30_720;

/** In the page: notes when one can talk. */
function noteConnected() {
  const look = () => {
    const connection = document.querySelector('#connection');
    if (connection?.dataset.state === 'connected') window.connectedAt ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['data-state'] });
}

/** @param {import('./person.js').Person} person @param {string} language */
const speaks = (person, language) =>
  person.page.evaluateOnNewDocument((language) => localStorage.setItem('chinwag / language', JSON.stringify(language)), language);

story('before one can talk, little is loaded, and once loaded it is not loaded again', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', { before: noteConnected, hasWorker: true });
  await speaks(ada, 'ar');
  const loads = () => ada.page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return entries.filter(({ startTime }) => startTime < window.connectedAt)
      .map(({ name, decodedBodySize, encodedBodySize, transferSize }) => ({ name, plain: decodedBodySize, packed: encodedBodySize, network: transferSize }));
  });
  const sum = (all, what) => all.reduce((sum, one) => sum + one[what], 0);

  await ada.joins(server.url);
  const first = await loads();
  assert.ok(first.length > 5, 'scripts and styles are seen at all');
  const list = first.map(({ name, packed, plain }) => `${packed} (${plain} plain) ${name}`).join('\n');
  assert.ok(first.every(({ packed, plain }) => packed > 0 && packed < plain), `all files are compressed:\n${list}`);
  assert.ok(sum(first, 'packed') <= LOAD_BYTES_MAX, `${sum(first, 'packed')} bytes:\n${list}`);

  await ada.page.reload();
  await ada.page.waitForSelector('#connection[data-state="connected"]');
  const again = await loads();
  assert.ok(sum(again, 'network') < sum(first, 'network') / 2, `${sum(again, 'network')} bytes over the network, when all is here`);
});

/** Those that the parser finds in the page itself. */
const SCRIPTS = ['boot.js', 'chat.js'];

for (const browser of BROWSERS) {
  for (const [language, hello] of [['en', 'Send'], ['de', 'Senden'], ['ar', 'إرسال']]) {
    story(`what the first module needs is preloaded, once, and nothing else is (${browser}, ${language})`, async ({ server, enters }) => {
      const ada = await enters('Ada', browser, { before: noteConnected });
      await speaks(ada, language);
      await ada.joins(server.url);
      await ada.reads(hello);
      const { loaded, preloaded } = await ada.page.evaluate(() => ({
        loaded: performance.getEntriesByType('resource')
          .filter(({ name, startTime }) => startTime < window.connectedAt && name.endsWith('.js')).map(({ name }) => name),
        preloaded: [...document.querySelectorAll('link[rel="modulepreload"]')].map(({ href }) => href),
      }));
      const scripts = SCRIPTS.map((name) => new URL(name, server.url).href);
      assert.deepEqual(loaded.sort(), [...preloaded, ...scripts].sort());
    });
  }
}
