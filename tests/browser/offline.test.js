/** The page without a network: it opens all the same. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { proxyTo } from './proxy.js';
import { BROWSERS, story } from './story.js';
import { Tunnel } from './tunnel.js';
import { until } from './until.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));

/** The page is here, and its copy is complete. */
async function isInstalled(person) {
  await until(`${person.name}'s page has a worker`, () => person.page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
}

/** The page is alive: its words are there, its room is the one, search opens, and none of its modules runs twice. */
async function isOpen(person, room) {
  await until(`${person.name} sees the page`, () => person.page.evaluate(() => document.querySelector('.connection-words').textContent !== ''));
  await until(`${person.name} is in ${room}`, () => person.page.evaluate((room) => document.querySelector('#room').textContent === room, room));
  await person.page.evaluate(() => document.querySelector('#search').click());
  await until(`${person.name} may search`, () => person.page.evaluate(() => document.querySelector('dialog[open]') !== null));
  const modules = await person.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith('.js')));
  const files = modules.map((path) => path.replace('/r/', '/'));
  assert.deepEqual(files, [...new Set(files)], 'a module that is loaded from two places is two');
}

for (const browser of BROWSERS) {
  story(`once opened, the page opens without the server: the lobby, and a room that was never opened (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { hasWorker: true });
    await ada.joins(`${server.url}r/tea`);
    await isInstalled(ada);
    // Some files now come from where the room is, others have been copied from the mount.
    await ada.joins(`${server.url}r/coffee`);
    await server.crash();
    for (const [path, room] of [['', 'lobby'], ['r/never-seen', 'never-seen'], ['r/tea?from=mail', 'tea'], ['r/t%65a', 'tea']]) {
      await ada.opens(server.url + path);
      await isOpen(ada, room);
      assert.equal(ada.page.url(), server.url + path);
    }
    const other = await ada.page.evaluate(() => fetch('/ws').then(({ status }) => status, () => 'none'));
    assert.equal(other, 'none', 'what is no file of the page has no copy');
    await server.start();
    await ada.joins(`${server.url}r/never-seen`);
    await ada.joins(`${server.url}r/my%2Droom#1`);
    await isOpen(ada, 'my-room');
    assert.equal(ada.page.url(), `${server.url}r/my-room#1`, 'a room has one address');
  });

  story(`a network that does not answer is not waited for long (${browser})`, async ({ server, enters }) => {
    const tunnel = await Tunnel.to(server.port);
    try {
      const ada = await enters('Ada', browser, { hasWorker: true });
      await ada.joins(tunnel.url);
      await isInstalled(ada);
      tunnel.darkens();
      const began = performance.now();
      await ada.opens(`${tunnel.url}r/tea`);
      await isOpen(ada, 'tea');
      const ms = performance.now() - began;
      assert.ok(ms > 2_000 && ms < 8_000, `${ms} ms`);
    } finally {
      tunnel.close();
    }
  });

  story(`under somebody's proxy that says 502 the page opens, and their own pages and their login are left to them (${browser})`, async ({ server, enters }) => {
    const proxy = await proxyTo(server.port);
    try {
      const chat = `http://127.0.0.1:${proxy.address().port}/chat/`;
      const ada = await enters('Ada', browser, { hasWorker: true });
      await ada.joins(chat);
      await isInstalled(ada);
      proxy.login = '/login';
      await ada.opens(`${chat}r/tea`);
      assert.equal(new URL(ada.page.url()).pathname, '/login', 'who has to log in there is led there');
      // Time enough to copy what should not be copied.
      await sleep(500);
      proxy.login = undefined;
      await server.crash();
      await ada.opens(`${chat}r/tea`);
      await isOpen(ada, 'tea');
      for (const [address, status] of [[`${chat}own`, 502], [`${chat}../own`, 404], [`${chat}r/Not-A-Room`, 502]]) {
        assert.equal((await ada.page.goto(address)).status(), status, address);
      }
      await ada.opens(chat);
      await isOpen(ada, 'lobby');
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
}

for (const browser of BROWSERS) {
  story(`of a page that has not changed only the page itself is asked for again (${browser})`, async ({ server, enters }) => {
    const proxy = await proxyTo(server.port);
    try {
      const chat = `http://127.0.0.1:${proxy.address().port}/chat/`;
      const ada = await enters('Ada', browser, { hasWorker: true });
      await ada.joins(chat);
      await isInstalled(ada);
      const asked = [];
      proxy.on('request', ({ url }) => asked.push(url));
      await ada.joins(`${chat}r/tea`);
      await isOpen(ada, 'tea');
      // For its icons, and whether the worker is a new one, the browser asks when it likes; and the page, why its socket ended.
      const isAsked = (url) => !/\/sw\.js$|\.(?:png|svg|webmanifest)$|\/ws\?why$/.test(url);
      assert.deepEqual(asked.filter(isAsked), ['/chat/r/tea']);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  const folder = await mkdtemp(join(tmpdir(), 'chinwag-web-'));
  await cp(web, folder, { recursive: true });
  after(() => rm(folder, { recursive: true }));
  const becomes = async (name, mark) => writeFile(join(folder, name), `${await readFile(join(web, name), 'utf8')}\n${mark}\n`);

  const tell = async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { hasWorker: true });
    await ada.joins(server.url);
    await isInstalled(ada);
    await becomes('chat.js', "document.documentElement.dataset.version = 'two';");
    await becomes('view/search.js', "export const version = 'two';");
    await ada.joins(server.url);
    const version = () => ada.page.evaluate(() => document.documentElement.dataset.version);
    assert.equal(await version(), 'two');
    // This one the newer page has not asked for yet.
    const copied = async () => (await (await caches.match('/view/search.js')).text()).includes("version = 'two'");
    await until('all of it is copied', () => ada.page.evaluate(copied));
    await server.crash();
    await ada.opens(`${server.url}r/tea`);
    await isOpen(ada, 'tea');
    assert.equal(await version(), 'two');
    assert.equal(await ada.page.evaluate(() => import('./view/search.js').then(({ version }) => version)), 'two');
  };
  story(`a newer page is there at once, and without a network it is the newer one, all of it (${browser})`, tell, {
    options: ['--web', folder],
  });
}
