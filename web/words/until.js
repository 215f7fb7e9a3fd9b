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

/** @param {number} seconds @returns {string} "5 minutes", in the largest unit of which it is a whole number */
export const timeOf = (seconds) => {
  if (seconds % 3_600 === 0) return span(seconds / 3_600, 'hour');
  return seconds % 60 === 0 ? span(seconds / 60, 'minute') : span(seconds, 'second');
};
