import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

/** Names that a page could take for something else. */
const NASTY_NAMES = ['__proto__', 'undefined', 'שלום 12.30', '👩‍💻 O’Brien', 'شخص abc'];

story('two people talk under their names, each knows their own', async ({ talking }) => {
  const { ada, bob } = await talking();
  await ada.changesNameTo('Ada');
  await bob.changesNameTo('Bob');
  await ada.says('hello');
  await bob.hears('hello');
  await bob.says('hello, Ada');
  await bob.says('how are you?');
  await ada.hears('how are you?');
  assert.deepEqual(await ada.conversation(), ['Ada (you): hello', 'Bob: hello, Ada how are you?']);
  assert.deepEqual(await bob.conversation(), ['Ada: hello', 'Bob (you): hello, Ada how are you?']);
  assert.deepEqual(await ada.people(), ['Ada (you)', 'Bob']);
  await ada.reads('2 people here');
  await ada.counts(2);
  await bob.opens('about:blank');
  await ada.reads('1 person here');
  await ada.counts(1);
});

for (const browser of someBrowsers(import.meta.url)) {
  story(`another name is seen by the other, over what was said before too (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    await ada.changesNameTo('Ada');
    await ada.says('it is me');
    await bob.hears('it is me');
    await ada.changesNameTo('Countess');
    await bob.reads('Ada is now called Countess.');
    assert.deepEqual(await bob.conversation(), ['Countess: it is me']);
    await ada.says('still me');
    await bob.hears('still me');
    assert.ok((await bob.people()).includes('Countess'));
    assert.ok(await ada.isWriting());
  });

  story(`a second tab is the same person (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.changesNameTo('Ada');
    const tab = await enters('Ada too', browser, { beside: ada });
    await tab.joins(server.url);
    assert.equal(await tab.myName(), 'Ada');
    await tab.counts(1);
    await tab.says('from the second tab');
    await ada.hears('from the second tab');
    assert.deepEqual(await ada.conversation(), ['Ada (you): from the second tab']);
    await tab.changesNameTo('Cleo');
    await until('the first tab knows', async () => (await ada.myName()) === 'Cleo');
    await ada.says('from the first');
    for (const one of [ada, tab]) await one.hears('from the first');
    for (const one of [ada, tab]) {
      const said = (await one.log()).filter((text) => text.startsWith('from'));
      assert.deepEqual(said, ['from the second tab', 'from the first']);
    }
  });
}

story('a name that is taken or is no name is refused in words, and the old one stays', async ({ talking }) => {
  const { ada, bob } = await talking();
  await ada.changesNameTo('Ada');
  const before = await bob.myName();
  await bob.requestsName('аda');
  await bob.reads('Not changed: somebody has this name, or one that looks like it; choose another.');
  await bob.requestsName('x'.repeat(40));
  await bob.reads('Not changed: not a name: it is too long; a name is 1 to 32 letters');
  await bob.presses('Escape');
  assert.equal(await bob.myName(), before);
  await bob.changesNameTo('Bob');
});

story('C60 whatever somebody is called, it is shown as it is, and turns nothing around it', async ({ talking }) => {
  const { ada, bob } = await talking();
  await ada.requestsName('<b>bold</b>');
  await ada.reads("not a name: '<' (U+003C) is not allowed");
  for (const shown of NASTY_NAMES) {
    await ada.changesNameTo(shown);
    await ada.says(`I am ${shown}`);
    await bob.hears(`I am ${shown}`);
    assert.ok((await bob.people()).includes(shown));
  }
  const last = NASTY_NAMES.at(-1);
  for (const person of [ada, bob]) {
    const heads = await person.page.$$eval('.message-name', (names) => names.map((name) => [name.localName, name.children.length, name.textContent]));
    assert.ok(heads.length >= 5);
    for (const head of heads) assert.deepEqual(head, ['bdi', 0, last]);
    assert.equal(await person.page.$$eval('.people-list bdi *, .notice *, .me-name *', (elements) => elements.length), 0);
    assert.equal(await person.page.title(), 'Chinwag');
  }
});

