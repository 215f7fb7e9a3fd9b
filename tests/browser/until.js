/** Waiting for what is going to be so. */

import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for a busy machine; a test that passes never waits for it. */
const UNTIL_MS_MAX = 15_000;
const LOOK_MS = 50;

/**
 * @param {string} what is waited for, in words for the error
 * @param {() => unknown} isSo may be asynchronous
 * @param {number} [msMax]
 */
export async function until(what, isSo, msMax = UNTIL_MS_MAX) {
  const end = Date.now() + msMax;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ${msMax} ms in vain until ${what}`);
    await sleep(LOOK_MS);
  }
}
