/** The page put together: the connection on one side, what one sees on the other. */

import { mountOf, roomOf, socketUrl } from './model/address.js';
import { Composer } from './view/composer.js';
import { Connection } from './model/connection.js';
import { Keep } from './model/keep.js';
import { Log } from './view/log.js';
import { NameView } from './view/name.js';
import { command } from './model/protocol.js';
import { RoomView } from './view/room.js';
import { Session } from './model/session.js';
import { Status } from './view/status.js';

/** Characters of an id that is never the same twice: 128 bits in base 36. */
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

const timers = {
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
  random: () => Math.random(),
};

const page = document.baseURI;
const room = roomOf(page);
const prefix = `chinwag ${mountOf(page).pathname} `;
const keeps = {
  lasting: new Keep(() => window.localStorage, prefix),
  tab: new Keep(() => window.sessionStorage, prefix),
};

const session = new Session(room, keeps, { ...timers, now: () => Date.now(), newId }, {
  send: (text) => connection.send(text),
  doubt: () => connection.check(command('ping')),
  onReady() {
    status.show({ name: 'connected' });
    composer.refresh();
  },
  onRefused: (why) => status.show({ name: 'refused', why }),
  onRows: () => log.refresh(),
  onArrived: (count) => log.arrived(count),
  onRoom: () => roomView.refresh(),
  onMe: () => nameView.taken(),
  onNameRefused: (why) => nameView.refused(why),
});

const log = new Log(session);
const roomView = new RoomView(room, session);
const nameView = new NameView(session);
const status = new Status(() => connection.retry());
const composer = new Composer(
  () => session.limits.text_chars,
  (text) => {
    if (!window.WebSocket) return false;
    session.say(text);
    return true;
  },
);

const host = { ...timers, WebSocket: window.WebSocket, now: () => performance.now() };
const connection = new Connection(socketUrl(page), host, {
  onState(state) {
    if (state.name === 'connected') return session.opened();
    session.closed();
    status.show(state);
  },
  onText: (text) => session.receive(text),
});

/** The network is back, or the reader is. */
function wake() {
  connection.wake();
  connection.check(command('ping'));
}

addEventListener('online', wake);
addEventListener('pageshow', wake);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') wake();
});

connection.open();
