/** Whose chat it is: invitations, who may write, moderators who see to people, and the settings of the chat. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { LOCAL_NAME } from './launch.js';
import { BROWSERS, someBrowsers, story } from './story.js';
import { until } from './until.js';

const { source: AXE } = createRequire(import.meta.url)('axe-core');

const PHONE = { width: 390, height: 844, hasTouch: true };

const gate = (person) => person.page.$eval('#composer', (form) =>
  form.matches('.composer-gated') ? form.querySelector('.gate-words').textContent.replaceAll(/[\u2066-\u2069]/g, '') : undefined);

const isGated = (person, words) => until(`${person.name} reads ${JSON.stringify(words)} in the composer's place`,
  async () => (words === undefined ? (await gate(person)) === undefined : Boolean((await gate(person))?.includes(words))));

/** Somebody with a name, who has said something: the server knows them. */
async function arrives(person, url) {
  await person.joins(url);
  await person.changesNameTo(person.name);
  await person.says(`I am ${person.name}`);
  await person.hears(`I am ${person.name}`);
}

/** By an address that others could have, too. */
const shared = (url) => url.replace('127.0.0.1', LOCAL_NAME);

/** The owner by the link that the server has printed, and a guest. */
async function ownerAndGuest(server, enters, browser, { owner, guest } = {}) {
  const olive = await enters('Olive', 'chromium', owner);
  await olive.opens(shared(server.ownersLink));
  await olive.isConnected();
  await olive.changesNameTo('Olive');
  const gus = await enters('Gus', browser, guest);
  await arrives(gus, shared(server.url));
  await olive.hears('I am Gus');
  return { olive, gus };
}

/** What the menu of a message offers, without signs that only part directions. */
async function offered(person, text) {
  const names = await person.actionsOf(text);
  // Once it is gone, it gives the focus back: the toolbar would stay where that is.
  await until('the menu is gone', async () => (await person.page.$('.menu')) === null);
  await person.page.evaluate(() => document.activeElement.blur());
  return names.map((name) => name.replaceAll(/[\u2066-\u2069]/g, ''));
}

/** Goes to a message by the keyboard. */
async function goesTo(person, text) {
  await person.page.focus('#log');
  const isThere = () => person.page.evaluate((text) =>
    document.activeElement.querySelector?.('.message-text')?.textContent === text && document.activeElement.matches('.message'), text);
  for (let row = 0; row < 20 && !(await isThere()); row++) await person.presses('ArrowUp');
  assert.ok(await isThere(), text);
}

/** In the page: counts its sockets. */
function countSockets() {
  window.sockets = 0;
  const { WebSocket } = window;
  window.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      window.sockets += 1;
    }
  };
}

const isAsked = (person) => person.page.waitForSelector('.password:not([hidden])', { visible: true });

/** Types a password where the chat asks for it. */
async function gives(person, password) {
  await person.page.focus('#password');
  await person.page.$eval('#password', (field) => field.select());
  await person.types(password);
  await person.presses('Enter');
}

/** The owner sets the password in the settings. */
async function setsPassword(olive, password) {
  await opensChat(olive);
  const isChosen = await olive.page.$eval('[name="door"][value="password"]', ({ checked }) => checked);
  await olive.clicks(isChosen ? '#door-password' : '[name="door"][value="password"]');
  await until('the field has the focus', () => olive.page.evaluate(() => document.activeElement.id === 'door-password'));
  await olive.types(password);
  await olive.presses('Enter');
  await olive.reads('The password is set.');
  await olive.presses('Escape');
}

/** Opens the sheet of a message's author: two clicks. */
async function seesTo(person, text) {
  await person.hovers(text);
  await person.clicks('.actions [aria-label="More actions"]');
  await person.page.locator('.menu button ::-p-text(See to)').click();
  await person.page.waitForSelector('.rights[open]');
}

const press = (person, label) => person.clicks(`[aria-label="${label}"]`);

async function opensChat(person) {
  await person.seesRooms();
  await person.clicks('#settings');
  await person.page.waitForSelector('#settings-thisChat');
}

