import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Keep } from '../../web/model/keep.js';
import { ANSWER_MS_MAX, Session } from '../../web/model/session.js';
import { seeded } from './seed.js';

/** A server with one room, whose answers go out only when a test lets them. */
class Server {
  epoch = 'one';
  history = true;
  /** @type {object[]} */
  log = [];
  users = new Map();
  resumeMax = 1_000;

  /** What it answers to a line of a session. */
  answers(line, session) {
    const command = JSON.parse(line);
    const room = 'lobby';
    switch (command.type) {
      case 'hello': {
        const token = this.users.has(command.token) ? command.token : `token ${this.users.size + 1}`;
        if (!this.users.has(token)) this.users.set(token, { id: `user ${this.users.size + 1}`, name: command.name ?? `Guest ${this.users.size + 1}` });
        session.token = token;
        const user = this.users.get(token);
        return [{ type: 'hello', user, token, limits: { text_chars: 4_000, history: this.history } }, ...this.#joins(command.rooms[room])];
      }
      case 'say': {
        const from = this.users.get(session.token);
        const before = this.log.find(({ cid, by }) => cid === command.cid && by === from.id);
        if (before) return [{ type: 'receipt', room, cid: command.cid, seq: before.seq }];
        const seq = this.says(from, command.text, command.cid);
        return [{ type: 'receipt', room, cid: command.cid, seq }];
      }
      case 'history': {
        const all = this.log.filter(({ seq }) => !(seq >= command.before));
        return [{ type: 'page', room, before: command.before, entries: all.slice(-command.limit), more: all.length > command.limit }];
      }
      case 'name': {
        const user = { ...this.users.get(session.token), name: command.name };
        this.users.set(session.token, user);
        return [{ type: 'named', user }];
      }
      case 'ping':
        return [{ type: 'pong' }];
    }
  }

  says(from, text, cid) {
    const seq = (this.log.at(-1)?.seq ?? 0) + 1 + (text.length % 2);
    this.log.push({ type: 'message', room: 'lobby', seq, at: seq, from, by: from.id, text, cid });
    return seq;
  }

  #joins({ epoch, since } = {}) {
    const head = this.log.at(-1)?.seq ?? 0;
    const missed = this.log.filter(({ seq }) => seq > since);
    const resumes = epoch === this.epoch && (this.history ? missed.length <= this.resumeMax : since === head);
    const entries = resumes ? missed : this.history ? this.log.slice(-50).map((entry) => ({ ...entry, changed: entry.seq })) : [];
    const people = { count: 1, some: [] };
    const oldest = this.history ? (this.log[0]?.seq ?? 0) : 0;
    const joined = { type: 'joined', room: 'lobby', epoch: this.epoch, seq: head, topic: '', people, reset: !resumes, oldest };
    return [joined, ...entries, { type: 'caught_up', room: 'lobby', seq: Math.max(head, resumes ? since : 0) }];
  }
}

/** A page: a session, its timers, and the way to a server that may be cut. */
class Page {
  sent = [];
  isConnected = false;
  token;
  calls = [];
  arrived = 0;
  time = 1_000;
  #timers = new Map();
  #last = 0;

