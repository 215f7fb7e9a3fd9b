/** Messages that are shown to the moderators. */

import assert from 'node:assert/strict';

import { LOCAL_NAME } from './launch.js';
import { BROWSERS, story } from './story.js';
import { until } from './until.js';

const shared = (url) => url.replace('127.0.0.1', LOCAL_NAME);

const isInList = ({ page }, name) => page.$$eval('.rooms-list a', (links, name) =>
  links.some((link) => link.checkVisibility() && link.querySelector('bdi').textContent === name), name);

for (const browser of BROWSERS) {
  story(`a guest reports a message, and a moderator reads of it and goes there (${browser})`, async ({ server, enters }) => {
    const olive = await enters('Olive', 'chromium');
    await olive.opens(shared(server.ownersLink));
    await olive.isConnected();
    await olive.changesNameTo('Olive');
    assert.ok(!(await isInList(olive, 'Moderators')), 'there is no report yet');
    const [gus, eve] = [await enters('Gus', browser), await enters('Eve', 'chromium')];
    for (const person of [gus, eve]) await person.joins(shared(server.url));
    await gus.changesNameTo('Gus');
    await eve.changesNameTo('Eve');
    await eve.says('Buy my coins');
    await gus.hears('Buy my coins');
    await olive.hears('Buy my coins');

    assert.ok(!(await eve.actionsOf('Buy my coins')).some((name) => name.startsWith('Report')), 'nobody reports themselves');
    await eve.presses('Escape');
    assert.ok(!(await olive.actionsOf('Buy my coins')).some((name) => name.startsWith('Report')), 'a moderator sees to it');
    await olive.presses('Escape');
    await gus.clicksAction('Report…', 'Buy my coins');
    await gus.page.waitForSelector('dialog[open] #report-why');
    assert.equal(await gus.page.$eval('.report-quote', ({ textContent }) => textContent), 'Buy my coins');
    await gus.types('It is spam');
    await gus.page.click('dialog[open] form button.dialog-button-main');
    await gus.reads('The moderators have your report.');
    assert.equal(await gus.page.$('dialog[open]'), null);

    await until('the room is in sight', () => isInList(olive, 'Moderators'));
    await olive.hasUnread('Moderators', '1');
    await olive.goesToRoom('Moderators');
    await olive.reads('Eve, #lobby');
    await olive.reads('It is spam');
    await olive.clicks('.message-text a');
    await olive.isInRoom('lobby');
    await olive.hasInSight('Buy my coins');
    for (const person of [gus, eve]) assert.ok(!(await isInList(person, 'Moderators')));
  });
}
