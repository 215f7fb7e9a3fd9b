/** Private and direct rooms: begun with a few letters or a click, there for their people alone. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { LOCAL_NAME } from './launch.js';
import { BROWSERS, someBrowsers, story } from './story.js';
import { until } from './until.js';

const { source: AXE } = createRequire(import.meta.url)('axe-core');

const section = (person, name) =>
  person.page.$$eval(`[aria-labelledby="rooms-${name}"] li`, (items) => items.filter((item) => item.checkVisibility()).map((item) => {
    const [room, count] = [item.querySelector('bdi'), item.querySelector('.count')];
    return `${room.textContent}${count.hidden ? '' : ` ${count.textContent}${count.matches('.count-mentions') ? '!' : ''}`}`.replaceAll(/[\u2066-\u2069]/g, '');
  }));

const direct = (person) => section(person, 'direct');

/** Waits until the section Direct is this. */
const hasDirect = (person, ...rooms) =>
  until(`${person.name} has in Direct: ${rooms}`, async () => (await direct(person)).join() === rooms.join());

/** By a few letters, as with Ctrl+K. */
async function jumps(person, letters) {
  await person.clicks('#search');
  await person.page.waitForSelector('.search[open]');
  await person.page.$eval('.search [name="query"]', (field) => field.select());
  await person.types(letters);
}

/** Ada and Bob, who are called so and have met in the lobby. */
async function meets({ server, enters }, browser, options) {
  const ada = await enters('Ada', browser, options);
  if (options?.isLookedAt) await ada.page.setBypassCSP(true);
  const bob = await enters('Bob', 'firefox');
  for (const person of [ada, bob]) {
    await person.joins(server.url);
    await person.changesNameTo(person.name);
  }
  await ada.counts(2);
  return { ada, bob };
}

/** In the page: a desktop that notes what it is told, by somebody who allows it. */
function noteNotices() {
  window.notices = [];
  window.Notification = class {
    static permission = 'granted';
    static requestPermission = async () => 'granted';
    constructor(title, { body }) {
      window.notices.push(`${title}: ${body}`.replaceAll(/[\u2066-\u2069]/g, ''));
    }
    close() {}
  };
  const mount = `chinwag ${location.pathname.replace(/r\/.*/, '')}`;
  localStorage.setItem(`${mount} desktop`, 'true');
}

/** Axe finds nothing, in the light and in the dark. */
async function isAccessible(person, what) {
  const { page } = person;
  for (const scheme of ['light', 'dark']) {
    // Halfway through fading in, nothing has its contrast.
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => {}));
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { violations } = await window.axe.run({ resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    assert.deepEqual(found, [], `${what}, ${scheme}`);
  }
}

/** What a finger hits is large enough. @param {string} within */
async function isForFingers(person, within) {
  const small = await person.page.$$eval(`${within} :is(button, a, input, [role="option"])`, (parts) => parts.filter((part) => part.checkVisibility())
    .map((part) => [part.className || part.textContent, Math.round((part.closest('label') ?? part).getBoundingClientRect().height)])
    .filter(([, height]) => height < 44));
  assert.deepEqual(small, [], within);
}

/** In the sheet that is open: by the first letters of their names. */
async function chooses(person, ...names) {
  await person.page.waitForSelector('#people-field');
  for (const name of names) {
    await person.page.focus('#people-field');
    await person.types(name.slice(0, 2));
    await until(`${name} is offered`, () => person.page.evaluate((name) => document.querySelector('.people-offer')?.textContent.endsWith(name), name));
    await person.presses('Enter');
  }
}

/** The address of the room that is shown. */
const address = (person) => person.page.evaluate(() => location.href);

const shownOnPage = (person) => person.page.evaluate(() =>
  [document.title, document.body.innerText, ...[...document.querySelectorAll('[title], [aria-label], [placeholder]')].map((one) => `${one.title} ${one.ariaLabel} ${one.placeholder}`)].join('\n'));

