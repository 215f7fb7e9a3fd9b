import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { invitationOf } from '../../web/model/address.js';
import { parseLink } from '../../web/model/chat-links.js';
import { invitedAs, isModerator, NEVER, rolesFor } from '../../web/model/rights.js';
import { Page, Server } from './fake_server.js';

const CODE = 'okyjdU-RLBxxD-dK_2MysQ';

let page;
const greet = (more) => page.gets({ type: 'hello', user: { id: 'ada', name: 'Ada' }, token: 't', limits: {}, ...more });
const hello = () => page.requests('hello').at(-1);

beforeEach(() => {
  page = new Page(new Server());
  page.connects();
});

test('an invitation is read from the address, and no link within the page', () => {
  assert.equal(invitationOf(`https://chat.example/r/tea#invite=${CODE}`), CODE);
  for (const hash of ['', '#invite=', '#invite=short', `#device=${CODE}`, `#invite=${CODE}/x`]) {
    assert.equal(invitationOf(`https://chat.example/${hash}`), undefined, hash);
  }
  assert.deepEqual(parseLink('/r/tea', 'https://chat.example/'), { room: 'tea', seq: undefined });
  assert.equal(parseLink(`/r/tea#invite=${CODE}`, 'https://chat.example/'), undefined);
});

test('an invitation goes with each hello until one went well', () => {
  page.loses();
  page.storage.set('invitation', CODE);
  page.connects();
  assert.equal(hello().invitation, CODE);
  page.loses();
  page.connects();
  assert.equal(hello().invitation, CODE, 'the connection broke before the answer');
  greet({ role: 'member' });
  assert.deepEqual([page.session.role, page.storage.get('invitation')], ['member', undefined]);
  page.loses();
  page.connects();
  assert.equal(hello().invitation, undefined);
});

test('an invitation that was no good is told of, where the reader comes in without it', () => {
  greet({});
  page.gets({ type: 'error', code: 'bad_invitation', text: 'too old', command: 'invite' });
  assert.deepEqual([page.session.linkRefusal.code, page.session.barred], ['bad_invitation', undefined]);
});

test('the password goes with the next hello alone, and with it again where the connection broke before the answer', () => {
  page.gets({ type: 'error', code: 'password_needed', text: 'no', command: 'hello' });
  assert.deepEqual([page.session.barred, page.session.asksPassword], ['password_needed', true]);
  assert.equal(hello().password, undefined);
  page.session.password = 'tea for two';
  page.loses();
  page.connects();
  page.loses();
  page.connects();
  assert.equal(hello().password, 'tea for two');
  page.gets({ type: 'error', code: 'wrong_password', text: 'no', command: 'hello' });
  assert.deepEqual([page.session.barred, page.session.asksPassword, page.session.password], ['wrong_password', true, undefined]);
  page.loses();
  page.connects();
  assert.equal(hello().password, undefined, 'it is not tried again by itself');
  page.session.password = 'tea for 2';
  page.loses();
  page.connects();
  greet({ role: 'member', guests: 'password' });
  assert.deepEqual([page.session.asksPassword, page.session.password, page.session.mayWrite], [false, undefined, true]);
});

test('after too many wrong passwords the page says when one may be given again, and gives none by itself', () => {
  page.gets({ type: 'error', code: 'password_needed', text: 'no', command: 'hello' });
  page.session.password = 'tea for two';
  page.loses();
  page.connects();
  const hellos = page.requests('hello').length;
  page.gets({ type: 'error', code: 'slow_down', text: 'no', command: 'hello', retry_after: 2 });
  assert.deepEqual([page.session.barred, page.session.triesAt - page.time], ['wrong_password', 2_000]);
  page.passes(60_000);
  assert.equal(page.requests('hello').length, hellos);
});

for (const [code, command] of [['banned', 'hello'], ['banned', undefined], ['invitation_needed', 'hello'], ['bad_invitation', 'hello'],
  ['password_needed', 'hello'], ['wrong_password', 'hello']]) {
  test(`${code} ${command ? 'to a hello' : 'before a close'} bars the reader, and nothing is asked again by itself`, () => {
    page.storage.set('invitation', CODE);
    page.room().say('not sent yet');
    page.gets({ type: 'error', code, text: 'no', command });
    assert.deepEqual(page.calls.filter(([what]) => what === 'refused'), [['refused', 'no', code]]);
    assert.equal(page.session.barred, code);
    assert.equal(page.storage.get('invitation'), code === 'bad_invitation' ? undefined : CODE);
    assert.equal(page.room().outbox.items[0].refused, undefined, 'it may be in the log');
    const hellos = page.requests('hello').length;
    page.passes(60_000);
    assert.equal(page.requests('hello').length, hellos);
    page.loses();
    page.connects();
    greet({});
    assert.equal(page.session.barred, undefined);
  });
}

