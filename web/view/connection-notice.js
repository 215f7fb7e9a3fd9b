/** Says why there is no connection, and when the next try is. */

import { socketUrl } from '../model/address.js';
import { reasonOf } from '../model/reason.js';
import { isKey } from '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';

const TICK_MS = 1_000;

/** The browser's code for a connection that failed, or ended without a close. */
const LOST_CODE = 1006;

/** The server's reason is not waited for any longer. Milliseconds. */
const REASON_MS_MAX = 5_000;

/** The longest reason that is shown: a longer one is an error page of a proxy. Characters. */
const REASON_CHARS_MAX = 200;

/** The answers of a server that accepts sockets, to a request that is none: 400 and 426 (RFC 9110). */
const LETS_IN = new Set([400, 426]);

/** Fewer failures in a row may be a server that is just starting. */
const FAILURES_MIN = 2;

/** The error before a close of the application, which gives its reason (PROTOCOL.md). */
const CLOSED = 'closed';

/** The error of a device that another of the reader's has ended. */
const ENDED = 'ended';

/** @typedef {import('./status.js').State} State */

export class ConnectionNotice {
  #countdown = el('p', { class: 'connection-countdown', hidden: true });
  #retry = el('button', { class: 'connection-retry quiet', type: 'button', hidden: true });
  #tick = 0;
  #status;
  /** Whether the connection was being made. */
  #wasConnecting = true;
  /** Failures in a row that the server has no reason for, and the reason that it has. */
  #failures = 0;
  #reason = '';
  /** Why the application has ended the connection. */
  #closed = '';
  /** Whether another device of the reader's has ended this one. */
  #isEnded = false;
  #storage;
  #session;

  /**
   * @param {object} needs
   * @param {Pick<import('../model/connection.js').Connection, 'open' | 'suspend' | 'wake'>} needs.connection
   * @param {import('./status.js').Status} needs.status
   * @param {Pick<import('../model/session.js').Session, 'barred' | 'link'>} needs.session
   * @param {import('../model/web-storage.js').WebStorage} needs.storage
   */
  constructor({ connection, status, session, storage }) {
    this.#status = status;
    this.#session = session;
    this.#storage = storage;
    this.#retry.addEventListener('click', () => {
      if (!this.#isEnded) return connection.open();
      // The token is no good any more, and the name was the other's.
      for (const name of ['token', 'name', 'ended']) storage.set(name, undefined);
      session.link = { device: storage.get('device') };
      if (status.state.name === 'stopped') return connection.open();
      connection.suspend();
      connection.wake();
    });
    find('#connection').append(this.#countdown, this.#retry);
  }

  /** @param {State} state @returns {string} in words */
  show(state) {
    const { name } = state;
    clearInterval(this.#tick);
    this.#countdown.hidden = name !== 'closed';
    if (name === 'connected') this.#isEnded = false;
    if (name === 'refused' && state.code === ENDED) {
      this.#isEnded = true;
      this.#storage.set('ended', true);
    }
    const isEnded = this.#isEnded && (name === 'refused' || name === 'stopped');
    // Who may not come in is told in the composer's place (gate.js).
    const isBarred = name === 'stopped' && this.#session.barred !== undefined;
    this.#retry.hidden = isBarred || (name !== 'closed' && name !== 'stopped' && !isEnded);
    this.#retry.textContent = t(isEnded ? 'beginAnew' : name === 'stopped' ? 'connectAgain' : 'tryNow');
    if (name === 'closed') {
      // The seconds stand outside of the live region: nobody wants to hear them counted.
      const count = () => {
        this.#countdown.textContent = t('tryingAgain', { seconds: secondsUntil(state.retryAt, performance.now()) });
      };
      this.#tick = setInterval(count, TICK_MS);
      count();
    }
    if (name === 'connected' || name === 'refused') {
      this.#reason = '';
      this.#failures = 0;
    }
    if (isBarred) return '';
    if (isEnded) return t('deviceEnded');
    if (name === 'connected') this.#closed = '';
    if (name === 'refused' && state.code === CLOSED) this.#closed = state.why;
    if (name === 'stopped' && this.#closed) return t('closedBecause', { why: this.#closed });
    if (name === 'closed' && state.code === LOST_CODE && this.#wasConnecting) this.#ask();
    this.#wasConnecting = name === 'connecting';
    return name === 'closed' && this.#reason ? t('closedBecause', { why: this.#reason }) : sentence(state);
  }

  /** A browser does not say why a socket was refused: the same address is asked, once for each failure. */
  async #ask() {
    const reason = await this.#reasonNow();
    const status = this.#status;
    if (reason === this.#reason || status.state.name === 'connected') return;
    this.#reason = reason;
    if (status.state.name === 'closed') status.show(status.state);
  }

  /** @returns {Promise<string>} nothing where there is none */
  async #reasonNow() {
    try {
      // By POST, which tells the server where this page is from, as a socket does.
      const address = `${socketUrl(document.baseURI).replace(/^ws/, 'http')}?why`;
      const signal = AbortSignal.timeout(REASON_MS_MAX);
      const response = await fetch(address, { method: 'POST', cache: 'no-store', signal });
      if (LETS_IN.has(response.status)) {
        this.#failures += 1;
        return this.#failures >= FAILURES_MIN ? t('noUpgrade') : '';
      }
      const isText = response.headers.get('content-type')?.startsWith('text/plain');
      const text = isText ? (await response.text()).trim() : '';
      return text.length <= REASON_CHARS_MAX ? text : '';
    } catch {
      return '';
    }
  }
}

/** @param {State} state */
export function sentence(state) {
  if (state.name === 'refused' && state.code === CLOSED) return t('closedBecause', { why: state.why });
  if (state.name === 'refused') return t('refused', { why: reasonOf({ code: state.code, text: state.why }) });
  if (state.name !== 'closed' && state.name !== 'stopped') return t(state.name);
  // Why a connection ended, by its close code (RFC 6455, 7.4, and PROTOCOL.md). Others need no more words.
  const key = `closed${state.code}`;
  return isKey(key) ? t('closedBecause', { why: t(key) }) : t('closed');
}

/**
 * @param {number} then
 * @param {number} now
 * @returns {number} at least 1: what is about to be is not "in 0 s"
 */
export function secondsUntil(then, now) {
  return Math.max(1, Math.ceil((then - now) / 1_000));
}
