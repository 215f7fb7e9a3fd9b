import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

for (const browser of BROWSERS) {
  story(`C61 who reads above keeps the place, and a button counts and leads to the end (${browser})`, async ({ talking }) => {
    const { reader, speaker } = roles(await talking(), browser);
    await speaker.floods(60);
    await reader.hearsFlood(60);
    await reader.scrollsTo(300);
    const place = await reader.readingPosition();

    await speaker.says('one more');
    await reader.reads('1 new message');
    await speaker.floods(2, 61);
    await reader.reads('3 new messages');
    assert.deepEqual(await reader.readingPosition(), place);

    await reader.clicks('#newer');
    assert.ok((await reader.pixelsFromEnd()) <= 2);
    await reader.seesNoMore('new message');
    await speaker.says('the last');
    await reader.hears('the last');
    assert.ok((await reader.pixelsFromEnd()) <= 2, 'and from there it follows');
  });

  story(`C61 who is at the end follows (${browser})`, async ({ talking }) => {
    const { reader, speaker } = roles(await talking(), browser);
    await speaker.floods(60);
    await reader.hearsFlood(60);
    assert.ok((await reader.pixelsFromEnd()) <= 2);
    await speaker.says('and a long one '.repeat(30));
    await reader.hears('and a long one '.repeat(30).trim());
    assert.ok((await reader.pixelsFromEnd()) <= 2);
    await reader.seesNoMore('new message');
  });

  story(`C61 scrolling back to the end is as good as the button (${browser})`, async ({ talking }) => {
    const { reader, speaker } = roles(await talking(), browser);
    await speaker.floods(60);
    await reader.hearsFlood(60);
    await reader.scrollsTo(0);
    await speaker.says('one more');
    await reader.reads('1 new message');
    await reader.scrollsTo(1_000_000);
    await reader.seesNoMore('new message');
  });

  story(`C61 the oldest rows go without moving what is being read (${browser})`, async ({ talking }) => {
    const { reader, speaker } = roles(await talking(), browser);
    await speaker.floods(270);
    await reader.hearsFlood(270);
    await reader.page.$eval('.log-list > :nth-child(220)', (row) => row.scrollIntoView());
    await reader.scrollsTo(await reader.page.$eval('#log', (log) => log.scrollTop - 7));
    const place = await reader.readingPosition();
    await speaker.floods(100, 271);
    await reader.hears('message 370');
    assert.equal((await reader.log()).length, 300);
    assert.deepEqual(await reader.readingPosition(), place);
    await reader.reads('100 new messages');
  });

  story(`C61 a keyboard on the screen, or turning the phone, keeps the place (${browser})`, async ({ talking }) => {
    const { reader, speaker } = roles(await talking(), browser);
    await reader.resizesTo(360, 720);
    await speaker.says('a word, and a word, and a word '.repeat(8));
    await speaker.floods(60);
    await reader.hearsFlood(60);
    await reader.resizesTo(360, 380);
    assert.ok((await reader.pixelsFromEnd()) <= 2, 'the end stays in sight');

    await reader.scrollsTo(700);
    const { row } = await reader.readingPosition();
    await reader.resizesTo(720, 360);
    assert.equal((await reader.readingPosition()).row, row);
  });

  story(`the button is for the keyboard too, and does not lose the focus (${browser})`, async ({ talking }) => {
    const { reader, speaker } = roles(await talking(), browser);
    await speaker.floods(60);
    await reader.hearsFlood(60);
    await reader.scrollsTo(0);
    await speaker.says('one more');
    await reader.reads('1 new message');
    await reader.page.focus('#newer');
    await reader.presses('Enter');
    await reader.seesNoMore('new message');
    assert.equal(await reader.page.evaluate(() => document.activeElement.id), 'log');
  });
}

/** In the page: how many messages there are when there are some, and how far from the end each frame is since then. */
function noteFirst() {
  const look = () => {
    const rows = document.querySelectorAll('.log-list > .message');
    if (!rows.length) return;
    if (!window.first) {
      window.first = { count: rows.length, last: rows[rows.length - 1].querySelector('.message-text').textContent, fromEnd: 0 };
      requestAnimationFrame(function frame() {
        const { scrollHeight, clientHeight, scrollTop } = document.querySelector('#log');
        window.first.fromEnd = Math.max(window.first.fromEnd, scrollHeight - clientHeight - scrollTop);
        requestAnimationFrame(frame);
      });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
}

for (const browser of BROWSERS) {
  story(`of many messages the last are there first, and the others come above them without moving the end (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: noteFirst });
    await ada.joins(server.url);
    await ada.floods(120);
    await ada.hearsFlood(120);
    await ada.reloads();
    await until('those that were kept are there', async () => (await ada.said()).length >= 100);
    const { count, last, fromEnd } = await ada.page.evaluate(() => window.first);
    assert.equal(last, 'message 120');
    assert.ok(count < 50, `${count} messages at first`);
    assert.ok(fromEnd <= 2, `${fromEnd} px from the end`);
  });
}

function roles({ ada, bob }, browser) {
  return browser === 'chromium' ? { reader: ada, speaker: bob } : { reader: bob, speaker: ada };
}
