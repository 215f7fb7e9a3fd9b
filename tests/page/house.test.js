/** The rules of the house for what lies in web/. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import en from '../../web/words/en.js';
import { more } from '../../web/words/more.js';
import { copied, listedAsCopied, listedAsPreloaded, preloaded } from './lists.js';
import { files, graph, names, withoutComments } from './web.js';

const ending = (end, under = '') => Object.entries(files).filter(([name]) => name.startsWith(under) && name.endsWith(end));

/** Every address that stands in a file, as the name of the file that it leads to. */
function addresses(name) {
  const text = withoutComments(files[name]);
  const patterns = {
    html: /\s(?:src|href|action)="([^"]*)"/g,
    js: /\b(?:from |import |import\()'([^']*)'/g,
    css: /(?:url\(|@import )["']?([^"')]*)/g,
  };
  const found = [...text.matchAll(patterns[name.split('.').at(-1)])].map(([, address]) => address);
  // What begins at the root would be found only where the page is mounted there.
  assert.deepEqual(found.filter((address) => address.startsWith('/')), [], name);
  return found.map((address) => new URL(address, new URL(name, 'page:/')).pathname.slice(1));
}

test('there is nothing but what a browser asks for', () => {
  for (const name of names) assert.match(name, /^[a-z][a-z0-9/-]*\.(?:html|js|css|svg|png|webmanifest)$/);
});

test('C60 no module has a way to turn text into HTML or code', () => {
  for (const [name, text] of ending('.js')) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|DOMParser|createContextualFragment|\beval\b|new Function/, name);
  }
});

test('nothing is inline', () => {
  assert.doesNotMatch(files['index.html'], /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i);
});

test('nothing comes from another host, and everything is found wherever the page is mounted', () => {
  const all = [...ending('.html'), ...ending('.js'), ...ending('.css')].flatMap(([name]) => addresses(name).map((address) => [name, address]));
  assert.ok(all.length > 60, 'addresses are found at all');
  for (const [name, address] of all) assert.ok(address in files, `${name}: "${address}" is a file of the page`);
  for (const [name, text] of ending('.js')) {
    for (const [, sheet] of text.matchAll(/loadStyle\('([^']*)'/g)) assert.ok(`style/${sheet}` in files, `${name}: ${sheet}`);
  }
});

test('what a module imports is exported where it comes from', () => {
  let count = 0;
  for (const [name, text] of ending('.js')) {
    for (const [, names, from] of withoutComments(text).matchAll(/import \{([^}]*)\} from '([^']*)'/g)) {
      const source = withoutComments(files[new URL(from, new URL(name, 'page:/')).pathname.slice(1)]);
      for (const wanted of names.split(',').map((part) => part.trim().split(' as ')[0]).filter(Boolean)) {
        assert.match(source, new RegExp(`export (?:async )?(?:const|let|class|function) ${wanted}\\b`), `${name}: ${wanted}`);
        count += 1;
      }
    }
  }
  assert.ok(count > 100, 'imports are found at all');
});

test('no code follows a comment that begins its line: build.rs leaves such comments out', () => {
  for (const [name, text] of ending('.js')) assert.doesNotMatch(text, /^[ \t]*\/\*.*\*\/[ \t]*\S/m, name);
});

test('each module begins by saying what it is', () => {
  for (const [name, text] of ending('.js')) assert.match(text, /^\/\*\*\s/, name);
});

