/** What the server does not do, or not yet: the page says why, in the reader's language. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** A proxy that gets something wrong. @param {number} port of the server @param {(headers: object) => object} headersOf */
async function wrongProxy(port, { headersOf = (headers) => headers, upgrades = true }) {
  const ahead = ({ url, method, headers }) => http.request({ host: '127.0.0.1', port, path: url, method, headers: headersOf(headers) });
  const proxy = http.createServer((request, response) => {
    const asked = ahead(request).on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)));
    asked.on('error', () => response.writeHead(502).end()).end();
  });
  if (upgrades) {
    proxy.on('upgrade', (request, near) => {
      const asked = ahead(request).on('response', (answer) => near.end(`HTTP/1.1 ${answer.statusCode} No\r\n\r\n`));
      asked.on('error', () => near.destroy()).end();
    });
  }
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return { url: `http://127.0.0.1:${proxy.address().port}/`, close: () => proxy.close() && proxy.closeAllConnections() };
}

/** The socket of the page has no header of a handshake left. */
const withoutUpgrade = ({ upgrade, connection, ...headers }) => headers;

for (const browser of someBrowsers(import.meta.url)) {
  story(`a full server says so, and lets one in when somebody leaves (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', 'chromium');
    await ada.joins(server.url);
    const bob = await enters('Bob', browser);
    await bob.opens(server.url);
    await bob.reads('Disconnected: the server is full; come back later.');
    await bob.reads('Trying again in');
    await ada.opens('about:blank');
    await bob.isConnected();
    await bob.seesNoMore('the server is full');
    await ada.page.evaluate(() => (window.troubles = []));
  }, { options: ['--max-clients', '1'] });

  story(`behind a proxy that changes the Host, the server says what is wrong (${browser})`, async ({ server, enters }) => {
    const proxy = await wrongProxy(server.port, { headersOf: (headers) => ({ ...headers, host: `localhost:${server.port}` }) });
    try {
      const ada = await enters('Ada', browser);
      await ada.opens(proxy.url);
      await ada.reads('Disconnected: this page may not connect here');
    } finally {
      proxy.close();
    }
  });

  story(`behind a proxy that lets no WebSocket through, the page says so (${browser})`, async ({ server, enters }) => {
    const proxy = await wrongProxy(server.port, { headersOf: withoutUpgrade, upgrades: false });
    try {
      const ada = await enters('Ada', browser);
      await ada.opens(proxy.url);
      await ada.reads('blocks WebSockets');
    } finally {
      proxy.close();
    }
  });

  story(`messages that came too fast say why they wait, once, and are sent (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    for (let n = 1; n <= 5; n++) await ada.says(`message ${n}`);
    await ada.reads('Waiting: ');
    assert.match(await ada.text(), /Waiting: you are sending too fast\. Trying again in \d+ s/);
    assert.equal((await ada.text()).split('Waiting: ').length, 2, 'it is said once');
    assert.ok(!(await ada.text()).includes('Sending…'));
    const sent = () => ada.page.$$eval('.message', (rows) => rows.filter(({ seq }) => seq > 0).length);
    await until('all are sent', async () => (await sent()) === 5);
    await ada.seesNoMore('Waiting: ');
  }, { options: ['--message-rate', '1/1'] });

  story(`errors are in the reader's language (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => localStorage.setItem('chinwag / language', '"de"') });
    await ada.joins(server.url);
    await ada.requestsName('Admin');
    await ada.reads('Nicht geändert: dieser oder ein ähnlich aussehender Name ist vergeben');
  });
}
