/**
 * What is not needed to read and to send: loaded after the first connection, or when that fails. Makes its parts and
 * connects them.
 */

import { messageOf, roomOf } from '../model/address.js';
import { linkTo, parseLink } from '../model/chat-links.js';
import { command } from '../model/protocol.js';
import { SessionParts } from '../model/session-parts.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { Actions } from './actions.js';
import { Announcer } from './announcer.js';
import { CodeCopy } from './code-copy.js';
import { Completion } from './completion.js';
import { ComposerEmoji } from './composer-emoji.js';
import { helpWriting } from './composer-format.js';
import { ComposerMode } from './composer-mode.js';
import { ConnectionNotice } from './connection-notice.js';
import { find } from './element.js';
import { EmptyRoom } from './empty-room.js';
import { refuseFiles } from './files.js';
import { icon } from './icon.js';
import { Identity } from './identity.js';
import { insert } from './insert.js';
import { install } from './install.js';
import { LogNavigation } from './log-navigation.js';
import { MessageActions } from './message-actions.js';
import { desktopState, Notifications } from './notifications.js';
import { PeopleCount } from './people.js';
import { PeopleColumn } from './people-column.js';
import { PICTURES } from './pictures.js';
import { RoomLimit } from './room-limit.js';
import { Reactors } from './reactors.js';
import { Rooms } from './rooms.js';
import { SendStatus } from './send-status.js';
import { loadStyle } from './stylesheet.js';
import { ThreadLines } from './thread-lines.js';
import { Touch } from './touch.js';
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
      navigation.revised(change);
      announcer.revised(change);
      notifications.revised(room, change);
    },
    linked(device) {
      if (deviceSheet) deviceSheet.linked(device);
      else showHint(t('deviceLinked', { device }));
    },
  });
  const { requests, loader, typing, mentions } = parts;
  session.parts = parts;

  const navigation = new LogNavigation({ log, anchor, loader, session, showHint });
  const completion = new Completion({ composer, session });
  const mode = new ComposerMode({ composer, requests, session, navigation, completion });
  const sendStatus = new SendStatus({ log });
  const emptyRoom = new EmptyRoom({ log });
  const announcer = new Announcer({ log });
  const messageActions = new MessageActions({ log, mode, requests, session, showHint });
  const actions = new Actions({ log, actions: messageActions, focusText: () => composer.focus() });
  followFinger(log, mode, messageActions, showHint);
  const reactors = new Reactors({ log, session, requests });
  const codeCopy = new CodeCopy({ log, showHint });
  const threadLines = new ThreadLines({ log, open: (seq) => showThread(seq).catch(() => showHint(t('notLoaded'))) });
  composer.mode = mode;
  log.on = {
    cleared() {
      thread?.close();
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
      threadLines.drawn();
    },
    scrolled: () => navigation.scrolled(),
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
    directory?.close(true);
    show(name, seq);
    // One goes on writing; on a phone the keyboard would be in the way.
    if (!seq && matchMedia('(pointer: fine)').matches) composer.focus();
  };

  const identity = new Identity({ session, storage });
  const rooms = new Rooms({ session, storage, identity });
  const roomLimit = new RoomLimit({ session, storage, show, showHint });
  const mentioned = () => askToNotify();
  const notifications = new Notifications({ session, storage, mentions, log, go, refresh, mentioned });
  const peopleCount = new PeopleCount();
  const column = new PeopleColumn({ storage, refresh, mention: (name) => insert(`@${name} `) });
  const typingLine = new TypingLine({ composer, typing });
  const notice = new ConnectionNotice({ connection, status });
  status.details = notice;
  status.show(status.state);

  /** The page of the rooms that are listed, while it is open. @type {import('./directory.js').Directory | undefined} */
  let directory;
  /** The sheet for another device, while it is open. @type {import('./device.js').DeviceSheet | undefined} */
  let deviceSheet;
  /** @type {import('./name-question.js').NameQuestion | undefined} */
  let nameQuestion;
  /** The thread beside the room, while one is open. @type {import('./thread.js').ThreadView | undefined} */
  let thread;
  /** The room's panel, while it is open. @type {import('./panel.js').Panel | undefined} */
  let panel;

  /** @param {Parameters<typeof import('./settings.js').openSettings>[1]} [part] */
  const openSettings = async (part) => {
    const settings = await import('./settings.js');
    await settings.openSettings({ storage, session, requests, open, refresh }, part);
  };

  /** The dialogs and forms, by the name that `data-opens` has. @type {Record<string, () => Promise<unknown>>} */
  const dialogs = {
    search: async () => (await import('./search.js')).openSearch({ room: log.room, session, requests, go }),
    settings: () => openSettings(),
    shortcuts: () => openSettings('shortcuts'),
    async people() {
      if (!column.isPossible) return dialogs.panel();
      // In the column's place there may be a thread.
      const isBehind = thread && !matchMedia('(width >= 112rem)').matches;
      if (isBehind) thread?.close();
      if (!isBehind || document.documentElement.classList.contains('no-column')) column.toggle();
    },
    name: async () => (await import('./name.js')).openName({ session, requests }),
    async device() {
      const { openDevice } = await import('./device.js');
      deviceSheet = await openDevice({ session, requests, onclose: () => (deviceSheet = undefined) });
    },
    async directory() {
      if (directory?.isOpen) return;
      directory = await (await import('./directory.js')).openDirectory({ session, requests, go });
    },
    newRoom: async () => (await import('./new-room.js')).openNewRoom({ session, requests, go }),
    invite: async () => (await import('./invite.js')).openInvite({ room: log.room, session }),
    async panel() {
      const { openPanel } = await import('./panel.js');
      panel = await openPanel({
        room: log.room, session, storage, requests, go, refresh, openSettings: () => open('settings'),
        onclose(closed) {
          if (panel === closed) panel = undefined;
        },
      });
    },
  };
  /** Shows a thread of the room, in the place of another. @param {number} seq of the message that it began with */
  async function showThread(seq) {
    const { openThread } = await import('./thread.js');
    if (thread?.seq === seq) return;
    thread?.close();
    thread = await openThread({
      room: log.room, seq, session, parts, showHint,
      enterSends: () => storage.get('enterSends') !== false,
      returnTo: () => threadLines.of(seq) ?? log.box,
      onclose: () => (thread = undefined),
    });
  }
  /** Becomes another user, if the reader agrees. @param {import('../model/session.js').Session['link']} link */
  async function switchDevice(link) {
    const { askToSwitch } = await import('./device.js');
    await askToSwitch(session.me?.name ?? '', () => {
      session.link = link;
      connection.suspend();
      connection.wake();
    });
  }
  /** A guest has said something: asks what others are to call them, once. */
  async function askForName() {
    if (!session.isGuest || !session.isReady || session.isNameFixed || storage.fresh('nameAsked')) return;
    storage.set('nameAsked', true);
    const { askForName } = await import('./name-question.js');
    nameQuestion = await askForName({ session, requests });
  }
  /** Somebody means the reader: asks whether they want to be told, once. */
  async function askToNotify() {
    const isOpen = document.querySelector('.question');
    if (isOpen || desktopState() !== 'default' || storage.fresh('notifyAsked')) return;
    storage.set('notifyAsked', true);
    await (await import('./notify-question.js')).askToNotify(storage);
  }
  const open = (/** @type {string} */ name) => dialogs[name]().catch(() => showHint(t('notLoaded')));

  log.refresh();
  refresh();
  if (link) switchDevice(link).catch(() => showHint(t('notLoaded')));
  followLinks(go);
  followVisibility({ connection, session, storage, show });
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
      else askForName().catch(() => {}); // They can choose a name without being asked.
    },
    /** @param {Room} room that is shown */
    refresh(room) {
      rooms.refresh(room);
      roomLimit.refresh(room);
      notifications.refresh();
      identity.refresh();
      nameQuestion?.refresh();
      if (session.isLinkRefused) {
        session.isLinkRefused = false;
        showHint(sentence(t('error_bad_link')));
      }
      directory?.refresh();
      peopleCount.refresh(room);
      column.refresh(room, session.me?.id);
      typingLine.refresh(room);
      panel?.refresh();
      thread?.refresh();
    },
  };
}

