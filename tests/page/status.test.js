import assert from 'node:assert/strict';
import { test } from 'node:test';

import { secondsUntil, sentence } from '../../web/view/connection-notice.js';
import { t } from '../../web/words/words.js';

/** Without the isolates around what is put in. */
const plain = (text) => text.replace(/[\u2068\u2069]/g, '');

for (const [state, said] of [
  [{ name: 'connecting' }, 'Connecting…'],
  [{ name: 'closed', code: 4999, retryAt: 0 }, 'Disconnected.'],
  [{ name: 'connected' }, 'Connected'],
  [{ name: 'closed', code: 1006, retryAt: 0 }, 'Disconnected.'],
  [{ name: 'closed', code: 1001, retryAt: 0 }, 'Disconnected: the server is shutting down.'],
  [{ name: 'closed', code: 4008, retryAt: 0 }, 'Disconnected: this page could not keep up.'],
  [{ name: 'closed', code: 1013, retryAt: 0 }, 'Disconnected: the server is too busy.'],
  [{ name: 'closed', code: 4001, retryAt: 0 }, 'Disconnected: this page did not respond in time.'],
  [{ name: 'closed', code: 4029, retryAt: 0 }, 'Disconnected: you sent too many messages at once.'],
  [{ name: 'refused', why: 'the disk is full' }, 'The server cannot let you in yet: the disk is full.'],
  [{ name: 'refused', code: 'closed', why: 'the account was deleted' }, 'Disconnected: the account was deleted.'],
  [{ name: 'stopped', code: 1009 }, 'Disconnected: a message was too long.'],
  [{ name: 'stopped', code: 1007 }, 'Disconnected: a message was not valid text.'],
]) {
  test(`C62 ${JSON.stringify(state)} is said as ${JSON.stringify(said)}`, () => assert.equal(plain(sentence(state)), said));
}

test('C63 no WebSockets are told in words', () => {
  assert.match(sentence({ name: 'unsupported' }), /does not support WebSockets/);
});

for (const [ms, seconds] of [[19_001, 20], [4_000, 4], [3_999, 4], [1, 1], [0, 1], [-50, 1]]) {
  test(`C62 ${ms} ms are "in ${seconds} s"`, () => assert.equal(secondsUntil(100 + ms, 100), seconds));
}

test('C61 one new message is not "messages"', () => {
  assert.deepEqual(
    [1, 3, 1_234].map((count) => t('newMessages', { count })),
    ['1 new message', '3 new messages', '1,234 new messages'],
  );
});
