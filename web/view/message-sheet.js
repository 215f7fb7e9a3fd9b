/** What can be done with a message, as a sheet under a finger. The message stays where it is, over the veil. */

import '../words/more.js';
import { list, t } from '../words/words.js';
import { el } from './element.js';
import { icon } from './icon.js';
import { QUICK_TOUCH } from './message-actions.js';
import { PICTURES } from './pictures.js';
import { loadStyle } from './stylesheet.js';

/** Between the message and the sheet. CSS pixels. */
const GAP_PX = 12;

/**
 * @param {object} needs
 * @param {import('./log.js').RowElement} needs.row
 * @param {import('../model/timeline.js').Message} needs.message
 * @param {import('./message-actions.js').MessageActions} needs.actions
 */
export async function openMessageSheet({ row, message, actions }) {
  await Promise.all([loadStyle('dialog.css'), loadStyle('message-sheet.css')]);
  const offered = actions.of(message);
  if (!offered.length) return;
  const dialog = el('dialog', { class: 'message-sheet', ariaLabel: t('actions') });
  const close = () => dialog.close();
  const canReact = offered.some(({ name }) => name === 'react');
  /** @param {() => unknown} act */
  const after = (act) => () => {
    close();
    act();
  };
  const signs = canReact ? QUICK_TOUCH.map((emoji) => el('button', {
    type: 'button', ariaLabel: emoji, ariaPressed: String(Boolean(message.reactions[emoji]?.me)),
    onclick: after(() => actions.give(emoji, message.seq)),
  }, emoji)) : [];
  const lines = offered.map((action) => {
    const { name } = action;
    const isReact = name === 'react';
    const button = el('button', { class: isReact ? '' : 'message-sheet-line', type: 'button' }, icon(PICTURES[name]),
      ...(isReact ? [] : [el('span', {}, actions.says(action, message))]));
    if (isReact) button.ariaLabel = t(name);
    if (name === 'delete') button.classList.add('message-sheet-grave');
    // The question and the choice stand over the sheet's place, and belong to the message.
    button.addEventListener('click', after(() => action.act(message, row)));
    return { name, button };
  });
  const sheet = el('div', { class: 'message-sheet-body' },
    el('div', { class: 'message-sheet-signs', hidden: !canReact }, ...signs,
      ...lines.filter(({ name }) => name === 'react').map(({ button }) => button)),
    ...lines.filter(({ name }) => name !== 'react').map(({ button }) => button), ...reactorsOf(message));
  dialog.append(sheet);
  // The finger that has opened it is still down: what it lets go of was not pressed.
  let isPressed = false;
  for (const type of ['pointerdown', 'keydown']) dialog.addEventListener(type, () => (isPressed = true));
  dialog.addEventListener('click', (event) => {
    if (!isPressed) event.stopPropagation();
    else if (event.target === dialog) close();
  }, { capture: true });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  lift(dialog, row, sheet);
}

/**
 * A copy of the message over the veil; further up, where the sheet would hide it.
 *
 * @param {HTMLElement} dialog
 * @param {HTMLElement} row
 * @param {HTMLElement} sheet
 */
function lift(dialog, row, sheet) {
  const { left, top, width } = row.getBoundingClientRect();
  const copy = /** @type {HTMLElement} */ (row.cloneNode(true));
  copy.removeAttribute('tabindex');
  copy.querySelector('.actions')?.remove();
  const holder = el('ol', { class: 'message-sheet-lifted', inert: true, 'aria-hidden': 'true' }, copy);
  const bottom = innerHeight - sheet.offsetHeight - GAP_PX;
  const at = Math.min(top, Math.max(GAP_PX, bottom - row.offsetHeight));
  for (const [name, value] of Object.entries({ left, width, top: at })) holder.style.setProperty(name, `${value}px`);
  dialog.prepend(holder);
}

/** @param {import('../model/timeline.js').Message} message */
function reactorsOf({ reactions }) {
  const all = Object.entries(reactions);
  if (!all.length) return [];
  const says = all.map(([emoji, { by = [], count }]) => {
    const names = by.map(({ name }) => `\u2068${name}\u2069`);
    const more = count - names.length;
    return `${emoji} ${list(more > 0 ? [...names, t('reactorsMore', { count: more })] : names)}`;
  });
  return [el('p', { class: 'message-sheet-line message-sheet-reactors' }, icon(PICTURES.people),
    el('span', { dir: 'auto' }, says.join(' · ')))];
}
