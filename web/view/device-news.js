/** Says above the composer that another device is the reader's, until they say that they know it or end it. */

import { date, sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { loadStyle } from './stylesheet.js';

/** @typedef {import('../model/protocol.js').Linked} Linked */

/** Those that the reader was not told of yet, the oldest first; it is shown. @type {Linked[]} */
const waiting = [];

/**
 * @param {Linked} device
 * @param {object} needs
 * @param {Pick<import('../model/requests.js').Requests, 'devices' | 'endDevice'>} needs.requests
 * @param {(text: string) => void} needs.showHint
 */
export async function tellOfDevice(device, { requests, showHint }) {
  await loadStyle('question.css');
  // A server says it again after each hello.
  if (waiting.some(({ id }) => id === device.id)) return;
  waiting.push(device);
  if (waiting.length === 1) show();

  function show() {
    const { id, at, device = t('deviceUnknown') } = waiting[0];
    const title = el('p', { class: 'question-title', id: 'device-news-title' }, t('deviceLinked', { device }));
    const hint = el('p', { class: 'question-hint' }, t('deviceNewsHint', { date: date(at) }));
    const element = el('div', { class: 'question device-news', role: 'alert', 'aria-labelledby': title.id },
      el('div', { class: 'question-words' }, title, hint),
      el('div', { class: 'question-answer' },
        el('button', { class: 'question-yes', type: 'button', onclick: () => close(element) }, t('deviceMine')),
        el('button', { class: 'quiet', type: 'button', onclick: () => end(element, id) }, t('deviceEndThat'))));
    // One thing at a time, and this is more than what the page would like to know.
    find('.question', document.body)?.remove();
    find('.composer-bar').before(element);
  }

  /** @param {HTMLElement} element @param {string} id */
  function end(element, id) {
    requests.endDevice(id).then(() => close(element), (error) => {
      if (error.code === 'no_such_device') close(element);
      showHint(sentence(error.message));
    });
  }

  /** @param {HTMLElement} element */
  function close(element) {
    element.remove();
    waiting.shift();
    if (waiting.length) return show();
    // The next hello of this device does not bring it up again.
    requests.devices({ told: true }).catch(() => {});
    find('#text').focus();
  }
}
