/** A story: a server of its own, people in real browsers, pictures where it goes wrong. */

import { after, before, test } from 'node:test';

import { launch, Person } from './person.js';
import { Server } from './server.js';

/** Told in Chromium alone when FIREFOX is empty; whoever would be at Firefox is at Chromium then. */
const CHROMIUM_ALONE = process.env.FIREFOX === '';

export const BROWSERS = CHROMIUM_ALONE ? ['chromium'] : ['chromium', 'firefox'];

const running = {};

before(async () => {
  for (const name of BROWSERS) running[name] = await launch(name);
  running.firefox ??= running.chromium;
});

after(async () => {
  for (const name of BROWSERS) await running[name]?.close();
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
    const enters = async (name, browser, options) => {
      const person = await Person.at(name, running[browser], options);
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
