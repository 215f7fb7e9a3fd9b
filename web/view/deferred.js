/**
 * What is not needed to read and to send: loaded after the first connection, or when that fails. Makes its parts and
 * connects them.
 */

import { invitationOf, messageOf, roomOf } from '../model/address.js';
import { linkTo, parseLink } from '../model/chat-links.js';
import { deviceName } from '../model/device-name.js';
import { command } from '../model/protocol.js';
import { reasonOf } from '../model/reason.js';
import { isModerator } from '../model/rights.js';
import { SessionParts } from '../model/session-parts.js';
import { sentence } from '../words/more.js';
import { timeOf } from '../words/until.js';
import { calendar, t } from '../words/words.js';
import { Actions } from './actions.js';
import { Announcer } from './announcer.js';
import { CodeCopy } from './code-copy.js';
import { Completion } from './completion.js';
import { ComposerEmoji } from './composer-emoji.js';
import { helpWriting } from './composer-format.js';
import { ComposerMode } from './composer-mode.js';
import { ConnectionNotice } from './connection-notice.js';
import { DayPill } from './day-pill.js';
import { Dialogs } from './dialogs.js';
import { find } from './element.js';
import { EmptyRoom } from './empty-room.js';
import { followFinger } from './finger.js';
import { Gate } from './gate.js';
import { refuseFiles } from './files.js';
import { icon } from './icon.js';
import { Identity } from './identity.js';
import { insert } from './insert.js';
import { install } from './install.js';
import { LogNavigation } from './log-navigation.js';
import { MessageActions } from './message-actions.js';
import { messageButtons } from './message-button.js';
import { Notifications } from './notifications.js';
import { forgetDraft, Outside } from './outside.js';
import { PeopleCount } from './people.js';
import { PeopleColumn } from './people-column.js';
import { PICTURES } from './pictures.js';
import { RoomLimit } from './room-limit.js';
import { Reactors } from './reactors.js';
import { Rooms } from './rooms.js';
import { SendStatus } from './send-status.js';
import { loadStyle } from './stylesheet.js';
import { Threads } from './threads.js';
import { TypingLine } from './typing.js';

/** A connection that was quiet for this long is checked: it may be lost without a close. Milliseconds. */
const QUIET_MS = 45_000;

/**
 * @typedef {import('../model/room.js').Room} Room
 *
 * @typedef {object} Page the parts of the first load (chat.js)
 * @property {import('../model/session.js').Session} session
 * @property {import('../model/connection.js').Connection} connection
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {import('./log.js').Log} log
 * @property {import('./composer.js').Composer} composer
 * @property {import('./status.js').Status} status
 * @property {(name: string, seq?: number) => void} show a room, and a message in it
 * @property {() => void} refresh draws what is around the log again
 *
 * @typedef {Awaited<ReturnType<typeof startDeferred>>} Deferred
 */

/**
 * @param {Page} page
 * @param {import('../model/session.js').Session['link']} [link] that makes this device another's, if its reader agrees
 */
