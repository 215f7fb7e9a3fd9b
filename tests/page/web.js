/** The files of `web/`, and which of them a module needs. */

import { readFileSync, readdirSync, statSync } from 'node:fs';

export const folder = new URL('../../web/', import.meta.url);

/** All files, by name: `view/log.js`. */
export const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(new URL(name, folder)).isFile());

/** The text of each file. @type {Record<string, string>} */
export const files = Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));

/** @param {string} text */
export const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm, '');

/**
 * A module, and all that the browser has to fetch before it runs.
 *
 * @param {string} name
 * @param {Set<string>} [known]
 */
export function graph(name, known = new Set()) {
  if (known.has(name)) return known;
  known.add(name);
  for (const [, from] of withoutComments(files[name]).matchAll(/^(?:import|export)\s(?:[^'";]*\sfrom )?'([^']*)'/gm)) {
    graph(new URL(from, new URL(name, 'page:/')).pathname.slice(1), known);
  }
  return known;
}
