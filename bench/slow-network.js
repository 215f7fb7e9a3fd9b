/**
 * A network between a browser and a server: round trips, a bandwidth that all connections share, and TCP's slow start. Both ends
 * are on this machine. The browser's own emulation knows neither handshakes nor WebSockets.
 */

import { connect, createServer } from 'node:net';

/** What a connection may send before it hears anything (RFC 6928): ten segments. Bytes. */
const WINDOW = 14_600;

/** The link passes on pieces of this size. Bytes. */
const PIECE = 1_460;

export class SlowNetwork {
  #server;
  #roundTripMs;
  #bytesPerMs;
  /** When each direction of the link is free again. */
  #free = { up: 0, down: 0 };
  #sockets = new Set();

  /**
   * @param {number} port of the server
   * @param {{ roundTripMs: number, bitsPerSecond: number }} link
   */
  static async to(port, { roundTripMs, bitsPerSecond }) {
    const network = new SlowNetwork();
    network.#roundTripMs = roundTripMs;
    network.#bytesPerMs = bitsPerSecond / 8_000;
    network.#server = createServer({ allowHalfOpen: true }, (near) => network.#connect(near, port));
    await new Promise((listening) => network.#server.listen(0, '127.0.0.1', listening));
    return network;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  close() {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** @param {import('node:net').Socket} near @param {number} port */
  #connect(near, port) {
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [socket, other] of [[near, far], [far, near]]) {
      socket.setNoDelay();
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
    // The handshake takes a round trip, before which nothing is sent.
    const opened = performance.now() + this.#roundTripMs;
    this.#carry(near, far, 'up', opened);
    this.#carry(far, near, 'down', opened);
  }

  /** Carries what comes from one end to the other, as late as the link and the window say. */
  #carry(from, to, direction, opened) {
    let window = WINDOW;
    let inFlight = 0;
    const waiting = [];
    const send = () => {
      while (waiting.length > 0 && inFlight < window) {
        const piece = waiting.shift();
        inFlight += piece.length;
        const end = Math.max(performance.now(), this.#free[direction]) + piece.length / this.#bytesPerMs;
        this.#free[direction] = end;
        const arrival = end + this.#roundTripMs / 2;
        // The end is a piece without bytes.
        at(arrival, () => (piece.length > 0 ? to.write(piece) : to.end()));
        at(arrival + this.#roundTripMs / 2, () => {
          inFlight -= piece.length;
          window += piece.length;
          send();
        });
      }
    };
    const take = (bytes) => {
      for (let at = 0; at < bytes.length; at += PIECE) waiting.push(bytes.subarray(at, at + PIECE));
      if (bytes.length === 0) waiting.push(bytes);
      if (performance.now() < opened) at(opened, send);
      else send();
    };
    from.on('data', take);
    from.on('end', () => take(Buffer.alloc(0)));
  }
}

/** @param {number} time of `performance.now()` @param {() => void} run */
const at = (time, run) => setTimeout(run, time - performance.now());
