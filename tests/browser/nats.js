/** A NATS server that connects machines: the real one, on a free port, gone when the test is over. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort } from './server.js';
import { until } from './until.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export class Nats {
  #folder;
  #port;
  #process;

  /** A server that answers. */
  static async start() {
    const nats = new Nats();
    nats.#folder = await mkdtemp(join(tmpdir(), 'chinwag-nats-'));
    nats.#port = await freePort();
    const config = `listen: 127.0.0.1:${nats.#port}\njetstream { store_dir: "${nats.#folder}/streams", sync_interval: always }\n`;
    await writeFile(join(nats.#folder, 'nats.conf'), config);
    await nats.start();
    return nats;
  }

  get url() {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** Starts it again, with what is on its disk. */
  async start() {
    this.#process = spawn(binary(), ['-c', join(this.#folder, 'nats.conf')], { stdio: 'ignore' });
    await until('NATS answers', async () => {
      const socket = connect(this.#port, '127.0.0.1');
      const answers = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
      socket.destroy();
      return answers;
    });
  }

  /** Ends it as a crash would. */
  async crash() {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }

  async leaves() {
    await this.crash();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  const found = process.env.NATS_SERVER ?? join(target, 'tools/nats-server/bin/nats-server');
  if (!existsSync(found)) throw new Error('there is no nats-server: `bin/test browser` installs one, or name it by NATS_SERVER');
  return found;
}
