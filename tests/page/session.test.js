import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { ANSWER_MS_MAX } from '../../web/model/outbox.js';
import { Page, Server } from './fake_server.js';
import { seeded } from './seed.js';

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
  assert.deepEqual(page.texts(), ['hi']);
  page.loses();
  page.connects();
  const { token, name, rooms } = last(page.sent);
  assert.deepEqual({ token, name, rooms }, { token: 'token 1', name: 'Guest 1', rooms: { lobby: { epoch: 'one', since: server.log()[0].seq, at: server.log()[0].at } } });
});

test('the same person comes back after a reload', () => {
  page.connects();
  page.step();
  const { me } = page.session;
  page.reloads();
  assert.deepEqual(page.session.me, me, 'who one is is known before the server is there');
  page.connects();
  page.step();
  assert.deepEqual([page.session.me, server.users.size], [me, 1]);
});

test('an account has no token, a name that stays, and nothing of the account before', () => {
  page.connects();
  page.step();
  const token = page.storage.get('token');
  page.loses();
  page.room().say('written by somebody else');
  const cursor = page.room().cursor;
  assert.ok(cursor);
  page.connects();
  page.sent.shift();
  page.gets({ type: 'hello', user: { id: 'ada', name: 'Ada' }, limits: {}, name_fixed: true });
  assert.deepEqual([page.session.me, page.session.isNameFixed], [{ id: 'ada', name: 'Ada' }, true]);
  assert.equal(page.storage.get('token'), token, 'the guest of this browser is still there when nobody is signed in');
  assert.deepEqual(page.requests('say'), [], 'nobody says what another wrote');
  assert.ok(page.room().outbox.items[0].refused);
  assert.deepEqual(page.requests('join').map(({ epoch }) => epoch), [undefined], 'the room begins anew');
});

test('missed messages come once, between the old and the new ones', () => {
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
  assert.deepEqual(page.texts(), ['one', 'two', 'three', 'four']);
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
  assert.deepEqual(page.texts(), server.log().slice(-50).map(({ text }) => text));
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
  assert.deepEqual(page.texts(), server.log().map(({ text }) => text));
});

test('a reset shows the latest messages, and older ones can be loaded', () => {
  page.connects();
  page.settles();
  server.says(bob, 'long ago');
  page.hears();
  page.loses();
  server.resumeMax = 10;
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  page.connects();
  page.step();
  assert.equal(page.texts().length, 50);
  assert.ok(page.room().timeline.hasOlder);
  page.more.loader.loadOlder(page.room());
  page.more.loader.loadOlder(page.room());
  assert.equal(page.sent.length, 1, 'it is asked once');
  page.step();
  assert.deepEqual(page.texts(), server.log().map(({ text }) => text));
  assert.ok(!page.room().timeline.hasOlder);
});

test('another log in place of the one before is shown from its own beginning', () => {
  for (let n = 1; n <= 9; n++) server.says(bob, `${n}`);
  page.connects();
  page.settles();
  page.loses();
  server.forgets();
  server.says(bob, 'anew');
  page.connects();
  page.step();
  assert.deepEqual(page.texts(), ['anew']);
  page.loses();
  server.says(bob, 'more');
  page.connects();
  page.step();
  assert.deepEqual(page.texts(), ['anew', 'more']);
  assert.equal(page.room().timeline.rows.length, 2);
});

test('a room begins anew where the last number that was heard is another entry’s now', () => {
  server.says(bob, 'lost');
  page.connects();
  page.settles();
  page.loses();
  page.connects();
  page.step();
  assert.deepEqual(page.texts(), ['lost']);
  page.loses();
  Object.assign(server.log()[0], { text: 'another', at: 1_500 });
  page.connects();
  page.step();
  assert.deepEqual(page.texts(), ['another']);
});

test('who knows more of the chat than the server has, by a receipt or another room, begins anew, once', () => {
  page.session.open('tea');
  page.arrives();
  server.says(bob, 'here');
  page.hears();
  page.room('tea').say('there');
  page.step(); // Its receipt is heard, and not the message.
  page.session.saveNow();
  page.reloads();
  page.connects();
  assert.equal(last(page.sent).known, 2);
  page.loses();
  server.loses('tea');
  page.connects();
  page.step();
  assert.deepEqual([page.texts(), page.texts('tea')], [['here'], []]);
  page.loses();
  page.connects();
  assert.equal(last(page.sent).known, 1);
});

