/** The settings: looks that hold before the first frame, and a key that sends. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const color = (person) => person.page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function sets(person, selector) {
  await person.clicks('#settings');
  await person.page.waitForSelector('.settings[open]');
  await person.clicks(selector);
  await person.presses('Escape');
  await person.page.waitForSelector('.settings', { hidden: true });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`theme, density and text size are chosen, and are there from the first frame on (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('here');
    await ada.hears('here');
    const light = await color(ada);
    await sets(ada, '.settings-segments [value="dark"]');
    await until('it is dark', async () => (await color(ada)) !== light);
    const dark = await color(ada);
    const height = () => ada.page.$eval('.message-bubble', (bubble) => bubble.getBoundingClientRect().height);
    const bubble = await height();
    await sets(ada, '.settings-segments [value="compact"]');
    await until('it is compact', async () => (await height()) < bubble);
    await ada.clicks('#settings');
    await ada.page.waitForSelector('.settings[open]');
    await ada.page.focus('#settings-size');
    for (let step = 0; step < 4; step++) await ada.presses('ArrowRight');
    await ada.presses('Escape');
    const size = () => ada.page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    assert.equal(await size(), '24px');
    await ada.reloads();
    assert.deepEqual([await color(ada), await size()], [dark, '24px']);
    await until('it is compact', async () => (await height()) < 1.5 * bubble);
    await sets(ada, '.settings-segments [value=""]');
    await until('it is light again', async () => (await color(ada)) === light);
  });

  story(`with Enter for new lines, Ctrl and Enter send (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await sets(ada, '.settings-part:nth-of-type(4) input');
    await ada.page.focus('#text');
    await ada.types('one');
    await ada.presses('Enter');
    await ada.types('two');
    assert.equal(await ada.draft(), 'one\ntwo');
    await ada.page.keyboard.down('Control');
    await ada.presses('Enter');
    await ada.page.keyboard.up('Control');
    await ada.hears('one\ntwo');
  });

  story(`the keys are told where one asks for them (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.page.keyboard.down('Control');
    await ada.presses('/');
    await ada.page.keyboard.up('Control');
    await ada.page.waitForSelector('.settings[open]');
    await until('the part has the focus', () => ada.page.evaluate(() => document.activeElement.id === 'settings-shortcuts'));
    await ada.presses('Escape');
    await ada.page.waitForSelector('.settings', { hidden: true });
    await ada.page.focus('#log');
    await ada.presses('?');
    await ada.page.waitForSelector('.settings[open]');
    await ada.presses('Escape');
  });

  story(`on a wide page the people stand beside the talk, and can be sent away (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 1600, height: 900 });
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    for (const person of [ada, bob]) await person.changesNameTo(person.name);
    const names = () => ada.page.$$eval('.column-person bdi', (all) => all.map(({ textContent }) => textContent));
    await until('both are there', async () => (await names()).join() === 'Ada,Bob');
    await ada.page.locator('.column-person ::-p-text(Bob)').click();
    assert.deepEqual([await ada.draft(), await ada.isWriting()], ['@Bob ', true]);
    await ada.clicks('.column-head button');
    const isShown = () => ada.page.$eval('#column', (column) => column.checkVisibility());
    assert.equal(await isShown(), false);
    await ada.reloads();
    assert.equal(await isShown(), false, 'for good');
    await ada.clicks('#people');
    assert.equal(await isShown(), true);
    await ada.resizesTo(1024, 768);
    assert.equal(await isShown(), false);
  });
}
