/** People, emoji and rooms are completed where one writes; who is mentioned is meant as a person. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { BROWSERS, someBrowsers, story } from './story.js';
import { until } from './until.js';

const { source: AXE } = createRequire(import.meta.url)('axe-core');

const PHONE = { width: 390, height: 844, hasTouch: true };

/** The rows that are offered: the chosen one in brackets. */
const offered = (person) => person.page.$$eval('.completion:not([hidden]) [role="option"]', (rows) =>
  rows.map(({ children, ariaSelected }) => {
    const text = [...children].filter((part) => !part.matches('.avatar')).map(({ textContent }) => textContent).join(' ');
    return ariaSelected === 'true' ? `[${text}]` : text;
  }));

const isOffered = (person, ...rows) =>
  until(`${person.name} is offered ${rows.join(', ') || 'nothing'}`, async () => (await offered(person)).join() === rows.join());

/** How mentions stand in a message; those of the reader in brackets. */
const mentionsIn = async (person, text) => (await person.message(text)).$$eval('.mention', (all) =>
  all.map(({ textContent, classList }) => (classList.contains('mention-me') ? `[${textContent}]` : textContent)));

/** What a screen reader is told of the field: that it completes, that there is a list, and which row is chosen. */
const announced = (person) => person.page.$eval('#text', (field) => {
  const [completes, list, row] = ['autocomplete', 'haspopup', 'activedescendant'].map((name) => field.getAttribute(`aria-${name}`));
  const isThere = document.getElementById(field.getAttribute('aria-controls'))?.role === 'listbox';
  return [completes, isThere ? list : null, row ? document.querySelector(`#${row} .completion-name`).textContent : undefined];
}).then(([completes, list, row]) => [completes, list, row ?? undefined]);

async function undoes(person) {
  await person.page.keyboard.down('Control');
  await person.presses('z');
  await person.page.keyboard.up('Control');
}

/** Ada at one browser, Bob at the other, with these names. */
async function named(browser, talking) {
  const { ada: one, bob: other } = await talking();
  const [ada, bob] = browser === 'chromium' ? [one, other] : [other, one];
  await ada.changesNameTo('Ada');
  await bob.changesNameTo('Bob');
  await ada.page.focus('#text');
  return { ada, bob };
}

