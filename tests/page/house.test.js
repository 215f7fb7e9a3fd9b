/** The rules of the house for what lies in web/. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** The first load, all of it, before compression: what the network carries. Bytes. */
const LOAD_BYTES_MAX = 84_000;

/** The same without comments and indentation: what there is to run. Bytes. */
const CODE_BYTES_MAX = 60_000;

const folder = new URL('../../web/', import.meta.url);
const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
const ending = (end) => Object.entries(files).filter(([name]) => name.endsWith(end));

test('the first load is at most 84 kB, and 60 kB without its comments', () => {
  const code = (text) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/^\s+/gm, '');
  const bytes = (of) => Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(of(text)), 0);
  assert.ok(bytes((text) => text) <= LOAD_BYTES_MAX, `${bytes((text) => text)} bytes`);
  assert.ok(bytes(code) <= CODE_BYTES_MAX, `${bytes(code)} bytes without comments`);
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
  const addresses = [
    ...files['index.html'].matchAll(/\s(?:src|href|action)="([^"]*)"/g),
    ...ending('.js').flatMap(([, text]) => [...text.matchAll(/(?:from|import) '([^']*)'/g)]),
    ...ending('.css').flatMap(([, text]) => [...text.matchAll(/(?:url\(|@import )["']?([^"')]*)/g)]),
  ].map(([, address]) => address);
  assert.ok(addresses.length > 10, 'addresses are found at all');
  for (const address of addresses.filter((address) => address !== '')) {
    assert.ok(address.replace(/^\.\//, '') in files, `"${address}" is a file beside the page`);
  }
});

test('each module begins by saying what it is', () => {
  for (const [name, text] of ending('.js')) assert.match(text, /^\/\*\*\s/, name);
});

test('colours are named in colors.css alone', () => {
  assert.doesNotMatch(files['page.css'], /#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i);
});

test('style knows no left and no right', () => {
  assert.doesNotMatch(files['page.css'], /^\s*(?:width|height|(?:min|max)-(?:width|height)|left|right|top|bottom|(?:margin|padding|border)-(?:left|right|top|bottom))\b[^:]*:/m);
});
