/** What was said is changed, answered and reacted to: by the toolbar of a message, seen by the other. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';
import { Tunnel } from './tunnel.js';
import { until } from './until.js';

const GONE = 'This message was deleted.';

/** Ada in this browser, Bob in the other, under their names. */
async function named({ server, enters }, browser) {
  const ada = await enters('Ada', browser);
  const bob = await enters('Bob', browser === 'chromium' ? 'firefox' : 'chromium');
  for (const person of [ada, bob]) {
    await person.joins(server.url);
    await person.changesNameTo(person.name);
  }
  return { ada, bob };
}

/** One says it, the others have heard it, and it has arrived. */
async function said(text, speaker, ...others) {
  await speaker.says(text);
  for (const person of [speaker, ...others]) await person.hears(text);
}

const isMarked = async (person, text) => (await (await person.message(text)).$$('.message-edited')).length === 1;

const hasReactions = (person, text, ...reactions) =>
  until(`${person.name} sees ${reactions.join(' ') || 'no reaction'}`, async () => (await person.reactions(text)).join() === reactions.join());

for (const browser of someBrowsers(import.meta.url)) {
  story(`a slip is mended: by the toolbar, or with the arrow up; the draft is there again (${browser})`, async (stage) => {
    const { ada, bob } = await named(stage, browser);
    await said('The party is on Sunday', ada, bob);
    await said('Who brings chairs?', ada, bob);
    await ada.writes('and who');
    await ada.clicksAction('Edit', 'The party is on Sunday');
    await ada.reads('Editing message');
    assert.deepEqual([await ada.draft(), await ada.isWriting()], ['The party is on Sunday', true]);
    await ada.says('The party is on Saturday');
    for (const person of [ada, bob]) {
      await person.hears('The party is on Saturday');
      assert.deepEqual(await person.said(), ['The party is on Saturday', 'Who brings chairs?']);
      assert.deepEqual([await isMarked(person, 'The party is on Saturday'), await isMarked(person, 'Who brings chairs?')], [true, false]);
    }
    await ada.seesNoMore('Editing message');
    assert.equal(await ada.draft(), 'and who');

    await ada.writes('');
    await ada.presses('ArrowUp');
    assert.equal(await ada.draft(), 'Who brings chairs?');
    await ada.presses('Escape');
    assert.equal(await ada.draft(), '', 'Escape changes nothing');
    await ada.presses('ArrowUp');
    await ada.types(' And a table?');
    await ada.presses('Enter');
    await bob.hears('Who brings chairs? And a table?');
    assert.deepEqual([await ada.draft(), await ada.isWriting()], ['', true]);
    await bob.reloads();
    await bob.hears('Who brings chairs? And a table?');
    assert.deepEqual(await bob.said(), ['The party is on Saturday', 'Who brings chairs? And a table?']);
    assert.ok(await isMarked(bob, 'The party is on Saturday'));
    const offered = ['👍', '🎉', '👀', 'React', 'Reply', 'Copy text', 'Copy link to message', 'Mark unread from here'];
    assert.deepEqual(await bob.actionsOf('The party is on Saturday'), [...offered, 'Report…'], 'it is not Bob’s');
    await ada.page.mouse.move(1, 1);
    assert.deepEqual(await ada.actionsOf('The party is on Saturday'), [...offered.toSpliced(5, 0, 'Edit', 'Edit'), 'Delete']);
  });

  story(`a message that is edited is brought into sight and marked, and the button saves (${browser})`, async (stage) => {
    const { ada } = await named(stage, browser);
    await said('far above', ada);
    await ada.floods(60);
    await ada.hears('message 60');
    const state = () => ada.page.evaluate(() => [
      document.querySelector('.composer-send').textContent.trim(),
      [...document.querySelectorAll('.message-editing .message-text')].map(({ textContent }) => textContent).join(),
    ]);
    assert.deepEqual(await state(), ['Send', '']);
    await ada.page.focus('#text');
    await ada.presses('ArrowUp');
    await ada.hasInSight('far above');
    assert.deepEqual([await state(), await ada.isWriting()], [['Save', 'far above'], true]);
    await ada.presses('Escape');
    assert.deepEqual([await state(), await ada.draft()], [['Send', ''], '']);
    await ada.presses('ArrowUp');
    await ada.types('!');
    await ada.clicks('.composer-send');
    await ada.hears('far above!');
    assert.deepEqual(await state(), ['Send', '']);
  });

  story(`a quote is read without its marks (${browser})`, async (stage) => {
    const { ada, bob } = await named(stage, browser);
    await bob.says('**Much** better, `really`');
    for (const person of [ada, bob]) await person.hears('Much better, really');
    await ada.clicksAction('Reply', 'Much better, really');
    assert.equal(await ada.page.$eval('#composer .composer-mode [dir]', (quoted) => quoted.textContent), 'Much better, really');
    await ada.says('Yes');
    await until('Bob has the quote', () => bob.page.$eval('.message-quote span', (quoted) => quoted.textContent === 'Much better, really').catch(() => false));
  });

  story(`a link to a message that is gone says so (${browser})`, async (stage) => {
    const { ada } = await named(stage, browser);
    await said('still here', ada);
    await ada.opens(`${stage.server.url}#999999`);
    await ada.reads('The message that this link points to no longer exists.');
    await ada.hasInSight('still here');
  });

  story(`what is deleted is gone for everyone, and one is asked before (${browser})`, async (stage) => {
    const { ada, bob } = await named(stage, browser);
    await said('My secret', ada, bob);
    await said('Nothing special', ada, bob);
    await ada.clicksAction('Delete', 'My secret');
    await ada.reads('Delete this message for everyone?');
    await ada.clicks('#text');
    await ada.seesNoMore('Delete this message for everyone?');
    assert.deepEqual(await ada.said(), ['My secret', 'Nothing special'], 'once is not enough');
    await ada.clicksAction('Delete', 'My secret');
    assert.ok(await ada.page.$eval('.confirm', (confirm) => document.activeElement?.textContent === 'Cancel' && confirm.contains(document.activeElement)));
    await ada.clicks('.confirm-sure');
    for (const person of [ada, bob]) {
      await person.hears(GONE);
      assert.deepEqual(await person.said(), [GONE, 'Nothing special']);
    }
    await bob.reloads();
    await bob.hears('Nothing special');
    assert.deepEqual(await bob.said(), [GONE, 'Nothing special']);
    await (await ada.message(GONE)).hover();
    await until('there is nothing to be done with it', async () => (await ada.page.$('.actions')) === null);
  });

  story(`what one answers or edits is deleted meanwhile: the composer says so, and what was written stays (${browser})`, async (stage) => {
    const { ada, bob } = await named(stage, browser);
    await said('A secret', bob, ada);
    await ada.clicksAction('Reply', 'A secret');
    await ada.reads('Replying to Bob');
    await ada.writes('Tell me');
    await bob.deletes('A secret');
    await ada.seesNoMore('Replying to Bob');
    await ada.reads('The message you were replying to was deleted.');
    await ada.presses('Enter');
    await bob.hears('Tell me');
    assert.equal(await ada.page.$('.message-quote'), null, 'and answers nothing');

    await ada.writes('a draft');
    await ada.clicksAction('Edit', 'Tell me');
    await ada.writes('Tell me more');
    const tab = await stage.enters('Ada too', browser, { beside: ada });
    await tab.joins(stage.server.url);
    await tab.deletes('Tell me');
    await ada.page.bringToFront();
    await ada.seesNoMore('Editing message');
    await ada.reads('The message you were editing was deleted.');
    assert.equal(await ada.draft(), 'a draft\nTell me more');

    await said('Ont', bob, ada);
    await ada.clicksAction('Reply', 'Ont');
    await bob.clicksAction('Edit', 'Ont');
    await bob.says('One');
    await ada.reads('Replying to Bob One');
  });

  story(`a reaction is given with one click, or chosen; both count together, and again takes it back (${browser})`, async (stage) => {
    const { ada, bob } = await named(stage, browser);
    await said('Cake is sorted', bob, ada);
    await ada.clicksAction('👍', 'Cake is sorted');
    await hasReactions(bob, 'Cake is sorted', '👍 1');
    await hasReactions(ada, 'Cake is sorted', '[👍 1]');
    await bob.clicks('.reaction');
    await hasReactions(ada, 'Cake is sorted', '[👍 2]');
    await ada.clicks('.actions [aria-label="👍"]');
    await hasReactions(ada, 'Cake is sorted', '👍 1');
    await hasReactions(bob, 'Cake is sorted', '[👍 1]');

    await ada.reacts('shortcake', 'Cake is sorted');
    await hasReactions(bob, 'Cake is sorted', '[👍 1]', '🍰 1');
    await hasReactions(ada, 'Cake is sorted', '👍 1', '[🍰 1]');
    assert.equal(await ada.page.$('.emoji'), null);
    await bob.reloads();
    await bob.hears('Cake is sorted');
    await hasReactions(bob, 'Cake is sorted', '[👍 1]', '🍰 1');
    await ada.clicks('.reaction[aria-pressed="true"]');
    await hasReactions(bob, 'Cake is sorted', '[👍 1]');
    await ada.clicksAction('React', 'Cake is sorted');
    await ada.page.waitForSelector('.emoji'); // Else the key may come before there is something to be closed.
    await ada.presses('Escape');
    await until('nothing is chosen', async () => (await ada.page.$('.emoji')) === null);
    await hasReactions(ada, 'Cake is sorted', '👍 1');
  });

  story(`an answer shows what it answers, and leads there, however far up that is (${browser})`, async (stage) => {
    const { ada, bob } = await named(stage, browser);
    await said('Who brings the long table?', bob, ada);
    await ada.clicksAction('Reply', 'Who brings the long table?');
    await ada.reads('Replying to Bob');
    assert.ok(await ada.isWriting());
    await ada.floods(400);
    await ada.hears('message 400');
    await said('I do', ada, bob);
    await ada.seesNoMore('Replying to Bob');
    const quote = async (person) => (await person.message('I do')).$eval('.message-quote', (quote) => quote.textContent);
    for (const person of [ada, bob]) assert.equal(await quote(person), 'An earlier message', 'it is not held any more');

    for (const person of [ada, bob]) {
      await person.clicks('.message-quote');
      await person.hasInSight('Who brings the long table?');
      await person.clicks('#newer');
      await person.hasInSight('I do');
      assert.ok((await person.pixelsFromEnd()) <= 2);
    }
    await bob.clicksAction('Reply', 'I do');
    await said('Thank you', bob, ada);
    const of = async (person) => (await person.message('Thank you')).$eval('.message-quote', (quote) => quote.textContent);
    for (const person of [ada, bob]) assert.equal(await of(person), 'Ada I do');
    await bob.clicksAction('Reply', 'Thank you');
    await bob.presses('Escape');
    await bob.seesNoMore('Replying to Bob');
    await said('Anything else?', bob, ada);
    assert.equal((await (await ada.message('Anything else?')).$$('.message-quote')).length, 0, 'it answers nothing');
  });
}

