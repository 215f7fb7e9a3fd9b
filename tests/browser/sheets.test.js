/** What lies over the page, as everyone needs it: words for a screen reader, contrast, room on a small screen. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const { source: AXE } = createRequire(import.meta.url)('axe-core');

/** Opens the grid of emoji at a message, without a mouse. */
async function picksEmoji(person, text) {
  await person.page.evaluate((text) => {
    [...document.querySelectorAll('.message')].find((row) => row.textContent.includes(text)).focus();
  }, text);
  await person.page.waitForSelector('.actions [title="React"]');
  await person.page.focus('.actions [title="React"]');
  await person.presses('Enter');
  await person.page.waitForSelector('.emoji:popover-open');
}

/** Each sheet, one after the other. */
async function* sheets(person, server) {
  await person.joins(`${server.url}r/tea`);
  await person.joins(`${server.url}r/a-room-whose-name-is-as-long-as-the-name-of-a-room-may-ever-be-x`);
  await person.changesNameTo('A name that is as long as may be');
  await person.says(`tea and ${'x'.repeat(300)}`);
  await person.floods(60);
  await person.hears('message 60');

  await person.clicks('#search');
  await person.page.waitForSelector('.search[open]');
  await person.types('message');
  await person.reads('Newest 50 messages');
  await person.presses('ArrowDown');
  yield 'search';
  await person.page.$eval('.search-more', (more) => more.scrollIntoView());
  yield 'the end of what was found';
  await person.page.$eval('.search [type="search"]', (field) => field.select());
  await person.types('tea xxx');
  await person.reads('1 message found');
  yield 'one long word';
  await person.presses('Escape');

  await person.clicks('#panel');
  await person.page.waitForSelector('.panel[open]');
  yield 'panel';
  await person.clicks('.panel-topic-line button');
  await person.page.$eval('.panel [name="topic"]', (field) => (field.value = 'y'.repeat(260)));
  await person.types('y');
  await person.reads('Too long: 261 of 250 characters');
  yield 'a topic that is too long';
  await person.clicks('.panel fieldset button');
  await person.page.waitForSelector('dialog:not(.panel)');
  await person.reads('Play a sound');
  yield 'settings';
  await person.presses('Escape');

  await person.page.evaluate(() => document.querySelector('#device').click());
  await person.page.waitForSelector('.device[open]');
  await until('there is a link', () => person.page.$eval('.device input', ({ value }) => value));
  yield 'another device';
  await person.presses('Escape');

  await picksEmoji(person, 'message 60');
  yield 'emoji';
  await person.presses('Escape');
}

for (const scheme of ['light', 'dark']) {
  story(`axe-core finds nothing in a sheet, ${scheme}`, async ({ server, enters }) => {
    const ada = await enters('Ada', 'chromium');
    await ada.page.setBypassCSP(true);
    await ada.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for await (const sheet of sheets(ada, server)) {
      await ada.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => {}));
      if (!(await ada.page.evaluate(() => 'axe' in window))) await ada.page.evaluate(AXE);
      // Of what is well, one node of each rule is told.
      const { violations, passes } = await ada.page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
      assert.ok(passes.some(({ id }) => id === 'color-contrast'), 'it has looked');
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      assert.deepEqual(found, [], sheet);
    }
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`at 320 px a sheet is inside the window, and nothing in it has to be scrolled sideways (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 320, height: 568 });
    for await (const sheet of sheets(ada, server)) {
      const measured = await ada.page.evaluate(async () => {
        await Promise.all(document.getAnimations().map(({ finished }) => finished));
        const sheet = document.querySelector('dialog[open], .emoji');
        const { left, right, top, bottom } = sheet.getBoundingClientRect();
        const inside = sheet.querySelector('.dialog-body, .emoji-grid');
        return {
          isInside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
          over: inside.scrollWidth - inside.clientWidth,
          close: sheet.querySelector('.dialog-close')?.getBoundingClientRect().right <= innerWidth,
        };
      });
      assert.deepEqual(measured, { isInside: true, over: 0, close: sheet !== 'emoji' }, sheet);
    }
  });

  story(`an emoji is chosen by the keyboard, and is at hand the next time (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('Tea?');
    await ada.hears('Tea?');
    await picksEmoji(ada, 'Tea?');
    const focused = () => ada.page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.title);
    // Which emoji stand where depends on what the machine's fonts have.
    const [first, second] = await ada.page.$$eval('.emoji [role="row"]', (rows) => rows.map(({ children }) => [...children].map(({ ariaLabel }) => ariaLabel)));
    const reached = [await focused()];
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'Home', 'End', 'ArrowUp', 'ArrowLeft']) {
      await ada.presses(key);
      reached.push(await focused());
    }
    assert.deepEqual(reached, [
      'Search emoji', 'grinning face', 'Search emoji', 'grinning face', 'grinning face with big eyes', second[1],
      second[0], second.at(-1), first.at(-1), 'face with tears of joy',
    ]);
    await ada.presses('Enter');
    await ada.page.waitForSelector('[data-emoji="😂"]');
    assert.equal(await ada.page.$('.emoji'), null);
    await picksEmoji(ada, 'Tea?');
    await ada.presses('ArrowDown');
    assert.equal(await focused(), 'face with tears of joy');
    await ada.types('b');
    assert.equal(await focused(), 'Search emoji', 'one goes on searching');
    assert.equal(await ada.page.$eval('.emoji-field', ({ value }) => value), 'b');
    await ada.presses('Escape');
    await until('the grid is gone', async () => (await ada.page.$('.emoji')) === null);
    await until('the focus is where it was', async () => (await focused()) === 'React');
  });
}
