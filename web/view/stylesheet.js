/** Loads stylesheets that only some parts need. */

import { el } from './element.js';

/** Those that were loaded, or are being loaded. @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** A stylesheet for what is shown only now and then. @param {string} name @returns {Promise<void>} when it applies */
export function loadStyle(name) {
  const known = loaded.get(name);
  if (known) return known;
  const link = el('link', { rel: 'stylesheet', href: new URL(`../style/${name}`, import.meta.url).href });
  const ready = new Promise((/** @type {(value: void) => void} */ done) => (link.onload = link.onerror = () => done()));
  loaded.set(name, ready);
  document.head.append(link);
  return ready;
}
