import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isOfChat, mountOf, roomOf, socketUrl } from '../../web/model/address.js';

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
]) {
  test(`${page} is of the room ${room}, mounted at ${mount}`, () => {
    assert.deepEqual([roomOf(page), mountOf(page).pathname], [room, mount]);
  });
}

for (const [link, page, isOurs] of [
  ['http://a/', 'http://a/', true],
  ['http://a/#12', 'http://a/r/x', true],
  ['http://a/r/y#12', 'http://a/', true],
  ['http://a/chat/r/y?x', 'http://a/chat/r/x', true],
  ['http://a/', 'http://a/chat/', false],
  ['http://a/chat/', 'http://a/', false],
  ['http://a/other', 'http://a/', false],
  ['http://a/r/No', 'http://a/', false],
  ['https://a/r/y', 'http://a/', false],
  ['http://a:81/r/y', 'http://a/', false],
  ['http://b/r/y', 'http://a/', false],
]) {
  test(`on ${page}, ${link} is ${isOurs ? '' : 'not '}of the same chat`, () => assert.equal(isOfChat(link, page), isOurs));
}