test('messages stay when a server without history comes back, and a notice says that some may be missing', () => {
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
  assert.equal(page.texts().length, 3);
  assert.deepEqual([page.texts()[0], page.texts()[2]], ['before', 'after']);
  assert.match(page.texts()[1], /may be missing/);
  assert.ok(!page.room().timeline.hasOlder);
});

test('a message is shown at once, and sent when the room is ready', () => {
  page.room().say('early');
  assert.deepEqual([page.unsent(), page.received.length], [['early'], 1]);
  page.connects();
  page.room().say('still early');
  assert.equal(page.sent.length, 1, 'not before the resume: it may be in there already');
  page.settles();
  assert.deepEqual([page.unsent(), page.texts(), page.received.length], [[], ['early', 'still early'], 2]);
});

test('messages keep their order: the next goes when the last is answered', () => {
  page.connects();
  page.settles();
  for (const text of ['one', 'two', 'three']) page.room().say(text);
  assert.equal(page.sent.length, 1);
  page.settles();
  assert.deepEqual(page.texts(), ['one', 'two', 'three']);
});

test('a message that is in the log is not said again, though its receipt was lost', () => {
  page.connects();
  page.settles();
  page.room().say('once');
  server.answers(page.sent.shift(), page);
  page.loses();
  page.connects();
  page.settles();
  assert.deepEqual([server.log().length, page.unsent(), page.texts()], [1, [], ['once']]);
});

test('a receipt of a message from long ago puts no copy of it at the end', () => {
  page.connects();
  page.settles();
  page.room().say('once');
  server.answers(page.sent.shift(), page);
  page.loses();
  server.resumeMax = 10;
  for (let n = 1; n <= 120; n++) server.says(bob, `${n}`);
  page.connects();
  page.settles();
  assert.deepEqual([page.unsent(), page.texts().length, page.texts().includes('once')], [[], 50, false]);
});

test('a receipt that comes before its message shows it once, with the time of the log', () => {
  page.connects();
  page.settles();
  page.room().say('once');
  page.step();
  const [{ key }] = page.room().timeline.rows;
  assert.deepEqual([page.texts(), page.unsent()], [['once'], []]);
  page.hears();
  assert.deepEqual(page.texts(), ['once']);
  const [row] = page.room().timeline.rows;
  assert.deepEqual([row.key, row.at], [key, server.log()[0].at]);
});

test('a refused message says why, and lets the next go', () => {
  page.connects();
  page.settles();
  page.room().say('bad');
  page.room().say('good');
  const { cid } = last(page.sent);
  page.sent = [];
  page.gets({ type: 'error', code: 'too_long', text: 'a text of 9 characters', command: 'say', cid });
  assert.equal(page.room().outbox.find(cid).refused, 'a text of 9 characters');
  page.settles();
  assert.deepEqual([page.texts(), page.unsent()], [['good'], ['bad']]);
  page.room().say(page.room().discard(cid).text);
  page.settles();
  assert.deepEqual([page.texts(), page.unsent()], [['good', 'bad'], []]);
});

test('an error without a cid is about the message that waits', () => {
  page.connects();
  page.settles();
  page.room().say('odd');
  page.gets({ type: 'error', code: 'bad_json', text: 'not a JSON object' });
  assert.equal(page.room().outbox.items[0].refused, 'not a JSON object');
});

test('a message that waits when the application ends the connection stays to be sent', () => {
  page.arrives();
  page.room().say('tea?');
  page.gets({ type: 'error', code: 'closed', text: 'the account was deleted' });
  assert.deepEqual(page.room().outbox.items.map(({ refused }) => refused), [undefined]);
  assert.deepEqual(page.calls.at(-1), ['refused', 'the account was deleted', 'closed']);
});

test('a message that came too early is sent again, and nothing overtakes it', () => {
  page.connects();
  page.settles();
  page.room().say('one');
  page.room().say('two');
  const { cid } = last(page.sent);
  page.sent = [];
  page.gets({ type: 'error', code: 'slow_down', text: 'wait 1.5 s', command: 'say', cid, retry_after: 1.5 });
  page.room().say('three');
  page.passes(1_499);
  assert.equal(page.sent.length, 0);
  page.passes(1);
  page.settles();
  assert.deepEqual([page.texts(), page.unsent()], [['one', 'two', 'three'], []]);
});