test('the model knows nothing of what one sees', () => {
  for (const [name, text] of ending('.js', 'model/')) {
    for (const address of addresses(name)) assert.match(address, /^(?:model|words)\//, name);
    assert.doesNotMatch(withoutComments(text), /\b(?:document|window)\b/, name);
  }
});

/** What is said: the literals in a first argument, but not what something is compared with. */
const saidIn = (text) => [...text.matchAll(/(?<![.#\w])t\(([^(),]*)/g)]
  .flatMap(([, argument]) => [...argument.matchAll(/(=== )?'([^']*)'/g)].filter(([, is]) => !is).map(([, , key]) => key))
  .concat([...text.matchAll(/data-t(?:-[a-z-]+)?="([^"]*)"/g)].map(([, key]) => key));

test('what is said has words, of the first load or loaded with it', () => {
  const all = [...ending('.js'), ...ending('.html')].flatMap(([name, text]) => saidIn(text).map((key) => [name, key]));
  assert.ok(all.length > 50, 'what is said is found at all');
  for (const [name, key] of all) {
    const hasMore = name.endsWith('.js') && graph(name).has('words/more.js');
    assert.ok(Object.hasOwn(hasMore ? { ...en, ...more } : en, key), `${name}: ${key}`);
  }
});

test('what has words is said', () => {
  const text = Object.entries(files).filter(([name]) => !name.startsWith('words/')).map(([, text]) => text).join('\n');
  const begins = [...text.matchAll(/`(\w+)\$\{/g)].map(([, begin]) => begin);
  for (const key of Object.keys({ ...en, ...more })) {
    const isBuilt = begins.some((begin) => key.startsWith(begin) && key !== begin);
    assert.ok(isBuilt || new RegExp(`['"]${key}['"]|\\b${key}:|[{,] ${key} [,}]`).test(text), `${key} is not said anywhere`);
  }
});

test('colours are named in the themes alone, and made of a hue where a person is shown', () => {
  for (const [name, text] of ending('.css')) {
    if (['style/colors.css', 'style/dark.css'].includes(name)) continue;
    const values = withoutComments(text).replace(/oklch\(var\(--[\w-]+\) var\(--(?:quote-)?hue(?:, 0)?\)\)/g, '');
    assert.doesNotMatch(values, /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|(?:ok)?la[bc]h?|(?:ok)?lch|color)\(/i, name);
    assert.doesNotMatch(values, /:[^;{]*\b(?:white|black|gr[ae]y|red|green|blue|yellow|orange)\b(?!-)/i, name);
  }
});

test('style knows no left and no right', () => {
  const physical = [
    /^\s*(?:(?:min-|max-)?(?:width|height)|left|right|top|bottom|overflow-[xy])\s*:/m,
    /^\s*(?:scroll-)?(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b[^:\n]*:/m,
    /^\s*(?:text-align|float|clear)\s*:\s*(?:left|right)/m,
  ];
  for (const [name, text] of ending('.css')) for (const pattern of physical) assert.doesNotMatch(withoutComments(text), pattern, name);
});

test('what is hovered looks different only where there is something to hover with', () => {
  for (const [name, text] of ending('.css')) {
    const outside = withoutComments(text).replace(/@media \(hover: hover\) \{[\s\S]*?\n\}/g, '');
    // The time of a message is not looks.
    const left = outside.match(/[^{}]*:hover[^{]*/g) ?? [];
    assert.deepEqual(left.filter((selector) => !/message-time/.test(selector)), [], name);
  }
});

test('the service worker copies all files of the page, but pictures that only the system shows, and emoji', () => {
  assert.deepEqual(listedAsCopied(), copied, 'the list in sw.js is another: npm run lists');
});

test('what the first module needs is preloaded, and nothing else', () => {
  const listed = listedAsPreloaded();
  assert.ok(preloaded.length > 10, 'imports are found at all');
  const missing = preloaded.filter((name) => !listed.includes(name)).map((name) => `<link rel="modulepreload" href="${name}">`);
  assert.deepEqual(missing, [], 'index.html lacks these: npm run lists');
  assert.deepEqual(listed.filter((name) => !preloaded.includes(name)), [], 'nothing in the first load imports these: npm run lists');
  assert.deepEqual(listed, preloaded, 'the list in index.html is sorted: npm run lists');
});

test('the manifest names files that are there, and works wherever the page is mounted', () => {
  const manifest = JSON.parse(files['chinwag.webmanifest']);
  for (const { src } of manifest.icons) assert.ok(src in files, src);
  assert.deepEqual([manifest.start_url, manifest.scope], ['.', '.']);
  assert.equal(manifest.id, undefined, 'an id is of the whole host: two chats on it would be one app');
  const themes = [...files['index.html'].matchAll(/name="theme-color" content="([^"]*)"/g)].map(([, color]) => color);
  assert.ok(themes.includes(manifest.theme_color) && themes.includes(manifest.background_color));
});
