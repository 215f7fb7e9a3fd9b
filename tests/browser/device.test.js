/** One person on several devices: links, QR codes, the list of devices, and the end of one. */

import assert from 'node:assert/strict';

import { LOCAL_NAME } from './launch.js';
import { story } from './story.js';
import { until } from './until.js';

const PHONE = { width: 390, height: 844, hasTouch: true };

/** Opens the sheet; gives the link in it. */
async function makesLink(person) {
  await person.clicks('#device');
  await until('there is a link', () => person.page.evaluate(() => document.querySelector('.device input')?.value));
  return person.page.$eval('.device input', ({ value }) => value);
}

story('a laptop and a phone are one person by a link, which is good once', async ({ server, enters }) => {
  const address = server.url.replace('127.0.0.1', LOCAL_NAME);
  const ada = await enters('Ada', 'chromium');
  await ada.joins(address);
  await ada.changesNameTo('Ada');
  await ada.says('from the laptop');
  await ada.hears('from the laptop');
  const link = await makesLink(ada);
  await until('the code is drawn', () => ada.page.$eval('.device-code', ({ naturalWidth }) => naturalWidth > 0));

  const phone = await enters('the phone', 'firefox', PHONE);
  await phone.joins(link);
  assert.equal(await phone.myName(), 'Ada');
  assert.equal(await phone.page.evaluate(() => location.hash), '', 'the secret is not left in the address');
  await ada.reads('Another device is you now: Firefox, Linux.');
  await ada.clicks('.dialog-close');
  await phone.hears('from the laptop');
  await phone.says('from the phone');
  await ada.hears('from the phone');
  assert.deepEqual(await ada.conversation(), ['Ada (you): from the laptop from the phone']);
  assert.deepEqual(await phone.conversation(), ['Ada (you): from the laptop from the phone']);
  await ada.counts(1);

  const eve = await enters('Eve', 'chromium');
  await eve.joins(link);
  await eve.reads('This link was already used');
  assert.notEqual(await eve.myName(), 'Ada');
});

story('a device that is somebody’s asks before it becomes another’s', async ({ server, enters }) => {
  const address = server.url.replace('127.0.0.1', LOCAL_NAME);
  const ada = await enters('Ada', 'chromium');
  await ada.joins(address);
  await ada.changesNameTo('Ada');
  const bob = await enters('Bob', 'chromium');
  await bob.joins(address);
  await bob.changesNameTo('Bob');

  await bob.opens('about:blank');
  await bob.joins(await makesLink(ada));
  await bob.reads('Switch to someone else?');
  await bob.clicks('.device .dialog-button:not(.dialog-button-main)');
  assert.equal(await bob.myName(), 'Bob');
  await ada.clicks('.dialog-close');

  await bob.opens('about:blank');
  await bob.joins(await makesLink(ada));
  await bob.clicks('.device .dialog-button-main');
  await until('the device is Ada’s', async () => (await bob.myName()) === 'Ada');
  await bob.reloads();
  assert.equal(await bob.myName(), 'Ada');
});

/** Ada has come, and said something, at the address that another device reaches. */
async function adaTalks(server, enters, browser) {
  const address = server.url.replace('127.0.0.1', LOCAL_NAME);
  const ada = await enters('Ada', browser);
  await ada.joins(address);
  await ada.changesNameTo('Ada');
  await ada.says('mine');
  return { ada, address };
}

/** A device of somebody's, by a link from another. */
async function bringsTo(person, device) {
  await device.joins(await makesLink(person));
  await person.reads('Another device is you now');
  await person.clicks('.dialog-close');
}

/** Opens the reader's devices in the settings. */
async function opensDevices(person) {
  await person.clicks('#settings');
  await until('the devices are listed', () => person.page.evaluate(() => document.querySelector('.private-link button:enabled') !== null));
}

const listed = (person) => person.page.$$eval('.devices li', (all) => all.map((one) => one.innerText.split('\n')[0]));

/** In the page: what the server says of devices comes when the test lets it. */
function holdDevices() {
  window.held = [];
  const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    set(hear) {
      set.call(this, hear && ((event) => {
        if (!event.data.includes('"type":"devices"')) hear(event);
        else window.held.push(() => hear(event));
      }));
    },
  });
}

/** What the browser keeps is cleared. */
const clearsBrowser = (person) => person.page.evaluate(async () => {
  localStorage.clear();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
});

