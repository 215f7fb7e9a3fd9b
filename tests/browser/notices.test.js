/** What tells of a message that one does not see. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** Longer than a page waits before it tells of a message. Milliseconds. */
const TOLD_MS = 1_500;

/** In the page: a desktop and a speaker that note what they are given, and a person who allows it. */
function noteNotices() {
  window.notices = [];
  window.tones = 0;
  window.Notification = class {
    static permission = 'default';
    static async requestPermission() {
      return (this.permission = 'granted');
    }
    constructor(title, { body, tag, data }) {
      Object.assign(this, { title: title.replace(/[\u2068\u2069]/g, ''), body, tag, data, isOpen: true });
      window.notices.push(this);
    }
    close() {
      this.isOpen = false;
    }
  };
  // There may be no speaker, and then it is never ready.
  AudioContext.prototype.resume = async () => {};
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...at) {
    window.tones += 1;
    return start.apply(this, at);
  };
  if (!navigator.serviceWorker) return;
  Object.assign(ServiceWorkerRegistration.prototype, {
    async showNotification(title, options) {
      new Notification(title, options).isOfWorker = true;
    },
    getNotifications: async ({ tag }) => window.notices.filter((notice) => notice.isOpen && notice.tag === tag),
  });
}

/** In the page: the latest notification is clicked on. */
function clickNotice() {
  const { isOfWorker, data, onclick } = window.notices.at(-1);
  // What the worker says then is its own story (offline.test.js).
  if (isOfWorker) navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { type: 'go', url: data.url } }));
  else onclick();
}

/** What is on the desktop. */
const shown = (person) => person.page.evaluate(() =>
  window.notices.filter(({ isOpen }) => isOpen).map(({ title, body }) => (body ? `${title}: ${body}` : title)));

const tones = (person) => person.page.evaluate(() => window.tones);

const hasTitle = (person, title) => until(`the title is ${title}`, async () => (await person.page.title()) === title);

async function sets(person, label) {
  await person.clicks('#settings');
  await person.page.waitForSelector('dialog[open]');
  await person.page.locator(`dialog ::-p-text(${label})`).click();
}

/** Ada is in the lobby, and Bob in the room tea, which is on Ada's list. */
async function apart({ server, enters }, browser, options) {
  const ada = await enters('Ada', browser, options);
  const bob = await enters('Bob', 'chromium');
  for (const person of [ada, bob]) {
    await person.joins(`${server.url}r/tea`);
    await person.changesNameTo(person.name);
  }
  await ada.joins(server.url);
  return { ada, bob };
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`what is not read is counted in the title and on the icon, until it is (${browser})`, async (stage) => {
    const { ada, bob } = await apart(stage, browser);
    const icon = () => ada.page.$eval('link[rel="icon"]', ({ href }) => href);
    assert.equal(await ada.page.title(), 'Chinwag');
    assert.match(await icon(), /\/icon\.svg$/);
    await bob.says('Tea?');
    await hasTitle(ada, '(1) Chinwag');
    await bob.says('With cake?');
    await hasTitle(ada, '(2) Chinwag');
    await until('the icon is a picture', async () => (await icon()).startsWith('data:image/png'));
    await ada.clicks('.rooms-list a:not([aria-current])');
    await ada.hears('With cake?');
    await hasTitle(ada, 'tea · Chinwag');
    await until('the icon is as it was', async () => /\/icon\.svg$/.test(await icon()));
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`the first mention asks, once, whether one wants to be told (${browser})`, async (stage) => {
    const { ada, bob } = await apart(stage, browser, { before: noteNotices });
    await bob.says('Tea?');
    await hasTitle(ada, '(1) Chinwag');
    assert.equal(await ada.page.$('.question'), null, 'that was for everybody');
    await bob.says('@Ada, tea?');
    await ada.reads('Show a notification when someone mentions you?');
    assert.ok(await ada.isWriting(), 'the focus stays');
    await ada.clicks('.question-yes');
    assert.equal(await ada.page.$('.question'), null);
    await bob.says('@Ada, cake?');
    await until('it is on the desktop', async () => (await shown(ada)).join() === 'Bob in tea: @Ada, cake?');
    assert.equal(await ada.page.$('.question'), null, 'once');
  });
}

