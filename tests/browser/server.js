/** A server to talk through: the real binary, on a free port, gone when the test is over. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from './until.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export class Server {
  #port;
  #data;
  #options;
  #process;
  /** What it has printed. */
  #says = '';

  /**
   * A server that answers.
   *
   * @param {{ ephemeral?: boolean, options?: string[] }} [how] `ephemeral`: it keeps no history; otherwise it keeps it
   *   in a folder of its own for as long as the test lasts
   */
  static async start({ ephemeral = false, options = [] } = {}) {
    const data = ephemeral ? undefined : await mkdtemp(join(tmpdir(), 'chinwag-'));
    const server = new Server(await freePort(), data, options);
    await server.start();
    return server;
  }

  constructor(port, data, options) {
    this.#port = port;
    this.#data = data;
    this.#options = options;
  }

  get port() {
    return this.#port;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** The link by which its first owner comes in, as its operator reads it. */
  get ownersLink() {
    return `${this.url}#invite=${/#invite=([\w-]+)/.exec(this.#says)[1]}`;
  }

  /** Does something as its operator, while it runs. @param {...string} args of the program */
  operates(...args) {
    return execFileSync(binary(), ['--data', this.#data, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Starts it, or starts it again: always at the same address. @param {...string} options besides those it was made with */
  async start(...options) {
    const history = this.#data ? ['--data', this.#data] : ['--ephemeral'];
    const server = spawn(binary(), [...history, '--addr', `127.0.0.1:${this.#port}`, ...this.#options, ...options], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server.stdout.on('data', (text) => (this.#says += text));
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

  /** Takes lines of an export into its history, as an operator would: it is started again after it. */
  async imports(lines) {
    await this.stop();
    const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    execFileSync(binary(), ['import', '--data', this.#data, '-'], { input, stdio: ['pipe', 'ignore', 'pipe'] });
    await this.start();
  }

  /** Ends it with all that it kept, and starts it with nothing: another log, at the same address. */
  async beginsAnew() {
    await this.crash();
    await rm(this.#data, { recursive: true, force: true });
    await this.start();
  }

  /** Ends it for good, and what it kept. */
  async leaves() {
    await this.crash();
    if (this.#data) await rm(this.#data, { recursive: true, force: true });
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
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  const built = ['release', 'debug'].map((profile) => join(target, profile, 'chinwag'));
  const found = process.env.CHINWAG ?? built.find(existsSync);
  if (!found) throw new Error('there is no server to test: run `cargo build --release`, or set CHINWAG to its path');
  return found;
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
