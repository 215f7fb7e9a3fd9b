/** A page that cannot start says so in words, and one that can never shows them. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { BROWSERS, story } from './story.js';
import { Server } from './server.js';

const NOT_STARTED = 'Chinwag has not started yet.';

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

/** A server whose page lies in a folder of its own. @param {(folder: string) => Promise<void>} spoil */
async function spoilt(spoil, tell) {
  const folder = await mkdtemp(join(tmpdir(), 'chinwag-web-'));
  await cp(WEB, folder, { recursive: true });
  await spoil(folder);
  const server = await Server.start({ ephemeral: true, options: ['--web', folder] });
  try {
    await tell(server);
  } finally {
    await server.leaves();
    await rm(folder, { recursive: true });
  }
}

const SPOILS = {
  'a module is missing': (folder) => rm(join(folder, 'model/markup.js')),
  'the first module is missing': (folder) => rm(join(folder, 'chat.js')),
  'a module cannot be parsed': (folder) => writeFile(join(folder, 'model/markup.js'), 'export const parse = /[[a]--[b]]/vv;\n'),
  'a module lacks what another needs of it': (folder) => writeFile(join(folder, 'model/markup.js'), 'export const nothing = 1;\n'),
  'a module fails': (folder) => writeFile(join(folder, 'model/color.js'), 'export const hueOf = 1;\nexport const initialOf = null.b;\n'),
  'no script arrives': (folder) => Promise.all(['boot.js', 'chat.js'].map((name) => rm(join(folder, name)))),
};

for (const browser of BROWSERS) {
  for (const [what, spoil] of Object.entries(SPOILS)) {
    story(`a page that cannot start says so: ${what} (${browser})`, async ({ enters }) => {
      await spoilt(spoil, async (server) => {
        const ada = await enters('Ada', browser);
        await ada.opens(server.url);
        await ada.reads(NOT_STARTED);
        await ada.reads('Safari 17');
        await ada.page.evaluate(() => (window.troubles = []));
      });
    });
  }

  story(`where a part that comes later is missing, one talks, and is told (${browser})`, async ({ enters }) => {
    await spoilt((folder) => rm(join(folder, 'view/typing.js')), async (server) => {
      const ada = await enters('Ada', browser);
      await ada.opens(server.url);
      await ada.reads('Part of the page could not be loaded.');
      await ada.says('hello');
      await ada.hears('hello');
    });
  });

  story(`a page that starts shows no words of one that does not (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => {
      const look = () => {
        const words = document.querySelector('#boot');
        if (words && document.querySelector('link[rel="stylesheet"]')?.sheet) window.seen ??= words.checkVisibility({ visibilityProperty: true });
        requestAnimationFrame(look);
      };
      look();
    } });
    await ada.joins(server.url);
    assert.equal(await ada.page.evaluate(() => window.seen ?? false), false);
    await ada.seesNoMore(NOT_STARTED);
  });

  story(`behind a proxy that takes /chat away, the address without its slash says what to do (${browser})`, async ({ server, enters }) => {
    const proxy = createServer(async ({ url }, response) => {
      if (!/^\/chat(?:\/|$)/.test(url)) return response.writeHead(404).end('not the chat\n');
      const answer = await fetch(new URL(url.slice('/chat'.length) || '/', server.url));
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') }).end(Buffer.from(await answer.arrayBuffer()));
    });
    await new Promise((listening) => proxy.listen(0, '127.0.0.1', listening));
    try {
      const ada = await enters('Ada', browser);
      await ada.opens(`http://127.0.0.1:${proxy.address().port}/chat`);
      await ada.reads('add a / to its address');
      await ada.page.evaluate(() => (window.troubles = []));
    } finally {
      proxy.close();
      proxy.closeAllConnections();
    }
  });

  story(`where the browser refuses to keep anything, one talks, and is told that the name goes with the page (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => {
      const refuse = { get: () => { throw new DOMException('refused', 'SecurityError'); } };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, refuse);
    } });
    await ada.joins(server.url);
    await ada.says('hello');
    await ada.hears('hello');
    await ada.reads('until you close this page');
    const bob = await enters('Bob', browser);
    await bob.joins(server.url);
    assert.ok(!(await bob.text()).includes('until you close this page'));
  });
}