  constructor(server, keeps = { lasting: new Keep(() => undefined, ''), tab: new Keep(() => undefined, '') }, random = () => 0) {
    this.server = server;
    this.keeps = keeps;
    const note = (what) => (...values) => this.calls.push([what, ...values]);
    const host = {
      setTimeout: (run, ms) => (this.#timers.set(++this.#last, { run, at: this.time + ms }), this.#last),
      clearTimeout: (timer) => this.#timers.delete(timer),
      now: () => this.time,
      random,
      newId: () => `cid ${Math.floor(random() * 1e9)} ${++this.#last}`,
    };
    this.session = new Session('lobby', keeps, host, {
      send: (line) => this.isConnected && this.sent.push(line) > 0,
      doubt: note('doubt'),
      onReady: note('ready'),
      onRefused: note('refused'),
      onRows() {},
      onArrived: (count) => (this.arrived += count),
      onRoom() {},
      onMe: note('me'),
      onNameRefused: note('name refused'),
    });
  }

  connects() {
    this.isConnected = true;
    this.sent = [];
    this.session.opened();
  }

  loses() {
    this.isConnected = false;
    this.sent = [];
    this.session.closed();
  }

  gets(...events) {
    // The server's room begins to tell what is new where the replay ends.
    for (const { type, seq } of events) if (type === 'caught_up') this.heard = seq;
    this.session.receive(events.map((event) => JSON.stringify(event)).join('\n'));
  }

  /** The server answers the next line. */
  step() {
    const line = this.sent.shift();
    if (line) this.gets(...this.server.answers(line, this));
    return Boolean(line);
  }

  /** All is answered, and what others said is heard. */
  settles() {
    while (this.step());
    this.hears();
  }

  /** What is new in the log, as everyone in the room gets it. */
  hears() {
    const since = this.heard ?? 0;
    for (const entry of this.server.log) if (entry.seq > since) this.gets(entry);
    this.heard = this.server.log.at(-1)?.seq;
  }

  passes(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = due[1].at;
      due[1].run();
    }
    this.time = end;
  }

  get texts() {
    return this.session.timeline.rows.map(({ text }) => text);
  }

  get unsent() {
    return this.session.outbox.items.map(({ text }) => text);
  }
}

let server;
let page;
const bob = { id: 'bob', name: 'Bob' };
const last = (lines) => JSON.parse(lines.at(-1));

beforeEach(() => {
  server = new Server();
  page = new Page(server);
});

test('the first hello knows nobody; the next says who we are and how far we have read', () => {
  server.says(bob, 'hi');
  page.connects();
  assert.deepEqual(last(page.sent), { type: 'hello', rooms: { lobby: {} } });
  page.step();
  assert.deepEqual(page.texts, ['hi']);
  page.loses();
  page.connects();
  const { token, name, rooms } = last(page.sent);
  assert.deepEqual({ token, name, rooms }, { token: 'token 1', name: 'Guest 1', rooms: { lobby: { epoch: 'one', since: server.log[0].seq } } });
});

test('the same person comes back after a reload', () => {
  page.connects();
  page.step();
  const after = new Page(server, page.keeps);
  assert.equal(after.session.me.name, 'Guest 1', 'the name is there before the server is');
  after.connects();
  after.step();
  assert.deepEqual(after.session.me, page.session.me);
});

test('what was missed comes, once, between what was there and what is new', () => {
  page.connects();
  page.settles();
  server.says(bob, 'one');
  page.hears();
  page.loses();
  for (const text of ['two', 'three']) server.says(bob, text);
  page.connects();
  page.step();
  server.says(bob, 'four');
  page.hears();
  assert.deepEqual(page.texts, ['one', 'two', 'three', 'four']);
});

test('a connection that breaks within a reset begins anew, and leaves no hole', () => {
  for (let n = 1; n <= 60; n++) server.says(bob, `${n}`);
  page.connects();
  const events = server.answers(page.sent.shift(), page);
  page.gets(...events.slice(0, 20));
  page.loses();
  page.connects();
  assert.deepEqual(last(page.sent).rooms, { lobby: {} }, 'half of it is not what we have read');
  page.step();
  assert.deepEqual(page.texts, server.log.slice(-50).map(({ text }) => text));
});

test('a connection that breaks within a resume goes on where it broke', () => {
  page.connects();
  page.settles();
  page.loses();
  for (let n = 1; n <= 60; n++) server.says(bob, `${n}`);
  page.connects();
  page.gets(...server.answers(page.sent.shift(), page).slice(0, 20));
  page.loses();
  page.connects();
  page.step();
  assert.deepEqual(page.texts, server.log.map(({ text }) => text));
});

test('after a reset the latest are shown, and what is older can be loaded', () => {
  page.connects();
  page.settles();
  server.says(bob, 'long ago');
  page.hears();
  page.loses();
  server.resumeMax = 10;
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  page.connects();
  page.step();
  assert.equal(page.texts.length, 50);
  assert.ok(page.session.timeline.hasOlder);
  page.session.loadOlder();
  page.session.loadOlder();
  assert.equal(page.sent.length, 1, 'it is asked once');
  page.step();
  assert.deepEqual(page.texts, server.log.map(({ text }) => text));
  assert.ok(!page.session.timeline.hasOlder);
});

