/** The emoji picker: found by words, in a skin tone, given as a reaction or written. */

import assert from 'node:assert/strict';

import { BROWSERS, someBrowsers, story } from './story.js';
import { until } from './until.js';

const PHONE = { width: 390, height: 844, hasTouch: true };

const speaks = (person, language) =>
  person.page.evaluateOnNewDocument((language) => localStorage.setItem('chinwag / language', JSON.stringify(language)), language);

const isOn = (person, selector) => person.page.evaluate((selector) => document.activeElement.matches(selector), selector);

/** Opens it at the composer. */
async function opensPicker(person) {
  await person.clicks('.composer-emoji');
  await person.page.waitForSelector('.emoji:popover-open');
}

const shown = (person) => person.page.$$eval('.emoji-grid .emoji-sign', (signs) => signs.slice(0, 20).map(({ textContent }) => textContent));

/** Looks for something else. */
async function searches(person, query) {
  await person.page.$eval('.emoji-field', (field) => field.select());
  await person.types(query);
}

const hasFirst = (person, query, sign) => until(`${query} finds ${sign}`, async () => (await shown(person))[0] === sign);

const isClosed = (person) => until('the picker is closed', async () => (await person.page.$('.emoji')) === null);

async function undoes(person) {
  await person.page.keyboard.down('Control');
  await person.presses('z');
  await person.page.keyboard.up('Control');
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`an emoji is found by German words, and by English ones where there are none (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await speaks(ada, 'de');
    await ada.joins(server.url);
    await opensPicker(ada);
    await until('one may search', () => isOn(ada, '.emoji-field'));
    assert.ok((await shown(ada)).includes('😀'));
    for (const [query, sign] of [['gruner apf', '🍏'], ['Herz rot', '❤️'], ['birthday', '🎂'], [':tada:', '🎉']]) {
      await searches(ada, query);
      await hasFirst(ada, query, sign);
    }
    await searches(ada, 'xyzzy');
    await ada.reads('Keine Emojis gefunden.');
    assert.deepEqual(await shown(ada), []);
    await ada.presses('Enter');
    assert.ok(await isOn(ada, '.emoji-field'), 'there is nothing to be taken');
    await searches(ada, 'Teetasse');
    await hasFirst(ada, 'Teetasse', '🍵');
    await ada.seesNoMore('Keine Emojis gefunden.');
    await ada.presses('Enter');
    await isClosed(ada);
    assert.equal(await ada.draft(), '🍵');
  });
}

for (const browser of BROWSERS) {
  story(`by the keyboard alone one reacts in one’s skin tone, which is kept (${browser})`, async ({ talking }) => {
    const { ada: one, bob: other } = await talking();
    const [ada, bob] = browser === 'chromium' ? [one, other] : [other, one];
    await bob.says('Shall we?');
    await ada.hears('Shall we?');
    await (await ada.message('Shall we?')).focus();
    await ada.page.waitForSelector('.actions [title="React"]');
    await ada.page.focus('.actions [title="React"]');
    await ada.presses('Enter');
    await until('one may search', () => isOn(ada, '.emoji-field'));
    await ada.presses('Tab');
    assert.ok(await isOn(ada, '[aria-label="Skin tone: \u2068default\u2069"]'));
    await ada.presses('Enter');
    await ada.presses('Escape');
    assert.ok(await isOn(ada, '.emoji-tone'), 'only the tones are closed');
    await ada.presses('Enter');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await ada.presses(key);
    await ada.presses('Enter');
    assert.ok(await isOn(ada, '[aria-label="Skin tone: \u2068medium\u2069"]'));
    await ada.page.keyboard.down('Shift');
    await ada.presses('Tab');
    await ada.page.keyboard.up('Shift');
    await ada.types('thumbs');
    await hasFirst(ada, 'thumbs', '👍🏽');
    await ada.presses('Enter');
    await until('Bob has it', async () => (await bob.reactions('Shall we?')).join() === '👍🏽 1');
    assert.ok(await isOn(ada, '.actions [title="React"]'), 'one is where one was');

    await ada.reloads();
    await opensPicker(ada);
    await hasFirst(ada, 'what is used often', '👍🏽');
    assert.equal(await ada.page.$eval('.emoji-tone', (button) => button.textContent), '✋🏽');
    await ada.presses('Escape');
    await isClosed(ada);
    assert.ok(await isOn(ada, '.composer-emoji'));
  });

  story(`an emoji is written where one writes, and undone as what is typed (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.page.focus('#text');
    await ada.types('Tea  please');
    await ada.page.$eval('#text', (field) => field.setSelectionRange(4, 4));
    await opensPicker(ada);
    await ada.types('teacup');
    await hasFirst(ada, 'teacup', '🍵');
    await ada.presses('Enter');
    await until('it is there', async () => (await ada.draft()) === 'Tea 🍵 please');
    assert.ok(await ada.isWriting());
    await ada.types('!');
    assert.equal(await ada.draft(), 'Tea 🍵! please', 'one goes on after it');
    for (let steps = 0; (await ada.draft()) !== 'Tea  please' && steps < 3; steps++) await undoes(ada);
    assert.equal(await ada.draft(), 'Tea  please');

    await ada.page.$eval('#text', (field) => field.select());
    await opensPicker(ada);
    await ada.clicks('.emoji [aria-label="teacup without handle"]');
    await until('it is in place of what was chosen', async () => (await ada.draft()) === '🍵');
    await ada.presses('Enter');
    await ada.hears('🍵');
    await opensPicker(ada);
    await ada.clicks('.composer-emoji');
    await isClosed(ada);
    assert.equal(await ada.page.$eval('.composer-emoji', (button) => button.ariaExpanded), 'false');
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`emoji that were used are there without the server, in their language (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { hasWorker: true });
    await ada.joins(`${server.url}r/tea`);
    await until('the page has a worker', () => ada.page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
    await opensPicker(ada);
    await ada.presses('Escape');
    const copies = () => ada.page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0]);
      return (await cache.keys()).map(({ url }) => url).filter((url) => url.includes('/emoji/')).map((url) => new URL(url).pathname);
    });
    await until('English is copied', async () => (await copies()).join() === '/emoji/en.js');
    await server.crash();
    await ada.opens(`${server.url}r/coffee`);
    await ada.page.waitForSelector('.composer-emoji');
    await opensPicker(ada);
    await ada.types('teacup');
    await hasFirst(ada, 'teacup', '🍵');
  });
}

story('on a phone no keyboard comes up, and the signs are as large as a finger', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium', PHONE);
  await ada.joins(server.url);
  await ada.taps('.composer-emoji');
  await ada.page.waitForSelector('.emoji:popover-open');
  assert.ok(await isOn(ada, '.emoji-sign'));
  const { sizes, over } = await ada.page.evaluate(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [sign, tone, field, picker] = ['.emoji-grid .emoji-sign', '.emoji-tone', '.emoji-search', '.emoji'].map(box);
    return {
      sizes: [sign.width, sign.height, tone.width, tone.height, field.height],
      over: [-picker.left, picker.right - innerWidth, -picker.top, picker.bottom - innerHeight].filter((px) => px > 0),
    };
  });
  for (const size of sizes) assert.ok(size >= 44, `${size} px`);
  assert.deepEqual(over, []);
  await ada.taps('.emoji [aria-label="winking face"]');
  await until('it is written', async () => (await ada.draft()) === '😉');
});
