/** Threads: many replies are gathered beside the room, and what is written there stands in the room. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Says something that answers a message, by its toolbar. */
async function replies(person, to, text) {
  await person.clicksAction('Reply', to);
  await person.says(text);
  await person.hears(text);
}

/** Many replies to the newest message at once, by a socket beside the page's. */
async function floodsWithReplies(person, count) {
  await person.page.evaluate(async (count) => {
    const root = [...document.querySelectorAll('.log-list > .message')].at(-1).seq;
    const socket = new WebSocket(new URL('ws/lobby', document.baseURI.replace('http', 'ws')), 'chinwag.v1');
    const open = new Promise((done) => (socket.onmessage = ({ data }) => data.includes('caught_up') && done()));
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', name: 'Flood', rooms: { lobby: {} } }));
    await open;
    const last = new Promise((done) => (socket.onmessage = ({ data }) => data.includes(`"cid":"r${count}","seq"`) && done()));
    for (let n = 1; n <= count; n++) {
      socket.send(JSON.stringify({ type: 'say', room: 'lobby', cid: `r${n}`, text: `reply ${n}`, reply_to: root }));
    }
    await last;
  }, count);
}

const line = (person) =>
  person.page.evaluate(() => document.querySelector('.thread-line')?.textContent.replace(/[\u2068\u2069]/g, ''));

const inThread = (person) =>
  person.page.$$eval('.thread .message-text', (texts) => texts.map((text) => text.textContent));

const hasThread = (person, ...texts) =>
  until(`${person.name} sees ${texts}`, async () => (await inThread(person)).join() === texts.join());

const hasCount = (person, words) =>
  until(`${person.name} sees ${words}`, async () =>
    (await person.page.evaluate(() => document.querySelector('.thread-count > span')?.textContent)) === words);

const opensThread = async (person) => {
  await person.clicks('.thread-line');
  await person.page.waitForSelector('.thread');
};

/** Where a part of the page is, from the page's start to its end. */
const edges = (person, selector) => person.page.evaluate((selector) => {
  const part = document.querySelector(selector);
  if (!part?.checkVisibility()) return undefined;
  const { left, right } = part.getBoundingClientRect();
  return [Math.round(left), Math.round(right)];
}, selector);

