/** The page as an app of the system. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { story } from './story.js';
import { until } from './until.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));

/** What Chromium cannot install anything for: a window that forgets. */
const ONLY_HERE = 'in-incognito';

story('Chromium would install it, and finds nothing wrong in what it says of itself', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', { hasWorker: true });
  await ada.joins(`${server.url}r/tea`);
  await until('the manifest is named', () => ada.page.evaluate(() => document.querySelector('link[rel="manifest"]') !== null));
  const chromium = await ada.page.createCDPSession();
  const { url, errors, manifest } = await chromium.send('Page.getAppManifest');
  assert.deepEqual([url, errors], [`${server.url}chinwag.webmanifest`, []]);
  assert.deepEqual([manifest.id, manifest.startUrl, manifest.scope], [server.url, server.url, server.url]);
  const { installabilityErrors } = await chromium.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== ONLY_HERE), []);
  const sizes = await ada.page.evaluate(async (address) => {
    const { icons } = await (await fetch(address)).json();
    return Promise.all(icons.map(async ({ src, sizes }) => {
      const image = Object.assign(new Image(), { src: new URL(src, address) });
      await image.decode();
      return [sizes, sizes === 'any' ? sizes : `${image.naturalWidth}x${image.naturalHeight}`];
    }));
  }, url);
  for (const [said, real] of sizes) assert.equal(real, said);
  assert.equal(sizes.length, 4);
});

story('a notification leads an open window to what it tells of', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', { hasWorker: true });
  await ada.joins(server.url);
  await until('the page has a worker', () => ada.page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
  const target = await ada.page.browserContext().waitForTarget((target) => target.type() === 'service_worker');
  const worker = await target.worker();
  // A browser lets only a person's click focus a window.
  /* global show -- of the worker */
  await worker.evaluate((url) => show(url).catch(() => {}), `${server.url}r/tea`);
  await until('Ada is in the other room', async () => ada.page.url() === `${server.url}r/tea`);
  assert.equal(await ada.page.evaluate(() => document.querySelector('#room').textContent), 'tea');
  assert.equal((await ada.page.browserContext().pages()).length, 1, 'in the window that was open');
});

const folder = await mkdtemp(join(tmpdir(), 'chinwag-web-'));
await cp(web, folder, { recursive: true });
await writeFile(join(folder, 'theirs.js'), '// A worker of the application that the chat is in.\n');
after(() => rm(folder, { recursive: true }));

const besideTheirs = async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', { hasWorker: true });
  await ada.opens(`${server.url}icon.svg`);
  await ada.page.evaluate(async () => {
    const policy = trustedTypes.createPolicy('chinwag', { createScriptURL: () => '/theirs.js' });
    await navigator.serviceWorker.register(policy.createScriptURL(''));
    await navigator.serviceWorker.ready;
  });
  await ada.joins(server.url);
  await until('the page has come to it', () => ada.page.evaluate(() => document.querySelector('link[rel="manifest"]') !== null));
  await sleep(300);
  const scripts = await ada.page.evaluate(async () => {
    const { active, installing, waiting } = await navigator.serviceWorker.getRegistration();
    return [active, installing, waiting].map((worker) => worker?.scriptURL ?? null);
  });
  assert.deepEqual(scripts, [`${server.url}theirs.js`, null, null]);
};
story('where the application around it has a worker, that one stays', besideTheirs, { options: ['--web', folder] });
