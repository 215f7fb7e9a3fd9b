import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parse } from '../../web/model/markup.js';
import { MENTIONED_MAX, mentions, mentionsIn, peopleOf, renamed } from '../../web/model/mentions.js';
import { Page, Server } from './fake_server.js';

const isMentioned = (name, text, others = []) => mentions(text, { names: [...others, ...(name ? [name] : [])], me: name });

test('a mention is a name after an @, in any case, up to the end of a word', () => {
  const cases = [
    ['Ada', '@ada', true],
    ['Ada', '@ADA, tea?', true],
    ['Ada', '(@Ada)', true],
    ['Ada', 'Ada, tea?', false],
    ['Ada', '@Adam', false],
    ['Ada', '@Ada_2', false],
    ['Ada', '@Ada2', false],
    ['Ada', '@Adam or @Ada', true],
    ['Ada', 'mail me: bob@ada.org', false],
    ['Ada L.', 'ask @ada l. about it', true],
    ['Ada L.', '@Ada Lx', false],
    ['Ärzte', '@ärzte!', true],
    ['Zoe', '@Zoe\u0301', false],
    ['Zoé', '@zoe\u0301 is here', true],
    ['Jo', '@Joé', false],
    ['Иван', 'привет @иван', true],
    ['Иван', '@Иванов', false],
    ['(^_^)', 'look, @(^_^) is here', true],
    ['a.b', '@axb', false],
    ['نادية', 'صباح الخير @نادية', true],
  ];
  for (const [name, text, is] of cases) assert.equal(isMentioned(name, text), is, `${name}: ${text}`);
});

test('where a script has no spaces, a name ends anywhere', () => {
  for (const [name, text] of [['花子', '@花子、お茶?'], ['花子', 'ねえ@花子さん'], ['Ada', '@Adaさん']]) {
    assert.ok(isMentioned(name, text), text);
  }
});

test('who has no name yet is not mentioned', () => {
  assert.deepEqual([isMentioned(undefined, '@ hello'), isMentioned('', '@ hello')], [false, false]);
});

test('only what is shown as a mention is one', () => {
  const cases = [
    ['`@Ada`', false],
    ['``a @Ada``', false],
    ['```\n@Ada\n```', false],
    ['```js\n@Ada```', false],
    ['https://x.example/@Ada/post', false],
    ['xhttps://x.example/@Ada', false],
    ['x.example/@Ada', false],
    ['`@Ada` and @Ada', true],
    ['https://x.example/@Bob, @Ada', true],
    ['*@Ada*', true],
    ['**so *very @Ada***', true],
    ['❤️@Ada', true],
    ['1️⃣@Ada', true],
    ['`@Ada', true],
  ];
  for (const [text, is] of cases) assert.equal(isMentioned('Ada', text), is, text);
});

test('whoever has a longer name is meant by it', () => {
  const others = ['Ada Lovelace', 'Adam', 'Ada L.'];
  for (const text of ['@Ada Lovelace', '@ada lovelace?', '@ADA L.', 'hi *@Ada Lovelace*']) assert.ok(!isMentioned('Ada', text, others), text);
  for (const text of ['@Ada', '@Ada Love', '@Ada Lovelace, @Ada']) assert.ok(isMentioned('Ada', text, others), text);
  assert.ok(isMentioned('Ada Lovelace', '@Ada Lovelace', ['Ada']));
});

// As people

const ada = { id: 'ada', name: 'Ada' };
const bob = { id: 'bob', name: 'Bob' };
const lovelace = { id: 'lovelace', name: 'Ada Lovelace' };

test('a text means the people whose names are shown as mentions in it, as they are written', () => {
  const people = [ada, bob, lovelace, { id: 'zoe', name: 'Zo\u00e9' }];
  const cases = [
    ['@Bob, tea?', { Bob: 'bob' }],
    ['@BOB and @bob', { BOB: 'bob', bob: 'bob' }],
    ['@Ada Lovelace and @Ada', { 'Ada Lovelace': 'lovelace', Ada: 'ada' }],
    ['> **@Bob**\n- @Ada', { Bob: 'bob', Ada: 'ada' }],
    ['@zoe\u0301', { 'zoe\u0301': 'zoe' }],
    ['`@Bob` bob@Ada @Eve', undefined],
    ['Bob', undefined],
  ];
  for (const [text, means] of cases) assert.deepEqual(mentionsIn(text, people), means, text);
});

test('of two who had a name the first is meant; and no more people than a message may mention', () => {
  assert.deepEqual(mentionsIn('@Bob', [bob, { id: 'other', name: 'Bob' }]), { Bob: 'bob' });
  const many = Array.from({ length: 30 }, (_, n) => ({ id: `id ${n}`, name: `Guest ${n}` }));
  const text = many.map(({ name }) => `@${name}`).join(' ');
  assert.equal(Object.keys(mentionsIn(text, many)).length, MENTIONED_MAX);
  assert.deepEqual(mentionsIn('@__proto__', [{ id: 'odd', name: '__proto__' }]), JSON.parse('{"__proto__":"odd"}'));
});

