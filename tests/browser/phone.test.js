/** With a finger, on a screen that is as wide as a hand. */

import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

const PHONE = { width: 390, height: 844, hasTouch: true };

/** What a finger can hit. CSS pixels. */
const TARGET_PX_MIN = 44;

/** A clipboard that takes everything. */
function haveClipboard() {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => (window.copied = text) } });
}

const isDrawn = (person, selector) => person.page.$eval(selector, (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0);

const over = (person) => person.page.evaluate(() => {
  const parts = [document.documentElement, document.querySelector('#log')];
  return parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
});

story('on a phone Enter is a new line, and the button sends; a keyboard beside it sends with Ctrl', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', PHONE);
  const bob = await enters('Bob', 'chromium');
  for (const person of [ada, bob]) await person.joins(server.url);
  assert.ok(await ada.hasTouchKeyboard());
  const hint = (person) => person.page.$eval('#text', ({ enterKeyHint }) => enterKeyHint);
  assert.deepEqual([await hint(ada), await hint(bob)], ['enter', 'send']);
  await ada.taps('#text');
  await ada.types('first line');
  await ada.presses('Enter');
  await ada.types('second line');
  assert.deepEqual([await ada.draft(), await ada.said()], ['first line\nsecond line', []]);
  await ada.taps('.composer-send');
  await bob.hears('first line\nsecond line');
  assert.deepEqual([await ada.draft(), await ada.isWriting()], ['', true]);
  for (const key of ['Control', 'Meta']) {
    await ada.types(key);
    await ada.page.keyboard.down(key);
    await ada.presses('Enter');
    await ada.page.keyboard.up(key);
    await bob.hears(key);
  }
  await bob.page.focus('#text');
  await bob.types('with keys');
  await bob.presses('Enter');
  await ada.hears('with keys');
});

for (const browser of BROWSERS) {
  story(`on a phone: to the rooms, into another, to a message, and a reaction (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, PHONE);
    const bob = await enters('Bob', 'chromium');
    await bob.joins(`${server.url}r/tea`);
    await ada.joins(`${server.url}r/tea`);
    await ada.joins(server.url);
    assert.equal(await isDrawn(ada, '.rooms'), false, 'the rooms are out of the way');
    await bob.says('The kettle is on');
    await until('it is counted on top', () => isDrawn(ada, '#elsewhere'));
    assert.equal(await ada.page.$eval('#elsewhere', (count) => count.textContent), '1');

    await ada.taps('.top-rooms');
    await until('the rooms are there', () => isDrawn(ada, '.rooms'));
    assert.equal(await ada.unreadIn('tea'), '1');
    assert.deepEqual(await over(ada), [0, 0]);
    await ada.taps('.rooms-list a:not([aria-current])');
    await ada.isInRoom('tea');
    await ada.hears('The kettle is on');
    await until('the rooms are out of the way again', async () => !(await isDrawn(ada, '.rooms')));
    await until('nothing is unread', async () => !(await isDrawn(ada, '#elsewhere')));

    await ada.taps('.message-text');
    assert.equal(await ada.page.$('.actions, .message-sheet'), null, 'a tap is no more than that');
    await ada.holds('The kettle is on');
    await ada.page.waitForSelector('.message-sheet[open]');
    if (await ada.page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
      const sizes = await ada.page.$$eval('.message-sheet button, .top-button:not([hidden]), .composer-send', (buttons) => buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        return Math.min(width, height);
      }));
      for (const size of sizes) assert.ok(size >= TARGET_PX_MIN, `${size} px`);
    }
    const lines = await ada.page.$$eval('.message-sheet-line', (all) => all.map(({ textContent }) => textContent));
    assert.deepEqual(lines, ['Reply', 'Copy text', 'Copy link to message', 'Mark unread from here', 'Report…']);
    await ada.taps('.message-sheet [aria-label="👍"]');
    assert.equal(await ada.page.$('.actions'), null, 'the focus that comes back brings no toolbar');
    await until('Bob has it', async () => (await bob.reactions('The kettle is on')).join() === '👍 1');
    await ada.taps('.reaction');
    await until('Bob has it no more', async () => (await bob.reactions('The kettle is on')).length === 0);
    await ada.holds('The kettle is on');
    await ada.taps('.message-sheet-line');
    await ada.reads('Replying to');
    await ada.says('Milk, please');
    await bob.hears('Milk, please');
  });

  story(`on a phone a message is swiped to answer it, and held to delete it (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, PHONE);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    for (const text of ['Milk?', 'And cake?']) {
      await bob.says(text);
      await ada.hears(text);
    }
    const box = await (await ada.message('Milk?')).boundingBox();
    const swipes = async (by) => {
      const finger = await ada.page.touchscreen.touchStart(box.x + 80, box.y + box.height / 2);
      for (let x = 0; x <= by; x += 10) await finger.move(box.x + 80 + x, box.y + box.height / 2);
      await finger.end();
    };
    await swipes(40);
    assert.equal(await ada.page.$('#composer .composer-mode:not([hidden])'), null, 'not far enough');
    await swipes(80);
    await ada.reads('Milk?');
    await ada.page.waitForSelector('#composer .composer-mode:not([hidden])');
    await ada.says('A drop');
    await bob.hears('A drop');
    assert.match(await (await bob.message('A drop')).$eval('.message-quote', (quote) => quote.textContent), /Milk\?$/);

    await until('it is sent', async () => (await ada.message('A drop')).evaluate((row) => row.seq > 0));
    await ada.holds('A drop');
    await ada.taps('.message-sheet-grave');
    await ada.taps('.confirm-sure');
    await bob.hears('This message was deleted.');
  });

  story(`a link to a message, opened by somebody else on a phone, leads to it and on to now (${browser})`, async ({ server, enters }) => {
    const bob = await enters('Bob', browser === 'chromium' ? 'firefox' : 'chromium', { before: haveClipboard });
    await bob.joins(`${server.url}r/garden-party`);
    await bob.floods(120);
    await bob.hears('message 120');
    await bob.says('The party is on Saturday');
    await bob.hears('The party is on Saturday');
    await bob.clicksAction('Copy link to message', 'The party is on Saturday');
    await bob.reads('Link copied.');
    const link = await bob.page.evaluate(() => window.copied);
    await bob.floods(200, 121);
    await bob.hears('message 320');

    const ada = await enters('Ada', browser, PHONE);
    await ada.opens(link);
    await ada.isInRoom('garden-party');
    await ada.hasInSight('The party is on Saturday');
    assert.ok(await (await ada.message('The party is on Saturday')).evaluate((row) => row === document.activeElement));
    const around = await ada.said();
    const at = around.indexOf('The party is on Saturday');
    assert.deepEqual(around.slice(at - 1, at + 2), ['message 120', 'The party is on Saturday', 'message 121']);
    await ada.taps('#newer');
    await ada.hasInSight('message 320');
    assert.ok((await ada.pixelsFromEnd()) <= 2);
  });
}
