import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Batch, FRAME_MS_MAX } from '../../web/batch.js';

let frames;
let timers;
let host;
let done;

beforeEach(() => {
  frames = new Map();
  timers = new Map();
  done = [];
  let last = 0;
  host = {
    requestAnimationFrame: (run) => (frames.set(++last, run), last),
    cancelAnimationFrame: (frame) => frames.delete(frame),
    setTimeout: (run, ms) => (assert.equal(ms, FRAME_MS_MAX), timers.set(++last, run), last),
    clearTimeout: (timer) => timers.delete(timer),
  };
});

const passes = (kind) => {
  const runs = [...kind.values()];
  kind.clear();
  for (const run of runs) run();
};

const batch = (max = 100) => new Batch(host, max, (items, skipped) => done.push({ items, skipped }));

test('what comes within a frame is one piece of work, in its order', () => {
  const work = batch();
  for (const item of ['a', 'b', 'c']) work.add(item);
  assert.deepEqual(done, []);
  passes(frames);
  assert.deepEqual(done, [{ items: ['a', 'b', 'c'], skipped: 0 }]);
});

test('the next frame has only what came since, and an idle page asks for none', () => {
  const work = batch();
  work.add('a');
  passes(frames);
  assert.equal(frames.size + timers.size, 0);
  work.add('b');
  passes(frames);
  assert.deepEqual(done.map(({ items }) => items), [['a'], ['b']]);
});

test('in the background, where frames stand still, a timer does the work, once', () => {
  const work = batch();
  work.add('a');
  passes(timers);
  passes(frames);
  assert.deepEqual(done, [{ items: ['a'], skipped: 0 }]);
  work.add('b');
  passes(timers);
  assert.equal(done.length, 2);
});

test('of a flood the newest are kept, and the others counted', () => {
  const work = batch(100);
  for (let n = 0; n < 10_000; n++) work.add(n);
  passes(frames);
  assert.equal(done[0].items.length, 100);
  assert.equal(done[0].items[0], 9_900);
  assert.equal(done[0].items.at(-1), 9_999);
  assert.equal(done[0].skipped, 9_900);
  work.add('later');
  passes(frames);
  assert.deepEqual(done[1], { items: ['later'], skipped: 0 });
});

test('a little over the bound is cut to it too', () => {
  const work = batch(100);
  for (let n = 0; n < 150; n++) work.add(n);
  passes(frames);
  assert.deepEqual([done[0].items.length, done[0].items[0], done[0].skipped], [100, 50, 50]);
});