export async function startDeferred({ session, connection, storage, log, composer, status, show, refresh }, link) {
  await Promise.all([loadStyle('deferred.css'), loadStyle('actions.css')]);
  const { anchor } = log;
  const showHint = (/** @type {string} */ text) => composer.showHint(text);

  const parts = new SessionParts(session, {
    revised(room, change) {
      mode.revised(room, change);
      threads.revised(room, change);
      navigation.revised(change);
      announcer.revised(change);
      notifications.revised(room, change);
    },
    linked: (device) => dialogs.linked(device),
    opened: (room) => outside.opened(room),
    barred: (room, wasIn) => outside.barred(room, wasIn),
    deleted: (room) => {
      forgetDraft(storage, room.name);
      if (room === log.room) {
        history.replaceState(null, '', linkTo(document.baseURI, 'lobby'));
        dialogs.leave();
        show('lobby');
      }
      showHint(t('roomDeleted', { room: room.label }));
      refresh();
    },
    targets: (room) => [...mode.targets(room), ...threads.targets(room)],
    checked(room, isLost) {
      mode.checked(room, isLost);
      threads.checked(room, isLost);
    },
  });
  const { requests, loader, typing, mentions, privateRooms } = parts;
  session.parts = parts;

  const navigation = new LogNavigation({ log, anchor, loader, session, showHint });
  /** @type {HTMLTextAreaElement} */
  const field = find('#text');
  const completion = new Completion({ composer, session, field, id: 'completion' });
  /** @type {import('./actions.js').Place} */
  const place = {
    box: log.box,
    list: log.list,
    rows: log.rows,
    get room() { return log.room; },
    get timeline() { return log.room.timeline; },
  };
  const timeline = () => place.timeline;
  const mode = new ComposerMode({
    composer, form: find('#composer'), timeline, requests, session, navigation, completion,
  });
  const sendStatus = new SendStatus({ log });
  const emptyRoom = new EmptyRoom({ log });
  const announcer = new Announcer({ log });
  const seeTo = (/** @type {import('../model/protocol.js').User} */ person) => dialogs.seeTo(person);
  const messageActions = new MessageActions({ place, mode, requests, session, showHint, seeTo });
  const actions = new Actions({ place, actions: messageActions, focusText: () => composer.focus() });
  followFinger({ place, mode, actions: messageActions, showHint });
  const reactors = new Reactors({ place, session, requests, id: 'reactors' });
  const codeCopy = new CodeCopy({ log, showHint });
  const dayPill = new DayPill(log);
  composer.mode = mode;
  log.on = {
    cleared() {
      dialogs.leave();
      threads.close();
      navigation.cleared();
      announcer.cleared();
    },
    received(message) {
      navigation.received(message);
      announcer.received(message);
    },
    beforeDraw: () => navigation.beforeDraw(),
    drawn(rows) {
      navigation.drawn();
      mode.drawn();
      sendStatus.drawn(rows);
      emptyRoom.drawn(rows);
      actions.drawn();
      reactors.drawn();
      codeCopy.drawn();
      threads.drawn();
      dayPill.drawn();
    },
    scrolled() {
      navigation.scrolled();
      dayPill.scrolled();
    },
    goToLine: () => navigation.goToLine(),
  };

  /**
   * Goes to a room, and to a message in it; the way back is the browser's.
   *
   * @param {string} name
   * @param {number} [seq]
   */
  const go = (name, seq) => {
    const link = linkTo(document.baseURI, name, seq);
    if (link !== location.href) history.pushState(null, '', link);
    dialogs.leave();
    show(name, seq);
    // One goes on writing; on a phone the keyboard would be in the way.
    if (!seq && matchMedia('(pointer: fine)').matches) composer.focus();
  };

  const identity = new Identity({ session, storage });
  const rooms = new Rooms({ session, storage, identity });
  const roomLimit = new RoomLimit({ session, storage, show, showHint });
  const mentioned = () => dialogs.askToNotify();
  const notifications = new Notifications({ session, storage, mentions, log, go, refresh, mentioned });
  const peopleCount = new PeopleCount();
  /** Where one may not write, a draft that is out of sight does not grow. @param {string} name */
  const mention = (name) => session.mayWrite && !log.room.barrier && insert(`@${name} `);
  const message = messageButtons(session, (people) => dialogs.writeTo(people));
  const column = new PeopleColumn({ storage, refresh, session, mention, message, seeTo });
  const outside = new Outside({ session, storage, log, composer, status, show, refresh });
  const typingLine = new TypingLine({ composer, typing });
  const again = () => {
    connection.suspend();
    connection.open();
  };
  /** @type {ReturnType<typeof import('./password-form.js').passwordForm> | undefined} */
  let passwordForm;
  const askPassword = () => {
    if (!session.asksPassword && !passwordForm) return;
    passwordForm ??= import('./password-form.js').then((module) => module.passwordForm({ session, log, again }));
    passwordForm.then((form) => form.refresh(), () => {
      passwordForm = undefined;
      showHint(t('notLoaded'));
    });
  };
  const unarchive = () => {
    const rules = requests.govern('room_rules', { room: log.room.name, archived: false });
    rules.catch(({ message }) => showHint(t('notChanged', { why: message })));
  };
  const gate = new Gate({ form: find('#composer'), session, room: () => log.room, again, unarchive });
  const notice = new ConnectionNotice({ connection, status, session, storage });
  status.details = notice;
  status.show(status.state);

  const threads = new Threads({ session, parts, composer, log, showHint, seeTo });
  const dialogs = new Dialogs({
    session, connection, storage, requests, log, column, threads, go, refresh, showHint,
    focusText: () => composer.focus(),
  });
  const open = (/** @type {string} */ name) => dialogs.open(name);

  log.refresh();
  refresh();
  if (link) dialogs.switchDevice(link);
  session.linked.splice(0).forEach((device) => dialogs.linked(device));
  followLinks(go);
  sayDays();
  followVisibility({ connection, session, storage, show });
  addEventListener('popstate', () => {
    const invitation = invitationOf(location.href);
    if (!invitation) return;
    // One that was opened in the page's own tab, which is loaded already.
    history.replaceState(null, '', location.pathname);
    storage.set('invitation', invitation);
    again();
  });
  refuseFiles(showHint);
  new ComposerEmoji({ showHint });
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
    const hasControl = (ctrlKey || metaKey) && !altKey;
    // At a message no letter is written.
    const isHelp = (hasControl && key === '/') || (key === '?' && log.box.contains(document.activeElement));
    const opens = hasControl && !shiftKey && key.toLowerCase() === 'k' ? 'search' : isHelp && 'shortcuts';
    if (!opens || defaultPrevented) return;
    event.preventDefault();
    open(opens);
  });
  // After the keys above, which it leaves alone.
  helpWriting();
  install(go);
  find('.top-rooms').prepend(icon(PICTURES.back));
  find('#search').append(icon(PICTURES.search));

  return {
    open,
    goTo: (/** @type {number} */ seq) => navigation.goTo(seq),
    /**
     * A message that is new to the reader; without one, it is their own.
     *
     * @param {Room} room
     * @param {import('../model/protocol.js').MessageEntry} [message]
     */
    received(room, message) {
      if (message) notifications.received(room, message);
      else dialogs.askForName();
    },
    /** @param {Room} room that is shown */
    refresh(room) {
      outside.refresh(room);
      rooms.refresh(room);
      roomLimit.refresh(room);
      notifications.refresh();
      identity.refresh();
      if (session.linkRefusal) {
        const { linkRefusal } = session;
        showHint(sentence(linkRefusal.code === 'bad_link' ? t('error_bad_link') : reasonOf(linkRefusal)));
        session.linkRefusal = undefined;
      }
      nameDevice(session, storage, requests);
      nameField(field, room, session);
      const inIt = privateRooms.peopleOf(room.name);
      const shown = inIt ? { people: { named: inIt, count: inIt.length } } : room;
      peopleCount.refresh(shown, inIt !== undefined);
      column.refresh(shown, session.me?.id);
      typingLine.refresh(room);
      gate.refresh();
      askPassword();
      dialogs.refresh();
      threads.refresh();
    },
  };
}

