import assert from 'node:assert/strict';
import { test } from 'node:test';

import { splitLines } from '../../web/model/lines.js';

for (const [received, lines] of [
  ['hi', ['hi']],
  ['one\ntwo\nthree', ['one', 'two', 'three']],
  ['', ['']],
  ['one\n\nthree', ['one', '', 'three']],
  ['one\n', ['one', '']],
  ['a\rb\u2028c\u0085d', ['a\rb\u2028c\u0085d']],
]) {
  test(`C60 ${JSON.stringify(received)} holds ${lines.length} messages`, () => {
    assert.deepEqual(splitLines(received), lines);
  });
}
