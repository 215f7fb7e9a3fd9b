import assert from 'node:assert/strict';
import { test } from 'node:test';

import { plainText } from '../../web/view/text.js';

test('a text that is read aloud, quoted or notified of has its words, its lines and its numbers', () => {
  for (const [text, plain] of [
    ['a\n\nb', 'a\n\nb'],
    ['**a** _b_ ~~c~~ `d`', 'a b c d'],
    ['[news](https://a.example/) https://b.example/', 'news https://b.example/'],
    ['so:\n```js\nlet a;\n```\nyes', 'so:\nlet a;\nyes'],
    ['buy:\n- milk\n- *bread*\nplease', 'buy:\n• milk\n• bread\nplease'],
    ['1. a\n   - b\n2. c', '1. a\n• b\n2. c'],
    ['0. a', '0. a'],
    ['> tea?\n> or not\nYes', '> tea?\n> or not\nYes'],
    ['> - a\n> - b', '> • a\n> • b'],
  ]) assert.equal(plainText({ text }, {}), plain, JSON.stringify(text));
});

test('whoever is mentioned is called as they are now, and letters that mean nobody stay', () => {
  const room = { mentionNames: (text, mentions) => ({ names: Object.keys(mentions), now: ['Robert'] }) };
  assert.equal(plainText({ text: '**@Bob**, tea? @Eve', mentions: { Bob: 'b' } }, room), '@Robert, tea? @Eve');
  assert.equal(plainText({ text: '@Bob' }, room), '@Bob');
  assert.equal(plainText({}, room), '', 'it is deleted');
});