story('a guest is asked for a name after the first message, once, and writes on', async ({ server, enters }) => {
  const [browser] = someBrowsers(import.meta.url);
  const ada = await enters('Ada', browser);
  const bob = await enters('Bob', 'chromium');
  for (const person of [ada, bob]) await person.joins(server.url);
  await bob.changesNameTo('Bob');
  await bob.says('I have a name');
  await ada.hears('I have a name');
  const guest = await ada.myName();
  await ada.says('hello');
  await ada.reads(`Others see you as ${guest}. What shall they call you?`);
  assert.ok(await ada.isWriting(), 'one can write on');
  await ada.types('and');
  assert.equal(await ada.draft(), 'and');
  await ada.page.type('.question input', 'bob');
  await ada.presses('Enter');
  await ada.reads('Not changed: somebody has this name');
  assert.equal(await ada.draft(), 'and', 'Enter sent the name, not the draft');
  await ada.page.$eval('.question input', (field) => (field.value = ''));
  await ada.page.type('.question input', 'Ada');
  await ada.presses('Enter');
  await bob.reads('is now called Ada.');
  assert.equal(await ada.page.$('.question'), null);
  assert.ok(await ada.isWriting());
  assert.equal(await bob.page.$('.question'), null, 'who has a name is not asked');

  const cleo = await enters('Cleo', browser);
  await cleo.joins(server.url);
  await cleo.says('hi');
  await cleo.page.locator('.question ::-p-text(Not now)').click();
  await cleo.reloads();
  await cleo.says('hi again');
  await bob.hears('hi again');
  assert.equal(await cleo.page.$('.question'), null, 'it is asked once');
});

/** The face at the first message, as one sees it: its sign, and its hue in degrees. */
const faceAt = (person) => person.page.$eval('.message-first', (row) =>
  [row.querySelector('.message-face').textContent, row.style.getPropertyValue('--hue')].join(' '));

for (const browser of someBrowsers(import.meta.url)) {
  story(`a face is chosen in the settings, and others see it at once and after a reload (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    const bob = await enters('Bob', 'chromium');
    for (const person of [ada, bob]) await person.joins(server.url);
    await ada.changesNameTo('Ada');
    await ada.says('it is me');
    await bob.hears('it is me');
    const before = await faceAt(bob);
    assert.match(before, /^A /);
    await ada.clicks('#settings');
    await ada.page.waitForSelector('.settings[open]');
    await ada.clicks('.face-hues [value="5"]');
    await until('Bob sees another hue', async () => (await faceAt(bob)) === 'A 245');
    await ada.clicks('.face-emoji');
    await ada.page.waitForSelector('.emoji:popover-open');
    await ada.types('fox');
    await ada.presses('Enter');
    await until('Bob sees the fox', async () => (await faceAt(bob)) === '🦊 245');
    await until('Ada sees it herself', async () => (await faceAt(ada)) === '🦊 245');
    const own = () => ada.page.$$eval('.face-preview, .me .avatar', (faces) => faces.map(({ textContent }) => textContent).join());
    await until('where she chose it, and beside the rooms', async () => (await own()) === '🦊,🦊');
    for (const person of [bob, ada]) {
      await person.reloads();
      await person.hears('it is me');
      assert.equal(await faceAt(person), '🦊 245', person.name);
    }
    await ada.clicks('#settings');
    await ada.clicks('.face-line ::-p-text(First letter)');
    await until('Bob sees the letter again', async () => (await faceAt(bob)) === 'A 245');
  });

  story(`eight people have eight hues (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { width: 1600, height: 900 });
    await ada.joins(server.url);
    await ada.page.evaluate((rooms) => {
      const names = ['Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hana'];
      window.others = names.map((name) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`, 'chinwag.v1');
        socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', name, rooms }));
        return socket;
      });
    }, { lobby: {} });
    await ada.counts(8);
    const hues = () => ada.page.$$eval('.column-person .avatar', (faces) => faces.map((face) => face.style.getPropertyValue('--hue')));
    await until('all are in the column', async () => (await hues()).length === 8);
    assert.equal(new Set(await hues()).size, 8);
  });
}