test('who may write: by the role, the door, and what they are told of both', () => {
  for (const [more, may] of [
    [{}, true], [{ guests: 'read' }, false], [{ guests: 'closed' }, false], [{ guests: 'password' }, false], [{ guests: 'read', role: 'member' }, true],
    [{ role: 'owner', muted: page.time + 1 }, false], [{ muted: NEVER }, false], [{ muted: page.time }, true],
  ]) {
    greet(more);
    assert.equal(page.session.mayWrite, may, JSON.stringify(more));
  }
  greet({});
  page.gets({ type: 'door', guests: 'read' });
  assert.equal(page.session.mayWrite, false);
  page.gets({ type: 'standing', role: 'moderator' });
  assert.equal(page.session.mayWrite, true);
  page.gets({ type: 'standing', role: 'moderator', muted: page.time + 5_000 });
  assert.equal(page.session.mayWrite, false);
  page.passes(5_000);
  assert.equal(page.session.mayWrite, true, 'nobody tells of the end');
  page.gets({ type: 'standing', role: 'guest' }, { type: 'door', guests: 'write' });
  assert.deepEqual([page.session.role, page.session.mayWrite], ['guest', true]);
});

test('what waits and may not be said is there to be said again', () => {
  for (const code of ['muted', 'read_only', 'invitation_needed', 'banned']) {
    page = new Page(new Server());
    page.arrives();
    page.room().say('later');
    const [{ cid }] = page.requests('say');
    page.gets({ type: 'error', code, text: 'no', command: 'say', cid });
    assert.deepEqual(page.room().outbox.items.map((item) => [item.text, item.code]), [['later', code]]);
    assert.equal(page.session.barred, undefined, code);
  }
});

test('commands of moderators have their answers, in their order', async () => {
  greet({ role: 'owner' });
  const { requests } = page.more;
  const user = { id: 'bob', name: 'Bob' };
  const all = [
    requests.govern('person', { user: 'bob' }), requests.govern('mute', { user: 'bob', seconds: 60 }), requests.govern('ban', { user: 'eve' }),
    requests.govern('role', { user: 'bob', role: 'member' }), requests.govern('clear', { user: 'bob', seconds: 60 }),
    requests.govern('door', { guests: 'read' }), requests.govern('invite', { role: 'member' }), requests.govern('invitations', {}),
    requests.govern('end_invitation', { id: 'x' }), requests.govern('members', {}), requests.govern('audit', {}),
  ];
  page.gets(
    { type: 'person', user, role: 'guest' }, { type: 'person', user, role: 'guest', muted: 5 },
    { type: 'error', code: 'not_allowed', text: 'no', command: 'ban' }, { type: 'person', user, role: 'member' },
    { type: 'cleared', user, count: 2, more: false }, { type: 'door', guests: 'read' }, { type: 'invitation', room: 'lobby', code: CODE, id: 'x', role: 'member' },
    { type: 'invitations', invitations: [1] }, { type: 'invitations', invitations: [] }, { type: 'members', people: [] }, { type: 'audit', entries: [], more: false },
  );
  const answers = (await Promise.allSettled(all)).map(({ value, reason }) =>
    value?.role ?? value?.count ?? value?.guests ?? value?.invitations?.length ?? value?.type ?? reason.code);
  assert.deepEqual(answers, ['guest', 'guest', 'not_allowed', 'member', 2, 'read', 'member', 1, 0, 'members', 'audit']);
  assert.equal(page.session.guests, 'read', 'the answer is news as well');
});

test('nobody is offered what their role does not allow', () => {
  const offered = (role) => ['guest', 'member', 'moderator', 'owner'].map((other) => rolesFor({ role }, other).length);
  assert.deepEqual(['guest', 'member', 'moderator', 'owner'].map(offered), [[0, 0, 0, 0], [0, 0, 0, 0], [2, 2, 0, 0], [4, 4, 4, 4]]);
  assert.deepEqual(rolesFor({ role: 'moderator' }, 'guest'), ['guest', 'member']);
  assert.deepEqual(['moderator', 'owner'].map((role) => invitedAs({ role })), [['member'], ['member', 'moderator', 'owner']]);
  assert.deepEqual(['guest', 'member', 'moderator', 'owner'].map((role) => isModerator({ role })), [false, false, true, true]);
});
