import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mentions } from '../../web/model/format.js';

test('a mention is a name after an @, in any case, up to the end of a word', () => {
  const cases = [
    ['Ada', '@ada', true],
    ['Ada', '@ADA, tea?', true],
    ['Ada', '(@Ada)', true],
    ['Ada', 'Ada, tea?', false],
    ['Ada', '@Adam', false],
    ['Ada', '@Ada_2', false],
    ['Ada', '@Ada2', false],
    ['Ada', '@Adam or @Ada', true],
    ['Ada', 'mail me: bob@ada.org', false],
    ['Ada L.', 'ask @ada l. about it', true],
    ['Ada L.', '@Ada Lx', false],
    ['Ärzte', '@ärzte!', true],
    ['Zoe', '@Zoe\u0301', false],
    ['Zoé', '@zoe\u0301 is here', true],
    ['Jo', '@Joé', false],
    ['Иван', 'привет @иван', true],
    ['Иван', '@Иванов', false],
    ['(^_^)', 'look, @(^_^) is here', true],
    ['a.b', '@axb', false],
    ['نادية', 'صباح الخير @نادية', true],
  ];
  for (const [name, text, is] of cases) assert.equal(mentions(text, name), is, `${name}: ${text}`);
});

test('where a script has no spaces, a name ends anywhere', () => {
  for (const [name, text] of [['花子', '@花子、お茶?'], ['花子', 'ねえ@花子さん'], ['Ada', '@Adaさん']]) {
    assert.ok(mentions(text, name), text);
  }
});

test('who has no name yet is not mentioned', () => {
  assert.deepEqual([mentions('@ hello', undefined), mentions('@ hello', '')], [false, false]);
});
