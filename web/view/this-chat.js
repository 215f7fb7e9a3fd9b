/** A part of the settings, for moderators and owners: what guests may do, invitations, people, and what was done. */

import { DOORS, NEVER } from '../model/rights.js';
import { Refusal } from '../model/requests.js';
import { date, isKey, sentence } from '../words/more.js';
import { until } from '../words/until.js';
import { t } from '../words/words.js';
import { confirm } from './confirm.js';
import { el, faceOf } from './element.js';
import { icon } from './icon.js';
import { standingOf } from './person.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

/** Of people, and of what was done, so many are asked for at once. */
const PAGE = 20;

/**
 * @typedef {import('../words/words.js').Key} Key
 *
 * @typedef {object} Needs
 * @property {Pick<import('../model/session.js').Session, 'guests' | 'me' | 'role'>} session
 * @property {Pick<import('../model/requests.js').Requests, 'govern'>} requests
 * @property {(name: string) => void} open
 * @property {(person: import('../model/protocol.js').User) => unknown} seeTo
 */

/** @param {Needs} needs @returns {Promise<HTMLElement[]>} */
export async function chatPart(needs) {
  await Promise.all(['device.css', 'rights.css'].map((style) => loadStyle(style)));
  const invites = { class: 'dialog-button', type: 'button', onclick: () => needs.open('invite') };
  return [doorPart(needs), el('div', { class: 'dialog-line' }, el('button', invites, t('invite'))), invitations(needs),
    members(needs), audit(needs)];
}

/** @param {unknown} error @returns {string} */
function explain(error) {
  if (!(error instanceof Refusal)) throw error;
  return sentence(error.message);
}

/** What guests may do: an owner chooses, others read it. @param {Needs} needs */
function doorPart({ session, requests }) {
  const note = el('p', { class: 'hint', role: 'status' });
  const isOwner = session.role === 'owner';
  /** @param {import('../model/protocol.js').Door} guests @param {string} [password] */
  const set = async (guests, password) => {
    try {
      await requests.govern('door', { guests, password });
      note.textContent = password ? t('passwordSaved') : '';
    } catch (error) {
      note.textContent = explain(error);
      if (password === undefined) for (const radio of radios) radio.checked = radio.value === session.guests;
    }
  };
  const password = el('input', {
    class: 'dialog-field', id: 'door-password', type: 'password', name: 'door-password', autocomplete: 'new-password',
    required: true, minLength: 8, maxLength: 128, 'aria-describedby': 'door-password-hint',
  });
  const form = el('form', {
    class: 'rights-password', hidden: !isOwner || session.guests !== 'password',
    onsubmit: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      set('password', password.value).then(() => (password.value = ''));
    },
  }, el('label', { class: 'dialog-note', htmlFor: 'door-password' }, t('password')),
  el('div', { class: 'dialog-line' }, password, el('button', { class: 'dialog-button' }, t('save'))),
  el('p', { class: 'dialog-note', id: 'door-password-hint' }, t('passwordRule')));
  const radios = DOORS.map((guests) => el('input', {
    type: 'radio', name: 'door', value: guests, checked: guests === session.guests, disabled: !isOwner,
    onchange: () => {
      form.hidden = guests !== 'password';
      note.textContent = '';
      if (form.hidden) set(guests);
      else password.focus();
    },
  }));
  const choices = radios.map((radio) => el('label', { class: 'dialog-choice' }, radio,
    el('span', {}, t(/** @type {Key} */ (`guests_${radio.value}`)))));
  const title = el('legend', { class: 'dialog-label' }, t('guestsMay'));
  return el('fieldset', { class: 'rights-door' }, title, ...choices, form, note);
}

/**
 * A list that is asked for when it is opened, and page by page.
 *
 * @template T
 * @param {string} title
 * @param {string} none what is said where there is nothing
 * @param {(after: T | undefined) => Promise<{ rows: HTMLElement[], next?: T }>} ask
 */
function lazyList(title, none, ask) {
  const list = el('ul', { class: 'devices' });
  const note = el('p', { class: 'dialog-note', role: 'status' });
  /** @type {T | undefined} */
  let next;
  const more = el('button', {
    class: 'dialog-button', type: 'button', hidden: true, onclick: () => load(next),
  }, t('showMore'));
  const details = el('details', { class: 'rights-list' }, el('summary', {}, title), list, note, more);
  details.addEventListener('toggle', () => details.open && load(undefined));
  return details;

  /** @param {T | undefined} after */
  async function load(after) {
    try {
      const page = await ask(after);
      if (after === undefined) list.replaceChildren();
      list.append(...page.rows);
      next = page.next;
      note.textContent = list.firstChild ? '' : none;
      const hadFocus = document.activeElement === more;
      more.hidden = next === undefined;
      if (hadFocus && more.hidden) details.querySelector('summary')?.focus();
    } catch (error) {
      note.textContent = explain(error);
    }
  }
}

