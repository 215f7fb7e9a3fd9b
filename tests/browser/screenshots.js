/**
 * Pictures of the page, by hand: `node tests/browser/screenshots.js [FOLDER]`.
 * Without a folder: docs/page.png for the README. With one: every width, light and dark, in every state.
 */

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { launch, Person } from './person.js';
import { Server } from './server.js';

const CONVERSATION = [
  ['Ada', 'Morning! Is the kettle on?'],
  ['Mo', 'Always. Milk, no sugar?'],
  ['Ada', 'You remembered ☺'],
  ['Ada', 'So: the garden party. Saturday at three, and Mo brings the long table. If it rains we move everything into the barn, which has a roof again since last week.'],
  ['نادية', 'The barn has a ROOF?'],
  ['نادية', 'صباح الخير! سأحضر الكعك'],
  ['Mo', 'Cake is sorted, then. Anything else we need?'],
  ['Ada', 'Chairs. <b>Many</b> chairs.'],
  ['Mo', 'I can borrow a dozen from the school: see https://example.org/inventory/chairs?sort=comfort&folding=yes&colour=any-but-the-orange-ones'],
  ['Ada', 'To bring:\n- the long table\n- a dozen chairs\n- cups'],
  ['Ada', 'Perfect. See you all on Saturday!'],
];

const LONG = 'A word more, and a word more. '.repeat(12).trim();
const UNBROKEN = 'x'.repeat(400);

const WIDTHS = { 320: 640, 768: 1024, 1440: 900 };

const folder = process.argv[2];
const server = await Server.start();
const browser = await launch('chromium');
try {
  if (folder) await everything(folder);
  else await forReadme(fileURLToPath(new URL('../../docs/', import.meta.url)));
} finally {
  await browser.close();
  await server.leaves();
}

/** Everyone in the conversation, in windows of their own. */
async function everyone() {
  const people = {};
  for (const name of ['Ada', 'Mo', 'نادية']) {
    people[name] = await Person.at(name, browser, { width: 1200, height: 760 });
    await people[name].joins(server.url);
    await people[name].takesTheName(name);
  }
  return people;
}

async function forReadme(folder) {
  await mkdir(folder, { recursive: true });
  const people = await everyone();
  await talk(people, `${server.url}r/garden-party`);
  await people.Ada.page.screenshot({ path: `${folder}page.png` });
}

async function everything(folder) {
  await mkdir(folder, { recursive: true });
  const people = await everyone();
  const { Ada: ada, Mo: mo } = people;
  for (const scheme of ['light', 'dark']) {
    await ada.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const [width, height] of Object.entries(WIDTHS)) {
      const picture = (state) => ada.page.screenshot({ path: `${folder}/${state}-${width}-${scheme}.png` });
      const room = `${server.url}r/garden-${width}-${scheme}`;
      await ada.resizesTo(Number(width), height);
      await ada.joins(room);
      await picture('empty');
      await talk(people, room);
      await picture('talk');
      await ada.people();
      await picture('people');
      await ada.presses('Escape');
      await ada.asksFor('Admin');
      await ada.reads('This name is kept for the server');
      await picture('name');
      await ada.clicks('.name-cancel');
      for (const text of [LONG, UNBROKEN]) {
        await mo.says(text);
        await ada.hears(text);
      }
      await ada.floods(20);
      await ada.hears('message 20');
      await ada.scrollsTo(60);
      await ada.floods(3, 21);
      await ada.reads('3 new messages');
      await ada.writes('y'.repeat(4_001));
      await picture('away');
      await ada.writes('Is anybody there?');
      await server.crash();
      await ada.reads('Connection closed.');
      await ada.presses('Enter');
      await ada.scrollsTo(1_000_000);
      await ada.reads('Waiting for the connection…');
      await picture('closed');
      await server.start();
      await ada.reads('Connected');
      await ada.readsNoMore('Waiting for the connection…');
      await picture('back');
      await ada.page.evaluate(() => {
        const name = `chinwag / outbox ${document.title.split(' ')[0]}`;
        sessionStorage.setItem(name, JSON.stringify([{ cid: 'x', text: 'A text that the server does not take.', at: 1, refused: 'the disk is full' }]));
      });
      await ada.reloads();
      await ada.reads('Not sent');
      await picture('not-sent');
    }
  }
}

async function talk(people, room) {
  for (const person of Object.values(people)) await person.joins(room);
  for (const [name, text] of CONVERSATION) {
    await people[name].says(text);
    for (const person of Object.values(people)) await person.hears(text);
  }
  await people.Mo.does(
    { type: 'topic', text: 'Garden party: Saturday, three o’clock' },
    { type: 'react', of: 'Chairs. <b>Many</b> chairs.', emoji: '♥', on: true },
    { type: 'edit', of: 'Cake is sorted, then. Anything else we need?', text: 'Cake is sorted, then. What else do we need?' },
  );
  await people.Ada.does({ type: 'react', of: 'Chairs. <b>Many</b> chairs.', emoji: '♥', on: true });
  await people.Ada.reads('♥ 2');
  await people.Ada.reads('Garden party');
  await people.Ada.reads('What else do we need?');
}
