/** Says when something ends: today by the time, otherwise by the day as well. */

import { date } from './more.js';
import { clock } from './words.js';

/** What ends before then is told by its time alone. Milliseconds. */
const SOON_MS = 12 * 60 * 60 * 1_000;

/** @param {number} at Unix milliseconds @returns {string} */
export const until = (at) => (at - Date.now() < SOON_MS ? clock(at) : date(at));

/**
 * @param {number} count
 * @param {'second' | 'minute' | 'hour' | 'day'} unit
 * @returns {string} "10 minutes"
 */
export const span = (count, unit) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
