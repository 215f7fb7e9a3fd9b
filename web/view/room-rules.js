/** In the panel of a room, for moderators: who writes in it, how often, and whether anybody still does. */

import { Refusal } from '../model/requests.js';
import { timeOf } from '../words/until.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { confirm } from './confirm.js';
import { el } from './element.js';
import { loadStyle } from './stylesheet.js';

/** @type {import('../model/protocol.js').Writers[]} */
const WRITERS = ['everyone', 'members', 'moderators'];

/** Times between two messages that one can choose; 0 is none. Seconds. */
const SLOW = [0, 10, 30, 60, 300, 900, 3_600];

/**
 * @param {object} needs
 * @param {import('../model/room.js').Room} needs.room
 * @param {Pick<import('../model/session.js').Session, 'role'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests, 'govern'>} needs.requests
 * @returns {Promise<HTMLElement>}
 */
export async function rulesPart({ room, session, requests }) {
  await loadStyle('rights.css');
  const refusal = el('p', { class: 'hint panel-hint', role: 'alert' });
  const writers = select('writers', t('whoWrites'), WRITERS.map((who) => [who, t(`writers_${who}`)]));
  const times = [...new Set([...SLOW, room.rules.slow])];
  const slow = select('slow', t('slowMode'), times.map((seconds) =>
    [String(seconds), seconds ? timeOf(seconds) : t('slowOff')]));
  writers.field.addEventListener('change', () => set({
    writers: /** @type {import('../model/protocol.js').Writers} */ (writers.field.value),
  }));
  slow.field.addEventListener('change', () => set({ slow: Number(slow.field.value) }));
  const archive = el('button', {
    class: 'dialog-button invite-make', type: 'button', onclick: () => set({ archived: !room.rules.archived }),
  });
  const hint = el('p', { class: 'dialog-note', role: 'status' });
  const looks = 'dialog-button dialog-button-grave invite-make';
  const remove = el('button', { class: looks, type: 'button' }, t('deleteRoom'));
  remove.hidden = session.role !== 'owner' || room.name === 'lobby';
  remove.addEventListener('click', () => {
    confirm(remove, t('deleteRoomAsk', { room: room.label }), t('delete'), async () => {
      await set({ deleted: true });
      if (room.rules.deleted) remove.closest('dialog')?.close();
    });
  });
  show();
  const buttons = el('div', { class: 'room-buttons' }, archive, remove);
  return el('section', { class: 'dialog-part room-rules' }, writers.line, slow.line, buttons, hint, refusal);

  function show() {
    const { archived } = room.rules;
    writers.field.value = room.rules.writers;
    slow.field.value = String(room.rules.slow);
    writers.field.disabled = slow.field.disabled = archived;
    archive.textContent = t(archived ? 'unarchiveRoom' : 'archiveRoom');
    hint.textContent = archived ? t('archivedHint') : '';
  }

  /** @param {Partial<import('../model/protocol.js').RoomRules>} change */
  async function set(change) {
    try {
      const { writers, slow, archived, deleted } = await requests.govern('room_rules', { room: room.name, ...change });
      room.rules = { writers, slow, archived, deleted };
      refusal.textContent = '';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal.textContent = sentence(error.message);
    }
    show();
  }
}

/** @param {string} name @param {string} label @param {string[][]} options values and words */
function select(name, label, options) {
  const field = el('select', { class: 'dialog-field', id: `room-${name}` },
    ...options.map(([value, says]) => el('option', { value }, says)));
  return { field, line: el('div', { class: 'invite-line' }, el('label', { htmlFor: field.id }, label), field) };
}
