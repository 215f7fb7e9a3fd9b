/**
 * Pictures of the page, by hand: `node tests/browser/screenshots.js [FOLDER]`.
 * Without a folder: the three of the README, in docs/. With one: every width, light and dark, in every state.
 */

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { launch, Person } from './person.js';
import { Server } from './server.js';

const CONVERSATION = [
  ['Ada', 'Morning! Is the kettle on?'],
  ['Mo', 'Always. Milk, no sugar?'],
  ['Ada', 'You remembered ☺️'],
  ['Ada', 'So: the *garden party*. Saturday at three, and Mo brings the long table. If it rains we move everything into the barn, which has a roof again since last week.'],
  ['نادية', 'The barn has a ROOF?'],
  ['نادية', 'صباح الخير! سأحضر الكعك'],
  ['Mo', '🎉🍰'],
  ['Ada', 'Chairs. <b>Many</b> chairs.'],
  ['Mo', 'I can borrow a dozen from the school: https://example.org/inventory/chairs?sort=comfort'],
  ['نادية', '@Ada I’ll bring the lanterns, too'],
  ['Ada', 'Perfect. See you all on Saturday!'],
];

const ARABIC = [
  ['نادية', 'صباح الخير! هل الشاي جاهز؟'],
  ['Mo', 'دائمًا. بالحليب، بلا سكر؟'],
  ['نادية', 'موعدنا يوم السبت الساعة 3، في الحديقة. العنوان: https://example.org/garden?day=6'],
  ['Mo', 'سأحضر الطاولة الطويلة و12 كرسيًا (من المدرسة).'],
  ['نادية', 'رائع 🎉'],
];

const CODE = '```rust\nfn main() -> Result<(), Error> {\n    let hub = Hub::new(SqliteLog::open(Path::new("chat"), &StoreOptions::default())?, Limits::default())?;\n' +
  Array.from({ length: 18 }, (_, n) => `    let guest_${n} = hub.listen(&RoomName::parse("garden-party-${n}")?)?;`).join('\n') + '\n    Ok(())\n}\n```';

const WIDTHS = { 320: 640, 768: 1024, 1440: 900 };

const folder = process.argv[2];
const server = await Server.start();
const browser = await launch('chromium');
try {
  await mkdir(folder ?? 'docs', { recursive: true });
  if (folder) await everything(folder);
  else await forReadme(fileURLToPath(new URL('../../docs/', import.meta.url)));
} finally {
  await browser.close();
  await server.leaves();
}

/** Everyone in the conversation, in windows of their own. */
async function everyone(size) {
  const people = {};
  for (const name of ['Ada', 'Mo', 'نادية']) {
    people[name] = await Person.at(name, browser, size);
    await people[name].joins(server.url);
    await people[name].changesNameTo(name);
  }
  return people;
}

function room(name) {
  return `${server.url}r/${name}`;
}

/** @param {Person} person @param {'light' | 'dark'} scheme */
function inTheme(person, scheme) {
  return person.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
}

/** @param {Person} person @param {string} code */
async function speaks(person, code) {
  await person.page.evaluate((code) => localStorage.setItem('chinwag / language', JSON.stringify(code)), code);
}

async function says(people, url, conversation) {
  for (const person of Object.values(people)) await person.joins(url);
  for (const [name, text] of conversation) {
    await people[name].says(text);
    const [said] = text.split('*');
    for (const person of Object.values(people)) await person.reads(said.replace(/^`+rust\n/, '').slice(0, 12));
  }
}

/** A room in which much has gone on. */
async function busy(people, name) {
  await says(people, room(name), CONVERSATION);
  const { Ada: ada, Mo: mo } = people;
  await mo.setsTopic('Garden party: Saturday, three o’clock');
  await mo.reacts('red heart', 'Chairs. <b>Many</b> chairs.');
  await mo.reacts('party popper', '@Ada I’ll bring the lanterns, too');
  await ada.reacts('red heart', 'Chairs. <b>Many</b> chairs.');
  await ada.reads('Garden party: Saturday');
}

async function forReadme(folder) {
  const people = await everyone({ width: 1200, height: 760 });
  const { Ada: ada, Mo: mo } = people;
  await ada.joins(room('book-club'));
  await busy(people, 'garden-party');
  await mo.joins(room('book-club'));
  await mo.says('Chapter four by Sunday?');
  await mo.joins(room('garden-party'));
  await ada.reads('1');
  await mo.types('I');
  await ada.reads('is typing');
  await ada.page.screenshot({ path: `${folder}page.png` });

  const nadia = people['نادية'];
  await speaks(nadia, 'ar');
  await says({ نادية: nadia, Mo: mo }, room('tea'), ARABIC);
  await inTheme(nadia, 'dark');
  await nadia.resizesTo(390, 760);
  await nadia.page.screenshot({ path: `${folder}phone.png` });

  await inTheme(ada, 'dark');
  await ada.presses('Escape');
  await ada.clicks('#search');
  await ada.page.waitForSelector('.search input[type=search]');
  await ada.types('chairs');
  await ada.page.waitForSelector('.search mark');
  await ada.page.screenshot({ path: `${folder}search.png` });
}

async function everything(folder) {
  const people = await everyone({ width: 1200, height: 760 });
  const { Ada: ada, Mo: mo, نادية: nadia } = people;
  await busy(people, 'garden-party');
  await says({ Ada: ada, Mo: mo }, room('code'), [['Mo', 'How do I begin?'], ['Ada', CODE]]);
  await speaks(nadia, 'ar');
  await says({ نادية: nadia, Mo: mo }, room('tea'), ARABIC);
  for (const scheme of ['light', 'dark']) {
    for (const person of [ada, nadia]) await inTheme(person, scheme);
    for (const [width, height] of Object.entries(WIDTHS)) {
      const picture = (state, person = ada) => person.page.screenshot({ path: `${folder}/${state}-${width}-${scheme}.png` });
      for (const person of [ada, nadia]) await person.resizesTo(Number(width), height);
      await ada.joins(room(`empty-${width}-${scheme}`));
      await ada.reads('No messages yet');
      await picture('empty');
      await ada.joins(room('garden-party'));
      await ada.reads('See you all on Saturday');
      await picture('busy');
      await ada.page.hover('.message-own:last-child .message-text');
      await ada.page.waitForSelector('.actions');
      await picture('actions');
      await nadia.joins(room('tea')).catch(() => {});
      await picture('rtl', nadia);
      await ada.joins(room('code'));
      await ada.reads('fn main');
      await picture('code');
      await ada.clicks('#panel');
      await ada.page.waitForSelector('.panel[open]');
      await picture('panel');
      await ada.presses('Escape');
      await server.crash();
      await ada.reads('Disconnected.');
      await ada.says('Is anybody there?');
      await ada.reads('Waiting for connection…');
      await picture('offline');
      await server.start();
      await ada.reads('Connected');
      await ada.seesNoMore('Waiting for connection…');
    }
  }
}