for (const [browser, hasWorker] of someBrowsers(import.meta.url).flatMap((browser) => [[browser, true], [browser, false]])) {
  const how = `${browser}, ${hasWorker ? 'with' : 'without'} a service worker`;
  story(`one is told of what speaks to one, by a sound and on the desktop; a click leads there (${how})`, async (stage) => {
    const { ada, bob } = await apart(stage, browser, { before: noteNotices, hasWorker });
    if (hasWorker) await ada.page.waitForFunction(() => navigator.serviceWorker.controller);
    await sets(ada, 'Play a sound');
    await until('one hears what it is like', async () => (await tones(ada)) === 2);
    await ada.clicks('dialog ::-p-text(Show desktop notifications)');
    await ada.page.waitForSelector('dialog ::-p-text(Hide sender)');
    await ada.presses('Escape');
    await bob.says('Tea?');
    await hasTitle(ada, '(1) Chinwag');
    await bob.says('@ada, **tea**?');
    await until('Ada is told', async () => (await shown(ada)).length === 1);
    assert.deepEqual(await shown(ada), ['Bob in tea: @ada, tea?']);
    await until('it sounds', async () => (await tones(ada)) === 4);
    await ada.page.evaluate(clickNotice);
    await ada.hears('@ada, tea?');
    assert.equal(await ada.page.$eval('#room', (room) => room.textContent), 'tea');
    await until('it is gone', async () => (await shown(ada)).length === 0);
  });
}

story('whoever takes another name meanwhile is told of, and answered, by that', async (stage) => {
  const { ada, bob } = await apart(stage, 'chromium', { before: noteNotices });
  await sets(ada, 'Show desktop notifications');
  await ada.page.waitForSelector('dialog ::-p-text(Hide sender)');
  await ada.presses('Escape');
  await bob.saysAndRenames('@Ada, tea?', 'Robert');
  await until('Ada is told', async () => (await shown(ada)).length === 1);
  assert.deepEqual(await shown(ada), ['Robert in tea: @Ada, tea?']);
  await ada.goesToRoom('tea');
  await ada.hears('@Ada, tea?');
  await ada.clicksAction('Reply', '@Ada, tea?');
  await ada.reads('Replying to Robert');
  await bob.saysAndRenames('it is me', 'Bobby');
  await ada.reads('Replying to Bobby');
  await ada.says('Yes');
  await until('the quote is of them', () => ada.page.$eval('.message-quote', ({ textContent }) => textContent === 'Bobby @Ada, tea?'));
  await bob.saysAndRenames('still me', 'Rob');
  await until('and changes with them', () => ada.page.$eval('.message-quote', ({ textContent }) => textContent === 'Rob @Ada, tea?'));
});

story('a room tells of everything, or of nothing; and without the name and the text', async (stage) => {
  const { ada, bob } = await apart(stage, 'chromium', { before: noteNotices });
  const tells = async (level) => {
    await ada.clicks('.rooms-list a:not([aria-current])');
    await ada.clicks('#panel');
    await ada.page.waitForSelector('.panel[open]');
    await ada.clicks(`.panel ::-p-text(${level})`);
    await ada.presses('Escape');
    await ada.clicks('.rooms-list a:not([aria-current])');
    await hasTitle(ada, 'Chinwag');
  };
  await sets(ada, 'Show desktop notifications');
  await ada.clicks('dialog ::-p-text(Hide sender)');
  await ada.presses('Escape');

  await tells('All messages');
  await bob.says('Tea?');
  await until('Ada is told', async () => (await shown(ada)).length === 1);
  assert.deepEqual(await shown(ada), ['New message in tea']);

  await tells('Nothing');
  await until('it is gone, for it was read', async () => (await shown(ada)).length === 0);
  await bob.says('@Ada?');
  await ada.page.waitForSelector('.rooms-list .rooms-unread');
  await new Promise((later) => setTimeout(later, TOLD_MS));
  assert.deepEqual([await shown(ada), await ada.page.title()], [[], 'Chinwag']);
});