story('a change without a connection is not made, says so, and what was written is there to be tried again', async (stage) => {
  const { ada, bob } = await named(stage, 'chromium');
  await said('The party is on Sunday', ada, bob);
  await stage.server.crash();
  await ada.reads('Disconnected.');
  await ada.clicksAction('Edit', 'The party is on Sunday');
  await ada.says('The party is on Saturday');
  await ada.reads('Not changed: there is no connection to the server.');
  assert.equal(await ada.draft(), 'The party is on Saturday');
  await stage.server.start();
  await ada.isConnected();
  await ada.presses('Enter');
  await bob.hears('The party is on Saturday');
});

story('an edit that is refused when its author has gone to another room is a draft of its own room, and they are told', async (stage) => {
  const tunnel = await Tunnel.to(stage.server.port);
  try {
    const ada = await stage.enters('Ada', 'chromium');
    for (const address of [tunnel.url, `${tunnel.url}r/tea`]) await ada.joins(address);
    await said('The party is on Sunday', ada);
    await ada.writes('a draft');
    await ada.clicksAction('Edit', 'The party is on Sunday');
    await ada.writes('a'.repeat(2_001));
    tunnel.darkens();
    await ada.presses('Enter');
    await ada.seesNoMore('Editing message');
    await ada.goesToRoom('lobby');
    await stage.server.crash();
    // The operator has set another limit.
    await stage.server.start('--max-text', '2000');
    tunnel.ends();
    await ada.page.evaluate(() => dispatchEvent(new Event('online')));
    await ada.reads('What you wrote is now a draft in tea.');
    assert.equal(await ada.draft(), '');
    await ada.goesToRoom('tea');
    assert.equal(await ada.draft(), `a draft\n${'a'.repeat(2_001)}`);
    await ada.reloads();
    assert.equal(await ada.draft(), `a draft\n${'a'.repeat(2_001)}`);
  } finally {
    tunnel.close();
  }
});

