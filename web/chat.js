/** The page put together: the connection on one side, what one sees on the other. */

import { linkTo, messageOf, mountOf, placeOf, roomOf, socketUrl } from './model/address.js';
import { Connection } from './model/connection.js';
import { OncePerFrame } from './model/frames.js';
import { Keep } from './model/keep.js';
import { command } from './model/protocol.js';
import { Session } from './model/session.js';
import { Store } from './model/store.js';
import { Composer } from './view/composer.js';
import { Log } from './view/log.js';
import { Status } from './view/status.js';
import { Top } from './view/top.js';
import { bestLanguage, directionOf, languageInUse, say, sayAll, speak } from './words/words.js';

/** An id that is never the same twice: 128 bits in base 36. */
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

const timers = {
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
  random: () => Math.random(),
};

const chat = `chinwag ${mountOf(document.baseURI).pathname}`;
const keep = new Keep(() => window.localStorage, `${chat} `);

await speak(keep.get('language') ?? bestLanguage(navigator.languages)).catch(() => {});
document.documentElement.lang = languageInUse();
document.documentElement.dir = directionOf(languageInUse());
for (const part of [document, document.querySelector('#message').content]) sayAll(part);

const store = await Store.open(() => window.indexedDB, chat);
const session = new Session(keep, store, await store.load(), { ...timers, now: () => Date.now(), newId }, {
  send: (text) => connection.send(text),
  doubt: () => connection.check(command('ping')),
  ready(room) {
    if (room !== app.room) return;
    status.show({ name: 'connected' });
    composer.refresh();
    setTimeout(later);
  },
  refused: (why) => status.show({ name: 'refused', why }),
  changed(room) {
    if (room === app.room) log.refresh();
    around.ask();
  },
  heard(room, message) {
    if (room === app.room) log.heard(message);
    if (message) app.notices?.heard(room, message);
  },
  me: () => around.ask(),
  listed: () => around.ask(),
});

const log = new Log(session);
const top = new Top();
const status = new Status(() => connection.retry());
const composer = new Composer(session);
const me = document.querySelector('#me');

/** What is around the log. */
const around = new OncePerFrame(window, () => {
  top.refresh(app.room);
  app.rooms?.refresh(app.room);
  if (app.notices) app.notices.refresh();
  else document.title = app.room.name === 'lobby' ? 'Chinwag' : say('title', { room: app.room.name });
  app.panel?.refresh();
  me.hidden = !session.me || app.isNaming;
  me.querySelector('bdi').textContent = session.me?.name ?? '';
});

/** What the parts that are loaded later need of the page. */
export const app = {
  session,
  keep,
  log,
  composer,
  room: undefined,
  rooms: undefined,
  notices: undefined,
  panel: undefined,
  isNaming: false,
  refresh: () => around.ask(),

  /** Leads to a room, and to a message in it. @param {string} name @param {number} [seq] */
  go(name, seq) {
    const link = linkTo(document.baseURI, name, seq);
    if (link !== location.href) history.pushState(null, '', link);
    app.show(name, seq);
  },

  show(name, seq) {
    const room = session.open(name);
    app.rooms?.close();
    if (room !== app.room) {
      app.room = room;
      log.show(room);
      composer.show(room);
    }
    if (seq) log.goTo(seq);
    around.ask();
  },
};

log.app = app;

const host = { ...timers, WebSocket: window.WebSocket, now: () => performance.now() };
const connection = new Connection(socketUrl(document.baseURI), host, {
  onState(state) {
    if (state.name === 'connected') return session.opened();
    session.closed();
    status.show(state);
    if (state.name !== 'connecting') later();
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
  else session.leaveNow();
});
addEventListener('pagehide', () => {
  session.leaveNow();
  // A browser may keep the page for the way back, and its socket with it: others would still see us here.
  connection.rest();
});

const showAddress = () => app.show(roomOf(location.href), messageOf(location.href));
addEventListener('popstate', showAddress);

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = placeOf(link.href, document.baseURI);
  if (!place || link.target) return;
  event.preventDefault();
  app.go(place.room, place.seq);
});

// What is not needed to read and to talk is loaded when it is asked for.
const opens = {
  '#search': () => import('./view/search.js').then(({ openSearch }) => openSearch(app)),
  '#panel, #people, #invite': () => import('./view/panel.js').then(({ openPanel }) => openPanel(app)),
  '.me-change': () => import('./view/name.js').then(({ openName }) => openName(app)),
};
for (const [buttons, open] of Object.entries(opens)) {
  opens[buttons] = () => open().catch(() => composer.say(say('notLoaded')));
  for (const button of document.querySelectorAll(buttons)) button.addEventListener('click', opens[buttons]);
}
addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  opens['#search']();
});

/** Asked for already: once, unless it was in vain. */
let isLater = false;

/** What comes when one can talk, or cannot for now. */
async function later() {
  if (isLater) return;
  isLater = true;
  try {
    const [{ Rooms }, { Notices }, { Heard }, { install }] = await Promise.all(
      ['rooms', 'notices', 'heard', 'install'].map((part) => import(`./view/${part}.js`)));
    app.rooms = new Rooms(app);
    app.notices = new Notices(app);
    log.announcer = new Heard();
    around.ask();
    install(mountOf(document.baseURI), app);
  } catch {
    isLater = false;
  }
}

showAddress();
connection.open();
