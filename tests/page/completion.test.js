import assert from 'node:assert/strict';
import { test } from 'node:test';

import { askedAt, findPeople, findRooms, offerEmoji, OFFERED_MAX } from '../../web/model/completion.js';
import { read, search } from '../../web/model/emoji-search.js';

/** What is asked for where the bar stands: `@m|`. */
function asked(written) {
  const caret = written.indexOf('|');
  const found = askedAt(written.replace('|', ''), caret);
  return found && [found.kind, found.from, found.typed].join(' ');
}

test('a person is asked for by an @ and the beginning of a name, in the middle of a text too', () => {
  const cases = [
    ['@m|', 'people 0 m'],
    ['Thank you! @Noor and @m|', 'people 21 m'],
    ['(@m|) and more', 'people 1 m'],
    ['hi\n@Quiet Her|', 'people 3 Quiet Her'],
    ['ねえ@花|', 'people 2 花'],
    ['ねえ@花|さん', 'people 2 花'],
    ['مرحبا و@نا|', 'people 7 نا'],
    ['@|', undefined],
    ['@ m|', undefined],
    ['@m\nn|', undefined],
    ['@ma|teo', undefined],
    ['bob@ada|', undefined],
    [`@${'m'.repeat(80)}|`, undefined],
  ];
  for (const [written, is] of cases) assert.equal(asked(written), is, written);
});

test('an emoji is asked for by a colon and two letters, a room by a # and one', () => {
  const cases = [
    [':ta|', 'emoji 0 ta'],
    ['done :Té|', 'emoji 5 Té'],
    [':+1|', 'emoji 0 +1'],
    ['@Bob :tada|', 'emoji 5 tada'],
    [':t|', undefined],
    [':D|', undefined],
    ['12:30|', undefined],
    ['注意:明天|', undefined],
    ['https://a|', undefined],
    ['a::bc|', undefined],
    ['#lo|', 'rooms 0 lo'],
    ['see #back-e|', 'rooms 4 back-e'],
    ['a#lo|', undefined],
    ['a.example/#lo|', undefined],
    ['# lo|', undefined],
  ];
  for (const [written, is] of cases) assert.equal(asked(written), is, written);
});

test('within code nothing is completed, and after it again', () => {
  for (const written of ['`@m|', '```\n@m|', 'a `b` `:ta|']) assert.equal(asked(written), undefined, written);
  for (const written of ['`a` @m|', '```\na\n```\n@m|', '`\n@m|']) assert.match(asked(written) ?? '', /^people/, written);
});

const user = (name) => ({ id: `id of ${name}`, name });
const users = (...names) => names.map(user);
const namesOf = ({ offers }) => offers.map(({ item }) => item.name);

test('people who are here come first, then those whose name begins with it, each once and never the reader', () => {
  const known = users('Anna M', 'Mo', 'Mateo', 'Mikkel', 'Mia');
  const found = findPeople('m', users('Ali M', 'Mateo', 'Mia'), known, 'id of Mia');
  assert.deepEqual(found.offers.map(({ item }) => [item.name, item.isHere]),
    [['Mateo', true], ['Ali M', true], ['Mo', false], ['Mikkel', false], ['Anna M', false]]);
});

test('a name is found without its accents and in any case; of several words, by each of them', () => {
  const all = users('Zoë Ångström', 'Zo\u0308e', 'نَادية', 'Quiet Heron', '하나');
  const cases = [['zoe', ['Zoë Ångström', 'Zoe\u0308', 'Zo\u0308e']], ['ANG', ['Zoë Ångström']], ['ناد', ['نَادية']],
    ['quiet h', ['Quiet Heron']], ['her', ['Quiet Heron']], ['하', ['하나']], ['ㅎ', ['하나']], ['uiet', []], ['zoe x', []]];
  for (const [typed, names] of cases) {
    for (const name of namesOf(findPeople(typed, all, []))) assert.ok(names.includes(name), `${typed}: ${name}`);
    if (names.length) assert.ok(namesOf(findPeople(typed, all, [])).length, typed);
  }
});

test('the letters that were typed are told, with the marks on them', () => {
  const told = (name, typed) => findPeople(typed, [user(name)], []).offers[0].pieces
    .map(({ text, isTyped }) => (isTyped ? `[${text}]` : text)).join('');
  assert.equal(told('Mateo', 'm'), '[M]ateo');
  assert.equal(told('Zoe\u0308 K', 'zoe'), '[Zoe\u0308] K');
  assert.equal(told('Quiet Heron', 'her'), 'Quiet [Her]on');
  assert.equal(told('Straße', 'stra'), '[Stra]ße');
});

test('a whole name that is the only one leaves nothing to offer; beside longer ones none is meant', () => {
  assert.deepEqual(findPeople('ada', users('Ada', 'Bob'), []), { offers: [], isWhole: true });
  const both = findPeople('ada', users('Ada', 'Ada L.'), []);
  assert.deepEqual([namesOf(both), both.isWhole], [['Ada', 'Ada L.'], true]);
  const spaced = findPeople('Ada ', users('Ada', 'Ada L.'), []);
  assert.deepEqual([namesOf(spaced), spaced.isWhole], [['Ada L.'], true]);
  assert.equal(findPeople('ad', users('Ada', 'Ada L.'), []).isWhole, false);
});

test('a list is short', () => {
  const many = Array.from({ length: 50 }, (_, n) => user(`M${n}`));
  assert.equal(findPeople('m', many, []).offers.length, OFFERED_MAX);
});

test('rooms are found by each part of their names, in the order of the list', () => {
  const found = findRooms('e', ['back-end', 'lobby', 'events']).offers.map(({ item }) => item);
  assert.deepEqual(found, ['events', 'back-end']);
});

const tables = Object.fromEntries(await Promise.all(['en', 'de'].map(async (code) =>
  [code, read((await import(`../../web/emoji/${code}.js`)).default)])));

const emoji = (typed, code) => offerEmoji(typed, search(tables[code], typed), code === 'en' ? undefined : search(tables.en, typed))
  .map(({ emoji: { sign }, pieces }) => `${sign} ${pieces.map(({ text, isTyped }) => (isTyped ? `[${text}]` : text)).join('')}`);

test('an emoji is found by its code in every language, and by the words of one’s own', () => {
  for (const code of ['en', 'de']) {
    assert.equal(emoji('tada', code)[0], '🎉 :[tada]:', code);
    assert.equal(emoji('TADA', code)[0], '🎉 :[tada]:', code);
    assert.equal(emoji('+1', code)[0], '👍 :[+1]:', code);
  }
  assert.equal(emoji('teetas', 'de')[0], '🍵 [Teetas]se ohne Henkel');
  assert.ok(emoji('ta', 'en').some((row) => row.includes(':[ta]da:')), emoji('ta', 'en'));
  assert.deepEqual(emoji('xyzzy', 'de'), []);
  assert.ok(emoji('he', 'en').length <= OFFERED_MAX);
});
