/** From right to left: the page in Arabic, and people who write so. */

import assert from 'node:assert/strict';

import words from '../../web/words/more/ar.js';
import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** What is not Arabic of an element's text, as the eye has it from left to right. */
const drawn = (element) => element.evaluate((element) => {
  const range = document.createRange();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const signs = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (let at = 0; at < text.data.length; at++) {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const { left, width } = range.getBoundingClientRect();
      if (width > 0 && /[!-~]/.test(text.data[at])) signs.push([left, text.data[at]]);
    }
  }
  return signs.sort(([a], [b]) => a - b).map(([, sign]) => sign).join('');
});

/** Of two elements, whether the first stands right of the other. */
const isRightOf = (person, ...selectors) => person.page.evaluate((selectors) => {
  const [one, other] = selectors.map((selector) => document.querySelector(selector).getBoundingClientRect());
  return one.left >= other.right - 1;
}, selectors);

for (const browser of someBrowsers(import.meta.url)) {
  story(`a conversation in Arabic, on a page in Arabic: all of it from the right, numbers and names in their order (${browser})`, async ({ server, enters }) => {
    const nadia = await enters('Nadia', browser);
    const bob = await enters('Bob', browser === 'chromium' ? 'firefox' : 'chromium');
    await bob.joins(server.url);
    await nadia.joins(server.url);
    await nadia.clicks('#settings');
    await nadia.page.waitForSelector('#settings-language');
    await Promise.all([nadia.page.waitForNavigation(), nadia.page.select('#settings-language', 'ar')]);
    await nadia.isConnected();
    assert.deepEqual(await nadia.page.evaluate(() => [document.dir, document.documentElement.lang]), ['rtl', 'ar']);

    await bob.changesNameTo('Bob 7');
    await nadia.changesNameTo('نادية 12');
    await nadia.says('نلتقي الساعة 12:30 في الغرفة 4!');
    await bob.hears('نلتقي الساعة 12:30 في الغرفة 4!');
    await bob.says('At 12:30 (room 4)');
    await nadia.hears('At 12:30 (room 4)');
    await nadia.clicksAction(words.reply, 'At 12:30 (room 4)');
    await nadia.says('حسنا');
    await bob.hears('حسنا');
    for (const person of [nadia, bob]) {
      assert.equal(await drawn(await (await person.message('نلتقي الساعة 12:30 في الغرفة 4!')).$('.message-text')), '!412:30', person.name);
      assert.equal(await drawn(await (await person.message('At 12:30 (room 4)')).$('.message-text')), 'At12:30(room4)', person.name);
      assert.equal(await drawn(await (await person.message('At 12:30 (room 4)')).$('.message-name')), 'Bob7', person.name);
      assert.equal(await drawn(await (await person.message('حسنا')).$('.message-name')), '12', person.name);
      const quote = await drawn(await (await person.message('حسنا')).$('.message-quote'));
      assert.equal(quote, person === nadia ? 'At12:30(room4)Bob7' : 'Bob7At12:30(room4)', person.name);
    }
    const notices = await nadia.page.$$('.log-list > .notice:not(.day)');
    assert.match(await drawn(notices[0]), /Bob7/);
    assert.match(await drawn(notices[1]), /12/);

    for (const [one, other] of [['.rooms', '.talk'], ['.message-face', '.message-text'], ['.message-name', '.message-time'], ['.composer-field', '.composer-send']]) {
      assert.ok(await isRightOf(nadia, one, other), `${one} stands right of ${other}`);
      assert.ok(await isRightOf(bob, other, one), `and where one reads from the left, ${other} right of ${one}`);
    }
    for (const width of [1024, 320]) {
      await nadia.resizesTo(width, 700);
      await nadia.hovers('At 12:30 (room 4)');
      const over = await nadia.page.evaluate(() =>
        [document.documentElement, document.querySelector('#log')].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
      assert.deepEqual(over, [0, 0]);
      const bar = await nadia.page.$eval('.actions', (bar) => [bar.getBoundingClientRect().left >= 0, bar.getBoundingClientRect().right <= innerWidth]);
      assert.deepEqual(bar, [true, true], `the toolbar is in sight at ${width} px`);
    }
    await bob.floods(1);
    await until('it is counted in Arabic', async () => (await nadia.said()).includes('message 1'));
  });

  story(`all digits of the page are of one kind, and a Latin topic stands at the side where one begins to read (${browser})`, async ({ server, enters }) => {
    const egypt = () => Object.defineProperty(navigator, 'languages', { value: ['ar-EG', 'en'] });
    const nadia = await enters('Nadia', browser, { before: egypt });
    const bob = await enters('Bob', browser === 'chromium' ? 'firefox' : 'chromium');
    await bob.joins(`${server.url}r/tea`);
    await nadia.joins(`${server.url}r/tea`);
    await nadia.joins(server.url);
    await bob.says('The kettle is on');
    const east = (number) => new Intl.NumberFormat('ar-EG').format(number);
    await nadia.hasUnread('tea', east(1));
    await nadia.goesToRoom('tea');
    await nadia.clicksAction('👍', 'The kettle is on');
    await until('it has one reaction', async () => (await nadia.reactions('The kettle is on')).join() === `[👍 ${east(1)}]`);
    assert.equal(await nadia.page.$eval('#people > [aria-hidden]:not(svg)', (people) => people.textContent), east(2));
    assert.match(await nadia.page.$eval('.message-time', (time) => time.textContent), /^[^0-9]*[٠-٩]+:[٠-٩]{2}[^0-9]*$/);
    await bob.setsTopic('Milk, no sugar');
    await nadia.reads('Milk, no sugar');
    const [name, topic] = await nadia.page.$$eval('#room, #topic bdi', (parts) => parts.map((part) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      const { left, right } = range.getBoundingClientRect();
      return { left, right };
    }));
    const gap = name.left - topic.right;
    assert.ok(gap > 0 && gap < 64, `the topic begins at ${topic.right}, the name ends at ${name.left}`);
  });
}
