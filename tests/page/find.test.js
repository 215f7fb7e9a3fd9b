import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EXCERPT_CHARS, excerpt, marked } from '../../web/model/find.js';

/** With what is found in square brackets. */
const shown = (pieces) => pieces.map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join('');

test('what the server finds is marked, and nothing else', () => {
  const found = [
    ['tea', 'Tea for two, and teapots; a steam', '[Tea] for two, and [tea]pots; a steam'],
    ['tea two', 'Tea for two', '[Tea] for [two]'],
    ['"for two"', 'Tea for two, for twosomes, for: two', 'Tea [for two], for twosomes, [for: two]'],
    ['"for two', 'Tea for two', 'Tea [for two]'],
    ['a', 'a cat ate', '[a] cat ate'],
    ['cafe', 'un café, un CAFÉ, un cafe\u0301 noir', 'un [café], un [CAFÉ], un [cafe\u0301] noir'],
    ['CAFÉ', 'cafes', '[cafe]s'],
    ['straße', 'Straße', '[Straße]'],
    ['聚会', '花园聚会', '花园[聚会]'],
    ['tea', '花tea花', '花[tea]花'],
    ['☕', 'tea ☕☕', 'tea [☕][☕]'],
    ['😀', 'ha😀ha', 'ha[😀]ha'],
    ['мир', 'Миру мир', '[Мир]у [мир]'],
    ['نادية', 'صباح الخير نادية', 'صباح الخير [نادية]'],
    ["don't", "I don't", "I [don't]"],
    ['c++ (x)', 'c++ is (x)', '[c]++ is ([x])'],
    ['<b>', 'a <b>bold</b> word', 'a <[b]>bold</[b]> word'],
    ['from:tea in:"tea room" before:2026-11-24 two', 'tea for two', 'tea for [two]'],
    ['from:Ada', 'Ada', 'Ada'],
    ['...', 'a...b', 'a...b'],
    ['', '', ''],
  ];
  for (const [query, text, expected] of found) assert.equal(shown(marked(text, query)), expected, query);
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
