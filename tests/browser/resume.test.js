import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { Tunnel } from './tunnel.js';
import { until } from './until.js';

story('the server is killed under a conversation, and what was written while it was away is said exactly once', async ({ server, talking }) => {
  const { ada, bob } = await talking();
  await ada.changesNameTo('Ada');
  await bob.changesNameTo('Bob');
  for (let n = 1; n <= 5; n++) {
    await ada.says(`Ada ${n}`);
    await bob.says(`Bob ${n}`);
  }
  await ada.hears('Bob 5');
  await bob.hears('Ada 5');
  const before = await ada.log();

  await server.crash();
  await ada.reads('Trying again in');
  for (const text of ['while it', 'was', 'away']) await ada.says(text);
  await bob.reads('Trying again in');
  await bob.says('me too');
  await server.start();
  for (const person of [ada, bob]) {
    await person.hears('away');
    await person.hears('me too');
    await person.seesNoMore('Waiting for connection…');
  }
  for (const person of [ada, bob]) {
    const log = await person.log();
    assert.equal(log.length, before.length + 4);
    assert.deepEqual(log.slice(0, before.length), before, 'what was there is there, in its order');
    assert.deepEqual(log.filter((text) => ['while it', 'was', 'away'].includes(text)), ['while it', 'was', 'away']);
    assert.equal(await person.countOf('me too'), 1);
  }
  assert.deepEqual(await ada.log(), await bob.log());
  assert.deepEqual([await ada.myName(), await bob.myName()], ['Ada', 'Bob']);
  await ada.reloads();
  await ada.hears('away');
  assert.deepEqual(await ada.log(), (await bob.log()).filter((text) => !text.includes('is now called')));
});