for (const browser of BROWSERS) {
  story(`the first owner comes in by the printed link, which is good once (${browser})`, async ({ server, enters }) => {
    const olive = await enters('Olive', browser);
    await olive.opens(server.ownersLink);
    await olive.isConnected();
    assert.equal(await olive.page.evaluate(() => location.hash), '', 'the secret is not left in the address');
    assert.equal(await olive.page.evaluate(() => localStorage.getItem('chinwag / invitation')), null, 'nor kept');
    await olive.clicks('#settings');
    await olive.page.waitForSelector('.settings[open]');
    assert.equal(await olive.page.$eval('.settings-role', ({ textContent }) => textContent), 'Owner');
    await olive.presses('Escape');

    const gus = await enters('Gus', 'chromium');
    await gus.opens(server.ownersLink);
    await gus.isConnected();
    await gus.reads('This invitation was used up');
    await gus.says('in all the same');
    await olive.hears('in all the same');
    await gus.clicks('#settings');
    await gus.page.waitForSelector('.settings[open]');
    assert.equal(await gus.page.$('#settings-thisChat'), null, 'guests have no such settings');
  });

  story(`who is not invited is told so and not let in; a draft stays, and a link lets in (${browser})`, async ({ server, enters }) => {
    const { gus } = await ownerAndGuest(server, enters, browser, { guest: { before: countSockets } });
    await gus.page.focus('#text');
    await gus.types('half a thought');
    server.operates('door', 'closed');
    await isGated(gus, 'This chat is for people who were invited.');
    assert.equal(await gus.page.$eval('#connection', (line) => line.checkVisibility()), false, 'it is said once');
    await gus.page.evaluate(() => dispatchEvent(new Event('online')));
    await new Promise((later) => setTimeout(later, 1_500));
    assert.equal(await gus.page.evaluate(() => window.sockets), 1, 'the page does not try by itself');
    await gus.clicks('.gate button');
    await until('it was tried', () => gus.page.evaluate(() => window.sockets === 2));
    await isGated(gus, 'This chat is for people who were invited.');

    const link = server.operates('invite', '--url', shared(server.url)).match(/http\S+/)[0];
    // In the same tab the page is not loaded anew.
    await gus.page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
    await gus.isConnected();
    await isGated(gus, undefined);
    assert.equal(await gus.page.evaluate(() => location.hash), '');
    assert.equal(await gus.draft(), 'half a thought');
    await gus.presses('Enter');
    await gus.hears('half a thought');

    const late = await enters('Late', browser);
    await late.opens(link);
    await isGated(late, 'This invitation was used up');
    await late.page.waitForSelector('#connection[data-state="stopped"]');
    await late.clicks('.gate button');
    await isGated(late, 'This chat is for people who were invited.');
    await late.page.evaluate(() => (window.troubles = []));
  });

  story(`where guests only read, a line says so in the composer's place, and nothing moves (${browser})`, async ({ server, enters }) => {
    const { gus } = await ownerAndGuest(server, enters, browser);
    const top = await gus.topOf('I am Gus');
    server.operates('door', 'read');
    await isGated(gus, 'Guests only read here.');
    assert.equal(await gus.topOf('I am Gus'), top);
    assert.deepEqual(await offered(gus, 'I am Gus'), ['Copy text', 'Copy link to message', 'Mark unread from here', 'Delete']);
    await gus.page.focus('#log');
    await gus.presses('ArrowUp');
    for (const key of ['r', 'e']) await gus.presses(key);
    assert.equal(await gus.page.$('.composer-mode:not([hidden])'), null, 'no reply and no edit by a key');
    await gus.resizesTo(1600, 900);
    await gus.page.locator('.column-person ::-p-text(Olive)').click();
    assert.equal(await gus.draft(), '', 'no name is written where one does not see it');
    await gus.resizesTo(1024, 768);
    server.operates('role', 'Gus', 'member');
    await isGated(gus, undefined);
    assert.equal(await gus.topOf('I am Gus'), top);
    await gus.says('a member writes');
    await gus.hears('a member writes');
  });

  story(`who is muted reads until when, and the end is noticed (${browser})`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, browser);
    server.operates('mute', 'Gus', '--for', '3s');
    await isGated(gus, 'You are muted until');
    await olive.says('peace');
    await gus.hears('peace');
    await isGated(gus, undefined);
    await gus.says('again');
    await olive.hears('again');
    server.operates('mute', 'Gus');
    await isGated(gus, 'when a moderator lets you');
    await gus.reloads();
    await isGated(gus, 'when a moderator lets you');
    server.operates('unmute', 'Gus');
    await isGated(gus, undefined);
  });

  story(`a troll is gone in three clicks with what they said, and that can be undone (${browser})`, async ({ server, enters }) => {
    const olive = await enters('Olive', browser);
    await olive.opens(server.ownersLink);
    await olive.isConnected();
    const gus = await enters('Gus', 'chromium');
    await arrives(gus, server.url);
    for (const spam of ['coins', 'more coins']) await gus.says(spam);
    await olive.hears('more coins');
    await seesTo(olive, 'more coins');
    // She comes from the same address, and is not banned with him.
    await olive.page.locator('::-p-text(Also keep out everybody from the same address)').click();
    await press(olive, 'Ban: 1 day');
    await isGated(gus, 'A moderator has banned you from this chat.');
    await olive.reads('Gus is banned, 3 messages are deleted.');
    await until('nothing is left', async () => (await olive.said()).every((text) => text === 'This message was deleted.'));
    await olive.clicks('.undo-act');
    await olive.reads('Gus can come in again.');
    await gus.clicks('.gate button');
    await gus.isConnected();
    await isGated(gus, undefined);
    await gus.says('sorry');
    await olive.hears('sorry');
  });

  story(`a moderator deletes and mutes those who are below, by keys alone, and nobody else (${browser})`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, 'chromium');
    await olive.says('from the owner');
    const mod = await enters('Mo', browser);
    await arrives(mod, server.url);
    await mod.hears('from the owner');
    assert.deepEqual(await offered(mod, 'I am Gus'), ['👍', '🎉', '👀', 'React', 'Reply', 'Copy text', 'Copy link to message', 'Mark unread from here', 'Report…']);
    server.operates('role', 'Mo', 'moderator');
    await until('it is told', () => mod.page.evaluate(() => document.querySelector('#settings') !== null));
    await until('the menu has it', async () => (await offered(mod, 'I am Gus')).includes('See to Gus…'));
    assert.deepEqual((await offered(mod, 'from the owner')).slice(-2), ['Mark unread from here', 'See to Olive…'], 'an owner is above');

    const at = (text) => goesTo(mod, text);
    await at('I am Gus');
    await mod.presses('Delete');
    await mod.page.waitForSelector('.confirm:popover-open');
    await mod.presses('Tab');
    await mod.presses('Enter');
    await gus.hears('This message was deleted.');
    await gus.says('why?');
    await mod.hears('why?');
    await at('why?');
    await mod.presses('s');
    await mod.page.waitForSelector('.rights[open]');
    await mod.page.focus('[aria-label="Mute: 10 minutes"]');
    await mod.presses('Enter');
    await isGated(gus, 'You are muted until');
    await mod.reads('Gus is muted.');
    await until('the focus is where it was', () => mod.page.evaluate(() => document.activeElement.matches('.message, .message *')));
    await at('why?');
    await mod.presses('s');
    await mod.reads('Muted until');
    await mod.page.focus('.rights .dialog-part:nth-child(2) button');
    await mod.presses('Enter');
    await isGated(gus, undefined);
    await mod.presses('Escape');
    await at('from the owner');
    await mod.presses('s');
    await mod.reads('Their role is not below yours.');
    assert.equal(await mod.page.$('.rights select, .rights .dialog-part button'), null);
  });

  story(`on a phone the same is in the sheet of a message, and in the list of people (${browser})`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, browser, { owner: PHONE });
    await olive.holds('I am Gus');
    await olive.page.locator('.message-sheet-line ::-p-text(See to)').click();
    await olive.page.waitForSelector('.rights[open]');
    await olive.taps('[aria-label="Mute: 1 hour"]');
    await isGated(gus, 'You are muted until');
    await olive.taps('.undo-act');
    await isGated(gus, undefined);
    await olive.holds('I am Gus');
    await olive.page.locator('.message-sheet-line ::-p-text(Delete)').click();
    await olive.taps('.confirm-sure');
    await gus.hears('This message was deleted.');
    await olive.taps('#people');
    await olive.page.waitForSelector('.panel-person');
    await olive.taps('.panel-person');
    await olive.page.waitForSelector('.rights[open]');
    await olive.page.select('#person-role', 'moderator');
    await until('it is told', () => olive.page.$eval('.person-head', ({ textContent }) => textContent.includes('Moderator')));
    await gus.clicks('#settings');
    await gus.page.waitForSelector('#settings-thisChat');
  });

  story(`the settings of the chat: who comes in, invitations, people, and what was done (${browser})`, async ({ server, enters }) => {
    const olive = await enters('Olive', browser);
    await olive.opens(shared(server.ownersLink));
    await olive.isConnected();
    const gus = await enters('Gus', 'chromium');
    await arrives(gus, server.url);
    await opensChat(olive);
    await olive.clicks('[name="door"][value="read"]');
    await isGated(gus, 'Guests only read here.');
    await olive.page.locator('.settings-part .dialog-button ::-p-text(Invite people)').click();
    await olive.page.waitForSelector('.device[open]');
    await olive.reads('Only members write.');
    await olive.clicks('.device summary');
    await olive.clicks('.invite-make');
    await until('there is a link', () => olive.page.evaluate(() => [...document.querySelectorAll('.device input')].at(-1)?.value.includes('#invite=')));
    const link = await olive.page.$$eval('.device input', (fields) => fields.at(-1).value);
    await olive.presses('Escape');

    const mia = await enters('Mia', 'chromium');
    await mia.joins(link);
    await isGated(mia, undefined);
    await mia.says('invited');
    await olive.hears('invited');

    server.operates('invite', '--role', 'moderator', '--uses', 'any');
    for (let n = 0; n < 12; n++) for (const role of ['member', 'guest']) server.operates('role', 'Gus', role);
    await opensChat(olive);
    const openList = async (n) => {
      await olive.page.$$eval('.rights-list > summary', (all, n) => all[n].focus(), n);
      await olive.presses('Enter');
      await until('it is loaded', () => olive.page.$$eval('.rights-list', (all, n) => all[n].querySelector('li') !== null, n));
      return olive.page.$$eval('.rights-list', (all, n) =>
        [...all[n].querySelectorAll('li')].map((row) => row.textContent.replaceAll(/[\u2066-\u2069]/g, '')), n);
    };
    const [first, ...rest] = await openList(0);
    assert.match(first, /^Moderatorfor any number of people · until .* · by the server’s operatorTake back$/);
    assert.deepEqual(rest, [], 'what was used up is gone');
    await olive.clicks('.rights-list li .dialog-button');
    await olive.clicks('.confirm-sure');
    await until('it is gone', () => olive.page.$eval('.rights-list', (list) => list.querySelector('li') === null));
    assert.equal((await openList(1)).length, 2, 'an owner and a member');
    const done = await openList(2);
    assert.equal(done.length, 20);
    assert.match(done[0], /^Invitation taken back.* · /);
    assert.match(done[1], /^Role of Gus: Guestthe server’s operator · /);
    await olive.page.locator('.rights-list:last-of-type .dialog-button ::-p-text(Show more)').click();
    await until('all is shown', () => olive.page.$$eval('.rights-list:last-of-type li', (rows) =>
      rows.some(({ textContent }) => /^Guests: .?Only read/.test(textContent))));
    await olive.clicks('.rights-see');
    await olive.page.waitForSelector('.rights[open]');
    await olive.presses('Escape');
    // Who has no standing of their own is found by the name.
    await opensChat(olive);
    await olive.page.$$eval('.rights-list > summary', (all) => all[1].click());
    const finds = async (name) => {
      await olive.page.$eval('[name="person"]', (field) => field.select());
      await olive.types(name);
      await olive.presses('Enter');
    };
    await finds('Nobody of this name');
    await olive.reads('There is nobody like this in the chat.');
    await finds('Gus');
    await olive.page.waitForSelector('.rights[open]');
    await olive.reads('See to Gus');
  });
}

