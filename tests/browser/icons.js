/** The icon as PNG, for systems that take no SVG, by hand: `node tests/browser/icons.js`. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { launch } from './person.js';

/** The page's paper (web/style/colors.css, web/chinwag.webmanifest). */
const PAPER = '#eff3ec';

/** What a system cuts off a maskable icon is outside of a circle of 80 %: the mark's corners are within it. */
const IN_THE_MASK = 0.64;

const ICONS = [
  { name: 'icon-192.png', px: 192, mark: 1, paper: 'transparent' },
  { name: 'icon-512.png', px: 512, mark: 1, paper: 'transparent' },
  { name: 'icon-maskable.png', px: 512, mark: IN_THE_MASK, paper: PAPER },
];

const web = new URL('../../web/', import.meta.url);
const svg = await readFile(new URL('icon.svg', web), 'base64');
const browser = await launch('chromium');
try {
  const page = await browser.newPage();
  for (const { name, px, mark, paper } of ICONS) {
    await page.setViewport({ width: px, height: px });
    await page.setContent(`<body style="margin: 0; block-size: 100vh; display: grid; place-items: center; background: ${paper}">
      <img style="inline-size: ${mark * 100}%" src="data:image/svg+xml;base64,${svg}">`);
    await page.screenshot({ path: fileURLToPath(new URL(name, web)), omitBackground: true });
  }
} finally {
  await browser.close();
}
