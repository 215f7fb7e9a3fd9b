/** The sheets for one person on several devices: the link that makes another device the reader's, and its arrival. */

import { mountOf } from '../model/address.js';
import { sharedAddress } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { copy } from './share.js';

/** @typedef {Awaited<ReturnType<typeof openDevice>>} DeviceSheet */

/**
 * Opens the sheet with a new link.
 *
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'addresses'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'link'>} needs.requests
 * @param {() => void} needs.onclose
 */
export async function openDevice({ session, requests, onclose }) {
  const picture = el('img', { class: 'device-code', alt: t('deviceCode'), width: 224, height: 224 });
  const field = el('input', {
    class: 'dialog-field', readOnly: true, dir: 'ltr', ariaLabel: t('deviceLink'), onfocus: () => field.select(),
  });
  const note = el('p', { class: 'dialog-note', role: 'status' });
  const copies = { class: 'dialog-button dialog-button-main', type: 'button', onclick: copyLink };
  const line = el('div', { class: 'dialog-line' }, field, el('button', copies, t('copyLink')));
  if (navigator.share) {
    const share = () => navigator.share({ url: field.value }).catch(() => {});
    line.append(el('button', { class: 'dialog-button', type: 'button', onclick: share }, t('shareLink')));
  }
  const how = el('div', {}, el('p', {}, t('deviceHow')), el('p', { class: 'dialog-note' }, t('deviceOnce')));
  const parts = el('div', { class: 'device-parts' }, picture, how);
  const address = sharedAddress(document.baseURI, session.addresses);
  const content = address ? [parts, line, note] : [el('p', {}, t('deviceLocal')), line, note];
  await openDialog({ title: t('device'), name: 'device', onclose }, ...content);
  await makeLink();

  async function makeLink() {
    try {
      const { link } = await requests.link();
      field.value = new URL(`#device=${link}`, address ?? mountOf(document.baseURI)).href;
      if (address) picture.src = await codeOf(field.value);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note.textContent = sentence(error.message);
      line.hidden = parts.hidden = true;
    }
  }

  async function copyLink() {
    const isCopied = await copy(field.value);
    note.textContent = t(isCopied ? 'copied' : 'linkSelected');
    if (!isCopied) field.select();
  }

  return {
    /** @param {string} device has come by the link */
    linked(device) {
      note.textContent = t('deviceLinked', { device });
      line.hidden = parts.hidden = true;
    },
  };
}

/**
 * Asks the reader of a device that is somebody's whether it is to become another's.
 *
 * @param {string} name theirs
 * @param {() => void} onswitch
 */
export async function askToSwitch(name, onswitch) {
  const dialog = await openDialog({ title: t('deviceSwitch'), name: 'device' },
    el('p', {}, t('deviceSwitchAsk', { name })),
    el('div', { class: 'dialog-line' },
      el('button', { class: 'dialog-button dialog-button-main', type: 'button', onclick: () => {
        dialog.close();
        onswitch();
      } }, t('deviceSwitchYes')),
      el('button', { class: 'dialog-button', type: 'button', autofocus: true, onclick: () => dialog.close() },
        t('deviceSwitchNo', { name }))));
}

/** @param {string} text @returns {Promise<string>} the address of a picture of its QR code */
async function codeOf(text) {
  const response = await fetch(new URL('qr', mountOf(document.baseURI)), { method: 'POST', body: text });
  if (!response.ok) return '';
  return `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
}
