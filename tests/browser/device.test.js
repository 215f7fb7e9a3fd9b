/** One person on several devices: the link, its QR code, and a device that is somebody's already. */

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
  await eve.reads('This link was already used or is too old');
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
