/**
 * Whether the stories can be told in a browser: `node usable.js chromium|firefox PATH`. Says which one it is, or in one line
 * why not. The driver sends commands that older browsers do not know; what it needs is tried, not only looked up.
 */

import { execFileSync } from 'node:child_process';

import puppeteer, { PUPPETEER_REVISIONS } from 'puppeteer-core';

import { launchOptions } from './launch.js';

/** The newest Firefox that is known to lack a command which the driver sends with each size of a window. */
const FIREFOX_TOO_OLD = 140;

const [name, path] = process.argv.slice(2);
const version = printedVersion();

try {
  const number = Number(/\d+/.exec(version)?.[0]);
  if (name === 'firefox' && number <= FIREFOX_TOO_OLD) throw new Error('it is too old');
  await tryOut();
  console.log(`${version} (${path})`);
  process.exit(0);
} catch (error) {
  const made = /\d[\d.]*/.exec(PUPPETEER_REVISIONS[name === 'firefox' ? 'firefox' : 'chrome'])[0];
  const reason = error.message.trim().split('\n')[0];
  console.log(`${version || name} (${path}) cannot be driven: ${reason}; the driver was made for ${name} ${made}`);
  process.exit(1);
}

function printedVersion() {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 }).trim();
  } catch {
    return '';
  }
}

/** A page of a size that can be touched, as the stories open them. */
async function tryOut() {
  const browser = await puppeteer.launch(launchOptions(name, path));
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 320, height: 568, hasTouch: true });
  } finally {
    await browser.close();
  }
}
