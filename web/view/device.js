/** The sheets for one person on several devices: the link that makes another device the reader's, and its arrival. */

import { mountOf } from '../model/address.js';
import { sharedAddress } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { SharedLink } from './shared-link.js';

/** @typedef {Awaited<ReturnType<typeof openDevice>>} DeviceSheet */

/**
 * Opens the sheet with a new link.
 *
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'addresses'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'link' | 'devices'>} needs.requests
 * @param {() => void} needs.openSettings where the reader's devices are
 * @param {() => void} needs.onclose
 */
export async function openDevice({ session, requests, openSettings, onclose }) {
  const address = sharedAddress(document.baseURI, session.addresses);
  const shared = new SharedLink({ label: t('deviceLink') });
  const how = el('div', {}, el('p', {}, t('deviceHow')), el('p', { class: 'dialog-note' }, t('deviceOnce')));
  const parts = el('div', { class: 'device-parts' }, shared.code, how);
  const link = el('div', {}, address ? parts : el('p', {}, t('localOnly')), shared.line);
  const all = el('button', { class: 'quiet device-all', type: 'button', onclick: openSettings }, t('devicesAll'));
  let isAwaited = true;
  await openDialog({ title: t('device'), name: 'device', onclose }, link, shared.note, all);
  try {
    const { link } = await requests.link();
    shared.show(new URL(`#device=${link}`, address ?? mountOf(document.baseURI)).href);
    if (address) await shared.showCode();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    end(sentence(error.message));
  }

  /** @param {string} why there is no link any more */
  function end(why) {
    isAwaited = false;
    link.hidden = true;
    shared.note.textContent = why;
  }

  return {
    /**
     * A device has come.
     *
     * @param {import('../model/protocol.js').Linked} device
     * @returns {boolean} whether it is told here: it is the one that the reader waits for
     */
    linked({ device = t('deviceUnknown') }) {
      if (!isAwaited) return false;
      end(t('deviceLinked', { device }));
      requests.devices({ told: true }).catch(() => {});
      return true;
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
