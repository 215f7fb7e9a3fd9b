/** Why there is no connection, and when it is tried again. */

import '../words/more.js';
import { say } from '../words/words.js';
import { el } from './element.js';

const TICK_MS = 1_000;

/** @typedef {import('./status.js').State} State */

export class Lost {
  #countdown = el('p', { class: 'connection-countdown', hidden: true });
  #retry = el('button', { class: 'connection-retry quiet', type: 'button', hidden: true });
  #tick = 0;

  /** @param {import('../model/connection.js').Connection} connection */
  constructor(connection) {
    this.#retry.addEventListener('click', () => connection.retry());
    document.querySelector('#connection').append(this.#countdown, this.#retry);
  }

  /** @param {State} state @returns {string} in words */
  show(state) {
    const { name, retryAt } = state;
    clearInterval(this.#tick);
    this.#countdown.hidden = name !== 'closed';
    this.#retry.hidden = name !== 'closed' && name !== 'stopped';
    this.#retry.textContent = say(name === 'stopped' ? 'connectAgain' : 'tryNow');
    if (name === 'closed') {
      // The seconds stand outside of the live region: nobody wants to hear them counted.
      const count = () => {
        this.#countdown.textContent = say('tryingAgain', { seconds: secondsUntil(retryAt, performance.now()) });
      };
      this.#tick = setInterval(count, TICK_MS);
      count();
    }
    return sentence(state);
  }
}

/** @param {State} state */
export function sentence({ name, code, why }) {
  if (name === 'refused') return say('refused', { why });
  if (name !== 'closed' && name !== 'stopped') return say(name);
  // Why a connection ended, by its close code (RFC 6455, 7.4, and PROTOCOL.md). Others need no more words.
  const because = say(`closed${code}`);
  return because === `closed${code}` ? say('closed') : say('closedBecause', { why: because });
}

/**
 * @param {number} then
 * @param {number} now
 * @returns {number} at least 1: what is about to be is not "in 0 s"
 */
export function secondsUntil(then, now) {
  return Math.max(1, Math.ceil((then - now) / 1_000));
}
