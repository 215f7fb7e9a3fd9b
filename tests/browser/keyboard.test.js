/** Without a mouse: everything is reached with Tab, the arrows, Enter and Escape. */

import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

/** More stops than the page has, and more messages than are gone through here. */
const STOPS_MAX = 60;

const focused = (person) => person.page.evaluate(() => document.activeElement.querySelector?.('.message-text')?.textContent ?? document.activeElement.id);

const isOn = (person, selector) => person.page.evaluate((selector) => document.activeElement.matches(selector), selector);

/** Presses it until the focus is there. */
async function goesBy(press, what, isThere) {
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    if (await isThere()) return;
    await press();
  }
  assert.fail(`${what} is not reached`);
}

const tabsTo = (person, selector) => goesBy(() => person.presses('Tab'), selector, () => isOn(person, selector));

const tabsBackTo = (person, selector) => goesBy(async () => {
  await person.page.keyboard.down('Shift');
  await person.presses('Tab');
  await person.page.keyboard.up('Shift');
}, selector, () => isOn(person, selector));

/** From the field to a message, by the log and up. */
async function readsUpTo(person, text) {
  await tabsBackTo(person, '#log');
  await goesBy(() => person.presses('ArrowUp'), text, async () => (await focused(person)) === text);
}

/** From a message to one of its tools. */
async function takesTool(person, label) {
  await person.presses('Enter');
  const isInBar = await person.page.$(`.actions [aria-label="${label}"]`);
  const name = isInBar ? label : 'More actions';
  await goesBy(() => person.presses('ArrowRight'), name, () => isOn(person, `.actions [aria-label="${name}"]`));
  await person.presses('Enter');
  if (isInBar) return;
  await until('the menu has the focus', () => isOn(person, '.menu button'));
  await goesBy(() => person.presses('ArrowDown'), label, () => person.page.evaluate((label) =>
    document.activeElement.querySelector('span')?.textContent === label, label));
  await person.presses('Enter');
}

for (const browser of BROWSERS) {
  story(`by the keyboard alone one reads up, answers, reacts, edits and deletes (${browser})`, async ({ talking }) => {
    const { ada: one, bob: other } = await talking();
    const [ada, bob] = browser === 'chromium' ? [one, other] : [other, one];
    for (const text of ['The kettle is on', 'Milk?', 'And cake?']) {
      await bob.says(text);
      await ada.hears(text);
    }
    assert.ok(await ada.isWriting());
    await readsUpTo(ada, 'Milk?');
    await ada.presses('ArrowDown');
    assert.equal(await focused(ada), 'And cake?');
    await ada.presses('ArrowUp');
    await takesTool(ada, 'Reply');
    assert.ok(await ada.isWriting());
    await ada.types('A drop');
    await ada.presses('Enter');
    await bob.hears('A drop');
    assert.match(await (await bob.message('A drop')).$eval('.message-quote', (quote) => quote.textContent), /Milk\?$/);

    await readsUpTo(ada, 'And cake?');
    await takesTool(ada, '👍');
    await until('Bob has it', async () => (await bob.reactions('And cake?')).join() === '👍 1');
    await ada.presses('Enter');
    await until('and has it no more', async () => (await bob.reactions('And cake?')).length === 0);
    await ada.presses('Escape');
    assert.equal(await focused(ada), 'And cake?', 'one is at the message again');
    await takesTool(ada, 'React');
    await until('one may search', () => isOn(ada, '.emoji-field'));
    await ada.presses('ArrowDown');
    await goesBy(() => ada.presses('ArrowRight'), 'a face', () => isOn(ada, '.emoji [aria-label="smiling face with smiling eyes"]'));
    await ada.presses('Enter');
    await until('Bob has a smile', async () => (await bob.reactions('And cake?')).join() === '😊 1');
    assert.ok(await isOn(ada, '.actions [aria-label="React"]'), 'one is where one was');
    await ada.presses('Escape');
    await ada.presses('Escape');
    assert.ok(await ada.isWriting(), 'twice leads back to writing');

    await ada.presses('ArrowUp');
    assert.equal(await ada.draft(), 'A drop');
    await ada.types(' or two');
    await ada.presses('Enter');
    await bob.hears('A drop or two');
    await readsUpTo(ada, 'A drop or two');
    await takesTool(ada, 'Delete');
    await until('one is asked', () => isOn(ada, '.confirm .quiet'));
    await tabsTo(ada, '.confirm-sure');
    await ada.presses('Enter');
    await bob.hears('This message was deleted.');
    await ada.hears('This message was deleted.');
    assert.equal(await focused(ada), 'This message was deleted.', 'and one is where it was');
  });

  story(`what one is at has its tools as soon as it is said (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.says('before');
    await ada.page.waitForSelector('.message:not(.message-unsent)');
    await server.crash();
    await ada.reads('Trying again in');
    await ada.says('meanwhile');
    await ada.page.focus('.message-unsent');
    await server.start();
    await ada.page.waitForSelector('.message:focus .actions [title="React"]');
  });

  story(`by the keyboard alone one goes up through pages, finds, takes a name and goes to another room (${browser})`, async ({ talking }) => {
    const { ada: one, bob: other } = await talking();
    const [ada, bob] = browser === 'chromium' ? [one, other] : [other, one];
    await bob.says('The barn has a roof');
    await bob.floods(90);
    await ada.hears('message 90');
    await ada.reloads();
    await ada.hears('message 90');
    await ada.page.focus('#text');
    await readsUpTo(ada, 'message 35');
    assert.ok((await ada.inSight()).includes('message 35'));
    await ada.presses('Escape');
    assert.ok(await ada.isWriting());

    await ada.page.keyboard.down('Control');
    await ada.presses('k');
    await ada.page.keyboard.up('Control');
    await ada.page.waitForSelector('.search[open]');
    await ada.types('roof');
    await ada.reads('1 message found');
    await ada.presses('Enter');
    await until('the first that was found has the focus', () => isOn(ada, '.search-result'));
    await ada.presses('Enter');
    await ada.hasInSight('The barn has a roof');
    assert.equal(await focused(ada), 'The barn has a roof');
    await tabsTo(ada, '#newer');
    await ada.presses('Enter');
    await ada.hasInSight('message 90');

    await tabsBackTo(ada, '.me-change');
    await ada.presses('Enter');
    await until('the name is there to be written over', () => isOn(ada, '#name'));
    await ada.types('Ada L.');
    await ada.presses('Enter');
    await bob.reads('is now called Ada L.');
    assert.equal(await ada.myName(), 'Ada L.');
    assert.ok(await ada.isWriting());

    await ada.page.keyboard.down('Control');
    await ada.presses('k');
    await ada.page.keyboard.up('Control');
    await ada.page.waitForSelector('.search[open]');
    await ada.types('#Garden Party');
    await ada.presses('Enter');
    await ada.isInRoom('garden-party');
    await tabsBackTo(ada, '.rooms-list a:not([aria-current])');
    await ada.presses('Enter');
    await ada.isInRoom('lobby');
    await ada.hears('message 90');
  });
}
