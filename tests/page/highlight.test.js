import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { EXCERPT_CHARS, excerpt, highlight, words } from '../../web/model/highlight.js';

/** With what is found in square brackets. */
const shown = (pieces) => pieces.map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join('');

const cases = JSON.parse(readFileSync(new URL('../words.json', import.meta.url), 'utf8'));

test('a text is folded to what people type', () => {
  for (const [text, expected] of cases.words) assert.equal(words(text).join(' '), expected, text);
});

test('words of words are the same words', () => {
  for (const [text, expected] of cases.words) assert.equal(words(expected).join(' '), expected, text);
});

test('what the server finds is marked, and nothing else', () => {
  for (const [query, text, expected] of [...cases.found, ...cases.marked]) assert.equal(shown(highlight(text, query)), expected, query);
});

test('of a long text, what stands around the first word found is shown', () => {
  const long = `${'cake '.repeat(200)}and tea ${'cake '.repeat(200)}`;
  const around = shown(excerpt(long, 'tea'));
  assert.match(around, /^… cake .* and \[tea\] cake .*cake …$/);
  assert.ok(Math.abs(around.length - EXCERPT_CHARS) < 25);
  assert.match(shown(excerpt(`tea ${'cake '.repeat(200)}`, 'tea')), /^\[tea\] cake .*cake …$/);
  assert.match(shown(excerpt(`${'cake '.repeat(200)}tea`, 'tea')), /^… cake .*\[tea\]$/);
  assert.equal(shown(excerpt('tea for two', 'two')), 'tea for [two]');
});

test('of a long text in which nothing is found, the beginning is shown', () => {
  assert.match(shown(excerpt('cake '.repeat(200), 'from:Ada')), /^cake .*cake …$/);
});

test('a piece of a text without spaces ends between two characters', () => {
  for (let before = 0; before < 4; before++) {
    const text = `${'x'.repeat(before)}${'😀'.repeat(300)}tea${'😀'.repeat(300)}`;
    assert.doesNotMatch(shown(excerpt(text, 'tea')), /\p{Surrogate}/u);
  }
});
