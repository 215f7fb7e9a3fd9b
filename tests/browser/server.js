/** A server to talk through: the real binary, on a free port, gone when the test is over. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import { until } from './until.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export class Server {
  #port;
  #process;

  /** A server that answers. */
  static async start() {
    const server = new Server(await freePort());
    await server.start();
    return server;
  }

  constructor(port) {
    this.#port = port;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Starts it, or starts it again: always at the same address. */
  async start() {
    const server = spawn(binary(), ['--ephemeral', '--addr', `127.0.0.1:${this.#port}`], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    server.stderr.on('data', (text) => (complaint += text));
    const answers = () => fetch(this.url).then(({ ok }) => ok, () => false);
    await until('the server answers', async () => {
      if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}: ${complaint}`);
      return answers();
    });
    this.#process = server;
  }

  /** Ends it as a crash would: nobody is told. */
  async crash() {
    await this.#end('SIGKILL');
  }

  /** Ends it as an operator would: everyone is told. */
  async stop() {
    await this.#end('SIGTERM');
  }

  async #end(signal) {
    const server = this.#process;
    this.#process = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }
}

function binary() {
  const built = ['release', 'debug'].map((profile) => `${root}target/${profile}/chinwag`);
  const found = process.env.CHINWAG ?? built.find(existsSync);
  if (!found) throw new Error('there is no server to test: run `cargo build --release`, or set CHINWAG to its path');
  return found;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
