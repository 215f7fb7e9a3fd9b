/** A story: a server of its own, people in real browsers, pictures where it goes wrong. */

import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { after, test } from 'node:test';

import { launch, Person } from './person.js';
import { Server } from './server.js';

/** Told in Chromium alone when FIREFOX is empty; whoever would be at Firefox is at Chromium then. */
const CHROMIUM_ALONE = process.env.FIREFOX === '';

/** For stories of what each browser does in its own way: layout, focus, the keyboard, what a page may keep. */
export const BROWSERS = CHROMIUM_ALONE ? ['chromium'] : ['chromium', 'firefox'];

/**
 * For the others: one browser, by turns of the files that tell them, as both take twice the time. EVERY_BROWSER=1 tells them in
 * both.
 */
export const SOME_BROWSERS = process.env.EVERY_BROWSER ? BROWSERS : [BROWSERS[turn(process.argv[1]) % BROWSERS.length]];

/** @param {string} file its place among all that tell stories */
function turn(file) {
  const files = readdirSync(dirname(file)).filter((name) => name.endsWith('.test.js'));
  return Math.max(0, files.sort().indexOf(basename(file)));
}

const launched = {};

/** @param {string} name @returns {Promise<import('puppeteer-core').Browser>} launched when it is asked for first */
function browser(name) {
  const own = CHROMIUM_ALONE ? 'chromium' : name;
  return (launched[own] ??= launch(own));
}

after(async () => {
  for (const browser of Object.values(launched)) await (await browser).close();
});

/**
 * @typedef {object} Stage
 * @property {Server} server
 * @property {(name: string, browser: string, options?: object) => Promise<Person>} enters
 *   a person with a window of their own, nothing opened yet
 * @property {() => Promise<{ ada: Person, bob: Person }>} talking Ada in Chromium and Bob in Firefox, both connected
 */

/**
 * @param {string} name
 * @param {(stage: Stage) => Promise<void>} tell
 * @param {Parameters<typeof Server.start>[0]} [how] the server is to be; by default it keeps its history
 */
export function story(name, tell, how) {
  test(name, async () => {
    const server = await Server.start(how);
    const people = [];
    const enters = async (name, of, options) => {
      const person = await Person.at(name, await browser(of), options);
      people.push(person);
      return person;
    };
    const talking = async () => {
      const ada = await enters('Ada', 'chromium');
      const bob = await enters('Bob', 'firefox');
      await Promise.all([ada.joins(server.url), bob.joins(server.url)]);
      return { ada, bob };
    };
    try {
      await tell({ server, enters, talking });
      for (const person of people) await person.hadNoTrouble();
    } catch (error) {
      for (const person of people) await person.takesPicture(name).catch(() => {});
      throw error;
    } finally {
      for (const person of people) await person.leaves();
      await server.leaves();
    }
  });
}
