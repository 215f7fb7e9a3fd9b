/** How long to wait before connecting again. */

/** The longest wait before the first retry. */
export const RETRY_MS_FIRST = 500;

/** The longest wait before any retry; the bound of the seventh in a row. */
export const RETRY_MS_MAX = 20_000;

/**
 * Full jitter: anywhere between nothing and a bound that doubles with each fruitless try, so that the
 * many who lost a server together do not all come back together.
 *
 * @param {number} tries fruitless ones since the connection last was good
 * @param {() => number} random from 0 up to, and not including, 1
 * @returns {number} milliseconds
 */
export function retryDelay(tries, random) {
  return random() * Math.min(RETRY_MS_MAX, RETRY_MS_FIRST * 2 ** tries);
}
