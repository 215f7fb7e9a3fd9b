/** The way between a browser and a server, which can be as a tunnel is: nothing comes through, and nothing is said of it. */

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Tunnel {
  #server;
  #port;
  #isDark = false;
  #pairs = new Set();

  /** @param {number} port of the server */
  static async to(port) {
    const tunnel = new Tunnel();
    tunnel.#port = port;
    tunnel.#server = createServer((near) => tunnel.#connect(near)).listen(0, '127.0.0.1');
    await once(tunnel.#server, 'listening');
    return tunnel;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  /** From now on nothing comes through; connections stay as they are. */
  darkens() {
    this.#isDark = true;
    for (const [near, far] of this.#pairs) [near, far].forEach((socket) => socket.pause());
  }

  /** What is connected from now on works. What was is lost: other cells, another address. */
  ends() {
    this.#isDark = false;
  }

  close() {
    this.#server.close();
    for (const pair of this.#pairs) pair.forEach((socket) => socket.destroy());
  }

  #connect(near) {
    const far = connect(this.#port, '127.0.0.1');
    const pair = [near, far];
    this.#pairs.add(pair);
    const end = () => {
      pair.forEach((socket) => socket.destroy());
      this.#pairs.delete(pair);
    };
    for (const [socket, other] of [[near, far], [far, near]]) {
      socket.on('data', (bytes) => other.write(bytes));
      socket.on('error', end);
      socket.on('close', end);
    }
    if (this.#isDark) pair.forEach((socket) => socket.pause());
  }
}
