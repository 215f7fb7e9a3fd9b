import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mountOf, roomOf, socketUrl } from '../../web/model/address.js';

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
