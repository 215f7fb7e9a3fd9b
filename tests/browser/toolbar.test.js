/** The toolbar of a message: it comes with the reader, and leaves with them. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const PHONE = { width: 390, height: 844, hasTouch: true };

const hasToolbar = (person) => person.page.$('.actions').then(Boolean);

const losesIt = (person, when) => until(`the toolbar is gone: ${when}`, async () => !(await hasToolbar(person)));

const background = (person, selector) => person.page.$eval(selector, (element) => getComputedStyle(element).backgroundColor);

/** The text of the message that has the toolbar. */
const toolbarAt = (person) => person.page.$eval('.actions', (bar) => bar.closest('.message').querySelector('.message-text').textContent).catch(() => '');

async function tapsMessage(person, text) {
  const row = await person.message(text);
  await (await row.$('.message-text')).tap();
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`deletion looks dangerous under the pointer, too (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('a slip');
    await ada.clicksAction('Delete', 'a slip');
    await ada.reads('Delete?');
    assert.ok(await ada.page.$eval('.actions-sure', (button) => button.matches(':hover')), 'the pointer is over it');
    const bad = await ada.page.evaluate(() => {
      const probe = document.createElement('i');
      probe.style.setProperty('background', 'var(--bad)');
      document.body.append(probe);
      const color = getComputedStyle(probe).backgroundColor;
      probe.remove();
      return color;
    });
    assert.equal(await background(ada, '.actions-sure'), bad);
    await ada.page.mouse.move(1, 1);
    await losesIt(ada, 'the pointer has left');
  });

  story(`the toolbar leaves when the pointer does, whatever was clicked in it (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('one');
    await ada.says('two');
    for (const button of ['Delete', 'Copy link to message', 'Like']) {
      await ada.clicksAction(button, 'one');
      await (await ada.message('two')).hover();
      await until('it is at the other message', async () => (await toolbarAt(ada)) === 'two');
      await ada.clicksAction(button, 'one');
      await ada.page.hover('#text');
      await losesIt(ada, `${button}, and the pointer is elsewhere`);
    }
    await ada.clicksAction('Delete', 'one');
    await ada.clicks('#text');
    await losesIt(ada, 'one writes');
    assert.ok(await ada.isWriting());
  });

  story(`the toolbar leaves when the focus does (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('one');
    await ada.hears('one');
    await ada.page.mouse.move(1, 1);
    await ada.page.focus('#log');
    await ada.presses('ArrowUp');
    await ada.presses('Enter');
    await until('the first button has the focus', () => ada.page.evaluate(() => document.activeElement.closest('.actions') !== null));
    await (await ada.page.$('#log')).hover();
    assert.ok(await hasToolbar(ada), 'it is used');
    await ada.page.focus('#text');
    await losesIt(ada, 'one writes');
  });

  story(`with a finger, a tap on the same message, on another, beside it or on the composer puts the toolbar away (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, PHONE);
    await ada.joins(server.url);
    for (const text of ['one', 'two']) {
      await ada.says(text);
      await ada.hears(text);
    }
    const shows = async (text) => {
      await tapsMessage(ada, text);
      await until(`the toolbar is at ${text}`, async () => (await toolbarAt(ada)) === text);
    };
    await until('it can be answered', () => ada.page.$$eval('.message', (rows) => rows.every(({ seq }) => seq > 0)));
    await shows('one');
    await tapsMessage(ada, 'one');
    await losesIt(ada, 'the same message');
    await shows('one');
    await shows('two');
    await ada.page.tap('.top');
    await losesIt(ada, 'the top of the page');
    await shows('one');
    await ada.page.tap('#text');
    await losesIt(ada, 'the composer');
    await shows('two');
    await ada.taps('.actions [aria-label="Reply"]');
    await losesIt(ada, 'it is answered');
  });
}
