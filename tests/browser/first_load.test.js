/** What comes over the network before one can talk. */

import assert from 'node:assert/strict';

import { story } from './story.js';

/** All files that are fetched until the page is connected, as brotli: 30 KiB, without the heads of the answers. Bytes. */
const LOAD_BYTES_MAX = 30_720;

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
      .map(({ name, decodedBodySize, encodedBodySize, transferSize }) => ({ name, plain: decodedBodySize, packed: encodedBodySize, network: transferSize }));
  });
  const sum = (all, what) => all.reduce((sum, one) => sum + one[what], 0);

  await ada.joins(server.url);
  const first = await loads();
  assert.ok(first.length > 20, 'modules are seen at all');
  const list = first.map(({ name, packed, plain }) => `${packed} (${plain} plain) ${name}`).join('\n');
  assert.ok(first.every(({ packed, plain }) => packed > 0 && packed < plain), `all files are compressed:\n${list}`);
  assert.ok(sum(first, 'packed') <= LOAD_BYTES_MAX, `${sum(first, 'packed')} bytes:\n${list}`);
  console.log(`first load: ${first.length} files, ${sum(first, 'packed')} bytes`);

  await ada.page.reload();
  await ada.page.waitForSelector('#connection[data-state="connected"]');
  const again = await loads();
  assert.ok(sum(again, 'network') < sum(first, 'network') / 2, `${sum(again, 'network')} bytes over the network, when all is here`);
});
