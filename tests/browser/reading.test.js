/** What counts as read, and what one sees of one's own, while one reads far above the end. */

import assert from 'node:assert/strict';

import { story } from './story.js';
import { until } from './until.js';

/** Ada and Bob in tea, where more has been said than one screen shows. */
async function atTea({ server, enters }) {
  const ada = await enters('Ada', 'chromium');
  const bob = await enters('Bob', 'firefox');
  for (const person of [ada, bob]) await person.joins(`${server.url}r/tea`);
  await bob.floods(80);
  await ada.hearsFlood(80);
  return { ada, bob };
}

/** The link to a message, as its row knows it. */
const linkTo = (person, text) => person.page.$$eval('.message', (rows, text) => {
  const row = rows.find((row) => row.querySelector('.message-text').textContent === text);
  return `${location.href.split('#')[0]}#${row.seq}`;
}, text);

story('who comes back to a room where they were far up has not read what is below', async (stage) => {
  const { ada, bob } = await atTea(stage);
  await ada.scrollsTo(400);
  const place = await ada.readingPosition();
  await ada.goesToRoom('lobby');
  await bob.floods(2, 81);
  await ada.hasUnread('tea', '2');
  await ada.goesToRoom('tea');
  await until('the place is there again', async () => (await ada.readingPosition()).row === place.row);
  await ada.hasUnread('tea', '2');
  await ada.clicks('#newer');
  await ada.hears('message 82');
  await ada.hasUnread('tea', '');
});

story('a link to an old message does not make read what is new', async (stage) => {
  const { ada, bob } = await atTea(stage);
  const link = await linkTo(ada, 'message 40');
  await ada.joins(stage.server.url);
  await bob.floods(30, 81);
  await ada.hasUnread('tea', '30');
  await ada.opens(link);
  await until('the message is in sight', async () => (await ada.page.$$eval('.message-found', (rows) => rows.length)) === 1);
  await ada.hasUnread('tea', '30');
});

story('a link to a message that there is not leads to the end', async (stage) => {
  const { ada, bob } = await atTea(stage);
  await ada.goesToRoom('lobby');
  await ada.joins(`${stage.server.url}r/tea#999999`);
  await until('it is the end', async () => (await ada.pixelsFromEnd()) <= 2);
  await bob.floods(1, 81);
  await ada.hears('message 81');
  await until('and one follows', async () => (await ada.pixelsFromEnd()) <= 2);
});

story('what one says while one reads above is seen', async (stage) => {
  const { ada, bob } = await atTea(stage);
  await ada.scrollsTo(200);
  await ada.says('From far above');
  await bob.hears('From far above');
  await until('it is in sight', async () => (await ada.pixelsFromEnd()) <= 2);
  assert.equal((await ada.log()).at(-1), 'From far above');
});
