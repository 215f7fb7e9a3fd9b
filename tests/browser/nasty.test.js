import assert from 'node:assert/strict';

import { NAMES, TEXTS } from './nasty.js';
import { story } from './story.js';
import { until } from './until.js';

/** What a text may be made of, and what those elements may have. */
const ELEMENTS = ['a', 'blockquote', 'code', 'div', 'em', 'li', 'ol', 'pre', 's', 'span', 'strong', 'ul'];
const ATTRIBUTES = ['class', 'href', 'rel', 'tabindex', 'target', 'value'];

/** In the page: the last row, and what around it could be broken. */
function look() {
  const log = document.querySelector('#log');
  const row = [...document.querySelectorAll('.log-list > .message')].at(-1);
  const text = row.querySelector('.message-text');
  // A button that copies code is the page's own.
  const inText = [...text.querySelectorAll('*')].filter((element) => !element.closest('.code-copy'));
  const box = (element) => element.getBoundingClientRect();
  const field = box(document.querySelector('#text'));
  const isWithin = (element, around) => box(element).left >= box(around).left - 1 && box(element).right <= box(around).right + 1;
  return {
    text: text.textContent,
    elements: [...new Set(inText.map((element) => element.localName))],
    attributes: [...new Set(inText.flatMap((element) => element.getAttributeNames()))],
    around: [...row.querySelectorAll('*')].filter((element) => !text.contains(element)).map((element) => element.localName),
    links: [...row.querySelectorAll('a, area, [href]')].filter((link) => text.contains(link)).map(({ protocol, rel, username }) => [protocol, rel, username]),
    pwned: window.pwned,
    title: document.title,
    broken: Object.entries({
      'the page scrolls sideways': document.scrollingElement.scrollWidth > innerWidth,
      'the page scrolls': document.scrollingElement.scrollHeight > innerHeight,
      'the log scrolls sideways': log.scrollWidth > log.clientWidth,
      'the row is wider than the log': !isWithin(row, log),
      'the text is wider than its row': !isWithin(text, row),
      'the composer is out of sight': field.top < 0 || field.bottom > innerHeight || field.left < 0 || field.right > innerWidth || field.height < 20,
    }).filter(([, isSo]) => isSo).map(([what]) => what),
  };
}

/** In the page: what stands in a row's head, in the order in which it is read, and whether it is seen in that order. */
function lookAtHead() {
  const row = [...document.querySelectorAll('.log-list > .message-first')].at(-1);
  const name = row.querySelector('.message-name');
  const isSeen = (part) => part.getClientRects().length > 0 && getComputedStyle(part).clipPath === 'none';
  const parts = [...row.querySelector('.message-head').children].filter(isSeen);
  const inOrder = parts.slice(1).every((part, index) => {
    const [before, here] = [[...parts[index].getClientRects()].at(-1), part.getClientRects()[0]];
    return here.top >= before.bottom - 1 || here.left >= before.right - 1;
  });
  return { name: name.textContent, elements: name.querySelectorAll('*').length, inOrder };
}

/** Some texts are seen twice: it is the last one. */
const hearsLast = (person, seen) => until(`${person.name} hears ${JSON.stringify(seen)}`, () =>
  person.page.evaluate((seen) => [...document.querySelectorAll('.log-list > .message')].at(-1)?.querySelector('.message-text').textContent === seen, seen));