for (const browser of BROWSERS) {
  story(`replies are gathered beside the room, and go on there (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) {
      await person.joins(server.url);
      await person.changesNameTo(person.name);
    }
    await ada.says('By train?');
    await bob.hears('By train?');
    await replies(bob, 'By train?', 'Which one?');
    await ada.hears('Which one?');
    await replies(ada, 'Which one?', 'At seven');
    assert.equal(await line(ada), undefined, 'two are read where they stand');
    await bob.hears('At seven');
    await replies(bob, 'At seven', 'So early');
    for (const person of [ada, bob]) await until(`${person.name} has the line`, async () => (await line(person))?.includes('3 replies'));
    assert.match(await line(ada), /^BA3 replies last \d/, 'the latest first, and when');
    await ada.says('Something else');
    await opensThread(ada);
    await hasThread(ada, 'By train?', 'Which one?', 'At seven', 'So early');
    await hasCount(ada, '3 replies');
    assert.deepEqual(
      await ada.page.$$eval('.thread .message-quote', (quotes) => quotes.map((quote) => quote.textContent.split(' ')[0])),
      ['Bob', 'Ada'], 'what answers the first message quotes nothing');

    await ada.clicks('.thread .message-quote');
    assert.equal(await ada.page.evaluate(() => document.activeElement.closest('.thread li')?.querySelector('.message-text').textContent), 'Which one?');
    await ada.page.focus('.thread textarea');
    await ada.types('Later, then');
    await ada.presses('Enter');
    await bob.hears('Later, then');
    await ada.hears('Later, then');
    await hasThread(ada, 'By train?', 'Which one?', 'At seven', 'So early', 'Later, then');
    await hasCount(ada, '4 replies');
    assert.equal(await bob.page.evaluate(() => [...document.querySelectorAll('.message-quote')].at(-1).textContent.includes('By train?')), true, 'in the room it answers');

    await bob.clicksAction('Edit', 'So early');
    await bob.says('So very early');
    await hasThread(ada, 'By train?', 'Which one?', 'At seven', 'So very early', 'Later, then');
    await bob.clicksAction('👍', 'Later, then');
    await until('the reaction is in the thread', async () => (await ada.page.$('.thread .reaction')) !== null);
    await ada.clicks('.thread .reaction');
    await until('Bob sees two', async () => (await bob.reactions('Later, then')).join() === '[👍 2]');
    await bob.deletes('So very early');
    await hasCount(ada, '3 replies');
    await until('the line counts as well', async () => (await line(bob))?.includes('3 replies'));
    await bob.says('Not of it');
    await ada.hears('Not of it');
    assert.equal((await inThread(ada)).includes('Not of it'), false);

    await ada.presses('Escape');
    await ada.page.waitForSelector('.thread', { hidden: true });
    assert.equal(await ada.page.evaluate(() => document.activeElement.className), 'thread-line', 'the focus is where it was');
    await ada.reloads();
    await until('the line is there again', async () => (await line(ada))?.includes('3 replies'));
  });

  story(`in a thread messages have their toolbar, and what is written is completed (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 1440, height: 900 });
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) {
      await person.joins(server.url);
      await person.changesNameTo(person.name);
    }
    await ada.says('By train?');
    await bob.hears('By train?');
    for (const text of ['Which one?', 'At seven', 'So early']) await replies(bob, 'By train?', text);
    await ada.hears('So early');
    await opensThread(ada);
    await hasThread(ada, 'By train?', 'Which one?', 'At seven', 'So early');

    const rowInThread = async (text) => {
      for (const row of await ada.page.$$('.thread .message')) {
        if (await row.$eval('.message-text', (said, text) => said.textContent.includes(text), text).catch(() => false)) return row;
      }
      throw new Error(`no ${text} in the thread`);
    };
    const acts = async (what, text) => {
      await until(`${text} has its toolbar`, async () => {
        const row = await rowInThread(text);
        await row.hover();
        return (await row.$('.actions')) !== null;
      });
      const button = `.thread .actions [aria-label="${what}"]`;
      if (await ada.page.$(button)) return ada.clicks(button);
      await ada.clicks('.thread .actions [aria-label="More actions"]');
      await ada.clicks(`.menu button ::-p-text(${what})`);
    };
    const field = () => ada.page.$eval('.thread textarea', ({ value }) => value);

    await acts('👍', 'At seven');
    await until('Bob sees it', async () => (await bob.reactions('At seven')).join() === '👍 1');
    await (await ada.page.$('.thread .reaction')).hover();
    await until('who it is from is told', () => ada.page.evaluate(() => document.querySelector('.thread .reactors')?.textContent === 'you'));
    await acts('👍', 'At seven');
    await until('it is taken back', async () => (await bob.reactions('At seven')).length === 0);

    await ada.page.focus('.thread textarea');
    const offered = () => ada.page.evaluate(() => document.querySelector('#thread-completion [aria-selected="true"]')?.innerText.trim() ?? '');
    for (const [typed, offer, written] of [['see #lo', '#\nlobby', 'see #lobby '], ['hm :tada', '🎉\n:tada:', 'hm 🎉 ']]) {
      await ada.types(typed);
      await until(`${offer} is offered`, async () => (await offered()) === offer);
      await ada.presses('Enter');
      assert.equal(await field(), written);
      for (let n = written.length; n > 0; n--) await ada.presses('Backspace');
    }

    await acts('Reply', 'At seven');
    await ada.page.waitForSelector('.thread .composer-mode:not([hidden])');
    await ada.types('@b');
    await until('Bob is offered', () => ada.page.evaluate(() => document.querySelector('#thread-completion [aria-selected="true"]')?.textContent.includes('Bob')));
    await ada.presses('Enter');
    await ada.types('eight');
    assert.equal(await field(), '@Bob eight');
    await ada.presses('Enter');
    await bob.hears('@Bob eight');
    assert.equal(await bob.page.evaluate(() => [...document.querySelectorAll('.message-quote')].at(-1).textContent.includes('At seven')), true, 'it answers what was chosen');
    await until('Bob is mentioned', () => bob.page.evaluate(() => document.querySelector('.mention-me') !== null));
    assert.equal(await field(), '');

    await acts('Edit', 'eight');
    assert.equal(await field(), '@Bob eight');
    await ada.types(', then');
    await ada.presses('Enter');
    await bob.hears('@Bob eight, then');
    await hasThread(ada, 'By train?', 'Which one?', 'At seven', 'So early', '@Bob eight, then');
    await ada.presses('ArrowUp');
    assert.equal(await field(), '@Bob eight, then', 'the last own message of the thread');
    await ada.presses('Escape');
    assert.equal(await field(), '');
    await ada.page.waitForSelector('.thread');

    await acts('Delete', 'eight, then');
    await ada.clicks('.confirm-sure');
    await bob.hears('This message was deleted.');
    await until('the toolbar of the room is there beside', async () => {
      await ada.hovers('By train?');
      return true;
    });
    await ada.page.focus('.thread textarea');
    await ada.presses('Escape');
    await ada.page.waitForSelector('.thread', { hidden: true });
    await ada.clicksAction('👍', 'So early');
    await until('the room goes on', async () => (await bob.reactions('So early')).join() === '👍 1');
  });

  story(`where the chat begins anew, the thread is closed, and what was written there goes on in the room (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('A question');
    await until('it has arrived', async () => (await ada.message('A question')).evaluate((row) => row.seq > 0));
    await floodsWithReplies(ada, 3);
    await ada.hears('reply 3');
    await ada.writes('a draft');
    await opensThread(ada);
    await ada.page.focus('.thread textarea');
    await ada.types('an answer');
    await server.beginsAnew();
    await ada.page.waitForSelector('.thread', { hidden: true });
    await ada.isConnected();
    assert.equal(await ada.draft(), 'a draft\nan answer');
    assert.deepEqual(await ada.said(), []);
  });

  story(`a long thread is read to its beginning, at every width (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 1920, height: 900 });
    await ada.joins(server.url);
    await ada.says('A question');
    await until('it has arrived', async () => (await ada.message('A question')).evaluate((row) => row.seq > 0));
    await floodsWithReplies(ada, 150);
    await ada.hears('reply 150');
    await ada.reloads();
    await ada.hears('reply 150');
    await ada.scrollsTo(0);
    await until('older messages are loaded', async () => {
      await ada.scrollsTo(0);
      return (await ada.said()).includes('A question');
    });
    await until('the line is there', async () => (await line(ada))?.includes('150 replies'));
    await opensThread(ada);
    const all = ['A question', ...Array.from({ length: 150 }, (_, n) => `reply ${n + 1}`)];
    await until('the end is there', async () => (await inThread(ada)).at(-1) === 'reply 150');
    for (let n = 0; n < 3 && (await inThread(ada)).length < all.length; n++) {
      await ada.clicks('.thread-count button').catch(() => {});
      await until('more is loaded', async () => (await ada.page.$('.thread-count button')) === null || (await inThread(ada)).length === all.length);
    }
    assert.deepEqual(await inThread(ada), all);

    const [thread, people] = [await edges(ada, '.thread'), await edges(ada, '.column')];
    assert.ok(thread[1] <= people[0] && thread[1] - thread[0] === 400, 'beside the room, and the people beside it');
    assert.ok((await edges(ada, '.talk'))[1] <= thread[0]);
    await ada.resizesTo(1500, 800);
    assert.equal(await edges(ada, '.column'), undefined, 'in the place of the people');
    assert.ok((await edges(ada, '.talk'))[1] <= (await edges(ada, '.thread'))[0]);
    await ada.clicks('#people');
    await ada.page.waitForSelector('.thread', { hidden: true });
    assert.ok(await edges(ada, '.column'), 'they have their place again');
    await opensThread(ada);
    await ada.resizesTo(1024, 800);
    assert.deepEqual([await edges(ada, '.talk'), await edges(ada, '.thread')], [[256, 1024], [624, 1024]], 'over the end of the room');
    await ada.resizesTo(400, 700);
    assert.deepEqual(await edges(ada, '.thread'), [0, 400]);
    assert.equal(await ada.page.$eval('.talk', (talk) => talk.inert), true, 'nothing behind it is reached');
    await ada.clicks('.thread-head button');
    await ada.page.waitForSelector('.thread', { hidden: true });
    assert.equal(await ada.page.$eval('.talk', (talk) => talk.inert), false);
  });
}

for (const scheme of ['light', 'dark']) {
  story(`axe-core finds nothing in a thread, ${scheme}`, async ({ server, enters }) => {
    const ada = await enters('Ada', 'chromium');
    await ada.page.setBypassCSP(true);
    const still = { name: 'prefers-reduced-motion', value: 'reduce' };
    await ada.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, still]);
    await ada.joins(server.url);
    await ada.says('A question');
    for (const text of ['One', 'Two', '```\nthree\n```']) {
      await ada.clicksAction('Reply', 'A question');
      await ada.says(text);
    }
    await opensThread(ada);
    await until('all is there', async () => (await inThread(ada)).length === 4);
    for (const [width, height] of [[1920, 900], [1024, 768], [400, 700]]) {
      await ada.resizesTo(width, height);
      await ada.page.evaluate(AXE);
      const { violations } = await ada.page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), [], `${width}`);
    }
  });
}
