import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';

import { reasonOf } from '../../web/model/reason.js';
import { sentence } from '../../web/words/more.js';
import { LANGUAGES, setLanguage } from '../../web/words/words.js';

const protocol = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');
const [table] = protocol.slice(protocol.indexOf('| code | what |\n')).split('\n\n');
/** All of them but `closed`, whose text is the application's own. */
const codes = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code))
  .filter((code) => code !== 'closed');

afterEach(() => setLanguage('en'));

test('English readers are told what the server says, which is most', () => {
  assert.equal(reasonOf({ code: 'name_taken', text: 'this name is kept for the server; choose another' }), 'this name is kept for the server; choose another');
});

test('English readers are told in our words what may be tried again, with a time that is counted', () => {
  for (const code of ['slow_down', 'address_people', 'address_rooms', 'address_bytes']) {
    const told = reasonOf({ code, text: 'too much: wait 9 s' });
    assert.doesNotMatch(told, /wait 9 s/, code);
    assert.ok(told.length > 10, told);
  }
});

for (const language of Object.keys(LANGUAGES).filter((code) => code !== 'en')) {
  test(`every error of the protocol has a reason in ${LANGUAGES[language]}`, async () => {
    assert.ok(codes.length > 15, 'the codes are found');
    await setLanguage(language);
    for (const code of codes) assert.notEqual(reasonOf({ code, text: 'English' }), 'English', code);
  });
}

test('an error that is not known, or has no code, is told in the server’s words', async () => {
  await setLanguage('de');
  for (const code of ['new_code', undefined, 'constructor']) assert.equal(reasonOf({ code, text: 'as the server says' }), 'as the server says');
});

test('a reason becomes a sentence as its script ends one', () => {
  assert.deepEqual(['the disk is full', '没有内容', '長すぎます', 'لا يوجد نص'].map(sentence), ['The disk is full.', '没有内容。', '長すぎます。', 'لا يوجد نص.']);
});
