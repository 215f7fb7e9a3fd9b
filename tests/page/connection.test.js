import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { ANSWER_MS_MAX, Connection, GOOD_MS_MIN, HANDSHAKE_MS_MAX } from '../../web/model/connection.js';

/** A browser whose clock a test winds, and whose sockets a test opens, closes and lets speak. */
class Browser {
  #lastTimer = 0;
  time = 0;
  timers = new Map();
  sockets = [];
  chance = 0.5;

  constructor() {
    const browser = this;
    this.WebSocket = class {
      readyState = 0;
      protocol = 'chinwag.v1';
      sent = [];

      constructor(url, protocol) {
        this.url = url;
        this.asked = protocol;
        browser.sockets.push(this);
      }

      send(text) {
        this.sent.push(text);
      }

      close() {
        this.closes(1006);
      }

      opens() {
        this.readyState = 1;
        this.onopen();
      }

      closes(code) {
        this.readyState = 3;
        this.onclose({ code });
      }
    };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  now = () => this.time;
  random = () => this.chance;
  setTimeout = (run, ms) => {
    const timer = ++this.#lastTimer;
    this.timers.set(timer, { run, at: this.time + ms });
    return timer;
  };
  clearTimeout = (timer) => this.timers.delete(timer);

  /** Milliseconds go by. */
  passes(ms) {
    const end = this.time + ms;
    for (;;) {
      const [timer, { run, at } = {}] = [...this.timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (at === undefined || at > end) break;
      this.time = Math.max(this.time, at);
      this.timers.delete(timer);
      run();
    }
    this.time = end;
  }
}

let browser;
let states;
let texts;
let connection;

beforeEach(() => {
  browser = new Browser();
  states = [];
  texts = [];
  connection = new Connection('ws://chat.example/ws', browser, {
    onState: (state) => states.push(state),
    onText: (text) => texts.push(text),
  });
});

const names = () => states.map(({ name }) => name);

test('C62 it says connecting, connected, closed', () => {
  connection.open();
  browser.socket.opens();
  browser.passes(100);
  browser.socket.closes(1006);
  assert.deepEqual(states, [
    { name: 'connecting' },
    { name: 'connected' },
    { name: 'closed', code: 1006, retryAt: 100 + 250 },
  ]);
});

for (const [how, prepare] of [['is still connecting', () => {}], ['is connected already', (socket) => (socket.readyState = 1)]]) {
  test(`a socket from before the modules is taken, once, if it ${how}`, () => {
    browser.firstSocket = new browser.WebSocket('ws://chat.example/ws');
    prepare(browser.firstSocket);
    connection = new Connection('ws://chat.example/ws', browser, { onState: (state) => states.push(state), onText() {} });
    connection.open();
    assert.equal(browser.sockets.length, 1);
    if (browser.firstSocket.readyState === 0) browser.firstSocket.opens();
    assert.deepEqual(names(), ['connecting', 'connected']);
    browser.firstSocket.closes(1006);
    browser.passes(250);
    assert.equal(browser.sockets.length, 2);
  });
}

for (const [why, url, readyState] of [['lost', 'ws://chat.example/ws', 3], ['of another address', 'ws://chat.example/x/ws', 1]]) {
  test(`a socket from before the modules is left if it is ${why}`, () => {
    browser.firstSocket = Object.assign(new browser.WebSocket(url), { readyState });
    connection = new Connection('ws://chat.example/ws', browser, { onState: (state) => states.push(state), onText() {} });
    connection.open();
    assert.equal(browser.sockets.length, 2);
    browser.socket.opens();
    assert.deepEqual(names(), ['connecting', 'connected']);
  });
}

test('C62 it comes back by itself, and says that it was away', () => {
  connection.open();
  browser.socket.opens();
  browser.socket.closes(1001);
  browser.passes(249);
  assert.equal(browser.sockets.length, 1);
  browser.passes(1);
  assert.equal(browser.sockets.length, 2);
  browser.socket.opens();
  assert.deepEqual(states.at(-1), { name: 'connected' });
});

test('C62 who was never connected has missed nothing', () => {
  connection.open();
  browser.socket.closes(1006);
  browser.passes(250);
  browser.socket.opens();
  assert.deepEqual(states.at(-1), { name: 'connected' });
});

test('C62 each fruitless try waits longer', () => {
  connection.open();
  const waits = [];
  for (let tries = 0; tries < 8; tries++) {
    browser.socket.closes(1006);
    const wait = states.at(-1).retryAt - browser.time;
    waits.push(wait);
    browser.passes(wait);
  }
  assert.deepEqual(waits, [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test('C62 a connection that is cut at once does not make the wait short again; one that lasted does', () => {
  const waitAfter = (lasted) => {
    browser.socket.opens();
    browser.passes(lasted);
    browser.socket.closes(1006);
    const wait = states.at(-1).retryAt - browser.time;
    browser.passes(wait);
    return wait;
  };
  connection.open();
  assert.deepEqual([waitAfter(0), waitAfter(0), waitAfter(GOOD_MS_MIN - 1)], [250, 500, 1_000]);
  assert.equal(waitAfter(GOOD_MS_MIN), 250);
});

test('C62 the network or the reader being back ends the wait', () => {
  browser.chance = 0.999;
  connection.open();
  browser.socket.closes(1006);
  connection.wake();
  assert.equal(browser.sockets.length, 2);
  browser.passes(1_000);
  assert.equal(browser.sockets.length, 2, 'the wait that was ended opens no second socket');
});

test('C62 waking changes nothing while connecting, or connected', () => {
  connection.open();
  connection.wake();
  browser.socket.opens();
  connection.wake();
  assert.equal(browser.sockets.length, 1);
  assert.deepEqual(names(), ['connecting', 'connected']);
});

test('C62 a handshake that hangs is given up, and tried again', () => {
  connection.open();
  browser.passes(HANDSHAKE_MS_MAX);
  assert.deepEqual(names(), ['connecting', 'closed']);
  browser.passes(250);
  assert.equal(browser.sockets.length, 2);
});

test('C62 an open connection is not given up', () => {
  connection.open();
  browser.socket.opens();
  browser.passes(100 * HANDSHAKE_MS_MAX);
  assert.deepEqual(names(), ['connecting', 'connected']);
});

test('whoever may see other rooms now comes back at once', () => {
  connection.open();
  browser.socket.opens();
  browser.passes(GOOD_MS_MIN);
  browser.socket.closes(4010);
  browser.passes(0);
  assert.equal(browser.sockets.length, 2);
});

test('C51 who was cut off as too slow comes back at once, but not in a circle', () => {
  connection.open();
  browser.socket.opens();
  browser.passes(GOOD_MS_MIN);
  browser.socket.closes(4008);
  browser.passes(0);
  assert.equal(browser.sockets.length, 2);
  browser.socket.opens();
  browser.socket.closes(4008);
  browser.passes(0);
  assert.equal(browser.sockets.length, 2);
});

for (const code of [1002, 1007, 1009, 4003]) {
  test(`after close ${code} it stops until it is asked to go on`, () => {
    connection.open();
    browser.socket.opens();
    browser.socket.closes(code);
    assert.deepEqual(states.at(-1), { name: 'stopped', code });
    connection.wake();
    browser.passes(100_000);
    assert.equal(browser.sockets.length, 1);
    connection.open();
    assert.equal(browser.sockets.length, 2);
  });
}

for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 4001, 4029]) {
  test(`after close ${code} it comes back by itself`, () => {
    connection.open();
    browser.socket.closes(code);
    browser.passes(500);
    assert.equal(browser.sockets.length, 2);
  });
}

test('what is handed to an open socket is sent, anything else is not', () => {
  assert.equal(connection.send('before'), false);
  connection.open();
  assert.equal(connection.send('while connecting'), false);
  browser.socket.opens();
  assert.equal(connection.send('hi'), true);
  browser.socket.readyState = 2;
  assert.equal(connection.send('while closing'), false);
  browser.socket.closes(1001);
  assert.equal(connection.send('after'), false);
  assert.deepEqual(browser.socket.sent, ['hi']);
});

test('what is received is handed on as it is', () => {
  connection.open();
  browser.socket.opens();
  browser.socket.onmessage({ data: ' one\ntwo\n' });
  assert.deepEqual(texts, [' one\ntwo\n']);
});

test('C63 without WebSockets it says so, and tries nothing', () => {
  browser.WebSocket = undefined;
  connection.open();
  connection.wake();
  assert.deepEqual(states, [{ name: 'unsupported' }]);
  assert.equal(connection.send('hi'), false);
});

test('it asks for chinwag.v1', () => {
  connection.open();
  assert.deepEqual([browser.socket.url, browser.socket.asked], ['ws://chat.example/ws', 'chinwag.v1']);
});

test('a server that speaks something else hears nothing of us', () => {
  connection.open();
  browser.socket.protocol = '';
  browser.socket.opens();
  assert.deepEqual(names(), ['connecting', 'stopped']);
  assert.deepEqual(browser.socket.sent, []);
  assert.equal(browser.socket.readyState, 3);
});

test('C62 a connection that says nothing when it is asked is left, without waiting for its close', () => {
  connection.open();
  browser.socket.opens();
  browser.passes(GOOD_MS_MIN);
  browser.socket.close = () => {};
  connection.check('are you there?');
  connection.check('are you there?');
  assert.deepEqual(browser.socket.sent, ['are you there?'], 'it is asked once');
  browser.passes(ANSWER_MS_MAX - 1);
  assert.equal(states.at(-1).name, 'connected');
  browser.passes(1);
  assert.deepEqual([states.at(-1).name, states.at(-1).code], ['closed', 1006]);
  const [silent] = browser.sockets;
  browser.passes(500);
  assert.equal(browser.sockets.length, 2);
  browser.socket.opens();
  silent.onmessage({ data: 'late' });
  silent.onclose({ code: 1006 });
  assert.deepEqual([texts, names().at(-1)], [[], 'connected'], 'what comes of it later is nothing');
});

test('C62 a connection that answers is kept', () => {
  connection.open();
  browser.socket.opens();
  for (let round = 0; round < 3; round++) {
    connection.check('are you there?');
    browser.passes(ANSWER_MS_MAX - 1);
    browser.socket.onmessage({ data: 'anything' });
    browser.passes(ANSWER_MS_MAX);
  }
  assert.deepEqual(names(), ['connecting', 'connected']);
});

test('who is not connected is not asked', () => {
  connection.open();
  connection.check('are you there?');
  browser.passes(ANSWER_MS_MAX);
  assert.deepEqual(names(), ['connecting']);
});

test('a page that is left lets go of the connection, and takes it up again when one comes back', () => {
  connection.open();
  browser.socket.opens();
  connection.suspend();
  assert.equal(browser.socket.readyState, 3, 'others see at once that we are gone');
  browser.passes(60_000);
  assert.equal(browser.sockets.length, 1, 'nothing is tried behind the back of a page that nobody sees');
  connection.wake();
  browser.socket.opens();
  assert.deepEqual(states.at(-1), { name: 'connected' });
});
