/** Starts the page: connects the model (session, connection, storage) to the views. */

import { messageOf, mountOf, roomOf, socketUrl } from './model/address.js';
import { Connection } from './model/connection.js';
import { Drafts } from './model/drafts.js';
import { FrameScheduler } from './model/frame-scheduler.js';
import { WebStorage } from './model/web-storage.js';
import { command } from './model/protocol.js';
import { Session } from './model/session.js';
import { Database } from './model/database.js';
import { Composer } from './view/composer.js';
import './view/input-method.js';
import { Log, ROWS_MAX } from './view/log.js';
import { Status } from './view/status.js';
import { Header } from './view/header.js';
import { bestLanguage, directionOf, languageInUse, t, translate, setLanguage } from './words/words.js';

/** An id that is never the same twice: 128 bits in base 36. */
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

const timers = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
};

const chat = `chinwag ${mountOf(document.baseURI).pathname}`;
const storage = new WebStorage(() => localStorage, `${chat} `);

await setLanguage(bestLanguage([storage.get('language'), navigator.languages].flat())).catch(() => {});
Object.assign(document.documentElement, { lang: languageInUse(), dir: directionOf(languageInUse()) });
for (const part of [document, document.querySelector('#message').content]) translate(part);

const refresh = () => frame.schedule();

const database = await Database.open(() => indexedDB, chat);
const session = new Session(storage, database, await database.load(), { ...timers, now: () => Date.now(), newId }, {
  send: (text) => connection.send(text),
  timeout: () => connection.check(command('ping')),
  ready(room) {
    if (room !== app.room) return;
    status.show({ name: 'connected' });
    composer.check();
    setTimeout(loadDeferred);
  },
  refused: (why, code) => status.show({ name: 'refused', why, code }),
  changed(room) {
    if (room === app.room) log.refresh();
    else room.timeline.trim(ROWS_MAX, Infinity, session.limits.history);
    refresh();
  },
  received(room, message) {
    if (room === app.room) log.received(message);
    if (message) for (const part of app.parts) part.received?.(room, message);
  },
  me: refresh,
  roomsChanged: refresh,
});

const log = new Log(session);
const header = new Header();
const status = new Status();
const drafts = new Drafts(new WebStorage(() => sessionStorage, `${chat} `), storage);
const composer = new Composer(session, drafts);

/** Redraws what is around the log. */
const frame = new FrameScheduler(window, () => {
  for (const part of [header, ...app.parts]) part.refresh(app.room);
});

const host = { ...timers, WebSocket: window.WebSocket, now: () => performance.now() };
const connection = new Connection(socketUrl(document.baseURI), host, {
  onState(state) {
    if (state.name === 'connected') return session.opened();
    session.closed();
    status.show(state);
    if (state.name !== 'connecting') loadDeferred();
  },
  onText: (text) => session.receive(text),
});

/** What the parts of the page share; `view/deferred.js` adds to it. */
export const app = {
  session,
  connection,
  storage,
  log,
  composer,
  status,
  room: undefined,
  /** The message that the address leads to. */
  seq: undefined,
  /** Views around the log; loaded later. */
  parts: [],
  refresh,

  /** Opens a dialog or a form, which is loaded first. @param {'search' | 'panel' | 'settings' | 'name'} part */
  open: (part) => loadDeferred().then(() => app.dialogs[part](app)).catch(notLoaded),

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
    if (seq) app.navigation?.goTo(seq);
    refresh();
  },
};

const notLoaded = () => composer.showHint(t('notLoaded'));

/** Loads what is not needed to read and to write; again, if it could not be loaded. */
let deferred;
const loadDeferred = () => (deferred ??= import('./view/deferred.js').then(({ startDeferred }) => startDeferred(app)).catch(() => {
  deferred = undefined;
  notLoaded();
}));

document.addEventListener('click', ({ target }) => {
  const part = target.closest('[data-opens]');
  if (part) app.open(part.dataset.opens);
});

app.show(roomOf(location.href), messageOf(location.href));
connection.open();
document.querySelector('#boot').remove();
