import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';

import { reasonOf } from '../../web/model/reason.js';
import { LANGUAGES, speak } from '../../web/words/words.js';

const protocol = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');
const [table] = protocol.slice(protocol.indexOf('### What is refused')).split('### Close codes');
const codes = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code));

afterEach(() => speak('en'));

test('English readers are told what the server says, which is most', () => {
  assert.equal(reasonOf({ code: 'name_taken', text: 'this name is kept for the server; choose another' }), 'this name is kept for the server; choose another');
});

for (const language of Object.keys(LANGUAGES).filter((code) => code !== 'en')) {
  test(`every error of the protocol has a reason in ${LANGUAGES[language]}`, async () => {
    assert.ok(codes.length > 15, 'the codes are found');
    await speak(language);
    for (const code of codes) assert.notEqual(reasonOf({ code, text: 'English' }), 'English', code);
  });
}

test('an error that is not known, or has no code, is told in the server’s words', async () => {
  await speak('de');
  for (const code of ['new_code', undefined, 'constructor']) assert.equal(reasonOf({ code, text: 'as the server says' }), 'as the server says');
});
