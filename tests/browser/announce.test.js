/** What a screen reader is given to say: what is new, and nothing that is only loaded. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** In the page: everything that enters the live region. */
function noteAnnounced() {
  window.announced = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target.id === 'announcer') window.announced.push(...[...addedNodes].map((node) => node.textContent));
    }
  }).observe(document, { childList: true, subtree: true });
}

const announced = (person) => person.page.evaluate(() => window.announced);

/** Bob says something, and of all that came since the last time it is the only thing that is announced. */
async function isAllThatIsAnnounced(text, { ada, bob }, heard = text) {
  await bob.says(text);
  await until(`${text} is announced`, async () => (await announced(ada)).length > 0);
  assert.deepEqual(await announced(ada), [`Bob: ${heard}`]);
  await ada.page.evaluate(() => (window.announced = []));
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`only what is new is announced, once, and not what one has said oneself (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: noteAnnounced });
    const bob = await enters('Bob', 'chromium');
    await bob.joins(server.url);
    await bob.changesNameTo('Bob');
    await bob.floods(150);
    await bob.hears('message 150');

    await ada.joins(server.url);
    await ada.hears('message 150');
    const [region] = await ada.page.$$eval('[role="log"], [aria-live]:not([aria-live="off"])', (regions) => regions.map(({ id }) => id));
    assert.equal(region, 'announcer', 'no other part of the log is a live region');
    await isAllThatIsAnnounced('**opened**, see `talk`', { ada, bob }, 'opened, see talk');

    const rows = (await ada.said()).length;
    await ada.scrollsTo(0);
    await until('older ones are there', async () => (await ada.said()).length > rows);
    await isAllThatIsAnnounced('older ones', { ada, bob });

    await bob.goesToRoom('tea');
    await bob.floods(60);
    await bob.hears('message 60');
    await ada.goesToRoom('tea');
    await ada.hears('message 60');
    await isAllThatIsAnnounced('another room', { ada, bob });
    await ada.goesToRoom('lobby');
    await ada.goesToRoom('tea');
    await isAllThatIsAnnounced('and back', { ada, bob });

    await ada.says('mine');
    await bob.hears('mine');
    await ada.clicksAction('👍', 'and back');
    await until('Bob has it', async () => (await bob.reactions('and back')).length === 1);
    await isAllThatIsAnnounced('nothing of one’s own', { ada, bob });
    await ada.reloads();
    await ada.hears('mine');
    await isAllThatIsAnnounced('the page again', { ada, bob });

    await bob.saysAndRenames('it is me', 'Robert');
    await until('it is announced', async () => (await announced(ada)).length > 0);
    assert.deepEqual(await announced(ada), ['Robert: it is me'], 'by the name of now');
    await ada.page.evaluate(() => (window.announced = []));

    await bob.floods(50, 61);
    await ada.hears('message 110');
    await until('all are announced', async () => counted(await announced(ada)) >= 50);
    const said = await announced(ada);
    assert.equal(counted(said), 50);
    assert.ok(said.length <= 10, `a flood is not read out: ${said.length}`);
  });
}

/** How many messages were announced, one by one or as a number. @param {string[]} announced */
const counted = (announced) => announced.reduce((sum, text) => sum + Number(/^(\d+) new messages$/.exec(text)?.[1] ?? 1), 0);
