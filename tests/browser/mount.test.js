/** The page under somebody else's address: a proxy in front, as an operator has one. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';

import { BROWSERS, story } from './story.js';

/** What is asked for under `/chat/` is asked of the server, sockets too. */
async function proxyTo(port) {
  const ahead = ({ url, method, headers }) => http.request({ host: '127.0.0.1', port, path: url.slice('/chat'.length), method, headers });
  const proxy = http.createServer((request, response) => {
    if (!request.url.startsWith('/chat/')) return response.writeHead(404).end('not the chat\n');
    const asked = ahead(request).on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)));
    asked.on('error', () => response.writeHead(502).end()).end();
  });
  proxy.on('upgrade', (request, near) => {
    const asked = ahead(request).on('upgrade', (answer, far) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
      for (const [from, to] of [[near, far], [far, near]]) from.on('error', () => to.destroy()).pipe(to);
    });
    asked.on('error', () => near.destroy()).end();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

for (const browser of BROWSERS) {
  story(`C58 the chat under /chat/ is whole: the lobby, a room by its link, and each with its own name (${browser})`, async ({ server, enters }) => {
    const proxy = await proxyTo(server.port);
    try {
      const chat = `http://127.0.0.1:${proxy.address().port}/chat/`;
      const ada = await enters('Ada', browser);
      const bob = await enters('Bob', 'chromium');
      await ada.joins(`${chat}r/book-club`);
      await bob.joins(`${server.url}r/book-club`);
      await ada.takesTheName('Ada');
      await ada.says('from under /chat/');
      await bob.hears('from under /chat/');
      await ada.joins(chat);
      assert.equal(await ada.myName(), 'Ada');
      assert.deepEqual(await ada.log(), []);
      const kept = await ada.page.evaluate(() => Object.keys(localStorage).sort());
      assert.deepEqual(kept, ['chinwag /chat/ name', 'chinwag /chat/ token'], 'another chat on this host has its own');
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
}
