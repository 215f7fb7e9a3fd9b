/** The rules of the house for what lies in web/. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The first load, all of it, before compression: what the network carries. Bytes. */
const LOAD_BYTES_MAX = 60_000;

const folder = new URL('../../web/', import.meta.url);
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(fileURLToPath(folder), join(parentPath, name)));
const files = Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
const depth = (name) => name.split('/').length;
const ending = (end) => Object.entries(files).filter(([name]) => name.endsWith(end));

/** The addresses in a file of what is loaded with it, as files of the page. */
function loadedWith(name) {
  const addresses = name.endsWith('.js')
    ? files[name].matchAll(/^(?:import|export)\s(?:[^;']*\sfrom\s)?'([^']*)'/gm)
    : files[name].matchAll(/\s(?:src|href)="([^"]+)"/g);
  return [...addresses].map(([, address]) => new URL(address, new URL(name, folder)).href.slice(folder.href.length));
}

test('the first load is at most 60 kB', () => {
  const load = new Set(['index.html']);
  for (const name of load) for (const other of loadedWith(name)) load.add(other);
  assert.ok(load.size > 10, 'modules are found at all');
  const bytes = [...load].reduce((sum, name) => sum + Buffer.byteLength(files[name]), 0);
  assert.ok(bytes <= LOAD_BYTES_MAX, `${bytes} bytes`);
});

test('C60 no module has a way to turn text into HTML or code', () => {
  for (const [name, text] of ending('.js')) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|DOMParser|\beval\b|new Function/, name);
  }
});

test('nothing is inline', () => {
  assert.doesNotMatch(files['index.html'], /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i);
});

test('nothing comes from another host, and everything is found wherever the page is mounted', () => {
  const found = (of, pattern) => of.flatMap(([name, text]) => [...text.matchAll(pattern)].map(([, address]) => [name, address]));
  const addresses = [
    ...found([['index.html', files['index.html']]], /\s(?:src|href|action)="([^"]*)"/g),
    ...found(ending('.js'), /(?:from|import|import\()\s*'([^']*)'/g),
    ...found(ending('.css'), /(?:url\(|@import )["']?([^"')]*)/g),
  ];
  assert.ok(addresses.length > 10, 'addresses are found at all');
  for (const [name, address] of addresses.filter(([, address]) => address !== '')) {
    const file = new URL(address, new URL(name, folder)).href.slice(folder.href.length);
    assert.ok(!address.startsWith('/') && file in files, `"${address}" in ${name} is no file of the page`);
  }
});

test('each module begins by saying what it is', () => {
  for (const [name, text] of ending('.js')) assert.match(text, /^\/\*\*\s/, name);
});

test('colours are named in colors.css alone', () => {
  for (const [name, text] of ending('.css').filter(([name]) => name !== 'style/colors.css')) {
    assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b(?!.*\{)|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\((?!var)/i, name);
  }
});

test('style knows no left and no right', () => {
  for (const [name, text] of ending('.css')) {
    assert.doesNotMatch(text, /^\s*(?:width|height|(?:min|max)-(?:width|height)|left|right|top|bottom|(?:margin|padding|border)-(?:left|right|top|bottom))\b[^:]*:/m, name);
  }
});

test('the service worker copies all files of the page, but pictures that only the system shows', () => {
  const listed = [.../const FILES = \[([^\]]*)\]/.exec(files['sw.js'])[1].matchAll(/'([^']*)'/g)].map(([, name]) => name);
  assert.deepEqual(listed, listed.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)), 'they are sorted');
  assert.deepEqual(new Set(listed), new Set(names.filter((name) => name !== 'sw.js' && !name.endsWith('.png'))));
});

test('the manifest names files that are there, and works wherever the page is mounted', () => {
  const manifest = JSON.parse(files['chinwag.webmanifest']);
  for (const { src } of manifest.icons) assert.ok(src in files, src);
  assert.deepEqual([manifest.start_url, manifest.scope], ['.', '.']);
  assert.equal(manifest.id, undefined, 'an id is of the whole host: two chats on it would be one app');
  const themes = [...files['index.html'].matchAll(/name="theme-color" content="([^"]*)"/g)].map(([, color]) => color);
  assert.ok(themes.includes(manifest.theme_color) && themes.includes(manifest.background_color));
});