/** @param {import('./person.js').Person} person @param {object} plain what a row of an ordinary text has around it */
async function seesUnharmed(person, seen, plain) {
  const found = await person.page.evaluate(look);
  const what = `${person.name} sees ${JSON.stringify(seen.slice(0, 60))}`;
  assert.equal(found.text, seen, what);
  assert.deepEqual(found.elements.filter((name) => !ELEMENTS.includes(name)), [], what);
  assert.deepEqual(found.attributes.filter((name) => !ATTRIBUTES.includes(name)), [], what);
  assert.deepEqual(found.around.filter((name) => !plain.around.includes(name)), [], what);
  for (const [protocol, rel, username] of found.links) {
    assert.match(protocol, /^https?:$/, what);
    assert.deepEqual(rel.split(' ').sort(), ['nofollow', 'noopener', 'noreferrer'], what);
    assert.equal(username, '', what);
  }
  assert.equal(found.pwned, undefined, what);
  assert.equal(found.title, plain.title, what);
  assert.deepEqual(found.broken, [], what);
}

/** The name that the server knows, in place of one that it would not take today. */
const nameOf = (index) => `Nasty ${index}x`;

/** In the page: has it hear names that the server refuses, but may have in a store of an earlier version. */
function hearNames(names) {
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
  const data = function () {
    const heard = get.call(this);
    if (typeof heard !== 'string') return heard;
    return heard.replace(/"Nasty (\d+)x"/g, (_, index) => JSON.stringify(names[index]));
  };
  Object.defineProperty(MessageEvent.prototype, 'data', { get: data });
}

/** Ada has a desk, Bob a small phone. */
async function gathered({ server, enters }, writer) {
  const ada = await enters('Ada', writer);
  const bob = await enters('Bob', writer === 'chromium' ? 'firefox' : 'chromium', { width: 320, height: 568 });
  for (const person of [ada, bob]) await person.page.evaluateOnNewDocument(hearNames, NAMES);
  await Promise.all([ada.joins(server.url), bob.joins(server.url)]);
  return { ada, bob };
}

// Whoever writes, it is seen in both browsers.
for (const writer of ['chromium']) {
  story(`nothing that is said becomes more than text (said in ${writer})`, async (stage) => {
    const { ada, bob } = await gathered(stage, writer);
    await ada.says('hello');
    await Promise.all([ada.hears('hello'), bob.hears('hello')]);
    await ada.page.waitForSelector('.message:not(.message-unsent)');
    const plain = [await ada.page.evaluate(look), await bob.page.evaluate(look)];
    for (const [said, seen = said] of TEXTS) {
      await ada.says(said);
      await Promise.all([hearsLast(ada, seen), hearsLast(bob, seen)]);
      await seesUnharmed(bob, seen, plain[1]);
      await seesUnharmed(ada, seen, plain[0]);
    }
    await ada.reloads();
    const [last, lastSeen = last] = TEXTS.at(-1);
    await ada.hears(lastSeen);
    await seesUnharmed(ada, lastSeen, plain[0]);
  });

  story(`nothing that somebody is called becomes more than a name (${writer})`, async (stage) => {
    const { ada, bob } = await gathered(stage, writer);
    await bob.changesNameTo('Bob');
    const cleo = await stage.enters('Cleo', 'chromium');
    await cleo.page.evaluateOnNewDocument(hearNames, NAMES);
    await cleo.joins(stage.server.url);
    for (const [n, had] of NAMES.entries()) {
      await ada.requestsName(nameOf(n));
      await until(`Ada is called ${JSON.stringify(had)}`, async () => (await ada.myName()) === had);
      const text = `under this name, ${n}`;
      // Somebody else between them: each has a head of its own.
      await bob.says(`and before it, ${n}`);
      await Promise.all([ada.hears(`and before it, ${n}`), bob.hears(`and before it, ${n}`)]);
      await ada.says(text);
      for (const person of [ada, bob]) {
        await person.hears(text);
        assert.deepEqual(await person.page.evaluate(lookAtHead), { name: had, elements: 0, inOrder: true }, `${person.name}: ${had}`);
        const found = await person.page.evaluate(look);
        assert.deepEqual([found.pwned, found.broken], [undefined, []], `${person.name}: ${had}`);
      }
      await until(`Cleo finds ${had} among who is here`, async () => (await cleo.people()).some((line) => line.includes(had)));
    }
  });
}
