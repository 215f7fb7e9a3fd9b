import assert from 'node:assert/strict';
import { test } from 'node:test';

import { deviceLinkOf, messageOf, mountOf, roomOf, socketUrl } from '../../web/model/address.js';
import { linkTo, parseLink, parseRoomName, sharedAddress } from '../../web/model/chat-links.js';

for (const [page, socket] of [
  ['http://localhost:8080/', 'ws://localhost:8080/ws'],
  ['https://chat.example/', 'wss://chat.example/ws'],
  ['https://chat.example:8443/chat/?theme=x#end', 'wss://chat.example:8443/chat/ws'],
  ['http://[::1]:8080/chat/', 'ws://[::1]:8080/chat/ws'],
  ['http://localhost:8080/r/book-club', 'ws://localhost:8080/ws'],
  ['https://chat.example/chat/r/a_1?theme=x#end', 'wss://chat.example/chat/ws'],
  ['https://chat.example/chat/index.html', 'wss://chat.example/chat/ws'],
]) {
  test(`C58 the page at ${page} talks to ${socket}`, () => assert.equal(socketUrl(page), socket));
}

for (const [page, room, mount] of [
  ['http://a/', 'lobby', '/'],
  ['http://a/chat/', 'lobby', '/chat/'],
  ['http://a/chat/index.html?x=/r/y', 'lobby', '/chat/'],
  ['http://a/r/lobby', 'lobby', '/'],
  ['http://a/r/book-club_2?x#y', 'book-club_2', '/'],
  ['http://a/r/r/r/x', 'x', '/r/r/'],
  ['http://a/r/lobby/', 'lobby', '/r/lobby/'],
  ['http://a/r/my%2Droom', 'my-room', '/'],
  ['http://a/chat/r/t%65a%5f1?x#y', 'tea_1', '/chat/'],
  ['http://a/ch%61t/r/tea', 'tea', '/ch%61t/'],
  ['http://a/r/a%2Fb', 'lobby', '/r/'],
  ['http://a/r/%41da', 'lobby', '/r/'],
  ['http://a/r/caf%C3%A9', 'lobby', '/r/'],
  ['http://a/r/%', 'lobby', '/r/'],
]) {
  test(`${page} is of the room ${room}, mounted at ${mount}`, () => {
    assert.deepEqual([roomOf(page), mountOf(page).pathname], [room, mount]);
  });
}

for (const [link, page, place] of [
  ['http://a/', 'http://a/', { room: 'lobby', seq: undefined }],
  ['http://a/#12', 'http://a/r/x', { room: 'lobby', seq: 12 }],
  ['http://a/r/y#12', 'http://a/', { room: 'y', seq: 12 }],
  ['http://a/chat/r/y', 'http://a/chat/r/x', { room: 'y', seq: undefined }],
  ['#12', 'http://a/chat/r/x', { room: 'x', seq: 12 }],
  ['http://a/chat/r/%79#12', 'http://a/chat/r/x', { room: 'y', seq: 12 }],
  ['http://a/chat/r/y?x', 'http://a/chat/r/x', undefined],
  ['http://a/', 'http://a/chat/', undefined],
  ['http://a/chat/', 'http://a/', undefined],
  ['http://a/other', 'http://a/', undefined],
  ['http://a/r/No', 'http://a/', undefined],
  ['https://a/r/y', 'http://a/', undefined],
  ['http://a:81/r/y', 'http://a/', undefined],
  ['http://b/r/y', 'http://a/', undefined],
  ['http://', 'http://a/', undefined],
  ['mailto:a@a', 'http://a/', undefined],
]) {
  test(`on ${page}, ${link} leads ${place ? `to ${place.room}, ${place.seq}` : 'out of the chat'}`, () => {
    assert.deepEqual(parseLink(link, page), place);
  });
}

for (const [page, seq] of [
  ['http://a/#12', 12],
  ['http://a/r/x?y#123456789012345', 123_456_789_012_345],
  ['http://a/', undefined],
  ['http://a/#0', undefined],
  ['http://a/#-1', undefined],
  ['http://a/#12x', undefined],
  ['http://a/#1234567890123456', undefined],
]) {
  test(`${page} is a link to ${seq}`, () => assert.equal(messageOf(page), seq));
}

for (const [page, room, seq, link] of [
  ['http://a/', 'lobby', undefined, 'http://a/'],
  ['http://a/r/x?y#3', 'lobby', undefined, 'http://a/'],
  ['http://a/r/x?y#3', 'lobby', 12, 'http://a/#12'],
  ['http://a/chat/index.html#3', 'x', undefined, 'http://a/chat/r/x'],
  ['http://a/chat/r/y', 'x', 12, 'http://a/chat/r/x#12'],
]) {
  test(`on ${page}, ${room} ${seq ?? ''} is shared as ${link}`, () => {
    assert.equal(linkTo(page, room, seq), link);
    assert.deepEqual(parseLink(link, page), { room, seq }, 'and leads there');
  });
}

for (const [written, name] of [
  ['tea', 'tea'],
  [' Book Club ', 'book-club'],
  ['#tea', 'tea'],
  ['a_1-b', 'a_1-b'],
  ['x'.repeat(64), 'x'.repeat(64)],
  ['x'.repeat(65), undefined],
  ['', undefined],
  ['#', undefined],
  ['café', undefined],
  ['a/b', undefined],
]) {
  test(`who writes ${JSON.stringify(written)} means the room ${name}`, () => assert.equal(parseRoomName(written), name));
}

test('a link to give away is of an address that others can reach, under the same mount', () => {
  const addresses = ['http://192.168.1.5:8080/', 'http://10.0.0.2:8080/'];
  for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
    assert.equal(sharedAddress(`http://${host}/chat/r/tea#7`, addresses), 'http://192.168.1.5:8080/chat/');
    assert.equal(sharedAddress(`http://${host}/`, []), undefined);
  }
  assert.equal(sharedAddress('https://chat.example/r/tea', addresses), 'https://chat.example/');
});

test('a link to another device has its code in the fragment', () => {
  assert.equal(deviceLinkOf('https://chat.example/r/tea#device=dT3ZjYkHqB0vPq6lWcN8RA'), 'dT3ZjYkHqB0vPq6lWcN8RA');
  for (const other of ['#7', '#device=', '#device=short', '?device=dT3ZjYkHqB0vPq6lWcN8RA']) {
    assert.equal(deviceLinkOf(`https://chat.example/${other}`), undefined, other);
  }
});