test('another log in place of the one before is shown from its own beginning', () => {
  for (let n = 1; n <= 9; n++) server.says(bob, `${n}`);
  page.connects();
  page.settles();
  page.loses();
  [server.epoch, server.log] = ['two', []];
  server.says(bob, 'anew');
  page.connects();
  page.step();
  assert.deepEqual(page.texts, ['anew']);
  page.loses();
  server.says(bob, 'more');
  page.connects();
  page.step();
  assert.deepEqual(page.texts, ['anew', 'more']);
  assert.equal(page.session.timeline.rows.length, 2);
});

test('a server that keeps nothing: what is here stays, and what may be missing is told of', () => {
  server.history = false;
  page.connects();
  page.settles();
  server.says(bob, 'before');
  page.hears();
  page.loses();
  server.says(bob, 'missed');
  page.connects();
  page.step();
  server.says(bob, 'after');
  page.hears();
  assert.equal(page.texts.length, 3);
  assert.deepEqual([page.texts[0], page.texts[2]], ['before', 'after']);
  assert.match(page.texts[1], /may be missing/);
  assert.ok(!page.session.timeline.hasOlder);
});

test('what is written is there at once, and sent when the room is as it is now', () => {
  page.session.say('early');
  assert.deepEqual([page.unsent, page.arrived], [['early'], 1]);
  page.connects();
  page.session.say('still early');
  assert.equal(page.sent.length, 1, 'not before the resume: it may be in there already');
  page.settles();
  assert.deepEqual([page.unsent, page.texts, page.arrived], [[], ['early', 'still early'], 2]);
});

test('messages keep their order: the next goes when the last is answered', () => {
  page.connects();
  page.settles();
  for (const text of ['one', 'two', 'three']) page.session.say(text);
  assert.equal(page.sent.length, 1);
  page.settles();
  assert.deepEqual(page.texts, ['one', 'two', 'three']);
});

test('a message that is in the log is not said again, though its receipt was lost', () => {
  page.connects();
  page.settles();
  page.session.say('once');
  server.answers(page.sent.shift(), page);
  page.loses();
  page.connects();
  page.settles();
  assert.deepEqual([server.log.length, page.unsent, page.texts], [1, [], ['once']]);
});

test('a receipt of something long ago puts it nowhere it is not', () => {
  page.connects();
  page.settles();
  page.session.say('once');
  server.answers(page.sent.shift(), page);
  page.loses();
  server.resumeMax = 10;
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  page.connects();
  page.settles();
  assert.deepEqual([page.unsent, page.texts.length, page.texts.includes('once')], [[], 50, false]);
});

test('a receipt that comes before its message shows it once, with the time of the log', () => {
  page.connects();
  page.settles();
  page.session.say('once');
  page.step();
  const [{ key }] = page.session.timeline.rows;
  assert.deepEqual([page.texts, page.unsent], [['once'], []]);
  page.hears();
  assert.deepEqual(page.texts, ['once']);
  const [row] = page.session.timeline.rows;
  assert.deepEqual([row.key, row.at], [key, server.log[0].at]);
});

test('what is refused says why, and lets the next go', () => {
  page.connects();
  page.settles();
  page.session.say('bad');
  page.session.say('good');
  const { cid } = last(page.sent);
  page.sent = [];
  page.gets({ type: 'error', code: 'too_long', text: 'a text of 9 characters', command: 'say', cid });
  assert.equal(page.session.outbox.find(cid).refused, 'a text of 9 characters');
  page.settles();
  assert.deepEqual([page.texts, page.unsent], [['good'], ['bad']]);
  page.session.sayAgain(cid);
  page.settles();
  assert.deepEqual([page.texts, page.unsent], [['good', 'bad'], []]);
});

test('a refusal that could not say whose it is, is of what waits', () => {
  page.connects();
  page.settles();
  page.session.say('odd');
  page.gets({ type: 'error', code: 'bad_json', text: 'not a JSON object' });
  assert.equal(page.session.outbox.items[0].refused, 'not a JSON object');
});

