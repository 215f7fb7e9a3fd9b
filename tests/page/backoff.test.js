import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RETRY_MS_FIRST, RETRY_MS_MAX, retryDelay } from '../../web/model/backoff.js';
import { seeded } from './seed.js';

const nearlyOne = () => 1 - 2 ** -32;

test('C62 the bound of the wait doubles from 0.5 s and stays at 20 s', () => {
  const bounds = Array.from({ length: 9 }, (_, tries) => Math.round(retryDelay(tries, nearlyOne)));
  assert.deepEqual(bounds, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]);
});

test('C62 a day of fruitless tries still waits at most 20 s', () => {
  assert.equal(Math.round(retryDelay(10_000, nearlyOne)), RETRY_MS_MAX);
});

test('C62 a thousand who lost a server together come back spread over the whole wait (seed 62)', () => {
  const random = seeded(62);
  const tenths = new Array(10).fill(0);
  for (let client = 0; client < 1_000; client++) {
    tenths[Math.floor((retryDelay(0, random) / RETRY_MS_FIRST) * 10)] += 1;
  }
  for (const count of tenths) assert.ok(count > 60 && count < 140, `clients in each tenth of the wait: ${tenths}`);
});