for (const browser of BROWSERS) {
  story(`somebody is mentioned by the keyboard, and meant whatever they and others are called later (${browser})`, async ({ server, enters, talking }) => {
    const { ada, bob } = await named(browser, talking);
    await bob.says('hello');
    await ada.hears('hello');
    await ada.page.focus('#text');
    await ada.types('Tea, @bo');
    await isOffered(ada, '[Bob here]');
    assert.deepEqual(await announced(ada), ['list', 'listbox', 'Bob']);
    assert.equal(await ada.page.$eval('.completion b', (bold) => bold.textContent), 'Bo');
    await ada.presses('Enter');
    assert.equal(await ada.draft(), 'Tea, @Bob ');
    await isOffered(ada);
    assert.ok(await ada.isWriting());
    await ada.types('or coffee?');
    await ada.presses('Enter');
    await bob.hears('Tea, @Bob or coffee?');
    assert.deepEqual(await mentionsIn(bob, 'Tea, @Bob or coffee?'), ['[@Bob]']);
    assert.deepEqual(await mentionsIn(ada, 'Tea, @Bob or coffee?'), ['@Bob']);

    await bob.changesNameTo('Robert');
    const thief = await enters('Thief', browser);
    await thief.joins(server.url);
    await thief.changesNameTo('Bob');
    for (const [person, mention] of [[ada, '@Robert'], [bob, '[@Robert]'], [thief, '@Robert']]) {
      await person.hears('Tea, @Robert or coffee?');
      assert.deepEqual(await mentionsIn(person, 'Tea, @Robert or coffee?'), [mention], person.name);
    }
    await ada.reloads();
    await ada.hears('Tea, @Robert or coffee?');

    await ada.page.focus('#text');
    await ada.presses('ArrowUp');
    assert.equal(await ada.draft(), 'Tea, @Robert or coffee?', 'one edits it as it is shown');
    await ada.types('!');
    await ada.presses('Enter');
    await bob.hears('Tea, @Robert or coffee?!');
    assert.deepEqual(await mentionsIn(bob, 'Tea, @Robert or coffee?!'), ['[@Robert]']);

    await ada.hears('Tea, @Robert or coffee?!');
    await ada.clicksAction('Reply', 'Tea, @Robert or coffee?!');
    const answered = await ada.page.$eval('#composer .composer-mode [dir]', (quoted) => quoted.textContent);
    assert.equal(answered, 'Tea, @Robert or coffee?!', 'one answers it as it is shown');
    await ada.says('Both');
    await bob.hears('Both');
    await bob.changesNameTo('Bobby');
    const quoted = () => ada.page.$eval('.message-quote span', ({ textContent }) => textContent);
    await until('a quote has the name of now', async () => (await quoted()) === 'Tea, @Bobby or coffee?!');
  });

  story(`arrows choose, Escape closes, and Enter sends what is not chosen (${browser})`, async ({ server, enters, talking }) => {
    const { ada, bob } = await named(browser, talking);
    await bob.changesNameTo('Mateo');
    const mo = await enters('Mo', browser);
    await mo.joins(server.url);
    await mo.changesNameTo('Mo');
    await mo.says('bye');
    await ada.hears('bye');
    await mo.opens('about:blank');
    await ada.counts(2);
    await ada.page.focus('#text');
    await ada.types('@m');
    await isOffered(ada, '[Mateo here]', 'Mo away');
    await ada.presses('ArrowDown');
    await isOffered(ada, 'Mateo here', '[Mo away]');
    assert.deepEqual(await announced(ada), ['list', 'listbox', 'Mo']);
    await ada.presses('ArrowDown');
    await isOffered(ada, '[Mateo here]', 'Mo away');
    await ada.presses('Escape');
    await isOffered(ada);
    assert.deepEqual(await announced(ada), ['list', null, undefined]);
    await ada.types('a');
    await isOffered(ada);
    assert.equal(await ada.draft(), '@ma', 'it is closed for this name');
    for (const key of ['Backspace', 'Backspace', 'Backspace']) await ada.presses(key);
    await ada.types('@mo');
    await isOffered(ada);
    await ada.presses('Enter');
    await ada.hears('@mo');
    assert.deepEqual(await mentionsIn(ada, '@mo'), ['@mo'], 'a name that was written without the list is meant, too');
    await ada.types('see @m');
    await isOffered(ada, '[Mateo here]', 'Mo away');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await ada.presses(key);
    await isOffered(ada);
    await ada.presses('End');
    await isOffered(ada, '[Mateo here]', 'Mo away');
    await ada.presses('Tab');
    assert.equal(await ada.draft(), 'see @Mateo ');
    for (let steps = 0; (await ada.draft()) !== 'see @m' && steps < 3; steps++) await undoes(ada);
    assert.equal(await ada.draft(), 'see @m', 'it can be undone');
  });

  story(`an emoji is written by its code, and a room by its name (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.goesToRoom('tea-time');
    await ada.page.focus('#text');
    await ada.types('done :tada');
    await until('the emoji is first', async () => (await offered(ada))[0] === '[🎉 :tada:]');
    await ada.presses('Tab');
    assert.equal(await ada.draft(), 'done 🎉 ');
    await ada.types('in #te');
    await isOffered(ada, '[# tea-time]');
    await ada.presses('Enter');
    await ada.presses('Enter');
    await ada.hears('done 🎉 in #tea-time');
    await ada.types('12:30 :D `:ta');
    await isOffered(ada);
    await ada.presses('Enter');
    await ada.hears('12:30 :D `:ta');
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`the list stands over the composer, at what is written (${browser})`, async ({ talking }) => {
    const { ada } = await named(browser, talking);
    const place = () => ada.page.evaluate(() => {
      const of = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [list, bar, row] = ['.completion', '.composer-bar', '.completion-row'].map(of);
      return { left: list.left, above: bar.top - list.bottom, inside: list.left >= bar.left - 1 && list.right <= bar.right + 1, row: row.height };
    });
    await ada.types('@b');
    await isOffered(ada, '[Bob here]');
    const first = await place();
    assert.ok(first.above >= 0 && first.above < 12 && first.inside, JSON.stringify(first));
    assert.equal(first.row, 36);
    await ada.writes('Thank you, and @b');
    await isOffered(ada, '[Bob here]');
    const second = await place();
    assert.ok(second.left > first.left + 60 && second.inside, JSON.stringify([first, second]));
    await ada.writes(`${'a long way to go '.repeat(20)} @b`);
    await isOffered(ada, '[Bob here]');
    const third = await place();
    assert.ok(third.above >= 0 && third.above < 12 && third.inside, JSON.stringify(third));
  });

  // Chromium alone takes the pointer of a phone for coarse, which the height of a row goes by.
  story(`on a phone a finger chooses (chromium, besides ${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', 'chromium', PHONE);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    await bob.changesNameTo('Bob');
    await ada.taps('#text');
    await ada.types('hi @b');
    await isOffered(ada, '[Bob here]');
    assert.ok(await ada.page.$eval('.completion-row', (row) => row.getBoundingClientRect().height >= 44));
    await ada.taps('.completion-row');
    await until('it is written', async () => (await ada.draft()) === 'hi @Bob ');
    assert.ok(await ada.isWriting());
    await ada.taps('.composer-send');
    await bob.hears('hi @Bob');
    assert.deepEqual(await mentionsIn(bob, 'hi @Bob'), ['[@Bob]']);
  });
}

story('in Arabic the list stands at the letters, too, and axe-core finds nothing', async ({ server, enters }) => {
  const nadia = await enters('Nadia', 'chromium');
  const bob = await enters('Bob', 'chromium');
  await nadia.page.setBypassCSP(true);
  await nadia.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await nadia.page.evaluateOnNewDocument(() => localStorage.setItem('chinwag / language', '"ar"'));
  for (const person of [nadia, bob]) await person.joins(server.url);
  await bob.changesNameTo('نادية');
  await nadia.page.focus('#text');
  await nadia.types('صباح الخير @نا');
  await isOffered(nadia, '[نادية هنا]');
  const { list, bar } = await nadia.page.evaluate(() => {
    const [list, bar] = ['.completion', '.composer-bar'].map((selector) => document.querySelector(selector).getBoundingClientRect());
    return { list: list.right, bar: bar.right };
  });
  assert.ok(list < bar - 40 && list > bar - 200, `${list} of ${bar}`);
  await nadia.page.evaluate(AXE);
  const { violations } = await nadia.page.evaluate(() => axe.run('.composer'));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), []);
});