test('what came too early goes by itself, and nothing overtakes it', () => {
  page.connects();
  page.settles();
  page.session.say('one');
  page.session.say('two');
  const { cid } = last(page.sent);
  page.sent = [];
  page.gets({ type: 'error', code: 'slow_down', text: 'wait 1.5 s', command: 'say', cid, retry_after: 1.5 });
  page.session.say('three');
  page.passes(1_499);
  assert.equal(page.sent.length, 0);
  page.passes(1);
  page.settles();
  assert.deepEqual([page.texts, page.unsent], [['one', 'two', 'three'], []]);
});

test('a server that does not answer is doubted', () => {
  page.connects();
  page.passes(ANSWER_MS_MAX);
  assert.deepEqual(page.calls, [['doubt']], 'no answer to hello');
  page.settles();
  page.session.say('hello?');
  page.passes(ANSWER_MS_MAX);
  assert.equal(page.calls.filter(([what]) => what === 'doubt').length, 2);
});

test('a server that cannot let us in is asked again when it said', () => {
  page.connects();
  page.sent = [];
  page.gets({ type: 'error', code: 'unavailable', text: 'the disk is full', command: 'hello', retry_after: 5 });
  assert.deepEqual(page.calls, [['refused', 'the disk is full']]);
  page.passes(4_999);
  assert.equal(page.sent.length, 0);
  page.passes(1);
  page.settles();
  assert.ok(page.session.isReady);
});

test('a name that this server does not allow is let go of', () => {
  page.keeps.lasting.set('name', 'Admin');
  page.connects();
  page.sent = [];
  page.gets({ type: 'error', code: 'name_taken', text: 'kept for the server', command: 'hello' });
  assert.equal(last(page.sent).name, undefined);
  page.settles();
  assert.ok(page.session.isReady);
});

test('a name is taken when the server says so', () => {
  assert.equal(page.session.rename('Ada'), false, 'not before there is a connection');
  page.connects();
  page.settles();
  page.session.rename('Ada');
  page.gets({ type: 'error', code: 'name_taken', text: 'somebody has this name', command: 'name' });
  assert.deepEqual(page.calls.at(-1), ['name refused', 'somebody has this name']);
  assert.equal(page.session.me.name, 'Guest 1');
  page.settles();
  assert.equal(page.session.me.name, 'Ada');
  assert.equal(page.keeps.lasting.get('name'), 'Ada');
});

test('what is of another room, or unknown, changes nothing', () => {
  page.connects();
  page.settles();
  page.gets({ type: 'message', room: 'other', seq: 9, at: 9, from: bob, text: 'not here' }, { type: 'new thing' });
  assert.deepEqual(page.texts, []);
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`whatever breaks, whenever: each message is said once, in its order, and everyone sees the same (seed ${seed})`, () => {
    const random = seeded(seed);
    const pages = [1, 2, 3].map(() => new Page(server, undefined, random));
    const written = pages.map(() => []);
    for (let step = 0; step < 3_000; step++) {
      const n = Math.floor(random() * pages.length);
      const one = pages[n];
      const chance = random();
      if (chance < 0.15) {
        written[n].push(`${n} says ${step}`);
        one.session.say(`${n} says ${step}`);
      } else if (chance < 0.2) {
        // The connection breaks: what was under way is lost, before the server or after it.
        if (one.sent.length && random() < 0.5) server.answers(one.sent.shift(), one);
        one.loses();
      } else if (chance < 0.3) {
        if (!one.isConnected) one.connects();
      } else if (chance < 0.65) {
        one.step();
      } else if (one.isConnected && one.session.isReady) {
        one.hears();
      }
    }
    for (const one of pages) {
      one.loses();
      one.connects();
      one.settles();
    }
    for (const one of pages) {
      one.hears();
      assert.deepEqual(one.unsent, []);
      while (one.session.timeline.hasOlder) {
        one.session.loadOlder();
        one.step();
      }
      assert.deepEqual(one.texts, server.log.map(({ text }) => text));
    }
    const of = (n) => server.log.map(({ text }) => text).filter((text) => text.startsWith(`${n} `));
    written.forEach((texts, n) => assert.deepEqual(of(n), texts));
  });
}
