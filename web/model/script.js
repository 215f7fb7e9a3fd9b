/** Scripts and their words. */

/**
 * What stands alone, as an inside of `[…]`: signs of scripts that put no spaces between words, so that a word ends
 * anywhere, and emoji. The server's search has the same table.
 */
export const UNSPACED =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2600-\\u27bf\\u2e80-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf' +
  '\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}';
