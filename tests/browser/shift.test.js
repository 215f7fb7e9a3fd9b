/** Nothing on the page moves while it is loaded. Firefox measures no layout shifts. */

import assert from 'node:assert/strict';

import { story } from './story.js';
import { until } from './until.js';

/** Google's limit for a good page is 0.1. */
const SHIFT_MAX = 0.05;

/** A slow connection, on which each file comes late enough to be seen coming. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 };

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844, hasTouch: true };

/** In the page: adds up what moves without having been asked to. */
function noteShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
      if (!hadRecentInput) window.shifts.push({ value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

for (const [name, size, language] of [['desk', DESK, 'en'], ['phone', PHONE, 'en'], ['desk, Arabic', DESK, 'ar'], ['phone, Arabic', PHONE, 'ar']]) {
  story(`nothing jumps while the page is loaded: at first, once it is known, and again (${name})`, async ({ server, enters }) => {
    const bob = await enters('Bob', 'chromium');
    await bob.joins(server.url);
    await bob.floods(60);
    await bob.hears('message 60');
    await bob.setsTopic('What there is to be said of the garden');

    const ada = await enters('Ada', 'chromium', { ...size, before: noteShifts, hasWorker: true });
    await ada.page.evaluateOnNewDocument((language) => localStorage.setItem('chinwag / language', JSON.stringify(language)), language);
    const session = await ada.page.createCDPSession();
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    const settles = async (how) => {
      await ada.isConnected();
      await ada.page.waitForSelector('.rooms-list a', { visible: size.width > 896 });
      await ada.hears('message 60');
      await until('all files are there', () => ada.page.evaluate(() => document.readyState === 'complete'));
      // What is around the log moves once it is drawn.
      await ada.page.evaluate(() => new Promise((later) => setTimeout(later, 500)));
      const shifts = await ada.page.evaluate(() => window.shifts);
      const sum = shifts.reduce((sum, { value }) => sum + value, 0);
      assert.ok(sum < SHIFT_MAX, `${how}: ${sum.toFixed(3)} ${JSON.stringify(shifts)}`);
    };
    await ada.opens(server.url);
    await settles('cold');
    await ada.opens(`${server.url}r/tea`);
    await ada.isConnected();
    await ada.opens(server.url);
    await settles('warm');
    await ada.page.reload();
    await settles('reloaded');
  });
}
