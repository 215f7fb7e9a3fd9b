import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Keep } from '../../web/model/keep.js';
import { Outbox } from '../../web/model/outbox.js';

let texts;
let outbox;

const store = {
  getItem: (name) => texts[name] ?? null,
  setItem: (name, text) => (texts[name] = text),
  removeItem: (name) => delete texts[name],
};
const opens = () => new Outbox(new Keep(() => store, ''), 'outbox lobby');
const cids = (of = outbox) => of.items.map(({ cid }) => cid);

beforeEach(() => {
  texts = {};
  outbox = opens();
  for (const cid of ['a', 'b', 'c']) outbox.add({ cid, text: `text of ${cid}`, at: 1 });
});

test('what was written first goes first', () => {
  assert.equal(outbox.next().cid, 'a');
  outbox.remove('a');
  assert.equal(outbox.next().cid, 'b');
});

test('a reload loses nothing, and changes no order', () => {
  outbox.remove('b');
  outbox.refuse('a', 'too long');
  const after = opens();
  assert.deepEqual(after.items, outbox.items);
  assert.deepEqual(cids(after), ['a', 'c']);
});

test('what was refused is passed over until it is tried again, and then comes last', () => {
  outbox.refuse('a', 'no');
  assert.deepEqual([outbox.next().cid, outbox.find('a').refused], ['b', 'no']);
  outbox.again('a');
  assert.deepEqual(cids(), ['b', 'c', 'a']);
  assert.equal(outbox.find('a').refused, undefined);
});

test('when all is said, nothing is kept', () => {
  for (const cid of ['a', 'b', 'c']) assert.equal(outbox.remove(cid).text, `text of ${cid}`);
  assert.equal(outbox.remove('a'), undefined);
  assert.deepEqual([outbox.next(), texts], [undefined, {}]);
});

for (const kept of ['7', '{"cid":1}', '[{"cid":"x"}]', '[{}]', 'nonsense']) {
  test(`what is not ours is nothing: ${kept}`, () => {
    texts = { 'outbox lobby': kept };
    assert.deepEqual(opens().items, []);
  });
}
