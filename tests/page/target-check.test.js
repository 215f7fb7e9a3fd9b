import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Page, Server } from './fake_server.js';

const bob = { id: 'bob', name: 'Bob' };

let server;
let page;

const room = () => page.room();
const own = () => room().timeline.messages.find(({ isMine }) => isMine);
const change = (type, fields, { seq, at }) => page.more.requests.change(room(), type, { seq, ...fields }, at);
const present = () => server.present().map(({ text, edited, deleted, reactions }) => [text, Boolean(edited || deleted || reactions)]);

/** What the page asks and is answered in turn. */
async function settles() {
  for (let n = 0; n < 20; n++) {
    page.settles();
    await Promise.resolve();
  }
}

const returns = () => {
  page.connects();
  return settles();
};

/** The server has begun anew: by the number of each message there is another one now. */
function isAnother() {
  server.forgets();
  server.says(bob, 'another');
  server.says({ id: 'user 1', name: 'Guest 1' }, 'mine, and another');
  for (const log of [server.log()]) for (const entry of log) entry.at += 500;
}

/** So much was missed that the page is reset, in the same log. */
function goesOn() {
  server.resumeMax = 10;
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
}

beforeEach(async () => {
  server = new Server();
  page = new Page(server);
  server.says(bob, 'first');
  page.arrives();
  room().say('mine');
  await settles();
});

test('an answer that waits answers nothing in a log where its number is another message’s, and goes in its turn', async () => {
  page.loses();
  room().say('to the first', { seq: 1, at: 1_000 });
  room().say('and then');
  isAnother();
  await returns();
  assert.deepEqual(server.log().slice(2).map(({ text, reply_to: answered }) => [text, answered]), [['to the first', undefined], ['and then', undefined]]);
  assert.deepEqual(page.unsent(), []);
});

test('an answer that waits stays an answer where too much was missed, though its message is not held any more', async () => {
  page.loses();
  room().say('to the first', { seq: 1, at: 1_000 });
  goesOn();
  await returns();
  assert.equal(room().timeline.get(1), undefined);
  assert.deepEqual(server.log().slice(-1).map(({ text, reply_to: answered }) => [text, answered]), [['to the first', 1]]);
});

test('an answer to a message beyond what is held is asked for, and answers nothing in another log', async () => {
  page.loses();
  room().say('to the first', { seq: 1, at: 1_000 });
  isAnother();
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  await returns();
  assert.deepEqual(server.log().slice(-1).map(({ text, reply_to: answered }) => [text, answered]), [['to the first', undefined]]);
});

for (const [type, fields] of [['edit', { text: 'Mine' }], ['delete', {}], ['react', { emoji: '☕', on: true }]]) {
  test(`${type}: what is under way when the connection breaks changes nothing in another log, and is refused as gone`, async () => {
    const made = change(type, fields, own());
    page.loses();
    isAnother();
    page.connects();
    const refused = assert.rejects(made, { code: 'gone' });
    await settles();
    await refused;
    assert.deepEqual(present(), [['another', false], ['mine, and another', false]]);
  });

  test(`${type}: what is under way when the connection breaks is made in the same log, though too much was missed`, async () => {
    const made = change(type, fields, own());
    page.loses();
    goesOn();
    await returns();
    await made;
    assert.equal(present()[1][1], true);
  });
}

test('what is answered where one writes is told to be gone, and what is the same is not', async () => {
  page.named = [{ seq: 1, at: 1_000 }, { seq: 2, at: 2_500 }];
  page.loses();
  isAnother();
  await returns();
  assert.deepEqual(page.lost, [{ seq: 1, at: 1_000 }]);
});

test('what is answered or changed before it is known waits for that', async () => {
  page.loses();
  isAnother();
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  page.named = [{ seq: 1, at: 1_000 }];
  page.connects();
  page.step();
  room().say('to the first', { seq: 1, at: 1_000 });
  const refused = assert.rejects(change('edit', { text: 'Mine' }, { seq: 2, at: 2_000 }), { code: 'gone' });
  assert.deepEqual([page.requests('say'), page.requests('edit')], [[], []]);
  await settles();
  await refused;
  assert.deepEqual([server.log().at(-1).text, server.log().at(-1).reply_to], ['to the first', undefined]);
  assert.deepEqual(present()[1], ['mine, and another', false]);
});

test('a reload before it is known asks anew', async () => {
  page.loses();
  room().say('to the first', { seq: 1, at: 1_000 });
  isAnother();
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  page.connects();
  page.step();
  assert.equal(page.requests('history').length, 1);
  page.session.saveNow();
  page.reloads();
  await returns();
  assert.equal(server.log().at(-1).reply_to, undefined);
});

test('a check that breaks with the connection, or comes too early, is made anew', async () => {
  page.loses();
  room().say('to the first', { seq: 1, at: 1_000 });
  goesOn();
  page.connects();
  page.step();
  page.loses();
  page.connects();
  page.step();
  const asked = page.sent.findIndex((line) => line.includes('"history"'));
  page.sent.splice(asked, 1);
  page.gets({ type: 'error', code: 'slow_down', text: 'wait', command: 'history', retry_after: 1 });
  await settles();
  assert.deepEqual(page.unsent(), ['to the first']);
  page.passes(5_000);
  await settles();
  assert.deepEqual([page.unsent(), server.log().at(-1).reply_to], [[], 1]);
});

test('without a history an answer stays one on the same server, and answers nothing on one that was started anew', async () => {
  server.history = false;
  page = new Page(server);
  page.arrives();
  for (const [answered, happens] of [[1, () => server.says(bob, 'missed')], [undefined, () => isAnother()]]) {
    page.loses();
    room().say('to the first', { seq: 1, at: 1_000 });
    happens();
    await returns();
    assert.deepEqual([page.unsent(), server.log().at(-1).text, server.log().at(-1).reply_to], [[], 'to the first', answered]);
  }
});