for (const more of [{ retry_after: 2 }, {}]) {
  test(`what was sent before stays the same message where the server cannot take it now: ${JSON.stringify(more)}`, () => {
    page.arrives();
    page.room().say('tea?');
    const { cid } = last(page.sent);
    page.loses();
    page.connects();
    page.step();
    assert.equal(last(page.sent).cid, cid);
    page.sent = [];
    page.gets({ type: 'error', code: 'unavailable', text: 'the disk is full', command: 'say', cid, ...more });
    assert.deepEqual(page.room().outbox.items.map(({ refused }) => refused), [undefined]);
    // What the first connection had sent is in the log now.
    server.says(page.session.me, 'tea?', 'lobby', { cid });
    page.passes(10_000);
    page.settles();
    assert.deepEqual([page.texts(), page.unsent(), server.log().length], [['tea?'], [], 1]);
  });
}

test('a server that does not answer is checked', () => {
  const doubts = () => page.calls.filter(([what]) => what === 'doubt').length;
  page.connects();
  page.passes(ANSWER_MS_MAX - 1);
  assert.equal(doubts(), 0);
  page.passes(1);
  assert.equal(doubts(), 1, 'no answer to hello');
  page.settles();
  page.room().say('hello?');
  page.passes(ANSWER_MS_MAX);
  assert.equal(doubts(), 2);
});

test('a server that cannot let us in is asked again when it said', () => {
  page.connects();
  page.sent = [];
  page.gets({ type: 'error', code: 'unavailable', text: 'the disk is full', command: 'hello', retry_after: 5 });
  assert.deepEqual(page.calls, [['refused', 'the disk is full', 'unavailable']]);
  page.passes(4_999);
  assert.equal(page.sent.length, 0);
  page.passes(1);
  page.settles();
  assert.ok(page.session.isReady && page.room().isReady);
});

test('a room that the server cannot open yet is asked for again when it said; the others are there', () => {
  page.arrives();
  page.session.open('tea');
  page.sent = [];
  page.gets({ type: 'error', code: 'unavailable', text: 'the disk is full', command: 'join', retry_after: 5 });
  assert.deepEqual([page.calls.at(-1), page.room().isReady], [['refused', 'the disk is full', 'unavailable'], true]);
  page.passes(5_000);
  assert.deepEqual(page.requests('join'), [{ type: 'join', room: 'tea', known: 0 }]);
  page.settles();
  assert.ok(page.room('tea').isReady);
});

test('a device that was ended does not say hello again by itself, and begins anew with nothing of before', () => {
  page.storage.set('token', 'of before');
  page.storage.set('id', 'somebody');
  page.connects();
  page.room().say('tea?');
  page.sent = [];
  page.gets({ type: 'error', code: 'ended', text: 'this device was ended', command: 'hello' });
  page.passes(60_000);
  assert.deepEqual(page.sent, []);
  assert.deepEqual(page.calls.at(-1), ['refused', 'this device was ended', 'ended']);
  page.session.link = { device: 'Firefox, Linux' };
  page.session.opened();
  assert.equal(last(page.sent).token, undefined);
  page.settles();
  assert.deepEqual(page.room().outbox.items.map(({ refused }) => Boolean(refused)), [true], 'what somebody else wrote');
});

test('another device of which the server tells before there are parts for it is not forgotten', () => {
  page.session.parts = undefined;
  page.connects();
  const linked = { type: 'linked', id: 'a', device: 'Firefox, Android', at: 1 };
  page.gets(linked);
  assert.deepEqual(page.session.linked, [linked]);
});

test('a name that this server does not allow is let go of', () => {
  page.storage.set('name', 'Admin');
  page.connects();
  page.sent = [];
  page.gets({ type: 'error', code: 'name_taken', text: 'kept for the server', command: 'hello' });
  assert.equal(last(page.sent).name, undefined);
  page.settles();
  assert.ok(page.session.isReady);
});

test('a name is taken when the server says so, and it says why not', async () => {
  await assert.rejects(page.more.requests.rename('Ada'), { code: 'closed' }, 'not before there is a connection');
  page.arrives();
  const refused = page.more.requests.rename('Admin');
  page.sent = [];
  page.gets({ type: 'error', code: 'name_taken', text: 'kept for the server', command: 'name' });
  await assert.rejects(refused, { code: 'name_taken', message: 'kept for the server' });
  assert.equal(page.session.me.name, 'Guest 1');
  const taken = page.more.requests.rename('Ada');
  page.settles();
  await taken;
  assert.deepEqual([page.session.me.name, page.storage.get('name')], ['Ada', 'Ada']);
  const lost = page.more.requests.rename('Cleo');
  page.loses();
  await assert.rejects(lost, { code: 'closed' });
});

