/** What helps to write: keys for marks, links and code that are pasted, a way to the composer; and how it looks when said. */

import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

/** The last of the keys, while the others are held. */
async function pressesWith(person, ...keys) {
  const held = keys.slice(0, -1);
  for (const key of held) await person.page.keyboard.down(key);
  await person.presses(keys.at(-1));
  for (const key of held.reverse()) await person.page.keyboard.up(key);
}

/** Selects a part of what is written. */
const selects = (person, part) => person.page.$eval('#text', (field, part) => {
  const at = field.value.indexOf(part);
  field.focus();
  field.setSelectionRange(at, at + part.length);
}, part);

/** Writes by hand, into an empty field. */
async function typesAnew(person, text) {
  await person.writes('');
  await person.types(text);
}

const undoes = (person) => pressesWith(person, 'Control', 'z');

/**
 * Pastes as the browser does: it is asked first, and does it by itself unless it was kept from it. The clipboard of a browser
 * without a window is not to be relied upon.
 */
const pastes = (person, text) => person.page.$eval('#text', (field, text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
  if (!event.clipboardData?.getData('text/plain')) Object.defineProperty(event, 'clipboardData', { value: data });
  field.focus();
  if (field.dispatchEvent(event)) document.execCommand('insertText', false, text);
}, text);

const isOffered = (person) => person.page.$eval('.composer-paste', (offer) => offer.checkVisibility());

const CODE = 'if (a) {\n  b();\n}';

