/** The page put together: the connection on one side, what one sees on the other. */

import { messageOf, mountOf, roomOf, socketUrl } from './model/address.js';
import { Connection } from './model/connection.js';
import { Drafts } from './model/drafts.js';
import { OncePerFrame } from './model/frames.js';
import { Keep } from './model/keep.js';
import { command } from './model/protocol.js';
import { Session } from './model/session.js';
import { Store } from './model/store.js';
import { Composer } from './view/composer.js';
import './view/composing.js';
import { Log, ROWS_MAX } from './view/log.js';
import { Status } from './view/status.js';
import { Top } from './view/top.js';
import { bestLanguage, directionOf, languageInUse, say, sayAll, speak } from './words/words.js';

/** An id that is never the same twice: 128 bits in base 36. */
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

const timers = {
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
  random: Math.random,
};

const chat = `chinwag ${mountOf(document.baseURI).pathname}`;
const keep = new Keep(() => window.localStorage, `${chat} `);

await speak(bestLanguage([keep.get('language'), navigator.languages].flat())).catch(() => {});
document.documentElement.lang = languageInUse();
document.documentElement.dir = directionOf(languageInUse());
for (const part of [document, document.querySelector('#message').content]) sayAll(part);

const refresh = () => around.ask();

const store = await Store.open(() => window.indexedDB, chat);
const session = new Session(keep, store, await store.load(), { ...timers, now: () => Date.now(), newId }, {
  send: (text) => connection.send(text),
  doubt: () => connection.check(command('ping')),
  ready(room) {
    if (room !== app.room) return;
    status.show({ name: 'connected' });
    composer.check();
    setTimeout(come);
  },
  refused: (why, code) => status.show({ name: 'refused', why, code }),
  changed(room) {
    if (room === app.room) log.refresh();
    else room.timeline.trim(ROWS_MAX, Infinity, session.limits.history);
    refresh();
  },
  heard(room, message) {
    if (room === app.room) log.heard(message);
    if (message) for (const part of app.parts) part.heard?.(room, message);
  },
  me: refresh,
  listed: refresh,
});

const log = new Log(session);
const top = new Top();
const status = new Status();
const drafts = new Drafts(new Keep(() => window.sessionStorage, `${chat} `), keep);
const composer = new Composer(session, drafts);

/** What is around the log. */
const around = new OncePerFrame(window, () => {
  for (const part of [top, ...app.parts]) part.refresh(app.room);
});

const host = { ...timers, WebSocket: window.WebSocket, now: () => performance.now() };
const connection = new Connection(socketUrl(document.baseURI), host, {
  onState(state) {
    if (state.name === 'connected') return session.opened();
    session.closed();
    status.show(state);
    if (state.name !== 'connecting') come();
  },
  onText: (text) => session.receive(text),
});

/** What the parts that are loaded later need of the page; `view/around.js` adds to it. */
export const app = {
  session,
  connection,
  keep,
  log,
  composer,
  status,
  room: undefined,
  /** The message that the address leads to. */
  seq: undefined,
  /** What is around the log, and is loaded later. */
  parts: [],
  refresh,

  /** What is opened is loaded when it is asked for. @param {'search' | 'panel' | 'settings' | 'name'} part */
  open: (part) => come().then(() => app.opens[part](app)).catch(notLoaded),

  /** @param {string} name @param {number} [seq] */
  show(name, seq) {
    const room = session.open(name);
    app.seq = seq;
    if (room !== app.room) {
      app.room = room;
      log.show(room, seq !== undefined);
      composer.show(room);
      if (room.isReady) status.show({ name: 'connected' });
    }
    if (seq) app.ways?.goTo(seq);
    refresh();
  },
};

const notLoaded = () => composer.say(say('notLoaded'));

/** What is not needed to read and to talk comes when one can, or cannot for now: once, unless it was in vain. */
let later;
const come = () => (later ??= import('./view/around.js').then(({ surround }) => surround(app)).catch(() => {
  later = undefined;
  notLoaded();
}));

document.addEventListener('click', ({ target }) => {
  const part = target.closest('[data-opens]');
  if (part) app.open(part.dataset.opens);
});

app.show(roomOf(location.href), messageOf(location.href));
connection.open();
document.querySelector('#begin').remove();
