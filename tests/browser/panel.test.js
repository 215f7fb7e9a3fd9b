/** A room's panel: its topic, its link, who is here, the way out. */

import assert from 'node:assert/strict';

import { LOCAL_NAME } from './launch.js';
import { someBrowsers, story } from './story.js';
import { until } from './until.js';

async function opens(person) {
  await person.clicks('#panel');
  await person.page.waitForSelector('.panel[open]');
}

const part = (person, selector) => person.page.$eval(`.panel ${selector}`, (element) => element.textContent);

/** Writes a topic in the place of the one that is there, and saves it. */
async function setsTopic(person, topic) {
  if (!(await person.page.$('.panel-topic-form:not([hidden])'))) await person.clicks('.panel-topic-line button');
  await person.page.$eval('.panel [name="topic"]', (field, topic) => {
    field.value = topic;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.focus();
  }, topic);
  await person.presses('Enter');
}

/** Keeps what is copied by the old way, which asks nobody. */
function noteCopies() {
  window.copies = [];
  addEventListener('copy', ({ target }) => {
    window.copies.push(target.value?.slice(target.selectionStart, target.selectionEnd) ?? String(getSelection()));
  });
}

/** As on a page without TLS. */
function haveNoClipboard() {
  Object.defineProperty(navigator, 'clipboard', { value: undefined });
}

/** A clipboard that takes everything. */
function haveClipboard() {
  window.copies = [];
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => void window.copies.push(text) } });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`a topic that one sets is seen by the other, there and then (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(`${server.url}r/garden-party`);
    await opens(ada);
    await opens(bob);
    assert.equal(await part(bob, '.panel-topic'), 'No topic yet.');
    await setsTopic(ada, 'Saturday at <b>three</b>');
    for (const person of [ada, bob]) {
      await until(`${person.name} sees the topic`, async () => (await part(person, '.panel-topic')) === 'Saturday at <b>three</b>');
      assert.equal(await person.page.$eval('#topic', (topic) => topic.textContent), 'Saturday at <b>three</b>');
    }
    assert.equal(await ada.page.$('.panel-topic-form:not([hidden])'), null);
    await setsTopic(ada, '');
    await until('Bob sees that there is none', async () => (await part(bob, '.panel-topic')) === 'No topic yet.');
  });

  story(`an invitation in the side bar has the room's link and its code (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(`${server.url.replace('127.0.0.1', LOCAL_NAME)}r/garden-party`);
    await ada.clicks('.rooms [data-opens="invite"]');
    await ada.reads('Anyone who opens this link joins');
    await until('the code is drawn', () => ada.page.$eval('.device-code', ({ naturalWidth }) => naturalWidth > 0));
    const link = await ada.page.$eval('.device input', ({ value }) => value);
    const bob = await enters('Bob', browser);
    await bob.joins(link);
    await bob.isInRoom('garden-party');
  });

  story(`an invitation is copied, and it leads into the room (${browser})`, async ({ server, enters }) => {
    for (const before of [haveClipboard, `(${haveNoClipboard})(); (${noteCopies})()`]) {
      const ada = await enters('Ada', browser, { before });
      await ada.joins(`${server.url}r/garden-party`);
      await opens(ada);
      await ada.clicks('.panel-link button');
      await ada.reads('Link copied.');
      const copies = await ada.page.evaluate(() => window.copies);
      assert.deepEqual(copies, [`${server.url}r/garden-party`]);
    }
  });
}

story('a topic that is too long, or cannot be set now, is refused in words, and one goes on writing', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  // What the log loads when one comes near it is there before the server is gone.
  await ada.page.hover('#log');
  await ada.page.waitForNetworkIdle();
  await opens(ada);
  await setsTopic(ada, 'é'.repeat(251));
  await ada.reads('Too long: 251 of 250 characters');
  await setsTopic(ada, '😀'.repeat(250));
  await until('it is set', async () => (await part(ada, '.panel-topic')) === '😀'.repeat(250));
  await server.crash();
  await ada.reads('Disconnected.');
  await setsTopic(ada, 'another');
  await ada.reads('There is no connection to the server.');
  assert.equal(await ada.page.$eval('.panel [name="topic"]', (field) => field.value), 'another');
  await ada.presses('Escape');
  assert.equal(await ada.page.$('.panel-topic-form:not([hidden])'), null, 'the form is left');
  assert.ok(await ada.page.$('.panel[open]'), 'and the panel is not');
  await ada.presses('Escape');
  assert.equal(await ada.page.$('.panel[open]'), null);
});

story('who is here comes and goes while one looks', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await ada.changesNameTo('Ada');
  await opens(ada);
  assert.deepEqual(await ada.people(), ['Ada (you)']);
  const bob = await enters('Bob', 'firefox');
  await bob.joins(server.url);
  await bob.changesNameTo('Bob');
  await until('Bob is here', async () => (await ada.people()).join() === 'Ada (you),Bob');
  await ada.reads('2 people here');
  await bob.opens('about:blank');
  await until('Bob is gone', async () => (await ada.people()).join() === 'Ada (you)');
});

story('a room is left for its neighbour; the last one stays', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await opens(ada);
  assert.equal(await ada.page.$('.panel-leave'), null);
  await ada.presses('Escape');
  await ada.joins(`${server.url}r/tea`);
  await opens(ada);
  await ada.clicks('.panel-leave');
  const rooms = () => ada.page.$$eval('.rooms-list a', (links) => links.map((link) => link.querySelector('bdi').textContent));
  await until('only the lobby is left', async () => (await rooms()).join() === 'lobby');
  assert.equal(await ada.page.$eval('#room', (room) => room.textContent), 'lobby');
  assert.equal(ada.page.url(), server.url);
  await ada.reloads();
  await ada.page.waitForSelector('.rooms-list a');
  assert.deepEqual(await rooms(), ['lobby']);
});

story('a sheet is closed by its button, beside it and by Escape, and the focus is where it was', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  const focused = () => ada.page.evaluate(() => document.activeElement.id);
  for (const close of [() => ada.clicks('.dialog-close'), () => ada.page.mouse.click(5, 5), () => ada.presses('Escape')]) {
    await ada.page.focus('#panel');
    await ada.presses('Enter');
    await ada.page.waitForSelector('.panel[open]');
    await close();
    await until('it is closed', async () => (await ada.page.$('dialog[open]')) === null);
    assert.equal(await focused(), 'panel');
  }
});
