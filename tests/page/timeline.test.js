import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { mergePage } from '../../web/model/history-loader.js';
import { Timeline } from '../../web/model/timeline.js';
import { seeded } from './seed.js';

const ada = { id: 'a', name: 'Ada' };
const bob = { id: 'b', name: 'Bob' };

let timeline;

beforeEach(() => (timeline = new Timeline()));

const message = (seq, more) => ({ type: 'message', room: 'lobby', seq, at: seq * 1_000, from: ada, text: `text ${seq}`, ...more });
const says = (...seqs) => seqs.forEach((seq) => timeline.add(message(seq), 'a'));
const shown = (of = timeline) => of.rows.map((row) => row.text);
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const seqs = () => timeline.rows.map(({ seq }) => seq);

test('nothing is shown twice, and all in the order of the log', () => {
  says(5, 3, 4, 5, 3);
  assert.deepEqual(shown(), ['text 3', 'text 4', 'text 5']);
  assert.equal(timeline.add(message(5), 'a'), false);
  assert.equal(timeline.add(message(6), 'a'), true);
});

test('an edit, a deletion, a reaction change the message they are of', () => {
  says(1, 2, 3);
  timeline.change({ type: 'edited', seq: 4, at: 9, target: 1, text: 'other' });
  timeline.change({ type: 'reacted', seq: 5, target: 2, emoji: '👍', on: true, by: bob }, 'a');
  timeline.change({ type: 'reacted', seq: 6, target: 2, emoji: '👍', on: true, by: ada }, 'a');
  timeline.change({ type: 'deleted', seq: 7, target: 3 });
  const [one, two, three] = timeline.rows;
  assert.deepEqual([one.text, one.edited], ['other', 9]);
  assert.deepEqual(two.reactions, { '👍': { count: 2, me: true, by: [bob, ada] } });
  assert.deepEqual([three.text, three.deleted], ['', true]);
  timeline.change({ type: 'reacted', seq: 8, target: 2, emoji: '👍', on: false, by: ada }, 'a');
  assert.deepEqual(timeline.rows[1].reactions, { '👍': { count: 1, me: false, by: [bob] } });
  timeline.change({ type: 'reacted', seq: 9, target: 2, emoji: '👍', on: false, by: bob }, 'a');
  assert.deepEqual(timeline.rows[1].reactions, {});
});

test('a reaction called like something that every object has is a reaction', () => {
  says(1);
  timeline.change({ type: 'reacted', seq: 2, target: 1, emoji: '__proto__', on: true, by: bob }, 'a');
  timeline.change({ type: 'reacted', seq: 3, target: 1, emoji: 'constructor', on: true, by: bob }, 'a');
  assert.equal(Object.entries(timeline.rows[0].reactions).find(([emoji]) => emoji === 'constructor')[1].count, 1);
});

test('what is told again changes nothing', () => {
  says(1);
  timeline.change({ type: 'reacted', seq: 2, target: 1, emoji: '👍', on: true, by: bob }, 'a');
  timeline.change({ type: 'reacted', seq: 2, target: 1, emoji: '👍', on: true, by: bob }, 'a');
  timeline.change({ type: 'edited', seq: 4, at: 9, target: 1, text: 'newer' });
  timeline.change({ type: 'edited', seq: 3, at: 8, target: 1, text: 'older' });
  assert.deepEqual([timeline.rows[0].text, timeline.rows[0].reactions['👍'].count], ['newer', 1]);
});

test('a page in its present state is newer than what we hold, or is not', () => {
  says(1, 2);
  timeline.change({ type: 'edited', seq: 9, at: 9, target: 2, text: 'after the page' });
  mergePage(timeline, [message(1, { text: 'edited', edited: 7, changed: 7 }), message(2, { text: 'stale', changed: 8 })], false, 'older');
  assert.deepEqual(shown(), ['edited', 'after the page']);
});

test('what touches a message that we do not hold is dropped', () => {
  says(5);
  timeline.change({ type: 'edited', seq: 6, at: 9, target: 1, text: 'x' });
  timeline.change({ type: 'deleted', seq: 7, target: 2 });
  timeline.change({ type: 'reacted', seq: 8, target: 3, emoji: '👍', on: true, by: bob }, 'a');
  assert.deepEqual(shown(), ['text 5']);
});