for (const [browser, other] of [['chromium', 'firefox'], ['firefox', 'chromium']]) {
  story(`a device that is ended stops at once, and its reader may begin as someone new (${browser})`, async ({ server, enters }) => {
    const { ada } = await adaTalks(server, enters, browser);
    const phone = await enters('the phone', other, PHONE);
    await bringsTo(ada, phone);
    await phone.hears('mine');

    await opensDevices(ada);
    assert.equal((await listed(ada)).length, 2);
    await ada.reads('This device');
    await ada.clicks('.devices .dialog-button');
    await ada.reads('It will no longer be you.');
    await ada.clicks('.confirm-sure');
    await until('one device is left', async () => (await listed(ada)).length === 1);
    await phone.reads('Another device of yours signed out this one.');
    await ada.clicks('.dialog-close');
    await ada.says('still here');
    await ada.hears('still here');

    await phone.page.reload();
    await phone.reads('Another device of yours signed out this one.');
    await phone.clicks('.connection-retry');
    await phone.isConnected();
    await until('the phone is somebody new', async () => !['', 'Ada'].includes(await phone.myName()));
    await phone.says('who am I?');
    await ada.hears('who am I?');
    await ada.counts(2);
  });

  story(`the devices have their place in the settings before they are known, and then nothing moves (${browser})`, async ({ server, enters }) => {
    const address = server.url.replace('127.0.0.1', LOCAL_NAME);
    const ada = await enters('Ada', browser, { before: holdDevices });
    await ada.joins(address);
    await ada.changesNameTo('Ada');
    await ada.says('mine');
    const tops = () => ada.page.$$eval('.settings-title, .devices li, .private-link *', (all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    const hearsThem = () => ada.page.evaluate(() => window.held.splice(0).forEach((hear) => hear()));
    const opens = async (devices) => {
      await ada.clicks('#settings');
      await ada.page.waitForSelector('.settings[open]');
      // It opens with a motion, which is over.
      await ada.page.$eval('.settings', (dialog) => Promise.all(dialog.getAnimations().map(({ finished }) => finished)).then(() => undefined));
      assert.equal((await listed(ada)).length, devices);
      const before = await tops();
      await hearsThem();
      await until('the devices are known', () => ada.page.evaluate(() => document.querySelector('.private-link button:enabled') !== null));
      return before;
    };
    await hearsThem();
    assert.deepEqual(await opens(1), await tops(), 'where they were never known, this one is');
    await ada.clicks('.dialog-close');
    const phone = await enters('the phone', other, PHONE);
    await bringsTo(ada, phone);
    await opens(1);
    assert.equal((await listed(ada)).length, 2);
    await ada.clicks('.dialog-close');
    assert.deepEqual(await opens(2), await tops(), 'then they are as they were the last time');
    assert.equal((await listed(ada)).length, 2);
  });

  story(`the private link brings a person back whose browser was cleared (${browser})`, async ({ server, enters }) => {
    const { ada } = await adaTalks(server, enters, browser);
    await opensDevices(ada);
    await ada.clicks('.private-link .dialog-button');
    await until('there is a link', () => ada.page.evaluate(() => document.querySelector('.private-link input')?.value));
    const link = await ada.page.$eval('.private-link input', ({ value }) => value);
    await until('the code is drawn', () => ada.page.$eval('.device-code', ({ naturalWidth }) => naturalWidth > 0));
    await ada.clicks('.dialog-close');
    await opensDevices(ada);
    await ada.reads('It cannot be shown again.');
    assert.ok(!(await ada.text()).includes(link.split('=')[1]));

    await clearsBrowser(ada);
    await ada.opens('about:blank');
    await ada.joins(link);
    assert.equal(await ada.myName(), 'Ada');
    assert.equal(await ada.page.evaluate(() => location.hash), '', 'the secret is not left in the address');
    await ada.hears('mine');
    await opensDevices(ada);
    await until('both are listed', async () => (await listed(ada)).length === 2);
    await ada.reads('with the private link');
  });

  story(`the other devices hear of one that comes, now or at their next visit, and can end it (${browser})`, async ({ server, enters }) => {
    const { ada, address } = await adaTalks(server, enters, browser);
    const phone = await enters('the phone', other, PHONE);
    await bringsTo(ada, phone);
    await phone.seesRooms();
    const link = await makesLink(phone);
    await ada.opens('about:blank');

    const thief = await enters('a thief', other);
    await thief.joins(link);
    await phone.reads('Another device is you now');
    await phone.clicks('.dialog-close');
    // She was away when it came, and hears of it when she is back: each time, until she has said what it is.
    for (let visit = 0; visit < 2; visit += 1) {
      await ada.joins(address);
      await ada.reads('If this was not you, sign it out.');
    }
    await ada.clicks('.device-news .quiet');
    await thief.reads('Another device of yours signed out this one.');
    await ada.seesNoMore('If this was not you');
    await ada.reloads();
    await ada.hears('mine');
    await ada.seesNoMore('If this was not you');
    assert.equal(await phone.myName(), 'Ada');
  });
}
