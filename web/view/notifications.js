/**
 * Tells of messages that the reader does not see: a number in the title and on the icon, a sound, a desktop
 * notification.
 */

import { cut } from '../model/graphemes.js';
import { linkTo } from '../model/chat-links.js';
import { levelOf, titleOf, unreadIn, alertsFor } from '../model/notify.js';
import { isDirect, isPrivate } from '../model/room-kind.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { chime } from './sound.js';
import { plainText } from './text.js';

/** The delay before a notification: the message may be read in another window or on another machine. Milliseconds. */
const ELSEWHERE_MS = 800;

/** Only the first of several tabs shows a notification; the others have received the message by then. Milliseconds. */
const TABS_MS = 2_000;

/** The length of a message in a notification. UTF-16 units, of whole characters. */
const TEXT_CHARS = 200;

/** The icon, drawn for the densest screens. CSS pixels. */
const ICON_PX = 64;

/** @returns {'insecure' | 'missing' | NotificationPermission} whether there can be desktop notifications, and may */
export function desktopState() {
  if (!window.isSecureContext) return 'insecure';
  return 'Notification' in window ? Notification.permission : 'missing';
}

/**
 * @typedef {import('../model/room.js').Room} Room
 * @typedef {import('../model/protocol.js').MessageEntry} MessageEntry
 *
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'rooms'>} session
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {import('../model/mentions.js').Mentions} mentions
 * @property {Pick<import('./log.js').Log, 'room'>} log
 * @property {(room: string, seq: number) => void} go
 * @property {() => void} refresh draws what is around the log again
 * @property {() => void} mentioned a message means the reader
 */

