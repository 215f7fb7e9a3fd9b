/**
 * Starts the page: makes the parts that read and send, and connects them. The rest is loaded later (view/deferred.js).
 */

import { deviceLinkOf, invitationOf, messageOf, mountOf, roomOf, socketUrl } from './model/address.js';
import { Connection } from './model/connection.js';
import { deviceName } from './model/device-name.js';
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
import { find } from './view/element.js';
import { Header } from './view/header.js';
import {
  bestLanguage, directionOf, languageInUse, moreWords, setLanguage, t, translate,
} from './words/words.js';

/** An id that is never the same twice: 128 bits in base 36. */
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

/** @type {Pick<import('./model/session.js').Host, 'setTimeout' | 'clearTimeout' | 'random'>} */
const timers = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
};

const chat = `chinwag ${mountOf(document.baseURI).pathname}`;
const storage = new WebStorage(() => localStorage, `${chat} `);

/**
 * What boot.js has begun.
 *
 * @typedef {{ firstSocket?: WebSocket, firstDatabase?: IDBOpenDBRequest }} Begun
 */
const { WebSocket, firstSocket, firstDatabase } = /** @type {Window & typeof globalThis & Begun} */ (window);
const opened = Database.open(() => indexedDB, chat, firstDatabase);
const loaded = opened.then((database) => database.load());

await setLanguage(bestLanguage([storage.get('language'), navigator.languages].flat())).catch(() => {});
Object.assign(document.documentElement, { lang: languageInUse(), dir: directionOf(languageInUse()) });
/** @type {HTMLTemplateElement} */
const template = find('#message');
for (const part of [document, template.content]) translate(part);

const session = new Session(storage, await opened, await loaded, { ...timers, now: () => Date.now(), newId }, {
  send: (text) => connection.send(text),
  timeout: () => connection.check(command('ping')),
  ready(room) {
    if (room !== log.room) return;
    status.show({ name: 'connected' });
    composer.check();
    setTimeout(loadDeferred);
  },
  refused(why, code) {
      if (session.barred) return connection.stop();
    if (code !== 'members_only') status.show({ name: 'refused', why, code });
    loadDeferred();
  },
  changed(room) {
    if (room === log.room) log.refresh();
    else room.timeline.trim(ROWS_MAX, Infinity, session.limits.history);
    refresh();
  },
  received(room, message) {
    if (room === log.room) log.received(message);
    deferred?.received(room, message);
  },
  me: () => refresh(),
  roomsChanged: () => refresh(),
});

const log = new Log(session);
const header = new Header();
const status = new Status();
const drafts = new Drafts(new WebStorage(() => sessionStorage, `${chat} `), storage);
const composer = new Composer(session, drafts, () => storage.get('enterSends') !== false);

/** Draws what is around the log again, in the next frame. */
const frame = new FrameScheduler(window, () => {
  header.refresh(log.room);
  deferred?.refresh(log.room);
});
const refresh = () => frame.schedule();

const host = { ...timers, WebSocket, firstSocket, now: () => performance.now() };
const connection = new Connection(socketUrl(document.baseURI), host, {
  onState(state) {
    if (state.name === 'connected') return session.opened();
    session.closed();
    status.show(state);
    if (state.name !== 'connecting') loadDeferred();
  },
  onText: (text) => session.receive(text),
});

/** Shows a room. @param {string} name @param {number} [seq] a message that it leads to */
function show(name, seq) {
  const room = session.open(name);
  if (room !== log.room) {
    log.show(room, seq !== undefined);
    composer.show(room);
    if (room.isReady) status.show({ name: 'connected' });
  }
  if (seq) deferred?.goTo(seq);
  refresh();
}

/**
 * What is not needed to read and to send, once it is loaded.
 *
 * @type {import('./view/deferred.js').Deferred | undefined}
 */
let deferred;
/** @type {Promise<unknown> | undefined} */
let loading;
/**
 * By which this device becomes another's, if its reader agrees.
 *
 * @type {import('./model/session.js').Session['link']}
 */
let link;

/** Loads it; again, if it could not be loaded. */
const loadDeferred = () => (loading ??= (async () => {
  // They are among the parts' imports, but would be found out last.
  moreWords().catch(() => {});
  const { startDeferred } = await import('./view/deferred.js');
  const page = { session, connection, storage, log, composer, status, show, refresh };
  deferred = await startDeferred(page, link);
  if (seq) deferred.goTo(seq);
})().catch(() => {
  loading = undefined;
  composer.showHint(t('notLoaded'));
}));

document.addEventListener('click', ({ target }) => {
  /** @type {HTMLElement | null} */
  // @ts-expect-error -- an element is clicked
  const part = target.closest('[data-opens]');
  const name = part?.dataset.opens;
  if (name) loadDeferred().then(() => deferred?.open(name));
});

const code = deviceLinkOf(location.href);
if (code) {
  // A secret is left neither in the address nor in the browser's history.
  history.replaceState(null, '', location.pathname);
  link = { link: code, device: deviceName(navigator.userAgent) };
  // A device that is somebody's asks first, unless they have ended it.
  if (!storage.get('token') || storage.get('ended')) [session.link, link] = [link, undefined];
}

const invitation = invitationOf(location.href);
if (invitation) {
  history.replaceState(null, '', location.pathname);
  storage.set('invitation', invitation);
}

const seq = messageOf(location.href);
show(roomOf(location.href), seq);
connection.open();
find('#boot').remove();
