/** The sheet in which a moderator sees to somebody: their role, and whether they may write and come in. */

import { isBelow, NEVER, rolesFor } from '../model/rights.js';
import { Refusal } from '../model/requests.js';
import { sentence } from '../words/more.js';
import { span, until } from '../words/until.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el, faceOf } from './element.js';
import { tellUndo } from './undo.js';

/** What somebody said so lately is deleted with a ban. Seconds. */
const CLEAR_S = 60 * 60;

/** A server deletes some at a time; the page asks so often at most. */
const CLEARS_MAX = 20;

/** The longest reason that a server takes. Characters. */
const REASON_CHARS_MAX = 250;

/** For how long one can be muted or banned: seconds, and in words; without, until that is taken back. */
const TIMES = {
  mute: [[600, () => span(10, 'minute')], [3_600, () => span(1, 'hour')], [undefined, () => t('untilTakenBack')]],
  ban: [[86_400, () => span(1, 'day')], [604_800, () => span(7, 'day')], [undefined, () => t('forEver')]],
};

/**
 * @typedef {import('../model/protocol.js').Person} Person
 * @typedef {'mute' | 'ban'} Measure
 */

/** What of it is not over, in words. @param {Person} person @returns {string[]} */
export function standingOf({ muted, banned }) {
  const says = [];
  if (banned) says.push(banned === NEVER ? t('stateBannedForGood') : t('stateBanned', { date: until(banned) }));
  if (muted) says.push(muted === NEVER ? t('stateMutedForGood') : t('stateMuted', { date: until(muted) }));
  return says;
}

/**
 * @param {import('../model/protocol.js').User} user
 * @param {object} needs
 * @param {Pick<import('../model/session.js').Session, 'me' | 'role'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'govern'>} needs.requests
 * @param {(text: string) => void} needs.showHint
 */