export class Notifications {
  #needs;
  #icon = /** @type {HTMLLinkElement} */ (find('link[rel="icon"]'));
  #plainIcon = this.#icon.href;
  #count = 0;
  /** The count as the icon has it. */
  #sign = '';
  /** Picture of the icon without a number. @type {Promise<HTMLImageElement> | undefined} */
  #picture;
  /**
   * Messages as they are now whose notification is delayed, by room and number.
   *
   * @type {Map<string, Map<number, MessageEntry>>}
   */
  #pending = new Map();
  /**
   * The notification of each room: its message, and how it is closed.
   *
   * @type {Map<string, { seq: number, close: () => void }>}
   */
  #shown = new Map();

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
    this.refresh();
  }

  /**
   * @param {Room} room
   * @param {MessageEntry} message of somebody else, as it was heard
   */
  received(room, message) {
    const addressesMe = this.#needs.mentions.received(room, message);
    if (addressesMe) this.#needs.mentioned();
    const { counts, sounds, shows } = this.#alertsFor(room, message, addressesMe);
    if (counts) this.#needs.refresh();
    if (!sounds && !shows) return;
    const pending = this.#pending.get(room.name);
    if (pending) {
      pending.set(message.seq, message);
      return;
    }
    this.#pending.set(room.name, new Map([[message.seq, message]]));
    setTimeout(() => this.#tell(room), ELSEWHERE_MS);
  }

  /**
   * A message is another one now, or gone.
   *
   * @param {Room} room
   * @param {import('../model/revisions.js').Revision} change
   */
  revised(room, { target, text, mentions }) {
    const pending = this.#pending.get(room.name);
    const message = pending?.get(target);
    if (text !== undefined) {
      if (message) pending?.set(target, { ...message, text, mentions });
      return;
    }
    pending?.delete(target);
    const shown = this.#shown.get(room.name);
    if (shown?.seq === target) {
      this.#shown.delete(room.name);
      shown.close();
    } else if (this.#needs.storage.get('desktop')) {
      // It may be of a tab that is closed.
      closeOfWorker(linkTo(document.baseURI, room.name), linkTo(document.baseURI, room.name, target));
    }
  }

  /** Something was heard, or read; or one wants to be told of more, or less; or another room is shown. */
  refresh() {
    const { session, log, storage } = this.#needs;
    const count = unreadIn(session.rooms.values(), (name) => levelOf(storage, name));
    const title = titleOf(log.room.name, count);
    if (document.title !== title) document.title = title;
    if (count !== this.#count) {
      this.#count = count;
      badge(count);
      this.#mark(signOf(count));
    }
    for (const [name, { close }] of this.#shown) {
      if (session.rooms.get(name)?.unread.count) continue;
      this.#shown.delete(name);
      close();
    }
  }

  /**
   * The alerts for a message, by the room's level.
   *
   * @param {Room} room
   * @param {MessageEntry} message
   * @param {boolean} [addressesMe]
   */
  #alertsFor(room, message, addressesMe = this.#needs.mentions.addressesMe(room, message)) {
    const level = levelOf(this.#needs.storage, room.name);
    return alertsFor({ message: { deleted: message.deleted, addressesMe }, level, isWatching: room.unread.isWatched });
  }

  /** @param {Room} room */
  #tell(room) {
    const { storage } = this.#needs;
    const pending = [...(this.#pending.get(room.name)?.values() ?? [])];
    this.#pending.delete(room.name);
    const unread = pending.filter(({ seq }) => seq > room.unread.marker);
    const message = unread.findLast((message) => this.#alertsFor(room, message).shows);
    if (!message) return;
    const url = linkTo(document.baseURI, room.name, message.seq);
    onceOfAllTabs(url, () => {
      if (storage.get('sound')) chime();
      if (storage.get('desktop') && desktopState() === 'granted') this.#show(room, message, url);
    });
  }

  /** @param {Room} place @param {MessageEntry} message @param {string} url */
  async #show(place, message, url) {
    const { name: room } = place;
    const { from, seq } = message;
    const isPreviewed = this.#needs.storage.get('preview') !== false;
    const untold = isPrivate(room) ? t('newPrivateMessage') : t('newMessageIn', { room });
    const title = isPreviewed ? titleOfMessage(place, from) : untold;
    /** @type {NotificationOptions & { renotify: boolean }} */
    const options = {
      body: isPreviewed ? cut(plainText(message, place), TEXT_CHARS) : '',
      tag: linkTo(document.baseURI, room),
      data: { url },
      icon: new URL('../icon-192.png', import.meta.url).href,
      dir: 'auto',
      renotify: true,
      // The sound is ours, for whoever wants one.
      silent: true,
    };
    const shown = { seq, close: () => closeOfWorker(linkTo(document.baseURI, room), url) };
    try {
      this.#shown.set(room, shown);
      if (navigator.serviceWorker?.controller) {
        const worker = await navigator.serviceWorker.ready;
        await worker.showNotification(title, options);
      } else {
        const notification = new Notification(title, options);
        notification.onclick = () => {
          window.focus();
          notification.close();
          this.#needs.go(room, seq);
        };
        shown.close = async () => notification.close();
      }
      // Read or deleted while it was made.
      this.refresh();
      if (this.#shown.get(room) !== shown) shown.close();
    } catch {
      // Some browsers show them for a service worker only, and some take the permission back.
    }
  }

  /** @param {string} sign on the icon: to draw it is dear, and a count goes up with each message */
  async #mark(sign) {
    if (sign === this.#sign) return;
    this.#sign = sign;
    if (!sign) {
      this.#setIcon(this.#plainIcon, 'image/svg+xml');
      return;
    }
    try {
      this.#picture ??= pictureOf(this.#plainIcon);
      const picture = await this.#picture;
      if (sign === this.#sign) this.#setIcon(draw(picture, sign), 'image/png');
    } catch {
      // Without a picture there is the number in the title.
    }
  }

  /** @param {string} href @param {string} type */
  #setIcon(href, type) {
    Object.assign(this.#icon, { href, type });
  }
}

/** @param {Room} room @param {import('../model/protocol.js').User} from */
function titleOfMessage(room, from) {
  const name = room.calledNow(from);
  // Whoever writes to the reader alone is all of the room's name.
  if (isDirect(room.name) && room.called === name) return name;
  return t('nameInRoom', { name, room: isPrivate(room.name) ? room.label : room.name });
}

/** @param {string} tag of a room @param {string} url of the message that the notification is of */
async function closeOfWorker(tag, url) {
  if (!navigator.serviceWorker?.controller) return;
  const worker = await navigator.serviceWorker.ready;
  const shown = await worker.getNotifications({ tag });
  for (const notification of shown) if (notification.data.url === url) notification.close();
}

/** The number on the icon of an installed page. @param {number} count */
function badge(count) {
  const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => {});
}

/** @param {string} name the same in all tabs @param {() => void} run */
function onceOfAllTabs(name, run) {
  if (!navigator.locks) return run();
  navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    run();
    await new Promise((later) => setTimeout(later, TABS_MS));
  });
}

/** @param {string} src */
async function pictureOf(src) {
  const picture = el('img', { src });
  await picture.decode();
  return picture;
}

/** @param {number} count @returns {string} at the size that a tab has, two digits can be read by nobody */
const signOf = (count) => (count > 9 ? '+' : count > 0 ? String(count) : '');

/** @param {HTMLImageElement} picture @param {string} sign @returns {string} its address */
function draw(picture, sign) {
  const canvas = el('canvas', { width: ICON_PX, height: ICON_PX });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const [middle, radius] = [ICON_PX * 0.66, ICON_PX * 0.34];
  pen.drawImage(picture, 0, 0, ICON_PX, ICON_PX);
  pen.fillStyle = colorOf('--bad');
  pen.beginPath();
  pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = colorOf('--page-back');
  pen.font = `bold ${ICON_PX * 0.55}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(sign, middle, middle + ICON_PX * 0.03);
  return canvas.toDataURL('image/png');
}

/** @param {string} role of colors.css @returns {string} as a canvas takes it */
function colorOf(role) {
  const probe = el('span', { hidden: true });
  probe.style.setProperty('color', `var(${role})`);
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
