/** Who reacted to a message. */

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

for (const browser of someBrowsers(import.meta.url)) {
  story(`the people of a reaction are named at it, more than its message names too (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.changesNameTo('Ada');
    await ada.says('Tea?');
    const others = [];
    for (const name of ['Bob', 'Cleo', 'Dana', 'Eve']) {
      const other = await enters(name, 'chromium');
      await other.joins(server.url);
      await other.changesNameTo(name);
      await other.hears('Tea?');
      await other.clicksAction('👍', 'Tea?');
      others.push(other);
    }
    await until('all reacted', async () => (await ada.reactions('Tea?'))[0] === '👍 4');
    const names = () => ada.page.evaluate(() => document.querySelector('.reactors')?.textContent.replace(/[\u2068\u2069]/g, ''));
    await ada.page.hover('.reaction');
    for (const name of ['Bob', 'Cleo', 'Dana', 'Eve']) await until(`${name} is named`, async () => (await names())?.includes(name));
    await ada.clicks('.reaction');
    await until('one is named oneself, first', async () => (await names())?.startsWith('you, '));
    await ada.page.hover('#text');
    await until('the names are gone', async () => (await names()) === undefined);
    await ada.page.focus('#text');
    await ada.page.focus('.reaction');
    await until('the keyboard finds them as well', async () => (await names())?.includes('Bob'));
  });
}
