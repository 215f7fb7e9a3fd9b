import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MESSAGE_BYTES_MAX, weigh } from '../../web/draft.js';

for (const [what, written, verdict, bytes] of [
  ['nothing', '', 'empty', 0],
  ['blanks', ' \t\u00a0\u2003 ', 'empty', 0],
  ['a word', 'hi', 'ready', 2],
  ['512 letters', 'a'.repeat(512), 'ready', 512],
  ['513 letters', 'a'.repeat(513), 'too long', 513],
  ['171 signs of 3 bytes', '€'.repeat(171), 'too long', 513],
  ['128 faces of 4 bytes', '🙂'.repeat(128), 'ready', 512],
  ['129 faces of 4 bytes', '🙂'.repeat(129), 'too long', 516],
  ['512 letters and blanks around them', `  ${'a'.repeat(512)}  `, 'ready', 512],
  ['half a surrogate pair, which goes out as U+FFFD', '\ud800', 'ready', 3],
]) {
  test(`C59 ${what}: ${verdict}`, () => {
    assert.deepEqual({ ...weigh(written) }, { text: written.trim(), bytes, verdict });
  });
}

test('C36 the limit is the one of the classic server', () => {
  assert.equal(MESSAGE_BYTES_MAX, 512);
});
