/** What everyone needs of a page: words for a screen reader, contrast, room on a small screen. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { BROWSERS, story } from './story.js';

const { source: AXE } = createRequire(import.meta.url)('axe-core');

const WIDTHS = [[320, 568], [768, 1024], [1440, 900]];

/** Each state that the page can be in, one after the other. */
async function* states(person, server) {
  await person.joins(`${server.url}r/tea`);
  yield 'empty';
  await person.says('x'.repeat(500));
  await person.changesNameTo('A name that is as long as may be');
  await person.says('https://example.org/a/very/long/address?'.repeat(8));
  await person.floods(40);
  await person.hears('message 40');
  yield 'talk';
  await person.hovers('message 40');
  yield 'the toolbar of a message';
  await person.clicks('.actions [aria-label="More actions"]');
  await person.page.waitForSelector('.menu');
  yield 'the menu of a message';
  await person.presses('Escape');
  await person.clicksAction('Reply', 'message 40');
  await person.reads('Replying to');
  yield 'answering';
  await person.says('An answer');
  await person.hears('An answer');
  await person.clicksAction('👍', 'An answer');
  await person.page.waitForSelector('.reaction');
  await person.clicksAction('Edit', 'An answer');
  await person.reads('Editing message');
  yield 'editing';
  await person.presses('Escape');
  await person.clicksAction('Delete', 'An answer');
  await person.reads('Delete this message for everyone?');
  yield 'about to delete';
  await person.presses('Escape');
  await person.presses('Escape');
  await person.clicksAction('React', 'An answer');
  await person.page.waitForSelector('.emoji');
  yield 'choosing a reaction';
  await person.presses('Escape');
  await person.requestsName('Admin');
  await person.reads('this name is kept for the server; choose another.');
  yield 'a name that is refused';
  await closesDialog(person);
  await person.people();
  yield 'the panel of the room';
  await closesDialog(person);
  await person.clicks('#search');
  await person.page.waitForSelector('.search[open]');
  await person.types('message');
  await person.reads('40 messages found');
  yield 'searching';
  await closesDialog(person);
  if (await person.page.$eval('.top-rooms', (button) => button.checkVisibility())) {
    await person.clicks('.top-rooms');
    await person.page.waitForSelector('.rooms:popover-open');
    yield 'the rooms over the page';
  }
  await person.seesRooms();
  await person.clicks('#settings');
  await person.page.waitForSelector('dialog[open]');
  yield 'settings';
  await closesDialog(person);

  await person.joins(server.url);
  await person.floods(40, 41, 'tea');
  await person.page.waitForSelector('.rooms-list .rooms-unread');
  yield 'something unread elsewhere';
  await person.joins(`${server.url}r/tea`);
  await person.hears('message 80');
  await person.hasInSight('message 41');
  yield 'the unread line';
  await person.scrollsTo(0);
  await person.floods(1, 81);
  await person.reads('1 new message');
  await person.writes('y'.repeat(4_001));
  await person.reads('Too long: 4,001 of 4,000 characters');
  yield 'reading above, with a draft that is too long';
  await person.writes('hello?');
  await server.crash();
  await person.reads('Trying again in');
  await person.presses('Enter');
  await person.scrollsTo(1_000_000);
  await person.reads('Waiting for connection…');
  yield 'closed';
}

async function closesDialog(person) {
  await person.presses('Escape');
  await person.page.waitForSelector('dialog', { hidden: true });
  if (await person.page.$('.rooms:popover-open')) await person.presses('Escape');
}

for (const scheme of ['light', 'dark']) {
  story(`axe-core finds nothing, ${scheme}`, async ({ server, enters }) => {
    const ada = await enters('Ada', 'chromium');
    await ada.page.setBypassCSP(true);
    // Halfway through fading in, nothing has its contrast.
    const still = { name: 'prefers-reduced-motion', value: 'reduce' };
    await ada.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, still]);
    for await (const state of states(ada, server)) {
      if (!(await ada.page.evaluate(() => 'axe' in window))) await ada.page.evaluate(AXE);
      // Of what is well, one node of each rule is told.
      const { violations, passes } = await ada.page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
      assert.ok(passes.some(({ id }) => id === 'color-contrast'), 'it has looked');
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      assert.deepEqual(found, [], state);
    }
  });
}

for (const browser of BROWSERS) {
  for (const [width, height] of WIDTHS) {
    story(`at ${width} px nothing has to be scrolled sideways, and the composer is in sight (${browser})`, async ({ server, enters }) => {
      const ada = await enters('Ada', browser, { width, height });
      for await (const state of states(ada, server)) {
        const measured = await ada.page.evaluate(() => {
          const [page, log] = [document.documentElement, document.querySelector('#log')];
          const field = document.querySelector('.composer-bar').getBoundingClientRect();
          return {
            pageOver: page.scrollWidth - page.clientWidth,
            logOver: log.scrollWidth - log.clientWidth,
            fieldInSight: field.left >= 0 && field.right <= innerWidth && field.bottom <= innerHeight,
            logHeight: log.clientHeight,
          };
        });
        const { logHeight, ...rest } = measured;
        assert.deepEqual(rest, { pageOver: 0, logOver: 0, fieldInSight: true }, state);
        assert.ok(logHeight > height / 2, `${state}: the log has most of the screen, not ${logHeight} px`);
      }
    });
  }
}
