/**
 * The lists of files that the page has in its source: what index.html preloads, and what sw.js copies. After a file or an import
 * was added, `npm run lists` writes them again.
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { files, folder, graph, names } from './web.js';

/** What the first module imports, at any depth: the browser fetches it at once instead of level by level. */
export const preloaded = [...graph('chat.js')].filter((name) => name !== 'chat.js').sort();

const depth = (name) => name.split('/').length;

/** All files but pictures that only the system shows, and emoji of one language, which are copied when they are used. */
export const copied = names
  .filter((name) => name !== 'sw.js' && !name.endsWith('.png') && !name.startsWith('emoji/'))
  .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));

const PRELOADS = /(?: {2}<link rel="modulepreload" href="[^"]*">\n)+/;
const COPIES = /(?<=const FILES = \[\n)[^\]]*(?=\];)/;

/** @param {RegExp} list @param {string} name */
const listed = (list, name) => [...list.exec(files[name])[0].matchAll(/(?<=['"])[\w./-]+\.\w+(?=['"])/g)].map(([found]) => found);

export const listedAsPreloaded = () => listed(PRELOADS, 'index.html');
export const listedAsCopied = () => listed(COPIES, 'sw.js');

/** A line is at most this long. Characters. */
const LINE_MAX = 120;

/** @param {string[]} list each folder's files begin a line */
function asLines(list) {
  const lines = [];
  list.forEach((name, n) => {
    const item = `'${name}',`;
    const isOfFolder = n > 0 && name.split('/')[0] === list[n - 1].split('/')[0] || depth(name) === 1 && n > 0;
    const last = lines.at(-1);
    if (isOfFolder && last.length + 1 + item.length <= LINE_MAX) lines[lines.length - 1] = `${last} ${item}`;
    else lines.push(`  ${item}`);
  });
  return lines.map((line) => `${line}\n`).join('');
}

function write() {
  const links = preloaded.map((name) => `  <link rel="modulepreload" href="${name}">\n`).join('');
  writeFileSync(new URL('index.html', folder), files['index.html'].replace(PRELOADS, links));
  writeFileSync(new URL('sw.js', folder), files['sw.js'].replace(COPIES, asLines(copied)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
