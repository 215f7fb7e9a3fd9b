/** One chat on two machines, seen from its page. */

import assert from 'node:assert/strict';

import { Nats } from './nats.js';
import { Server } from './server.js';
import { story } from './story.js';
import { Tunnel } from './tunnel.js';
import { until } from './until.js';

/** Two machines, and Ada at one of them by a way that can lead to the other; Bob is at the other. */
async function together(enters, tell) {
  const nats = await Nats.start();
  const machines = [];
  let way;
  try {
    for (let n = 0; n < 2; n++) machines.push(await Server.start({ options: ['--nats', nats.url] }));
    way = await Tunnel.to(machines[0].port);
    const ada = await enters('Ada', 'chromium');
    const bob = await enters('Bob', 'firefox');
    await ada.joins(way.url);
    await bob.joins(machines[1].url);
    await tell({ nats, machines, way, ada, bob });
  } finally {
    way?.close();
    for (const machine of machines) await machine.leaves();
    await nats.leaves();
  }
}

story('a machine dies under a conversation, and its people go on at another with nothing lost and nothing twice', async ({ enters }) => {
  await together(enters, async ({ machines, way, ada, bob }) => {
    await ada.changesNameTo('Ada');
    await bob.changesNameTo('Bob');
    for (const [person, other] of [[ada, bob], [bob, ada]]) {
      await person.says(`${person.name} was here`);
      await other.hears(`${person.name} was here`);
    }
    await machines[0].crash();
    await ada.reads('Trying again in');
    await ada.says('are you there?');
    await bob.says('where are you?');
    way.leadsTo(machines[1].port);
    await bob.hears('are you there?');
    await ada.hears('where are you?');
    await ada.seesNoMore('Waiting for connection…');
    assert.equal(await ada.myName(), 'Ada');
    for (const person of [ada, bob]) {
      for (const text of ['Ada was here', 'Bob was here', 'are you there?', 'where are you?']) {
        assert.equal(await person.countOf(text), 1, `${person.name} sees "${text}" once`);
      }
    }
  });
}, { ephemeral: true });

story('without NATS both read and search, and what they write goes out once when it is back', async ({ enters }) => {
  await together(enters, async ({ nats, ada, bob }) => {
    await ada.says('a word about herons');
    await bob.hears('a word about herons');
    await nats.crash();
    await ada.says('said meanwhile');
    await ada.reads('Sending…');
    await bob.reloads();
    await bob.hears('a word about herons');
    await bob.page.evaluate(() => document.querySelector('#search').click());
    await bob.page.waitForSelector('.search[open]');
    await bob.page.$eval('.search [type="search"]', (field) => {
      field.value = 'herons';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await until('Bob finds it', () => bob.page.evaluate(() => document.querySelector('.search-result mark')?.textContent === 'herons'));
    await bob.presses('Escape');
    await nats.start();
    await bob.hears('said meanwhile');
    await ada.seesNoMore('Sending…');
    for (const person of [ada, bob]) assert.equal(await person.countOf('said meanwhile'), 1);
  });
}, { ephemeral: true });