story('an edit that is refused while another is written is a part of the draft', async (stage) => {
  const tunnel = await Tunnel.to(stage.server.port);
  try {
    const ada = await stage.enters('Ada', 'chromium');
    await ada.joins(tunnel.url);
    for (const text of ['One', 'Two']) await said(text, ada);
    await ada.writes('a draft');
    await ada.clicksAction('Edit', 'One');
    await ada.writes('a'.repeat(2_001));
    tunnel.darkens();
    await ada.presses('Enter');
    await ada.clicksAction('Edit', 'Two');
    await ada.writes('Three');
    await stage.server.crash();
    await stage.server.start('--max-text', '2000');
    tunnel.ends();
    await ada.page.evaluate(() => dispatchEvent(new Event('online')));
    await ada.reads('What you wrote is now a draft in lobby.');
    assert.equal(await ada.draft(), 'Three');
    await ada.presses('Escape');
    assert.equal(await ada.draft(), `a draft\n${'a'.repeat(2_001)}`);
  } finally {
    tunnel.close();
  }
});

story('an edit of what another window has edited meanwhile is not made, says so, and what was written is there to be saved once more', async (stage) => {
  const { ada, bob } = await named(stage, 'chromium');
  await said('The party is on Sunday', ada, bob);
  await ada.writes('a draft');
  await ada.clicksAction('Edit', 'The party is on Sunday');
  await ada.writes('The party is on Saturday');
  const tab = await stage.enters('Ada too', 'chromium', { beside: ada });
  await tab.joins(stage.server.url);
  await tab.clicksAction('Edit', 'The party is on Sunday');
  await tab.says('The party is on Friday');
  await ada.page.bringToFront();
  for (const person of [ada, bob]) await person.hears('The party is on Friday');
  await ada.presses('Enter');
  await ada.reads('Not changed: this message was changed since you saw it: look at it as it is now.');
  await ada.reads('Editing message');
  assert.equal(await ada.draft(), 'The party is on Saturday');
  for (const person of [ada, bob]) assert.deepEqual(await person.said(), ['The party is on Friday']);

  await ada.presses('Enter');
  await bob.hears('The party is on Saturday');
  assert.equal(await ada.draft(), 'a draft');
  await ada.clicksAction('Edit', 'The party is on Saturday');
  await ada.says('The party is on Monday');
  await bob.hears('The party is on Monday');
});
