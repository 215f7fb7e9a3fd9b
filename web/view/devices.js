/** The reader's devices, as a part of the settings: the list, each with a way to end it, and the private link. */

import { mountOf } from '../model/address.js';
import { sharedAddress } from '../model/chat-links.js';
import { deviceName } from '../model/device-name.js';
import { Refusal } from '../model/requests.js';
import { date, sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { confirm } from './confirm.js';
import { el } from './element.js';
import { SharedLink } from './shared-link.js';
import { loadStyle } from './stylesheet.js';

/**
 * @typedef {import('../model/protocol.js').Device} Device
 * @typedef {Pick<import('../model/requests.js').Requests, 'devices' | 'endDevice' | 'privateLink'>} Requests
 * @typedef {{ devices: (Partial<Device> & { id: string })[], private_link?: number }} Known
 */

/** Where they were never shown, the settings open once they are known, or after so long. Milliseconds. */
const FIRST_MS = 300;

/** How a device was added, in words. */
const ADDED = /** @type {const} */ ({
  began: 'deviceAdded', link: 'deviceAddedLink', private_link: 'deviceAddedPrivate',
});

/**
 * They have their place from the start: until they are known, they are shown as they were the last time.
 *
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'addresses' | 'me'>} needs.session
 * @param {import('../model/web-storage.js').WebStorage} needs.storage
 * @param {Requests} needs.requests
 * @param {(name: string) => void} needs.open
 * @returns {Promise<HTMLElement[]>} when they can be shown
 */
export async function devicesPart({ session, storage, requests, open }) {
  const list = el('ul', { class: 'devices' });
  const note = el('p', { class: 'dialog-note', role: 'status' });
  const link = el('div', { class: 'private-link' });
  const isDone = (/** @type {Promise<import('../model/protocol.js').Devices>} */ answer) => answer.then(show, explain);
  const style = loadStyle('device.css');
  const { id, answer } = storage.get('devices') ?? {};
  const isShown = id !== undefined && id === session.me?.id;
  draw(isShown ? answer : { devices: [{ id: '', device: deviceName(navigator.userAgent), own: true }] }, false);
  const answered = isDone(requests.devices());
  await Promise.all([style, isShown || Promise.race([answered, new Promise((late) => setTimeout(late, FIRST_MS))])]);
  return [list, note, el('button', {
    class: 'dialog-button settings-device', type: 'button', onclick: () => open('device'),
  }, t('device')), link];

  /** @param {import('../model/protocol.js').Devices} answer */
  function show({ devices, private_link }) {
    storage.set('devices', { id: session.me?.id, answer: { devices, private_link } });
    draw({ devices, private_link });
  }

  /** @param {Known} known @param {boolean} [isNow] or as far as it is known without an answer */
  function draw({ devices, private_link: made }, isNow = true) {
    const own = devices.filter(({ own }) => own);
    const others = devices.filter(({ own }) => !own).sort((a, b) => (b.seen ?? 0) - (a.seen ?? 0));
    list.replaceChildren(...[...own, ...others].map(row));
    showLink(made, isNow);
  }

  /** @param {Known['devices'][0]} device */
  function row(device) {
    const { id, own, here, by = 'began', at, seen = 0 } = device;
    const name = device.device || t('deviceUnknown');
    const now = own ? t('deviceOwn') : here ? t('deviceHere') : t('deviceSeen', { date: date(seen) });
    const added = at === undefined ? [] : [t(ADDED[by] ?? ADDED.began, { date: date(at) })];
    const words = el('div', { class: 'devices-words' }, el('p', { class: 'devices-name' }, name),
      el('p', { class: 'dialog-note' }, [now, ...added].join(' · ')));
    if (own) return el('li', {}, words);
    const end = el('button', {
      class: 'dialog-button', type: 'button', ariaLabel: `${t('deviceEnd')}: ${name}`,
      onclick: () => confirm(end, t('deviceEndAsk', { device: name }), t('deviceEnd'),
        () => isDone(requests.endDevice(id))),
    }, t('deviceEnd'));
    return el('li', {}, words, end);
  }

  /** @param {number | undefined} made when there was one made @param {boolean} [isNow] whether that is known */
  function showLink(made, isNow = true) {
    const make = el('button', {
      class: 'dialog-button', type: 'button', disabled: !isNow, onclick: () => makeLink().catch(explain),
    }, t(made ? 'privateLinkAnew' : 'privateLinkMake'));
    const end = el('button', {
      class: 'dialog-button', type: 'button', hidden: !made, disabled: !isNow,
      onclick: () => confirm(end, t('privateLinkEndAsk'), t('privateLinkEnd'), () =>
        requests.privateLink(true).then(() => {
          storage.set('devices', undefined);
          showLink(undefined);
          note.textContent = t('privateLinkEnded');
        }, explain)),
    }, t('privateLinkEnd'));
    link.replaceChildren(el('h4', {}, t('privateLink')), el('p', { class: 'dialog-note' },
      made ? t('privateLinkMade', { date: date(made) }) : t('privateLinkHint')),
    el('div', { class: 'dialog-line' }, make, end));
  }

  /** Makes a link, and shows it this once. */
  async function makeLink() {
    const address = sharedAddress(document.baseURI, session.addresses);
    const shared = new SharedLink({ label: t('privateLink') });
    const { link: code } = await requests.privateLink();
    storage.set('devices', undefined);
    shared.show(new URL(`#device=${code}`, address ?? mountOf(document.baseURI)).href);
    const words = el('div', {}, el('p', {}, t('privateLinkOnce')),
      el('p', { class: 'dialog-note' }, t('privateLinkHint')));
    const parts = el('div', { class: 'device-parts' }, ...(address ? [shared.code] : []), words);
    link.replaceChildren(el('h4', {}, t('privateLink')), parts, shared.line, shared.note);
    if (address) await shared.showCode();
    shared.note.scrollIntoView({ block: 'end' });
  }

  /** @param {unknown} error */
  function explain(error) {
    if (!(error instanceof Refusal)) throw error;
    note.textContent = sentence(error.message);
  }
}