/**
 * What a finger does with a message.
 *
 * @param {import('./log.js').Log} log
 * @param {ComposerMode} mode
 * @param {MessageActions} actions
 * @param {(text: string) => void} showHint
 */
function followFinger(log, mode, actions, showHint) {
  const messageOf = (/** @type {import('./log.js').RowElement} */ { seq }) => log.room.timeline.get(seq ?? 0);
  new Touch(log.box, {
    async held(row) {
      const message = messageOf(row);
      if (!message) return;
      const sheet = import('./message-sheet.js').catch(() => showHint(t('notLoaded')));
      await (await sheet)?.openMessageSheet({ row, message, actions });
    },
    swiped(row) {
      const message = messageOf(row);
      if (message) mode.reply(message);
    },
    canReply: (row) => messageOf(row)?.deleted === false,
  });
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
  };
  /** The page may be gone in a moment. */
  const flush = () => {
    for (const room of session.rooms.values()) room.unread.sendMarker();
    session.saveNow();
  };
  const isSeen = () => document.visibilityState === 'visible';
  setInterval(() => isSeen() && connection.checkIfQuiet(command('ping')), QUIET_MS);
  addEventListener('online', wake);
  addEventListener('pageshow', wake);
  // Another tab has opened rooms.
  addEventListener('storage', ({ key }) => {
    if (!key?.endsWith(' rooms')) return;
    for (const name of storage.fresh('rooms') ?? []) if (!session.rooms.has(name)) session.open(name);
  });
  addEventListener('popstate', () => show(roomOf(location.href), messageOf(location.href)));
  document.addEventListener('visibilitychange', () => (isSeen() ? wake() : flush()));
  addEventListener('pagehide', () => {
    flush();
    // A browser may keep the page for the way back, and its socket with it: others would still see us here.
    connection.suspend();
  });
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