test('a search has the answer to it, or why there is none', async () => {
  const found = (query) => ({ type: 'found', query, entries: [], more: false });
  await assert.rejects(page.more.requests.search('tea'), { code: 'closed' });
  page.arrives();
  const [one, bad, two] = ['one', '"', 'two'].map((query) => page.more.requests.search(query, { room: 'lobby', before: 9 }));
  assert.deepEqual(page.requests('search')[0], { type: 'search', query: 'one', room: 'lobby', before: 9 });
  page.gets(found('one'), { type: 'error', code: 'bad_query', text: 'a query needs words', command: 'search' }, found('two'));
  assert.equal((await one).query, 'one');
  await assert.rejects(bad, { code: 'bad_query', message: 'a query needs words' });
  assert.equal((await two).query, 'two');
  const lost = page.more.requests.search('three');
  page.loses();
  await assert.rejects(lost, { code: 'closed' });
});

test('rooms share the connection, and nothing else', () => {
  page.session.open('tea');
  page.arrives();
  server.says(bob, 'here');
  server.says(bob, 'there', 'tea');
  page.room('tea').say('mine');
  page.settles();
  assert.deepEqual([page.texts(), page.texts('tea')], [['here'], ['there', 'mine']]);
  page.loses();
  page.connects();
  const { epoch } = server;
  assert.deepEqual(last(page.sent).rooms, { lobby: { epoch, since: 1, at: 1_000 }, tea: { epoch, since: 3, at: 3_000 } });
});

test('a room opened later is joined then, or with the hello', () => {
  page.connects();
  page.session.open('tea');
  page.settles();
  page.session.open('garden');
  page.session.open('tea');
  assert.deepEqual(page.sent.map((line) => JSON.parse(line).room), ['garden'], 'one that is open is not joined again');
  page.settles();
  assert.ok(['lobby', 'tea', 'garden'].every((name) => page.room(name).isReady));
  page.reloads();
  assert.deepEqual([...page.session.rooms.keys()], ['lobby', 'tea', 'garden'], 'the list is there after a reload');
});

test('a room that was left is gone, and begins anew when it is opened again', () => {
  page.session.open('tea');
  page.arrives();
  server.says(bob, 'before', 'tea');
  page.hears();
  page.session.saveNow();
  page.session.leave('tea');
  page.settles();
  server.says(bob, 'not for us', 'tea');
  page.hears();
  page.passes(60_000);
  assert.deepEqual([[...page.session.rooms.keys()], page.store.kept.rooms.map(({ name }) => name)], [['lobby'], ['lobby']]);
  page.session.open('tea');
  assert.deepEqual([last(page.sent), page.texts('tea')], [{ type: 'join', room: 'tea', known: 1 }, []]);
  page.settles();
  assert.deepEqual(page.texts('tea'), ['before', 'not for us']);
});

test('events of a room that was left leave no hole in it when it is opened again', () => {
  page.session.open('tea');
  page.arrives();
  for (const text of ['one', 'two']) server.says(bob, text, 'tea');
  page.hears();
  page.loses();
  server.says(bob, 'three', 'tea');
  page.connects();
  const told = server.answers(page.sent.shift(), page);
  page.session.leave('tea');
  page.session.open('tea');
  page.gets(...told);
  assert.deepEqual([page.texts('tea'), page.room('tea').isReady], [[], false]);
  page.settles();
  assert.deepEqual(page.texts('tea'), ['one', 'two', 'three']);
});

test('a room that is left drops its unsent messages', () => {
  page.session.open('tea').say('never mind');
  page.session.leave('tea');
  assert.deepEqual(page.store.kept.outbox, []);
  page.reloads();
  assert.deepEqual([...page.session.rooms.keys()], ['lobby']);
  page.session.open('tea').say('kept');
  page.reloads();
  page.session.leave('tea');
  page.session.open('tea');
  page.arrives();
  assert.deepEqual(page.texts('tea'), [], 'nor does it come again with what was kept');
});

