/** The rules of a room: a moderator makes it one of announcements, slows it down, and archives it. */

import assert from 'node:assert/strict';

import { LOCAL_NAME } from './launch.js';
import { BROWSERS, story } from './story.js';
import { until } from './until.js';

const isGated = (person, words) => until(`${person.name} reads ${JSON.stringify(words)} in the composer's place`, async () => {
  const says = await person.page.$eval('#composer', (form) =>
    (form.matches('.composer-gated') ? form.querySelector('.gate-words').textContent : ''));
  return words ? says.includes(words) : says === '';
});

/** The owner by the link that the server has printed, and a guest. By an address that others could have, too. */
async function ownerAndGuest({ server, enters }, browser) {
  const shared = (url) => url.replace('127.0.0.1', LOCAL_NAME);
  const olive = await enters('Olive', 'chromium');
  await olive.opens(shared(server.ownersLink));
  await olive.isConnected();
  await olive.changesNameTo('Olive');
  const gus = await enters('Gus', browser);
  await gus.joins(shared(server.url));
  await gus.changesNameTo('Gus');
  await gus.says('I am Gus');
  await olive.hears('I am Gus');
  return { olive, gus };
}

/** In the room's panel. */
async function chooses(person, name, value) {
  if (!(await person.page.$('.panel[open]'))) await person.clicks('#panel');
  await person.page.waitForSelector(`#room-${name}`);
  await person.page.select(`#room-${name}`, value);
}

async function closesPanel(person) {
  await person.presses('Escape');
  await until('the panel is closed', async () => !(await person.page.$('.panel[open]')));
}

for (const browser of BROWSERS) {
  story(`in a room of announcements a guest reads and reacts, keeps what they were writing, and writes again later (${browser})`, async (stage) => {
    const { olive, gus } = await ownerAndGuest(stage, browser);
    await gus.clicks('#panel');
    await gus.page.waitForSelector('.panel[open] .panel-people');
    assert.equal(await gus.page.$('.room-rules'), null, 'the rules are for moderators');
    await closesPanel(gus);
    await gus.writes('half a thought');
    await chooses(olive, 'writers', 'moderators');
    await isGated(gus, 'Only moderators write here.');
    await closesPanel(olive);
    await olive.says('The party is on Saturday');
    await gus.hears('The party is on Saturday');
    const offered = await gus.actionsOf('The party is on Saturday');
    assert.ok(offered.includes('React') && !offered.includes('Reply'), offered.join());
    await gus.presses('Escape');
    await gus.clicksAction('👍', 'The party is on Saturday');
    await until('Olive has it', async () => (await olive.reactions('The party is on Saturday')).length === 1);

    await gus.reloads();
    await isGated(gus, 'Only moderators write here.');
    await chooses(olive, 'writers', 'everyone');
    await isGated(gus, '');
    assert.equal(await gus.page.$eval('#text', (field) => field.value), 'half a thought');
    await gus.presses('Enter');
    await olive.hears('half a thought');
  });
}

story('an archived room is read, and written in again once it is taken out', async (stage) => {
  const { olive, gus } = await ownerAndGuest(stage, 'firefox');
  await olive.clicks('#panel');
  await olive.page.waitForSelector('.room-rules button');
  await olive.clicks('.room-rules button');
  await gus.reads('This room is archived. You can still read it.');
  await isGated(olive, 'This room is archived.');
  assert.ok(!(await gus.actionsOf('I am Gus')).includes('React'));
  await gus.presses('Escape');
  await until('it says so', () => olive.page.$eval('.room-rules button', (button) => button.textContent === 'Take out of the archive'));
  await closesPanel(olive);
  assert.equal(await gus.page.$eval('.gate button:not([hidden])', () => true).catch(() => false), false);
  await olive.clicks('.gate ::-p-text(Take out of the archive)');
  await isGated(olive, '');
  await isGated(gus, '');
  await gus.says('Here again');
  await olive.hears('Here again');
});

story('in slow mode a second message waits, and is said once when slow mode ends', async (stage) => {
  const { olive, gus } = await ownerAndGuest(stage, 'firefox');
  await chooses(olive, 'slow', '60');
  await closesPanel(olive);
  const says = (person) => person.page.$eval('#text', (field) => field.placeholder.replace(/[\u2068\u2069]/g, ''));
  await until('it is said before one meets it', async () => (await says(gus)) === 'Slow mode: 1 minute between messages');
  assert.equal(await says(olive), 'Message lobby', 'moderators are not slowed');
  await gus.says('one');
  await olive.hears('one');
  await gus.says('two');
  await gus.reads('slow mode');
  await olive.says('moderators');
  await olive.says('are not slowed');
  await gus.hears('are not slowed');
  assert.ok(!(await olive.said()).includes('two'));
  await chooses(olive, 'slow', '0');
  await olive.hears('two');
  await until('it waits no more', async () => !(await gus.text()).includes('slow mode'));
  assert.equal((await gus.said()).filter((text) => text === 'two').length, 1);
});

story('a room that its owner deletes is gone for everybody who was in it', async (stage) => {
  const { olive, gus } = await ownerAndGuest(stage, 'firefox');
  for (const person of [olive, gus]) await person.goesToRoom('mistake');
  await gus.says('Secret');
  await olive.hears('Secret');
  await gus.writes('half a thought');
  await olive.clicks('#panel');
  await olive.page.waitForSelector('.room-rules button.dialog-button-grave');
  await olive.clicks('.room-rules button.dialog-button-grave');
  await olive.page.waitForSelector('.confirm .confirm-sure');
  await olive.clicks('.confirm .confirm-sure');
  for (const person of [olive, gus]) {
    await person.isInRoom('lobby');
    await person.reads('mistake was deleted.');
    assert.equal(await person.page.$('.panel[open]'), null);
    assert.ok(!(await person.text()).includes('Secret'));
  }
  assert.equal(await gus.draft(), '');
  await gus.reloads();
  await gus.isConnected();
  assert.equal(await gus.unreadIn('mistake'), undefined, 'it is off the list');
});