/**
 * A room may be called otherwise since it is shown, or be in slow mode, which is said before somebody meets it.
 *
 * @param {HTMLTextAreaElement} field
 * @param {Room} room
 * @param {import('../model/session.js').Session} session
 */
function nameField(field, { label, rules: { slow } }, session) {
  const isSlow = slow > 0 && !isModerator(session);
  const says = isSlow ? t('slowly', { time: timeOf(slow) }) : t('messageTo', { room: label });
  if (field.placeholder !== says) field.placeholder = says;
}

/**
 * Tells the server what this device calls itself, for the reader's other devices. Later hellos say it as well.
 *
 * @param {import('../model/session.js').Session} session
 * @param {import('../model/web-storage.js').WebStorage} storage
 * @param {import('../model/requests.js').Requests} requests
 */
function nameDevice(session, storage, requests) {
  const device = deviceName(navigator.userAgent);
  if (!session.isReady || storage.get('device') === device) return;
  storage.set('device', device);
  requests.devices({ device }).catch(() => {});
}

/**
 * Keeps up with the tab's visibility, the network and the browser's history.
 *
 * @param {Pick<Page, 'connection' | 'session' | 'storage' | 'show'>} page
 */
function followVisibility({ connection, session, storage, show }) {
  const wake = () => {
    connection.wake();
    connection.check(command('ping'));
    session.parts?.kept.ask();
  };
  /** The page may be gone in a moment. */
  const flush = () => {
    for (const room of session.rooms.values()) room.unread.sendMarker();
    session.saveNow();
  };
  const isSeen = () => document.visibilityState === 'visible';
  setInterval(() => isSeen() && connection.checkIfQuiet(command('ping')), QUIET_MS);
  addEventListener('online', wake);
  addEventListener('pageshow', ({ persisted }) => {
    // The page was kept, and goes on with what it had.
    if (persisted) storage.set('unstored', undefined);
    wake();
  });
  // Another tab has opened rooms.
  addEventListener('storage', ({ key }) => {
    if (!key?.endsWith(' rooms')) return;
    for (const name of storage.fresh('rooms') ?? []) if (!session.rooms.has(name)) session.add(name);
    session.list();
    session.joinRecent();
  });
  addEventListener('popstate', () => show(roomOf(location.href), messageOf(location.href)));
  document.addEventListener('visibilitychange', () => (isSeen() ? wake() : flush()));
  addEventListener('pagehide', () => {
    flush();
    session.keepUnstored();
    // A browser may keep the page for the way back, and its socket with it: others would still see us here.
    connection.suspend();
  });
}

/** Says on which day a message was said to whoever points at it, or goes to it: most are passed by. */
function sayDays() {
  /** @param {Event} event */
  const say = ({ target }) => {
    /** @type {HTMLTimeElement | null | undefined} */
    const time = /** @type {Element} */ (target).closest('.message')?.querySelector('.message-time');
    if (time && !time.title) time.title = calendar(Date.parse(time.dateTime));
  };
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, say);
}

/**
 * Opens links into this chat in place: in text, all links have another tab as their target.
 *
 * @param {(name: string, seq?: number) => void} go
 */
function followLinks(go) {
  document.addEventListener('click', (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a[href]'));
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = parseLink(link.href, document.baseURI);
    if (!target) return;
    event.preventDefault();
    go(target.room, target.seq);
  });
}
