/** What comes over the network before one can talk. */

import assert from 'node:assert/strict';

import { story } from './story.js';

/** All that is fetched until the page is connected, before compression, as it is served: 60 KiB. Bytes. */
const LOAD_BYTES_MAX = 61_440;

/** The same as it comes over the network, with the heads of the answers. Bytes. */
const NETWORK_BYTES_MAX = 45_000;

/** In the page: notes when one can talk. */
function noteConnected() {
  const look = () => {
    const connection = document.querySelector('#connection');
    if (connection?.dataset.state === 'connected') window.connectedAt ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['data-state'] });
}

story('before one can talk, little is loaded, and once loaded it is not loaded again', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', { before: noteConnected, hasWorker: true });
  const loads = () => ada.page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return entries.filter(({ startTime }) => startTime < window.connectedAt)
      .map(({ name, decodedBodySize, transferSize }) => ({ name, size: decodedBodySize, network: transferSize }));
  });
  const sum = (all, what) => all.reduce((sum, one) => sum + one[what], 0);

  await ada.joins(server.url);
  const first = await loads();
  assert.ok(first.length > 20, 'modules are seen at all');
  assert.ok(sum(first, 'size') <= LOAD_BYTES_MAX, `${sum(first, 'size')} bytes: ${first.map(({ name, size }) => `${size} ${name}`).join('\n')}`);
  assert.ok(sum(first, 'network') <= NETWORK_BYTES_MAX, `${sum(first, 'network')} bytes over the network`);

  await ada.page.reload();
  await ada.page.waitForSelector('#connection[data-state="connected"]');
  const again = await loads();
  assert.ok(sum(again, 'network') < sum(first, 'network') / 2, `${sum(again, 'network')} bytes over the network, when all is here`);
});