for (const browser of BROWSERS) {
  story(`a password chat: who gives it is in, also after a reload (${browser})`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, browser);
    await gus.page.focus('#text');
    await gus.types('half a thought');
    await setsPassword(olive, 'two cups of tea');
    // Who was in as a guest is asked as well, and keeps what they were writing.
    await isAsked(gus);
    assert.equal(await gus.page.evaluate(() => document.activeElement.id), 'password');
    assert.equal(await gus.page.$eval('#text', (field) => field.checkVisibility()), false);
    await gives(gus, 'two cups of tea');
    await gus.isConnected();
    await until('the draft is there', async () => (await gus.draft()) === 'half a thought');
    await until('one may write', () => gus.page.evaluate(() => document.activeElement.id === 'text'));

    const friend = await enters('Fay', browser);
    await friend.opens(shared(server.url));
    await isAsked(friend);
    assert.deepEqual(await friend.page.$eval('#password', (field) => [
      field.labels[0].textContent, field.autocomplete, field.type, field.getAttribute('aria-invalid') ?? 'false',
    ]), ['Password', 'current-password', 'password', 'false']);
    assert.deepEqual(await friend.said(), [], 'nothing of the chat is seen before');
    await gives(friend, 'two cups of coffee');
    await until('it was wrong', () => friend.page.$eval('#password-note', ({ textContent }) =>
      textContent === 'This is not the password of this chat.'));
    assert.equal(await friend.page.$eval('#password', (field) => field.getAttribute('aria-invalid')), 'true');
    await gives(friend, 'two cups of tea');
    await friend.isConnected();
    await friend.says('what a nice room');
    await olive.hears('what a nice room');
    await friend.reloads();
    await friend.isConnected();
    await friend.hears('what a nice room');
    assert.equal(await friend.page.$('.password:not([hidden])'), null);
    const kept = await friend.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    assert.ok(!kept.includes('cups'), 'it is kept nowhere');

    const late = await enters('Late', 'chromium');
    await late.opens(shared(server.url));
    await isAsked(late);

    // Another password leaves those in who are in.
    await setsPassword(olive, 'a pot of coffee');
    await friend.says('still here');
    await olive.hears('still here');
    await gives(late, 'two cups of tea');
    await until('it was wrong', () => late.page.$eval('#password-note', ({ textContent }) => textContent !== ''));
    await gives(late, 'a pot of coffee');
    await late.isConnected();
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`after too many wrong passwords the page counts down, and does not try by itself (${browser})`, async ({ server, enters }) => {
    const { olive } = await ownerAndGuest(server, enters, 'chromium');
    await setsPassword(olive, 'two cups of tea');
    const eve = await enters('Eve', browser);
    await eve.opens(shared(server.url));
    await isAsked(eve);
    const waits = () => eve.page.$eval('.password-wait', (line) => line.checkVisibility());
    for (let guess = 0; guess < 40 && !(await waits()); guess++) {
      await gives(eve, `two cups of ${guess}`);
      await until('it was judged', async () => (await waits())
        || eve.page.$eval('#password-note', ({ textContent }) => textContent !== ''));
    }
    assert.ok(await waits());
    assert.match(await eve.page.$eval('.password-wait', ({ textContent }) => textContent), /^You can try again in \d s\.$/);
    assert.equal(await eve.page.$eval('#password-note', ({ textContent }) => textContent), 'That was wrong too often.');
    await until('one may try again', async () => !(await waits()));
    await gives(eve, 'two cups of tea');
    await eve.isConnected();
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`who is muted answers nothing in a thread either (${browser})`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, browser);
    await olive.clicksAction('Reply', 'I am Gus');
    await olive.says('one');
    for (const text of ['two', 'three']) {
      await olive.clicksAction('Reply', 'one');
      await olive.says(text);
      await gus.hears(text);
    }
    await gus.clicks('.thread-line');
    await gus.page.waitForSelector('.thread');
    server.operates('mute', 'Gus');
    await until('a line is in its place', () => gus.page.$eval('.thread .gate', (line) => line.checkVisibility()));
    assert.equal(await gus.page.$eval('.thread textarea', (field) => field.checkVisibility()), false);
    server.operates('unmute', 'Gus');
    await until('one may write', () => gus.page.$eval('.thread textarea', (field) => field.checkVisibility()));
  });

  story(`until the page can say so, what a guest may not say stays in the field (${browser})`, async ({ server, enters }) => {
    server.operates('door', 'read');
    const gus = await enters('Gus', browser);
    await gus.page.setRequestInterception(true);
    gus.page.on('request', (request) => (request.url().endsWith('deferred.js') ? request.abort() : request.continue()));
    await gus.opens(server.url);
    await gus.page.waitForSelector('#connection[data-state="connected"]');
    await gus.writes('too early');
    await gus.presses('Enter');
    assert.deepEqual([await gus.draft(), await gus.said()], ['too early', []]);
  });

  story(`where guests do not come in, only who may invite has a link (${browser})`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, browser);
    server.operates('role', 'Gus', 'member');
    server.operates('door', 'closed');
    await gus.clicks('[data-opens="invite"]');
    await gus.reads('Moderators and owners can make an invitation.');
    assert.equal(await gus.page.$('.device input'), null);
    await olive.clicks('[data-opens="invite"]');
    await olive.clicks('.invite-make');
    await until('there is a link', () => olive.page.evaluate(() => document.querySelector('.device input')?.value.includes('#invite=')));
  });

  story(`at 320 px nothing of it has to be scrolled sideways (${browser})`, async ({ server, enters }) => {
    const { olive } = await ownerAndGuest(server, enters, 'chromium', { owner: { width: 320, height: 568 } });
    const over = (selector) => olive.page.$eval(selector, (part) => part.scrollWidth - part.clientWidth);
    await seesTo(olive, 'I am Gus');
    assert.equal(await over('.rights .dialog-body'), 0);
    await press(olive, 'Mute: Until taken back');
    await olive.page.waitForSelector('.undo');
    const { left, right } = await olive.page.$eval('.undo', (part) => part.getBoundingClientRect().toJSON());
    assert.ok(left >= 0 && right <= 320, `${left} ${right}`);
    await opensChat(olive);
    await olive.page.$$eval('.rights-list', (lists) => lists.forEach((list) => (list.open = true)));
    await until('all is loaded', () => olive.page.$$eval('.rights-list:nth-of-type(n + 2)', (lists) => lists.every((list) => list.querySelector('li'))));
    await olive.clicks('[name="door"][value="password"]');
    await olive.page.waitForSelector('#door-password', { visible: true });
    assert.equal(await over('.settings-parts'), 0);
    await olive.types('two cups of tea');
    await olive.presses('Enter');
    const gus = await enters('Late', 'chromium', { width: 320, height: 568 });
    await gus.opens(shared(server.url));
    await isAsked(gus);
    const form = await gus.page.$eval('.password', (form) => form.getBoundingClientRect().toJSON());
    assert.ok(form.left >= 0 && form.right <= 320 && form.bottom <= 568, JSON.stringify(form));
  });
}

