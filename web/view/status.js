/** The connection in words. */

import { say } from '../words/words.js';

const TICK_MS = 1_000;

/** @typedef {import('../model/connection.js').State | { name: 'refused', why: string }} State */

export class Status {
  #root = document.querySelector('#connection');
  #words = this.#root.querySelector('.connection-words');
  #countdown = this.#root.querySelector('.connection-countdown');
  #retry = this.#root.querySelector('.connection-retry');
  #tick = 0;

  /** @param {() => void} retry */
  constructor(retry) {
    this.#retry.addEventListener('click', retry);
  }

  /** @param {State} state */
  show(state) {
    clearInterval(this.#tick);
    this.#root.dataset.state = state.name;
    this.#words.textContent = sentence(state);
    this.#countdown.hidden = state.name !== 'closed';
    this.#retry.hidden = state.name !== 'closed' && state.name !== 'stopped';
    this.#retry.textContent = say(state.name === 'stopped' ? 'connectAgain' : 'tryNow');
    if (state.name !== 'closed') return;
    // The seconds stand outside of the live region: nobody wants to hear them counted.
    const count = () => {
      this.#countdown.textContent = say('tryingAgain', { seconds: secondsUntil(state.retryAt, performance.now()) });
    };
    this.#tick = setInterval(count, TICK_MS);
    count();
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
