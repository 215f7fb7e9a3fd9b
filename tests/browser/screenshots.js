/**
 * Pictures of the page, by hand: `node tests/browser/screenshots.js [FOLDER]`.
 * Without a folder: docs/page.png for the README. With one: every width, light and dark, in every state.
 */

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { launch, Person } from './person.js';
import { Server } from './server.js';

const CONVERSATION = [
  'Morning! Is the kettle on?',
  'Always. Milk, no sugar?',
  'You remembered 🙂',
  'So: the garden party. Saturday at three, and Mo brings the long table. If it rains we move everything into the barn, which has a roof again since last week.',
  'The barn has a ROOF?',
  'صباح الخير! سأحضر الكعك',
  'Cake is sorted, then. Anything else we need?',
  'Chairs. <b>Many</b> chairs.',
  'I can borrow a dozen from the school: see https://example.org/inventory/chairs?sort=comfort&folding=yes&colour=any-but-the-orange-ones',
  'Perfect. See you all on Saturday!',
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
  await server.stop();
}

async function forReadme(folder) {
  await mkdir(folder, { recursive: true });
  const ada = await Person.at('Ada', browser, { width: 1200, height: 760 });
  await ada.joins(server.url);
  await talk(ada);
  await ada.page.screenshot({ path: `${folder}page.png` });
}

async function everything(folder) {
  await mkdir(folder, { recursive: true });
  for (const scheme of ['light', 'dark']) {
    for (const [width, height] of Object.entries(WIDTHS)) {
      const ada = await Person.at('Ada', browser, { width: Number(width), height });
      const picture = (state) => ada.page.screenshot({ path: `${folder}/${state}-${width}-${scheme}.png` });
      await ada.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await ada.joins(server.url);
      await picture('empty');
      await talk(ada);
      await picture('talk');
      for (const text of [LONG, UNBROKEN]) {
        await ada.says(text);
        await ada.hears(text);
      }
      await ada.floods(20);
      await ada.hears('message 20');
      await ada.scrollsTo(60);
      await ada.floods(3, 21);
      await ada.reads('3 new messages');
      await ada.writes('y'.repeat(600));
      await picture('away');
      await ada.writes('Is anybody there?');
      await server.crash();
      await ada.reads('Connection closed.');
      await ada.presses('Enter');
      await picture('closed');
      await server.start();
      await ada.reads('Connected');
      await picture('back');
      await ada.page.close();
    }
  }
}

async function talk(person) {
  for (const text of CONVERSATION) {
    await person.says(text);
    await person.hears(text);
  }
}
