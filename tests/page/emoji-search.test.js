import assert from 'node:assert/strict';
import { test } from 'node:test';

import { read, search, TONES, withTone, words } from '../../web/model/emoji-search.js';
import { LANGUAGES } from '../../web/words/words.js';

/** What a language's own letters are, where they are others than English has. */
const LETTERS = { zh: /\p{sc=Han}/u, ja: /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u, ar: /\p{sc=Arab}/u };

const tables = Object.fromEntries(await Promise.all(Object.keys(LANGUAGES).map(async (code) =>
  [code, read((await import(`../../web/emoji/${code}.js`)).default)])));

const found = (code, query) => search(tables[code], query).map(({ sign }) => sign);

test('all languages have the same emoji, in the same order and groups', () => {
  const of = (list) => list.map(({ sign, group, hasTones, version }) => [sign, group, hasTones, version].join(' '));
  const english = of(tables.en);
  assert.ok(english.length > 1_900, `${english.length} emoji`);
  assert.equal(new Set(tables.en.map(({ sign }) => sign)).size, english.length);
  for (const [code, list] of Object.entries(tables)) assert.deepEqual(of(list), english, code);
  assert.deepEqual([...new Set(tables.en.map(({ group }) => group))],
    ['faces', 'people', 'nature', 'food', 'travel', 'activities', 'things', 'signs', 'flags']);
});

test('each emoji has a name in each language', () => {
  for (const [code, list] of Object.entries(tables)) {
    for (const { sign, name } of list) {
      assert.equal(name, name.trim(), `${code} ${sign}`);
      assert.notEqual(name, '', `${code} ${sign}`);
    }
    const own = list.filter(({ name }) => (LETTERS[code] ?? /\p{sc=Latn}/u).test(name));
    assert.ok(own.length > 0.97 * list.length, `${code}: ${own.length} names in its letters`);
  }
});

test('keywords stand in the tables as they are compared', () => {
  for (const [code, list] of Object.entries(tables)) {
    for (const { keywords } of list) for (const keyword of keywords) assert.deepEqual(words(keyword), [keyword], code);
  }
});

test('an emoji is found by its name, its keywords, its code and itself', () => {
  assert.equal(found('en', 'birthday cake')[0], '🎂');
  assert.equal(found('en', 'cake birthday')[0], '🎂');
  assert.ok(found('en', 'celebr').includes('🎂'));
  assert.equal(found('en', 'tada')[0], '🎉');
  assert.equal(found('en', ':tada:')[0], '🎉');
  assert.equal(found('en', ':ta')[0], found('en', 'ta')[0]);
  assert.equal(found('en', '+1')[0], '👍');
  assert.equal(found('en', '-1')[0], '👎');
  assert.deepEqual(found('en', '🍵'), ['🍵']);
  assert.equal(found('en', 'Germany')[0], '🇩🇪');
});

test('each word is the beginning of one, and all have to be there', () => {
  assert.equal(found('en', 'thu up')[0], '👍');
  assert.deepEqual(found('en', 'thumbs cake'), []);
  assert.ok(!found('en', 'humbs').includes('👍'));
});

test('what is called so comes before what is only about it', () => {
  assert.equal(found('en', 'heart')[0], '❤️');
  assert.equal(found('en', 'fire')[0], '🔥');
  assert.equal(found('en', 'cat')[0], '🐈');
  const hearts = found('en', 'heart');
  assert.ok(hearts.indexOf('💙') < hearts.indexOf('🫀'), 'a short name that has the word before a code that begins with it');
  assert.equal(found('de', 'Katze')[0], '🐈');
});

test('case, accents and width make no difference', () => {
  assert.equal(found('de', 'gruner APFEL')[0], '🍏');
  assert.equal(found('de', 'grüner Apfel'.normalize('NFD'))[0], '🍏');
  assert.deepEqual(found('de', 'kuss'), found('de', 'Kuß'));
  assert.equal(found('fr', 'oeuf')[0], '🥚');
  assert.equal(found('fr', 'œuf')[0], '🥚');
  assert.equal(found('es', 'corazon rojo')[0], '❤️');
  assert.equal(found('en', 'ｔｅａ').join(), found('en', 'tea').join());
});

test('where words are not parted, a part of a name is found', () => {
  assert.ok(found('zh', '笑脸').includes('🥲'));
  assert.equal(found('zh', '猫')[0], '🐈');
  assert.deepEqual(found('ja', 'ハート'), found('ja', 'はーと'));
  assert.ok(found('ja', 'ハート').includes('💘'));
});

test('the Arabic article and its spellings make no difference', () => {
  assert.ok(found('ar', 'قلب').includes('❤️'));
  assert.ok(found('ar', 'القلب').includes('❤️'));
  assert.deepEqual(found('ar', 'قطه'), found('ar', 'قطة'));
});

test('nothing is found where nothing is looked for, and of what there is no word for', () => {
  for (const query of ['', '  ', ':', '?', '()', 'xyzzy']) assert.deepEqual(found('en', query), [], query);
});

test('a skin tone stands after the skin; both people of a pair have it', () => {
  for (const [sign, toned] of [
    ['👍', '👍🏽'], ['✌️', '✌🏽'], ['🕵️‍♂️', '🕵🏽‍♂️'], ['🧑‍🦰', '🧑🏽‍🦰'], ['🏋️‍♀️', '🏋🏽‍♀️'],
    ['🧑‍🤝‍🧑', '🧑🏽‍🤝‍🧑🏽'], ['👩‍❤️‍💋‍👨', '👩🏽‍❤️‍💋‍👨🏽'], ['🤝', '🤝🏽'],
  ]) {
    assert.equal(withTone(sign, 3), toned);
    assert.equal(withTone(sign, 0), sign);
    assert.equal(withTone(sign, TONES.length), sign, 'a tone that there is not');
  }
});
