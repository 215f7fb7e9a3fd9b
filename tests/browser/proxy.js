/** A proxy in front of the server, as an operator has one. */

import { once } from 'node:events';
import http from 'node:http';

/**
 * What is asked for under `/chat/` is asked of the server, sockets too. Without a server it says 502, as proxies do; with
 * a `login` everyone is led there first.
 *
 * @returns {Promise<http.Server & { login?: string }>}
 */
export async function proxyTo(port) {
  const ahead = ({ url, method, headers }) => http.request({ host: '127.0.0.1', port, path: url.slice('/chat'.length), method, headers });
  const proxy = http.createServer((request, response) => {
    if (request.url === proxy.login) return response.end('log in first\n');
    if (proxy.login) return response.writeHead(302, { location: proxy.login }).end();
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