for (const browser of BROWSERS) {
  story(`keys set the marks around what is selected, take them away, and can be undone (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.page.waitForSelector('.composer-help');

    await typesAnew(ada, 'so very nice');
    await selects(ada, 'very');
    await pressesWith(ada, 'Control', 'b');
    assert.equal(await ada.draft(), 'so **very** nice');
    await undoes(ada);
    assert.equal(await ada.draft(), 'so very nice', 'the browser undoes it');
    await selects(ada, 'very');
    await pressesWith(ada, 'Control', 'i');
    assert.equal(await ada.draft(), 'so _very_ nice');
    await pressesWith(ada, 'Control', 'i');
    assert.equal(await ada.draft(), 'so very nice', 'the key takes it away again');
    await selects(ada, 'very ');
    await pressesWith(ada, 'Control', 'b');
    assert.equal(await ada.draft(), 'so **very** nice', 'a space is outside');

    await typesAnew(ada, 'a ');
    await pressesWith(ada, 'Control', 'b');
    await ada.types('b');
    assert.equal(await ada.draft(), 'a **b**', 'without a selection one writes within');
    await ada.writes('- a\n- b');
    await selects(ada, '- a\n- b');
    await pressesWith(ada, 'Control', 'b');
    assert.equal(await ada.draft(), '- **a**\n- **b**');
    await pressesWith(ada, 'Control', 'b');
    assert.equal(await ada.draft(), '- a\n- b');

    await typesAnew(ada, 'see the news');
    await selects(ada, 'the news');
    await pressesWith(ada, 'Control', 'k');
    await ada.types('https://a.example/');
    assert.equal(await ada.draft(), 'see [the news](https://a.example/)');
    assert.equal(await ada.page.$('dialog[open]'), null, 'nothing is searched');
    await ada.writes('https://a.example/');
    await selects(ada, 'https://a.example/');
    await pressesWith(ada, 'Control', 'k');
    await ada.types('news');
    assert.equal(await ada.draft(), '[news](https://a.example/)');
    await pressesWith(ada, 'Control', 'k');
    await ada.page.waitForSelector('.search[open]');
  });

  story(`an address that is pasted over words makes a link of them, and indented lines are offered as code (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.page.waitForSelector('.composer-help');

    await typesAnew(ada, 'see the news');
    await selects(ada, 'the news');
    await pastes(ada, 'https://a.example/\n');
    assert.equal(await ada.draft(), 'see [the news](https://a.example/)');
    await undoes(ada);
    assert.equal(await ada.draft(), 'see the news');
    for (const [part, pasted, written] of [
      ['the news', 'words', 'see words'],
      ['the news', 'javascript:alert(1)', 'see javascript:alert(1)'],
      ['bank.example', 'https://a.example/', 'see https://a.example/'],
      ['https://b.example/', 'https://a.example/', 'see https://a.example/'],
    ]) {
      await ada.writes(`see ${part}`);
      await selects(ada, part);
      await pastes(ada, pasted);
      assert.equal(await ada.draft(), written);
    }
    await ada.writes('the news');
    await selects(ada, 'the news');
    // The key itself would paste what the machine has.
    await ada.page.$eval('#text', (field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'V', ctrlKey: true, shiftKey: true, bubbles: true })));
    await pastes(ada, 'https://a.example/');
    assert.equal(await ada.draft(), 'https://a.example/', 'it is pasted as it is');

    for (const [before, pasted] of [['', 'two\nlines'], ['', '- a\n  - b'], ['', '```\n  a\n```'], ['```\n', CODE], ['', '  one line']]) {
      await ada.writes(before);
      await pastes(ada, pasted);
      assert.deepEqual([await ada.draft(), await isOffered(ada)], [before + pasted, false]);
    }
    await typesAnew(ada, 'so: ');
    await pastes(ada, CODE);
    assert.equal(await ada.draft(), `so: ${CODE}`);
    await until('it is offered', () => isOffered(ada));
    await ada.types('!');
    assert.equal(await isOffered(ada), false, 'who writes on does not want it');

    await typesAnew(ada, 'so: ');
    await pastes(ada, CODE);
    await ada.clicks('.composer-paste button');
    assert.equal(await ada.draft(), `so: \n\`\`\`\n${CODE}\n\`\`\``);
    assert.deepEqual([await isOffered(ada), await ada.isWriting()], [false, true]);
    await undoes(ada);
    assert.equal(await ada.draft(), `so: ${CODE}`);

    await ada.writes('');
    await pastes(ada, CODE);
    await until('it is offered', () => isOffered(ada));
    await ada.presses('Enter');
    await ada.page.waitForSelector('.message-text');
    assert.equal(await isOffered(ada), false, 'what is sent is not offered any more');
  });

  story(`lists, quotes and names of links are shown, and code is copied (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => {
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => void (window.copied = text) } });
    } });
    await ada.joins(server.url);
    await ada.says('1. tea\n3. milk\n   - cold\n- ~~sugar~~');
    await ada.hears('teamilkcoldsugar');
    assert.deepEqual(
      await ada.page.$$eval('.message-text li', (items) => items.map((item) => [item.parentElement.localName, item.value, item.firstChild.textContent])),
      [['ol', 1, 'tea'], ['ol', 3, 'milk'], ['ul', 0, 'cold'], ['ul', 0, 'sugar']],
    );
    // Marks and numbers stand within the bubble.
    assert.ok(await ada.page.$$eval('.message-text :is(ul, ol)', (lists) => lists.every((list) => getComputedStyle(list).listStyleType !== 'none' && parseFloat(getComputedStyle(list).paddingInlineStart) >= 16)));
    assert.equal(await ada.page.$eval('.message-text s', (text) => text.textContent), 'sugar');
    await ada.says('> tea?\n[Yes](https://a.example/)');
    await ada.hears('tea?Yes');
    assert.deepEqual(await ada.page.evaluate(() => ['blockquote', 'a'].map((name) => document.querySelector(`.message-text ${name}`).textContent)), ['tea?', 'Yes']);

    await ada.says(`\`\`\`\n${'wide '.repeat(90)}\n  end\n\`\`\``);
    await ada.page.waitForSelector('.code-copy');
    const { button, code, box, block } = await ada.page.$eval('.code', (block) => {
      const of = (element) => {
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
        return { left, right, top, bottom, width, height };
      };
      return { button: of(block.querySelector('button')), box: of(block.querySelector('pre')), code: of(block.querySelector('code')), block: of(block) };
    });
    assert.ok(button.width >= 44 && button.height >= 44, `${button.width} by ${button.height}`);
    assert.ok(code.width > box.width, 'the code is wider than its box');
    assert.ok(box.right <= button.left && button.right <= block.right, 'the button is beside the box, within the block');
    await ada.clicks('.code-copy');
    await ada.reads('Code copied.');
    assert.equal(await ada.page.evaluate(() => window.copied), `${'wide '.repeat(90)}\n  end`);
    assert.equal(await ada.page.$eval('.code-copy', (button) => button.ariaLabel), 'Copy code');
  });

  story(`whoever types writes in the composer, unless they write elsewhere (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('tea?');
    await ada.hears('tea?');
    await ada.page.waitForSelector('.composer-help');
    await ada.page.focus('#log');
    for (const key of ['Shift', ' ', 'F2', 'PageUp', 'Control', 'Home']) {
      await ada.presses(key);
      assert.equal(await ada.isWriting(), false, `${key} is not for the composer`);
    }
    await pressesWith(ada, 'Control', 'a');
    assert.equal(await ada.isWriting(), false, 'one may copy');
    await ada.page.focus('#log');
    await ada.types("it's / Tea");
    assert.deepEqual([await ada.draft(), await ada.isWriting()], ["it's / Tea", true], 'nothing is lost of it');

    await ada.writes('');
    await ada.page.$eval('.message', (row) => row.focus());
    await ada.types('yes');
    assert.equal(await ada.draft(), 'yes');
    await ada.writes('');
    await ada.clicksAction('React', 'tea?');
    await ada.page.waitForSelector('.emoji');
    await ada.types('x');
    assert.equal(await ada.draft(), '', 'an emoji is being chosen');
    await ada.presses('Escape');
    await ada.clicks('#search');
    await ada.page.waitForSelector('.search[open]');
    await ada.types('tea');
    await ada.page.$eval('.dialog-close', (button) => button.focus());
    await ada.types('x');
    assert.equal(await ada.draft(), '', 'and a dialog is not left');
  });

  story(`the marks are said under the composer while one writes, where there is room (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.page.waitForSelector('.composer-help');
    const help = () => ada.page.$eval('.composer-help', (help) => {
      const box = help.getBoundingClientRect();
      const bar = document.querySelector('.composer-bar').getBoundingClientRect();
      return { isSeen: help.checkVisibility(), isBelow: box.top >= bar.bottom, isWithin: box.bottom <= innerHeight && help.scrollWidth <= help.clientWidth, bar: bar.bottom };
    });
    const before = await help();
    assert.equal(before.isSeen, false);
    await ada.types('a');
    assert.deepEqual(await help(), { isSeen: true, isBelow: true, isWithin: true, bar: before.bar }, 'and nothing moves for it');
    await ada.presses('Backspace');
    assert.equal((await help()).isSeen, false);
    await ada.types('a');
    await ada.resizesTo(360, 700);
    assert.equal((await help()).isSeen, false);
  });
}
