/** A person at a browser, and the words for what a person does and sees. */

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { until } from './until.js';

const PICTURES = fileURLToPath(new URL('../../target/browser/', import.meta.url));

/** A window of one's own: what one browser keeps for one person, another person does not get. */
const contexts = new WeakMap();

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
   * A person with a window of their own, and a browser's memory of their own.
   *
   * @param {string} name
   * @param {import('puppeteer-core').Browser} browser
   * @param {{ width?: number, height?: number, before?: () => void, beside?: Person }} [options]
   *   `before` runs ahead of the page's scripts; `beside` is the person whose second tab it is
   */
  static async at(name, browser, { width = 1024, height = 768, before, beside } = {}) {
    const context = beside ? contexts.get(beside.page) : await browser.createBrowserContext();
    const page = await context.newPage();
    contexts.set(page, context);
    const person = new Person(name, page);
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(noteTroubles);
    if (before) await page.evaluateOnNewDocument(before);
    return person;
  }

  /** Goes, and with the last tab the browser's memory of them. */
  async leaves() {
    const context = contexts.get(this.page);
    await this.page.close();
    if ((await context.pages()).length === 0) await context.close();
  }

  // What a person does.

  async opens(url) {
    await this.page.goto(url);
  }

  async joins(url) {
    await this.opens(url);
    await this.page.waitForSelector('#connection[data-state="connected"]');
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

  async reloads() {
    await this.page.reload();
    await this.reads('Connected');
  }

  /** Asks for a name; whether it is had is to be seen. */
  async asksFor(name) {
    if (!(await this.page.$('#name-form'))) await this.clicks('.me-change');
    await this.page.waitForSelector('#name-form');
    await this.page.evaluate((name) => (document.querySelector('#name').value = name), name);
    await this.presses('Enter');
  }

  async takesTheName(name) {
    await this.asksFor(name);
    await until(`${this.name} is called ${name}`, async () => (await this.myName()) === name);
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
      const [, room] = /\/r\/([^/]+)$/.exec(location.pathname) ?? [];
      const socket = new WebSocket(new URL(room ? `../ws/${room}` : 'ws', document.baseURI.replace('http', 'ws')));
      await new Promise((open) => (socket.onopen = open));
      for (let n = from; n < from + count; n++) socket.send(`message ${n}`);
      while (socket.bufferedAmount > 0) await new Promise((later) => setTimeout(later, 10));
    }, count, from);
  }

  /**
   * Does what the page has no way to do yet, in this person's name, on a socket beside the page's.
   *
   * @param {...object} commands of `chinwag.v1`; `of` is the text of the message that is meant
   */
  async does(...commands) {
    await this.page.evaluate(async (commands) => {
      const [, name] = /\/r\/([^/]+)$/.exec(location.pathname) ?? [];
      const [mount, room] = name ? ['../', name] : ['./', 'lobby'];
      const token = JSON.parse(localStorage.getItem(`chinwag ${new URL(mount, document.baseURI).pathname} token`));
      const socket = new WebSocket(new URL(`${mount}ws`, document.baseURI.replace('http', 'ws')), 'chinwag.v1');
      const seqs = {};
      await new Promise((caughtUp, lost) => {
        socket.onclose = lost;
        socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', token, rooms: { [room]: {} } }));
        socket.onmessage = ({ data }) => data.split('\n').map(JSON.parse).forEach((event) => {
          if (event.type === 'message') seqs[event.text] = event.seq;
          if (event.type === 'caught_up') caughtUp();
        });
      });
      for (const { of, ...command } of commands) socket.send(JSON.stringify({ room, seq: seqs[of], ...command }));
    }, commands);
  }

  // What a person sees.

  /** Everything in the log, notices too, but for the days. */
  log() {
    return this.page.$$eval('.log-list > li:not(.day, .unread)', (rows) =>
      rows.map((row) => (row.querySelector('.message-text') ?? row).textContent));
  }

  /** What was said, and who is said to have said it: a line for each group. */
  conversation() {
    return this.page.$$eval('.log-list > .message', (rows) => {
      const groups = [];
      for (const row of rows) {
        const part = (name) => row.querySelector(`.message-${name}`);
        if (row.matches('.message-first')) groups.push(`${part('name').textContent}${part('you').hidden ? '' : ' (you)'}:`);
        groups.push(`${groups.pop()} ${part('text').textContent}`);
      }
      return groups;
    });
  }

  /** The name above the composer; none while it is being changed. */
  myName() {
    return this.page.$eval('#me', (me) => (me.hidden ? '' : me.querySelector('.me-name').textContent));
  }

  /** Who is here, as the list says that is opened for it. */
  async people() {
    if (!(await this.page.$('.panel[open]'))) await this.clicks('#people');
    await this.page.waitForSelector('.panel-people li');
    return this.page.$$eval('.panel-people li', (items) => items.map((item) => item.textContent));
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
      const row = [...log.querySelectorAll('.log-list > .message')].find((row) => row.getBoundingClientRect().bottom > edge.top);
      return { row: row.querySelector('.message-text').textContent, top: Math.round(row.getBoundingClientRect().top - edge.top) };
    });
  }

  fromEnd() {
    return this.page.$eval('#log', (log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop));
  }

  async hears(text) {
    await until(`${this.name} hears ${JSON.stringify(text)}`, async () => (await this.log()).includes(text));
  }

  /** How often it stands in the log, now. */
  async timesHeard(text) {
    return (await this.log()).filter((row) => row === text).length;
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
