/** The WebSocket, and coming back when it is lost. Knows no page: everything of the browser is handed in. */

import { retryDelay } from './backoff.js';
import { SUBPROTOCOL } from './protocol.js';

/** A handshake that is not done by then is given up. Milliseconds; the server gives a request head 5 s. */
export const HANDSHAKE_MS_MAX = 10_000;

/** A connection that lived this long was a good one: the next wait is a short one again. Milliseconds. */
export const GOOD_MS_MIN = 5_000;

/** A server that is asked for a sign of life and says nothing for so long is not there. Milliseconds. */
export const ANSWER_MS_MAX = 5_000;

/** Close codes after which trying again by itself would only meet the same answer (PROTOCOL.md). */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, 1009, 4003]);

/** The close code for somebody who may not come in. */
const NO_ACCESS_CODE = 4003;

/** The server expects a client back at once that was slow, or may see other rooms now (PROTOCOL.md). */
const AT_ONCE_CODES = [4008, 4010];

/** The close code for a server that speaks another protocol. */
const NOT_UNDERSTOOD_CODE = 1002;

/** The browser's code for a connection that ended without a close. */
const LOST_CODE = 1006;

/** `WebSocket.CONNECTING` and `WebSocket.OPEN`. */
const [CONNECTING, OPEN] = [0, 1];

/**
 * @typedef {{ name: 'connecting' }
 *   | { name: 'connected' }
 *   | { name: 'closed', code: number, retryAt: number }
 *   | { name: 'stopped', code: number }
 *   | { name: 'unsupported' }} State
 *   `retryAt`: on the host's clock; `stopped`: until asked to
 *
 * @typedef {object} Host what the browser gives, or a test
 * @property {typeof WebSocket | undefined} WebSocket
 * @property {WebSocket} [firstSocket] that was opened while the page was loaded (boot.js)
 * @property {(run: () => void, ms: number) => number} setTimeout
 * @property {(timer: number) => void} clearTimeout
 * @property {() => number} now milliseconds
 * @property {() => number} random
 *
 * @typedef {object} Listener
 * @property {(state: State) => void} onState
 * @property {(text: string) => void} onText
 */

export class Connection {
  #url;
  #host;
  #listener;
  /** @type {State['name']} */
  #state = 'connecting';
  /** @type {WebSocket | undefined} */
  #socket;
  #firstSocket;
  #timer = 0;
  #answerTimer = 0;
  #openedAt = Infinity;
  #tries = 0;
  #wasHeard = false;

  /**
   * @param {string} url
   * @param {Host} host
   * @param {Listener} listener
   */
  constructor(url, host, listener) {
    this.#url = url;
    this.#host = host;
    this.#listener = listener;
    this.#firstSocket = host.firstSocket;
  }

  open() {
    const { WebSocket, setTimeout, clearTimeout, now } = this.#host;
    clearTimeout(this.#timer);
    if (!WebSocket) {
      this.#setState({ name: 'unsupported' });
      return;
    }
    this.#setState({ name: 'connecting' });
    const socket = this.#takeFirst() ?? new WebSocket(this.#url, SUBPROTOCOL);
    this.#openedAt = Infinity;
    this.#socket = socket;
    this.#timer = setTimeout(() => socket.close(), HANDSHAKE_MS_MAX);
    const opened = () => {
      clearTimeout(this.#timer);
      // On plain lines all that we say, the token first, would be read by everyone in the room.
      if (socket.protocol !== SUBPROTOCOL) return this.#abandon(socket, NOT_UNDERSTOOD_CODE);
      this.#openedAt = now();
      this.#setState({ name: 'connected' });
    };
    socket.onopen = opened;
    socket.onmessage = ({ data }) => {
      this.#stopChecking();
      this.#wasHeard = true;
      this.#listener.onText(data);
    };
    socket.onclose = ({ code }) => {
      clearTimeout(this.#timer);
      this.#ended(code);
    };
    if (socket.readyState === OPEN) opened();
  }

  /** The socket that was opened while the page was loaded, if it is good: once. */
  #takeFirst() {
    const socket = this.#firstSocket;
    this.#firstSocket = undefined;
    const isGood = socket?.readyState === CONNECTING || socket?.readyState === OPEN;
    return isGood && socket.url === this.#url ? socket : undefined;
  }

  /** @param {string} text @returns {boolean} whether it was handed to an open socket */
  send(text) {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Connects without waiting any longer: the network or the reader is back. */
  wake() {
    if (this.#state === 'closed') this.open();
  }

  /** Ends the connection: the server does not let us in, and would say so again. */
  stop() {
    this.#abandon(this.#socket, NO_ACCESS_CODE);
  }

  /** Closes the connection of a page that is left; `wake` opens it again. */
  suspend() {
    if (this.#state !== 'connected' && this.#state !== 'connecting') return;
    this.#abandon(this.#socket, LOST_CODE);
    this.#host.clearTimeout(this.#timer);
  }

  /**
   * Checks that the server still answers: a browser hides the WebSocket's own pings, and a lost network gives no sign.
   *
   * @param {string} question that any server answers
   */
  check(question) {
    if (this.#state !== 'connected' || this.#answerTimer || !this.send(question)) return;
    this.#answerTimer = this.#host.setTimeout(() => this.#abandon(this.#socket, LOST_CODE), ANSWER_MS_MAX);
  }

  /** Checks the connection if nothing was received since the last call. @param {string} question */
  checkIfQuiet(question) {
    if (!this.#wasHeard) this.check(question);
    this.#wasHeard = false;
  }

  #stopChecking() {
    this.#host.clearTimeout(this.#answerTimer);
    this.#answerTimer = 0;
  }

  /**
   * Ends the connection without waiting for the other side's close, which may never come.
   *
   * @param {WebSocket | undefined} socket
   * @param {number} code
   */
  #abandon(socket, code) {
    if (!socket) return;
    socket.onclose = socket.onmessage = () => {};
    socket.close();
    this.#ended(code);
  }

  /** @param {number} code */
  #ended(code) {
    this.#stopChecking();
    const wasGood = this.#host.now() - this.#openedAt >= GOOD_MS_MIN;
    if (wasGood) this.#tries = 0;
    if (FINAL_CODES.has(code)) {
      this.#setState({ name: 'stopped', code });
      return;
    }
    const { setTimeout, now, random } = this.#host;
    const wait = AT_ONCE_CODES.includes(code) && wasGood ? 0 : retryDelay(this.#tries, random);
    this.#tries += 1;
    this.#timer = setTimeout(() => this.open(), wait);
    this.#setState({ name: 'closed', code, retryAt: now() + wait });
  }

  /** @param {State} state */
  #setState(state) {
    this.#state = state.name;
    this.#listener.onState(state);
  }
}
