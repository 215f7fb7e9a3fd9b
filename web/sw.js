/**
 * Serves a copy of the page's files when there is no network. Knows no messages, and leaves alone whatever else is
 * served under its address.
 */

/**
 * All files of the page but pictures that only the system shows, and emoji. A test holds that it is all
 * (tests/page/house.test.js).
 */
const FILES = [
  'boot.js', 'chat.js', 'chinwag.webmanifest', 'icon.svg', 'index.html',
  'model/address.js', 'model/backoff.js', 'model/chat-links.js', 'model/color.js', 'model/completion.js',
  'model/connection.js', 'model/database.js', 'model/device-name.js', 'model/drafts.js', 'model/emoji-search.js',
  'model/fold-tables.js', 'model/frame-scheduler.js', 'model/graphemes.js', 'model/highlight.js',
  'model/history-loader.js', 'model/kept-rooms.js', 'model/markup.js', 'model/mentions.js', 'model/notify.js',
  'model/outbox.js', 'model/people.js', 'model/places.js', 'model/private-rooms.js', 'model/protocol.js',
  'model/reason.js', 'model/requests.js', 'model/revisions.js', 'model/rights.js', 'model/room-kind.js',
  'model/room-limit.js', 'model/room-list.js', 'model/room-rules.js', 'model/room.js', 'model/rows.js',
  'model/scroll-anchor.js', 'model/session-parts.js', 'model/session.js', 'model/target-check.js', 'model/thread.js',
  'model/timeline.js', 'model/typing.js', 'model/unread.js', 'model/validate.js', 'model/web-storage.js',
  'style/actions.css', 'style/base.css', 'style/colors.css', 'style/column.css', 'style/compact.css',
  'style/completion.css', 'style/composer.css', 'style/dark.css', 'style/deferred.css', 'style/device.css',
  'style/dialog.css', 'style/directory.css', 'style/emoji.css', 'style/header.css', 'style/log.css',
  'style/message-sheet.css', 'style/message.css', 'style/new-direct.css', 'style/new-room.css', 'style/page.css',
  'style/panel.css', 'style/password.css', 'style/person.css', 'style/question.css', 'style/rights.css',
  'style/rooms.css', 'style/search.css', 'style/settings.css', 'style/text.css', 'style/thread.css',
  'style/writing.css',
  'view/actions.js', 'view/announcer.js', 'view/code-copy.js', 'view/completion.js', 'view/composer-emoji.js',
  'view/composer-format.js', 'view/composer-mode.js', 'view/composer.js', 'view/confirm.js',
  'view/connection-notice.js', 'view/day-pill.js', 'view/deferred.js', 'view/device-news.js', 'view/device.js',
  'view/devices.js', 'view/dialog.js', 'view/dialogs.js', 'view/directory.js', 'view/element.js', 'view/emoji-grid.js',
  'view/emoji-table.js', 'view/emoji-tones.js', 'view/emoji.js', 'view/empty-room.js', 'view/face-choice.js',
  'view/files.js', 'view/finger.js', 'view/gate.js', 'view/header.js', 'view/icon.js', 'view/identity.js',
  'view/input-method.js', 'view/insert.js', 'view/install.js', 'view/invite-role.js', 'view/invite.js',
  'view/log-navigation.js', 'view/log.js', 'view/message-actions.js', 'view/message-button.js', 'view/message-sheet.js',
  'view/message.js', 'view/name-field.js', 'view/name-question.js', 'view/name.js', 'view/new-direct.js',
  'view/new-room.js', 'view/notifications.js', 'view/notify-question.js', 'view/outside.js', 'view/panel.js',
  'view/password-form.js', 'view/people-column.js', 'view/people-field.js', 'view/people.js', 'view/person.js',
  'view/pictures.js', 'view/popover.js', 'view/private-panel.js', 'view/reactors.js', 'view/report.js',
  'view/room-choices.js', 'view/room-limit.js', 'view/room-rules.js', 'view/rooms-fold.js', 'view/rooms.js',
  'view/search.js', 'view/send-status.js', 'view/settings.js', 'view/share.js', 'view/shared-link.js', 'view/sound.js',
  'view/status.js', 'view/stylesheet.js', 'view/text.js', 'view/this-chat.js', 'view/thread-lines.js', 'view/thread.js',
  'view/threads.js', 'view/touch.js', 'view/typing.js', 'view/undo.js',
  'words/ar.js', 'words/de.js', 'words/en.js', 'words/es.js', 'words/fr.js', 'words/ja.js', 'words/more.js',
  'words/until.js', 'words/words.js', 'words/zh.js', 'words/more/ar.js', 'words/more/de.js', 'words/more/es.js',
  'words/more/fr.js', 'words/more/ja.js', 'words/more/zh.js',
];

/** Emoji are copied when they are used: a table is of one language, and nobody needs all. */
const EMOJI = /^(?:r\/)?(emoji\/[a-z]+\.js)$/;

/** Whether the page's ETag changes with each of its files: build.rs sees to that, a folder of `--web` does not. */
const HAS_VERSION = false;

/** With a copy at hand, the network gets no longer than this. Milliseconds. */
const NETWORK_MS_MAX = 3_000;

/**
 * A network that was too slow is not waited for at all for this long, since one load asks for many files. Milliseconds.
 */
const SLOW_MS = 10_000;

/** @type {ServiceWorkerGlobalScope} */
// @ts-expect-error -- this script is a service worker
const worker = self;

const mount = new URL('.', location.href).href;
const CACHES = `chinwag ${mount} `;
const CACHE = `${CACHES}1`;
const PAGE = 'index.html';

