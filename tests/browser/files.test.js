/** Files that are pasted or dropped. */

import assert from 'node:assert/strict';

import { someBrowsers, story } from './story.js';

const NOT_YET = 'Files cannot be sent here yet.';

/** In the page: what a paste or a drop brings. @returns {boolean} whether the browser goes on with it */
function brings(type, selector, { file, text }) {
  const data = new DataTransfer();
  if (file) data.items.add(new File(['x'], 'picture.png', { type: 'image/png' }));
  if (text) data.setData('text/plain', text);
  const target = document.querySelector(selector);
  const options = { bubbles: true, cancelable: true, dataTransfer: data };
  const event = type === 'paste' ? new ClipboardEvent(type, options) : new DragEvent(type, options);
  // Not every browser takes it from the options.
  if (type === 'paste') Object.defineProperty(event, 'clipboardData', { value: data });
  return target.dispatchEvent(event);
}

for (const browser of someBrowsers(import.meta.url)) {
  story(`files are answered in words, and the page stays; text is the browser's affair (${browser})`, async ({ server, enters }) => {
    const ada = await enters('Ada', browser);
    await ada.joins(server.url);
    const goesOn = (...what) => ada.page.evaluate(brings, ...what);
    for (const [type, selector] of [['paste', '#text'], ['drop', '#text'], ['drop', '#log'], ['drop', '.top']]) {
      await ada.writes('');
      assert.equal(await ada.hint(), '');
      if (type === 'drop') assert.equal(await goesOn('dragover', selector, { file: true }), false, 'it may be dropped');
      assert.equal(await goesOn(type, selector, { file: true }), false, `${type} on ${selector}`);
      assert.equal(await ada.hint(), NOT_YET);
    }
    await ada.writes('');
    for (const type of ['paste', 'dragover', 'drop']) assert.equal(await goesOn(type, '#text', { text: 'hello' }), true, type);
    assert.equal(await goesOn('paste', '#text', { text: 'a cell of a table', file: true }), true);
    assert.equal(await ada.hint(), '');
  });
}
