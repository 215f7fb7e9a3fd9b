import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';

/** In the page: what the last text is made of, as a sketch. */
function sketch() {
  const text = [...document.querySelectorAll('.message-text')].at(-1);
  const of = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    // A button that copies code comes when it is loaded.
    if (node.localName === 'button') return '';
    const attributes = node.getAttributeNames().map((name) => ` ${name}=${node.getAttribute(name)}`).join('');
    return `<${node.localName}${attributes}>${[...node.childNodes].map(of).join('')}</${node.localName}>`;
  };
  return [...text.childNodes].map(of).join('');
}

const REL = 'rel=noopener noreferrer nofollow';

for (const browser of someBrowsers(import.meta.url)) {
  story(`a text is shown as it was meant (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    await Promise.all([ada.joins(server.url), bob.joins(server.url)]);
    await ada.changesNameTo('Ada');
    await bob.changesNameTo('Bob');
    await bob.says('I am Bob');
    await ada.hears('I am Bob');
    for (const [said, heard, shown] of [
      ['plain\ntext', 'plain\ntext', 'plain\ntext'],
      ['*soft* and **loud**', 'soft and loud', '<em>soft</em> and <strong>loud</strong>'],
      ['_soft_ and ~~gone~~', 'soft and gone', '<em>soft</em> and <s>gone</s>'],
      ['so:\n- tea\n- milk\n2. pie', 'so:teamilkpie', 'so:<ul><li>tea</li><li>milk</li></ul><ol><li value=2>pie</li></ol>'],
      ['> tea?\nyes', 'tea?yes', '<blockquote>tea?</blockquote>yes'],
      ['[news](https://a.example/x)', 'news', `<a href=https://a.example/x ${REL} target=_blank>news</a>`],
      ['[b.example](https://a.example/)', '[b.example](https://a.example/)', `[b.example](<a href=https://a.example/ ${REL} target=_blank>https://a.example/</a>)`],
      ['run `ls`', 'run ls', 'run <code>ls</code>'],
      ['so:\n```js\nlet a;\n```', 'so:let a;', 'so:<div class=code><pre><code>let a;</code></pre></div>'],
      [`\`\`\`\n${'a'.repeat(99)}\n\`\`\``, 'a'.repeat(99), `<div class=code><pre tabindex=0><code>${'a'.repeat(99)}</code></pre></div>`],
      ['https://a.example/x.', 'https://a.example/x.', `<a href=https://a.example/x ${REL} target=_blank>https://a.example/x</a>.`],
      [`${server.url}r/garden`, `${server.url}r/garden`, `<a href=${server.url}r/garden ${REL} target=_blank>${server.url}r/garden</a>`],
      [`${server.url}other`, `${server.url}other`, `<a href=${server.url}other ${REL} target=_blank>${server.url}other</a>`],
      ['➡️https://a.example/।', '➡️https://a.example/।', `➡️<a href=https://a.example/ ${REL} target=_blank>https://a.example/</a>।`],
      ['❤️@Bob `@Ada`', '❤️@Bob @Ada', '❤️<span class=mention>@Bob</span> <code>@Ada</code>'],
      ['@bob, @Ada!', '@bob, @Ada!', '<span class=mention>@bob</span>, <span class=mention mention-me>@Ada</span>!'],
      ['@nobody', '@nobody', '@nobody'],
    ]) {
      await ada.says(said);
      await ada.hears(heard);
      // An attribute's order is the browser's; a link's three are compared as they come.
      assert.equal(order(await ada.page.evaluate(sketch)), order(shown), said);
    }
    await ada.says('👨‍👩‍👧‍👦 🇩🇪');
    await ada.hears('👨‍👩‍👧‍👦 🇩🇪');
    const sizes = await ada.page.$$eval('.message-text', (texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize)));
    assert.ok(sizes.at(-1) > 2 * sizes.at(-2), `a few emoji alone are large: ${sizes.slice(-2)} px`);
  });

  story(`a long line of code scrolls inside its block, by keyboard too (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 320, height: 568 });
    await ada.joins(server.url);
    await ada.says(`\`\`\`\n${'wide '.repeat(60)}\n\`\`\``);
    await ada.page.waitForSelector('.message:not(.message-unsent) pre');
    const before = await ada.page.$eval('pre', (pre) => {
      pre.focus();
      return { isFocused: document.activeElement === pre, isWide: pre.scrollWidth > pre.clientWidth, page: document.scrollingElement.scrollWidth > innerWidth };
    });
    assert.deepEqual(before, { isFocused: true, isWide: true, page: false });
    await ada.presses('ArrowRight');
    await ada.page.waitForFunction(() => document.querySelector('pre').scrollLeft > 0);
  });
}

const order = (text) => text.replace(/<a ([^>]*)>/g, (_, attributes) => `<a ${attributes.split(/ (?=\w+=)/).sort().join(' ')}>`);