test('pages, replays and live may overlap in any order and come out the same (seed 7)', () => {
  const random = seeded(7);
  const log = [];
  const present = new Map();
  for (let seq = 1; seq <= 120; seq++) {
    const target = 1 + Math.floor(random() * Math.max(1, seq - 1));
    const held = present.get(target);
    const choice = random();
    if (!held || held.deleted || choice < 0.5) {
      log.push({ ...message(seq), type: 'message' });
      present.set(seq, { ...message(seq), changed: seq });
    } else if (choice < 0.75) {
      log.push({ type: 'edited', seq, at: seq, target, text: `edit ${seq}` });
      present.set(target, { ...held, text: `edit ${seq}`, edited: seq, changed: seq });
    } else {
      log.push({ type: 'deleted', seq, target });
      present.set(target, { ...held, text: '', deleted: true, changed: seq });
    }
  }
  const want = [...present.values()].map(({ seq, text, deleted = false }) => [seq, text, deleted]);
  for (let round = 0; round < 50; round++) {
    timeline = new Timeline();
    const from = Math.floor(random() * 100);
    // Live, with a replay that overlaps; pages of the present state fall anywhere in between.
    const live = [...log.slice(from, from + 20), ...log.slice(from)];
    const pages = [[...present.values()].filter(({ seq }) => seq <= from + 10), [...present.values()]];
    for (const entry of live) {
      if (entry.type === 'message') timeline.add(entry, 'a');
      else timeline.change(entry, 'a');
      if (random() < 0.05 && pages.length) mergePage(timeline, pages.shift(), false, 'older', 'a');
    }
    for (const page of pages) mergePage(timeline, page, false, 'older', 'a');
    assert.deepEqual(timeline.rows.map(({ seq, text, deleted }) => [seq, text, deleted]), want, `round ${round}`);
  }
});

test('a new name stands over all that its bearer said', () => {
  says(1);
  timeline.add(message(2, { from: bob }), 'a');
  const before = timeline.rows[1];
  timeline.meet({ id: 'a', name: 'Cleo' });
  assert.deepEqual(timeline.rows.map(({ from }) => from.name), ['Cleo', 'Bob']);
  assert.equal(timeline.rows[1], before, 'others are not touched');
});

test('a new face stands wherever it is seen: at messages, at reactions and at threads', () => {
  const old = { id: 'a', name: 'Ada', hue: 0 };
  const now = { ...old, hue: 5, emoji: '🦊' };
  timeline.add(message(1, { from: old }), 'a');
  const reactions = { '👍': { count: 2, by: [old, bob] } };
  timeline.add(message(2, { from: bob, reactions, replies: { count: 3, last: 1, seq: 9, by: [bob, old] } }), 'a');
  timeline.meet(now);
  const [one, two] = timeline.rows;
  assert.deepEqual([one.from, two.from, two.reactions['👍'].by, two.replies.by], [now, bob, [now, bob], [bob, now]]);
  timeline.meet({ ...now });
  assert.deepEqual(timeline.rows, [one, two]);
  assert.equal(timeline.rows[0], one, 'who looks the same is not drawn anew');
});

test('own messages keep their place on the page from the outbox into the log', () => {
  timeline.add(message(1, { cid: 'x' }), 'a');
  timeline.add(message(2, { cid: 'x', from: bob }), 'a');
  const [own, other] = timeline.rows;
  assert.deepEqual([own.key, own.isMine, other.isMine], ['cid x', true, false]);
  assert.notEqual(other.key, own.key, 'another may use the same cid');
});

test('a log that is numbered anew comes after what is here', () => {
  says(7, 8);
  timeline.beginEra();
  timeline.addNotice('messages may be missing');
  says(1, 2);
  timeline.change({ type: 'edited', seq: 3, at: 9, target: 7, text: 'of another log' });
  assert.deepEqual(shown(), ['text 7', 'text 8', 'messages may be missing', 'text 1', 'text 2']);
  assert.equal(new Set(timeline.rows.map(({ key }) => key)).size, 5);
  assert.equal(timeline.oldestSeq, 1);
});

test('a notice stays where it was said', () => {
  says(5);
  timeline.addNotice('Ada is now called Cleo.');
  says(6);
  mergePage(timeline, [message(3), message(4)], false, 'older', 'a');
  assert.deepEqual(shown(), ['text 3', 'text 4', 'text 5', 'Ada is now called Cleo.', 'text 6']);
});

test('C61 at the end the oldest go, and can be had again', () => {
  says(...range(1, 1_200));
  timeline.trim(1_000, Infinity, true);
  assert.deepEqual([timeline.rows.length, timeline.oldestSeq, timeline.newestSeq], [1_000, 201, 1_200]);
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer, timeline.hasForgotten], [true, false, false]);
  mergePage(timeline, range(101, 200).map((seq) => message(seq)), true, 'older', 'a');
  assert.deepEqual(seqs(), range(101, 1_200));
});

test('without a history the oldest are gone, and that is known', () => {
  says(...range(1, 1_200));
  timeline.trim(1_000, 3, false);
  assert.deepEqual([timeline.oldestSeq, timeline.hasOlder, timeline.hasForgotten], [201, false, true]);
});

