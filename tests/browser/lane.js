/**
 * Files of stories, told one after the other in one process, so that each browser is launched once and not for each file: a
 * launch takes as long as two stories. `npm run browser` has three lanes, which share the files between them, as a story waits
 * for a good part of its time. One file alone is told by `node --test tests/browser/NAME.test.js`.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { closeBrowsers, FILES, FOLDER, pending, turn } from './story.js';

/** A folder in which a lane makes one for each file that it takes: only one of them can. */
const CLAIMS = process.env.LANE_CLAIMS;

/** @param {string} file @returns {boolean} whether no other lane has it */
function claim(file) {
  try {
    mkdirSync(join(CLAIMS, file));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {number} own the turn of the files that the lane begins with: those of its browser, or 2 for the last */
export async function tellAll(own) {
  const isOwn = (file) => turn(file) % 2 === own;
  const others = FILES.filter((file) => !isOwn(file)).reverse();
  for (const file of [...FILES.filter(isOwn), ...others]) {
    if (!claim(file)) continue;
    await test(file, async () => {
      await import(pathToFileURL(join(FOLDER, file)));
      await Promise.all(pending.splice(0));
    });
  }
  await closeBrowsers();
}
