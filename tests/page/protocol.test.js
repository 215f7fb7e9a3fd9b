import assert from 'node:assert/strict';
import { test } from 'node:test';

import { command, readEvents, splitLines } from '../../web/model/protocol.js';

test('C60 one message holds one event a line, in their order', () => {
  assert.deepEqual(readEvents('{"type":"pong"}\n{"type":"caught_up","room":"lobby","seq":3}'), [
    { type: 'pong' },
    { type: 'caught_up', room: 'lobby', seq: 3 },
  ]);
});

test('a newline in a text is no end of a line', () => {
  assert.equal(readEvents(JSON.stringify({ type: 'message', text: 'one\ntwo' }))[0].text, 'one\ntwo');
});

test('what is no event is passed over, and what follows is read', () => {
  assert.deepEqual(readEvents('hello\n\n{"a":1}\nnull\n[1]\n"x"\n{"type":7}\n{"type":"pong"}'), [{ type: 'pong' }]);
});

test('a command is one line, without what is not known', () => {
  const line = command('hello', { token: undefined, name: 'A\nda' });
  assert.deepEqual(JSON.parse(line), { type: 'hello', name: 'A\nda' });
  assert.ok(!line.includes('\n'));
});

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