test('C61 who reads far above keeps what is being read: the newest go, and come again when they are read', () => {
  says(...range(1, 1_000));
  timeline.trim(1_000, 10, true);
  says(...range(1_001, 1_100));
  timeline.trim(1_000, 10, true);
  assert.deepEqual(seqs(), range(1, 1_000));
  assert.ok(timeline.hasNewer);
  assert.equal(timeline.add(message(1_101), 'a'), true, 'it has come');
  assert.deepEqual(seqs(), range(1, 1_000), 'and would leave a hole if it were shown');
  mergePage(timeline, range(1_001, 1_100).map((seq) => message(seq)), true, 'newer', 'a');
  assert.ok(timeline.hasNewer);
  mergePage(timeline, [message(1_101)], false, 'newer', 'a');
  assert.ok(!timeline.hasNewer);
  assert.deepEqual(seqs(), range(1, 1_101));
});

test('what comes while a page is on its way leaves no hole', () => {
  says(...range(1, 1_100));
  timeline.trim(1_000, 10, true);
  timeline.add(message(1_101), 'a');
  mergePage(timeline, range(1_001, 1_100).map((seq) => message(seq)), false, 'newer', 'a');
  assert.ok(timeline.hasNewer, 'the page was made before it');
  mergePage(timeline, [message(1_101)], false, 'newer', 'a');
  assert.deepEqual(seqs(), range(1, 1_101));
});

test('the way to the end shows the end, and nothing between', () => {
  says(...range(1, 1_100));
  timeline.trim(1_000, 10, true);
  timeline.add(message(2_000), 'a');
  mergePage(timeline, range(1_901, 2_000).map((seq) => message(seq)), true, 'latest', 'a');
  assert.deepEqual(seqs(), range(1_901, 2_000));
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer], [true, false]);
});

test('C61 what came before the end that is not held comes with its page, not between', () => {
  says(...range(1, 1_100));
  timeline.trim(1_000, 10, true);
  timeline.add(message(1_105), 'a');
  assert.equal(timeline.add(message(1_103), 'a'), true, 'it has come');
  assert.equal(timeline.newestSeq, 1_000);
});

test('a message is shown with what is around it', () => {
  says(...range(1_901, 2_000));
  mergePage(timeline, range(51, 150).map((seq) => message(seq)), true, 'around', 'a', true);
  assert.deepEqual(seqs(), range(51, 150));
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer, timeline.newest], [true, true, 2_000]);
  mergePage(timeline, range(1_901, 2_000).map((seq) => message(seq)), false, 'around', 'a', false);
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer], [false, false]);
});

test('what was kept is there again, each once, and joins what comes', () => {
  says(...range(1, 3));
  timeline.add(message(4, { cid: 'x' }), 'a');
  const kept = structuredClone(timeline.messages);
  timeline = new Timeline();
  timeline.restore(kept, true);
  says(4, 5);
  timeline.change({ type: 'edited', seq: 6, at: 9, target: 2, text: 'other' });
  assert.deepEqual(shown(), ['text 1', 'other', 'text 3', 'text 4', 'text 5']);
  assert.deepEqual([timeline.hasOlder, timeline.hasNewer, timeline.newest], [true, false, 5]);
  assert.equal(new Set(timeline.rows.map(({ key }) => key)).size, 5);
});

test('messages of others are counted, of this log alone, and not what is deleted', () => {
  says(1);
  for (const seq of range(2, 6)) timeline.add(message(seq, { from: bob }), 'a');
  timeline.change({ type: 'deleted', seq: 7, target: 3 });
  assert.deepEqual([timeline.countOfOthers(0), timeline.countOfOthers(2), timeline.countOfOthers(2, 4)], [4, 3, 1]);
  timeline.beginEra();
  assert.equal(timeline.countOfOthers(0), 0);
});

test('a thread counts its replies once each, without those that are gone', () => {
  const reply = (seq, to, more) => message(seq, { from: bob, reply_to: to, ...more });
  const told = (seq) => timeline.get(seq)?.replies;
  says(1, 2);
  timeline.add(reply(3, 1), 'a');
  timeline.add(reply(4, 3, { root: 1, from: ada }), 'a');
  timeline.add(reply(4, 3, { root: 1, from: ada }), 'a');
  assert.deepEqual(told(1), { count: 2, last: 4_000, seq: 4, by: [ada, bob] });
  assert.deepEqual([told(2), told(3), timeline.get(4).root], [undefined, undefined, 1]);
  timeline.change({ type: 'deleted', seq: 5, target: 3 });
  timeline.change({ type: 'deleted', seq: 5, target: 3 });
  assert.equal(told(1).count, 1);
  // Present state: what it counts is not counted again, and what is gone never was.
  timeline.add(message(10, { replies: { count: 2, last: 12_000, seq: 12, by: [bob] } }), 'a');
  timeline.add(reply(11, 10), 'a');
  timeline.add(reply(13, 10, { deleted: true, text: undefined }), 'a');
  assert.equal(told(10).count, 2);
  timeline.add(reply(14, 10), 'a');
  assert.deepEqual([told(10).count, told(10).last], [3, 14_000]);
  timeline.recount(10, { count: 9, last: 1, seq: 12, by: [] });
  assert.equal(told(10).count, 3, 'what is older than what is known changes nothing');
});
