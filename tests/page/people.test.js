import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { People } from '../../web/model/people.js';

const ada = { id: 'a', name: 'Ada' };
const bob = { id: 'b', name: 'Bob' };
const zoe = { id: 'z', name: 'Zoe' };

let people;
const names = () => people.named.map(({ name }) => name);

beforeEach(() => {
  people = new People();
  people.reset({ count: 2, some: [bob, ada] });
});

test('who is here is named in the order of the alphabet', () => {
  assert.deepEqual([people.count, names()], [2, ['Ada', 'Bob']]);
});

test('who comes and who goes', () => {
  people.change({ count: 3, joined: [zoe] });
  people.change({ count: 2, left: [ada] });
  assert.deepEqual([people.count, names()], [2, ['Bob', 'Zoe']]);
});

test('coming again is coming once', () => {
  people.change({ count: 2, joined: [ada] });
  assert.deepEqual([people.count, names()], [2, ['Ada', 'Bob']]);
});

test('whoever has another name is the same person', () => {
  people.meet({ id: 'a', name: 'Cleo', hue: 3 });
  people.meet({ id: 'nobody', name: 'Nobody' });
  assert.deepEqual([people.count, names()], [2, ['Bob', 'Cleo']]);
  assert.equal(people.named[1].hue, 3, 'with their face');
});

test('a crowd is only counted, and named again when it is smaller', () => {
  people.change({ count: 201 });
  assert.deepEqual([people.count, names()], [201, []]);
  people.change({ count: 3, all: true, joined: [ada, bob, zoe] });
  assert.deepEqual([people.count, names()], [3, ['Ada', 'Bob', 'Zoe']]);
});

test('a list that is whole takes the place of the one before', () => {
  people.change({ count: 2, all: true, joined: [bob, zoe] });
  assert.deepEqual([people.count, names()], [2, ['Bob', 'Zoe']]);
});

test('beginning anew forgets who was here', () => {
  people.reset({ count: 1, some: [zoe] });
  assert.deepEqual([people.count, names()], [1, ['Zoe']]);
});
