/** Far up in a long conversation, while the others go on. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** Three times what the page holds. */
const MESSAGES = 1_000;

/** The page holds no more at any time. */
const MESSAGES_MAX = 400;

/** So much may a row move when others come and go above it and below: screens round. CSS pixels. */
const MOVED_PX_MAX = 2;

/** In the page: notes how many messages there were at most. */
function noteMost() {
  window.most = 0;
  new MutationObserver(() => {
    window.most = Math.max(window.most, document.getElementsByClassName('message').length);
  }).observe(document, { childList: true, subtree: true });
}

/**
 * In the page: goes to where older ones are asked for, and not all the way: there is something above what is read.
 * Before anything else can happen, what is read is noted, and where it stands.
 */
function goUp() {
  const log = document.querySelector('#log');
  log.scrollTop = 300;
  const edge = log.getBoundingClientRect().top;
  const rows = [...log.querySelectorAll('.message')];
  const row = rows.find((row) => row.getBoundingClientRect().top >= edge);
  const text = (row) => row.querySelector('.message-text').textContent;
  return { first: text(rows[0]), read: text(row), top: row.getBoundingClientRect().top };
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`up through 1,000 messages while others talk: none is left out, and what is read stays where it is (${browser})`, async ({ server, enters }) => {
    const bob = await enters('Bob', 'chromium');
    await bob.joins(server.url);
    await bob.floods(MESSAGES);
    await bob.hears(`message ${MESSAGES}`);
    const ada = await enters('Ada', browser, { before: noteMost });
    await ada.joins(server.url);
    await ada.hears(`message ${MESSAGES}`);

    const seen = new Set(await ada.said());
    let talked = 0;
    while (!seen.has('message 1')) {
      const { first, read, top } = await ada.page.evaluate(goUp);
      await bob.says(`talk ${(talked += 1)}`);
      await until('older ones are there', async () => (await ada.said())[0] !== first);
      const moved = await (await ada.message(read)).evaluate((row, top) => Math.abs(row.getBoundingClientRect().top - top), top);
      assert.ok(moved <= MOVED_PX_MAX, `${read} has moved by ${moved} px`);
      for (const text of await ada.said()) seen.add(text);
    }
    const numbers = Array.from({ length: MESSAGES }, (_, n) => `message ${n + 1}`);
    assert.deepEqual(numbers.filter((text) => !seen.has(text)), []);
    assert.deepEqual((await ada.said()).slice(0, 100), numbers.slice(0, 100), 'in their order');

    await ada.reads(`${talked} new messages`);
    await ada.clicks('#newer');
    await ada.hears(`talk ${talked}`);
    assert.ok((await ada.pixelsFromEnd()) <= 2);
    const most = await ada.page.evaluate(() => window.most);
    assert.ok(most > 100 && most < MESSAGES_MAX, `${most} messages on the page`);
  });
}
