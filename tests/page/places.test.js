/** What a few letters may mean: rooms, people, a room to be opened. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { placesFor } from '../../web/model/places.js';

const room = (name, count = 0, people = []) => ({ name, label: name, unread: { count }, people: { named: people, known: new Map(people.map((person) => [person.id, person])) } });
const ROOMS = [room('lobby'), room('design', 3), room('back-end', 1, [{ id: 'a', name: 'Ada' }, { id: 'm', name: 'Mo Design' }]), room('end-of-year')];
const found = (written, current) => placesFor(written, ROOMS.values(), current).map(({ kind, name }) => `${kind} ${name}`);

test('without letters the other rooms are offered, those with something unread first', () => {
  assert.deepEqual(found('', 'lobby'), ['room design', 'room back-end', 'room end-of-year']);
});

test('a name from its beginning comes before one from the beginning of a word, and before one from its middle', () => {
  assert.deepEqual(found('end'), ['room end-of-year', 'room back-end']);
  assert.deepEqual(found('es'), ['room design']);
});

test('people are found from the beginning of their names, whatever accents and case one writes', () => {
  assert.deepEqual(found('ádA'), ['person Ada', 'messages Ada']);
  assert.deepEqual(found('@des'), ['room design', 'person Mo Design', 'messages Mo Design']);
});

test('whoever has left is found as well, and nobody writes to themselves, nor to plain lines', () => {
  const gone = { ...room('old'), people: { named: [], known: new Map([['z', { id: 'z', name: 'Zoe' }], ['guest', { id: 'guest', name: 'zed' }]]) } };
  const kinds = (me) => placesFor('z', [gone], 'lobby', me).map(({ kind, name }) => `${kind} ${name}`);
  assert.deepEqual(kinds('a'), ['person Zoe', 'messages Zoe', 'messages zed']);
  assert.deepEqual(kinds('z'), ['messages Zoe', 'messages zed']);
});

test('a private room is found by what it is called, not by its name', () => {
  const secret = { ...room('__dabcdefghijklmnopqrst'), label: 'Bob' };
  const names = (written) => placesFor(written, [secret], 'lobby').map(({ label }) => label);
  assert.deepEqual(names('bo'), ['Bob']);
  assert.deepEqual(names('abcd'), []);
  assert.deepEqual(names('__d'), []);
});

test('a room that is not there can be opened after a number sign', () => {
  assert.deepEqual(found('garden'), []);
  assert.deepEqual(found('#Garden party'), ['new garden-party']);
  assert.deepEqual(found('#lobby'), ['room lobby']);
});
