import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mentions } from '../../web/model/mentions.js';

const isMentioned = (name, text, others = []) => mentions(text, { names: [...others, ...(name ? [name] : [])], me: name });

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
  for (const [name, text, is] of cases) assert.equal(isMentioned(name, text), is, `${name}: ${text}`);
});

test('where a script has no spaces, a name ends anywhere', () => {
  for (const [name, text] of [['花子', '@花子、お茶?'], ['花子', 'ねえ@花子さん'], ['Ada', '@Adaさん']]) {
    assert.ok(isMentioned(name, text), text);
  }
});

test('who has no name yet is not mentioned', () => {
  assert.deepEqual([isMentioned(undefined, '@ hello'), isMentioned('', '@ hello')], [false, false]);
});

test('only what is shown as a mention is one', () => {
  const cases = [
    ['`@Ada`', false],
    ['``a @Ada``', false],
    ['```\n@Ada\n```', false],
    ['```js\n@Ada```', false],
    ['https://x.example/@Ada/post', false],
    ['xhttps://x.example/@Ada', false],
    ['x.example/@Ada', false],
    ['`@Ada` and @Ada', true],
    ['https://x.example/@Bob, @Ada', true],
    ['*@Ada*', true],
    ['**so *very @Ada***', true],
    ['❤️@Ada', true],
    ['1️⃣@Ada', true],
    ['`@Ada', true],
  ];
  for (const [text, is] of cases) assert.equal(isMentioned('Ada', text), is, text);
});

test('whoever has a longer name is meant by it', () => {
  const others = ['Ada Lovelace', 'Adam', 'Ada L.'];
  for (const text of ['@Ada Lovelace', '@ada lovelace?', '@ADA L.', 'hi *@Ada Lovelace*']) assert.ok(!isMentioned('Ada', text, others), text);
  for (const text of ['@Ada', '@Ada Love', '@Ada Lovelace, @Ada']) assert.ok(isMentioned('Ada', text, others), text);
  assert.ok(isMentioned('Ada Lovelace', '@Ada Lovelace', ['Ada']));
});