test('events of other rooms or of unknown types change nothing', () => {
  page.arrives();
  page.gets({ type: 'message', room: 'other', seq: 9, at: 9, from: bob, text: 'not here' }, { type: 'new thing' });
  assert.deepEqual(page.texts(), []);
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`whatever breaks, whenever: each message is said once, in its order, and everyone sees the same (seed ${seed})`, () => {
    const random = seeded(seed);
    const one = (list) => list[Math.floor(random() * list.length)];
    const names = ['lobby', 'tea'];
    const pages = [1, 2, 3].map(() => new Page(server, random, names));
    /** What was written, and what of it need not arrive: it was not sent yet when its room was left. */
    const written = pages.map(() => ({ lobby: [], tea: [] }));
    const unsure = new Set();
    const ignore = () => {};

    const events = [
      [15, (page, name, n) => {
        const text = `${n} says ${written[n][name].length} in ${name}`;
        written[n][name].push(text);
        page.session.open(name).say(text);
      }],
      [5, (page) => {
        // The connection breaks: what was under way is lost, before the server or after it.
        if (random() < 0.5) page.step(true);
        page.loses();
      }],
      [10, (page) => page.isConnected || page.connects()],
      [35, (page) => page.step()],
      [25, (page) => page.session.isReady && page.hears()],
      [3, (page) => {
        // Too early.
        if (!page.sent.length || page.requests('hello').length) return;
        const [{ type, cid }] = page.sent.splice(0, 1).map((line) => JSON.parse(line));
        if (['say', 'edit', 'delete', 'react', 'history'].includes(type)) {
          page.gets({ type: 'error', code: 'slow_down', text: 'wait', command: type, cid, retry_after: 0.5 });
        }
      }],
      [2, (page) => page.passes(random() * 3_000)],
      [6, (page, name) => {
        const room = page.room(name);
        const row = room && one(room.timeline.messages);
        if (!row) return;
        const what = random();
        if (row.isMine && what < 0.3) page.more.requests.change(room, 'edit', { seq: row.seq, text: `${row.text}!` }).catch(ignore);
        else if (row.isMine && what < 0.35) page.more.requests.change(room, 'delete', { seq: row.seq }).catch(ignore);
        else page.more.requests.change(room, 'react', { seq: row.seq, emoji: '\u{1f44d}', on: random() < 0.7 }).catch(ignore);
      }],
      [2, (page, name) => {
        const room = page.room(name);
        if (!room) return;
        if (random() < 0.5) room.unread.isWatched = !room.unread.isWatched;
        else if (room.timeline.messages.length) room.markRead(one(room.timeline.messages).seq);
      }],
      [1, (page, name) => {
        for (const { text } of page.room(name)?.outbox.items ?? []) unsure.add(text);
        page.session.leave(name);
      }],
      [2, (page, name) => page.session.open(name)],
      [1, (page) => {
        if (random() < 0.5) page.session.saveNow();
        page.reloads();
      }],
      [1, (page, name) => {
        if (page.room(name)) page.more.loader.loadOlder(page.room(name));
      }],
      [1, (page, name) => {
        const room = page.room(name);
        if (room?.timeline.messages.length) page.more.loader.show(room, 1 + Math.floor(random() * room.timeline.newest));
      }],
      [1, (page, name) => page.room(name)?.timeline.trim(20, random() < 0.5 ? Infinity : 3, true)],
    ];
    const chances = events.reduce((sum, [chance]) => sum + chance, 0);

    for (let step = 0; step < 4_000; step++) {
      const n = Math.floor(random() * pages.length);
      let left = random() * chances;
      const [, happens] = events.find(([chance]) => (left -= chance) < 0);
      happens(pages[n], one(names), n);
    }

    for (const page of pages) {
      page.loses();
      for (const name of names) page.session.open(name);
      page.connects();
      for (let round = 0; round < 40; round++) {
        page.settles();
        page.passes(1_000);
      }
    }
    for (const [n, page] of pages.entries()) {
      page.settles();
      for (const name of names) {
        const room = page.room(name);
        const { timeline } = room;
        assert.deepEqual(page.unsent(name), []);
        page.more.loader.loadLatest(room);
        page.settles();
        while (timeline.hasOlder) {
          page.more.loader.loadOlder(room);
          assert.ok(page.step());
        }
        const seen = ({ seq, text = '', deleted = false, reactions = {} }) => [seq, text, deleted, Object.entries(reactions).map(([emoji, { count, me }]) => [emoji, count, Boolean(me)])];
        const me = page.session.me.id;
        const log = server.present(name, me);
        assert.deepEqual(timeline.rows.map(seen), log.map(seen));
        const unread = server.unread(me, name, room.unread.marker);
        assert.ok(room.unread.count >= unread, `${room.unread.count} of ${unread} are unread`);
        const before = room.unread.marker;
        room.markRead(log.at(-3).seq);
        if (room.unread.marker > before) assert.equal(room.unread.count, server.unread(me, name, room.unread.marker));
        const mine = server.log(name).filter(({ from }) => from?.id === me);
        const said = mine.map(({ cid }) => cid);
        assert.equal(new Set(said).size, said.length);
        const texts = mine.map(({ text }) => text);
        assert.deepEqual(written[n][name].filter((text) => !unsure.has(text) || texts.includes(text)), texts);
      }
    }
  });
}