test('what is edited is written with the names that people have now', () => {
  const names = { names: ['Bob', 'Ada', 'Ada Lovelace'], now: ['Robert', 'Ada', undefined] };
  assert.equal(renamed('@Bob, @Bobby, @bob: @Ada @Ada Lovelace `@Ada`', names), '@Robert, @Bobby, @bob: @Ada @Ada Lovelace `@Ada`');
});

/** Ada's page, in a room with Bob, who is here, and Cleo, who said something once. */
function chat() {
  const server = new Server();
  server.says({ id: 'cleo', name: 'Cleo' }, 'first');
  const page = new Page(server);
  page.arrives();
  page.gets({ type: 'people', room: 'lobby', count: 2, joined: [bob] });
  const { me } = page.session;
  const room = page.room();
  const hears = (text, people) => {
    server.says(bob, text, 'lobby', { mentions: people });
    page.hears();
    return room.timeline.messages.at(-1);
  };
  /** How a message is shown: names in brackets, the reader's in double ones. */
  const shown = ({ text, mentions: people }) => parse(text, room.mentionNames(text, people))
    .map((node) => (node.kind === 'mention' ? (node.isMe ? `[[${node.now ?? node.text}]]` : `[${node.now ?? node.text}]`) : node)).join('');
  return { server, page, room, me, hears, shown };
}

test('a message that says whom it means means them alone, whatever they and others are called', () => {
  const { page, room, me, hears, shown } = chat();
  const theirs = hears('@Bob, @Cleo and @Guest 1', { Bob: 'bob' });
  const mine = hears('@Once', { Once: me.id });
  assert.deepEqual([theirs, mine].map(shown), ['[@Bob], @Cleo and @Guest 1', '[[@Guest 1]]']);
  page.gets({ type: 'renamed', room: 'lobby', seq: 90, at: 1, by: bob, name: 'Robert' });
  page.gets({ type: 'people', room: 'lobby', count: 3, joined: [{ id: 'thief', name: 'Bob' }] });
  assert.equal(shown(theirs), '[@Robert], @Cleo and @Guest 1');
  assert.equal(shown({ text: '@bob', mentions: { bob: 'nobody known' } }), '[@bob]');
  assert.equal(shown({ text: '@robert', mentions: { robert: 'bob' } }), '[@robert]', 'another case is no other name');
  assert.equal(room.nameOf('cleo'), 'Cleo');
});

test('a mention is counted by the person where the message says who it is, and by letters where it does not', () => {
  const { page, room, me, hears } = chat();
  const addressed = () => page.received.map(({ message }) => message.addressesMe);
  hears('@Guest 1', { 'Guest 1': 'somebody else' });
  hears('@Once', { Once: me.id });
  hears('@Guest 1');
  assert.deepEqual(addressed(), [false, true, true]);
  assert.equal(room.unread.mentions.length, 2);
});

test('an edit changes whom a message mentions, for those who count it too', () => {
  const { server, page, room, me, hears } = chat();
  const { seq } = hears('@Once', { Once: me.id });
  server.changes(bob, 'edited', seq, { text: '@Once more', mentions: undefined });
  page.hears();
  assert.deepEqual([room.timeline.get(seq).mentions, room.unread.mentions], [undefined, []]);
  server.changes(bob, 'edited', seq, { text: '@Once more', mentions: { Once: me.id } });
  page.hears();
  assert.deepEqual([room.timeline.get(seq).mentions, room.unread.mentions], [{ Once: me.id }, [seq]]);
});

test('whom a message means is sent with it, also after a reload, and kept with it', () => {
  const { page, room, me } = chat();
  const people = peopleOf(room, me);
  assert.deepEqual(people.map(({ name }) => name).slice(0, 2), ['Bob', 'Guest 1']);
  assert.ok(people.some(({ id }) => id === 'cleo'));
  page.loses();
  room.say('@Bob @Cleo', undefined, mentionsIn('@Bob @Cleo', people));
  page.reloads();
  page.connects();
  page.step();
  assert.deepEqual(page.requests('say').map((said) => said.mentions), [{ Bob: 'bob', Cleo: 'cleo' }]);
  page.settles();
  const kept = () => page.room().timeline.messages.at(-1).mentions;
  assert.deepEqual(kept(), { Bob: 'bob', Cleo: 'cleo' });
  page.session.saveNow();
  page.reloads();
  assert.deepEqual(kept(), { Bob: 'bob', Cleo: 'cleo' });
});