for (const [browser, hasWorker] of [['chromium', true], ['firefox', false]]) {
  story(`one is told of what is there now: nothing of what is deleted, the text after an edit (${browser})`, async (stage) => {
    const { ada, bob } = await apart(stage, browser, { before: noteNotices, hasWorker });
    if (hasWorker) await ada.page.waitForFunction(() => navigator.serviceWorker.controller);
    await sets(ada, 'Show desktop notifications');
    await ada.presses('Escape');
    const told = () => ada.page.evaluate(() => window.notices.map(({ body }) => body));

    await bob.saysAndChanges('@Ada, soon gone');
    await bob.saysAndChanges('@Ada, I mean Cleo', 'Cleo, tea?');
    await bob.saysAndChanges('@Ada, tea?', '@Ada, coffee?');
    await bob.saysAndChanges('@Ada, gone as well');
    await until('Ada is told', async () => (await told()).length > 0);
    assert.deepEqual(await told(), ['@Ada, coffee?'], 'the latest that is left');
    await hasTitle(ada, '(2) Chinwag');

    await bob.deletes('@Ada, coffee?');
    await until('what is shown is taken back', async () => (await shown(ada)).length === 0);
    await hasTitle(ada, '(1) Chinwag');
    await bob.deletes('Cleo, tea?');
    await hasTitle(ada, 'Chinwag');
  });
}

story('a text that is too long for a notification ends after a whole character', async (stage) => {
  const { ada, bob } = await apart(stage, 'chromium', { before: noteNotices });
  await sets(ada, 'Show desktop notifications');
  await ada.presses('Escape');
  const before = `@Ada ${'a'.repeat(190)}`;
  await bob.says(`${before}👨‍👩‍👧 and more`);
  await until('Ada is told', async () => (await shown(ada)).length === 1);
  assert.deepEqual(await shown(ada), [`Bob in tea: ${before}`]);
});

story('what is watched, or read in another window meanwhile, is no news', async (stage) => {
  const { ada, bob } = await apart(stage, 'chromium', { before: noteNotices });
  await sets(ada, 'Show desktop notifications');
  await ada.presses('Escape');
  const other = await stage.enters('Ada too', 'chromium', { beside: ada, before: noteNotices });
  await other.joins(`${stage.server.url}r/tea`);
  await other.page.bringToFront();
  await bob.says('@Ada, are you there?');
  await other.hears('@Ada, are you there?');
  await new Promise((later) => setTimeout(later, TOLD_MS));
  const told = (person) => person.page.evaluate(() => window.notices.length);
  assert.deepEqual([await told(ada), await told(other)], [0, 0]);
  await hasTitle(ada, 'Chinwag');
});

story('where there are no desktop notifications, the settings say why', async ({ server, enters }) => {
  const refused = await enters('Ada', 'chromium', { before: `(${noteNotices})(); Notification.requestPermission = async () => (Notification.permission = 'denied')` });
  await refused.joins(server.url);
  await sets(refused, 'Show desktop notifications');
  await refused.reads('Notifications are blocked.');
  assert.deepEqual(await refused.page.$$eval('dialog [type="checkbox"]', (fields) => fields.map(({ checked, disabled }) => [checked, disabled])), [[true, false], [false, false], [false, true], [false, false]]);
  for (const [before, words] of [
    ['delete window.Notification', 'On an iPhone or iPad, add this page to the Home Screen first.'],
    ['Object.defineProperty(window, "isSecureContext", { value: false })', 'Browsers show notifications only on https pages.'],
  ]) {
    const ada = await enters('Ada', 'chromium', { before });
    await ada.joins(server.url);
    await ada.clicks('#settings');
    await ada.reads(words);
  }
});