let slowUntil = 0;
/** The windows whose page is the copy's: so are all its files, and the network is not asked. @type {Set<string>} */
const upToDate = new Set();
/** @type {Promise<void> | undefined} */
let filling;

worker.addEventListener('install', (event) => event.waitUntil(fill().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => worker.clients.claim())));

worker.addEventListener('fetch', (event) => {
  const file = event.request.method === 'GET' && fileOf(event.request.url);
  if (!file) return;
  const { request } = event;
  const found = caches.match(file, { cacheName: CACHE, ignoreVary: true });
  const kept = found.then((response) => response && copyOf(response, request));
  if (upToDate.has(event.clientId) && !EMOJI.test(file)) {
    event.respondWith(kept.then((copy) => copy ?? fetch(request), () => fetch(request)));
    return;
  }
  const network = fetch(request);
  if (EMOJI.test(file)) event.waitUntil(copy(file, network.then((response) => response.clone())).catch(() => {}));
  else event.waitUntil(compare(network, kept).catch(() => {}));
  const isPage = HAS_VERSION && request.mode === 'navigate';
  event.respondWith(isPage ? pageOf(event, firstOf(network, kept), kept) : firstOf(network, kept));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.url));
});

/**
 * One copy for all addresses of a file: it lies at the mount and beside every room's page, and all rooms have one page.
 *
 * @param {string} address
 * @returns {string | undefined} which of the page's files that is, if it is one
 */
function fileOf(address) {
  const { origin, pathname } = new URL(address);
  const url = origin + pathname;
  if (!url.startsWith(mount)) return undefined;
  const path = url.slice(mount.length);
  // A sign of a room's name may be written as its code: a page read from that reads it as well (model/address.js).
  if (/^(?:r\/(?:[a-z0-9_-]|%(?:2[Dd]|3\d|5[Ff]|[67][\dA-Fa-f])){1,64})?$/.test(path)) return PAGE;
  return EMOJI.exec(path)?.[1] ?? FILES.find((file) => file === path || (file !== PAGE && `r/${file}` === path));
}

/**
 * Without an address of its own, if that is not the one that was asked for: a module finds what it imports beside that.
 * What is as it was copied the browser has compiled as well.
 *
 * @param {Response} found
 * @param {Request} request
 */
const copyOf = (found, request) => (found.url === request.url ? found : new Response(found.body, found));

/**
 * Notes whether it is the copy's page.
 *
 * @param {FetchEvent} event
 * @param {Promise<Response>} page
 * @param {Promise<Response | undefined>} kept
 */
async function pageOf(event, page, kept) {
  const response = await page;
  const etag = response.headers.get('etag');
  const before = await kept.catch(() => undefined);
  if (etag && etag === before?.headers.get('etag')) upToDate.add(event.resultingClientId);
  return response;
}

/** @param {Promise<Response>} network @param {Promise<Response | undefined>} kept */
async function firstOf(network, kept) {
  const copy = await kept.catch(() => undefined);
  if (!copy) return network;
  let timer = 0;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => {
      slowUntil = Date.now() + SLOW_MS;
      resolve(copy);
    }, Date.now() < slowUntil ? 0 : NETWORK_MS_MAX);
  });
  // A proxy whose server is gone answers for it: 502 and the like.
  const answer = network.then((response) => (response.status < 500 ? response : copy), () => copy);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/**
 * A file that differs from its copy is of a new version: all files are copied again, so that they fit together.
 *
 * @param {Promise<Response>} fresh
 * @param {Promise<Response | undefined>} kept
 */
async function compare(fresh, kept) {
  const [response, before] = [await fresh, await kept];
  const etag = response.headers.get('etag');
  if (response.ok && before && !(etag && etag === before.headers.get('etag'))) await fill();
}

/** @param {string} file @param {Promise<Response>} fresh */
async function copy(file, fresh) {
  const response = await fresh;
  if (response.ok && !response.redirected) await (await caches.open(CACHE)).put(file, response);
}

/**
 * Copies all files, and the emoji that were copied before; or none: not where one is an error, or a login page that
 * somebody's proxy leads to.
 */
function fill() {
  filling ??= caches
    .open(CACHE)
    .then(async (cache) => {
      const used = (await cache.keys()).map(({ url }) => url.slice(mount.length)).filter((path) => EMOJI.test(path));
      const ask = (/** @type {string} */ file) => new Request(file, { cache: 'no-cache', redirect: 'error' });
      const copyAll = () => cache.addAll([...FILES, ...used].map(ask));
      const before = await fetch(ask(PAGE));
      await copyAll();
      // The server became a newer one meanwhile: its page would speak for files of the older one.
      const kept = await cache.match(PAGE);
      if (kept?.headers.get('etag') !== before.headers.get('etag')) await copyAll();
    })
    .finally(() => (filling = undefined));
  return filling;
}

/** Removes what earlier versions of this worker had. */
async function tidy() {
  /** @param {string} name */
  const old = (name) => name.startsWith(CACHES) && name !== CACHE;
  await Promise.all((await caches.keys()).filter(old).map((name) => caches.delete(name)));
  const cache = await caches.open(CACHE);
  const gone = (await cache.keys()).filter(({ url }) => fileOf(url) !== url.slice(mount.length));
  await Promise.all(gone.map((request) => cache.delete(request)));
}

/** Shows the message of a notification in an open window, or opens one. @param {string} url */
async function show(url) {
  const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = open.find(({ url }) => fileOf(url) === PAGE);
  if (!window) return worker.clients.openWindow(url);
  window.postMessage({ type: 'go', url });
  return window.focus();
}
