/** The rows of the log, from top to bottom: messages, and between them the days and the unread line. */

/** Messages of one person within this time of each other stand together. Milliseconds. */
export const GROUP_MS_MAX = 5 * 60_000;

/** So many notices in a row are one line, which opens. */
export const FOLD_MIN = 3;

/**
 * @typedef {import('./timeline.js').Message} Message
 * @typedef {{ kind: 'unsent', key: string, item: import('./outbox.js').Item, from: import('./protocol.js').User,
 *   isMine: true, at: number, replyTo?: number }} UnsentRow
 * @typedef {UnsentRow & { [K in Exclude<keyof Message, keyof UnsentRow>]?: undefined }} Unsent it has nothing else
 * @typedef {{ kind: 'day', key: string, at: number, from?: undefined }} Day
 * @typedef {{ kind: 'unread', key: string, from?: undefined }} UnreadLine
 * @typedef {{ kind: 'notices', key: string, texts: string[], from?: undefined }} Notices several that follow each other
 * @typedef {import('./timeline.js').Row | Unsent | Day | UnreadLine | Notices} LogRow
 */

/**
 * @param {LogRow | undefined} before the row above
 * @param {Message | Unsent} row
 * @returns {boolean} whether it begins a group: who said it, and when, stand above it
 */
export function beginsGroup(before, row) {
  return (
    before?.from === undefined ||
    before.from.id !== row.from.id ||
    before.from.name !== row.from.name ||
    row.replyTo !== undefined ||
    Math.abs(row.at - before.at) > GROUP_MS_MAX
  );
}

/** @param {number} at @returns {string} the reader's day that it was on */
function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/**
 * @param {Pick<import('./room.js').Room, 'timeline' | 'outbox' | 'unread'>} room
 * @param {import('./protocol.js').User} me of what is not sent yet
 * @returns {LogRow[]}
 */
export function rowsOf({ timeline, outbox, unread: { lineAfter = Infinity } }, me) {
  /** @type {LogRow[]} */
  const rows = [];
  const keys = new Set();
  let day;
  // No line where the first message after it is not loaded.
  let hasLine = timeline.hasOlder && (timeline.oldestSeq ?? 0) > lineAfter;
  for (const row of timeline.rows) {
    if (row.kind === 'message') {
      const today = dayOf(row.at);
      if (today !== day) {
        // A clock that was set back has had a day twice.
        let key = `day ${today}`;
        while (keys.has(key)) key += '+';
        keys.add(key);
        rows.push({ kind: 'day', key, at: row.at });
        day = today;
      }
      if (!hasLine && row.seq > lineAfter && !row.isMine && timeline.get(row.seq) === row) {
        hasLine = true;
        rows.push({ kind: 'unread', key: 'unread' });
      }
    }
    rows.push(row);
  }
  fold(rows);
  if (timeline.hasNewer) return rows;
  // Unsent messages are below the sent ones.
  for (const item of outbox.items) {
    const { cid, at, replyTo } = item;
    rows.push({ kind: 'unsent', key: `cid ${cid}`, item, from: me, isMine: true, at, replyTo });
  }
  return rows;
}

/** Makes one row of many notices that follow each other. @param {LogRow[]} rows */
function fold(rows) {
  for (let at = 0; at < rows.length; at++) {
    const texts = [];
    for (let n = at, row; (row = rows[n])?.kind === 'notice' && row.folds; n++) texts.push(row.text);
    const key = `${rows[at].key} of ${texts.length}`;
    if (texts.length >= FOLD_MIN) rows.splice(at, texts.length, { kind: 'notices', key, texts });
    else at += Math.max(0, texts.length - 1);
  }
}
