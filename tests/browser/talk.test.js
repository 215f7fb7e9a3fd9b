import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { until } from './until.js';

const NASTY = [
  '<b>bold</b>',
  '<img src=x onerror="document.title = \'taken\'">',
  '<script>document.title = "taken"</script>',
  '"><svg onload=alert(1)>',
  '&lt;b&gt; &amp;amp; &#x41; &nbsp;',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}} ${1 + 1}',
  'line\u2028separator\u0085next, ESC \u001b[31mred',
  'مرحبا بالعالم (abc) 123!',
  '\u202eturned around\u202c and \u2066isolated\u2069',
  'Z\u0351\u0343\u0357a\u0363\u0350l\u0368g\u0342o\u034c',
  '👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301',
];

story('two people in two browsers talk both ways', async ({ talking }) => {
  const { ada, bob } = await talking();
  await ada.reads('No messages yet.');
  await ada.says('hi');
  await bob.hears('hi');
  await bob.says('hello, Ada');
  await ada.hears('hello, Ada');
  for (const person of [ada, bob]) assert.deepEqual(await person.log(), ['hi', 'hello, Ada']);
  await ada.seesNoMore('No messages yet.');
});

for (const browser of someBrowsers(import.meta.url)) {
  story(`who opens a link is in, has a guest's name, and talks at once (${browser})`, async ({ server, enters }) => {
    const bob = await enters('Bob', 'chromium');
    await bob.joins(`${server.url}r/garden-party`);
    await bob.changesNameTo('Bob');
    await bob.says('Is anybody here?');
    await bob.hears('Is anybody here?');

    const ada = await enters('Ada', browser);
    await ada.opens(`${server.url}r/garden-party`);
    await ada.hears('Is anybody here?');
    assert.ok(await ada.isWriting(), 'nothing has to be clicked');
    await ada.types('I am');
    await ada.presses('Enter');
    await bob.hears('I am');
    const guest = await ada.myName();
    assert.match(guest, /^\p{L}+([ -]\p{L}+)*( \d+)?$/u);
    assert.deepEqual(await bob.conversation(), ['Bob (you): Is anybody here?', `${guest}: I am`]);
    assert.deepEqual(await ada.conversation(), ['Bob: Is anybody here?', `${guest} (you): I am`]);
    assert.equal(await ada.unreadFrom(), undefined, 'who is here for the first time has nothing to catch up with');
    await bob.counts(2);
  });
}

story('sending clears the field and keeps the focus, by Enter and by the button', async ({ talking }) => {
  for (const person of Object.values(await talking())) {
    assert.ok(await person.isWriting(), 'the page is opened, and one can write');
    await person.types('one');
    await person.presses('Enter');
    await person.hears('one');
    assert.deepEqual([await person.draft(), await person.isWriting()], ['', true]);
    await person.types('two');
    await person.clicks('.composer-send');
    await person.hears('two');
    assert.deepEqual([await person.draft(), await person.isWriting()], ['', true]);
  }
});

story('Enter sends, Shift and Enter break the line', async ({ talking }) => {
  for (const person of Object.values(await talking())) {
    await person.types('one');
    await person.page.keyboard.down('Shift');
    await person.presses('Enter');
    await person.page.keyboard.up('Shift');
    await person.types('  two');
    assert.equal(await person.draft(), 'one\n  two');
    await person.presses('Enter');
    await person.hears('one\n  two');
    assert.equal(await person.page.$eval('.log-list > :last-child .message-text', (text) => text.innerText), 'one\n  two');
    assert.deepEqual([await person.draft(), await person.isWriting()], ['', true]);
  }
});

story('C59 empty input is not sent', async ({ talking }) => {
  const { ada, bob } = await talking();
  await ada.says('');
  await ada.says('   ');
  await bob.says('\u00a0\n\u0085\n');
  await ada.says('something');
  await bob.hears('something');
  assert.deepEqual(await bob.log(), ['something']);
});

story('C60 whatever is said is shown as it is, and nothing of it runs', async ({ talking }) => {
  const { ada, bob } = await talking();
  for (const [n, text] of NASTY.entries()) {
    await (n % 2 ? ada : bob).says(text);
    for (const person of [ada, bob]) await person.hears(text);
  }
  for (const person of [ada, bob]) {
    assert.deepEqual(await person.log(), NASTY);
    assert.deepEqual(await person.page.$$eval('.log-list .message-text *', (elements) => elements.length), 0);
    assert.equal(await person.page.title(), 'Chinwag');
  }
});

story('C60 blanks between words stay, and a line from right to left turns no other line', async ({ talking }) => {
  const { ada, bob } = await talking();
  for (const text of ['a   b\t\tc', 'مرحبا', 'hello']) {
    await ada.says(text);
    await bob.hears(text);
  }
  for (const person of [ada, bob]) {
    const rows = await person.page.$$eval('.message-text', (rows) =>
      rows.map((row) => [row.innerText, getComputedStyle(row).direction]));
    assert.deepEqual(rows, [['a   b\t\tc', 'ltr'], ['مرحبا', 'rtl'], ['hello', 'ltr']]);
  }
});

story('too long is refused in words, and the draft is kept', async ({ talking }) => {
  const { ada, bob } = await talking();
  const long = '🙂'.repeat(4_001);
  await ada.says(long);
  await ada.reads('Too long: 4,001 of 4,000 characters');
  assert.equal(await ada.draft(), long);
  await ada.isConnected();
  const fits = '🙂'.repeat(4_000);
  await ada.writes(fits);
  assert.equal(await ada.hint(), '');
  await ada.presses('Enter');
  await bob.hears(fits);
  assert.deepEqual(await bob.log(), [fits]);
});

for (const browser of someBrowsers(import.meta.url)) {
  story(`of a flood the newest 300 rows stay, and the rest is told of (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    await ada.floods(2_500);
    // The last ones are drawn first.
    await until('all are drawn', async () => (await ada.log()).length === 300);
    assert.deepEqual(await ada.log(), Array.from({ length: 300 }, (_, n) => `message ${n + 2_201}`));
    assert.ok((await ada.pixelsFromEnd()) <= 2);
    assert.match(await ada.text(), /Older messages are no longer available on this page\./);
  }, { ephemeral: true });

  story(`C63 a browser without WebSockets is told so (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser, { before: () => delete window.WebSocket });
    await ada.opens(server.url);
    await ada.reads('This browser does not support WebSockets, which this chat needs.');
    await ada.says('hi');
    assert.equal(await ada.draft(), 'hi');
  });
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`whatever languages a browser says it has, one talks (${browser})`, async ({ server, enters }) => {
    for (const [n, languages] of ["['en-US@posix']", "['C']", "['', 'de_AT.UTF-8']", '[]', 'null', 'undefined', '[null]'].entries()) {
      const ada = await enters('Ada', browser, { before: `Object.defineProperty(Navigator.prototype, 'languages', { get: () => (${languages}) })` });
      await ada.joins(server.url);
      await ada.says(`hello ${n}`);
      await ada.hears(`hello ${n}`);
      assert.equal(await ada.draft(), '');
      assert.equal(await ada.page.evaluate(() => document.documentElement.lang), languages.includes('de_AT') ? 'de' : 'en');
    }
  });
}
