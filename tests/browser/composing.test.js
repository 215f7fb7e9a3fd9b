/** Keys that an input method takes: they write a character, and do nothing else. */

import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

/** A key of a composition, as the specification has it and as Safari tells of it. */
const SIGNS = [{ isComposing: true }, { keyCode: 229 }];

/** @returns {Promise<boolean>} whether the browser is kept from doing something of its own */
const composes = (person, selector, key, sign) => person.page.$eval(selector, (field, key, sign) => {
  field.focus();
  return !field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...sign }));
}, key, sign);

const value = (person, selector) => person.page.$eval(selector, (field) => field.value);

const hasFocus = (person, selector) => person.page.$eval(selector, (field) => field === document.activeElement);

for (const browser of BROWSERS) {
  story(`a key of an input method closes no form, leaves no field and sends nothing (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('tea?');
    await ada.hears('tea?');

    await ada.writes('お茶');
    for (const sign of SIGNS) await composes(ada, '#text', 'Enter', sign);
    assert.deepEqual([await ada.draft(), await ada.said()], ['お茶', ['tea?']]);
    await ada.writes('');
    for (const sign of SIGNS) await composes(ada, '#text', 'ArrowUp', sign);
    assert.equal(await ada.draft(), '', 'what was said is not edited');
    await ada.clicksAction('Reply', 'tea?');
    for (const sign of SIGNS) await composes(ada, '#text', 'Escape', sign);
    await ada.reads('Replying');

    await ada.clicks('.me-change');
    await ada.page.waitForSelector('#name');
    await ada.page.$eval('#name', (field) => (field.value = '花子'));
    for (const sign of SIGNS) for (const key of ['Escape', 'Enter']) await composes(ada, '#name', key, sign);
    assert.equal(await value(ada, '#name'), '花子');
    await ada.presses('Escape');
    await until('by itself it closes', async () => (await ada.page.$('#name')) === null);

    await ada.clicks('#search');
    await ada.page.waitForSelector('.search [type="search"]');
    for (const sign of SIGNS) {
      assert.ok(await composes(ada, '.search [type="search"]', 'Escape', sign), 'a browser does not close the sheet either');
      for (const key of ['ArrowDown', 'ArrowUp', 'Enter']) await composes(ada, '.search [type="search"]', key, sign);
      assert.ok(await hasFocus(ada, '.search [type="search"]'));
    }
    await ada.presses('Escape');
    await ada.page.waitForSelector('dialog', { hidden: true });

    await ada.clicks('#panel');
    await ada.clicks('.panel-topic-line button');
    await ada.page.$eval('.panel [name="topic"]', (field) => (field.value = 'お茶'));
    for (const sign of SIGNS) for (const key of ['Escape', 'Enter']) await composes(ada, '.panel [name="topic"]', key, sign);
    assert.deepEqual([await value(ada, '.panel [name="topic"]'), await ada.page.$eval('.panel-topic-form', ({ hidden }) => hidden)], ['お茶', false]);
  });
}

story('a real composition ends by Escape, and the sheet stays', async ({ server, enters }) => {
  const ada = await enters('Ada', 'chromium');
  await ada.joins(server.url);
  await ada.clicks('#search');
  await ada.page.waitForSelector('.search [type="search"]');
  const devtools = await ada.page.createCDPSession();
  await devtools.send('Input.imeSetComposition', { text: 'おちゃ', selectionStart: 3, selectionEnd: 3 });
  assert.equal(await value(ada, '.search [type="search"]'), 'おちゃ');
  for (const type of ['rawKeyDown', 'keyUp']) await devtools.send('Input.dispatchKeyEvent', { type, key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 229 });
  await devtools.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  assert.equal(await value(ada, '.search [type="search"]'), '');
  assert.ok(await hasFocus(ada, '.search [type="search"]'));
});
