/**
 * Measures the page in Chromium, and says which goals hold: `node bench/page.js [--runs 5] [--only NAME]`. Needs the server
 * (`cargo build --release`, or CHINWAG), Chromium (CHROMIUM) and `npm ci`. Nothing else should run meanwhile.
 */

import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { LOCAL_NAME } from '../tests/browser/launch.js';
import { launch, Person } from '../tests/browser/person.js';
import { Server } from '../tests/browser/server.js';
import { until } from '../tests/browser/until.js';
import { SlowNetwork } from './slow-network.js';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '5' }, only: { type: 'string' } } });

/** What is called slow 4G. */
const SLOW_4G = { roundTripMs: 150, bitsPerSecond: 1_600_000 };
const SLOWER = 4;

const PHONE = { width: 390, height: 844, hasTouch: true };
const ROOMS = 50;

/** A person looks for what to click, types a letter, and points a phone at a code. Milliseconds. */
const [LOOK_MS, LETTER_MS, SCAN_MS] = [1_000, 200, 4_000];

const browser = await launch('chromium');
/** @type {Record<string, number[]>} */
const figures = {};
const note = (/** @type {string} */ name, /** @type {number} */ value) => (figures[name] ??= []).push(value);

/** In the page: when the first message is painted, what jumps, and which tasks are long. */
function observe() {
  window.seen = { shift: 0, jumps: [], longest: 0 };
  const look = () => {
    if (!document.querySelector('.log-list > .message')) return;
    mutations.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.seen.message = performance.now())));
  };
  const mutations = new MutationObserver(look);
  mutations.observe(document, { subtree: true, childList: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      window.seen.shift += value;
      window.seen.jumps.push(sources.map(({ node }) => node?.id || node?.className || node?.nodeName).join());
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seen.longest = Math.max(window.seen.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** Opens the page, and waits until nothing comes any more. */
async function settles(person, what) {
  await person.page.waitForFunction(() => window.seen?.message > 0, { timeout: 60_000 });
  await person.isConnected();
  await sleep(2_000);
  const { message, shift, jumps } = await person.page.evaluate(() => window.seen);
  note(`${what}: first message visible, ms`, message);
  note(`${what}: layout shift`, shift);
  if (process.env.JUMPS && jumps.length) console.error(what, jumps);
}

async function slowed(person) {
  const session = await person.page.createCDPSession();
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

const entering = (/** @type {string} */ name, how = {}) => Person.at(name, browser, { before: observe, ...how });

async function talks(server) {
  const bob = await Person.at('Bob', browser);
  await bob.joins(server.url);
  await bob.floods(100);
  await bob.hears('message 100');
  await bob.leaves();
}

const MEASURES = {
  async loading() {
    const server = await Server.start();
    await talks(server);
    const network = await SlowNetwork.to(server.port, SLOW_4G);
    const ada = await entering('Ada', { ...PHONE, hasWorker: true });
    await slowed(ada);
    await ada.page.goto(network.url, { timeout: 60_000 });
    await settles(ada, 'cold');
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await sleep(8_000);
    const again = await entering('Ada', { ...PHONE, hasWorker: true, beside: ada });
    await slowed(again);
    await again.page.goto(network.url);
    await settles(again, 'warm');
    await again.page.reload();
    await settles(again, 'reload');
    await again.leaves();
    await ada.leaves();
    network.close();
    await server.leaves();
  },

  async flood() {
    const server = await Server.start();
    const ada = await entering('Ada');
    const bob = await Person.at('Bob', browser);
    await Promise.all([ada.joins(server.url), bob.joins(server.url)]);
    await sleep(1_000);
    await ada.page.evaluate(() => (window.seen.longest = 0));
    await bob.floods(10_000);
    await ada.hears('message 10000');
    await sleep(500);
    note('flood of 10,000: longest task, ms', await ada.page.evaluate(() => window.seen.longest));
    await ada.leaves();
    await bob.leaves();
    await server.leaves();
  },

  async heap() {
    const server = await Server.start();
    const names = Array.from({ length: ROOMS }, (_, n) => `room-${n + 1}`);
    const bob = await Person.at('Bob', browser);
    await bob.joins(server.url);
    for (const name of names) await bob.floods(100, 1, name);
    await bob.leaves();
    const ada = await entering('Ada');
    await ada.page.evaluateOnNewDocument((names) => localStorage.setItem('chinwag / rooms', JSON.stringify(names)), names);
    await ada.joins(`${server.url}r/room-1`);
    await ada.hears('message 100');
    await until('all rooms are there', async () => (await ada.page.$$('.rooms-list a')).length >= ROOMS);
    await sleep(2_000);
    const session = await ada.page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    note(`${ROOMS} rooms of 100 messages: JS heap, MB`, usedSize / 1e6);
    await ada.leaves();
    await server.leaves();
  },

  async devices() {
    const server = await Server.start();
    const address = server.url.replace('127.0.0.1', LOCAL_NAME);
    const ada = await entering('Ada');
    const began = performance.now();
    const finds = async (/** @type {string} */ selector) => {
      await sleep(LOOK_MS);
      await ada.clicks(selector);
    };
    await ada.joins(address);
    await sleep(LOOK_MS);
    await ada.page.type('#text', 'Hello', { delay: LETTER_MS });
    await ada.presses('Enter');
    await finds('.me-change');
    await ada.page.waitForSelector('#name-form');
    await ada.page.type('#name', 'Ada', { delay: LETTER_MS });
    await ada.presses('Enter');
    await until('she is called Ada', async () => (await ada.myName()) === 'Ada');
    await finds('#device');
    const linkOf = () => ada.page.evaluate(() => document.querySelector('.device input')?.value);
    await until('there is a link', linkOf);
    await sleep(SCAN_MS);
    const phone = await Person.at('the phone', browser, PHONE);
    await phone.joins(await linkOf());
    await until('she is one on both', async () => (await phone.myName()) === 'Ada');
    await phone.hears('Hello');
    note('a newcomer is one person on laptop and phone, s', (performance.now() - began) / 1_000);
    await ada.leaves();
    await phone.leaves();
    await server.leaves();
  },
};

const GOALS = [
  ['cold: first message visible, ms', 2_000], ['warm: first message visible, ms', 800],
  ['reload: first message visible, ms', Infinity],
  ['cold: layout shift', 0.02], ['warm: layout shift', 0.02], ['reload: layout shift', 0.02],
  ['flood of 10,000: longest task, ms', 100], [`${ROOMS} rooms of 100 messages: JS heap, MB`, 10],
  ['a newcomer is one person on laptop and phone, s', 30],
];

for (const [name, measure] of Object.entries(MEASURES)) {
  if (options.only && options.only !== name) continue;
  for (let run = 0; run < Number(options.runs); run++) await measure();
}
await browser.close();

const written = (/** @type {number} */ value) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3));
console.log(`${cpus().length} cores, ${cpus()[0].model}; medians of ${options.runs}, in brackets the least and the most`);
let isMissed = false;
for (const [name, most] of /** @type {[string, number][]} */ (GOALS)) {
  const sorted = figures[name]?.sort((a, b) => a - b);
  if (!sorted) continue;
  const median = sorted[Math.floor(sorted.length / 2)];
  isMissed ||= median > most;
  const goal = most === Infinity ? '' : `under ${most}: ${median < most ? 'holds' : 'MISSES'}`;
  console.log(`${name.padEnd(52)} ${written(median).padStart(7)} (${written(sorted[0])} to ${written(sorted.at(-1))})  ${goal}`);
}
process.exitCode = isMissed ? 1 : 0;
