import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { FRAME_MS_MAX, FrameScheduler } from '../../web/model/frame-scheduler.js';

let frames;
let timers;
let host;
let done;

beforeEach(() => {
  frames = new Map();
  timers = new Map();
  done = 0;
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

const work = () => new FrameScheduler(host, () => (done += 1));

test('what comes within a frame is one piece of work', () => {
  const frame = work();
  for (let n = 0; n < 10_000; n++) frame.schedule();
  assert.equal(done, 0);
  passes(frames);
  assert.equal(done, 1);
});

test('the next frame has what came since, and an idle page asks for none', () => {
  const frame = work();
  frame.schedule();
  passes(frames);
  assert.equal(frames.size + timers.size, 0);
  frame.schedule();
  passes(frames);
  assert.equal(done, 2);
});

test('what the work itself asks for is the next frame\'s', () => {
  const frame = new FrameScheduler(host, () => (done += 1) < 3 && frame.schedule());
  frame.schedule();
  passes(frames);
  assert.equal(done, 1);
  passes(frames);
  passes(frames);
  passes(frames);
  assert.equal(done, 3);
});

test('in the background, where frames stand still, a timer does the work, once', () => {
  const frame = work();
  frame.schedule();
  passes(timers);
  passes(frames);
  assert.equal(done, 1);
  frame.schedule();
  passes(timers);
  assert.equal(done, 2);
});