for (const scheme of ['light', 'dark']) {
  story(`axe-core finds nothing in what moderators and guests see, ${scheme}`, async ({ server, enters }) => {
    const { olive, gus } = await ownerAndGuest(server, enters, 'chromium');
    const check = async (person, what) => {
      await person.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => {}));
      if (!(await person.page.evaluate(() => 'axe' in window))) await person.page.evaluate(AXE);
      const { violations } = await person.page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), [], what);
    };
    for (const person of [olive, gus]) {
      await person.page.setBypassCSP(true);
      await person.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await person.reloads();
    }
    await seesTo(olive, 'I am Gus');
    await check(olive, 'a person');
    await press(olive, 'Mute: 1 hour');
    await olive.reads('Gus is muted.');
    await check(olive, 'the way to undo');
    await isGated(gus, 'You are muted until');
    await check(gus, 'muted');
    await seesTo(olive, 'I am Gus');
    await check(olive, 'a person who is muted');
    await olive.presses('Escape');
    await olive.resizesTo(1600, 900);
    await olive.page.waitForSelector('.column-see');
    await check(olive, 'the column of people');
    await opensChat(olive);
    await olive.page.$$eval('.rights-list', (lists) => lists.forEach((list) => (list.open = true)));
    await until('all is loaded', () => olive.page.$$eval('.rights-list:nth-of-type(n + 2)', (lists) => lists.every((list) => list.querySelector('li'))));
    await olive.page.$eval('#settings-thisChat', (title) => title.scrollIntoView());
    await check(olive, 'the settings of the chat');
    await olive.clicks('[name="door"][value="closed"]');
    await isGated(gus, 'This chat is for people who were invited.');
    await check(gus, 'not let in');
    await olive.clicks('[name="door"][value="password"]');
    await olive.page.waitForSelector('#door-password', { visible: true });
    await check(olive, 'the password is set');
    await olive.types('two cups of tea');
    await olive.presses('Enter');
    await olive.reads('The password is set.');
    await gus.clicks('.gate button');
    await isAsked(gus);
    await gives(gus, 'two cups of coffee');
    await until('it was wrong', () => gus.page.$eval('#password-note', ({ textContent }) => textContent !== ''));
    await check(gus, 'asked for the password');
    await olive.clicks('[name="door"][value="closed"]');
    await gus.page.evaluate(() => document.querySelector('#password').form.requestSubmit());
    await isGated(gus, 'This chat is for people who were invited.');
    await olive.presses('Escape');
    await olive.clicks('[data-opens="invite"]');
    await olive.page.waitForSelector('.invite-make');
    await check(olive, 'an invitation');
    await olive.clicks('.invite-make');
    await until('it is drawn', () => olive.page.evaluate(() => document.querySelector('.device-code')?.naturalWidth > 0));
    await check(olive, 'its link');
  });
}
