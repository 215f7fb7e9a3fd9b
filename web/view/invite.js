/** The sheet that invites others into a room: its link, its QR code, and invitations with a role. */

import { linkTo, sharedAddress } from '../model/chat-links.js';
import { isModerator } from '../model/rights.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { SharedLink } from './shared-link.js';

/**
 * What becomes of those who open the link, by what guests may do.
 *
 * @type {Record<import('../model/protocol.js').Door, import('../words/words.js').Key>}
 */
const INVITES = { write: 'inviteOpen', read: 'inviteReads', password: 'invitePassword', closed: 'inviteClosed' };

/**
 * @param {object} needs
 * @param {Pick<import('../model/room.js').Room, 'name'>} needs.room
 * @param {Pick<import('../model/session.js').Session, 'addresses' | 'guests' | 'role'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'govern'>} needs.requests
 */
export async function openInvite({ room, session, requests }) {
  const address = sharedAddress(document.baseURI, session.addresses);
  const { guests } = session;
  const shared = new SharedLink({ label: t('inviteLink'), title: t('title', { room: room.name }) });
  shared.show(linkTo(address ?? document.baseURI, room.name));
  const how = el('div', {}, el('p', {}, t('inviteHow', { room: room.name })),
    el('p', { class: 'dialog-note' }, t(INVITES[guests])));
  const parts = el('div', { class: 'device-parts' }, shared.code, how);
  // Where guests do not come in, this link leads nowhere for them.
  const open = guests === 'closed' ? [] : [address ? parts : el('p', {}, t('localOnly')), shared.line, shared.note];
  const closed = guests === 'closed' ? [el('p', { class: 'invite-closed' }, t('inviteClosed'))] : [];
  /** @type {HTMLElement[]} */
  let role = [];
  if (isModerator(session)) {
    const { inviteForm } = await import('./invite-role.js');
    const form = await inviteForm({ room, session, requests, address });
    role = guests === 'closed' ? [form]
      : [el('details', { class: 'dialog-part' }, el('summary', {}, t('inviteRole')), form)];
  }
  await openDialog({ title: t('invite'), name: 'device' }, ...closed, ...open, ...role);
  if (address && open.length) await shared.showCode();
}
