/** The way between a browser and a server, which can be as a tunnel is: nothing comes through, and nothing is said of it. */

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Tunnel {
  #server;
  /** Where it is, and the server's port. */
  #near;
  #port;
  #isDark = false;
  #isMute = false;
  #pairs = new Set();

  /** @param {number} port of the server */
  static async to(port) {
    const tunnel = new Tunnel();
    tunnel.#port = port;
    tunnel.#server = createServer((near) => tunnel.#connect(near));
    await tunnel.#listen(0);
    tunnel.#near = tunnel.#server.address().port;
    return tunnel;
  }

  get url() {
    return `http://127.0.0.1:${this.#near}/`;
  }

  /** There is no network: what is connected is cut, and nobody connects. */
  async breaks() {
    const closed = once(this.#server, 'close');
    this.close();
    await closed;
  }

  /** There is one again. */
  async mends() {
    this.#isMute = false;
    await this.#listen(this.#near);
  }

  /** Connections that are made from now on lead to another server. @param {number} port its */
  leadsTo(port) {
    this.#port = port;
  }

  /** What is sent arrives, and nothing comes back. */
  mutes() {
    this.#isMute = true;
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

  async #listen(port) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
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
      socket.on('data', (bytes) => {
        if (socket === near || !this.#isMute) other.write(bytes);
      });
      socket.on('error', end);
      socket.on('close', end);
    }
    if (this.#isDark) pair.forEach((socket) => socket.pause());
  }
}
