/** The day of what one sees stays at the top of the log, and moves nothing. */

import assert from 'node:assert/strict';

import { BROWSERS, story } from './story.js';
import { until } from './until.js';

const DAY_MS = 86_400_000;

/** Sixty messages on each of four days, the last of them today. */
function fourDays() {
  const now = Date.now();
  return Array.from({ length: 240 }, (_, n) => ({
    type: 'message', room: 'lobby', seq: n + 1, at: now - (3 - Math.floor(n / 60)) * DAY_MS - (60 - (n % 60)) * 1_000,
    from: { id: 'fuJY8AtmHE8', name: 'Ada' }, text: `message ${n + 1}`,
  }));
}

/** The day that is seen at the top of the log, with its place there; how many days are to be seen lower. */
const days = (person) => person.page.evaluate(() => {
  const log = document.querySelector('#log').getBoundingClientRect();
  const shown = [...document.querySelectorAll('.log-list > .day')].filter((day) => (
    day.checkVisibility({ visibilityProperty: true, opacityProperty: true })));
  const places = shown.map((day) => ({ text: day.textContent, top: day.getBoundingClientRect().top - log.top }))
    .filter(({ top }) => top >= 0 && top < log.height);
  return { top: places.filter(({ top }) => top < 12).map(({ text }) => text), below: places.filter(({ top }) => top >= 12).length };
});

/** Scrolls to a message, with its start at the top of the log; gives how far it is from there. */
async function bringsToTop(person, text) {
  await (await person.message(text)).evaluate((row) => {
    const log = document.querySelector('#log');
    log.scrollTop += row.getBoundingClientRect().top - log.getBoundingClientRect().top;
  });
  await person.scrollsTo(await person.page.$eval('#log', ({ scrollTop }) => scrollTop));
  return person.topOf(text);
}

for (const browser of BROWSERS) {
  story(`the day of what one reads is in sight, one at a time, and moves nothing (${browser})`, async ({ server, enters }) => {
    await server.imports(fourDays());
    const bob = await enters('Bob', browser);
    await bob.joins(server.url);
    await bob.hears('message 240');
    await until('all of it is there', async () => {
      await bob.scrollsTo(0);
      return (await bob.said()).includes('message 1');
    });
    await bringsToTop(bob, 'message 90');
    const [here] = (await days(bob)).top;
    await bringsToTop(bob, 'message 30');
    const [before] = (await days(bob)).top;
    assert.ok(here && before && here !== before, `${before}, then ${here}`);
    await bringsToTop(bob, 'message 150');
    const { top: [yesterday, ...others] } = await days(bob);
    assert.ok(yesterday && yesterday !== here && !others.length, 'one, and not those before it');
    // Over the border of two days, a pixel after the other: there is never more than one at the top, and the text goes by evenly.
    await bringsToTop(bob, 'message 120');
    await bob.page.evaluate(() => {
      window.measured = 0;
      const { getBoundingClientRect } = Element.prototype;
      Element.prototype.getBoundingClientRect = function () {
        window.measured += this.matches('.day') ? 1 : 0;
        return getBoundingClientRect.call(this);
      };
    });
    const place = await bob.topOf('message 121');
    for (let by = 1; by <= 90; by += 3) {
      await bob.page.$eval('#log', (log) => (log.scrollTop += 3));
      await bob.scrollsTo(await bob.page.$eval('#log', ({ scrollTop }) => scrollTop));
      const { top } = await days(bob);
      assert.ok(top.length <= 1, `${top}`);
      assert.ok(Math.abs(place - (await bob.topOf('message 121')) - by - 2) <= 1.5, 'it moves with the log');
    }
    assert.deepEqual((await days(bob)).top, [yesterday]);
    await bob.page.evaluate(() => (window.measured = 0));
    for (let by = 0; by < 300; by += 30) await bob.scrollsTo(3_000 + by);
    assert.equal(await bob.page.evaluate(() => window.measured), 0, 'no day is measured while one scrolls');
  });

  story(`on touch the day is in sight while one scrolls, and then fades (${browser})`, async ({ server, enters }) => {
    await server.imports(fourDays());
    const bob = await enters('Bob', browser, { width: 390, height: 844, hasTouch: true });
    await bob.joins(server.url);
    await bob.hears('message 240');
    const coarse = await bob.page.evaluate(() => matchMedia('(pointer: coarse)').matches);
    await bringsToTop(bob, 'message 215');
    await until('it is in sight', async () => (await days(bob)).top.length === 1);
    if (coarse) await until('it fades', async () => (await days(bob)).top.length === 0);
  });
}