/** @param {Needs} needs */
function invitations({ requests }) {
  const list = lazyList(t('invitations'), t('invitationsNone'), async () => {
    const { invitations } = await requests.govern('invitations', {});
    return { rows: invitations.map(row) };
  });
  return list;

  /** @param {import('../model/protocol.js').Invitation} invitation */
  function row({ id, role, room, uses, until: end, by }) {
    const says = [
      uses ? t('invitationUses', { count: uses }) : t('invitationAny'),
      ...(end ? [t('untilDate', { date: until(end) })] : []), by ? t('byName', { name: by.name }) : t('byOperator'),
    ];
    const name = [t(`role_${role}`), ...(room ? [`#${room}`] : [])].join(' · ');
    const note = el('p', { class: 'dialog-note' }, says.join(' · '));
    const takesBack = { class: 'dialog-button', type: 'button', ariaLabel: `${t('takeBack')}: ${name}` };
    const button = el('button', { ...takesBack, onclick: ask }, t('takeBack'));
    const words = el('div', { class: 'devices-words' }, el('p', { class: 'devices-name' }, name), note);
    const item = el('li', {}, words, button);
    return item;

    function ask() {
      confirm(button, t('takeBackAsk'), t('takeBack'), takeBack);
    }

    function takeBack() {
      const gone = () => {
        list.querySelector('summary')?.focus();
        item.remove();
      };
      requests.govern('end_invitation', { id }).then(gone, (error) => (note.textContent = explain(error)));
    }
  }
}

/** @param {Needs} needs */
function members({ session, requests, seeTo }) {
  const list = lazyList(t('members'), t('membersNone'), async (/** @type {string | undefined} */ after) => {
    const { people, next } = await requests.govern('members', { after, limit: PAGE });
    return { rows: people.map(row), next };
  });
  // Most people have no standing of their own, and stand in no list.
  const name = el('input', {
    class: 'dialog-field', name: 'person', autocomplete: 'off', dir: 'auto', placeholder: t('someonesName'),
    ariaLabel: t('someonesName'),
  });
  const note = el('p', { class: 'hint', role: 'status' });
  const button = el('button', { class: 'dialog-button' }, t('find'));
  const form = el('form', { class: 'dialog-line', onsubmit: find }, name, button);
  list.querySelector('summary')?.after(form, note);
  return list;

  /** @param {SubmitEvent} event */
  function find(event) {
    event.preventDefault();
    note.textContent = '';
    requests.govern('person', { name: name.value.trim() }).then(({ user }) => seeTo(user), (error) => {
      note.textContent = explain(error);
    });
  }

  /** @param {import('../model/protocol.js').Person} person */
  function row(person) {
    const { user, role } = person;
    const says = [t(`role_${role}`), ...standingOf(person)].join(' · ');
    const title = t('seeTo', { name: user.name }).replace(/[\u2068\u2069]/g, '');
    const sees = { class: 'rights-see', type: 'button', title, ariaLabel: title, onclick: () => seeTo(user) };
    const see = el('button', sees, icon(PICTURES.seeTo));
    return el('li', {}, faceOf(user), el('div', { class: 'devices-words' },
      el('p', { class: 'devices-name' }, el('bdi', {}, user.name)), el('p', { class: 'dialog-note' }, says)),
    ...(user.id === session.me?.id ? [] : [see]));
  }
}

/** @param {Needs} needs */
function audit({ requests }) {
  return lazyList(t('audit'), t('membersNone'), async (/** @type {number | undefined} */ before) => {
    const { entries, more } = await requests.govern('audit', { before, limit: PAGE });
    return { rows: entries.map(row), next: more ? entries.at(-1)?.id : undefined };
  });

  /** @param {import('../model/protocol.js').AuditEntry} entry */
  function row({ at, by, action, user, until: end, detail = '' }) {
    const key = action === 'redeem' && detail === 'password' ? 'audit_redeem_password' : `audit_${action}`;
    const [role, what] = [`role_${detail}`, `guests_${detail}`].map((key) => (isKey(key) ? t(key) : detail));
    const says = isKey(key) ? t(key, { name: user?.name ?? '', role, what }) : action;
    const isTold = ['role', 'door', 'invite'].includes(action) || key === 'audit_redeem_password';
    const notes = [
      by?.name ?? t('operator'), date(at), ...(end && end < NEVER ? [t('untilDate', { date: date(end) })] : []),
      ...(detail && !isTold ? [action === 'delete' ? `#${detail}` : `“${detail}”`] : []),
    ];
    return el('li', {}, el('div', { class: 'devices-words' }, el('p', {}, says),
      el('p', { class: 'dialog-note' }, notes.map((note) => `\u2068${note}\u2069`).join(' · '))));
  }
}
