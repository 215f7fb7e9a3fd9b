/** An invitation with a role, by those who may make one: for how many, for how long, and its link. */

import { linkTo } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { invitedAs } from '../model/rights.js';
import { sentence } from '../words/more.js';
import { span } from '../words/until.js';
import { number, t } from '../words/words.js';
import { el } from './element.js';
import { SharedLink } from './shared-link.js';
import { loadStyle } from './stylesheet.js';

/** For how many people. */
const USES = [1, 10, 50];

/** For how long: seconds, and in words. @type {[number, () => string][]} */
const TIMES = [[3_600, () => span(1, 'hour')], [86_400, () => span(1, 'day')], [604_800, () => span(7, 'day')]];

/** Where nothing else is chosen. Seconds. */
const TIME_S = 604_800;

/**
 * @param {object} needs
 * @param {Pick<import('../model/room.js').Room, 'name'>} needs.room that it leads to
 * @param {Pick<import('../model/session.js').Session, 'role'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'govern'>} needs.requests
 * @param {string} [needs.address] by which others reach the chat; without, only this device does
 * @returns {Promise<HTMLElement>}
 */
export async function inviteForm({ room, session, requests, address }) {
  await loadStyle('rights.css');
  const role = select('as', t('inviteAs'), invitedAs(session).map((role) => option(role, t(`role_${role}`))));
  const uses = select('uses', t('inviteUses'),
    [...USES.map((count) => option(count, number(count))), option('', t('inviteAny'))]);
  const time = select('for', t('inviteFor'),
    [...TIMES.map(([seconds, says]) => option(seconds, says())), option('', t('untilTakenBack'))], TIME_S);
  const note = el('p', { class: 'hint', role: 'status' });
  const form = el('form', { onsubmit: make }, role.line, uses.line, time.line, note,
    el('button', { class: 'dialog-button dialog-button-main invite-make' }, t('inviteMake')));
  const part = el('div', {}, form);
  return part;

  /** @param {SubmitEvent} event */
  async function make(event) {
    event.preventDefault();
    const where = room.name === 'lobby' ? undefined : room.name;
    const as = /** @type {import('../model/protocol.js').Role} */ (role.value);
    try {
      const { code } = await requests.govern('invite', {
        role: as, room: where, uses: Number(uses.value) || undefined, seconds: Number(time.value) || undefined,
      });
      await show(as, new URL(`#invite=${code}`, linkTo(address ?? document.baseURI, room.name)).href);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note.textContent = sentence(error.message);
    }
  }

  /** @param {import('../model/protocol.js').Role} as @param {string} link that is told this once */
  async function show(as, link) {
    const shared = new SharedLink({ label: t('inviteLink'), title: t('title', { room: room.name }) });
    shared.show(link);
    const says = el('p', { tabIndex: -1 }, t('inviteMade', { role: t(`role_${as}`) }));
    const words = el('div', {}, says,
      ...(address ? [] : [el('p', { class: 'dialog-note' }, t('localOnly'))]));
    part.replaceChildren(el('div', { class: 'device-parts' }, ...(address ? [shared.code] : []), words), shared.line,
      shared.note);
    says.focus();
    if (address) await shared.showCode();
  }
}

/** @param {string | number} value @param {string} name */
const option = (value, name) => el('option', { value: String(value) }, name);

/**
 * @param {string} name
 * @param {string} label
 * @param {HTMLOptionElement[]} options
 * @param {number} [now] without it, the first
 */
function select(name, label, options, now) {
  const field = el('select', { class: 'dialog-field', id: `invite-${name}` }, ...options);
  if (now !== undefined) field.value = String(now);
  return {
    line: el('div', { class: 'invite-line' }, el('label', { htmlFor: field.id }, label), field),
    get value() { return field.value; },
  };
}