for (const browser of someBrowsers(import.meta.url)) {
  story(`offline and back: what was said meanwhile is there, and what was written is said once (${browser})`, async ({ server, enters }) => {
    const tunnel = await Tunnel.to(server.port);
    try {
      const ada = await enters('Ada', browser);
      const bob = await enters('Bob', 'chromium');
      await ada.joins(tunnel.url);
      await bob.joins(server.url);
      await ada.says('into the tunnel');
      await bob.hears('into the tunnel');
      tunnel.darkens();
      await ada.says('from within');
      await ada.hears('from within');
      await ada.reads('Sending…');
      await bob.says('where are you?');
      await bob.hears('where are you?');
      tunnel.ends();
      await ada.page.evaluate(() => dispatchEvent(new Event('online')));
      await bob.hears('from within');
      await ada.hears('where are you?');
      await ada.seesNoMore('Sending…');
      for (const person of [ada, bob]) {
        assert.deepEqual(await person.log(), ['into the tunnel', 'where are you?', 'from within']);
      }
    } finally {
      tunnel.close();
    }
  });

  story(`a reload keeps the name and the history, and what is not sent yet (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(`${server.url}r/book-club`);
    await ada.changesNameTo('Ada Lovelace');
    for (const text of ['one', 'two', 'three']) await ada.says(text);
    await ada.hears('three');
    await ada.seesNoMore('Sending…');
    await ada.reloads();
    await ada.hears('three');
    assert.equal(await ada.myName(), 'Ada Lovelace');
    assert.deepEqual(await ada.conversation(), ['Ada Lovelace (you): one two three']);
    assert.deepEqual(await ada.people(), ['Ada Lovelace (you)']);
  });

  story(`where nothing can be kept, one can talk all the same (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => {
      for (const storage of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, storage, { get: () => { throw new DOMException('no', 'SecurityError'); } });
      }
    } });
    await ada.joins(server.url);
    await ada.changesNameTo('Ada');
    await ada.says('hi');
    await ada.hears('hi');
    await server.crash();
    await ada.reads('Trying again in');
    await server.start();
    await ada.isConnected();
    await ada.says('again');
    await ada.hears('again');
    assert.equal(await ada.myName(), 'Ada');
    assert.deepEqual((await ada.conversation()), ['Ada (you): hi again']);
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`what is not sent outlives a reload of the page, and is said once (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => {
      const { WebSocket } = window;
      if (sessionStorage.getItem('open')) return;
      window.WebSocket = function (url, protocol) {
        return new WebSocket(url.replace(/\/ws$/, '/nowhere'), protocol);
      };
    } });
    const bob = await enters('Bob', 'chromium');
    await bob.joins(server.url);
    await ada.opens(server.url);
    await ada.reads('Trying again in');
    for (const text of ['one', 'two']) await ada.says(text);
    await ada.reads('Waiting for connection…');
    await ada.page.reload();
    await ada.hears('two');
    await ada.page.evaluate(() => sessionStorage.setItem('open', 'yes'));
    await ada.reloads();
    await bob.hears('two');
    await ada.seesNoMore('Waiting for connection…');
    await ada.reloads();
    await ada.hears('two');
    for (const person of [ada, bob]) assert.deepEqual(await person.log(), ['one', 'two']);
  });
}

story('what the server does not take is not sent, says why, and can be tried again or let go', async ({ server, talking }) => {
  const { ada, bob } = await talking();
  await server.crash();
  await ada.reads('Disconnected.');
  for (const letter of ['a', 'b']) await ada.says(letter.repeat(2_001));
  await ada.reads('Waiting for connection…');
  // The operator has set another limit.
  await server.start('--max-text', '2000');
  await ada.reads('Not sent: a text of 2001 characters; at most 2000 are allowed.');
  await ada.says('the next one goes');
  await bob.hears('the next one goes');
  await ada.reloads();
  await ada.clicks('.message-refused .message-again');
  await ada.clicks('.message-refused .message-discard');
  await ada.clicks('.message-refused .message-discard');
  await ada.seesNoMore('Not sent');
  assert.deepEqual(await ada.log(), ['the next one goes']);
  assert.deepEqual(await bob.log(), ['the next one goes']);
  await ada.reloads();
  await ada.hears('the next one goes');
  assert.deepEqual(await ada.log(), ['the next one goes'], 'what was let go stays away');
});

story('too fast is only slower: everything comes, in its order', async ({ talking }) => {
  const { ada, bob } = await talking();
  const texts = ['one', 'two', 'three', 'four', 'five', 'six'];
  for (const text of texts) await ada.says(text);
  await bob.hears('six');
  assert.deepEqual(await bob.log(), texts);
  await ada.hears('six');
  assert.deepEqual(await ada.log(), texts);
}, { options: ['--message-rate', '2/4'] });

for (const browser of someBrowsers(import.meta.url)) {
  story(`where the chat begins anew, what was written is about no other message, and stays (${browser})`, async ({ server, enters }) => {
    const tunnel = await Tunnel.to(server.port);
    try {
      const ada = await enters('Ada', browser);
      const bob = await enters('Bob', 'chromium');
      await ada.joins(tunnel.url);
      await bob.joins(server.url);
      for (const person of [ada, bob]) await person.changesNameTo(person.name);
      await bob.says('Tea?');
      await ada.hears('Tea?');
      await ada.says('I bring cups');
      await bob.hears('I bring cups');
      await tunnel.breaks();
      await ada.reads('Disconnected.');
      await ada.clicksAction('Reply', 'Tea?');
      await ada.says('Gladly');
      await ada.writes('a draft');
      await ada.clicksAction('Edit', 'I bring cups');
      await ada.writes('I bring plates');
      await server.beginsAnew();
      await bob.isConnected();
      for (let n = 1; n <= 6; n++) await bob.says(`another ${n}`);
      await bob.hears('another 6');
      await tunnel.mends();
      await ada.page.evaluate(() => dispatchEvent(new Event('online')));
      await bob.hears('Gladly');
      await ada.reads('The message you were editing was deleted.');
      assert.equal(await ada.draft(), 'a draft\nI bring plates');
      for (const person of [ada, bob]) {
        await person.hears('Gladly');
        await until(`${person.name} sees no quote`, async () => (await person.page.$('.message-quote')) === null);
        assert.deepEqual((await person.said()).at(-1), 'Gladly');
      }
      await ada.reloads();
      await ada.hears('Gladly');
      assert.equal(await ada.draft(), 'a draft\nI bring plates');
    } finally {
      tunnel.close();
    }
  });
}
