/** A person at a browser, and the words for what a person does and sees. */

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { until } from './until.js';

const PICTURES = fileURLToPath(new URL('../../target/browser/', import.meta.url));

const BROWSERS = {
  chromium: {
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  firefox: {
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  },
};

/** In the page: notes what its scripts broke, and what its Content-Security-Policy kept it from. */
function noteTroubles() {
  window.troubles = [];
  addEventListener('error', ({ message }) => window.troubles.push(message));
  addEventListener('unhandledrejection', ({ reason }) => window.troubles.push(String(reason)));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    window.troubles.push(`${violatedDirective} ${blockedURI}`));
}

/** In the page: whatever answers to a scroll or a resize has been done. */
async function framesPass() {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}

/** @param {'chromium' | 'firefox'} name */
export function launch(name) {
  return puppeteer.launch({ headless: true, ...BROWSERS[name] });
}

export class Person {
  /** @param {string} name @param {import('puppeteer-core').Page} page */
  constructor(name, page) {
    this.name = name;
    this.page = page;
  }

  /**
   * A person with a window of their own.
   *
   * @param {string} name
   * @param {import('puppeteer-core').Browser} browser
   * @param {{ width?: number, height?: number, before?: () => void }} [options] `before` runs ahead of the page's scripts
   */
  static async at(name, browser, { width = 1024, height = 768, before } = {}) {
    const page = await browser.newPage();
    const person = new Person(name, page);
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(noteTroubles);
    if (before) await page.evaluateOnNewDocument(before);
    return person;
  }

  // What a person does.

  async opens(url) {
    await this.page.goto(url);
  }

  async joins(url) {
    await this.opens(url);
    await this.reads('Connected');
  }

  /** Writes and sends. */
  async says(text) {
    await this.writes(text);
    await this.presses('Enter');
  }

  /** Puts it into the field at once, as pasting does. */
  async writes(text) {
    await this.page.evaluate((text) => {
      const field = document.querySelector('#text');
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.focus();
    }, text);
  }

  async types(text) {
    await this.page.keyboard.type(text);
  }

  async presses(key) {
    await this.page.keyboard.press(key);
  }

  async clicks(selector) {
    await this.page.locator(selector).click();
  }

  async scrollsTo(top) {
    await this.page.$eval('#log', (log, top) => (log.scrollTop = top), top);
    await this.page.evaluate(framesPass);
  }

  async resizesTo(width, height) {
    await this.page.setViewport({ width, height });
    await this.page.waitForFunction((width, height) => innerWidth === width && innerHeight === height, {}, width, height);
    await this.page.evaluate(framesPass);
  }

  /** Sends many messages by a socket beside the page's: faster than anyone types. */
  async floods(count, from = 1) {
    await this.page.evaluate(async (count, from) => {
      const socket = new WebSocket(new URL('ws', document.baseURI.replace('http', 'ws')));
      await new Promise((open) => (socket.onopen = open));
      for (let n = from; n < from + count; n++) socket.send(`message ${n}`);
      while (socket.bufferedAmount > 0) await new Promise((later) => setTimeout(later, 10));
    }, count, from);
  }

  // What a person sees.

  /** Everything in the log, notices too. */
  log() {
    return this.page.$$eval('.log-list > li', (rows) =>
      rows.map((row) => (row.querySelector('.message-text') ?? row).textContent));
  }

  field() {
    return this.page.$eval('#text', (field) => field.value);
  }

  hint() {
    return this.page.$eval('#hint', (hint) => hint.textContent);
  }

  /** Everything that stands on the page to be read. */
  async text() {
    return (await this.page.$eval('body', (body) => body.innerText)).replaceAll('\u00a0', ' ');
  }

  /** The rows in sight, and where the first of them stands. */
  place() {
    return this.page.$eval('#log', (log) => {
      const edge = log.getBoundingClientRect();
      const row = [...log.querySelectorAll('.log-list > li')].find((row) => row.getBoundingClientRect().bottom > edge.top);
      return { row: row.querySelector('.message-text').textContent, top: Math.round(row.getBoundingClientRect().top - edge.top) };
    });
  }

  fromEnd() {
    return this.page.$eval('#log', (log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop));
  }

  async hears(text) {
    await until(`${this.name} hears ${JSON.stringify(text)}`, async () => (await this.log()).includes(text));
  }

  async reads(words) {
    await until(`${this.name} reads ${JSON.stringify(words)}`, async () => (await this.text()).includes(words));
  }

  async readsNoMore(words) {
    await until(`${this.name} reads no more ${JSON.stringify(words)}`, async () => !(await this.text()).includes(words));
  }

  async isWriting() {
    return this.page.evaluate(() => document.activeElement === document.querySelector('#text'));
  }

  /** Nothing went wrong behind the page. */
  async hadNoTrouble() {
    assert.deepEqual(await this.page.evaluate(() => window.troubles), [], `${this.name} had trouble`);
  }

  /** @param {string} story names the file, under target/browser/ */
  async takesPicture(story) {
    const file = PICTURES + `${story}-${this.name}`.replaceAll(/\W+/g, "-");
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: `${file}.png` });
  }
}
