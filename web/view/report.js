/** Shows a message of somebody else to the moderators. */

import { linkTo } from '../model/chat-links.js';
import { Refusal } from '../model/requests.js';
import { isPrivate } from '../model/room-kind.js';
import { sentence } from '../words/more.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { loadStyle } from './stylesheet.js';

/** Characters; with a link to the message no more than the server takes (PROTOCOL.md). */
const WHY_CHARS = 800;

/**
 * @param {import('../model/timeline.js').Message} message
 * @param {object} needs
 * @param {Pick<import('../model/room.js').Room, 'name'>} needs.room
 * @param {Pick<import('../model/requests.js').Requests, 'govern'>} needs.requests
 * @param {(text: string) => void} needs.showHint
 */
export async function openReport({ seq, text, from: { name } }, { room: { name: room }, requests, showHint }) {
  await loadStyle('rights.css');
  const why = el('textarea', {
    class: 'dialog-field report-why', id: 'report-why', rows: 3, maxLength: WHY_CHARS, dir: 'auto', autofocus: true,
  });
  const refusal = el('p', { class: 'hint', role: 'alert' });
  const report = async () => {
    // Others than its people have no use for a link to a private room.
    const link = isPrivate(room) ? '' : linkTo(document.baseURI, room, seq);
    try {
      await requests.govern('report', { room, seq, text: [why.value.trim(), link].filter(Boolean).join('\n') });
      dialog.close();
      showHint(t('reported'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal.textContent = sentence(error.message);
    }
  };
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    report();
  };
  const dialog = await openDialog({ title: t('reportTitle') },
    el('p', { class: 'dialog-note' }, t('reportHint', { name })),
    el('blockquote', { class: 'report-quote', dir: 'auto' }, text),
    el('form', { onsubmit },
      el('label', { class: 'dialog-label', htmlFor: why.id }, t('reportWhy')), why, refusal,
      el('button', { class: 'dialog-button dialog-button-main invite-make' }, t('sendReport'))));
}
