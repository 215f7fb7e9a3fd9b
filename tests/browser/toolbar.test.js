/** The toolbar of a message: it comes with the reader, and leaves with them. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const hasToolbar = (person) => person.page.$('.actions').then(Boolean);

const losesIt = (person, when) => until(`the toolbar is gone: ${when}`, async () => !(await hasToolbar(person)));

const background = (person, selector) => person.page.$eval(selector, (element) => getComputedStyle(element).backgroundColor);

/** The text of the message that has the toolbar. */
const toolbarAt = (person) => person.page.$eval('.actions', (bar) => bar.closest('.message').querySelector('.message-text').textContent).catch(() => '');

for (const browser of someBrowsers(import.meta.url)) {
  story(`deletion looks dangerous under the pointer, too (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('a slip');
    await ada.clicksAction('Delete', 'a slip');
    await ada.reads('Delete this message for everyone?');
    await ada.page.hover('.confirm-sure');
    const bad = await ada.page.evaluate(() => {
      const probe = document.createElement('i');
      probe.style.setProperty('background', 'var(--bad)');
      document.body.append(probe);
      const color = getComputedStyle(probe).backgroundColor;
      probe.remove();
      return color;
    });
    assert.equal(await background(ada, '.confirm-sure'), bad);
    await ada.clicks('#text');
    await ada.page.mouse.move(1, 1);
    await losesIt(ada, 'the pointer has left');
  });

  story(`the toolbar leaves when the pointer does, whatever was clicked in it (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('one');
    await ada.says('two');
    for (const button of ['Delete', 'Copy link to message', '👍']) {
      await ada.clicksAction(button, 'one');
      if (button === 'Delete') await ada.presses('Escape');
      await ada.page.hover('.top');
      await ada.clicks('#text');
      await (await ada.message('two')).hover();
      await until('it is at the other message', async () => (await toolbarAt(ada)) === 'two');
    }
    await ada.clicksAction('👍', 'one');
    await ada.page.hover('#text');
    await losesIt(ada, 'the pointer is elsewhere');
    await ada.clicksAction('Delete', 'one');
    await ada.clicks('#text');
    await losesIt(ada, 'one writes');
    assert.ok(await ada.isWriting());
  });

  story(`the toolbar covers no text: beside the bubble, or over the line above (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.changesNameTo('Ada');
    await ada.says('short');
    await ada.says(`${'long '.repeat(60)}end`);
    const boxes = (text) => ada.message(text).then((row) => row.evaluate((row) => {
      const box = (selector) => row.querySelector(selector).getBoundingClientRect();
      const [bar, bubble, log] = [box('.actions'), box('.message-bubble'), document.querySelector('#log').getBoundingClientRect()];
      return { isBeside: bar.left >= bubble.right, isAbove: bar.bottom <= bubble.top, isInside: bar.right <= log.right && bar.left >= log.left };
    }));
    await ada.hovers('short');
    assert.deepEqual(await boxes('short'), { isBeside: true, isAbove: false, isInside: true });
    await ada.resizesTo(700, 800);
    await ada.page.hover('.top');
    const long = `${'long '.repeat(60)}end`;
    await ada.hovers(long);
    assert.deepEqual(await boxes(long), { isBeside: false, isAbove: true, isInside: true });
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

  story(`letters do at a message that has the focus what its menu says (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    await bob.says('one');
    await ada.hears('one');
    await ada.says('two');
    await until('it is sent', async () => (await ada.message('two')).evaluate((row) => row.seq > 0));
    await ada.page.focus('#log');
    await ada.presses('ArrowUp');
    await ada.presses('e');
    await ada.reads('Editing message');
    assert.equal(await ada.draft(), 'two', 'no letter is written');
    await ada.presses('Escape');
    await ada.page.focus('#log');
    await ada.presses('ArrowUp');
    await ada.presses('Delete');
    await ada.page.waitForSelector('.confirm-sure');
    await ada.presses('Escape');
    await ada.page.waitForSelector('.confirm', { hidden: true });
    await (await ada.message('one')).focus();
    await ada.presses('u');
    await until('it is unread', async () => (await ada.unreadFrom()) === 'one');
    await (await ada.message('one')).focus();
    await ada.presses('r');
    await ada.reads('Replying to');
  });
}
