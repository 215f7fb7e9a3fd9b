/** Somebody without a page: plain lines into a room, by a socket that listens to nothing, and so costs nearly nothing. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const HEADERS = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };

/** The final frame of a text, masked as a client has to, by nothing (RFC 6455, 5.2). */
const [FINAL_TEXT, MASKED, MASK] = [0x81, 0x80, Buffer.alloc(4)];
const LENGTH_MAX = 125;

const TICK_MS = 20;

export class Speaker {
  #socket;

  /** @param {import('./server.js').Server} server @param {string} room */
  static async at({ port }, room) {
    const key = randomBytes(16).toString('base64');
    const request = http.get({ host: '127.0.0.1', port, path: `/ws/${room}`, headers: { ...HEADERS, 'Sec-WebSocket-Key': key } });
    const [, socket] = await once(request, 'upgrade');
    const speaker = new Speaker();
    speaker.#socket = socket.resume();
    return speaker;
  }

  /** @param {string} text a short one */
  says(text) {
    const bytes = Buffer.from(text);
    if (bytes.length > LENGTH_MAX) throw new Error(`${bytes.length} bytes`);
    this.#socket.write(Buffer.concat([Buffer.of(FINAL_TEXT, MASKED | bytes.length), MASK, bytes]));
  }

  /** So many messages, spread over the time. @param {(n: number) => string} text of each */
  async pours(count, ms, text) {
    const began = performance.now();
    for (let said = 0; said < count; ) {
      const due = Math.min(count, Math.ceil(((performance.now() - began) / ms) * count));
      while (said < due) this.says(text((said += 1)));
      await sleep(TICK_MS);
    }
  }

  leaves() {
    this.#socket.destroy();
  }
}