export async function openPerson(user, { session, requests, showHint }) {
  const explain = (/** @type {unknown} */ error) => {
    if (!(error instanceof Refusal)) throw error;
    return sentence(error.message);
  };
  /** @type {Person} */
  let person;
  try {
    person = await requests.govern('person', { user: user.id });
  } catch (error) {
    return showHint(explain(error));
  }
  const { id, name } = person.user;
  const note = el('p', { class: 'hint person-note', role: 'status' });
  const role = el('span', { class: 'soft' });
  const state = el('span', { class: 'person-state' });
  const head = el('div', { class: 'person-head', tabIndex: -1 }, faceOf(person.user),
    el('p', {}, el('bdi', { class: 'person-name' }, name), ' ', role, state));
  const parts = el('div');
  const reason = el('input', {
    class: 'dialog-field', id: 'person-reason', autocomplete: 'off', dir: 'auto', maxLength: REASON_CHARS_MAX,
    'aria-describedby': 'person-reason-hint',
  });
  const clears = el('input', { type: 'checkbox', checked: true });
  const bansAddresses = el('input', { type: 'checkbox' });
  draw();
  const title = t('seeTo', { name }).replace(/…$/, '');
  const dialog = await openDialog({ title, name: 'rights' }, head, note, parts);

  function draw() {
    role.textContent = t(`role_${person.role}`);
    state.textContent = standingOf(person).join(' · ');
    const isOther = id !== session.me?.id;
    const canRestrict = isOther && isBelow(person.role, session.role);
    const roles = isOther ? rolesFor(session, person.role) : [];
    const restricts = canRestrict ? [banPart(), mutePart()] : [];
    const why = isOther && !canRestrict ? [el('p', { class: 'dialog-note' }, t('notBelow'))] : [];
    parts.replaceChildren(...why, ...restricts, ...(roles.length ? [rolePart(roles)] : []));
  }

  /** @param {import('../model/protocol.js').Role[]} roles */
  function rolePart(roles) {
    const options = roles.map((role) => el('option', { value: role }, t(`role_${role}`)));
    const select = el('select', { class: 'dialog-field', id: 'person-role' }, ...options);
    select.value = person.role;
    select.addEventListener('change', async () => {
      try {
        const role = /** @type {import('../model/protocol.js').Role} */ (select.value);
        person = await requests.govern('role', { user: id, role });
        draw();
        note.textContent = '';
        document.getElementById(select.id)?.focus();
      } catch (error) {
        select.value = person.role;
        note.textContent = explain(error);
      }
    });
    return el('div', { class: 'dialog-part person-role' },
      el('label', { class: 'dialog-label', htmlFor: select.id }, t('role')), select);
  }

  function mutePart() {
    return restriction('mute', person.muted, t('muteHint'));
  }

  function banPart() {
    const hint = el('p', { class: 'dialog-note', id: 'person-reason-hint' }, t('reasonHint'));
    const field = [el('label', { class: 'dialog-note', htmlFor: reason.id }, t('reason')), reason, hint];
    const choices = [el('label', { class: 'dialog-choice' }, clears, el('span', {}, t('banClear'))),
      el('label', { class: 'dialog-choice' }, bansAddresses, el('span', {}, t('banAddresses')))];
    return restriction('ban', person.banned, t('banHint'), ...field, ...choices);
  }

  /**
   * @param {Measure} what
   * @param {number | undefined} now until when it holds
   * @param {string} hint what it does
   * @param {...HTMLElement} more what can be said with it
   */
  function restriction(what, now, hint, ...more) {
    const title = el('h3', { class: 'dialog-label' }, t(what));
    const words = el('p', { class: 'dialog-note' }, hint);
    if (now) {
      const end = el('button', { class: 'dialog-button', type: 'button', onclick: () => lift(what) },
        t(what === 'mute' ? 'unmute' : 'unban'));
      return el('section', { class: 'dialog-part' }, title, el('div', { class: 'dialog-line' }, end));
    }
    const buttons = TIMES[what].map(([seconds, says]) => {
      const time = /** @type {() => string} */ (says)();
      const onclick = () => restrict(what, /** @type {number | undefined} */ (seconds));
      const looks = `dialog-button${what === 'ban' ? ' person-grave' : ''}`;
      return el('button', { class: looks, type: 'button', ariaLabel: `${t(what)}: ${time}`, onclick }, time);
    });
    return el('section', { class: 'dialog-part' }, title, words, ...more,
      el('div', { class: 'dialog-line person-times', role: 'group', ariaLabel: t(what) }, ...buttons));
  }

  /** @param {Measure} what @param {number | undefined} seconds */
  async function restrict(what, seconds) {
    for (const button of parts.querySelectorAll('button')) button.disabled = true;
    try {
      const why = what === 'ban' && reason.value.trim() ? reason.value.trim() : undefined;
      const addresses = (what === 'ban' && bansAddresses.checked) || undefined;
      person = await requests.govern(what, { user: id, seconds, reason: why, addresses });
    } catch (error) {
      note.textContent = explain(error);
      draw();
      return head.focus();
    }
    dialog.close();
    const banned = person.addresses ?? [];
    const undo = () => Promise.all([requests.govern(what, { user: id, end: true }),
      ...banned.map((addresses) => requests.govern('ban_addresses', { addresses, end: true }))])
      .then(() => t(what === 'mute' ? 'wasUnmuted' : 'wasUnbanned', { name }), explain);
    if (what === 'mute') return tellUndo(t('wasMuted', { name }), undo);
    const count = clears.checked ? await clear() : 0;
    await tellUndo(count ? t('wasBannedCleared', { name, count }) : t('wasBanned', { name }), undo);
  }

  /** Deletes what they have said lately. @returns {Promise<number>} how many messages */
  async function clear() {
    let count = 0;
    try {
      for (let times = 0; times < CLEARS_MAX; times++) {
        const cleared = await requests.govern('clear', { user: id, seconds: CLEAR_S });
        count += cleared.count;
        if (!cleared.more || !cleared.count) break;
      }
    } catch (error) {
      showHint(explain(error));
    }
    return count;
  }

  /** @param {Measure} what */
  async function lift(what) {
    try {
      person = await requests.govern(what, { user: id, end: true });
      note.textContent = '';
      draw();
      head.focus();
    } catch (error) {
      note.textContent = explain(error);
    }
  }
}