for (const browser of BROWSERS) {
  story(`two talk in a direct room, which both have in their list from the first message on (${browser})`, async (stage) => {
    const { ada, bob } = await meets(stage, browser);
    await jumps(ada, 'bo');
    await ada.reads('Message Bob');
    await ada.presses('Enter');
    await ada.isInRoom('Bob');
    await until('she writes', () => ada.isWriting());
    await hasDirect(ada, 'Bob');
    await new Promise((later) => setTimeout(later, 300));
    assert.deepEqual(await direct(bob), [], 'nothing was said yet');
    await ada.says('Tea?');
    await hasDirect(bob, 'Ada 1!');
    assert.equal(await bob.page.title(), '(1) Chinwag', 'it is counted, and the title says no more');
    await bob.page.$eval('[aria-labelledby="rooms-direct"] a', (link) => link.click());
    await bob.hears('Tea?');
    await bob.isInRoom('Ada');
    await hasDirect(bob, 'Ada');
    await bob.says('With milk');
    await ada.hears('With milk');
    assert.doesNotMatch(await shownOnPage(ada) + await shownOnPage(bob), /__d/, 'its name is nowhere');

    // Others are called as they are called now, and after a reload all is there.
    await bob.changesNameTo('Robert');
    await ada.isInRoom('Robert');
    await hasDirect(ada, 'Robert');
    await ada.joins(stage.server.url);
    await hasDirect(ada, 'Robert');
    await bob.says('Are you there?');
    await hasDirect(ada, 'Robert 1!');
    await jumps(ada, 'milk');
    await ada.reads('1 message found');
    assert.equal(await ada.page.$eval('.search-result .search-room', (room) => room.textContent), 'Robert');
  });

  story(`what is said in a direct room is read without a network, and under no name of its own (${browser})`, async (stage) => {
    const { ada, bob } = await meets(stage, browser);
    await jumps(ada, 'bo');
    await ada.reads('Message Bob');
    await ada.presses('Enter');
    await ada.isInRoom('Bob');
    await ada.says('Kept');
    await hasDirect(bob, 'Ada 1!');
    await until('it is kept', () => ada.page.evaluate(() => new Promise((done) => {
      const open = indexedDB.open('chinwag /');
      open.onsuccess = () => {
        const all = open.result.transaction('rooms').objectStore('rooms').getAll();
        all.onsuccess = () => done(all.result.some(({ name, messages }) => name.startsWith('__d') && messages.length > 0));
      };
      open.onerror = () => done(false);
    })));
    const room = await address(ada);
    await ada.page.evaluateOnNewDocument(() => {
      window.WebSocket = class extends EventTarget {
        readyState = 3;
        constructor() {
          super();
          setTimeout(() => this.onclose?.({ code: 1006 }));
        }
        close() {}
      };
      document.addEventListener('DOMContentLoaded', () => {
        window.names = [];
        new MutationObserver(() => window.names.push(document.querySelector('#room').textContent)).observe(document, { subtree: true, childList: true, characterData: true });
      });
    });
    await ada.opens(room);
    await ada.hears('Kept');
    await ada.isInRoom('Bob');
    await hasDirect(ada, 'Bob');
    assert.deepEqual((await ada.page.evaluate(() => window.names)).filter((name) => /__/.test(name)), []);
  });

  story(`a private room has the people who are chosen, who let in others, leave and are taken out (${browser})`, async (stage) => {
    const { ada, bob } = await meets(stage, browser);
    const cleo = await stage.enters('Cleo', 'chromium');
    await cleo.joins(stage.server.url);
    await cleo.changesNameTo('Cleo');
    await ada.counts(3);
    await ada.clicks('#newPrivate');
    await ada.page.waitForSelector('#new-private-title');
    await ada.page.type('#new-private-title', 'Cake');
    await chooses(ada, 'Bob');
    await ada.presses('Enter');
    await ada.isInRoom('Cake');
    await until('she writes', () => ada.isWriting());
    await ada.says('Lemon or plum?');
    await until('Bob has it', async () => (await section(bob, 'others')).some((room) => room.startsWith('Cake')));
    await bob.goesToRoom('Cake');
    await bob.hears('Lemon or plum?');
    const room = await address(ada);
    assert.ok(!(await section(cleo, 'others')).includes('Cake'), 'Cleo learns nothing of it');

    // There is no link to be given away.
    assert.ok(!(await ada.actionsOf('Lemon or plum?')).includes('Copy link to message'));
    await bob.clicks('#panel');
    await bob.page.waitForSelector('.private-people li:nth-child(2)');
    assert.equal(await bob.page.$('.panel-link'), null);
    await bob.clicks('.private-answer button');
    await chooses(bob, 'Cleo');
    await bob.clicks('.new-direct .dialog-button-main');
    await until('Cleo has it', async () => (await section(cleo, 'others')).includes('Cake'));
    await cleo.goesToRoom('Cake');
    await cleo.hears('Lemon or plum?');
    await cleo.writes('a secret');

    await ada.clicks('#panel');
    await ada.page.waitForSelector('.private-people [aria-label="Remove Cleo"]');
    await ada.clicks('.private-people [aria-label="Remove Cleo"]');
    await ada.reads('Remove Cleo from this room?');
    await ada.clicks('.confirm-sure');
    await cleo.reads('This room is private');
    await cleo.reads('You are no longer in Cake.');
    assert.ok(!(await cleo.text()).includes('Lemon'));
    assert.ok(!(await section(cleo, 'others')).includes('Cake'));
    assert.deepEqual(await cleo.page.evaluate(() =>
      [localStorage, sessionStorage].flatMap((store) => Object.values(store)).filter((value) => value.includes('a secret'))), []);
    await cleo.page.waitForSelector('#connection[data-state="connected"]');
    await ada.page.waitForSelector('.private-people [aria-label="Remove Cleo"]', { hidden: true });

    await bob.clicks('#panel');
    await bob.page.waitForSelector('.private-answer .dialog-button-grave');
    await bob.clicks('.private-answer .dialog-button-grave');
    await bob.reads('Leave this room?');
    await bob.clicks('.confirm-sure');
    await bob.isInRoom('lobby');
    assert.ok(!(await section(bob, 'others')).includes('Cake'));
    await bob.reloads();
    assert.ok(!(await section(bob, 'others')).includes('Cake'));
    await bob.opens(room);
    await bob.reads('This room is private');
  });

  story(`a private room that is there looks to others as one that is not (${browser})`, async (stage) => {
    const { ada, bob } = await meets(stage, browser);
    await jumps(bob, 'ad');
    await bob.reads('Message Ada');
    await bob.presses('Enter');
    await bob.isInRoom('Ada');
    await bob.says('between us');
    const cleo = await stage.enters('Cleo', browser);
    const there = await address(bob);
    const looks = [];
    for (const url of [there, `${stage.server.url}r/__dabcdefghijklmnopqrst`]) {
      await cleo.opens(url);
      await cleo.reads('This room is private');
      await until('there is no news of the connection', () => cleo.page.$eval('#connection', ({ dataset }) => dataset.state === 'connected'));
      looks.push([await cleo.text(), await cleo.page.title(), await section(cleo, 'others'), await direct(cleo)]);
    }
    assert.deepEqual(looks[0], looks[1]);
    assert.doesNotMatch(looks[0][0], /__d/);
    assert.ok(!(await cleo.page.$eval('#text', (field) => field.checkVisibility({ visibilityProperty: true }))));
    await cleo.clicks('.outside-out');
    await cleo.isInRoom('lobby');
    await cleo.says('hello');
    await cleo.hears('hello');
    await ada.hears('hello');
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`several people are chosen by the keyboard, and a section folds but for what is unread (${browser})`, async (stage) => {
    const { ada, bob } = await meets(stage, browser);
    const cleo = await stage.enters('Cleo', 'chromium');
    await cleo.joins(stage.server.url);
    await cleo.changesNameTo('Cleo');
    await ada.counts(3);
    await ada.clicks('#newDirect');
    await chooses(ada, 'Bob', 'Cleo');
    assert.deepEqual(await ada.page.$$eval('.people-chip bdi', (chips) => chips.map(({ textContent }) => textContent)), ['Bob', 'Cleo']);
    await ada.presses('Backspace');
    await ada.page.waitForSelector('.people-chip:nth-child(2)', { hidden: true });
    await chooses(ada, 'Cleo');
    await ada.presses('Enter');
    await until('she is asked for a message to both', () => ada.page.$eval('#text', ({ placeholder }) => placeholder.replaceAll(/[\u2066-\u2069]/g, '') === 'Message Bob and Cleo'));
    await ada.says('The three of us');
    await hasDirect(bob, 'Ada and Cleo 1!');
    await hasDirect(cleo, 'Ada and Bob 1!');
    await cleo.clicks('[id="rooms-direct"] button');
    await hasDirect(cleo, 'Ada and Bob 1!');
    await cleo.page.$eval('[aria-labelledby="rooms-direct"] a', (link) => link.click());
    await cleo.hears('The three of us');
    await cleo.goesToRoom('lobby');
    await hasDirect(cleo);
    await cleo.reloads();
    await hasDirect(cleo);
    await cleo.clicks('[id="rooms-direct"] button');
    await hasDirect(cleo, 'Ada and Bob');
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`one is told of what is said in a direct room, by whom, and of nothing where it is muted (${browser})`, async (stage) => {
    const { ada, bob } = await meets(stage, browser, { before: noteNotices });
    const told = () => ada.page.evaluate(() => window.notices);
    await jumps(bob, 'ad');
    await bob.reads('Message Ada');
    await bob.presses('Enter');
    await bob.isInRoom('Ada');
    await bob.says('Tea?');
    await hasDirect(ada, 'Bob 1!');
    await until('she is told', async () => (await told()).length > 0);
    assert.deepEqual(await told(), ['Bob: Tea?']);

    const set = (name, value) => ada.page.evaluate((name, value) => localStorage.setItem(`chinwag / ${name}`, JSON.stringify(value)), name, value);
    await set('preview', false);
    await ada.reloads();
    await hasDirect(ada, 'Bob 1!');
    await bob.says('With milk?');
    await until('she is told', async () => (await told()).length > 0);
    assert.deepEqual(await told(), ['New private message: '], 'not by whom');

    await ada.page.$eval('[aria-labelledby="rooms-direct"] a', (link) => link.click());
    await ada.hears('With milk?');
    await ada.clicks('#panel');
    await ada.page.waitForSelector('.panel[open]');
    assert.deepEqual(await ada.page.$$eval('.panel [name="level"]', (levels) => levels.map(({ checked, parentElement }) => `${parentElement.textContent}${checked ? '!' : ''}`)), ['All messages!', 'Nothing']);
    await ada.page.$eval('.panel .dialog-choice:last-of-type [name="level"]', (level) => level.click());
    await ada.presses('Escape');
    await ada.goesToRoom('lobby');
    await bob.says('Or without?');
    await until('it has come', () => ada.page.evaluate(() => document.querySelector('.rooms-muted') !== null));
    await new Promise((later) => setTimeout(later, 1_500));
    assert.equal((await told()).length, 1);
    assert.equal(await ada.page.title(), 'Chinwag');
  });

  story(`another device has the direct and private rooms as well, with what is unread in them (${browser})`, async (stage) => {
    const { server, enters } = stage;
    const address = server.url.replace('127.0.0.1', LOCAL_NAME);
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    await ada.joins(address);
    await ada.changesNameTo('Ada');
    await bob.joins(server.url);
    await bob.changesNameTo('Bob');
    await ada.counts(2);
    await jumps(bob, 'ad');
    await bob.reads('Message Ada');
    await bob.presses('Enter');
    await bob.isInRoom('Ada');
    await bob.says('Tea?');
    await hasDirect(ada, 'Bob 1!');
    await ada.clicks('#device');
    await until('there is a link', () => ada.page.evaluate(() => document.querySelector('.device input')?.value));
    const phone = await enters('the phone', 'chromium');
    await phone.joins(await ada.page.$eval('.device input', ({ value }) => value));
    await until('the phone has the room', async () => (await direct(phone)).join().startsWith('Bob'));
    await bob.says('Ada?');
    await until('it is told there as well', async () => /^Bob \d!$/.test((await direct(phone)).join()));
  });
}

story('direct and private rooms are for screen readers, in the light and in the dark, and for fingers', async (stage) => {
  const { ada, bob } = await meets(stage, 'chromium', { width: 390, height: 844, hasTouch: true, isLookedAt: true });
  await ada.clicks('#people');
  await ada.page.waitForSelector('.panel-people .message-to');
  await isForFingers(ada, '.panel-people');
  await ada.taps('.panel-people .message-to');
  await ada.isInRoom('Bob');
  await isAccessible(ada, 'nothing said yet');
  await ada.says('Tea?');
  await hasDirect(bob, 'Ada 1!');
  await ada.clicks('#panel');
  await ada.page.waitForSelector('.private-people');
  await isAccessible(ada, 'the sheet of a direct room');
  await ada.presses('Escape');
  await ada.seesRooms();
  await isAccessible(ada, 'the side bar');
  await isForFingers(ada, '.rooms-lists');
  await ada.taps('#newPrivate');
  await ada.page.waitForSelector('.people-offer');
  await ada.taps('.people-offer');
  await ada.page.waitForSelector('.people-chip');
  await isAccessible(ada, 'people are chosen');
  await isForFingers(ada, '.new-direct-form');
  await ada.taps('.new-direct .dialog-button-main');
  await ada.isInRoom('Bob');
  await ada.clicks('#panel');
  await ada.page.waitForSelector('.private-people .quiet');
  await isAccessible(ada, 'the sheet of a private room');
  await isForFingers(ada, '.panel .dialog-part');
  await ada.taps('.private-answer .dialog-button-grave');
  await ada.page.waitForSelector('.confirm');
  await isAccessible(ada, 'about to leave');
  await ada.opens(`${stage.server.url}r/__pabcdefghijklmnopqrst`);
  await ada.reads('This room is private');
  await isAccessible(ada, 'outside');
});
