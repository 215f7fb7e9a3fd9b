/** Loads stylesheets that only some parts need. */

import { el } from './element.js';

/** A stylesheet for what is shown only now and then. @param {string} name @returns {Promise<void>} when it applies */
export function loadStyle(name) {
  const href = new URL(`../style/${name}`, import.meta.url).href;
  const known = document.querySelector(`link[href="${href}"]`);
  if (known) return known.ready;
  const link = el('link', { rel: 'stylesheet', href });
  link.ready = new Promise((done) => (link.onload = link.onerror = () => done()));
  document.head.append(link);
  return link.ready;
}
