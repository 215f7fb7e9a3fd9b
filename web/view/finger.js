/** What a finger does with a message, in the log and in a thread. */

import '../words/more.js';
import { t } from '../words/words.js';
import { Touch } from './touch.js';

/**
 * @param {object} needs
 * @param {import('./actions.js').Place} needs.place
 * @param {Pick<import('./composer-mode.js').ComposerMode, 'reply'>} needs.mode
 * @param {import('./message-actions.js').MessageActions} needs.actions
 * @param {(text: string) => void} needs.showHint
 */
export function followFinger({ place, mode, actions, showHint }) {
  const messageOf = (/** @type {import('./log.js').RowElement} */ { seq }) => place.timeline.get(seq ?? 0);
  new Touch(place.box, {
    async held(row) {
      const message = messageOf(row);
      if (!message) return;
      const sheet = import('./message-sheet.js').catch(() => showHint(t('notLoaded')));
      const [loaded] = await Promise.all([sheet, actions.learn(message)]);
      await loaded?.openMessageSheet({ row, message, actions });
    },
    swiped(row) {
      const message = messageOf(row);
      if (message) mode.reply(message);
    },
    canReply(row) {
      const message = messageOf(row);
      return message !== undefined && actions.of(message).some(({ name }) => name === 'reply');
    },
  });
}
