/** A story: a server of its own, people in real browsers, pictures where it goes wrong. */

import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch, Person } from './person.js';
import { Server } from './server.js';

/** Told in Chromium alone when FIREFOX is empty; whoever would be at Firefox is at Chromium then. */
const CHROMIUM_ALONE = process.env.FIREFOX === '';

/** For stories of what each browser does in its own way: layout, focus, the keyboard, what a page may keep. */
export const BROWSERS = CHROMIUM_ALONE ? ['chromium'] : ['chromium', 'firefox'];

export const FOLDER = dirname(fileURLToPath(import.meta.url));

/** The files that tell stories. */
export const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.test.js')).sort();

/** @param {string} file its name @returns {number} its place among all */
export function turn(file) {
  return FILES.indexOf(file);
}

/**
 * For the others: one browser, by turns of the files, as both take twice the time. EVERY_BROWSER=1 tells them in both.
 *
 * @param {string} url of the file that tells them
 * @returns {string[]}
 */
export function someBrowsers(url) {
  return process.env.EVERY_BROWSER ? BROWSERS : [BROWSERS[turn(basename(url)) % BROWSERS.length]];
}

/** Stories that are not told to their end. */
export const pending = [];

const launched = {};

/** @param {string} name @returns {Promise<import('puppeteer-core').Browser>} launched when it is asked for first */
function browser(name) {
  const own = CHROMIUM_ALONE ? 'chromium' : name;
  return (launched[own] ??= launch(own));
}

export async function closeBrowsers() {
  for (const browser of Object.values(launched)) await (await browser).close();
}

// A lane closes them after its last file.
if (!process.env.LANE_CLAIMS) after(closeBrowsers);

/**
 * @typedef {object} Stage
 * @property {Server} server
 * @property {(name: string, browser: string, options?: object) => Promise<Person>} enters
 *   a person with a window of their own, nothing opened yet
 * @property {() => Promise<{ ada: Person, bob: Person }>} talking Ada in Chromium and Bob in Firefox, both connected
 */

/** Tells a story anew that went wrong, and says so. A whole run has 200 of them on a machine that is busy. */
const TELL_AGAIN = process.env.TELL_AGAIN === '1';

/**
 * @param {string} name
 * @param {(stage: Stage) => Promise<void>} tell
 * @param {Parameters<typeof Server.start>[0]} [how] the server is to be; by default it keeps its history
 */
export function story(name, tell, how) {
  const once = async () => {
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
      for (const person of people) await person.hadNoErrors();
    } catch (error) {
      for (const person of people) await person.takesPicture(name).catch(() => {});
      throw error;
    } finally {
      for (const person of people) await person.leaves();
      await server.leaves();
    }
  };
  const told = test(name, async () => {
    if (!TELL_AGAIN) return once();
    try {
      await once();
    } catch (error) {
      await once();
      console.log(`told again: ${name}: ${error.message}`);
    }
  });
  pending.push(told);
}
