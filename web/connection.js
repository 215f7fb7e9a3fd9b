/** The WebSocket, and coming back when it is lost. Knows no page: everything of the browser is handed in. */

import { retryDelay } from './backoff.js';

/** A handshake that is not done by then is given up. Milliseconds; the server gives a request head 5 s. */
export const HANDSHAKE_MS_MAX = 10_000;

/** A connection that lived this long was a good one: the next wait is a short one again. Milliseconds. */
export const GOOD_MS_MIN = 5_000;

/** Close codes after which trying again by itself would only meet the same answer (PROTOCOL.md). */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, 1009, 4003]);

/** The server cut a slow reader off and expects it back at once (PROTOCOL.md). */
const SLOW_CODE = 4008;

/** `WebSocket.OPEN`. */
const OPEN = 1;

/**
 * @typedef {{ name: 'connecting' }
 *   | { name: 'connected', again: boolean }
 *   | { name: 'closed', code: number, retryAt: number }
 *   | { name: 'stopped', code: number }
 *   | { name: 'unsupported' }} State
 *   `again`: there was a connection before this one; `retryAt`: on the host's clock; `stopped`: until asked to
 *
 * @typedef {object} Host what the browser gives, or a test
 * @property {typeof WebSocket | undefined} WebSocket
 * @property {(run: () => void, ms: number) => number} setTimeout
 * @property {(timer: number) => void} clearTimeout
 * @property {() => number} now milliseconds
 * @property {() => number} random
 *
 * @typedef {object} Listener
 * @property {(state: State) => void} onState
 * @property {(text: string) => void} onText
 */

/**
 * @param {string} page the address of the page
 * @returns {string} of the socket beside it: `ws:`, or `wss:` under TLS, wherever the page is mounted
 */
export function socketUrl(page) {
  const url = new URL('ws', page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

export class Connection {
  #url;
  #host;
  #listener;
  /** @type {State['name']} */
  #state = 'connecting';
  /** @type {WebSocket | undefined} */
  #socket;
  #timer = 0;
  #tries = 0;
  #wasConnected = false;

  /**
   * @param {string} url
   * @param {Host} host
   * @param {Listener} listener
   */
  constructor(url, host, listener) {
    this.#url = url;
    this.#host = host;
    this.#listener = listener;
  }

  open() {
    const { WebSocket, setTimeout, clearTimeout, now } = this.#host;
    clearTimeout(this.#timer);
    if (!WebSocket) {
      this.#enter({ name: 'unsupported' });
      return;
    }
    this.#enter({ name: 'connecting' });
    const socket = new WebSocket(this.#url);
    let openedAt = Infinity;
    this.#socket = socket;
    this.#timer = setTimeout(() => socket.close(), HANDSHAKE_MS_MAX);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      openedAt = now();
      this.#enter({ name: 'connected', again: this.#wasConnected });
      this.#wasConnected = true;
    };
    socket.onmessage = ({ data }) => this.#listener.onText(data);
    socket.onclose = ({ code }) => {
      clearTimeout(this.#timer);
      this.#ended(code, now() - openedAt >= GOOD_MS_MIN);
    };
  }

  /**
   * @param {string} text
   * @returns {boolean} whether it was handed to an open socket
   */
  send(text) {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** The network is back, or the reader is: waits no longer. */
  wake() {
    if (this.#state === 'closed') this.open();
  }

  /** The reader asks for it. */
  retry() {
    if (this.#state === 'closed' || this.#state === 'stopped') this.open();
  }

  /**
   * @param {number} code
   * @param {boolean} wasGood
   */
  #ended(code, wasGood) {
    if (wasGood) this.#tries = 0;
    if (FINAL_CODES.has(code)) {
      this.#enter({ name: 'stopped', code });
      return;
    }
    const { setTimeout, now, random } = this.#host;
    const wait = code === SLOW_CODE && wasGood ? 0 : retryDelay(this.#tries, random);
    this.#tries += 1;
    this.#timer = setTimeout(() => this.open(), wait);
    this.#enter({ name: 'closed', code, retryAt: now() + wait });
  }

  /** @param {State} state */
  #enter(state) {
    this.#state = state.name;
    this.#listener.onState(state);
  }
}
