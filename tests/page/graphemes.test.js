import assert from 'node:assert/strict';
import { test } from 'node:test';

import { graphemes, cut } from '../../web/model/graphemes.js';

/** The same module as in a browser without Intl.Segmenter. */
async function withoutSegmenter() {
  const { Segmenter } = Intl;
  delete Intl.Segmenter;
  try {
    return await import('../../web/model/graphemes.js?without');
  } finally {
    Intl.Segmenter = Segmenter;
  }
}

const older = await withoutSegmenter();

const WHOLE = ['a', '😀', 'e\u0301', '👍🏽', '👨‍👩‍👧', '❤️', '1️⃣', '🇩🇪', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️‍🔥', 'ဂျ'];

test('a text is cut between characters', () => {
  {
    for (const sign of WHOLE) {
      assert.deepEqual(graphemes(`x${sign}y`), ['x', sign, 'y'], `${sign}`);
      for (let max = 1; max < sign.length; max++) assert.equal(cut(`x${sign}y`, max), 'x', `${sign} at ${max}`);
      if (sign.length > 1) assert.equal(cut(`x${sign}y`, sign.length + 1), `x${sign}`, `${sign}`);
      for (let before = 0; before < 4; before++) {
        const text = `${'x'.repeat(before)}${sign.repeat(100)}`;
        const piece = cut(text, 40);
        assert.ok(piece.length <= 40 && piece.length > 40 - sign.length, `${sign}`);
        assert.equal((piece.length - before) % sign.length, 0, `${sign} is whole`);
      }
    }
  }
});

test('what fits stays, and one endless character is cut all the same', () => {
  assert.deepEqual([cut('', 3), cut('abc', 3), cut('abcd', 3)], ['', 'abc', 'abc']);
  assert.equal(cut(`e${'\u0301'.repeat(4_000)}`, 100).length, 100);
  assert.deepEqual([cut('😀😀', 1), cut('👨‍👩‍👧x', 4)], ['', '👨‍']);
});

test('half a character is no reason to fail', () => {
  assert.equal(cut('\ud800\ud800\ud800', 2).length, 1);
  assert.deepEqual([graphemes(''), older.graphemes('')], [[], []]);
});

test('without a segmenter a text is cut between code points at least', () => {
  for (let max = 1; max < 20; max++) {
    const piece = older.cut('😀👍🏽👨‍👩‍👧🇩🇪'.repeat(9), max);
    assert.doesNotMatch(piece, /\p{Surrogate}/u);
    assert.ok(piece.length <= max && piece.length >= max - 1);
  }
});
