/** A person at a browser, and the words for what a person does and sees. */

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { launchOptions } from './launch.js';
import { until } from './until.js';

const TARGET = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url));
const PICTURES = join(TARGET, 'browser/');

/** A toolbar that is there can be clicked within this. Milliseconds. */
const BAR_MS_MAX = 2_000;

/** A window of one's own: what one browser keeps for one person, another person does not get. */
const contexts = new WeakMap();

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

/** In the page: a browser without service workers, as a private window of Firefox is. */
function hasNoWorkers() {
  delete Navigator.prototype.serviceWorker;
}

/** @param {'chromium' | 'firefox'} name */
export function launch(name) {
  return puppeteer.launch(launchOptions(name));
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
   * @param {{ width?: number, height?: number, hasTouch?: boolean, hasWorker?: boolean, before?: () => void, beside?: Person }} [options]
   *   `hasTouch`: a phone; `hasWorker`: the page installs itself, which loads all of it a second time; `before` runs ahead of the page's scripts; `beside` is the person whose second tab it is
   */
  static async at(name, browser, { width = 1024, height = 768, hasTouch = false, hasWorker = false, before, beside } = {}) {
    const isChromium = (await browser.version()).includes('Chrome');
    const context = beside ? contexts.get(beside.page) : await browser.createBrowserContext();
    // Of a tab behind another, Firefox draws one frame a second: who comes to somebody else's is in another window.
    const isInWindow = !isChromium && !beside && (await browser.pages()).length > 1;
    const page = await context.newPage({ type: isInWindow ? 'window' : 'tab' });
    contexts.set(page, context);
    const person = new Person(name, page);
    // Chromium has fingers only on what is mobile, Firefox has nothing that is.
    const isMobile = hasTouch && isChromium;
    await page.setViewport({ width, height, hasTouch, isMobile });
    await page.evaluateOnNewDocument(noteTroubles);
    if (!hasWorker) await page.evaluateOnNewDocument(hasNoWorkers);
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
    await this.isConnected();
  }

  /** Writes and sends. */
  async says(text) {
    await this.writes(text);
    if (await this.hasTouchKeyboard()) await this.clicks('.composer-send');
    else await this.presses('Enter');
  }

  /** Whether the keyboard is on the screen: there Enter is a new line. */
  hasTouchKeyboard() {
    return this.page.evaluate(() => matchMedia('(pointer: coarse)').matches);
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
    await this.isConnected();
  }

  /** Fills in the form for another name, and sends it. The server may refuse the name. */
  async requestsName(name) {
    if (!(await this.page.$('#name-form'))) {
      await this.seesRooms();
      await this.clicks('.me-change');
    }
    await this.page.waitForSelector('#name-form');
    await this.page.evaluate((name) => (document.querySelector('#name').value = name), name);
    await this.presses('Enter');
  }

  async changesNameTo(name) {
    await this.requestsName(name);
    await until(`${this.name} is called ${name}`, async () => (await this.myName()) === name);
  }

  async clicks(selector) {
    await this.page.locator(selector).click();
  }

  /** With a finger. */
  async taps(selector) {
    await this.page.waitForSelector(selector, { visible: true });
    await this.page.tap(selector);
  }

  /** The side bar is in sight: on a narrow page it is opened. */
  async seesRooms() {
    const isThere = await this.page.$eval('.rooms', (rooms) => rooms.checkVisibility());
    if (!isThere) await this.clicks('.top-rooms');
    await this.page.waitForSelector('.rooms .me-change', { visible: true });
  }

  /** A finger rests on a message, as long as it takes. */
  async holds(text) {
    const { x, y, width, height } = await (await (await this.message(text)).$('.message-text')).boundingBox();
    const finger = await this.page.touchscreen.touchStart(x + Math.min(width / 2, 40), y + Math.min(height / 2, 20));
    await this.page.waitForSelector('.message-sheet[open]');
    await finger.end();
    await this.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => {}));
  }

  /** The mouse is over a message, and its toolbar is there. */
  async hovers(text) {
    await until(`${this.name}'s ${JSON.stringify(text)} is sent`, async () => (await this.message(text)).evaluate((row) => row.seq > 0));
    await until(`${this.name} has the toolbar of ${JSON.stringify(text)}`, async () => {
      const row = await this.message(text);
      await row.hover();
      return row.evaluate((row) => row.querySelector('.actions') !== null);
    });
  }

  /** Clicks a button in the toolbar of a message, or in its menu. @param {string} what it says @param {string} text the message */
  async clicksAction(what, text) {
    const inBar = (label) => this.#clicksInBar(`.actions [aria-label="${label}"]`, text);
    await this.hovers(text);
    if (await this.page.$(`.actions [aria-label="${what}"]`)) return inBar(what);
    await inBar('More actions');
    await this.clicks(`.menu button ::-p-text(${what})`);
  }

  /** Where the log moves meanwhile, as for a question over the composer, the toolbar leaves with its message: it is hovered again. */
  async #clicksInBar(selector, text) {
    await until(`${this.name} has clicked ${selector} of ${JSON.stringify(text)}`, async () => {
      await this.hovers(text);
      return this.page.locator(selector).setTimeout(BAR_MS_MAX).click().then(() => true, (error) => {
        if (error.name !== 'TimeoutError') throw error;
        return false;
      });
    });
  }

  /** What the toolbar of a message and its menu offer. */
  async actionsOf(text) {
    await this.hovers(text);
    const inBar = await this.page.$$eval('.actions button', (buttons) => buttons.map(({ ariaLabel }) => ariaLabel));
    await this.#clicksInBar('.actions [aria-label="More actions"]', text);
    await this.page.waitForSelector('.menu');
    const inMenu = await this.page.$$eval('.menu span', (names) => names.map(({ textContent }) => textContent));
    await this.presses('Escape');
    await this.page.waitForSelector('.menu', { hidden: true });
    return [...inBar.slice(0, -1), ...inMenu];
  }

  /** @param {string} emoji its name */
  async reacts(emoji, text) {
    await this.clicksAction('React', text);
    await this.clicks(`.emoji [aria-label="${emoji}"]`);
  }

  /** To a room of the list, or to one that becomes one of it. */
  async goesToRoom(name) {
    const link = await this.#roomInList(name);
    if (link) await link.click();
    else {
      await this.opensRoom(name);
    }
    await this.isInRoom(name);
  }

  /** Opens a room that is not on the list. */
  async opensRoom(name) {
    await this.clicks('#search');
    await this.page.waitForSelector('.search[open]');
    await this.page.$eval('.search [name="query"]', (field) => field.select());
    await this.types(`#${name}`);
    await this.page.waitForSelector('.search-first');
    await this.presses('Enter');
  }

  /** In the room's panel. */
  async setsTopic(topic) {
    await this.clicks('#panel');
    await this.clicks('.panel-topic-line button');
    await this.page.type('.panel [name="topic"]', topic);
    await this.presses('Enter');
    await this.reads(topic);
    await this.clicks('.dialog-close');
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

  /** Sends many messages, into this room or another, by a socket beside the page's: faster than anyone types. */
  async floods(count, from = 1, into = undefined) {
    await this.page.evaluate(async (count, from, into) => {
      const [, here] = /\/r\/([^/]+)$/.exec(location.pathname) ?? [];
      const room = into ?? here ?? 'lobby';
      const socket = new WebSocket(new URL(`${here ? '../' : ''}ws/${room}`, document.baseURI.replace('http', 'ws')));
      await new Promise((open) => (socket.onopen = open));
      for (let n = from; n < from + count; n++) socket.send(`message ${n}`);
      while (socket.bufferedAmount > 0) await new Promise((later) => setTimeout(later, 10));
    }, count, from, into);
  }

  /** Has the whole of the first flood in the log: the last messages are drawn first, and the others above them. */
  async hearsFlood(count) {
    const isOfIt = (text) => text.startsWith('message ');
    await until(`${this.name} has ${count} messages`, async () => (await this.said()).filter(isOfIt).length === count);
  }

  /** Says something, and takes another name at once, on a connection beside the page's: faster than a hand. */
  async saysAndRenames(text, name) {
    await this.page.evaluate(async (text, name) => {
      const [, here] = /\/r\/([^/]+)$/.exec(location.pathname) ?? [];
      const room = here ?? 'lobby';
      const mount = new URL(here ? '../' : '.', document.baseURI);
      const token = JSON.parse(localStorage.getItem(`chinwag ${mount.pathname} token`));
      const socket = new WebSocket(new URL('ws', mount.href.replace('http', 'ws')), 'chinwag.v1');
      await new Promise((done) => {
        socket.onopen = () => {
          socket.send(JSON.stringify({ type: 'hello', token, rooms: { [room]: {} } }));
          socket.send(JSON.stringify({ type: 'say', room, cid: crypto.randomUUID(), text }));
          socket.send(JSON.stringify({ type: 'name', name }));
        };
        socket.onmessage = ({ data }) => data.includes('"type":"named"') && done();
      });
      socket.close();
    }, text, name);
  }

  /**
   * Says something, and edits or deletes it as soon as it has arrived, on a connection beside the page's: faster than a
   * hand.
   *
   * @param {string} text
   * @param {string} [edited] without it, the message is deleted
   */
  async saysAndChanges(text, edited) {
    await this.page.evaluate(async (text, edited) => {
      const [, here] = /\/r\/([^/]+)$/.exec(location.pathname) ?? [];
      const room = here ?? 'lobby';
      const mount = new URL(here ? '../' : '.', document.baseURI);
      const token = JSON.parse(localStorage.getItem(`chinwag ${mount.pathname} token`));
      const socket = new WebSocket(new URL('ws', mount.href.replace('http', 'ws')), 'chinwag.v1');
      const send = (command) => socket.send(JSON.stringify(command));
      const [said, changed] = [crypto.randomUUID(), crypto.randomUUID()];
      await new Promise((done) => {
        socket.onopen = () => {
          send({ type: 'hello', token, rooms: { [room]: {} } });
          send({ type: 'say', room, cid: said, text });
        };
        socket.onmessage = ({ data }) => {
          for (const { type, cid, seq } of data.split('\n').map((line) => JSON.parse(line))) {
            if (type !== 'receipt') continue;
            if (cid === changed) done();
            else send({ type: edited === undefined ? 'delete' : 'edit', room, seq, text: edited, cid: changed });
          }
        };
      });
      socket.close();
    }, text, edited);
  }

  /** What was said last with this text is deleted. */
  async deletes(text) {
    await this.clicksAction('Delete', text);
    await this.clicks('.confirm-sure');
  }

  async #roomInList(name) {
    await this.page.waitForSelector('.rooms-list');
    for (const link of await this.page.$$('.rooms-list a')) {
      if ((await link.$eval('bdi', (room) => room.textContent)) === name) return link;
    }
    return undefined;
  }

  // What a person sees.

  /** Everything that was said. */
  async said() {
    return this.page.$$eval('.log-list > .message .message-text', (texts) => texts.map((text) => text.textContent));
  }

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

  /** The newest message with this text. @returns {Promise<import('puppeteer-core').ElementHandle<HTMLElement>>} */
  async message(text) {
    const found = await this.page.evaluateHandle((text) =>
      [...document.querySelectorAll('.log-list > .message')].findLast((row) => row.querySelector('.message-text').textContent === text), text);
    return found.asElement() ?? assert.fail(`${this.name} sees no ${JSON.stringify(text)}`);
  }

  /** What was given to a message; what one has given oneself is in brackets. */
  async reactions(text) {
    return (await this.message(text)).$$eval('.reaction', (all) =>
      all.map((button) => {
        const text = [...button.childNodes].filter(({ ariaHidden }) => !ariaHidden).map(({ textContent }) => textContent).join('');
        return button.ariaPressed === 'true' ? `[${text}]` : text;
      }));
  }

  /** What the list says of a room: how much is unread; nothing where all is read, and no word where it is not on the list. */
  async unreadIn(name) {
    return (await this.#roomInList(name))?.$eval('.count', (count) => (count.hidden ? '' : count.textContent));
  }

  /** @param {string} room @param {string} count as it stands beside the room; nothing where all is read */
  async hasUnread(room, count) {
    await until(`${this.name} has ${count || 'nothing'} unread in ${room}`, async () => (await this.unreadIn(room)) === count);
  }

  /** The first message below the unread line; none where there is no line. */
  unreadFrom() {
    return this.page.$$eval('.log-list > .unread + .message .message-text', ([text]) => text?.textContent);
  }

  /** So many people are counted on top of the page, in a number and in words. */
  async counts(people) {
    const words = people === 1 ? '1 person here' : `${people} people here`;
    const says = () => this.page.$eval('#people', (button) => (button.hidden ? [] : [...[...button.querySelectorAll('span')].map(({ textContent }) => textContent), button.title]));
    await until(`${this.name} counts ${people}`, async () => (await says()).join() === [people, words, words].join());
  }

  async isInRoom(name) {
    await until(`${this.name} is in ${name}`, () => this.page.$eval('#room', (room, name) => room.textContent === name, name));
  }

  /** The name above the composer; none while it is being changed. */
  myName() {
    return this.page.$eval('#me', (me) => (me.hidden ? '' : me.querySelector('.me-name').textContent));
  }

  /** Who is here, as the list says that is opened for it. */
  async people() {
    if (!(await this.page.$('.panel[open]'))) await this.clicks('#panel');
    await this.page.waitForSelector('.panel-people li');
    return this.page.$$eval('.panel-people li', (items) => items.map((item) => item.textContent));
  }

  /** What is written in the message field. */
  draft() {
    return this.page.$eval('#text', (field) => field.value);
  }

  hint() {
    return this.page.$eval('#hint', (hint) => hint.textContent);
  }

  /** Everything that stands on the page to be read: neither what is only announced, nor signs that only part directions. */
  async text() {
    const [all, heard] = await this.page.$$eval('body, #announcer', (parts) => parts.map((part) => part.innerText));
    return all.replace(heard ?? '', '').replaceAll('\u00a0', ' ').replaceAll(/[\u2066-\u2069]/g, '');
  }

  /** The first message in sight, and how far below the upper edge of the log it stands. */
  readingPosition() {
    return this.page.$eval('#log', (log) => {
      const edge = log.getBoundingClientRect();
      const row = [...log.querySelectorAll('.log-list > .message')].find((row) => row.getBoundingClientRect().bottom > edge.top);
      return { row: row.querySelector('.message-text').textContent, top: Math.round(row.getBoundingClientRect().top - edge.top) };
    });
  }

  /** How far below the upper edge of the log a message stands. */
  async topOf(text) {
    return (await this.message(text)).evaluate((row) =>
      Math.round(row.getBoundingClientRect().top - document.querySelector('#log').getBoundingClientRect().top));
  }

  pixelsFromEnd() {
    return this.page.$eval('#log', (log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop));
  }

  /** Waits until a text stands in the log. */
  async hears(text) {
    // Looked for in the page: the whole log may be long.
    const isHeard = () => this.page.evaluate((text) => {
      const rows = document.querySelectorAll('.log-list > li:not(.day, .unread)');
      return [...rows].some((row) => (row.querySelector('.message-text') ?? row).textContent === text);
    }, text);
    await until(`${this.name} hears ${JSON.stringify(text)}`, isHeard);
  }

  /** How often a text stands in the log, now. */
  async countOf(text) {
    return (await this.log()).filter((row) => row === text).length;
  }

  /** Waits until words stand anywhere on the page. */
  async reads(words) {
    await until(`${this.name} reads ${JSON.stringify(words)}`, async () => (await this.text()).includes(words));
  }

  /** Waits until words stand nowhere on the page. */
  async seesNoMore(words) {
    await until(`${this.name} reads no more ${JSON.stringify(words)}`, async () => !(await this.text()).includes(words));
  }

  async isConnected() {
    await this.page.waitForSelector('#connection[data-state="connected"]');
    // What is around the talk comes a moment after.
    await this.page.waitForSelector('#me button');
  }

  /** The title of the tab is this. */
  async hasTitle(title) {
    await until(`${this.name}'s title is ${title}`, async () => (await this.page.title()) === title);
  }

  /** Waits until a message is in sight, all of it. */
  async hasInSight(text) {
    await until(`${this.name} has ${JSON.stringify(text)} in sight`, async () => (await this.inSight()).includes(text));
  }

  /** The messages in sight. */
  inSight() {
    return this.page.$eval('#log', (log) => {
      const edge = log.getBoundingClientRect();
      const rows = [...log.querySelectorAll('.log-list > .message')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= edge.top - 1 && bottom <= edge.bottom + 1;
      });
      return rows.map((row) => row.querySelector('.message-text').textContent);
    });
  }

  async isWriting() {
    return this.page.evaluate(() => document.activeElement === document.querySelector('#text'));
  }

  /** Nothing went wrong behind the page. */
  async hadNoErrors() {
    assert.deepEqual(await this.page.evaluate(() => window.troubles), [], `${this.name} had trouble`);
  }

  /** @param {string} story names the file, under target/browser/ */
  async takesPicture(story) {
    const file = PICTURES + `${story}-${this.name}`.replaceAll(/\W+/g, "-");
    await mkdir(PICTURES, { recursive: true });
    // Of a tab behind another there is none.
    await this.page.bringToFront();
    await this.page.screenshot({ path: `${file}.png` });
  }
}
