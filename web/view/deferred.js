/** What comes when one can talk, or cannot for now: all that is around the talk, and the ways to other places. */

import { Asks } from '../model/asks.js';
import { messageOf, roomOf } from '../model/address.js';
import { linkTo, placeOf } from '../model/link.js';
import { Mentions } from '../model/mentions.js';
import { Pages } from '../model/pages.js';
import { command } from '../model/protocol.js';
import { Revisions } from '../model/revisions.js';
import { Typing } from '../model/typing.js';
import '../words/more.js';
import { About } from './about.js';
import { Actions } from './actions.js';
import { Crowd } from './crowd.js';
import { Empty } from './empty.js';
import { refuseFiles } from './files.js';
import { Heard } from './heard.js';
import { icon } from './icon.js';
import { install } from './install.js';
import { Lost } from './lost.js';
import { Me } from './me.js';
import { Notices } from './notices.js';
import { PeopleCount } from './people.js';
import { Rooms } from './rooms.js';
import { styled } from './sheet.js';
import { TypingLine } from './typing.js';
import { Unsent } from './unsent.js';
import { Ways } from './ways.js';

/** A connection may be lost without a word: where nothing was heard for so long, it is asked. Milliseconds. */
const QUIET_MS = 45_000;

/** What is opened only when it is asked for. */
const opens = {
  search: async (app) => (await import('./search.js')).openSearch(app),
  panel: async (app) => (await import('./panel.js')).openPanel(app),
  settings: async (app) => (await import('./settings.js')).openSettings(app),
  name: async (app) => (await import('./name.js')).openName(app),
};

/** @param {typeof import('../chat.js').app} app */
export async function surround(app) {
  const { session, log, composer, status } = app;
  await Promise.all([styled('around.css'), styled('actions.css')]);
  const asks = new Asks(session);
  const pages = new Pages(session);
  const typing = new Typing(session);
  app.mentions = new Mentions(session);
  const revisions = new Revisions(() => [app.mentions, composer.about, ...log.parts, ...app.parts]);
  session.parts = [asks, pages, typing, app.mentions, revisions];
  app.asks = asks;
  app.opens = opens;
  app.go = (name, seq) => {
    const link = linkTo(document.baseURI, name, seq);
    if (link !== location.href) history.pushState(null, '', link);
    app.show(name, seq);
    // One goes on writing; on a phone the keyboard would be in the way.
    if (!seq && matchMedia('(pointer: fine)').matches) composer.focus();
  };
  composer.about = new About(app);
  app.ways = new Ways(app, pages);
  log.parts = [app.ways, composer.about, new Unsent(app), new Empty(app), new Heard(app), new Actions(app)];
  app.parts = [new Rooms(app), new Crowd(app), new Notices(app), new Me(app), new PeopleCount(), new TypingLine(app, typing)];
  status.more = new Lost(app);
  status.show(status.state);
  log.refresh();
  app.refresh();
  document.addEventListener('click', (event) => follow(app, event));
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    app.open('search');
  });
  document.querySelector('.top-rooms').prepend(icon('M4 7h16M4 12h16M4 17h10'));
  document.querySelector('#search').append(icon('M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5'));
  comesAndGoes(app);
  refuseFiles(app);
  install(app);
  if (app.seq) app.ways.goTo(app.seq);
}

/** The reader, and the network, come and go. */
function comesAndGoes({ connection, session, show }) {
  const wake = () => {
    connection.wake();
    connection.check(command('ping'));
  };
  const isSeen = () => document.visibilityState === 'visible';
  setInterval(() => isSeen() && connection.checkQuiet(command('ping')), QUIET_MS);
  addEventListener('online', wake);
  addEventListener('pageshow', wake);
  // A room that is opened in another tab.
  addEventListener('storage', ({ key }) => key?.endsWith(' rooms') && session.follow());
  addEventListener('popstate', () => show(roomOf(location.href), messageOf(location.href)));
  document.addEventListener('visibilitychange', () => (isSeen() ? wake() : session.leaveNow()));
  addEventListener('pagehide', () => {
    session.leaveNow();
    // A browser may keep the page for the way back, and its socket with it: others would still see us here.
    connection.rest();
  });
}

/** A link into this chat leads there in place; text has all of its links lead to another tab. */
function follow(app, event) {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = placeOf(link.href, document.baseURI);
  if (!place) return;
  event.preventDefault();
  app.go(place.room, place.seq);
}
