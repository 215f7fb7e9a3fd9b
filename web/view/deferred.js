/** What is not needed to read and to write: loaded after the first connection, or when that fails. */

import { Requests } from '../model/requests.js';
import { messageOf, roomOf } from '../model/address.js';
import { linkTo, parseLink } from '../model/links.js';
import { Mentions } from '../model/mentions.js';
import { HistoryLoader } from '../model/history-loader.js';
import { command } from '../model/protocol.js';
import { Revisions } from '../model/revisions.js';
import { Typing } from '../model/typing.js';
import '../words/more.js';
import { ComposerMode } from './composer-mode.js';
import { Actions } from './actions.js';
import { RoomLimit } from './room-limit.js';
import { EmptyRoom } from './empty-room.js';
import { refuseFiles } from './files.js';
import { Announcer } from './announcer.js';
import { icon } from './icon.js';
import { install } from './install.js';
import { ConnectionNotice } from './connection-notice.js';
import { Identity } from './identity.js';
import { Notifications } from './notifications.js';
import { PeopleCount } from './people.js';
import { Rooms } from './rooms.js';
import { loadStyle } from './stylesheet.js';
import { TypingLine } from './typing.js';
import { SendStatus } from './send-status.js';
import { LogNavigation } from './log-navigation.js';

/** A connection that was quiet for this long is checked: it may be lost without a close. Milliseconds. */
const QUIET_MS = 45_000;

/** The parts that are loaded when they are opened. */
const dialogs = {
  search: async (app) => (await import('./search.js')).openSearch(app),
  panel: async (app) => (await import('./panel.js')).openPanel(app),
  settings: async (app) => (await import('./settings.js')).openSettings(app),
  name: async (app) => (await import('./name.js')).openName(app),
};

/** @param {typeof import('../chat.js').app} app */
export async function startDeferred(app) {
  const { session, log, composer, status } = app;
  await Promise.all([loadStyle('deferred.css'), loadStyle('actions.css')]);
  const requests = new Requests(session);
  const loader = new HistoryLoader(session);
  const typing = new Typing(session);
  app.mentions = new Mentions(session);
  const revisions = new Revisions(() => [app.mentions, composer.mode, ...log.parts, ...app.parts]);
  session.parts = [requests, loader, typing, app.mentions, revisions];
  app.requests = requests;
  app.dialogs = dialogs;
  app.go = (name, seq) => {
    const link = linkTo(document.baseURI, name, seq);
    if (link !== location.href) history.pushState(null, '', link);
    app.show(name, seq);
    // One goes on writing; on a phone the keyboard would be in the way.
    if (!seq && matchMedia('(pointer: fine)').matches) composer.focus();
  };
  composer.mode = new ComposerMode(app);
  app.navigation = new LogNavigation(app, loader);
  log.parts = [app.navigation, composer.mode, new SendStatus(app), new EmptyRoom(app), new Announcer(app), new Actions(app)];
  app.parts = [new Rooms(app), new RoomLimit(app), new Notifications(app), new Identity(app), new PeopleCount(), new TypingLine(app, typing)];
  status.details = new ConnectionNotice(app);
  status.show(status.state);
  log.refresh();
  app.refresh();
  document.addEventListener('click', (event) => followLink(app, event));
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    app.open('search');
  });
  document.querySelector('.top-rooms').prepend(icon('M4 7h16M4 12h16M4 17h10'));
  document.querySelector('#search').append(icon('M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5'));
  followVisibility(app);
  refuseFiles(app);
  install(app);
  if (app.seq) app.navigation.goTo(app.seq);
}

/** Keeps up with the tab's visibility, the network and the browser's history. */
function followVisibility({ connection, session, storage, show }) {
  const wake = () => {
    connection.wake();
    connection.check(command('ping'));
  };
  /** The page may be gone in a moment. */
  const flush = () => {
    for (const room of session.rooms.values()) room.sendRead();
    session.saveNow();
  };
  const isSeen = () => document.visibilityState === 'visible';
  setInterval(() => isSeen() && connection.checkIfQuiet(command('ping')), QUIET_MS);
  addEventListener('online', wake);
  addEventListener('pageshow', wake);
  // Another tab has opened rooms.
  addEventListener('storage', ({ key }) => {
    if (key?.endsWith(' rooms')) for (const name of storage.fresh('rooms') ?? []) if (!session.rooms.has(name)) session.open(name);
  });
  addEventListener('popstate', () => show(roomOf(location.href), messageOf(location.href)));
  document.addEventListener('visibilitychange', () => (isSeen() ? wake() : flush()));
  addEventListener('pagehide', () => {
    flush();
    // A browser may keep the page for the way back, and its socket with it: others would still see us here.
    connection.suspend();
  });
}

/** Opens links into this chat in place: in text, all links have another tab as their target. */
function followLink(app, event) {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = parseLink(link.href, document.baseURI);
  if (!target) return;
  event.preventDefault();
  app.go(target.room, target.seq);
}
