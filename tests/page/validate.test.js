import assert from 'node:assert/strict';
import { test } from 'node:test';

import { validate } from '../../web/model/validate.js';

const CHARS_MAX = 4_000;

for (const [what, written, verdict, chars, text = written.trim()] of [
  ['nothing', '', 'empty', 0],
  ['blanks', ' \t\u00a0\u2003 ', 'empty', 0],
  ['blanks over lines', '\n \n\n', 'empty', 0],
  ['a sign that only the server takes for blank', '\u0085', 'empty', 0, ''],
  ['a word', 'hi', 'ready', 2],
  ['two lines', 'one\n  two', 'ready', 9],
  ['4,000 letters', 'a'.repeat(4_000), 'ready', 4_000],
  ['4,001 letters', 'a'.repeat(4_001), 'too long', 4_001],
  ['4,000 faces of two halves', '🙂'.repeat(4_000), 'ready', 4_000],
  ['4,001 faces', '🙂'.repeat(4_001), 'too long', 4_001],
  ['4,000 letters and blanks around them', `  ${'a'.repeat(4_000)}\n`, 'ready', 4_000],
  ['half a surrogate pair, which goes out as U+FFFD', 'a\ud800', 'ready', 2, 'a\ufffd'],
]) {
  test(`C59 ${what}: ${verdict}`, () => {
    const draft = validate(written, CHARS_MAX);
    assert.equal(draft.text, text);
    assert.equal(draft.verdict, verdict);
    if (verdict !== 'ready') assert.equal(draft.chars, chars);
    else assert.ok(draft.chars <= CHARS_MAX);
  });
}

test('C36 the limit is the server\'s, in characters', () => {
  assert.deepEqual([validate('🙂🙂🙂', 3).verdict, validate('🙂🙂🙂🙂', 3).verdict], ['ready', 'too long']);
});
