/** The sheet that invites others into a room: its link, and the QR code of it. */

import { linkTo, sharedAddress } from '../model/chat-links.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { SharedLink } from './shared-link.js';

/**
 * @param {object} needs
 * @param {import('../model/room.js').Room} needs.room
 * @param {Pick<import('../model/session.js').Session, 'addresses'>} needs.session
 */
export async function openInvite({ room, session }) {
  const address = sharedAddress(document.baseURI, session.addresses);
  const shared = new SharedLink({ label: t('inviteLink'), title: t('title', { room: room.name }) });
  shared.show(linkTo(address ?? document.baseURI, room.name));
  const how = el('div', {}, el('p', {}, t('inviteHow', { room: room.name })),
    el('p', { class: 'dialog-note' }, t('inviteOpen')));
  const parts = el('div', { class: 'device-parts' }, shared.code, how);
  await openDialog({ title: t('invite'), name: 'device' },
    address ? parts : el('p', {}, t('localOnly')), shared.line, shared.note);
  if (address) await shared.showCode();
}
